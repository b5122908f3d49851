"""What the two readers of a file say of it, to be compared: the data with every place, and what else is told."""

from typing import Any

from vaaldplan.source import quick, thorough
from vaaldplan.source.files import NODES
from vaaldplan.source.marks import Marks
from vaaldplan.source.text import File, decode


def file_of(text: str | bytes) -> File | None:
    """The file that a text is; ``None`` when it is no text at all."""
    file = File("plan.yaml", text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    return None if decode(file) else file


def quickly(file: File) -> Any:
    """What the accelerator tells; ``None`` when it gives up."""
    marks = Marks()
    read = quick.read(file, marks, NODES)
    return read and (file.span(read.top, read.top), [], True, read.with_hash, read.left, places(read.data, marks))


def thoroughly(file: File) -> Any:
    """What libyaml's reader tells."""
    marks = Marks()
    data, top, *rest = thorough.load(file, marks, NODES)
    return top, *rest, places(data, marks)


def places(data: Any, marks: Marks) -> Any:
    """The data, with where all of it stands."""
    if isinstance(data, dict):
        entries = [(key, *map(_place, marks.entry(data, key)), places(value, marks)) for key, value in data.items()]
        return dict, _place(marks.end(data)), entries
    if isinstance(data, list):
        elements = [(_place(marks.element(data, i)), places(value, marks)) for i, value in enumerate(data)]
        return list, _place(marks.end(data)), elements
    return data


def _place(piece: Any) -> tuple[int, int, int]:
    return piece.start, piece.end, piece.last
