"""The readiness report: a page for the case file or a comment on a change, as blocks that Markdown and HTML write."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vaaldplan import __version__
from vaaldplan.finding import Finding, Report, Severity, Waived
from vaaldplan.texts.catalogue import Catalogue

from . import Look, summary

_PLACES = 3
"""How many places of one rule a page has room for."""


class Heading(NamedTuple):
    """A heading; the title of a plan's report is level 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Running text."""

    text: str
    strong: bool = False


class Table(NamedTuple):
    """Rows under a head; ``caption`` says what they are."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 0
    """How many of the last columns are numbers."""


Block = Heading | Paragraph | Table


def blocks(reports: Sequence[Report], say: Catalogue) -> Iterator[Block]:
    """What stands on the page."""
    if len(reports) != 1:
        yield Heading(1, say.label("report.title", title=say.count("plans", len(reports))))
        yield _plans(reports, say)
    for report in reports:
        yield from _report(report, say, 1 if len(reports) == 1 else 2)


def _report(report: Report, say: Catalogue, level: int) -> Iterator[Block]:
    yield Heading(level, say.label("report.title", title=report.title or say.label("report.unnamed")))
    yield Paragraph(summary.verdict(report, say), strong=True)
    if report.stage is not None:
        judged = say.label("report.judged", file=report.files[0], stage=say.label(f"stage.{report.stage.name}"))
        yield Paragraph(f"{judged}. {summary.total(report.findings, say)}")
    for text in summary.set_aside(report, say):
        yield Paragraph(text)
    found = summary.groups(report.findings)
    for severity in sorted({group.severity for group in found}, reverse=True):
        title = say.label(f"severity.{severity.name}")
        yield Heading(level + 1, title)
        yield _rules(title, [g for g in found if g.severity is severity], say, report)
    if report.waived:
        title = say.label("report.waived", number=len(report.waived))
        yield Heading(level + 1, title)
        head = tuple(say.label(f"report.{name}") for name in ("rule", "where", "why"))
        yield Table(title, head, tuple(_waived(waived, say, report) for waived in report.waived))
    for stage, findings in summary.remaining(report).items():
        title = say.label(f"report.before.{stage.name}", findings=say.count("findings", len(findings)))
        yield Heading(level + 1, title)
        head = tuple(say.label(f"report.{name}") for name in ("what", "severity", "number"))
        yield Table(title, head, tuple(_later(group, say) for group in summary.groups(findings)), 1)
    ready = [(noun, str(count), str(clean)) for noun, count, clean in summary.readiness(report, say)]
    if ready:
        title = say.label("report.readiness")
        yield Heading(level + 1, title)
        head = tuple(say.label(f"report.{name}") for name in ("area", "number", "clean"))
        yield Table(title, head, tuple((noun[:1].upper() + noun[1:], count, clean) for noun, count, clean in ready), 2)
    day = {"day": report.day.isoformat()} if report.day else {}
    yield Paragraph(say.label("report.made_on" if day else "report.made", version=__version__, **day))


def _waived(waived: Waived, say: Catalogue, report: Report) -> tuple[str, ...]:
    return (_rule(waived.finding.code, say), _where([waived.finding], say, report), waived.reason)


def _later(group: summary.Group, say: Catalogue) -> tuple[str, ...]:
    return (_rule(group.code, say), say.label(f"severity.{group.severity.name}"), str(len(group.findings)))


def _rule(code: str, say: Catalogue) -> str:
    return f"{code} {say.card(code).title}"


def _plans(reports: Sequence[Report], say: Catalogue) -> Table:
    severities = [say.label(f"severity.{s.name}") for s in sorted(Severity, reverse=True)]
    rows = [(r.files[0], *(str(n) for n in summary.numbers(r.findings).values())) for r in reports]
    return Table(say.count("plans", len(reports)), (say.label("report.plan"), *severities), tuple(rows), 3)


def _rules(title: str, groups: Iterable[summary.Group], say: Catalogue, report: Report) -> Table:
    head = tuple(say.label(f"report.{name}") for name in ("rule", "what", "where"))
    rows = [(g.code, say.card(g.code).title, _where(g.findings, say, report)) for g in groups]
    return Table(title, head, tuple(rows))


def _where(findings: Sequence[Finding], say: Catalogue, report: Report) -> str:
    """The first places, and how many more there are; files are named from the plan's folder."""
    folder = report.files[0].rpartition("/")[0] + "/"
    places = []
    for f in findings:
        place = summary.place(f).removeprefix(folder)
        about = f"{say.label(f'subject.{f.subject.register}')} {f.subject.id}" if f.subject.id else ""
        places.append(f"{about} ({place})" if about else place)
    told = list(dict.fromkeys(places))
    if len(told) > _PLACES:
        told[_PLACES:] = [say.label("report.more", number=len(told) - _PLACES)]
    return ", ".join(told)


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """The page as Markdown with tables, as GitHub and GitLab show it."""
    return "\n\n".join(_markdown(block) for block in blocks(reports, say)) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return f"**{escaped(block.text)}**" if block.strong else escaped(block.text)
    rule = ["---"] * (len(block.head) - block.numbers) + ["---:"] * block.numbers
    rows = [block.head, rule, *block.rows]
    return "\n".join(f"| {' | '.join(cell if row is rule else escaped(cell) for cell in row)} |" for row in rows)


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, no mentions of people, no links."""
    text = " ".join(text.split())
    text = re.sub(r"([\\`*_\[\]<>|~#!])", r"\\\1", text.replace("&", "&amp;"))
    return re.sub(r"@(?=\w)", "&#64;", text).replace("://", ":&#47;/")
