"""What is wrong with the municipality's own facts, and which facts the plan rests on have grown old."""

import re
from collections.abc import Iterator
from datetime import date

from vaaldplan import tables
from vaaldplan.facts import KINDS, Fact, Facts
from vaaldplan.facts.kinds import Both
from vaaldplan.finding import Finding, Path, Severity, Span
from vaaldplan.plan.model import Plan
from vaaldplan.rules import mandate, money, statutes

_CODE = {"unreadable": "X11", "unknown": "X12", "value": "X13"}
_OLD_AFTER_DAYS = 365


def faults(facts: Facts, shown: str) -> Iterator[Finding]:
    """The faults of ``fakta.toml`` as findings in it.

    Args:
        facts: the facts, with what is wrong.
        shown: the name to show for the file.
    """
    lines = tables.lines(facts.text)
    for fault in facts.faults:
        line, column, end = fault.place
        text = lines[line - 1] if line <= len(lines) else ""
        span = Span(shown, line, column, line, end)
        yield Finding(_CODE[fault.kind], Severity.ERROR, (), fault.params, fault.variant, span=span, line=text)


def old(plan: Plan, facts: Facts, today: date) -> Iterator[Finding]:
    """Advice for each kind of facts that the plan rests on and nobody has checked for more than a year."""
    for kind, (path, cited) in _cited(plan, facts).items():
        checked = min((fact.checked for fact in cited), default=today)
        if (today - checked).days > _OLD_AFTER_DAYS:
            params = {"kind": Both.of(KINDS[kind][0], kind), "checked": checked.isoformat()}
            yield Finding("X14", Severity.ADVICE, path, params)


def _cited(plan: Plan, facts: Facts) -> dict[str, tuple[Path, list[Fact]]]:
    """The kinds of facts that the plan cites: where first, and which rows."""
    found: dict[str, tuple[Path, list[Fact]]] = {}

    def cite(kind: str, path: Path, rows: list[Fact]) -> None:
        if rows:
            found.setdefault(kind, (path, []))[1].extend(rows)

    for links in mandate.all_links(plan):
        if links.laws:
            cite("laws", links.at("laws"), list(statutes.laws_in(links.laws, facts.laws)))
        if links.national_goals:
            cite("goals", links.at("national_goals"), [g for g in facts.goals.values() if g.violence])
        if links.agenda2030:
            goals = [facts.targets.get(t.strip().split(".")[0]) for t in links.agenda2030]
            cite("targets", links.at("agenda2030"), [g for g in goals if g])
        if links.istanbul:
            named = set(map(str, mandate.articles(links.istanbul)))
            cite("articles", links.at("istanbul"), [a for a in facts.articles.values() if a.id in named])
    for measure in plan.measures:
        for funding in measure.funding:
            if grant := money.grant_of(funding, facts):
                cite("grants", funding.path, [grant])
    for contact in plan.contacts:
        figures = re.sub(r"\D", "", contact.phone or "")
        cite("numbers", contact.path, [n for n in facts.numbers.values() if re.sub(r"\D", "", n.phone) == figures])
    return found
