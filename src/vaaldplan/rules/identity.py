"""A: the document's identity and status."""

from datetime import timedelta

from vaaldplan.finding import Severity, Stage
from vaaldplan.plan.model import Plan

from .registry import Found, hit, rule

LONGEST_YEARS = 5
"""Plans of this kind run three to five years in practice (Uppsala, Umeå, the Norwegian national template)."""


@rule("A01", stage=Stage.CONSULTATION)
def identity_missing(plan: Plan) -> Found:
    """The paper says whose it is, what it is, and under which case number it is found."""
    if not plan.stated("municipality") and not plan.stated("area"):
        yield hit(plan.at("municipality"), "municipality")
    for name in ("document_type", "case_number"):
        if not plan.stated(name):
            yield hit(plan.at(name), name)


@rule("A04", stage=Stage.PROPOSAL)
def validity_unclear(plan: Plan) -> Found:
    """The plan says from when and until when it holds, and the time is reasonable."""
    validity = plan.validity
    if validity is None:
        if not plan.open("validity"):
            yield hit(plan.at("validity"))
        return
    if not validity.stated("valid_from"):
        yield hit(validity.at("valid_from"), "start")
    if validity.until_further_notice:
        if not validity.stated("revise_by"):
            yield hit(validity.at("until_further_notice"), "revision", severity=Severity.WARNING)
        return
    if not validity.stated("valid_until"):
        yield hit(validity.at("valid_until"), "end")
    start, end = validity.valid_from, validity.valid_until
    if start is None or end is None or start.first is None or end.last is None:
        return
    if end.last < start.first:
        yield hit(validity.at("valid_until"), "reversed", stage=Stage.DRAFT, start=start.text, end=end.text)
    elif (
        end.last >= start.first.replace(day=1) + timedelta(days=round(365.25 * LONGEST_YEARS) + 1)
        and not validity.reason
    ):
        years = (end.last - start.first).days / 365.25
        yield hit(
            validity.at("valid_until"), "long", severity=Severity.WARNING, years=f"{years:.0f}", longest=LONGEST_YEARS
        )
