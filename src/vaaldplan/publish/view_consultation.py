"""The view of the consultation: a covering letter, who is asked about what, and numbered places to answer."""

from vaaldplan.plan.model import Plan
from vaaldplan.swedish import Time

from .markup import BLANK, BREAK, Markup
from .matter import Matter
from .money import counted
from .parts import Cell, Line, Part, facts, section, table
from .view import View, cover, lead, title_of
from .view_extract import Body, bodies, share_of
from .view_work import named
from .words import Words

ANSWER = Markup(BREAK.join([BLANK] * 3))
"""Three lines to write on."""
GENERAL = ("situation", "goals", "own", "money", "people", "missing")
"""The questions that everyone is asked, by their labels."""
CHANGES = 3
"""Places for changes that the one who answers proposes."""


def views(plan: Plan, say: Words) -> list[View]:
    """The letter with its places to answer."""
    matter = Matter(plan, say)
    p = plan.preparation
    reply = p.reply_by if p else None
    asked = p.consultation if p else []
    sent = next((c.sent for c in asked if c.sent and c.sent.first), None)
    names = list(dict.fromkeys(say.actor(c.actor) for c in asked))
    meta = [
        (say.paper("case-paper.sender"), matter.or_unknown(matter.sender())),
        (say.paper("case-paper.official"), matter.or_unknown(matter.official())),
        (say.paper("case-paper.date"), matter.or_unknown(say.value(sent))),
        (say.paper("case-paper.case_number"), matter.or_unknown(say.fact(plan, "case_number"))),
        (say.paper("consultation.reply_by"), matter.or_unknown(say.fact(p, "reply_by"))),
        (say.paper("consultation.to"), matter.or_unknown(", ".join(names))),
    ]
    sections: dict[str, list[Part]] = {
        "letter": _letter(plan, matter, reply, say),
        "asked": _asked(plan, say),
        "answerer": _answerer(say),
        "questions": _questions(plan, say),
        "changes": _changes(say),
    }
    title = say.paper("consultation.title", title=title_of(plan, say))
    return [View(cover(plan, say, title, say.paper("consultation.subtitle"), meta), sections, {})]


def _letter(plan: Plan, matter: Matter, reply: Time | None, say: Words) -> list[Part]:
    council, when = matter.council, matter.when(matter.council)
    number = say.fact(plan, "case_number")
    sentences = [
        say.paper("consultation.sent", title=title_of(plan, say)),
        say.paper("consultation.by", day=say.on(reply)) if reply else say.paper("consultation.by_unknown"),
        say.paper("consultation.mark", number=number) if number else "",
        say.paper("consultation.decides", body=say.actor(council), day=say.on(when)) if council and when else "",
    ]
    return [
        Line(" ".join(s for s in sentences if s)),
        Line(lead(plan, counted(plan.measures), say)),
        Line(say.paper("consultation.how")),
    ]


def _asked(plan: Plan, say: Words) -> list[Part]:
    """Who is asked, and which measures they lead and take part in."""
    known = {i: body for body in bodies(plan, say) for i in body.ids}
    rows: list[list[Cell]] = []
    for name in dict.fromkeys(c.actor or "" for c in (plan.preparation.consultation if plan.preparation else [])):
        body = known.get(name) or Body(say.actor(name), frozenset([name]), shared=False)
        share = share_of(body, plan)
        leads = ", ".join(m.id or "" for m in (*share.leads, *share.shares))
        rows.append([say.actor(name), leads, ", ".join(m.id or "" for m in share.joins)])
    head = [say.paper(f"consultation.{k}") for k in ("body", "leads", "joins")]
    return table("t-instanser", say.paper("consultation.table"), head, rows, (34, 34, 32))


def _answerer(say: Words) -> list[Part]:
    """Who answers, and how they stand to the whole."""
    stand = " / ".join(say.paper(f"consultation.{k}") for k in ("for", "for_changed", "against"))
    return facts(
        (say.paper("consultation.who"), BLANK),
        (say.paper("consultation.stand"), stand),
        (say.paper("consultation.decision"), BLANK),
        (say.paper("consultation.contact"), BLANK),
    )


def _questions(plan: Plan, say: Words) -> list[Part]:
    """The numbered questions, each with a numbered place: first for the whole, then for each goal."""
    asked = [(say.paper(f"consultation.ask_{key}"), say.paper(f"consultation.ask_{key}_text")) for key in GENERAL]
    own = counted(plan.measures)
    for goal in plan.goals:
        measures = ", ".join(m.id or m.title or "" for m in own if goal.id in m.goals)
        key = "ask_goal_text" if measures else "ask_goal_text_alone"
        asked.append((named(goal.id, say.fact(goal, "title")), say.paper(f"consultation.{key}", measures=measures)))
    return [
        part
        for number, (heading, text) in enumerate(asked, 1)
        for part in section(
            f"fraga-{number}",
            say.paper("consultation.question", number=str(number), heading=heading),
            [Line(text)],
            facts((say.paper("consultation.answer", number=str(number)), ANSWER)),
            listed=False,
        )
    ]


def _changes(say: Words) -> list[Part]:
    """Numbered places for proposals of change."""
    return [
        part
        for number in range(1, CHANGES + 1)
        for part in section(
            f"andring-{number}",
            say.paper("consultation.change", number=str(number)),
            facts(*((say.paper(f"consultation.change_{key}"), BLANK) for key in ("place", "text", "reason"))),
            listed=False,
        )
    ]
