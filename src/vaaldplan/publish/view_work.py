"""The view of the work: goals with their measures, the cards, the indicators."""

from collections.abc import Iterable, Sequence

from vaaldplan.plan.goals import Goal, GoalKind, Indicator, ViolenceType
from vaaldplan.plan.load import INLINE
from vaaldplan.plan.measures import Funding, Level, Measure, MeasureKind, Training, Work, YearCost
from vaaldplan.plan.measures import Part as SubMeasure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.paper import Links
from vaaldplan.swedish import UNTIL, join, kronor

from .markup import BREAK, Markup, escape
from .money import cost_per_year
from .parts import Cell, Line, Part, entry, facts, prose, section, table
from .words import Words, anchor


def lines(texts: Iterable[Cell]) -> Cell:
    """Several texts in one cell, each on a line of its own."""
    kept = [escape(t) for t in texts if t]
    return Markup(BREAK.join(kept)) if kept else ""


def broken(text: str, after: str) -> Cell:
    """A text in a narrow cell, with a new line after a sign rather than wherever the column ends."""
    return Markup(f"{escape(after)}{BREAK}".join(escape(part) for part in text.split(f"{after} ")))


def shown_id(name: str | None) -> str:
    """An id as it is shown: entries written in the place of a reference have none."""
    return "" if not name or name.startswith(INLINE) else name


def named(name: str | None, title: str | None) -> str:
    """An id and a title together."""
    return " ".join(t for t in (shown_id(name), title or "") if t)


def links(found: Links | None, say: Words, between: str = BREAK) -> Cell:
    """What a goal or measure is linked to, each kind on a line or with something else between."""
    if found is None:
        return ""
    texts: list[Cell] = [
        f"{say.label(f'links.{name}')}: {say.value(getattr(found, name))}"
        for name in ("national_goals", "agenda2030", "istanbul", "laws")
        if getattr(found, name)
    ]
    if found.local:
        texts.append(Markup(f"{escape(say.label('links.local'))}: {say.links('d', found.local)}"))
    if found.act_2023_196:
        texts.append(f"{say.label('links.act_2023_196')}: {say.word(found.act_2023_196)}")
    return Markup(between.join(escape(t) for t in texts))


def target_groups(entry: Goal | Measure, say: Words) -> str:
    """Whom it is for, with how many they are."""
    if opened := entry.open("target_group"):
        return say.opened(opened)
    texts = []
    for group in entry.target_group:
        size = say.fact(group, "size")
        texts.append(f"{group.group} ({size})" if size else group.group or "")
    return join(texts, say.lang)


# ------------------------------------------------------------ goals


def goals(plan: Plan, say: Words) -> list[Part]:
    """Each goal with its facts and its one table of measures; last the measures that lead to no goal."""
    known = {g.id for g in plan.goals}
    under: dict[str, list[Measure]] = {}
    also: dict[str, list[Measure]] = {}
    for measure in plan.measures:
        aims = [g for g in measure.goals if g in known] or [""]
        under.setdefault(aims[0], []).append(measure)
        for goal in aims[1:]:
            also.setdefault(goal, []).append(measure)
    parts = [
        p for goal in plan.goals for p in _goal(goal, under.get(goal.id or "?", []), also.get(goal.id or "?", []), say)
    ]
    loose = under.get("", [])
    if plan.goals:
        heading = say.label("goals.loose")
        parts += section("utan-mal", heading, measure_table("t-utan-mal", heading, loose, say))
    else:
        parts += measure_table("t-alla", say.label("measures.all"), loose, say)
    return parts


def _goal(goal: Goal, measures: list[Measure], also: list[Measure], say: Words) -> list[Part]:
    place = anchor("m", goal.id or goal.title or "")
    more: list[Part] = []
    if also:
        more.append(
            Line(Markup(f"{escape(say.label('goals.also'))} {say.links('a', [m.id or '' for m in also], title=True)}."))
        )
    return entry(
        place,
        named(goal.id, say.fact(goal, "title")),
        prose(goal.text),
        facts(
            (say.label("goals.kind"), say.word(goal.kind) if goal.kind is not GoalKind.GOAL else ""),
            (say.label("goals.under"), say.link("m", goal.under, title=True) if goal.under else ""),
            (say.label("goals.owner"), say.actors(goal.owner) or say.fact(goal, "owner")),
            (say.label("goals.period"), say.fact(goal, "period")),
            (say.label("goals.target_group"), target_groups(goal, say)),
            (say.label("goals.where"), join([*goal.places, *goal.settings], say.lang)),
            (
                say.label("goals.indicators"),
                lines(say.link("i", i, title=True) for i in goal.indicators) or say.fact(goal, "indicators"),
            ),
            (say.label("goals.output"), say.fact(goal.results_chain, "output")),
            (say.label("goals.medium_term"), say.fact(goal.results_chain, "medium_term")),
            (say.label("goals.long_term"), say.fact(goal.results_chain, "long_term")),
            (say.label("goals.links"), links(goal.links, say)),
            (say.label("goals.status"), say.fact(goal, "status")),
            (say.label("goals.without_measures"), say.fact(goal, "without_measures")),
        ),
        measure_table(
            f"t-{place}", say.label("goals.table", goal=named(goal.id, say.fact(goal, "title"))), measures, say
        ),
        more,
    )


def measure_table(name: str, caption: str, measures: Sequence[Measure], say: Words) -> list[Part]:
    """Åtgärd, Ansvarig, Tid, Kostnad, Uppföljning."""
    head = [say.label(f"measures.{key}") for key in ("measure", "owner", "time", "cost", "follow_up")]
    rows: list[list[Cell]] = [
        [
            say.link("a", m.id, title=True) if m.id else m.title or "",
            say.owner(m),
            broken(say.when(m), UNTIL.rstrip()),
            broken(say.cost(m.cost, m.open("cost"), holder=False), ","),
            _followed(m, say),
        ]
        for m in measures
    ]
    return table(name, caption, head, rows, (28, 19, 19, 16, 18), "lllrl")


def _followed(measure: Measure, say: Words) -> Cell:
    """How a measure is followed up: its indicators, its checkpoint, else its countable results, else with the plan."""
    texts: list[Cell] = []
    if measure.indicators:
        texts.append(say.links("i", measure.indicators))
    if measure.checkpoint:
        texts.append(measure.checkpoint)
    return (
        lines(texts) or lines(_deliverable(d, say) for d in measure.deliverables[:1]) or say.label("measures.with_plan")
    )


def _deliverable(entry: Node, say: Words) -> str:
    """A countable result: ``2 400 medarbetare har gått kursen (december 2028)``, or the number in brackets too."""
    number, date = say.fact(entry, "number"), say.fact(entry, "date")
    text = say.fact(entry, "text")
    if number and text[:1].islower():
        text, number = f"{number} {text}", ""
    details = ", ".join(t for t in (number and say.label("measures.number", number=number), date) if t)
    return f"{text} ({details})" if details else text


# ------------------------------------------------------------ cards


def cards(plan: Plan, say: Words) -> list[Part]:
    """The measures in full, by level."""
    parts: list[Part] = []
    for level in (*Level, None):
        chosen = [m for m in plan.measures if m.level is level]
        heading = (
            say.label("measures.level", level=say.label(f"level.{level}")) if level else say.label("measures.no_level")
        )
        parts += section(
            f"kort-{level.name.casefold() if level else 'none'}",
            heading,
            [p for m in chosen for p in card(m, say)],
            numbered=False,
        )
    return parts


def card(measure: Measure, say: Words) -> list[Part]:
    """A measure in full, on a card."""
    m = measure
    return entry(
        anchor("a", m.id or m.title or ""),
        named(m.id, say.fact(m, "title")),
        prose(m.description),
        facts(
            (say.label("card.cell"), _cell(m, say)),
            (say.label("card.from_document"), say.link("d", m.from_document) if m.from_document else ""),
            (say.label("card.goals"), say.links("m", m.goals) or say.fact(m, "goals")),
            (say.label("card.grounds"), _grounds(m, say)),
            (say.label("card.owner"), say.owner(m)),
            (say.label("card.function"), say.fact(m, "function")),
            (say.label("card.participants"), _participants(m, say)),
            (say.label("card.handover"), _handover(m, say)),
            (say.label("card.time"), say.when(m)),
            (say.label("card.period"), say.fact(m, "period")),
            (say.label("card.checkpoint"), say.fact(m, "checkpoint")),
            (say.label("card.target_group"), target_groups(m, say)),
            (say.label("card.aimed_at"), join(m.aimed_at, say.lang)),
            (say.label("card.where"), join([*m.settings, *m.places], say.lang)),
            (say.label("card.violence"), ", ".join(say.free(v, ViolenceType) for v in m.violence_types)),
            (say.label("card.method"), _method(m, say)),
            (say.label("card.training"), _training(m.training, say)),
            (say.label("card.outreach"), _outreach(m, say)),
            (say.label("card.deliverables"), lines(_deliverable(d, say) for d in m.deliverables)),
            (say.label("card.indicators"), say.links("i", m.indicators) or say.fact(m, "indicators")),
            (say.label("card.cost"), _cost(m, say)),
            (say.label("card.positions"), "; ".join(f"{y}: {say.value(v)}" for y, v in m.positions.items())),
            (say.label("card.funding"), lines(_funding(f, say) for f in m.funding) or say.fact(m, "funding")),
            (say.label("card.if_refused"), say.fact(m, "if_refused")),
            (say.label("card.depends_on"), say.links("a", m.depends_on, title=True)),
            (say.label("card.continues"), say.link("a", m.continues, title=True) if m.continues else ""),
            (say.label("card.predecessors"), join(m.predecessors, say.lang)),
            (
                say.label("card.arose"),
                ", ".join(t for t in (say.fact(m.arose, "text"), say.fact(m.arose, "date")) if t),
            ),
            (say.label("card.decision_point"), say.fact(m, "decision_point")),
            (say.label("card.decision"), lines(say.decision(d) for d in m.decision)),
            (say.label("card.heading"), say.fact(m, "heading")),
            (say.label("card.links"), links(m.links, say, between="; ")),
            (say.label("card.risks"), lines(_pair(r, "text", "action", say) for r in m.risks)),
            (say.label("card.examples"), lines(m.examples)),
            (say.label("card.parts"), lines(_part(p, say) for p in m.parts)),
            (say.label("card.status"), _status(m, say)),
            (say.label("card.source"), say.sourced(m, " ").strip(" ()")),
        ),
        card=True,
    )


def _grounds(measure: Measure, say: Words) -> str:
    """The findings the measure answers to and the factors it wants to change."""
    if opened := measure.open("observations"):
        return say.opened(opened)
    return ", ".join([*measure.observations, *measure.change_factors])


def _cell(measure: Measure, say: Words) -> str:
    """Which of the nine cells, what kind of measure, and whether it is new: ``Individ, främjande, ny``."""
    words = (say.word(measure.level), say.word(measure.tier).lower(), _kind(measure, say), say.word(measure.newness))
    return ", ".join(w for w in words if w)


def _kind(measure: Measure, say: Words) -> str:
    """What kind of measure, when it is not simply one."""
    return "" if measure.kind is MeasureKind.MEASURE else say.word(measure.kind)


def _pair(entry: Node, first: str, second: str, say: Words) -> str:
    one, other = say.fact(entry, first), say.fact(entry, second)
    return f"{one}{UNTIL}{other}" if one and other else one or other


def _participants(work: Work, say: Words) -> str:
    if opened := work.open("participants"):
        return say.opened(opened)
    texts = [say.actor(p.actor) + (f" ({p.role})" if p.role else "") for p in work.participants]
    return join(texts, say.lang)


def _handover(measure: Measure, say: Words) -> str:
    if measure.handover is None:
        return ""
    return " ".join(t for t in (say.actor(measure.handover.to), say.fact(measure.handover, "date")) if t)


def _method(measure: Measure, say: Words) -> str:
    grade = say.fact(measure.evidence, "grade")
    text = say.fact(measure.evidence, "text")
    evidence = ", ".join(t for t in (grade and say.label("card.evidence", grade=grade), text) if t)
    sourced = say.sourced(measure.evidence, evidence) if measure.evidence else evidence
    return "; ".join(t for t in (say.fact(measure, "method"), sourced) if t)


def _training(training: Training | None, say: Words) -> Cell:
    if training is None:
        return ""
    named_facts = [
        (name, say.value(getattr(training, name)) if getattr(training, name) else say.fact(training, name))
        for name in ("staff", "themes", "hours", "form", "mandatory", "cycle", "number")
    ]
    return ". ".join(f"{say.label(f'training.{name}')}: {text}" for name, text in named_facts if text)


def _outreach(measure: Measure, say: Words) -> Cell:
    if measure.outreach is None:
        return ""
    found = [
        (name, say.fact(measure.outreach, name))
        for name in ("audience", "channels", "languages", "formats", "times_per_year")
    ]
    return ". ".join(f"{say.label(f'outreach.{name}')}: {text}" for name, text in found if text)


def _cost(measure: Measure, say: Words) -> str:
    """The whole cost, and what it is per year and kind."""
    whole = say.cost(measure.cost, measure.open("cost"))
    years = cost_per_year(measure)
    kinds = {year: _kinds(cost, say) for year, cost in measure.cost.per_year.items()} if measure.cost else {}
    if len(years) < 2 and not any(kinds.values()):
        return whole if not years or "" in years else f"{whole} ({next(iter(years))})"
    parts = [
        f"{year}: {kronor(sum_, say.lang)}" + (f" ({kinds[year]})" if kinds.get(year) else "")
        for year, sum_ in years.items()
    ]
    return f"{whole} ({', '.join(parts)})"


def _kinds(cost: YearCost, say: Words) -> str:
    """A year's cost by kind."""
    names = ("staff", "services", "materials", "premises", "other")
    return ", ".join(f"{say.label(f'cost.{n}')} {say.fact(cost, n)}" for n in names if cost.stated(n))


def _funding(funding: Funding, say: Words) -> str:
    amount = ""
    if funding.amount and funding.amount.per_year:
        amount = ", ".join(f"{y}: {kronor(a.kronor, say.lang)}" for y, a in funding.amount.per_year.items())
    elif funding.amount:
        amount = say.fact(funding.amount, "total")
    who = f"{say.label('card.from_actor')} {say.actor(funding.from_actor)}" if funding.from_actor else ""
    head = " ".join(t for t in (say.word(funding.kind), who) if t)
    rest = [t for t in (funding.grant, say.word(funding.status), amount) if t]
    return say.sourced(funding, ", ".join([head, *rest]))


def _part(part: SubMeasure, say: Words) -> Cell:
    """A sub-measure: its title, then all that is said of it in brackets."""
    timed = any(part.stated(n) for n in ("time", "start", "end", "rhythm", "condition", "open_ended"))
    details = [
        say.owner(part) if part.stated("owner") else "",
        say.fact(part, "function"),
        _participants(part, say),
        say.when(part) if timed else "",
        say.fact(part, "checkpoint"),
        say.word(part.status[-1].state) if part.status else "",
    ]
    known = "; ".join(d for d in details if d)
    return " ".join(
        t for t in (named(part.id, say.fact(part, "title")) + (f" ({known})." if known else ""), part.description) if t
    )


def _status(measure: Measure, say: Words) -> Cell:
    texts = []
    for status in measure.status:
        head = " ".join(t for t in (say.fact(status, "date"), say.word(status.state)) if t)
        rest = [t for t in (status.result, status.comment) if t]
        texts.append(": ".join(t for t in (head, " ".join(rest)) if t))
    return lines(texts)


# ------------------------------------------------------------ indicators


def indicators(plan: Plan, say: Words) -> list[Part]:
    """Every indicator in full."""
    return [p for i in plan.indicators for p in indicator(i, say)]


def indicator(i: Indicator, say: Words) -> list[Part]:
    """An indicator in full, on a card."""
    unit = say.unit(i)
    kind = [say.word(i.type), say.label("indicators.per", per=i.per) if i.per else ""]
    return entry(
        anchor("i", i.id or i.title or ""),
        named(i.id, say.fact(i, "title")),
        facts(
            (say.label("indicators.type"), ", ".join(k for k in kind if k)),
            (say.label("indicators.unit"), say.fact(i, "unit")),
            (say.label("indicators.baseline"), say.series(i, "baseline", unit)),
            (say.label("indicators.targets"), say.series(i, "targets", unit)),
            (say.label("indicators.actuals"), say.series(i, "actuals", unit)),
            (say.label("indicators.direction"), say.fact(i, "direction")),
            (say.label("indicators.interpretation"), say.fact(i, "interpretation")),
            (say.label("indicators.share_of"), say.link("i", i.share_of, title=True) if i.share_of else ""),
            (say.label("indicators.breakdown"), say.breakdown(i)),
            (say.label("indicators.place"), say.fact(i, "place")),
            (say.label("indicators.source"), say.fact(i, "source")),
            (say.label("indicators.no_data_source"), say.fact(i, "no_data_source")),
            (say.label("indicators.collector"), say.actor(i.collector) or say.fact(i, "collector")),
            (say.label("indicators.frequency"), say.fact(i, "frequency")),
        ),
        card=True,
    )
