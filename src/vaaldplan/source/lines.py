"""Faults that show on a single line: a tab, an invisible sign, or a space that is missing after a dash or a colon."""

import re

from vaaldplan.finding import Edit, Finding
from vaaldplan.patterns import regex

from .faults import fault
from .text import SPACES, WIDTHLESS, File, shortened

_DASH = regex(r" *-(?=[^\W\d_])")
_NBSP = regex(rf"[ \t]*(?:- *)?([{SPACES}]+)|[ \t]*(?:- +)*[^\s:]+:([{SPACES}]+)")
_TAB = regex(r"[ -]*(\t+)")
_NO_SPACE = regex(r"[ \t]*(?:- +)*[^\s:\"'#]+:(?=[^\s:/])")


def typed_badly(file: File, number: int) -> Finding | None:
    """A tab, an invisible sign or a dash without space where a line begins, or an invisible sign after its colon."""
    return _tab(file, number) or _invisible(file, number) or _dash(file, number)


def lone_text(file: File, number: int) -> Finding | None:
    """Why a line that should be key and value is read as nothing but text."""
    return _invisible(file, number) or no_space(file, number)


def no_space(file: File, number: int) -> Finding | None:
    """A colon without a space after it."""
    text = file.line(number)
    found = _NO_SPACE.match(text)
    if not found:
        return None
    end = file.index(number) + found.end()
    suggestion = shortened(f"{found[0]} {text[found.end() :]}".strip())
    finding = fault("S03", "colon-space", file.span(end - 1, end), suggestion=suggestion)
    return finding._replace(edits=(Edit(file.span(end, end), " "),))


def dash(file: File, start: int) -> Finding:
    """A dash without a space after it."""
    after = file.line(file.place(start)[0]).strip().removeprefix("-")
    finding = fault("S03", "dash", file.span(start, start + 1), suggestion=shortened(f"- {after}"))
    places = [start + 1, *_right_below(file, start)]
    return finding._replace(edits=tuple(Edit(file.span(at, at), " ") for at in places))


def _right_below(file: File, start: int) -> list[int]:
    """Where the lines begin that must move along: those of the same entry, if they stand under the dash's text."""
    number, column = file.place(start)
    begins: list[int] = []
    for line in range(number + 1, file.count + 1):
        text = file.line(line)
        indent = len(text) - len(text.lstrip(" "))
        if not text.strip():
            continue
        if indent < column or (not begins and indent > column):
            break
        begins.append(file.index(line))
    return begins


def no_break_space(file: File, start: int, end: int) -> Finding:
    """A no-break space, or another invisible sign, where a space must be."""
    span = file.span(start, end)
    spaces = "".join("" if sign in WIDTHLESS else " " for sign in file.text[start:end])
    if not spaces and file.text[start - 1 : start] in (":", "-"):
        spaces = " "
    return fault("S03", "nbsp", span, count=_lines_with(_NBSP, file))._replace(edits=(Edit(span, spaces),))


def tab(file: File, start: int) -> Finding:
    """A tab where a space must be."""
    end = start + 1
    while file.text[end : end + 1] == "\t":
        end += 1
    finding = fault("S03", "tab", file.span(start, end), count=_lines_with(_TAB, file))
    from .mends import tab_edits

    return finding._replace(edits=tab_edits(file))


def _lines_with(pattern: re.Pattern[str], file: File) -> int:
    """How many lines are like this, at least the one that is reported."""
    return max(1, sum(1 for _ in re.finditer(f"^(?:{pattern.pattern})", file.text, re.MULTILINE)))


def _tab(file: File, number: int) -> Finding | None:
    found = _TAB.match(file.line(number))
    return tab(file, file.index(number) + found.start(1)) if found else None


def _invisible(file: File, number: int) -> Finding | None:
    found = _NBSP.match(file.line(number))
    if not found:
        return None
    start, end = found.span(1 if found[1] else 2)
    return no_break_space(file, file.index(number) + start, file.index(number) + end)


def _dash(file: File, number: int) -> Finding | None:
    found = _DASH.match(file.line(number))
    return dash(file, file.index(number) + found.end() - 1) if found else None
