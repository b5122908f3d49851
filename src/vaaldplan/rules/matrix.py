"""F: the nine cells, level by tier."""

from vaaldplan.finding import Basis, Stage
from vaaldplan.plan.measures import Level, MeasureKind, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PointKind

from .registry import Found, hit, rule


@rule("F01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.CELLS)
def cell_empty(plan: Plan) -> Found:
    """Each of the nine cells has a measure, or a reason, or another document that covers it."""
    if not plan.measures:
        return
    filled = {(m.level, m.tier) for m in plan.measures if m.from_document is None and m.kind is not MeasureKind.ADVICE}
    explained = {(g.level, g.tier) for g in plan.gaps if g.reason or g.covered_by}
    empty = [(level, tier) for level in Level for tier in Tier if (level, tier) not in filled | explained]
    if empty:
        variant = "one" if len(empty) == 1 else ""
        yield hit(plan.at("measures"), variant, cells=empty, number=len(empty))
