"""E: the measures."""

from collections.abc import Iterable, Sequence

from vaaldplan.finding import Severity, Stage
from vaaldplan.plan.goals import Situation
from vaaldplan.plan.load import INLINE
from vaaldplan.plan.measures import Measure, MeasureKind
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node

from .registry import Found, Hit, hit, rule


def _repeated(entries: Sequence[Node]) -> Iterable[Hit]:
    first: dict[str, Node] = {}
    for entry in entries:
        name = getattr(entry, "id", None)
        if not name or name.startswith(INLINE):
            continue
        if name in first:
            yield hit(entry.at("id"), id=name, other=getattr(first[name], "title", "") or name)
        first.setdefault(name, entry)


@rule("E01")
def id_repeated(plan: Plan) -> Found:
    """An id stands for one thing: measures and their parts together, and each register by itself."""
    yield from _repeated([work for measure in plan.measures for work in (measure, *measure.parts)])
    situation = plan.situation or Situation()
    for register in (
        plan.goals,
        plan.indicators,
        plan.actors,
        plan.chapters,
        plan.related_documents,
        situation.observations,
        situation.change_factors,
        [point for mandate in plan.mandate for point in mandate.points],
    ):
        yield from _repeated(register)


def _binding(measure: Measure) -> bool:
    """Whether the plan itself commits to the measure: advice and other documents' measures are only shown."""
    return measure.kind is not MeasureKind.ADVICE and measure.from_document is None


@rule("E02", stage=Stage.PROPOSAL)
def owner_unclear(measure: Measure) -> Found:
    """Somebody answers for the measure, and it is clear who leads when several do."""
    if not _binding(measure):
        return
    if unknown := measure.open("owner"):
        yield hit(measure.at("owner"), "unknown", reason=unknown.reason)
    elif not measure.owner:
        yield hit(measure.at("owner"))
    elif len(measure.owner) > 1 and not measure.convener and not measure.equal:
        yield hit(
            measure.at("owner"),
            "several",
            severity=Severity.WARNING,
            stage=Stage.CONSULTATION,
            number=len(measure.owner),
            owners=", ".join(measure.owner),
        )


@rule("E10", stage=Stage.PROPOSAL)
def cell_missing(measure: Measure) -> Found:
    """The measure says at which level and tier it works."""
    if not _binding(measure):
        return
    if measure.level is None and measure.tier is None:
        yield hit(measure.path, "both")
    elif measure.level is None:
        yield hit(measure.at("level"), "level")
    elif measure.tier is None:
        yield hit(measure.at("tier"), "tier")
