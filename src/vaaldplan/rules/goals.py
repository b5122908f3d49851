"""D: goals and indicators."""

import re

from vaaldplan.finding import Severity, Stage
from vaaldplan.last import of_last
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Goal, Indicator, IndicatorType
from vaaldplan.plan.measures import MeasureKind
from vaaldplan.plan.model import Plan
from vaaldplan.swedish import ImpossibleDateError, read_time

from .circles import circles, followers
from .registry import Found, called, hit, key_of, rule

MOST_GOALS = 10
"""A council cannot follow more (H5, the handbook's fifth step: a number of goals reachable in foreseeable time)."""


@of_last
def _parents(plan: Plan) -> set[str]:
    """The goals that others stand under; asked for by every goal, so of the last plan it is kept."""
    return {goal.under for goal in plan.goals if goal.under}


@rule("D01", Severity.WARNING, stage=Stage.PROPOSAL, limit=MOST_GOALS)
def vision_or_owner_missing(plan: Plan, limit: float) -> Found:
    """The plan has a vision and not too many goals, and each goal has an owner."""
    if not plan.stated("vision"):
        yield hit(plan.at("vision"))
    main = [goal for goal in plan.goals if not goal.under]
    if len(main) > limit:
        yield hit(plan.at("goals"), "many", severity=Severity.ADVICE, number=len(main), most=f"{limit:g}")
    for goal in main:
        if not goal.stated("owner"):
            yield hit(goal.at("owner"), "owner", goal=called(goal))


def _holds(plan: Plan, period: str) -> bool:
    """Whether a period touches the plan's validity; in doubt it does."""
    validity = plan.validity
    try:
        time = read_time(period)
    except ImpossibleDateError:
        return True
    if validity is None or time.first is None or time.last is None:
        return True
    start, end = validity.valid_from, validity.valid_until
    too_early = start is not None and start.first is not None and time.last < start.first
    too_late = end is not None and end.last is not None and time.first > end.last
    return not too_early and not too_late


@of_last
def _targets(plan: Plan) -> dict[str, list[str]]:
    """The periods that each indicator has a target for."""
    found: dict[str, list[str]] = {}
    for indicator in plan.indicators:
        if indicator.id:
            found.setdefault(indicator.id, []).extend(indicator.targets)
    return found


@rule("D02", Severity.WARNING, stage=Stage.PROPOSAL)
def goal_not_measured(goal: Goal, plan: Plan) -> Found:
    """Every goal has an indicator, with a target to be reached while the plan holds."""
    name = called(goal)
    if not goal.stated("indicators"):
        if goal.id not in _parents(plan) and not goal.stated("without_measures"):
            yield hit(goal.at("indicators"), goal=name)
        return
    known = _targets(plan)
    periods = [period for indicator in goal.indicators for period in known.get(indicator, ())]
    if periods and not any(_holds(plan, period) for period in periods):
        yield hit(goal.at("indicators"), "outside", goal=name)


_PARTS = ("unit", "baseline", "targets", "source", "collector", "frequency")


@rule("D03", Severity.WARNING, stage=Stage.PROPOSAL)
def indicator_incomplete(indicator: Indicator) -> Found:
    """An indicator says its unit, baseline, targets and source, and who collects it how often."""
    missing = [
        key_of(indicator, name)
        for name in _PARTS
        if not indicator.stated(name)
        and not indicator.opened(name)
        and not (name == "source" and indicator.stated("no_data_source"))
    ]
    if missing:
        yield hit(indicator.path, indicator=called(indicator), missing=missing)


_REPORTED = regex(
    r"anmäl(?:da|ningar|an)|polisanmäl|orosanmäl|\b(?:antal|andel) (?:ärenden|brott|fall)|inkomna|ansökningar"
    r"|reported|reports to|number of cases",
    re.IGNORECASE,
)


@rule("D04", Severity.WARNING, stage=Stage.PROPOSAL)
def direction_unclear(indicator: Indicator) -> Found:
    """An indicator says which way is good; one that counts reports also why."""
    name = called(indicator)
    if not indicator.stated("direction"):
        yield hit(indicator.at("direction"), indicator=name)
    elif _REPORTED.search(name) and not indicator.stated("interpretation"):
        yield hit(indicator.at("interpretation"), "reported", indicator=name)


_KINDS = (
    (IndicatorType.STRUCTURE,),
    (IndicatorType.OUTPUT,),
    (IndicatorType.RESULT, IndicatorType.EFFECT),
)


@rule("D05", Severity.ADVICE, stage=Stage.PROPOSAL)
def one_kind_of_indicator(plan: Plan) -> Found:
    """The indicators tell both what is done, what is in place, and what it leads to."""
    if len(plan.indicators) < len(_KINDS):
        return
    held = {indicator.type for indicator in plan.indicators}
    missing = [kinds[0] for kinds in _KINDS if not held & set(kinds)]
    if missing:
        yield hit(plan.at("indicators"), types=missing)


@rule("D06", Severity.WARNING, stage=Stage.PROPOSAL)
def chain_broken(plan: Plan) -> Found:
    """The chain from what is done to what it leads to has no missing link, and no goal lies under itself."""
    circle = circles(followers((goal.id, [goal.under]) for goal in plan.goals if goal.under))
    for goal in plan.goals:
        if goal.id and goal.under and circle[goal.id] == circle.get(goal.under):
            yield hit(goal.at("under"), "cycle", severity=Severity.ERROR, stage=Stage.DRAFT, goal=called(goal))
        chain = goal.results_chain
        if chain is not None:
            missing = [key_of(chain, n) for n in ("output", "medium_term", "long_term") if not chain.stated(n)]
            if missing:
                yield hit(chain.path, goal=called(goal), missing=missing)
    if plan.goals and not any(goal.stated("results_chain") for goal in plan.goals):
        yield hit(plan.at("goals"), "none", severity=Severity.ADVICE)


@rule("D07", Severity.WARNING, stage=Stage.CONSULTATION)
def goal_and_measure_apart(plan: Plan) -> Found:
    """No goal without a measure, no measure without a goal."""
    if not plan.goals:
        return
    aimed = {goal for measure in plan.measures for goal in measure.goals}
    parents = _parents(plan)
    for goal in plan.goals:
        if goal.id and goal.id not in aimed | parents and not goal.stated("without_measures"):
            yield hit(goal.path, "goal", goal=called(goal))
    for measure in plan.measures:
        own = measure.from_document is None and measure.kind is not MeasureKind.ADVICE
        if own and not measure.stated("goals"):
            yield hit(measure.at("goals"), "measure", measure=called(measure))


MOST_KNOWLEDGE = 0.6
"""Plans used to stop at spreading knowledge (Socialstyrelsen 2005)."""
FEW = 4
"""Shares of fewer goals than this say nothing."""
_KNOWLEDGE = regex(
    r"\bkunskap|\bkänn(a|er) till|\bkännedom|\bmedvet|\bvet\b|\bveta\b|\binform(er|ation)|\bförstå(r|else)\b"
    r"|\bknow(s|ledge)?\b|\baware|\binform(ed|ation)",
    re.IGNORECASE,
)


@rule("D08", Severity.ADVICE, stage=Stage.PROPOSAL, limit=MOST_KNOWLEDGE)
def goals_only_inform(plan: Plan, limit: float) -> Found:
    """The goals are about more than what people know."""
    goals = [goal for goal in plan.goals if goal.title and goal.id not in _parents(plan)]
    known = [goal for goal in goals if _KNOWLEDGE.search(goal.title or "")]
    if len(goals) >= FEW and len(known) > limit * len(goals):
        yield hit(plan.at("goals"), number=len(known), total=len(goals))
