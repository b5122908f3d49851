"""The plan as the document shows it: words and rows in sections, the pictures by name. Nothing is computed later."""

from datetime import date
from typing import NamedTuple

from vaaldplan.plan.measures import Level, Measure, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PaperStatus, Placement
from vaaldplan.swedish import UNTIL, join, kronor, sort_key

from . import figures, view_case, view_money, view_organisation, view_trends, view_work
from .markup import Figure, Markup, escape
from .money import by_source, counted
from .parts import Cell, Line, Part, Picture, facts, items, prose, section, table
from .tree import Status
from .words import Words

LONGEST_TIMELINE = 32
"""Rows in one timeline picture; more are split by level so that each fits a page."""


class Cover(NamedTuple):
    """What stands on the cover."""

    title: str
    subtitle: str
    municipality: str
    status: Status | None
    notice: str
    meta: list[tuple[str, str]]
    date: str
    footer: str


class View(NamedTuple):
    """The whole document: the cover, the sections by name, the pictures by name."""

    cover: Cover
    sections: dict[str, list[Part]]
    figures: dict[str, Figure]
    of: str = ""
    """Whom this copy is for, when a document is made once for each of several bodies."""


def views(plan: Plan, say: Words) -> list[View]:
    """The document that the plan itself is."""
    return [view(plan, say)]


def view(plan: Plan, say: Words) -> View:
    """Put a plan into the document's words."""
    pictures: dict[str, Figure] = {}
    placed = {p.name.casefold(): view_case.chapters(plan, p, say) for p in Placement}
    sections = {
        "summary": _summary(plan, say, pictures),
        **{f"chapters_{name}": parts for name, parts in placed.items()},
        "vision": prose(plan.vision),
        "mandate": view_case.mandate(plan, say),
        "scope": [*prose(plan.scope)],
        "boundary": [*prose(plan.boundary)],
        "situation": view_case.situation(plan, say),
        "goals": view_work.goals(plan, say),
        "cells": _cells(plan, say),
        "timeline": _timeline(plan, say, pictures),
        "economy": view_money.economy(plan, say, pictures),
        "organisation": view_organisation.organisation(plan, say),
        "partnerships": view_organisation.partnerships(plan, say),
        "follow_up": view_case.follow_up(plan, say),
        "risks": view_case.risks(plan, say),
        "consequences": view_case.consequences(plan, say),
        "contacts": view_case.contacts(plan, say),
        "cards": view_work.cards(plan, say),
        "indicators": [*view_trends.trends(plan, say, pictures), *view_work.indicators(plan, say)],
        "actors": view_organisation.actors(plan, say),
        "definitions": view_case.definitions(plan, say),
        "links": view_case.plan_links(plan, say),
        "related": view_case.related(plan, say),
        "preparation": view_case.preparation(plan, say),
        "versions": _versions(plan, say),
        "appendices": _appendices(plan, say),
    }
    return View(cover(plan, say, title_of(plan, say), plan.subtitle or "", _meta(plan, say)), sections, pictures)


# ------------------------------------------------------------ cover


def title_of(plan: Plan, say: Words) -> str:
    """The plan's title, or what stands for it while there is none."""
    return plan.title or say.label("untitled")


def cover(plan: Plan, say: Words, title: str, subtitle: str, meta: list[tuple[str, str]]) -> Cover:
    """The cover of a document of the plan; what is left out of ``meta`` is what says nothing."""
    place = plan.municipality or say.fact(plan.area, "name") or say.fact(plan, "municipality")
    footer = " · ".join(t for t in (place, say.fact(plan, "case_number")) if t)
    return Cover(
        title,
        subtitle,
        place,
        _status(plan, say),
        plan.notice or "",
        [(label, text) for label, text in meta if text],
        paper_date(plan).isoformat(),
        footer,
    )


def _status(plan: Plan, say: Words) -> Status | None:
    """The mark of a paper that is not in force; a plan that does not say is a draft."""
    status = plan.status or PaperStatus.DRAFT
    if status is PaperStatus.ADOPTED:
        return None
    return {"mark": say.label(f"status.{status.value}.mark"), "text": say.label(f"status.{status.value}.text")}


def paper_date(plan: Plan) -> date:
    """The paper's own date: its own field, the decision's, the newest version's; else a fixed day."""
    times = [plan.date, *(d.date for d in plan.decision), *(v.date for v in reversed(plan.versions))]
    return next((t.first for t in times if t and t.first), date(2000, 1, 1))


def _meta(plan: Plan, say: Words) -> list[tuple[str, str]]:
    decision = plan.decision[0] if plan.decision else None
    decided = " ".join(t for t in (say.fact(decision, "date"), say.section(decision) if decision else "") if t)
    owner, v = plan.document_owner, plan.validity
    official = (
        "; ".join(
            t for t in (say.actors(owner.political), join(owner.official, say.lang), say.actors(owner.parties)) if t
        )
        if owner
        else ""
    )
    period = ""
    if v is not None:
        until = say.label("until_further_notice") if v.until_further_notice else say.fact(v, "valid_until")
        period = UNTIL.join(t for t in (say.fact(v, "valid_from"), until) if t)
    code = f" ({c})" if (c := say.fact(plan, "municipality_code")) else ""
    pairs = [
        ("document_type", say.fact(plan, "document_type")),
        (
            "municipality",
            ((plan.municipality or "") + code).strip(" ()") if not plan.municipality else plan.municipality + code,
        ),
        ("area", _area(plan, say)),
        ("body", say.actors(decision.body) if decision else ""),
        ("decided", decided or (say.label("not_decided") if plan.status is not PaperStatus.ADOPTED else "")),
        ("announced", say.fact(decision, "announced")),
        ("signatories", say.actors(decision.signatories) if decision else ""),
        ("case_number", say.fact(plan, "case_number")),
        ("applies_to", say.actors(plan.applies_to) or say.fact(plan, "applies_to")),
        ("validity", period or say.fact(plan, "validity")),
        ("revise_by", say.fact(v, "revise_by")),
        ("owner", official or say.fact(plan, "document_owner")),
        ("version", say.fact(plan, "version")),
        ("source", say.sourced(plan, " ").strip(" ()")),
    ]
    rows = say.settings.cover or [(name, "") for name, _ in pairs]
    texts = dict(pairs)
    return [(label or say.label(f"meta.{name}"), texts[name]) for name, label in rows]


def _area(plan: Plan, say: Words) -> str:
    area = plan.area
    if area is None:
        return say.fact(plan, "area")
    details = ", ".join(t for t in (say.fact(area, "kind"), say.fact(area, "code")) if t)
    return say.fact(area, "name") + (f" ({details})" if details else "")


# ------------------------------------------------------------ the whole on one page


def _summary(plan: Plan, say: Words, pictures: dict[str, Figure]) -> list[Part]:
    own = counted(plan.measures)
    sums = by_source(plan.measures)
    parts: list[Part] = [Line(lead(plan, own, say))]
    if own:
        parts += matrix(own, say, pictures)
    if sums.total:
        texts = [f"{view_money.year_shown(y, say)}: {kronor(sums.year(y), say.lang)}" for y in sums.years]
        whole = say.label("summary.money", total=kronor(sums.total, say.lang), years=join(texts, say.lang))
        parts += facts((say.label("summary.money_label"), whole), *_dates(plan, say))
    else:
        parts += facts(*_dates(plan, say))
    return parts


def lead(plan: Plan, own: list[Measure], say: Words) -> str:
    """How much there is in the plan, in a sentence or two."""
    bodies = {o for m in own for o in m.owner}
    key = "summary.lead" if plan.goals else "summary.lead_without_goals"
    return say.label(
        key,
        measures=say.count("measures", len(own)),
        goals=say.count("goals", len(plan.goals)),
        bodies=say.count("bodies", len(bodies)),
    )


def _dates(plan: Plan, say: Words) -> list[tuple[str, Cell]]:
    v, f = plan.validity, plan.follow_up
    mandate = plan.mandate[0] if plan.mandate else None
    first = f.occasions[0] if f and f.occasions else None
    steering = plan.organisation.steering_group if plan.organisation else None
    leading = (steering.name or say.actor(steering.actor)) if steering else ""
    answer = ""
    if mandate:
        answer = ", ".join(
            t
            for t in (
                say.actor(mandate.body),
                say.fact(mandate, "date") if mandate.date else "",
                say.section(mandate),
                say.fact(mandate, "case_number"),
            )
            if t
        )
    period = UNTIL.join(t for t in (say.fact(v, "valid_from"), say.fact(v, "valid_until")) if t) if v else ""
    end = f.final_evaluation if f else None
    return [
        (say.label("summary.goals_label"), view_work.lines(_goal_line(g.id, g.title, say) for g in plan.goals)),
        (say.label("summary.mandate_label"), answer),
        (say.label("summary.validity_label"), period),
        (say.label("summary.leads_label"), leading),
        (
            say.label("summary.follow_up_label"),
            ", ".join(
                t
                for t in (
                    say.fact(first, "date"),
                    say.label("summary.times", times=say.count("occasions", len(f.occasions)))
                    if f and f.occasions
                    else "",
                )
                if t
            ),
        ),
        (say.label("summary.final_label"), say.fact(end, "date")),
    ]


def _goal_line(name: str | None, title: str | None, say: Words) -> Cell:
    return say.link("m", name, title=True) if name else title or ""


# ------------------------------------------------------------ the nine cells


def matrix(own: list[Measure], say: Words, pictures: dict[str, Figure]) -> list[Part]:
    """The picture of the nine cells, with how many measures stand in each."""
    rows, columns = [say.word(level) for level in Level], [say.word(tier) for tier in Tier]
    cells = [[sum(m.level is level and m.tier is tier for m in own) for tier in Tier] for level in Level]
    described = "; ".join(
        f"{row}: " + ", ".join(f"{column} {cells[i][j]}" for j, column in enumerate(columns))
        for i, row in enumerate(rows)
    )
    alt = say.label("figures.matrix_alt", cells=described)
    svg = figures.matrix(
        rows, columns, cells, title=say.label("figures.matrix"), alt=alt, uid="rutor", look=say.settings.look
    )
    pictures["rutor"] = Figure(svg, alt)
    return [Picture("rutor", say.label("figures.matrix_caption"))]


def _cells(plan: Plan, say: Words) -> list[Part]:
    """The nine cells as a table: which measures stand in each, or why none does."""
    own = counted(plan.measures)
    if not own:
        return []
    gaps = {(g.level, g.tier): g for g in plan.gaps}
    rows: list[list[Cell]] = []
    for level in Level:
        row: list[Cell] = [say.word(level)]
        for tier in Tier:
            found = [m for m in own if m.level is level and m.tier is tier]
            gap = gaps.get((level, tier))
            links = say.links("a", [m.id for m in found if m.id])
            if found:
                row.append(Markup(f"**{len(found)}**: {links}") if links else str(len(found)))
            elif gap and gap.covered_by:
                row.append(
                    Markup(escape(say.label("cells.covered")) + " " + say.link("d", gap.covered_by, title=False))
                )
            else:
                row.append(gap.reason if gap and gap.reason else say.label("cells.empty"))
        rows.append(row)
    head = [say.label("cells.level"), *(say.word(tier) for tier in Tier)]
    outside = [m.id for m in own if m.id and (m.level is None or m.tier is None)]
    more = [Line(Markup(f"{escape(say.label('cells.outside'))} {say.links('a', outside)}"))] if outside else []
    if plan.declared_measures is not None and plan.declared_measures != len(own):
        more.append(Line(say.label("cells.declared", declared=str(plan.declared_measures), listed=str(len(own)))))
    return [*table("t-rutor", say.label("cells.table"), head, rows, (16, 28, 28, 28)), *more]


# ------------------------------------------------------------ time


def _fraction(day: date, *, end: bool = False) -> float:
    return day.year + (day.timetuple().tm_yday - (0 if end else 1)) / 366


def _bar(m: Measure, years: range, say: Words) -> figures.Bar | None:
    start = m.start.first if m.start else m.time.first if m.time else None
    last = m.end.last if m.end else m.time.last if m.time else m.start.last if m.start and not m.open_ended else None
    ongoing = bool(m.open_ended or m.checkpoint or m.rhythm or (m.time and (m.time.ongoing or m.time.rhythm)))
    if start is None and last is None and not ongoing:
        return None
    first, final = float(years[0]), float(years[-1] + 1)
    begins = max(_fraction(start), first) if start else first
    ends = min(_fraction(last, end=True), final) if last and (m.end or not ongoing) else final
    group = say.word(m.level) if m.level else ""
    return figures.Bar(
        m.id or m.title or "", begins, max(ends, begins + 0.04), str(m.tier or ""), last is None, (), group
    )


def _years(plan: Plan, own: list[Measure]) -> range:
    v = plan.validity
    days = [t.first for t in (v and v.valid_from, v and v.valid_until) if t and t.first]
    if len(days) < 2:
        times = [t for m in own for t in (m.start, m.end, m.time) if t]
        days += [d for t in times for d in (t.first, t.last) if d]
    years = [d.year for d in days]
    return range(min(years), min(max(years), min(years) + 11) + 1) if years else range(0)


def _timeline(plan: Plan, say: Words, pictures: dict[str, Figure]) -> list[Part]:
    own = counted(plan.measures)
    years = _years(plan, own)
    if not years:
        return []
    drawn = [(m, bar) for m in own if (bar := _bar(m, years, say))]
    shown = {id(m) for m, _ in drawn}
    undrawn = [m.id for m in own if m.id and id(m) not in shown]
    groups: list[list[tuple[Measure, figures.Bar]]] = [drawn]
    if len(drawn) > LONGEST_TIMELINE:
        groups = [[d for d in drawn if d[0].level is level] for level in (*Level, None)]
    parts: list[Part] = []
    legend = [(str(tier), say.word(tier)) for tier in Tier]
    for i, group in enumerate(g for g in groups if g):
        bars = sorted((bar for _, bar in group), key=lambda b: (b.group, b.start, sort_key(b.label)))
        level = group[0][0].level
        what = say.label(f"level.{level}") if len(groups) > 1 and level else ""
        alt = say.label(
            "figures.timeline_alt", first=bars[0].label, last=bars[-1].label, years=f"{years[0]}–{years[-1]}"
        )
        title = say.label("figures.timeline")
        name = f"tidslinje-{i + 1}"
        svg = figures.timeline(list(years), bars, title=title, alt=alt, uid=name, legend=legend, look=say.settings.look)
        pictures[name] = Figure(svg, alt)
        caption = (
            say.label("figures.timeline_caption_level", level=what) if what else say.label("figures.timeline_caption")
        )
        parts.append(Picture(name, caption))
    if undrawn:
        parts.append(Line(Markup(f"{escape(say.label('figures.without_time'))} {say.links('a', undrawn)}.")))
    return parts


# ------------------------------------------------------------ the paper's own history


def _versions(plan: Plan, say: Words) -> list[Part]:
    rows: list[list[Cell]] = [
        [say.fact(v, "version"), say.fact(v, "date"), say.fact(v, "change")] for v in plan.versions
    ]
    head = [say.label(f"versions.{k}") for k in ("version", "date", "change")]
    decisions: list[list[Cell]] = [
        [
            say.actors(d.body) or say.fact(d, "body"),
            say.fact(d, "date"),
            say.section(d),
            say.fact(d, "form"),
            say.fact(d, "votes"),
        ]
        for d in plan.decision
        if d.date or d.section or d.votes or d.form
    ]
    decision_head = [say.label(f"decisions.{k}") for k in ("body", "date", "section", "form", "votes")]
    return [
        *table("t-versioner", say.label("versions.table"), head, rows, (14, 22, 64)),
        *table("t-beslut", say.label("decisions.table"), decision_head, decisions, (30, 18, 12, 18, 22)),
    ]


def _appendices(plan: Plan, say: Words) -> list[Part]:
    parts = items("", [_appendix(a.name, a.pages, say) for a in plan.appendices])
    return [*parts, *(p for a in plan.appendices if a.text for p in section("", a.name or "", prose(a.text)))]


def _appendix(name: str | None, pages: int | None, say: Words) -> str:
    return f"{name} ({say.count('pages', pages)})" if pages else name or ""
