"""*Motiverade avsteg*: a comment sets a finding aside, with a reason. Nothing vanishes: the report lists every one.

``# vaaldplan: avsteg D02, D03 – skäl`` after a value holds for that line and, when the line opens a block, for the
block. Alone on its line it holds for what comes next. Before the first key of the main file it holds for the plan as
a whole too.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from vaaldplan.finding import Finding, Severity, Span, Stage, Waived
from vaaldplan.patterns import regex
from vaaldplan.source import Document

_OURS = regex(r"#+\s*v(?:å|aa|a)ldplan\s*:\s*(.*)", re.IGNORECASE)
_WAIVER = regex(
    r"(?P<word>avsteg|waiver)\b\s*:?\s*(?P<codes>[A-Za-zÅÄÖåäö]\d\d?(?:(?:\s*,\s*|\s+och\s+|\s+and\s+|\s+)[A-Za-z]\d\d)*)"
    r"\s*(?:[-–—:]+\s*(?P<reason>.*))?$",
    re.IGNORECASE,
)
_FIRM = "SUXP"
"""Families about the files themselves: what they find is to be mended."""
_FEWEST_LETTERS = 3
"""A reason of fewer letters is none."""


class Waiver(NamedTuple):
    """A comment that sets findings of one rule aside."""

    code: str
    reason: str
    span: Span
    """Where the comment stands."""
    first: int
    last: int
    """The lines it holds for."""
    whole: bool
    """Whether it also holds for what is said of the plan as a whole."""


class Applied(NamedTuple):
    """What is left, what was set aside, and what is wrong with the waivers themselves."""

    findings: list[Finding]
    waived: list[Waived]
    faults: list[Finding]


def apply(
    document: Document,
    findings: Iterable[Finding],
    *,
    codes: Container[str],
    firm: Container[str] = (),
    excusable: Callable[[Finding], bool],
    judged: bool = True,
) -> Applied:
    """Set aside what a waiver with a reason covers.

    Args:
        document: the files, with their comments.
        findings: what was found, with places; those that count later too.
        codes: the rules there are.
        firm: those of them that judge built papers, where no comment can stand.
        excusable: whether a finding may be set aside at all.
        judged: whether every rule has run; if not, nothing is said of waivers that cover nothing.
    """
    faults: list[Finding] = []
    waivers = [w for file in document.files for w in _waivers(document, file, codes, firm, faults)]
    if not waivers:
        return Applied(list(findings), [], faults)
    by_code: dict[str, dict[tuple[object, ...], Waiver]] = {}
    for one in waivers:
        by_code.setdefault(one.code, {}).setdefault((one.span.file, one.first, one.last, one.whole), one)
    used: set[Waiver] = set()
    left, waived = [], []
    for finding in findings:
        waiver = next((w for w in by_code.get(finding.code, {}).values() if _covers(w, finding)), None)
        if waiver is None:
            left.append(finding)
            continue
        used.add(waiver)
        if excusable(finding):
            waived.append(Waived(finding, waiver.reason, waiver.span))
            continue
        left.append(finding)
        if not any(f.code == "U04" and f.span == waiver.span and f.params["rule"] == waiver.code for f in faults):
            faults.append(_fault(document, "U04", waiver.span, rule=waiver.code))
    if judged:
        faults += [
            _fault(document, "U02", w.span, severity=Severity.WARNING, rule=w.code) for w in waivers if w not in used
        ]
    return Applied(left, waived, faults)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    span = finding.span
    if span is None or finding.code != waiver.code or span.file != waiver.span.file:
        return False
    if span.line == span.end_line == span.column == span.end_column == 1:
        return waiver.whole
    return waiver.first <= span.line <= waiver.last


def _waivers(
    document: Document, file: str, known: Container[str], firm: Container[str], faults: list[Finding]
) -> Iterator[Waiver]:
    reaches: _Reaches | None = None
    for line, column, text in document.comments(file):
        ours = _OURS.match(text)
        if ours is None:
            continue
        span = Span(file, line, column, line, column + len(text))
        written = _WAIVER.match(ours[1].strip())
        if written is None:
            faults.append(_fault(document, "U05", span, text=ours[1].strip()))
            continue
        reason = (written["reason"] or "").strip()
        codes = [code.upper() for code in re.findall(r"[^\W\d_]\d\d?(?!\w)", written["codes"])]
        if sum(c.isalpha() for c in reason) < _FEWEST_LETTERS:
            faults.append(_fault(document, "U01", span, rule=", ".join(codes)))
            continue
        reaches = reaches or _Reaches(document, file)
        first, last, whole = reaches.of(line, column)
        for code in codes:
            if code[0] in _FIRM or code in firm:
                faults.append(_fault(document, "U04", span, rule=code))
            elif code not in known:
                faults.append(_fault(document, "U03", span, rule=code))
            else:
                yield Waiver(code, reason, span, first, last, whole)


def _fault(document: Document, code: str, span: Span, *, severity: Severity = Severity.ERROR, **params: str) -> Finding:
    line = document.line(span.file, span.line)
    return Finding(code, severity, (), params, stage=Stage.DRAFT, span=span, line=line)


class _Reaches:
    """How far the comments of a file reach. Each place is looked at once, also when a thousand comments stand at it."""

    def __init__(self, document: Document, file: str) -> None:
        self._document = document
        self._file = file
        lines = range(1, document.count(file) + 1)
        self._lines = [n for n in lines if _content(document.line(file, n))]
        """The lines that hold more than space and a comment."""
        self._last: dict[int, int] = {}

    def of(self, line: int, column: int) -> tuple[int, int, bool]:
        """The first and last line that a comment holds for, and whether it stands before the plan's first key."""
        alone = not self._document.line(self._file, line)[: column - 1].strip()
        below = bisect_right(self._lines, line)
        first = self._lines[below] if alone and below < len(self._lines) else line
        whole = alone and self._file == self._document.files[0] and below == 0
        if first not in self._last:
            self._last[first] = self._end(first)
        return first, self._last[first], whole

    def _end(self, first: int) -> int:
        """The last line of what begins on a line."""
        text = self._document.line(self._file, first)
        indent = len(text) - len(text.lstrip())
        entry = text.lstrip().startswith("- ")
        last = first
        for at in range(bisect_right(self._lines, first), len(self._lines)):
            below = self._document.line(self._file, self._lines[at])
            depth = len(below) - len(below.lstrip())
            if depth < indent or (depth == indent and (entry or not below.lstrip().startswith("- "))):
                break
            last = self._lines[at]
        return last


def _content(line: str) -> bool:
    """Whether a line holds more than space and a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
