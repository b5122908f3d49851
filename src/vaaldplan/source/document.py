"""A plan as it was read: plain data, and the place in the text of everything in it."""

import gc
import os
import stat
from collections.abc import Iterator
from operator import eq
from pathlib import Path as FilePath
from typing import Any, Literal, NamedTuple

from vaaldplan.bounds import NotAFileError, OutsideError, within
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Edit, Finding, Path, Span

from .comments import comments
from .faults import fault
from .files import ENTRIES, MAIN, NODES, Content, content, refuse, shown_name
from .marks import Marks, Piece
from .parts import Joiner, SameKey, named, names_files
from .reading import Loaded, load_file
from .scalars import written
from .text import File

_What = Literal["key", "value", "spot"]

_UP = 10
"""How many folders above a part its plan is looked for."""


def find(path: str | os.PathLike[str]) -> FilePath:
    """The main file that is meant by what the user named: a folder, a plan, or a part of one.

    It may be a link, but not to another folder: what is checked may come from anybody, and messages show its lines.

    Raises:
        VaaldplanError: ``not-found``, ``no-plan`` or ``not-openable``.
    """
    given = FilePath(path)
    try:
        mode = os.stat(given).st_mode  # noqa: PTH116 - asked for each of a country's plans
        if stat.S_ISREG(mode):
            return _inside(_plan_above(given) or given)
        if not stat.S_ISDIR(mode):
            raise NotAFileError(given)
        main = given / MAIN
        if stat.S_ISREG(os.lstat(main).st_mode):
            return main  # as nearly always: there is no link to follow
        main.stat()
        return _inside(main)
    except FileNotFoundError as error:
        if given.is_dir():
            raise _lacking(given) from error
        refuse(path, error)
    except (OSError, ValueError) as error:
        refuse(path, error)


def _lacking(folder: FilePath) -> VaaldplanError:
    """There is no plan in a folder; a single other YAML file may be one by another name."""
    try:
        names = [p.name for p in folder.iterdir() if p.suffix.lower() in (".yaml", ".yml")]
    except OSError:
        names = []
    others = [name for name in names if not name.startswith(".")]
    near: dict[str, Any] = {"near": others[0]} if len(others) == 1 else {}
    return VaaldplanError("no-plan-near" if near else "no-plan", **near | {"path": os.fspath(folder)})


def _inside(main: FilePath) -> FilePath:
    if not within(main, main.parent):
        raise OutsideError(main)
    return main


def _plan_above(part: FilePath) -> FilePath | None:
    """The nearest plan above the file, when it names the file as a part."""
    folder = FilePath(os.path.abspath(part)).parent  # noqa: PTH100 - resolve() would leave the folder a link stands in
    try:
        main = next((m for above in [folder, *folder.parents][: _UP + 1] if (m := above / MAIN).is_file()), None)
        if main is None or main.samefile(part) or not within(main, main.parent):
            return None
        data = load_file(File(MAIN, content(main)), Marks(), NODES).data
        return main if isinstance(data, dict) and part.resolve() in named(data, main.parent) else None
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a link that leads to itself
        return None


def read(
    path: str | os.PathLike[str], *, same_key: SameKey, shown: str | None = None, content: Content = content
) -> "Document":
    """Read a plan: its main file, and the parts that it names.

    Args:
        path: the main file.
        same_key: tells whether two top-level keys mean the same.
        shown: the name to show for the main file.
        content: opens a file.

    Raises:
        VaaldplanError: the main file is missing or cannot be opened: ``not-found``, ``not-openable``.
    """
    place = FilePath(path)
    try:
        raw = content(place)
    except (OSError, ValueError) as error:
        refuse(path, error)
    return _document(File(shown or shown_name(place), raw, place), same_key, place, content)


def read_text(
    text: str | bytes, *, name: str = MAIN, same_key: SameKey = eq, folder: FilePath | None = None
) -> "Document":
    """Read a plan that is not in a file, or not saved yet.

    Args:
        text: the main file's text.
        name: the name to show for it.
        same_key: tells whether two top-level keys mean the same.
        folder: where its parts are; without it they are left out, and the document is not complete.
    """
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _document(File(name, raw), same_key, folder / MAIN if folder else None)


def _document(main: File, same_key: SameKey, place: FilePath | None, content: Content = content) -> "Document":
    collecting = gc.isenabled()
    gc.disable()  # reading makes many objects and no garbage
    try:
        reading = _Reading()
        loaded = reading.load(main)
        data, complete, findings = loaded.data, loaded.complete, loaded.findings
        if data is not None and not isinstance(data, dict):
            findings.append(fault("S01", "not-mapping", loaded.top))
            data, complete = None, False
        elif data is not None and (naming := [key for key, value in data.items() if names_files(value)]):
            if place:
                joiner = Joiner(main, place, reading.marks, same_key, reading.load, content)
                joiner.join(data)
                complete &= joiner.complete
                findings += joiner.findings
            else:
                data.update(dict.fromkeys(naming))
                complete = False
        if data is not None and sum(len(value) for value in data.values() if isinstance(value, list)) > ENTRIES:
            findings.append(fault("S10", "entries", loaded.top, limit=ENTRIES))
            data, complete = None, False
        return Document(data, complete, findings, reading)
    finally:
        if collecting:
            gc.enable()


class _Reading:
    """What is gathered while the files of one plan are read."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.marks = Marks()
        self.with_hash: dict[str, list[Any] | None] = {}
        self._left = NODES

    def load(self, file: File) -> Loaded:
        loaded = load_file(file, self.marks, self._left)
        self._left = loaded.left
        self.files.append(file)
        self.with_hash[file.name] = loaded.with_hash
        return loaded


class _Place(NamedTuple):
    """Where a key and its value, or an element of a list, stand."""

    key: Piece | None
    """``None`` for an element of a list."""
    piece: Piece
    """What the value begins with."""
    value: Any


class Document:
    """A plan as it was read, from one file or several."""

    def __init__(self, data: dict[str, Any] | None, complete: bool, findings: list[Finding], reading: _Reading) -> None:
        self.data = data
        """Plain data, all scalars text; ``None`` when the main file cannot be read. Not to be changed."""
        self.complete = complete
        """False when something in the files, or a whole part, is not in the data."""
        self.files = tuple(f.name for f in reading.files)
        """The names shown to the user, the main file first."""
        order = {name: i for i, name in enumerate(self.files)}
        placed = [(order[f.span.file], f.span.line, f.span.column, i, f) for i, f in enumerate(findings) if f.span]
        self.findings = tuple(f for *_, f in sorted(placed))
        """What is wrong with the files as such, in the order of the text."""
        self._files = {f.name: f for f in reading.files}
        self._main = reading.files[0]
        self._marks = reading.marks
        self._with_hash = reading.with_hash
        self._spans: dict[tuple[Path, _What], Span] = {}

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Where the value at a path stands, or its key.

        A path that does not exist gives its nearest parent's key (a list's element whole), the root the first line.
        """
        return self._found(path, "key" if key else "value")

    def spot(self, path: Path) -> Span:
        """Where to point at what a path means: its value, or its key when the value goes on below that line."""
        return self._found(path, "spot")

    def _found(self, path: Path, what: _What) -> Span:
        found = self._spans.get((path, what))
        if found is None:  # of a long text there may be much to say
            found = self._spans[path, what] = self._looked_up(path, what)
        return found

    def _looked_up(self, path: Path, what: _What) -> Span:
        place, exact = self._place(path)
        if place is None:
            return Span(self._main.name, 1, 1, 1, 1)
        file, start = place.piece.file, place.piece.start
        at_key = place.key.file.span(place.key.start, place.key.end) if place.key else None
        if at_key and (what == "key" or not exact or (what == "spot" and file.place(start)[0] > at_key.line)):
            return at_key
        at_value = file.span(start, self._end(place))
        return at_key if at_key and what == "spot" and at_value.end_line > at_key.line else at_value

    def line(self, file: str, number: int) -> str:
        """The text of one line without its end; empty when there is no such line."""
        return self._files[file].line(number)

    def count(self, file: str) -> int:
        """How many lines a file has."""
        return self._files[file].count

    def raw(self, path: Path) -> str:
        """The text of a value exactly as written, with quotes; empty when the path does not exist."""
        place, exact = self._place(path)
        return place.piece.file.text[place.piece.start : self._end(place)] if place and exact else ""

    def home(self, path: Path) -> str:
        """The file that the value at a path stands in, or its nearest parent that exists."""
        place, _ = self._place(path)
        return place.piece.file.name if place else self._main.name

    def edit(self, path: Path, text: str, *, key: bool = False) -> Edit | None:
        """What puts a text in the place of a key or value, in quotes if it needs them; ``None`` if that has no line."""
        place, exact = self._place(path)
        if not exact and path[-1:] == (0,):  # the only element of a list, written without being one
            path = path[:-1]
            place, exact = self._place(path)
        if place is None or not exact or (not key and not isinstance(place.value, str)):
            return None
        span = self.span(path, key=key)
        return Edit(span, written(text, in_brackets=True)) if span.line == span.end_line else None

    def on_disk(self, file: str) -> tuple[FilePath | None, bytes]:
        """Where a file is, and its bytes as they were read."""
        return self._files[file].path, self._files[file].raw

    def comments(self, file: str) -> Iterator[tuple[int, int, str]]:
        """Line, column and text (from its #) of every comment in a file; none when the file could not be read."""
        with_hash = self._with_hash[file]
        return iter(()) if with_hash is None else comments(self._files[file], with_hash)

    def digest(self) -> str:
        """The sha256 of all files' bytes, one file after the other."""
        from hashlib import sha256

        return sha256(b"".join(f.raw for f in self._files.values())).hexdigest()

    def _place(self, path: Path) -> tuple[_Place | None, bool]:
        """The place of a path, or of its nearest parent that exists, and whether it is the path's own."""
        node: Any = self.data
        steps = 0
        for step in path:
            if not _holds(node, step):
                break
            holder, node = node, node[step]
            steps += 1
        return (self._step(holder, path[steps - 1]) if steps else None), steps == len(path)

    def _step(self, node: Any, step: Any) -> _Place:
        if isinstance(node, dict):
            return _Place(*self._marks.entry(node, step), node[step])
        return _Place(None, self._marks.element(node, step), node[step])

    def _end(self, place: _Place) -> int:
        """The index where a value ends. libyaml's end of a block is the start of what comes after it."""
        node, last = place.value, None
        while isinstance(node, dict | list):
            if joined := self._marks.joined.get(id(node)):
                node = joined.names
            if not self._marks.bare(node):
                return self._marks.end(node).end
            last = node, next(reversed(node)) if isinstance(node, dict) else len(node) - 1
            node = node[last[1]]
        return (self._step(*last) if last else place).piece.last


def _holds(node: Any, step: str | int) -> bool:
    """Whether a mapping has a key, or a list an element of a number."""
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node)
