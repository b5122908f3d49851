"""I: with whom the municipality works."""

import re

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.plan.measures import Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import ActorType, Partnership
from vaaldplan.plan.paper import PointKind

from .committed import actor_names, actors_of, apart, binding, committed, mentions, missing
from .registry import Found, hit, rule

_WANTED = (ActorType.CIVIL_SOCIETY, ActorType.REGION, ActorType.AGENCY)
_OUTSIDE = (
    ActorType.REGION,
    ActorType.AGENCY,
    ActorType.MUNICIPAL_ASSOCIATION,
    ActorType.COOPERATION_BODY,
    ActorType.CIVIL_SOCIETY,
    ActorType.BUSINESS,
)


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


_SHELTER = re.compile(r"(kvinno|tjej)jour|\bjour(en|er)?\b|kvinnofrid|women['’]s shelter", re.IGNORECASE)
_DIRECTIVE = re.compile(r"ägardirektiv|owner('s)? directive", re.IGNORECASE)


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


@rule("I07", Severity.WARNING, stage=Stage.PROPOSAL)
def outsider_leads(measure: Measure, plan: Plan) -> Found:
    """Who leads a measure from outside the municipality has committed to it."""
    if not binding(measure) or measure.stated("decision"):
        return
    register = actors_of(plan)
    partnerships = {p.actor: p for p in plan.partnerships}
    for i, owner in enumerate(measure.owner):
        if owner not in register or register[owner].type not in _OUTSIDE:
            continue
        partner = partnerships.get(owner)
        if partner is None or partner.confirmed is None:
            milder = partner is not None and partner.open("confirmed") is not None
            severity = Severity.ADVICE if milder else Severity.WARNING
            yield hit(measure.at("owner", i), severity=severity, owner=actor_names(plan, [owner])[0])


@rule("I08", Severity.WARNING, stage=Stage.PROPOSAL)
def company_not_instructed(measure: Measure, plan: Plan) -> Found:
    """A municipal company that is to do something is instructed by its owner or has decided it itself."""
    if not binding(measure) or measure.stated("decision"):
        return
    register = actors_of(plan)
    proposals = plan.preparation.proposals if plan.preparation else []
    directive = mentions([p.text for p in proposals], _DIRECTIVE)
    confirmed = {p.actor for p in plan.partnerships if p.stated("confirmed")}
    for i, owner in enumerate(measure.owner):
        company = owner in register and register[owner].type is ActorType.COMPANY
        if company and not directive and owner not in confirmed:
            yield hit(measure.at("owner", i), owner=actor_names(plan, [owner])[0])
