"""G: the training and the outreach, the two parts that the assignment of Alingsås names."""

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.plan.measures import Measure, StaffLevel
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PointKind

from .registry import Found, hit, rule

_EMPLOYED = (StaffLevel.EMPLOYEES, StaffLevel.MANAGERS, StaffLevel.TOP_MANAGEMENT)


@rule("G01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.TRAINING)
def staff_untrained(plan: Plan) -> Found:
    """Training reaches employees, managers and top management; elected members too."""
    if not plan.measures:
        return
    reached = {level for m in plan.measures if m.training for level in m.training.staff}
    for level in _EMPLOYED:
        if level not in reached:
            yield hit(plan.at("measures"), level=level)
    if StaffLevel.ELECTED not in reached:
        yield hit(plan.at("measures"), "elected", severity=Severity.WARNING if reached else Severity.ADVICE)


_EVERYONE = ("alla", "samtliga", "allmänhet", "hushåll", "all residents", "everyone", "general public", "households")


def _reaches_everyone(measure: Measure) -> bool:
    audience = measure.outreach.audience if measure.outreach else []
    return any(word in who.casefold() for who in audience for word in _EVERYONE)


def _every_year(measure: Measure) -> bool:
    often = measure.outreach.times_per_year if measure.outreach else None
    return (
        (often is not None and often >= 1) or measure.rhythm is not None or bool(measure.time and measure.time.rhythm)
    )


@rule("G05", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.OUTREACH)
def residents_unreached(plan: Plan) -> Found:
    """At least one outreach measure turns to all residents, at least once a year."""
    if not plan.measures:
        return
    general = [m for m in plan.measures if _reaches_everyone(m)]
    if not general:
        yield hit(plan.at("measures"))
    elif not any(_every_year(m) for m in general):
        yield hit(general[0].at("outreach"), "seldom")
