"""A report as text for a terminal: each finding with its place, the line with the spot marked, and how to mend it."""

from collections.abc import Iterator, Sequence
from textwrap import TextWrapper

from vaaldplan.finding import Finding, Report, Severity, Stage
from vaaldplan.texts.catalogue import Catalogue

from . import Look

_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
_NARROWEST, _WIDEST = 40, 100


class Style:
    """Bold, dim and colour where the terminal has them, plain text where not."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, codes: str, text: str) -> str:
        """``text`` in the given ANSI codes."""
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text


def write(reports: Sequence[Report], say: Catalogue, look: Look) -> str:
    """The reports, one after the other."""
    return "\n".join(_report(report, say, look) for report in reports)


def _report(report: Report, say: Catalogue, look: Look) -> str:
    style = Style(colour=look.colour)
    width = max(_NARROWEST, min(look.width, _WIDEST))
    if report.stage is None:
        judged = say.label("report.unread", file=report.files[0])
    else:
        judged = say.label("report.judged", file=report.files[0], stage=say.label(f"stage.{report.stage.name}"))
    lines = [*(style("2", line) for line in _wrapped(judged, width, "")), ""]
    for finding in sorted(report.findings, key=lambda f: -f.severity):
        lines += [*_finding(finding, say, style, width), ""]
    lines += _summary(report, say, style, width)
    return "\n".join(lines) + "\n"


def _finding(f: Finding, say: Catalogue, style: Style, width: int) -> Iterator[str]:
    colour = _COLOUR[f.severity]
    severity, title = say.label(f"severity.{f.severity.name}"), say.card(f.code).title
    head = f"{style('1;' + colour, severity)} {style('2', f.code)}"
    if len(severity) + len(f.code) + len(title) + 3 <= width:
        yield f"{head}  {style('1', title)}"
    else:
        yield head
        yield from (style("1", line) for line in _wrapped(title, width, "  "))
    place = f"{f.span.file}:{f.span.line}:{f.span.column}" if f.span else ""
    yield from _wrapped(place, width, "  ")
    if f.subject.register:
        subject = " ".join(t for t in (say.label(f"subject.{f.subject.register}"), f.subject.id, f.subject.title) if t)
        yield from _wrapped(subject, width, "  ")
    yield from _excerpt(f, style, width, colour)
    yield from _wrapped(say.message(f.code, f.variant, f.params), width, "  ")
    mend = f"{say.label('report.mend')} {say.mend(f.code, f.variant, f.params)}"
    yield from _wrapped(mend, width, "  ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    wrapper = TextWrapper(width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return wrapper.wrap(text)


def _excerpt(f: Finding, style: Style, width: int, colour: str) -> Iterator[str]:
    """The line of text with the spot marked; a long line is cut around the spot."""
    if f.span is None or not f.line.strip():
        return
    number = str(f.span.line)
    room = width - len(number) - 7
    text = f.line.replace("\t", " ")
    start = f.span.column - 1
    end = f.span.end_column - 1 if f.span.end_line == f.span.line else len(text)
    shift = max(0, min(start - 8, len(text) - room)) if len(text) > room else 0
    shown = text[shift : shift + room]
    if shift:
        shown = "…" + shown[1:]
    if shift + room < len(text):
        shown = shown[:-1] + "…"
    marks = max(1, min(end, shift + room) - start)
    yield f"  {style('2', number + ' │')} {shown}"
    yield f"  {' ' * len(number)} {style('2', '│')} {' ' * (start - shift)}{style(colour, '^' * min(marks, room))}"


def _summary(report: Report, say: Catalogue, style: Style, width: int) -> Iterator[str]:
    if not report.findings:
        yield style("32", say.label("report.nothing"))
    else:
        counts = {s: sum(f.severity is s for f in report.findings) for s in sorted(Severity, reverse=True)}
        parts = ", ".join(say.count(s.name, n) for s, n in counts.items() if n)
        findings = say.count("findings", len(report.findings))
        yield from _wrapped(say.label("report.summary", findings=findings, parts=parts), width, "")
    if report.remaining and report.stage is not None and report.stage < Stage.PROPOSAL:
        key = "report.remaining_one" if len(report.remaining) == 1 else "report.remaining"
        yield from _wrapped(say.label(key, number=len(report.remaining)), width, "")
