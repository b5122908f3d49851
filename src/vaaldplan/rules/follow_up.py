"""K: the follow-up."""

import re
from datetime import date
from itertools import pairwise

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Indicator
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import FinalEvaluation, FollowUp, Occasion

from .committed import actor_names, first_day, last_day, mentions
from .registry import Found, hit, rule

LONGEST = 24
"""Months between two follow-ups: lag (2023:196) 6 §, at least every second year."""
FIRST = 18
"""Months to the first follow-up, so that what has not begun can still be mended."""


def _months(earlier: date, later: date) -> int:
    """Whole months from the month of one day to the month of another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


@rule("K01", stage=Stage.CONSULTATION, basis=Basis.STATUTE, act=True)
def followed_up_too_seldom(plan: Plan) -> Found:
    """The follow-ups are dated, the first comes early and no two lie more than two years apart."""
    follow_up = plan.follow_up
    if follow_up is None or not follow_up.occasions:
        if follow_up is None or not follow_up.stated("occasions"):
            yield hit(follow_up.at("occasions") if follow_up else plan.at("follow_up"))
        return
    dated = sorted(
        ((o.date.first, o) for o in follow_up.occasions if o.date and o.date.first), key=lambda pair: pair[0]
    )
    if not dated:
        yield hit(follow_up.at("occasions"), "dates")
        return
    start = first_day(plan.validity.valid_from) if plan.validity else None
    end = last_day(plan.validity.valid_until) if plan.validity else None
    if start and _months(start, dated[0][0]) > FIRST:
        months = _months(start, dated[0][0])
        milder = Severity.WARNING if months <= LONGEST else None  # the act knows two years only
        yield hit(dated[0][1].path, "late", severity=milder, months=months, longest=FIRST)
    for (earlier, _), (later, occasion) in pairwise(dated):
        if _months(earlier, later) > LONGEST:
            yield hit(occasion.path, "gap", months=_months(earlier, later), longest=LONGEST)
    if end and _months(dated[-1][0], end) > LONGEST:
        yield hit(dated[-1][1].path, "end", months=_months(dated[-1][0], end), longest=LONGEST)


_COUNCIL = regex(r"fullmäktige|\bkf\b|\bmunicipal council\b", re.IGNORECASE)


@rule("K02", Severity.WARNING, stage=Stage.PROPOSAL)
def nobody_receives(plan: Plan) -> Found:
    """Each follow-up has someone who compiles it and someone who receives it; the council receives at least one."""
    follow_up = plan.follow_up
    if follow_up is None or not follow_up.occasions:
        return
    for occasion in follow_up.occasions:
        if not occasion.stated("recipient"):
            yield hit(occasion.path, severity=Severity.ERROR, date=_when(occasion))
        if not occasion.stated("compiled_by"):
            yield hit(occasion.path, "compiled", date=_when(occasion))
    everyone = [recipient for occasion in follow_up.occasions for recipient in occasion.recipient]
    opened = any(occasion.open("recipient") for occasion in follow_up.occasions)
    if everyone and not opened and not mentions(actor_names(plan, everyone), _COUNCIL):
        yield hit(follow_up.at("occasions"), "council")


def _when(occasion: Occasion) -> str:
    return occasion.date.text if occasion.date else ""


@rule("K04", Severity.WARNING, stage=Stage.PROPOSAL)
def deviations_unruled(plan: Plan) -> Found:
    """It is settled who decides when a measure is late or dropped."""
    follow_up = plan.follow_up
    if follow_up is not None and not follow_up.stated("deviation_rule"):
        yield hit(follow_up.at("deviation_rule"))


@rule("K05", Severity.WARNING, stage=Stage.PROPOSAL)
def final_evaluation_missing(plan: Plan) -> Found:
    """The plan ends with an evaluation, early enough for the next plan."""
    follow_up = plan.follow_up or FollowUp()
    if not follow_up.stated("final_evaluation"):
        if plan.follow_up is not None:
            yield hit(plan.follow_up.at("final_evaluation"))
        return
    evaluation = follow_up.final_evaluation or FinalEvaluation()
    if follow_up.final_evaluation and not evaluation.stated("date"):
        yield hit(follow_up.at("final_evaluation"), "date")
    end = last_day(plan.validity.valid_until) if plan.validity else None
    day = first_day(evaluation.date)
    if end and day and day > end:
        yield hit(evaluation.at("date"), "late")


_SELDOM = regex(r"\b(var(t|je)|every) (tredje|fjärde|femte|sjätte|third|fourth|fifth|[3-9]:e|[3-9])\b", re.IGNORECASE)


@rule("K06", Severity.WARNING, stage=Stage.CONSULTATION)
def indicator_too_seldom(indicator: Indicator) -> Found:
    """An indicator is read at least as often as the plan is followed up."""
    often = indicator.frequency
    if often and _SELDOM.search(often) and not re.search(r"månad|month|vecka|week", often, re.IGNORECASE):
        yield hit(indicator.at("frequency"), indicator=indicator.title or indicator.id or "", frequency=often)


@rule("K07", Severity.ADVICE, stage=Stage.PROPOSAL)
def report_unpublished(plan: Plan) -> Found:
    """Everybody can read how it goes."""
    follow_up = plan.follow_up
    if follow_up is not None and not follow_up.stated("published"):
        yield hit(follow_up.at("published"))
