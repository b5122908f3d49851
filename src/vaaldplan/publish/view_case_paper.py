"""The view of the case paper: the official's letter that lays the plan before the board and the council."""

from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Mandate, PaperStatus, PointBasis
from vaaldplan.swedish import UNTIL

from . import view_case, view_money
from .markup import BLANK, BREAK, Markup
from .matter import Matter
from .money import by_source, counted
from .parts import Cell, Items, Line, Part, facts, items, prose, section, table
from .view import View, cover, lead, title_of
from .words import Words

ANSWERED = (PointBasis.DECIDED, PointBasis.CONDITION)
"""The points of the assignment that the letter answers: what was decided, and on which condition."""


def views(plan: Plan, say: Words) -> list[View]:
    """The letter."""
    matter = Matter(plan, say)
    letter = matter.letter()
    meta = [
        (say.paper("case-paper.sender"), matter.or_unknown(matter.sender())),
        (say.paper("case-paper.official"), matter.or_unknown(matter.official())),
        (say.paper("case-paper.date"), matter.or_unknown(say.fact(letter, "date"))),
        (say.paper("case-paper.case_number"), matter.or_unknown(say.fact(plan, "case_number"))),
        (say.paper("case-paper.recipient"), matter.or_unknown(say.actor(matter.board))),
    ]
    adopted = plan.status is PaperStatus.ADOPTED
    title = title_of(plan, say) if adopted else say.paper("case-paper.title", title=title_of(plan, say))
    sections = {
        "description": _description(plan, say),
        "preparation": _preparation(plan, say),
        **_consequences(plan, say),
        "proposals": _proposals(plan, matter, say),
        "attachments": _attachments(plan, say),
        "recipients": _recipients(plan, say),
        "signatures": _signatures(matter, say),
    }
    return [View(cover(plan, say, title, say.paper("case-paper.subtitle"), meta), sections, {})]


# ------------------------------------------------------------ the matter


def _description(plan: Plan, say: Words) -> list[Part]:
    """What was asked for, and what has been made."""
    parts = [part for i, mandate in enumerate(plan.mandate) for part in _mandate(mandate, i, plan, say)]
    v = plan.validity
    until = say.label("until_further_notice") if v and v.until_further_notice else say.fact(v, "valid_until")
    period = UNTIL.join(t for t in (say.fact(v, "valid_from"), until) if t)
    sentence = " ".join(
        t
        for t in (
            lead(plan, counted(plan.measures), say),
            say.paper("case-paper.valid", period=period) if period else "",
        )
        if t
    )
    goals: list[Cell] = [say.fact(g, "title") for g in plan.goals]
    made = [Line(sentence), *items(say.paper("case-paper.goals"), goals)]
    return [*parts, *section("", say.paper("case-paper.plan"), made, listed=False)]


def _mandate(mandate: Mandate, number: int, plan: Plan, say: Words) -> list[Part]:
    head = [say.paper(f"case-paper.{k}") for k in ("point", "answer")]
    rows: list[list[Cell]] = [
        [" ".join(t for t in (p.id or "", say.fact(p, "text")) if t), view_case.answer(p, plan, say)]
        for p in mandate.points
        if p.basis in ANSWERED
    ]
    date = say.fact(mandate, "date") if mandate.date else ""
    decided = [say.actor(mandate.body), date, say.section(mandate), say.fact(mandate, "case_number")]
    return [
        *facts(
            (say.label("mandate.matter"), say.fact(mandate, "title")),
            (say.paper("case-paper.decided"), ", ".join(t for t in decided if t)),
            (say.label("mandate.ruling"), say.fact(mandate, "ruling")),
            (say.label("mandate.raised_by"), say.fact(mandate, "raised_by")),
        ),
        *items(say.label("mandate.history"), [view_case.step(s, say) for s in mandate.actors]),
        *table(f"t-uppdrag-{number + 1}", say.paper("case-paper.table"), head, rows, (46, 54)),
    ]


def _preparation(plan: Plan, say: Words) -> list[Part]:
    p = plan.preparation
    if p is None:
        return [Line(say.paper("case-paper.no_preparation"))]
    consulted: list[list[Cell]] = [
        [say.actor(c.actor), say.fact(c, "answer"), say.fact(c, "date"), say.fact(c, "handling")]
        for c in p.consultation
    ]
    head = [say.label(f"preparation.{k}") for k in ("actor", "answer", "answered", "handling")]
    steps: list[Cell] = [view_case.step(s, say) for s in p.actors]
    rejected: list[Cell] = [view_case.rejected(x, say) for x in p.rejected]
    return [
        *items("", steps),
        *table("t-remiss", say.label("preparation.consultation"), head, consulted, (28, 20, 16, 36)),
        *items(say.label("preparation.rejected"), rejected),
    ]


# ------------------------------------------------------------ what it leads to


def _consequences(plan: Plan, say: Words) -> dict[str, list[Part]]:
    """Economy, the child's best, gender equality, the unions: each is there, even when the plan is silent about it."""
    c = plan.consequences
    silent: list[Part] = [Line(say.paper("case-paper.silent"))]
    child = view_case.children(c.children, say) if c and c.children else prose(say.fact(c, "children") if c else None)
    sums = by_source(plan.measures)
    money = prose(say.fact(c, "economy") or say.fact(plan.economy, "text"))
    if sums.total:
        names = {row: say.label(f"money.{row or 'unstated'}") for row in sums.rows}
        money += view_money.money_table(
            "t-finansiering", say.label("money.by_source"), say.label("money.source"), sums, names, say
        )
    found = {"economy": money, "children": child}
    found |= {name: prose(say.fact(c, name)) for name in ("gender_equality", "unions")}
    return {name: parts or silent for name, parts in found.items()} | {"other": prose(say.fact(c, "other"))}


# ------------------------------------------------------------ the decision


def _proposals(plan: Plan, matter: Matter, say: Words) -> list[Part]:
    """The proposals, those of each body by themselves and numbered: first the boards, last the council."""
    by_body: dict[str, list[Cell]] = {matter.board: []} if matter.board else {}
    for proposal in plan.preparation.proposals if plan.preparation else []:
        by_body.setdefault(proposal.body or matter.council, []).append(say.fact(proposal, "text"))
    to_council = by_body.pop(matter.council, [])
    if to_council and matter.board in by_body:
        one = len(to_council) == 1
        forward = say.paper(
            "case-paper.forward_one" if one else "case-paper.forward",
            body=matter.within(say.actor(matter.council)) or say.paper("case-paper.unnamed_body"),
            count=len(to_council),
        )
        by_body[matter.board].append(forward)
    by_body[matter.council] = to_council
    parts = [
        part
        for body, texts in by_body.items()
        if texts
        for part in section(
            "",
            say.paper("case-paper.in_body", body=say.actor(body)) if body else say.paper("case-paper.in_some_body"),
            [Items(texts, numbered=True)],
            listed=False,
        )
    ]
    return parts or [Line(say.paper("case-paper.no_proposals"))]


def _attachments(plan: Plan, say: Words) -> list[Part]:
    """The documents of the matter with their dates; one without says so."""
    found = plan.preparation.attachments if plan.preparation else []
    texts: list[Cell] = [
        view_case.attachment(a, say) + ("" if a.stated("date") else f" ({say.paper('case-paper.undated')})")
        for a in found
    ]
    return [Items(texts)] if texts else [Line(say.paper("case-paper.no_attachments"))]


def _recipients(plan: Plan, say: Words) -> list[Part]:
    p = plan.preparation
    texts: list[Cell] = [say.actor(a) for a in p.recipients] if p else []
    return [Items(texts)] if texts else [Line(say.label("not_stated"))]


def _signatures(matter: Matter, say: Words) -> list[Part]:
    """Two places to sign: the one who wrote, and the head of the department."""
    sender = matter.within(matter.sender())
    head = say.paper("case-paper.head", department=sender) if sender else say.paper("case-paper.head_somewhere")
    signers = [matter.official() or say.paper("case-paper.official"), head]
    line = Markup(BREAK + BLANK)
    names = [say.paper(f"case-paper.{key}") for key in ("signed", "name")]
    return [
        part
        for signer in signers
        for part in section("", signer, facts(*((name, line) for name in names)), listed=False)
    ]
