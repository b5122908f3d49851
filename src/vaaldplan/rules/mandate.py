"""B: the assignment and the links to what stands above the plan."""

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.plan.paper import Mandate, PointBasis

from .registry import Found, hit, rule

_WEIGHT = {
    PointBasis.DECIDED: Severity.ERROR,
    PointBasis.REASONED: Severity.WARNING,
    PointBasis.CONDITION: Severity.WARNING,
}


@rule("B02", Severity.ADVICE, stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT)
def point_unmet(mandate: Mandate) -> Found:
    """Every point of the assignment is met by something in the plan, or answered."""
    for point in mandate.points:
        if point.met_by or point.answer:
            continue
        severity = _WEIGHT[point.basis] if point.basis else Severity.ADVICE
        name = point.id or ""
        if point.basis is PointBasis.CONDITION:
            yield hit(point.at("answer"), "condition", severity=severity, point=name, text=point.text or "")
        else:
            yield hit(point.at("met_by"), severity=severity, point=name, text=point.text or "")
