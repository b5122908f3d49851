"""The view of a board's extract: what one body leads and takes part in, its money and its dates, and nothing else."""

from datetime import date
from typing import NamedTuple

from vaaldplan.plan.measures import Measure, Owners
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Actor, ActorType
from vaaldplan.plan.vocabulary import normal
from vaaldplan.swedish import Time, sort_key

from . import view_money
from .markup import Markup, escape
from .money import NO_YEAR, Sums, cost_per_year, counted
from .parts import Cell, Line, Part, table
from .view import View, cover, title_of
from .view_work import card, indicator, named
from .words import Words

BOARDS = (ActorType.COMMITTEE, ActorType.DEPARTMENT, ActorType.COMPANY)


class Body(NamedTuple):
    """A board, a company, or a department whose board the plan does not name; with the bodies that belong to it."""

    name: str
    ids: frozenset[str]
    shared: bool
    """Whether it is one of *all committees*: companies are not."""


class Share(NamedTuple):
    """What a body has in the plan."""

    leads: list[Measure]
    shares: list[Measure]
    """Measures that all boards have."""
    joins: list[Measure]


def views(plan: Plan, say: Words) -> list[View]:
    """An extract for each body that has something in the plan, in alphabetical order."""
    found = [(body, share_of(body, plan)) for body in bodies(plan, say)]
    return [_view(body, share, plan, say) for body, share in found if any(share)]


def _view(body: Body, share: Share, plan: Plan, say: Words) -> View:
    sections: dict[str, list[Part]] = {
        "lead": [Line(_lead(share, say))],
        "money": _money(share, say),
        "dates": _dates(body, share, plan, say),
        "leads": [p for m in (*share.leads, *share.shares) for p in card(m, say)],
        "joins": _joins(body, share, say),
        "indicators": _indicators(body, share, plan, say),
    }
    title = say.paper("extract.title", body=body.name, title=title_of(plan, say))
    found = cover(plan, say, title, say.paper("extract.subtitle"), [])
    return View(found, sections, {}, body.name)


# ------------------------------------------------------------ whose is what


def bodies(plan: Plan, say: Words) -> list[Body]:
    """The bodies of the register that can have duties, and owners that stand in no register."""
    register = {a.id: a for a in plan.actors if a.id}
    below: dict[str, set[str]] = {}
    for name, actor in register.items():
        top, seen = actor, {name}
        while top.part_of in register and top.part_of not in seen:
            seen.add(top.part_of)
            top = register[top.part_of]
        if not _collective(actor):
            below.setdefault(top.id or "", set()).add(name)
    found = [
        Body(a.name or name, frozenset(below[name]), a.type is not ActorType.COMPANY)
        for name, a in register.items()
        if name in below and a.type in BOARDS and not a.not_concerned
    ]
    known = {*register, *(f"@{w.value}" for w in Owners)}
    loose = dict.fromkeys(o for m in counted(plan.measures) for o in m.owner if o not in known)
    found += [Body(say.actor(name), frozenset([name]), shared=False) for name in loose]
    return sorted(found, key=lambda b: sort_key(b.name))


def _collective(actor: Actor) -> bool:
    """Whether an entry of the register stands for several bodies: it names them, or is *Samtliga nämnder*."""
    words = {normal(spelling) for w in Owners for spelling in (w.sv, w.value)}
    return bool(actor.members) or normal(actor.name or "") in words


def _held(names: list[str], plan: Plan) -> tuple[set[str], bool]:
    """The bodies that some names stand for, and whether all boards are among them."""
    register = {a.id: a for a in plan.actors if a.id}
    found, everyone = set(names), False
    for name in names:
        actor = register.get(name)
        if name == f"@{Owners.ALL_COMMITTEES.value}" or (actor and _collective(actor) and not actor.members):
            everyone = True
        elif name == f"@{Owners.AS_APPLIES_TO.value}":
            more, some = _held([n for n in plan.applies_to if not n.startswith("@")], plan)
            found, everyone = found | more, everyone or some
        elif actor and actor.members:
            found |= set(actor.members)
    return found, everyone


def share_of(body: Body, plan: Plan) -> Share:
    """The measures of the plan's own that a body leads, shares with all boards, and takes part in."""
    share = Share([], [], [])
    for measure in counted(plan.measures):
        owners, all_boards = _held(measure.owner, plan)
        joining, all_join = _held([p.actor or "" for p in measure.participants], plan)
        if owners & body.ids:
            share.leads.append(measure)
        elif all_boards and body.shared:
            share.shares.append(measure)
        elif joining & body.ids or (all_join and body.shared):
            share.joins.append(measure)
    return share


# ------------------------------------------------------------ what it has


def _lead(share: Share, say: Words) -> str:
    own = len(share.leads) + len(share.shares)
    leads, joins = say.count("measures", own), say.count("measures", len(share.joins))
    return say.paper("extract.lead", leads=leads, joins=joins)


def _money(share: Share, say: Words) -> list[Part]:
    """What the measures that it leads cost; what several bodies pay for together is told, not added."""
    alone = [m for m in share.leads if len(m.owner) == 1 and cost_per_year(m)]
    rows = {named(m.id, m.title): cost_per_year(m) for m in alone}
    years = sorted({y for row in rows.values() for y in row}, key=lambda y: (y == NO_YEAR, y))
    parts: list[Part] = []
    if rows:
        names = {row: row for row in rows}
        caption, first = say.paper("extract.money_table"), say.label("measures.measure")
        parts += view_money.money_table("t-pengar", caption, first, Sums(tuple(years), rows), names, say)
    together = [m.id for m in (*share.leads, *share.shares) if m.id and m not in alone and cost_per_year(m)]
    within = [m.id for m in (*share.leads, *share.shares) if m.id and m.cost and m.cost.within_budget]
    for key, ids in (("together", together), ("within", within)):
        if ids:
            parts.append(Line(Markup(f"{escape(say.paper(f'extract.{key}'))} {say.links('a', ids)}.")))
    return parts or [Line(say.paper("extract.no_money"))]


def _dates(body: Body, share: Share, plan: Plan, say: Words) -> list[Part]:
    """Every date of its measures and of the plan's follow-up that it answers for, in order of time."""
    found: list[tuple[date, list[Cell]]] = []

    def add(time: Time | None, shown: str, what: Cell, key: str) -> None:
        if time and (day := time.first or time.last):
            found.append((day, [shown, what, say.paper(f"extract.{key}")]))

    for m in (*share.leads, *share.shares):
        what = say.link("a", m.id, title=True) if m.id else m.title or ""
        add(m.start or m.time, say.fact(m, "start") or say.fact(m, "time"), what, "start" if m.start else "time")
        add(m.end, say.fact(m, "end"), what, "end")
        for entry in m.deliverables:
            text = Markup(f"{escape(m.id or '')} {escape(say.fact(entry, 'text'))}")
            add(entry.date, say.fact(entry, "date"), text, "deliverable")
        if m.handover:
            add(m.handover.date, say.fact(m.handover, "date"), what, "handover")
    for occasion in plan.follow_up.occasions if plan.follow_up else []:
        form = say.fact(occasion, "form") or say.label("chapters.follow_up")
        add(occasion.date, say.fact(occasion, "date"), form, "follow_up")
    rows = [row for _, row in sorted(found, key=lambda f: f[0])]
    steps: list[list[Cell]] = [
        [s.time or "", s.text or "", say.paper("extract.every_year")]
        for s in (plan.organisation.yearly_cycle if plan.organisation else [])
        if s.actor and (s.actor in body.ids or (body.shared and _held([s.actor], plan)[1]))
    ]
    head = [say.paper(f"extract.{k}") for k in ("when", "what", "kind")]
    return table("t-tider", say.paper("extract.dates_table"), head, [*rows, *steps], (20, 58, 22))


def _joins(body: Body, share: Share, say: Words) -> list[Part]:
    rows: list[list[Cell]] = []
    for m in share.joins:
        roles = [p.role or "" for p in m.participants if (p.actor or "") in body.ids]
        title = named(m.id, say.fact(m, "title"))
        rows.append([title, say.owner(m), ", ".join(r for r in roles if r), say.when(m)])
    head = [
        say.label("measures.measure"),
        say.label("measures.owner"),
        say.paper("extract.role"),
        say.label("measures.time"),
    ]
    return table("t-medverkar", say.paper("extract.joins_table"), head, rows, (36, 22, 22, 20))


def _indicators(body: Body, share: Share, plan: Plan, say: Words) -> list[Part]:
    """The indicators that it collects, and those of the measures that it leads."""
    used = {i for m in (*share.leads, *share.shares) for i in m.indicators}
    return [p for i in plan.indicators if i.id in used or (i.collector or "") in body.ids for p in indicator(i, say)]
