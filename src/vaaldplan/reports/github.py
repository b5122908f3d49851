"""A report as GitHub's workflow commands: a remark at the line in a pull request."""

from collections.abc import Sequence

from vaaldplan.finding import Finding, Report, Severity
from vaaldplan.texts.catalogue import Catalogue

from . import Look
from .sarif import relative

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """One command for each finding, the worst first: GitHub shows only ten of each kind in a step."""
    found = sorted((f for report in reports for f in report.findings), key=lambda f: -f.severity)
    return "".join(_line(f, say) + "\n" for f in found)


def _line(f: Finding, say: Catalogue) -> str:
    properties = {"title": f"{f.code} {say.card(f.code).title}"}
    if f.span:
        properties = {"file": relative(f.span.file), "line": str(f.span.line), "col": str(f.span.column)} | properties
        properties["endLine"] = str(f.span.end_line)
        if f.span.line == f.span.end_line:
            properties["endColumn"] = str(f.span.end_column)
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    mend = f"{say.label('report.mend')} {say.mend(f.code, f.variant, f.params)}"
    return f"::{_COMMAND[f.severity]} {told}::{_escaped(say.message(f.code, f.variant, f.params) + chr(10) + mend)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
