"""Tabs that libyaml reads past but other YAML readers refuse, so that a file is the same everywhere."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from yaml._yaml import CParser
from yaml.events import DocumentEndEvent, ScalarEvent, StreamEndEvent

from vaaldplan.finding import Edit, Finding, Span
from vaaldplan.patterns import regex

from .comments import Scalar, comments, inside, scalar_of
from .faults import fault
from .text import File

_TABS = regex(r"\t+")
_AFTER = regex(r"[ \t]*(?:#.*)?", re.DOTALL)


def tabs(file: File, text: str, with_hash: list[Scalar]) -> Iterator[Finding]:
    """A finding for each line with a tab outside quoted and block text and comments.

    Args:
        file: the file, which could be read.
        text: its text as it was given to the parser.
        with_hash: the scalars that contain #.
    """
    commented = {line: column for line, column, _ in comments(file, with_hash)}
    scalars = list(_scalars(text))
    starts = [start for start, _, _ in scalars]
    found: dict[int, tuple[str, Span, str]] = {}
    for match in _TABS.finditer(text):
        span = file.span(match.start(), match.end())
        at = bisect_right(starts, match.start()) - 1
        _, end, plain = scalars[at] if at >= 0 else (0, 0, False)
        within = match.start() < end
        if span.line in found or (within and not plain) or span.column > commented.get(span.line, span.column):
            continue
        after = _AFTER.fullmatch(file.line(span.line)[span.end_column - 1 :])
        ends = span.end_column > len(file.line(span.line))
        found[span.line] = ("tab-after" if within or after else "tab", span, "" if ends else " ")
    count = sum(variant == "tab" for variant, _, _ in found.values())
    for variant, span, instead in found.values():
        finding = fault("S03", "tab", span, count=count) if variant == "tab" else fault("S03", "tab-after", span)
        yield finding._replace(edits=(Edit(span, instead),))


def _scalars(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is unquoted, of every scalar of the first document that takes up room."""
    parser: Any = CParser(text)
    while not isinstance(event := parser.get_event(), DocumentEndEvent | StreamEndEvent):
        if event.__class__ is ScalarEvent:
            start, end = inside(scalar_of(event), text)
            if start < end:
                yield start, end, not event.style
