"""A report as text for a terminal: each finding with its place, the line with the spot marked, and how to mend it."""

from collections.abc import Iterable, Iterator, Sequence

from vaaldplan.finding import Finding, Report, Severity, Waived
from vaaldplan.screen import wrapped
from vaaldplan.texts.catalogue import Catalogue

from . import Look, summary
from .summary import Group

_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
_NARROWEST, _WIDEST = 40, 100
_REMEMBERED = 2000
"""So many pieces of text are remembered with their line breaks."""


class Style:
    """Bold, dim and colour where the terminal has them, plain text where not."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, codes: str, text: str) -> str:
        """``text`` in the given ANSI codes."""
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text


def write(reports: Iterable[Report], say: Catalogue, look: Look) -> str:
    """The reports, one after the other; several plans end with a line for each."""
    screen = _Screen(say, look)
    written, pages = [], []
    for report in reports:
        pages.append("\n".join(screen.report(report)) + "\n")
        written.append(report)
    if len(written) > 1:
        pages.append("\n".join(screen.plans(written)) + "\n")
    return "\n".join(pages)


class _Screen:
    def __init__(self, say: Catalogue, look: Look) -> None:
        self._say = say
        self._style = Style(colour=look.colour)
        self._width = max(_NARROWEST, min(look.width, _WIDEST))
        self._lines: dict[tuple[str, str, str], list[str]] = {}

    def report(self, report: Report) -> Iterator[str]:
        say, style = self._say, self._style
        if report.stage is None:
            judged = say.label("report.unread", file=report.files[0])
        else:
            judged = say.label("report.judged", file=report.files[0], stage=say.label(f"stage.{report.stage.name}"))
        yield from (style("2", line) for line in self._wrapped(judged))
        yield ""
        for group in summary.groups(report.findings):
            yield from self._group(group)
        yield from self._summary(report)

    def plans(self, reports: Sequence[Report]) -> Iterator[str]:
        """What came of several plans, a line for each."""
        say, style = self._say, self._style
        yield style("1", say.label("report.plans", plans=say.count("plans", len(reports))))
        for report in reports:
            errors = summary.numbers(report.findings)[Severity.ERROR]
            mark = style(_COLOUR[Severity.ERROR], "✗") if errors or report.stage is None else style("32", "✓")
            text = self._wrapped(f"{report.files[0]}: {summary.total(report.findings, say)}", "    ")
            yield f"  {mark} {text[0].strip()}"
            yield from text[1:]

    def _group(self, group: Group) -> Iterator[str]:
        say, style = self._say, self._style
        colour = _COLOUR[group.severity]
        severity, title = say.label(f"severity.{group.severity.name}"), say.card(group.code).title
        number = f" ({len(group.findings)})" if len(group.findings) > 1 else ""
        head = f"{style('1;' + colour, severity)} {style('2', group.code)}"
        if len(severity) + len(group.code) + len(title) + len(number) + 3 <= self._width:
            yield f"{head}  {style('1', title)}{number}"
        else:
            yield head
            yield from (style("1", line) for line in self._wrapped(title + number, "  "))
        mends = [say.mend(f.code, f.variant, f.params) for f in group.findings]
        for i, finding in enumerate(group.findings):
            before = group.findings[i - 1] if i else None
            if before is None or before.span != finding.span or mends[i - 1] != mends[i]:
                yield from self._spot(finding, colour)
            yield from self._wrapped(self._say.message(finding.code, finding.variant, finding.params), "  ")
            if i + 1 == len(mends) or mends[i] != mends[i + 1]:  # the same advice stands once, after the last
                yield from self._wrapped(f"{say.label('report.mend')} {mends[i]}", "  ")
                yield ""
            elif group.findings[i + 1].span != finding.span:
                yield ""

    def _spot(self, f: Finding, colour: str) -> Iterator[str]:
        """Where it is: the place, the entry, and the line of text."""
        yield from self._in_lines(summary.place(f, column=True), "  ")
        yield from self._in_lines(summary.subject(f, self._say), "  ")
        yield from self._excerpt(f, colour)

    def _wrapped(self, text: str, indent: str = "", more: str = "") -> list[str]:
        """The text in lines no wider than the screen; much of it stands in many reports."""
        key = (text, indent, more)
        found = self._lines.get(key)
        if found is None:
            found = self._in_lines(*key)
            if len(self._lines) < _REMEMBERED:
                self._lines[key] = found
        return found

    def _in_lines(self, text: str, indent: str, more: str = "") -> list[str]:
        if len(indent) + len(text) <= self._width and text.isprintable() and text.strip() == text != "":
            return [indent + text]
        return wrapped(text, self._width, indent, indent + more)

    def _excerpt(self, f: Finding, colour: str) -> Iterator[str]:
        """The line of text with the spot marked; a long line is cut around the spot."""
        text = f.line  # as long as a file may be, so of a long line only what is shown is looked at
        if f.span is None or not text or text.isspace():
            return
        style = self._style
        number = str(f.span.line)
        room = self._width - len(number) - 7
        start = f.span.column - 1
        end = f.span.end_column - 1 if f.span.end_line == f.span.line else len(text)
        shift = max(0, min(start - 8, len(text) - room)) if len(text) > room else 0
        shown = text[shift : shift + room].replace("\t", " ")
        if shift:
            shown = "…" + shown[1:]
        if shift + room < len(text):
            shown = shown[:-1] + "…"
        marks = max(1, min(end, shift + room) - start)
        yield f"  {style('2', number + ' │')} {shown}"
        yield f"  {' ' * len(number)} {style('2', '│')} {' ' * (start - shift)}{style(colour, '^' * min(marks, room))}"

    def _summary(self, report: Report) -> Iterator[str]:
        say, style = self._say, self._style
        if report.waived:
            yield style("1", say.label("report.waived", number=len(report.waived)))
            for waived in report.waived:
                yield from self._waived(waived)
            yield ""
        for stage, findings in summary.remaining(report).items():
            head = say.label(f"report.before.{stage.name}", findings=say.count("findings", len(findings)))
            yield style("1", head)
            severity = None
            for group in summary.groups(findings):
                if group.severity is not severity:
                    severity = group.severity
                    yield "  " + style(_COLOUR[severity], say.label(f"severity.{severity.name}"))
                number = f" ({len(group.findings)})" if len(group.findings) > 1 else ""
                text = f"{group.code}  {say.card(group.code).title}{number}"
                yield from self._wrapped(text, "    ", "     ")
            yield from self._wrapped(say.label("report.see", stage=say.label(f"stage.{stage.name}")), "  ")
            yield ""
        if report.findings:
            yield from self._wrapped(summary.total(report.findings, say))
        else:
            yield style("32", say.label("report.nothing"))
        ready = [
            say.label("report.ready", ready=ready, total=f"{count} {noun}")
            for noun, count, ready in summary.readiness(report, say)
        ]
        if ready:
            yield from self._wrapped(say.label("report.without", parts=", ".join(ready)))
        for text in summary.set_aside(report, say):
            yield from self._wrapped(text)
        yield from (style("1", line) for line in self._wrapped(summary.verdict(report, say)))

    def _waived(self, waived: Waived) -> Iterator[str]:
        finding = waived.finding
        yield from self._wrapped(f"{finding.code}  {self._say.card(finding.code).title}", "  ", "     ")
        where = " · ".join(t for t in (summary.place(finding), summary.subject(finding, self._say)) if t)
        yield from self._wrapped(where, "       ")
        yield from self._wrapped(self._say.label("report.reason", reason=waived.reason), "       ")
