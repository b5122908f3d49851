"""F: the nine cells, level by tier."""

import re

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import ViolenceType
from vaaldplan.plan.measures import Level, Measure, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PointKind

from .committed import committed, first_day, last_day, mentions, validity_years
from .registry import Found, hit, rule


@rule("F01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.CELLS)
def cell_empty(plan: Plan) -> Found:
    """Each of the nine cells has a measure, or a reason, or another document that covers it."""
    if not plan.measures:
        return
    filled = {(m.level, m.tier) for m in committed(plan)}
    explained = {(g.level, g.tier) for g in plan.gaps if g.reason or g.covered_by}
    empty = [(level, tier) for level in Level for tier in Tier if (level, tier) not in filled | explained]
    if empty:
        variant = "one" if len(empty) == 1 else ""
        yield hit(plan.at("measures"), variant, cells=empty, number=len(empty))


MOST_EXCUSED = 2
"""How many cells may have a reason in place of a measure."""


@rule("F02", stage=Stage.PROPOSAL, basis=Basis.ASSIGNMENT, assigned=PointKind.CELLS, limit=MOST_EXCUSED)
def cells_only_excused(plan: Plan, limit: float) -> Found:
    """At most two of the cells have a reason only."""
    filled = {(m.level, m.tier) for m in committed(plan)}
    excused = {(g.level, g.tier) for g in plan.gaps if g.reason and not g.covered_by and g.level and g.tier} - filled
    if len(excused) > limit:
        yield hit(plan.at("gaps"), number=len(excused), most=f"{limit:g}")


FEW = 4
"""Shares of fewer measures than this say nothing."""


@rule("F03", Severity.ADVICE, stage=Stage.CONSULTATION)
def prevention_outweighed(plan: Plan) -> Found:
    """At least half of the measures come before the violence."""
    tiers = [m.tier for m in committed(plan) if m.tier]
    targeted = tiers.count(Tier.TARGETED)
    if len(tiers) >= FEW and 2 * targeted > len(tiers):
        yield hit(plan.at("measures"), number=targeted, total=len(tiers))


def _active(measure: Measure, year: int) -> bool:
    """Whether the measure runs in the year; what cannot be computed is believed to."""
    time = measure.time or measure.period
    start = first_day(measure.start) or first_day(time)
    end = last_day(measure.end) or (None if time and time.ongoing else last_day(time))
    return not (start and start.year > year) and not (end and end.year < year)


@rule("F04", Severity.WARNING, stage=Stage.CONSULTATION)
def support_forgotten(plan: Plan) -> Found:
    """Those already affected are not forgotten: a targeted measure runs in every year of the plan."""
    if not plan.measures:
        return
    targeted = [m for m in committed(plan) if m.tier is Tier.TARGETED]
    if any(g.tier is Tier.TARGETED and g.covered_by for g in plan.gaps):
        return
    if not targeted:
        yield hit(plan.at("measures"))
    elif period := validity_years(plan):
        bare = [str(y) for y in range(period[0], period[1] + 1) if not any(_active(m, y) for m in targeted)]
        if bare:
            yield hit(plan.at("measures"), "years", years=bare)


FEWEST_SETTINGS = 4


@rule("F06", Severity.ADVICE, stage=Stage.PROPOSAL, limit=FEWEST_SETTINGS)
def few_settings(plan: Plan, limit: float) -> Found:
    """The measures take place in several settings."""
    settings = {setting.casefold() for m in committed(plan) for setting in m.settings}
    if plan.measures and len(settings) < limit:
        yield hit(plan.at("measures"), number=len(settings), fewest=f"{limit:g}")


_MEN = regex(
    r"\bmän\b|\bpojk|\bkill(ar|e)|\bpappor\b|maskulin|\bmen and\b|\bfor men\b|\bboys\b|\bfathers\b|masculin",
    re.IGNORECASE,
)
_PERPETRATORS = regex(
    r"våldsutöv|\butövare|använ(der|t) våld|förövar|perpetrat|\bus(e|es|ed|ing) violence", re.IGNORECASE
)
_DIGITAL = regex(
    r"digital\w* (våld|hot|över|violence|abuse)|\bnät(et|hat|vett)|\bonline\b|spridda bilder", re.IGNORECASE
)


def _said_of(measure: Measure) -> list[str | None]:
    groups = [group.group for group in measure.target_group]
    audience = measure.outreach.audience if measure.outreach else []
    return [*measure.aimed_at, *groups, *audience, measure.title]


@rule("F07", Severity.WARNING, stage=Stage.CONSULTATION)
def men_not_addressed(plan: Plan) -> Found:
    """Some measure turns to men and boys, some to those who use violence."""
    measures = committed(plan)
    if not measures:
        return
    covered = {gap.tier for gap in plan.gaps if gap.covered_by}
    if not any(mentions(_said_of(m), _MEN) for m in measures):
        yield hit(plan.at("measures"), "men")
    if Tier.TARGETED not in covered and not any(mentions(_said_of(m), _PERPETRATORS) for m in measures):
        yield hit(plan.at("measures"), "perpetrators")


@rule("F08", Severity.ADVICE, stage=Stage.PROPOSAL)
def digital_violence_missing(plan: Plan) -> Found:
    """Some measure is about digital violence, or the scope says why none is."""
    measures = committed(plan)
    named = any(ViolenceType.DIGITAL in m.violence_types for m in measures)
    texts = [text for m in measures for text in (m.title, m.description, *m.violence_types)]
    if measures and not named and not mentions([*texts, plan.scope], _DIGITAL):
        yield hit(plan.at("measures"))
