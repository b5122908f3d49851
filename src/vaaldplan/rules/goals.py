"""D: goals and indicators."""

from vaaldplan.finding import Severity, Stage
from vaaldplan.plan.measures import MeasureKind
from vaaldplan.plan.model import Plan

from .registry import Found, hit, rule


@rule("D07", Severity.WARNING, stage=Stage.CONSULTATION)
def goal_and_measure_apart(plan: Plan) -> Found:
    """No goal without a measure, no measure without a goal."""
    if not plan.goals:
        return
    aimed = {goal for measure in plan.measures for goal in measure.goals}
    parents = {goal.under for goal in plan.goals if goal.under}
    for goal in plan.goals:
        if goal.id and goal.id not in aimed | parents and not goal.stated("without_measures"):
            yield hit(goal.path, "goal", goal=goal.title or goal.id)
    for measure in plan.measures:
        own = measure.from_document is None and measure.kind is not MeasureKind.ADVICE
        if own and not measure.stated("goals"):
            yield hit(measure.at("goals"), "measure", measure=measure.title or measure.id or "")
