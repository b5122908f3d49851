"""The text of a file → plain data and findings, by libyaml; asks for first aid when it cannot be read."""

import re

from yaml import YAMLError
from yaml.reader import ReaderError

from vaaldplan.finding import Finding, Span
from vaaldplan.patterns import regex

from .events import Loader, Stop
from .faults import fault
from .marks import Marks
from .mends import helps
from .reading import Loaded, unread
from .text import CONTROL, File

SIGNS = 100
"""How many lines with signs that cannot stand in a file are reported; the rest comes when these are mended."""

_BREAK_SIGNS = "\x85\u2028\u2029"
_BREAKS = regex(f"[{_BREAK_SIGNS}]")


def load(file: File, marks: Marks, left: int) -> Loaded:
    """Load a file whose text is known; every fault is a finding, after one in the writing the only one."""
    text = file.text
    findings: list[Finding] = []
    if any(sign in text for sign in _BREAK_SIGNS):
        text, findings = _without(_BREAKS, "linebreak", file, text)
    try:
        try:
            loader = Loader(file, text, marks, left)
            data = loader.load()
        except ReaderError:
            text, more = _without(CONTROL, "control", file, text)
            findings += more
            loader = Loader(file, text, marks, left)
            data = loader.load()
    except Stop as stop:
        spent = stop.finding.variant in (
            "nodes",
            "findings",
        )  # what other files hold beside this one would be too much as well
        return _stopped(stop.finding, -1 if spent else left, file)
    except YAMLError as error:
        from .firstaid import diagnose

        finding = diagnose(file, text, error)
        return unread(next((f for f in findings if _upsets(file, f, finding)), finding), left)
    if "\t" in text:
        from .tabs import tabs

        findings += tabs(file, text, loader.with_hash)
    findings += loader.findings
    if data is None:
        start = Span(file.name, 1, 1, 1, 1)
        findings.append(fault("S01", "empty", start))
    else:
        at = loader.root.start_mark.index
        start = file.span(at, at)
        if isinstance(data, str) and not loader.root.style:
            from .lines import lone_text

            found = lone_text(file, start.line)
            if found:
                return _stopped(found, left, file)
    return Loaded(data, start, findings, loader.complete and data is not None, loader.with_hash, loader.left)


def _stopped(finding: Finding, left: int, file: File) -> Loaded:
    """What comes of a file that could not be read to its end; a mend that would not help is not offered."""
    return unread(finding if not finding.edits or helps(file, finding.edits) else finding._replace(edits=()), left)


def _upsets(file: File, sign: Finding, finding: Finding) -> bool:
    """Whether a sign that was read as a space may be the cause: it indents its line, or stands on the faulty one."""
    if sign.span is None or finding.span is None:
        return False
    indents = not file.line(sign.span.line)[: sign.span.column - 1].strip()
    return sign.span.line == finding.span.line or (indents and sign.span.line < finding.span.line)


def _without(signs: re.Pattern[str], variant: str, file: File, text: str) -> tuple[str, list[Finding]]:
    """The text with a space for each of the signs, and a finding for each line that has one.

    libyaml would count U+0085, U+2028 and U+2029 as line breaks, which no editor does, and refuses control characters.
    """
    findings: dict[int, Finding] = {}
    for match in signs.finditer(text):
        span = file.span(match.start(), match.end())
        if span.line not in findings:
            findings[span.line] = fault("S03", variant, span, sign=f"U+{ord(match[0]):04X}")
        if len(findings) >= SIGNS:
            break
    return (signs.sub(" ", text) if findings else text), list(findings.values())
