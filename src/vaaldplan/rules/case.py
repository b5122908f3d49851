"""N: the road to the council: preparation, consultation, proposal for decision, dispatch, publication."""

import re
from datetime import date

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.council import NOTICE, timeline
from vaaldplan.plan.measures import FundingKind, Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import ActorType
from vaaldplan.plan.paper import Consultation, DecisionForm, PaperStatus, Preparation, RelatedDocument, Relation, Step

from . import proposals
from .committed import (
    OUTSIDE,
    actor_names,
    actors_of,
    committed,
    first_day,
    last_day,
    mentions,
    missing,
    names_council,
    reach,
)
from .registry import Found, hit, key_of, rule

_PENDING = (None, PaperStatus.DRAFT, PaperStatus.CONSULTATION, PaperStatus.PROPOSAL)
_EXECUTIVE = regex(r"\b(kommun|stads)styrelsen?\b|^ks$|\b(municipal )?executive (board|committee)\b", re.IGNORECASE)
_PREPARING = regex(r"nämnd|styrelse|utskott|beredning|\bboard\b|\bcommittee\b", re.IGNORECASE)


def _pending(plan: Plan) -> bool:
    """Whether a body has yet to decide on the plan; one that parties sign has no case paper of a municipality."""
    signed = any(decision.form is DecisionForm.SIGNATURES for decision in plan.decision)
    return plan.status in _PENDING and not signed and not plan.open("preparation")


def _to_council(plan: Plan) -> bool:
    """Whether it is the council that will decide: the plan says so, or the council gave the assignment."""
    bodies = [body for decision in plan.decision for body in decision.body]
    return _pending(plan) and names_council(plan, bodies or [m.body for m in plan.mandate if m.body])


def _name(plan: Plan, actor: str | None) -> str:
    return "".join(actor_names(plan, [actor]))


def _boards(plan: Plan, preparation: Preparation) -> list[Step]:
    """The steps taken by boards, their committees or the council's own preparing bodies; what is unknown may be one."""
    register = actors_of(plan)
    found = []
    for step in (*preparation.actors, *preparation.meetings):
        actor = register.get(step.actor or "")
        board = actor is None or actor.type in (ActorType.COMMITTEE, None) or _PREPARING.search(actor.name or "")
        if step.actor and board and not names_council(plan, [step.actor]):
            found.append(step)
    return found


def _meeting(plan: Plan) -> Step | None:
    """The council's meeting at which the plan is to be decided: the last one that has a day."""
    steps = (*plan.preparation.actors, *plan.preparation.meetings) if plan.preparation else ()
    dated = [(day, i, s) for i, s in enumerate(steps) if s.actor and (day := first_day(s.date))]
    return max(((d, i, s) for d, i, s in dated if names_council(plan, [s.actor or ""])), default=(None, 0, None))[2]


@rule("N01", stage=Stage.PROPOSAL, basis=Basis.STATUTE)
def not_prepared(plan: Plan) -> Found:
    """A board has prepared the matter, the executive board has its say, and the council meets thereafter."""
    if not _to_council(plan):
        return
    preparation = plan.preparation or Preparation()
    where = plan.preparation.at("actors") if plan.preparation else plan.at("preparation")
    if preparation.open("actors"):
        return
    boards = _boards(plan, preparation)
    executive = [step for step in boards if _EXECUTIVE.search(_name(plan, step.actor))]
    if not boards:
        yield hit(where)
        return
    if not any(step.stated("date") for step in boards):
        yield hit(boards[0].path, "date", body=_name(plan, boards[0].actor))
    if not executive and not mentions((_name(plan, c.actor) for c in preparation.consultation), _EXECUTIVE):
        yield hit(where, "board")
    meeting = _meeting(plan)
    day = first_day(meeting.date) if meeting else None
    if meeting and day:
        yield from _in_order(meeting, day, boards, executive)


def _in_order(meeting: Step, day: date, boards: list[Step], executive: list[Step]) -> Found:
    """The council meets after the boards, and late enough for the matter to be announced."""
    latest = last_day(meeting.date) or day
    starts = [start for step in boards if (start := first_day(step.date))]
    if starts and min(starts) > latest:
        yield hit(meeting.at("date"), "order", stage=Stage.DRAFT)
        return
    ends = [end for step in executive if (end := last_day(step.date)) and end <= day]
    if ends and (days := (day - max(ends)).days) < NOTICE:
        notice = timeline(day).notice.isoformat()
        yield hit(meeting.at("date"), "notice", severity=Severity.WARNING, days=days, notice=notice)


_DUTIES = (ActorType.COMMITTEE, ActorType.COMPANY, ActorType.DEPARTMENT)


def _left_out(plan: Plan, named: list[str], types: tuple[ActorType, ...]) -> list[str]:
    """The names of bodies of these types that own a measure and are not among the named."""
    register = actors_of(plan)
    reached = reach(plan, named)
    owners = dict.fromkeys(owner for m in committed(plan) for owner in m.owner)
    return actor_names(plan, [o for o in owners if o in register and register[o].type in types and o not in reached])


@rule("N02", Severity.WARNING, stage=Stage.PROPOSAL)
def not_consulted(plan: Plan) -> Found:
    """Those who are to carry out the plan have been asked, and it is told when, what they said, and what came of it."""
    if not _pending(plan):
        return
    preparation = plan.preparation or Preparation()
    where = plan.preparation.at("consultation") if plan.preparation else plan.at("preparation")
    if not preparation.stated("consultation"):
        yield hit(where)
        return
    heard: list[Consultation | Step] = [*preparation.consultation, *preparation.actors, *preparation.meetings]
    asked = [entry.actor for entry in heard]
    executive = [actor.id for actor in plan.actors if actor.id and _EXECUTIVE.search(actor.name or "")]
    unheard = _left_out(plan, [*filter(None, asked), *executive], _DUTIES)
    if unheard and not preparation.open("consultation"):
        yield hit(where, "unheard", bodies=unheard)
    for entry in preparation.consultation:
        lacking = missing(entry, ("answer", "handling"))
        if not entry.stated("sent") and not entry.stated("date"):
            lacking.insert(0, key_of(entry, "sent"))
        if lacking:
            yield hit(entry.path, "entry", body=_name(plan, entry.actor), fields=lacking)


@rule("N03", Severity.WARNING, stage=Stage.PROPOSAL)
def proposal_unclear(plan: Plan) -> Found:
    """Each point of the proposal begins with what is done, does one thing, and is understood by itself."""
    if not _pending(plan):
        return
    preparation = plan.preparation
    if preparation is None or not preparation.stated("proposals"):
        yield hit(preparation.at("proposals") if preparation else plan.at("preparation"))
        return
    for point in preparation.proposals:
        text = point.text or ""
        for fault in proposals.faults(text):
            yield hit(point.path, fault, text=text)


def _new_money(measure: Measure) -> bool:
    """Whether the measure needs money that nobody has given yet."""
    cost = measure.cost
    costs = bool(cost and (cost.total or cost.per_year) and not cost.stated("within_budget"))
    added = any(funding.kind is FundingKind.ADDITION for funding in measure.funding)
    return costs and (added or not measure.stated("funding"))


def _still_holds(document: RelatedDocument, plan: Plan) -> bool:
    """Whether the plan replaces a document that does not end by itself before the plan begins."""
    ends = last_day(document.valid_until)
    start = first_day(plan.validity.valid_from) if plan.validity else None
    return Relation.REPLACES in document.relation and not (ends and start and ends < start)


@rule("N04", Severity.WARNING, stage=Stage.PROPOSAL)
def decision_point_missing(plan: Plan) -> Found:
    """The proposal says that the plan is adopted, who carries it out, for what money, and when it is reported."""
    preparation = plan.preparation
    if not _pending(plan) or preparation is None or not preparation.proposals:
        return
    wanted = [proposals.DecisionPoint.ADOPT, proposals.DecisionPoint.REPORT]
    if plan.measures:
        wanted.insert(1, proposals.DecisionPoint.ASSIGN)
    if any(_new_money(measure) for measure in committed(plan)):
        wanted.insert(2, proposals.DecisionPoint.FINANCE)
    if any(_still_holds(document, plan) for document in plan.related_documents):
        wanted.append(proposals.DecisionPoint.EARLIER)
    texts = [point.text for point in preparation.proposals]
    lacking = [point for point in wanted if not proposals.decides(texts, point)]
    if lacking:
        yield hit(preparation.at("proposals"), points=lacking)


@rule("N06", Severity.WARNING, stage=Stage.PROPOSAL)
def recipients_missing(plan: Plan) -> Found:
    """Those who have something to do get the decision."""
    if not _pending(plan):
        return
    preparation = plan.preparation
    if preparation is None or not preparation.stated("recipients"):
        yield hit(preparation.at("recipients") if preparation else plan.at("preparation"))
    elif not preparation.open("recipients") and (
        bodies := _left_out(plan, preparation.recipients, (*_DUTIES, *OUTSIDE))
    ):
        yield hit(preparation.at("recipients"), "some", bodies=bodies)


@rule("N07", Severity.ADVICE, stage=Stage.PROPOSAL)
def begun_before_legal_force(plan: Plan) -> Found:
    """Tells the days around the council's meeting when something begins before the decision can be in legal force."""
    meeting = _meeting(plan) if _to_council(plan) else None
    day = first_day(meeting.date) if meeting else None
    if meeting is None or day is None or meeting.date is None or meeting.date.precision != "day":
        return
    days = timeline(day)
    start = plan.validity.valid_from if plan.validity else None
    early = [m for m in committed(plan) if (begins := last_day(m.start)) and day <= begins < days.legal_force]
    if not early and not (start and start.last and start.last < day):
        return
    told = {name: value.isoformat() for name, value in days._asdict().items()}
    if start and start.last and start.last < day:
        yield hit(meeting.at("date"), "before", start=start.text, **told)
    else:
        yield hit(meeting.at("date"), measures=[m.id or m.title or "…" for m in early], **told)


@rule("N08", Severity.WARNING, stage=Stage.PROPOSAL)
def assignment_not_closed(plan: Plan) -> Found:
    """The proposal reports the assignment as carried out."""
    preparation = plan.preparation
    if not _pending(plan) or preparation is None or not preparation.proposals:
        return
    given = [m for m in plan.mandate if m.stated("body") or m.stated("case_number")]
    texts = [point.text or "" for point in preparation.proposals]
    if given and not any(proposals.closes_assignment(text) for text in texts):
        yield hit(preparation.at("proposals"))


@rule("N10", Severity.ADVICE, stage=Stage.PROPOSAL)
def publication_unsaid(plan: Plan) -> Found:
    """The plan or its proposal says where the adopted plan is published."""
    preparation = plan.preparation
    if not _pending(plan) or preparation is None:
        return
    steps = (*preparation.actors, *preparation.meetings)
    texts = [*(point.text for point in preparation.proposals), *(step.outcome for step in steps), plan.notice]
    texts += [chapter.text for chapter in plan.chapters]
    sentences = [sentence for text in texts if text for sentence in re.split(r"[.\n]\s", text)]
    if not any(proposals.publishes(sentence) for sentence in sentences):
        yield hit(preparation.at("proposals"))
