"""The view of what surrounds the work: assignment, problem picture, organisation, follow-up, consequences, the case."""

from vaaldplan.plan.goals import Observation, ViolenceType
from vaaldplan.plan.load import ids
from vaaldplan.plan.measures import Level, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.paper import Attachment, Chapter, ChildrenTest, Mandate, Placement, Point, Step
from vaaldplan.plan.vocabulary import names, normal
from vaaldplan.swedish import UNTIL, join, sort_key

from .markup import Markup, escape
from .parts import Cell, Line, Part, entry, facts, items, prose, section, table
from .view_work import lines, links, shown_id
from .words import Words, anchor

_SECTION_ANCHORS = {
    "organisation": "organisation", "follow_up": "uppfoljning", "economy": "ekonomi", "partnerships": "samverkan",
    "measures": "atgarder", "goals": "atgarder", "situation": "lagesbild", "links": "kopplingar",
    "related_documents": "styrdokument", "consequences": "konsekvenser", "risks": "risker", "boundary": "gransdragning",
    "scope": "avgransning", "vision": "vision", "indicators": "indikatorer", "contacts": "kontakt",
    "definitions": "definitioner", "preparation": "beredning", "gaps": "rutor",
}  # fmt: skip
"""Where each section that ``uppfylls_av`` may name stands in the document."""


def chapters(plan: Plan, placement: Placement, say: Words) -> list[Part]:
    """The author's chapters that stand in one place; without a placement they stand in the introduction."""
    chosen = [c for c in plan.chapters if (c.placement or Placement.INTRODUCTION) is placement]
    return [
        p
        for c in chosen
        for p in entry(_chapter_anchor(c), say.fact(c, "heading"), prose(say.fact(c, "text")), _source(c, say))
    ]


def _chapter_anchor(chapter: Chapter) -> str:
    return anchor("k", chapter.id or chapter.heading or "")


def _source(entry: Node, say: Words) -> list[Part]:
    text = say.sourced(entry, " ").strip()
    return [Line(text)] if text else []


# ------------------------------------------------------------ assignment and decision


def mandate(plan: Plan, say: Words) -> list[Part]:
    """The assignment: who decided what, how it came about, and what meets each point."""
    return [p for i, m in enumerate(plan.mandate) for p in _mandate(m, i, plan, say)]


def _mandate(m: Mandate, number: int, plan: Plan, say: Words) -> list[Part]:
    steps = [step(s, say) for s in m.actors]
    points = [
        [point.id or "", _asked(point, say), say.word(point.basis), answer(point, plan, say)] for point in m.points
    ]
    head = [say.label(f"mandate.{k}") for k in ("point", "asks", "basis", "answer")]
    return [
        *prose(m.text),
        *facts(
            (say.label("mandate.matter"), say.fact(m, "title")),
            (say.label("mandate.body"), say.actor(m.body) or say.fact(m, "body")),
            (say.label("mandate.date"), say.fact(m, "date")),
            (say.label("mandate.section"), say.fact(m, "section")),
            (say.label("mandate.case_number"), say.fact(m, "case_number")),
            (say.label("mandate.ruling"), say.fact(m, "ruling")),
            (say.label("mandate.raised_by"), say.fact(m, "raised_by")),
            (say.label("mandate.attachments"), lines(attachment(a, say) for a in m.attachments)),
            (say.label("source"), say.sourced(m, " ").strip(" ()")),
        ),
        *items(say.label("mandate.history"), steps),
        *table(f"t-uppdrag-{number + 1}", say.label("mandate.table"), head, points, (6, 34, 14, 46)),
    ]


def _asked(point: Point, say: Words) -> str:
    text = say.fact(point, "text")
    return f"{text} ({say.actors(point.body)})" if point.body else text


def answer(point: Point, plan: Plan, say: Words) -> Cell:
    """What in the plan meets a point of the assignment."""
    met = Markup(", ".join(_reference(name, plan, say) for name in point.met_by))
    return lines([met, point.answer or say.fact(point, "answer")])


def _reference(name: str, plan: Plan, say: Words) -> Markup:
    """A link to what meets a point: an entry by id, a section of the document, or a chapter."""
    for register, prefix in (("measures", "a"), ("goals", "m"), ("indicators", "i"), ("related_documents", "d")):
        if name in ids(plan, register):
            return say.link(prefix, name)
    prefix, _, rest = name.partition(":")
    if rest:
        by_form = {normal(i): c for i, c in ids(plan, "chapters").items()}
        chapter = by_form.get(normal(rest))
        if isinstance(chapter, Chapter):
            return Markup(f"[{escape(chapter.heading or rest)}](#{_chapter_anchor(chapter)})")
    identifier = names(Plan).identifiers.get(normal(prefix), "")
    if identifier in _SECTION_ANCHORS:
        return Markup(f"[{escape(say.label(f'sections.{identifier}'))}](#{_SECTION_ANCHORS[identifier]})")
    return Markup(escape(name))


def step(step: Step, say: Words) -> str:
    """A body that has handled the matter, when, and what came of it."""
    date = say.fact(step, "date")
    date = date[:1].lower() + date[1:] if step.open("date") else date
    head = ", ".join(t for t in (say.actor(step.actor), date, say.section(step)) if t)
    outcome = say.fact(step, "outcome")
    return f"{head}: {outcome}" if outcome else head


def attachment(entry: Attachment, say: Words) -> str:
    """A document of the matter."""
    rest = [say.fact(entry, "date"), say.fact(entry, "case_number"), say.fact(entry, "file")]
    return ", ".join(t for t in (say.fact(entry, "name"), *rest) if t)


def preparation(plan: Plan, say: Words) -> list[Part]:
    """The road to the decision."""
    p = plan.preparation
    if p is None:
        return []
    consulted: list[list[Cell]] = [
        [say.actor(c.actor), say.fact(c, "sent"), say.fact(c, "date"), say.fact(c, "answer"), say.fact(c, "handling")]
        for c in p.consultation
    ]
    head = [say.label(f"preparation.{k}") for k in ("actor", "sent", "answered", "answer", "handling")]
    return [
        *facts(
            (say.label("preparation.actors"), lines(step(s, say) for s in p.actors)),
            (say.label("preparation.meetings"), lines(step(s, say) for s in p.meetings)),
            (say.label("preparation.reply_by"), say.fact(p, "reply_by")),
        ),
        *table("t-remiss", say.label("preparation.consultation"), head, consulted, (24, 14, 14, 24, 24)),
        *items(say.label("preparation.proposals"), [_proposal(x, say) for x in p.proposals], numbered=True),
        *items(say.label("preparation.rejected"), [rejected(x, say) for x in p.rejected]),
        *facts(
            (say.label("preparation.attachments"), lines(attachment(a, say) for a in p.attachments)),
            (say.label("preparation.recipients"), say.actors(p.recipients)),
        ),
    ]


def _proposal(entry: Node, say: Words) -> str:
    body = say.actor(getattr(entry, "body", None))
    return f"{say.fact(entry, 'text')} ({body})" if body else say.fact(entry, "text")


def rejected(entry: Node, say: Words) -> str:
    """A proposal that was not taken, and why."""
    rest = ", ".join(t for t in (say.actor(getattr(entry, "body", None)), say.fact(entry, "date")) if t)
    text = say.fact(entry, "text") + (f" ({rest})" if rest else "")
    reason = say.fact(entry, "reason")
    return f"{text}: {reason}" if reason else text


def related(plan: Plan, say: Words) -> list[Part]:
    """The other steering documents."""
    rows: list[list[Cell]] = []
    for d in plan.related_documents:
        times = (say.fact(d, "valid_from"), say.fact(d, "valid_until"))
        period = UNTIL.join(dict.fromkeys(t for t in times if t))  # what is not known of both is said once
        decided = ", ".join(
            t
            for t in (
                *(say.fact(d, "status"),),
                *(
                    ()
                    if d.decision is None
                    else (say.actors(d.decision.body), say.fact(d.decision, "date"), say.section(d.decision))
                ),
                say.fact(d, "case_number"),
            )
            if t
        )
        notes = [
            say.fact(d, "text"),
            f"{say.label('related.successor')}: {s}" if (s := say.fact(d, "successor")) else "",
        ]
        notes.append(f"{say.label('related.owner')}: {say.actors(d.owner)}" if d.owner else "")
        notes.append(links(d.links, say, between="; "))
        mark = Markup(f"{escape(say.sourced(d, d.name or ''))}")
        rows.append([mark, join([say.word(r) for r in d.relation], say.lang), period, decided, lines(notes)])
    head = [say.label(f"related.{k}") for k in ("name", "relation", "period", "decision", "note")]
    return table("t-styrdokument", say.label("related.table"), head, rows, (28, 14, 18, 18, 22))


# ------------------------------------------------------------ problem picture


def situation(plan: Plan, say: Words) -> list[Part]:
    """Mapping, other information, analysis; the findings and the factors as tables."""
    s = plan.situation
    if s is None:
        return []
    head = [say.label(f"situation.{k}") for k in ("number", "finding", "group", "figure", "year", "source")]
    rows: list[list[Cell]] = [_observation(o, say) for o in s.observations]
    factors: list[list[Cell]] = [[f.id or "", f.text or "", say.word(f.kind)] for f in s.change_factors]
    factor_head = [say.label(f"situation.{k}") for k in ("factor_id", "factor", "factor_kind")]
    return [
        *facts(
            (say.label("situation.date"), say.fact(s, "date")), (say.label("situation.method"), say.fact(s, "method"))
        ),
        *section(
            "kartlaggning", say.label("situation.mapping"), prose(s.mapping or say.fact(s, "mapping")), listed=False
        ),
        *section(
            "ovrig-information", say.label("situation.other"), prose(s.other or say.fact(s, "other")), listed=False
        ),
        *section("analys", say.label("situation.analysis"), prose(s.analysis or say.fact(s, "analysis")), listed=False),
        *section(
            "iakttagelser",
            say.label("situation.findings"),
            table("t-iakttagelser", say.label("situation.table"), head, rows, (7, 35, 18, 14, 8, 18)),
            listed=False,
        ),
        *section(
            "faktorer",
            say.label("situation.factors"),
            table("t-faktorer", say.label("situation.factor_table"), factor_head, factors, (12, 68, 20)),
            listed=False,
        ),
        *items(say.label("situation.sources"), list(s.sources)),
    ]


def _observation(o: Observation, say: Words) -> list[Cell]:
    text = o.text or say.fact(o, "text")
    kinds = ", ".join(say.free(v, ViolenceType) for v in o.violence_type)
    extra = [
        kinds,
        *(f"{say.label(f'situation.{n}')}: {say.fact(o, n)}" for n in ("change", "uncertainty") if o.stated(n)),
        f"{say.label('situation.causes')}: {join(o.causes, say.lang)}" if o.causes else "",
        say.label("situation.priority") if o.priority else "",
    ]
    unit = "%" if (o.unit or "").casefold() == "procent" else o.unit or ""
    figure = say.reading(o.value, unit) if o.value else say.series(o, "values", unit) or say.fact(o, "value")
    group = lines([", ".join(t for t in (say.fact(o, "group"), say.fact(o, "place")) if t), say.breakdown(o)])
    return [
        shown_id(o.id),
        lines([text, "; ".join(e for e in extra if e)]),
        group,
        figure,
        say.fact(o, "year"),
        say.fact(o, "source"),
    ]


# ------------------------------------------------------------ follow-up, consequences, risks, contacts, definitions


def follow_up(plan: Plan, say: Words) -> list[Part]:
    """When, by whom, to whom; deviations; the final evaluation."""
    f = plan.follow_up
    if f is None:
        return []
    rows: list[list[Cell]] = [
        [
            say.fact(o, "date"),
            say.actor(o.compiled_by) or say.fact(o, "compiled_by"),
            say.actors(o.recipient) or say.fact(o, "recipient"),
            say.fact(o, "form"),
        ]
        for o in f.occasions
    ]
    head = [say.label(f"follow_up.{k}") for k in ("date", "compiled_by", "recipient", "form")]
    end = f.final_evaluation
    deviations = [
        ": ".join(t for t in (say.fact(d, "year"), say.fact(d, "cause")) if t)
        + (f" ({', '.join(d.affects)})" if d.affects else "")
        for d in f.deviations
    ]
    counted = ""
    if end and end.completed is not None:
        counted = say.label(
            "follow_up.completed", completed=str(end.completed), of=str(end.of if end.of is not None else "?")
        )
    return [
        *prose(f.text),
        *table("t-uppfoljning", say.label("follow_up.table"), head, rows, (20, 26, 30, 24)),
        *section(
            "avvikelser",
            say.label("follow_up.deviations"),
            prose(f.deviation_rule),
            items("", deviations),
            listed=False,
        ),
        *section(
            "slututvardering",
            say.label("follow_up.final"),
            facts(
                (say.label("follow_up.date"), say.fact(end, "date")),
                (say.label("follow_up.method"), say.fact(end, "method")),
                (say.label("follow_up.result"), counted),
            ),
            prose(end.text if end else None),
            listed=False,
        ),
        *facts((say.label("follow_up.published"), say.fact(f, "published"))),
    ]


def consequences(plan: Plan, say: Words) -> list[Part]:
    """What the plan leads to, for whom."""
    c = plan.consequences
    if c is None:
        return []
    child = c.children
    return [
        *section(
            "barnets-basta",
            say.label("consequences.children"),
            children(child, say) if child else prose(say.fact(c, "children")),
            listed=False,
        ),
        *(
            p
            for n in ("gender_equality", "economy", "unions", "other")
            for p in section(
                f"konsekvens-{n.replace('_', '-')}", say.label(f"consequences.{n}"), prose(say.fact(c, n)), listed=False
            )
        ),
    ]


def children(test: ChildrenTest, say: Words) -> list[Part]:
    """The test of the child's best, step by step."""
    names = ("affected", "facts", "heard", "conclusion")
    return [
        p for n in names if (text := say.fact(test, n)) for p in prose(f"**{say.label(f'consequences.{n}')}** {text}")
    ]


def risks(plan: Plan, say: Words) -> list[Part]:
    """What may go wrong, and what is done about it."""
    rows: list[list[Cell]] = [[say.fact(r, "text"), say.fact(r, "action"), say.actor(r.owner)] for r in plan.risks]
    head = [say.label(f"risks.{k}") for k in ("risk", "action", "owner")]
    return table("t-risker", say.label("risks.table"), head, rows, (36, 44, 20))


def contacts(plan: Plan, say: Words) -> list[Part]:
    """Where to turn."""
    rows: list[list[Cell]] = []
    for c in plan.contacts:
        where = [say.fact(c, "phone"), say.fact(c, "web"), say.fact(c, "email")]
        checked = say.label("contacts.checked", date=say.fact(c, "checked")) if c.checked else ""
        rows.append([c.name or "", lines(where), lines([say.fact(c, "text"), checked])])
    head = [say.label(f"contacts.{k}") for k in ("name", "where", "note")]
    return table("t-kontakt", say.label("contacts.table"), head, rows, (32, 30, 38))


def definitions(plan: Plan, say: Words) -> list[Part]:
    """Terms and what they mean here, in alphabetical order; levels and tiers too, where the plan does not say it."""
    own = [(d.term or "", say.sourced(d, say.fact(d, "meaning"))) for d in plan.definitions]
    known = {term.casefold() for term, _ in own}
    used = {word for m in plan.measures for word in (m.level, m.tier) if word}
    usual = []
    for word in (w for w in (*Level, *Tier) if w in used):
        level = isinstance(word, Level)
        term = say.label(f"level.{word}").capitalize() if level else say.word(word)
        if not {term.casefold(), say.word(word).casefold()} & known:
            usual.append((term, say.label(f"meanings.{word}")))
    return facts(*sorted([*own, *usual], key=lambda pair: sort_key(pair[0])))


def plan_links(plan: Plan, say: Words) -> list[Part]:
    """The goals, targets and articles the whole plan is linked to."""
    found = links(plan.links, say)
    return [Line(found)] if found else []
