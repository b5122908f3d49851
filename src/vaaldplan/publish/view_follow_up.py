"""The view of the follow-up: a report of how it goes, and after it a form for what the report is to say next time."""

from collections import Counter

from vaaldplan.plan.goals import Indicator
from vaaldplan.plan.measures import Measure, State, Status
from vaaldplan.plan.model import Plan
from vaaldplan.swedish import UNTIL

from . import view_case
from .markup import BLANK
from .money import counted
from .parts import Cell, Line, Part, entry, facts, section, table
from .view import View, cover, lead, title_of
from .view_work import broken, lines, named
from .words import Words

CHOICES = (State.NOT_STARTED, State.ONGOING, State.DELAYED, State.DONE, State.DROPPED)


def views(plan: Plan, say: Words) -> list[View]:
    """Report and form."""
    own = counted(plan.measures)
    sections: dict[str, list[Part]] = {
        "lead": [Line(lead(plan, own, say)), Line(say.paper("follow-up.lead"))],
        "states": _states(own, say),
        "measures": _measures(plan, own, say),
        "indicators": _indicators(plan, say),
        "occasions": view_case.follow_up(plan, say),
        "form": _form(plan, own, say),
    }
    title = say.paper("follow-up.title", title=title_of(plan, say))
    v = plan.validity
    period = UNTIL.join(t for t in (say.fact(v, "valid_from"), say.fact(v, "valid_until")) if t)
    meta = [
        (say.label("meta.case_number"), say.fact(plan, "case_number")),
        (say.label("meta.validity"), period),
        (say.label("meta.owner"), say.fact(plan.document_owner, "official")),
    ]
    return [View(cover(plan, say, title, say.paper("follow-up.subtitle"), meta), sections, {})]


# ------------------------------------------------------------ the report


def latest(measure: Measure) -> Status | None:
    """The newest report of a measure: the last of those with the latest date, else the last."""
    dated = [s for s in measure.status if s.date and s.date.first]
    newest = max((s.date.first for s in dated if s.date and s.date.first), default=None)
    return next((s for s in reversed(measure.status) if newest is None or (s.date and s.date.first == newest)), None)


def _state(measure: Measure) -> State:
    found = latest(measure)
    return found.state if found and found.state else State.NOT_REPORTED


def _states(own: list[Measure], say: Words) -> list[Part]:
    """How many measures are in each state."""
    counts = Counter(_state(m) for m in own)
    rows: list[list[Cell]] = [
        [say.word(s), str(counts[s]), ", ".join(m.id or m.title or "" for m in own if _state(m) is s)]
        for s in State
        if counts[s]
    ]
    head = [say.paper(f"follow-up.{k}") for k in ("state", "count", "which")]
    return table("t-lage", say.paper("follow-up.states_table"), head, rows, (24, 12, 64), "lrl")


def _measures(plan: Plan, own: list[Measure], say: Words) -> list[Part]:
    """The measures under their goals, each where it stands first."""
    known = [g.id for g in plan.goals]
    parts: list[Part] = []
    for goal in plan.goals:
        under = [m for m in own if next((g for g in m.goals if g in known), None) == goal.id]
        title = named(goal.id, say.fact(goal, "title"))
        caption = say.label("goals.table", goal=title)
        parts += section("", title, _table(f"t-{len(parts)}", caption, under, say), listed=False)
    loose = [m for m in own if not any(g in known for g in m.goals)]
    if not plan.goals:
        return _table("t-alla", say.label("measures.all"), loose, say)
    heading = say.label("goals.loose")
    return [*parts, *section("", heading, _table("t-utan-mal", heading, loose, say), listed=False)]


def _table(name: str, caption: str, measures: list[Measure], say: Words) -> list[Part]:
    rows: list[list[Cell]] = []
    for m in measures:
        found = latest(m)
        state = ", ".join(t for t in (say.word(_state(m)), say.fact(found, "date")) if t)
        said = lines([say.fact(found, "result"), say.fact(found, "comment")])
        rows.append([named(m.id, say.fact(m, "title")), say.owner(m), broken(say.when(m), UNTIL.rstrip()), state, said])
    head = [
        *(say.label(f"measures.{k}") for k in ("measure", "owner", "time")),
        *(say.paper(f"follow-up.{k}") for k in ("state", "result")),
    ]
    return table(name, caption, head, rows, (30, 20, 17, 14, 19))


def _indicators(plan: Plan, say: Words) -> list[Part]:
    """The outcome of each indicator beside where it began and where it should be."""
    rows = [_indicator(i, say) for i in plan.indicators]
    head = [say.paper("follow-up.indicator"), *(say.label(f"indicators.{k}") for k in ("baseline", "targets"))]
    head.append(say.paper("follow-up.outcome"))
    return table("t-utfall", say.paper("follow-up.indicators_table"), head, rows, (34, 22, 22, 22))


def _indicator(i: Indicator, say: Words) -> list[Cell]:
    unit = say.unit(i)
    outcome = say.series(i, "actuals", unit) or say.word(State.NOT_REPORTED)
    return [named(i.id, say.fact(i, "title")), say.series(i, "baseline", unit), say.series(i, "targets", unit), outcome]


# ------------------------------------------------------------ the form


def _form(plan: Plan, own: list[Measure], say: Words) -> list[Part]:
    """A place to answer for each measure and indicator."""
    choices = " / ".join(say.word(state) for state in CHOICES)
    asked = ("done", "cost", "deviation", "next")
    filled = facts(*((say.paper(f"follow-up.{k}"), BLANK) for k in ("filled_by", "filled")))
    cards = [
        part
        for m in own
        for part in entry(
            "",
            named(m.id, say.fact(m, "title")),
            facts(
                (say.label("measures.owner"), say.owner(m)),
                (say.paper("follow-up.choose"), choices),
                *((say.paper(f"follow-up.{key}"), BLANK) for key in asked),
            ),
            card=True,
        )
    ]
    measured = [
        part
        for i in plan.indicators
        for part in entry(
            "",
            named(i.id, say.fact(i, "title")),
            facts(
                (say.label("indicators.collector"), say.actor(i.collector) or say.fact(i, "collector")),
                (say.label("indicators.targets"), say.series(i, "targets", say.unit(i))),
                (say.paper("follow-up.outcome_now"), BLANK),
                (say.paper("follow-up.read"), BLANK),
            ),
            card=True,
        )
    ]
    return [*filled, *cards, *measured]
