"""H: roles and organisation."""

from collections import Counter

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.plan.measures import Owners
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Actor, ActorType, Organisation
from vaaldplan.plan.paper import PointKind

from .committed import actor_names, apart, committed, everyone, missing
from .registry import Found, hit, points, rule

MOST_SHARE = 0.6
"""A plan for the whole municipality does not leave more than this to one body (Socialstyrelsen 2005)."""
FEW = 4
"""Shares of fewer measures than this say nothing."""
DUTIES = 3
"""Lag (2023:196) 11-12 §§: to coordinate and support, to be the contact point, to help spread information."""


@rule("H01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.ROLES)
def roles_missing(plan: Plan) -> Found:
    """Somebody owns the plan, and it has a steering group, a working group and a coordinator with time for it."""
    owner = plan.document_owner
    if not plan.stated("document_owner") or (owner and not owner.stated("political") and not owner.stated("parties")):
        yield hit(plan.at("document_owner"), "owner")
    milder = Severity.WARNING if points(plan, PointKind.ROLES) else Severity.ADVICE
    organisation = plan.organisation or Organisation()
    path = plan.organisation.path if plan.organisation else plan.at("organisation")
    for name in ("steering_group", "working_group", "coordinator"):
        if not organisation.stated(name):
            yield hit(path, name.partition("_")[0], severity=milder)
    coordinator = organisation.coordinator
    if coordinator and not coordinator.stated("share"):
        yield hit(coordinator.path, "share", severity=milder)


@rule("H02", Severity.WARNING, stage=Stage.PROPOSAL)
def steering_group_vague(organisation: Organisation) -> Found:
    """The steering group says who sits in it, how often it meets and what it may decide."""
    group = organisation.steering_group
    if group and (lacking := missing(group, ("members", "meets", "tasks"))):
        yield hit(organisation.at("steering_group"), fields=lacking)


def _concerned(plan: Plan) -> list[Actor]:
    """The committees and companies that the plan applies to."""
    all_committees = everyone(actor_names(plan, plan.applies_to))
    named = set(plan.applies_to)
    named |= {member for actor in plan.actors if actor.id in named for member in actor.members}
    bodies = (a for a in plan.actors if a.type in (ActorType.COMMITTEE, ActorType.COMPANY) and not a.part_of)
    return [
        a
        for a in bodies
        if not everyone([a.name or ""]) and (a.id in named or (all_committees and a.type is ActorType.COMMITTEE))
    ]


@rule("H03", Severity.WARNING, stage=Stage.CONSULTATION)
def body_without_measure(plan: Plan) -> Found:
    """Every body that the plan applies to has a measure, or a reason why it has none."""
    measures = committed(plan)
    if not measures:
        return
    busy: set[str | None] = {measure.convener for measure in measures}
    for measure in measures:
        busy.update(measure.owner)
        busy.update([part.actor for part in measure.participants])
        busy.update([owner for part in measure.parts for owner in part.owner])
    busy -= {None, ""}
    with_parents = busy | {actor.part_of for actor in plan.actors if actor.id in busy}
    shared = f"@{Owners.AS_APPLIES_TO}" in busy
    for actor in _concerned(plan):
        everybody = shared or (actor.type is ActorType.COMMITTEE and f"@{Owners.ALL_COMMITTEES}" in busy)
        if not everybody and actor.id not in with_parents and not actor.stated("not_concerned"):
            yield hit(actor.path, name=actor.name or actor.id or "")


@rule("H04", Severity.WARNING, stage=Stage.CONSULTATION, limit=MOST_SHARE)
def one_body_has_it_all(plan: Plan, limit: float) -> Found:
    """The responsibility is spread: no body has most of the measures."""
    measures = committed(plan)
    load = Counter(owner for m in measures for owner in set(m.owner) if not owner.startswith("@"))
    for owner, number in load.items():
        if len(measures) >= FEW and number > limit * len(measures):
            yield hit(plan.at("measures"), owner=actor_names(plan, [owner])[0], number=number, total=len(measures))


@rule("H05", Severity.WARNING, stage=Stage.PROPOSAL)
def yearly_cycle_missing(plan: Plan) -> Found:
    """The plan says how its measures enter the boards' plans and budgets each year."""
    organisation = plan.organisation
    if organisation is None or not organisation.stated("yearly_cycle"):
        yield hit(organisation.at("yearly_cycle") if organisation else plan.at("organisation"))


@rule("H06", stage=Stage.PROPOSAL, basis=Basis.STATUTE, act=True)
def coordination_function_missing(plan: Plan) -> Found:
    """The coordination function of lag (2023:196) is named, with its tasks."""
    if apart(plan):
        return
    organisation = plan.organisation
    if organisation is None or not organisation.stated("coordination_function"):
        yield hit(organisation.at("coordination_function") if organisation else plan.at("organisation"))
        return
    function = organisation.coordination_function
    if function and len(function.tasks) < DUTIES and function.open("tasks") is None:
        yield hit(organisation.at("coordination_function"), "tasks", number=len(function.tasks), duties=DUTIES)


@rule("H07", Severity.ADVICE, stage=Stage.PROPOSAL)
def coordinator_alone(organisation: Organisation) -> Found:
    """The coordinator has a deputy."""
    coordinator = organisation.coordinator
    if coordinator and not coordinator.stated("deputy"):
        yield hit(coordinator.path)
