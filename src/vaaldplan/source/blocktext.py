"""Texts after ``|`` or ``>``: their lines move as one, their own spaces are part of them."""

from typing import NamedTuple

from vaaldplan.patterns import regex

_HEADER = regex(r"([|>])([-+]?)([1-9]?)([-+]?)(.*)")
_STEP = 2


class Moved(NamedTuple):
    """A text at another indentation."""

    header: str
    lines: list[str]
    keeps: bool
    """Whether it keeps the blank lines after it (``|+``)."""
    length: int
    """How much of the text as it stood is in the lines; the rest is blank."""


def moved(raw: str, parent: int, column: int) -> Moved:
    """The text with its lines beginning at another column.

    Args:
        raw: the text as it stands, from its ``|`` or ``>``.
        parent: the column of the block it stands in, from which a width in the header counts.
        column: where its lines are to begin, two signs in from that block's new column.
    """
    header, _, body = raw.partition("\n")
    found = _HEADER.match(header)
    assert found
    sign, one, width, other, rest = found.groups()
    lines = body.split("\n")
    if width:
        old = parent + int(width)
    else:
        spaces = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")]
        old = spaces[0] if spaces else max(map(len, lines))
    keeps = "+" in one + other
    while lines and len(lines[-1]) <= old and not lines[-1].strip(" "):
        lines.pop()
        if keeps:
            break  # the last line break is the end of the last line
    header_now = sign + one + (str(_STEP) if width else "") + other + rest.rstrip()
    length = len(header) + sum(len(line) + 1 for line in lines)
    return Moved(header_now, [" " * column + line[old:] if len(line) > old else "" for line in lines], keeps, length)
