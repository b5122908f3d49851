"""I: with whom the municipality works."""

import re

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.last import of_last
from vaaldplan.patterns import regex
from vaaldplan.plan.measures import Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import ActorType, Partnership
from vaaldplan.plan.paper import PointKind

from .committed import OUTSIDE, actor_names, actors_of, apart, committed, mentions, missing
from .registry import Found, hit, rule

_WANTED = (ActorType.CIVIL_SOCIETY, ActorType.REGION, ActorType.AGENCY)


@rule("I01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.PARTNERS)
def kind_of_partner_missing(plan: Plan) -> Found:
    """Civil society, the region and another authority take part in at least one measure each."""
    register = actors_of(plan)
    measures = committed(plan)
    if not register or not measures:
        return
    taking_part = {i for m in measures for i in (*m.owner, m.convener, *(p.actor for p in m.participants)) if i}
    types = {register[i].type for i in taking_part if i in register}
    for wanted in _WANTED:
        if wanted not in types:
            yield hit(plan.at("measures"), type=wanted)


@rule("I02", Severity.WARNING, stage=Stage.PROPOSAL)
def agreement_missing(partnership: Partnership, plan: Plan) -> Found:
    """Each partner has a role, a contact and an agreement with its purpose and area."""
    lacking = missing(partnership, ("role", "contact", "agreement"))
    agreement = partnership.agreement
    if agreement:
        lacking += missing(agreement, ("purpose", "area"))
    if lacking:
        yield hit(partnership.path, partner=_partner(partnership, plan), fields=lacking)


def _partner(partnership: Partnership, plan: Plan) -> str:
    return "".join(actor_names(plan, [partnership.actor]))


@rule("I03", Severity.WARNING, stage=Stage.PROPOSAL)
def partner_has_not_agreed(partnership: Partnership, plan: Plan) -> Found:
    """The partner has said yes, or it is said that it is only planned."""
    agreement = partnership.agreement
    if partnership.stated("confirmed") or (agreement and (agreement.stated("status") or agreement.stated("date"))):
        return
    yield hit(partnership.path, partner=_partner(partnership, plan))


_SHELTER = regex(r"(kvinno|tjej)jour|\bjour(en|er)?\b|kvinnofrid|women['’]s shelter", re.IGNORECASE)
_DIRECTIVE = regex(r"ägardirektiv|owner('s)? directive", re.IGNORECASE)


@rule("I04", Severity.WARNING, stage=Stage.PROPOSAL)
def no_shelter_heard(plan: Plan) -> Found:
    """A women's shelter is a partner or has been heard."""
    heard = [step.actor for step in plan.preparation.consultation] if plan.preparation else []
    involved = [p.actor for p in plan.partnerships] + heard
    involved += [p.actor for m in plan.measures for p in m.participants]
    if not mentions(actor_names(plan, involved), _SHELTER):
        yield hit(plan.at("partnerships"))


@rule("I05", stage=Stage.PROPOSAL, basis=Basis.STATUTE, act=True)
def council_missing(plan: Plan) -> Found:
    """The strategic council of lag (2023:196) is named, with its role for the plan."""
    if apart(plan):
        return
    organisation = plan.organisation
    if organisation is None or not organisation.stated("council"):
        yield hit(organisation.at("council") if organisation else plan.at("organisation"))
    elif organisation.council and not organisation.council.stated("tasks"):
        yield hit(organisation.at("council"), "tasks")


@rule("I07", Severity.WARNING, stage=Stage.PROPOSAL, binding=True)
def outsider_leads(measure: Measure, plan: Plan) -> Found:
    """Who leads a measure from outside the municipality has committed to it."""
    if measure.stated("decision"):
        return
    register = actors_of(plan)
    leading: list[str | None] = [*measure.owner, None if measure.convener in measure.owner else measure.convener]
    for i, owner in enumerate(leading):
        if owner not in register or register[owner].type not in OUTSIDE:
            continue
        path = measure.at("owner", i) if i < len(measure.owner) else measure.at("convener")
        partner = next((p for p in reversed(plan.partnerships) if p.actor == owner), None)
        if partner is None or partner.confirmed is None:
            milder = partner is not None and partner.open("confirmed") is not None
            severity = Severity.ADVICE if milder else Severity.WARNING
            yield hit(path, severity=severity, owner=actor_names(plan, [owner])[0])


@of_last  # asked for by every measure
def _companies(plan: Plan) -> dict[str | None, str | None]:
    return {actor.id: actor.name for actor in plan.actors if actor.type is ActorType.COMPANY}


@rule("I08", Severity.WARNING, stage=Stage.PROPOSAL, binding=True)
def company_not_instructed(measure: Measure, plan: Plan) -> Found:
    """A municipal company that is to do something is instructed by its owner or has decided it itself."""
    if measure.stated("decision"):
        return
    companies = _companies(plan)
    led = [(i, owner) for i, owner in enumerate(measure.owner) if owner in companies]
    if not led:
        return
    proposals = plan.preparation.proposals if plan.preparation else []
    if mentions([p.text for p in proposals], _DIRECTIVE):
        return
    decided = {p.actor for p in plan.partnerships if p.stated("confirmed")}
    decided |= {step.actor for step in plan.preparation.actors} if plan.preparation else set()
    for i, owner in led:
        if owner not in decided:
            yield hit(measure.at("owner", i), owner=companies[owner] or owner)


_HEARD = regex(
    r"medborgardialog|dialogmöte|delaktig|\bhörts\b|fokusgrupp|brukarråd|ungdomsråd|elevråd|samråd"
    r"|(invånare|utsatta|unga|barn|boende|föreningar) har (\w+ )?(fått|svarat|deltagit|läst|tyckt|bidragit)"
    r"|were (heard|consulted)|focus group|youth council|residents have|dialogue with",
    re.IGNORECASE,
)


@rule("I06", Severity.WARNING, stage=Stage.PROPOSAL)
def nobody_concerned_heard(plan: Plan) -> Found:
    """Those whom the plan is for have been heard: residents, those subjected to violence, young people."""
    preparation = plan.preparation
    register = actors_of(plan)
    asked = [c.actor or "" for c in preparation.consultation] if preparation else []
    types = {register[actor].type for actor in asked if actor in register}
    children = plan.consequences.children if plan.consequences else None
    if types & {ActorType.CIVIL_SOCIETY, ActorType.RESIDENTS} or (children and children.heard):
        return
    steps = [*preparation.actors, *preparation.meetings] if preparation else []
    texts = [step.outcome for step in steps] + [chapter.text for chapter in plan.chapters]
    texts += [plan.situation.method, plan.situation.other] if plan.situation else []
    texts += [entry.handling for entry in preparation.consultation] if preparation else []
    if not mentions([*asked, *texts], _HEARD):
        yield hit(preparation.at("consultation") if preparation else plan.at("preparation"))
