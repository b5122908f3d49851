"""Whether a mend is sure: tried on the text before it is offered."""

import re
from collections.abc import Iterable
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser

from vaaldplan.finding import Edit
from vaaldplan.patterns import regex

from .text import File

_LEAD = regex(r"^[ \t]*(?:-[ \t]+)*", re.MULTILINE)
_WIDTHS = (2, 4, 8)
"""How wide a tab may have looked to the one who typed it."""

Signs = list[tuple[str, Any]]


def replaced(file: File, edits: Iterable[Edit]) -> str:
    """The file's text with pieces replaced; of pieces that overlap only the first."""
    ranges = sorted(
        (file.index(e.span.line, e.span.column), file.index(e.span.end_line, e.span.end_column), e.text) for e in edits
    )
    pieces: list[str] = []
    at = 0
    for start, end, text in ranges:
        if start >= at:
            pieces += [file.text[at:start], text]
            at = end
    return "".join([*pieces, file.text[at:]])


def helps(file: File, edits: tuple[Edit, ...]) -> bool:
    """Whether the file can be read on past the lines that are mended."""
    _, line = _read(replaced(file, edits))
    return line == 0 or line > max(e.span.end_line for e in edits)


def tab_edits(file: File) -> tuple[Edit, ...]:
    """Spaces for the tabs where lines begin, when every width of a tab that can be read says the same."""
    leads = [m for m in _LEAD.finditer(file.text) if "\t" in m[0]]
    if not leads:
        return ()
    last = file.place(leads[-1].start())[0]
    sure: tuple[tuple[Edit, ...], Signs] | None = None
    for width in _WIDTHS:
        edits = tuple(Edit(file.span(m.start(), m.end()), m[0].expandtabs(width)) for m in leads)
        said, line = _read(replaced(file, edits))
        if 0 < line <= last:
            continue
        if sure and sure[1] != said:
            return ()
        sure = sure or (edits, said)
    return sure[0] if sure else ()


def _read(text: str) -> tuple[Signs, int]:
    """What the text says, and the line where it can no longer be read, 0 if all of it can."""
    said: Signs = []
    try:
        parser: Any = CParser(text)
        while event := parser.get_event():
            said.append((event.__class__.__name__, getattr(event, "value", None)))
    except YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        return said, (mark.line + 1 if mark else 1)
    return said, 0
