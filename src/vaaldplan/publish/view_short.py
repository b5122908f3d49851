"""The view of the short version: two pages for politicians and residents, so everything in it is bounded."""

from vaaldplan.plan.goals import Goal
from vaaldplan.plan.measures import Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PaperStatus
from vaaldplan.swedish import UNTIL, join, kronor

from . import view_money
from .markup import Figure, Markup, escape
from .money import by_source, counted
from .parts import Cell, Fact, Facts, Items, Line, Part, Prose, facts, table
from .view import View, cover, lead, matrix, title_of
from .view_help import cut, help_numbers
from .view_work import lines
from .words import Words

MOST_GOALS = 8
MOST_CONTACTS = 5
LONGEST_NAME = 110
LONGEST_TEXT = 220
LONGEST_PROSE = 500
"""Characters of a title, of a sentence or two, and of a text."""
ROOM = 1500
"""Characters of all goals together with their texts, and of all proposals."""


def views(plan: Plan, say: Words) -> list[View]:
    """The plan in short."""
    pictures: dict[str, Figure] = {}
    own = counted(plan.measures)
    sections: dict[str, list[Part]] = {
        "help": _help(plan, say),
        "lead": [Line(lead(plan, own, say))],
        "vision": _vision(plan.vision),
        "goals": _goals(plan, own, say),
        "cells": matrix(own, say, pictures) if own else [],
        "money": _money(plan, say),
        "dates": _dates(plan, say),
        "decision": _decision(plan, say),
        "more": [Line(say.paper("short.whole", title=cut(title_of(plan, say), LONGEST_NAME)))],
    }
    title = say.paper("short.title", title=cut(title_of(plan, say), LONGEST_NAME))
    found = cover(plan, say, title, say.paper("short.subtitle"), [])
    return [View(found._replace(notice=cut(found.notice, LONGEST_PROSE)), sections, pictures)]


def _help(plan: Plan, say: Words) -> list[Part]:
    return [
        Facts([Fact(cut(f.label, LONGEST_NAME), f.text) for f in part.facts[:MOST_CONTACTS]])
        for part in help_numbers(plan, say, LONGEST_TEXT)
        if isinstance(part, Facts)
    ]


def _vision(text: str | None) -> list[Part]:
    if not text:
        return []
    return [Prose(text)] if len(text) <= LONGEST_PROSE else [Line(cut(text, LONGEST_PROSE))]


def _goals(plan: Plan, own: list[Measure], say: Words) -> list[Part]:
    """Each goal, how many measures lead to it, and who leads them."""
    chosen = plan.goals[:MOST_GOALS]
    roomy = sum(len(g.title or "") + len(g.text or "") for g in chosen) <= ROOM
    rows = [_goal(goal, [m for m in own if goal.id in m.goals], say, roomy=roomy) for goal in chosen]
    head = [say.paper(f"short.{key}") for key in ("goal", "measures", "owners")]
    left = len(plan.goals) - len(rows)
    more = [Line(say.paper("short.more_goals", goals=say.count("goals", left)))] if left > 0 else []
    return [*table("t-mal", say.paper("short.table"), head, rows, (58, 12, 30), "lrl"), *more]


def _goal(goal: Goal, measures: list[Measure], say: Words, *, roomy: bool) -> list[Cell]:
    leads = list(dict.fromkeys(say.actor(m.convener or o) for m in measures for o in (m.owner[:1] or [""]) if o))
    shown = leads if len(leads) <= 3 else [*leads[:2], say.paper("short.others", count=str(len(leads) - 2))]
    text = cut(goal.text or "", LONGEST_TEXT) if roomy else ""
    title = cut(say.fact(goal, "title"), LONGEST_NAME)
    named = join([cut(n, 50) for n in shown], say.lang) if shown else ""
    return [lines([Markup(f"**{escape(title)}**"), text]), str(len(measures)), named]


def _money(plan: Plan, say: Words) -> list[Part]:
    sums = by_source(plan.measures)
    if not sums.total:
        return [Line(say.paper("short.no_money"))]
    years = [f"{view_money.year_shown(y, say)}: {kronor(sums.year(y), say.lang)}" for y in sums.years]
    names = {row: say.label(f"money.{row or 'unstated'}").lower() for row in sums.rows}
    sources = [f"{names[row]}: {kronor(sums.row(row), say.lang)}" for row in sums.rows]
    return facts(
        (say.paper("short.total"), kronor(sums.total, say.lang)),
        (say.paper("short.per_year"), ", ".join(years)),
        (say.paper("short.from"), ", ".join(sources)),
    )


def _dates(plan: Plan, say: Words) -> list[Part]:
    v, f = plan.validity, plan.follow_up
    until = say.label("until_further_notice") if v and v.until_further_notice else say.fact(v, "valid_until")
    times = [t for o in (f.occasions if f else [])[:6] if (t := say.fact(o, "date"))]
    return facts(
        (say.label("meta.validity"), UNTIL.join(t for t in (say.fact(v, "valid_from"), until) if t)),
        (say.paper("short.followed"), join(times, say.lang) if times else ""),
        (say.label("summary.final_label"), say.fact(f.final_evaluation, "date") if f else ""),
    )


def _decision(plan: Plan, say: Words) -> list[Part]:
    """What the council is asked to decide, or has decided."""
    decision = plan.decision[0] if plan.decision else None
    if plan.status is PaperStatus.ADOPTED:
        return [Line(say.decision(decision))] if decision else []
    texts = [cut(say.fact(p, "text"), LONGEST_TEXT) for p in (plan.preparation.proposals if plan.preparation else [])]
    kept = [t for i, t in enumerate(texts) if t and len("".join(texts[: i + 1])) <= ROOM]
    body = say.actors(decision.body) if decision else ""
    asked = say.paper("short.asked", body=body) if body else say.paper("short.asked_someone")
    more = [Line(say.paper("short.more_proposals"))] if len(texts) > len(kept) else []
    return [Line(asked), Items(list(kept), True), *more] if kept else []
