"""J: what it costs and who pays."""

from vaaldplan.finding import Severity, Stage
from vaaldplan.plan.measures import Cost, FundingKind, Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Economy

from .committed import binding, committed, first_day, last_day, years
from .registry import Found, hit, rule

_ANSWERS = ("total", "per_year", "within_budget", "hours", "set_aside")


@rule("J01", Severity.WARNING, stage=Stage.CONSULTATION)
def cost_missing(measure: Measure) -> Found:
    """The measure has a cost in kronor or hours; what is within budget names whose budget."""
    if not binding(measure):
        return
    cost = measure.cost
    if cost is None:
        if not measure.stated("cost") and not measure.stated("positions"):
            yield hit(measure.at("cost"))
    elif not any(cost.stated(name) for name in _ANSWERS):
        yield hit(measure.at("cost"), "holder" if cost.text else "")


def _kronor(cost: Cost | None) -> int | None:
    """The whole cost in kronor; ``None`` when it is not fully known."""
    if cost is None:
        return None
    if cost.per_year:
        amounts = [year.kronor for year in cost.per_year.values()]
        return sum(a for a in amounts if a is not None) if None not in amounts and not cost.opened("per_year") else None
    return cost.total.kronor if cost.total else None


@rule("J02")
def sums_disagree(plan: Plan) -> Found:
    """Totals are the sums of what they are made of."""
    for measure in plan.measures:
        cost = measure.cost
        summed = _kronor(cost)
        if cost and cost.total and cost.per_year and summed is not None and summed != cost.total.kronor:
            yield hit(cost.at("total"), "measure", stated=_spaced(cost.total.kronor), summed=_spaced(summed))
    economy = plan.economy
    if economy is None or economy.total is None:
        return
    for period, amount in economy.total.per_year.items():
        yearly = year_sum(plan, period)
        if yearly is not None and yearly != amount.kronor:
            yield hit(economy.at("total"), "year", year=period, stated=_spaced(amount.kronor), summed=_spaced(yearly))
    whole = [m.cost for m in committed(plan) if m.cost and (m.cost.total or m.cost.per_year)]
    sums = [_kronor(cost) for cost in whole]
    known = sum(s for s in sums if s is not None)
    if economy.total.total and sums and None not in sums and known != economy.total.total.kronor:
        yield hit(economy.at("total"), stated=_spaced(economy.total.total.kronor), summed=_spaced(known))


def _spaced(kronor: int) -> str:
    return f"{kronor:,}".replace(",", " ")


def year_sum(plan: Plan, period: str) -> int | None:
    """What the measures cost together in one year; ``None`` when some of it is not told year by year."""
    total = 0
    for measure in committed(plan):
        cost = measure.cost
        if cost is None or measure.open("cost"):
            continue
        if cost.opened("per_year") or (cost.total and not cost.per_year) or cost.stated("set_aside"):
            return None
        if any(not p.isdigit() for p in cost.per_year):
            return None
        year = cost.per_year.get(period)
        total += (year.kronor or 0) if year else 0
    return total


def _costs(measure: Measure) -> bool:
    return bool(measure.cost and (measure.cost.total or any(y.kronor for y in measure.cost.per_year.values())))


@rule("J03", Severity.WARNING, stage=Stage.CONSULTATION)
def unfinanced(measure: Measure, plan: Plan) -> Found:
    """Every krona has a source, and it is said how sure it is."""
    if not binding(measure) or not _costs(measure):
        return
    cost = measure.cost
    if not measure.stated("funding") and cost and not cost.stated("within_budget"):
        running = {str(year) for year in _decision_years(plan)} & cost.per_year.keys()
        if running:
            yield hit(
                measure.at("funding"), "running", severity=Severity.ERROR, stage=Stage.PROPOSAL, year=min(running)
            )
        else:
            yield hit(measure.at("funding"))
    for funding in measure.funding:
        if funding.kind and funding.kind is not FundingKind.BUDGET and not funding.stated("status"):
            yield hit(funding.path, "status", kind=funding.kind)


def _decision_years(plan: Plan) -> set[int]:
    """The years in which the plan is decided, as far as they are known."""
    times = [decision.date for decision in plan.decision]
    times += [meeting.date for meeting in plan.preparation.meetings] if plan.preparation else []
    return {day.year for day in (last_day(time) for time in times) if day}


@rule("J05", Severity.WARNING, stage=Stage.CONSULTATION)
def grant_without_fallback(measure: Measure) -> Found:
    """A measure that hangs on a grant says what happens without it."""
    granted = any(funding.kind is FundingKind.GRANT for funding in measure.funding)
    if binding(measure) and granted and not measure.stated("if_refused"):
        yield hit(measure.at("if_refused"))


@rule("J06", Severity.WARNING, stage=Stage.PROPOSAL)
def working_time_uncosted(plan: Plan) -> Found:
    """The coordinator's time and the hours of training are counted."""
    coordinator = plan.organisation.coordinator if plan.organisation else None
    if not coordinator and not any(m.training for m in committed(plan)):
        return
    economy = plan.economy or Economy()
    if not economy.stated("staff") and not plan.open("economy"):
        yield hit(plan.economy.at("staff") if plan.economy else plan.at("economy"))


@rule("J07")
def cost_outside_validity(measure: Measure, plan: Plan) -> Found:
    """Costs stand in the years that the plan holds."""
    cost, validity = measure.cost, plan.validity
    if cost is None or validity is None or not binding(measure):
        return
    start, end = first_day(validity.valid_from), last_day(validity.valid_until)
    for year in years(cost.per_year):
        if (start and year < start.year) or (end and year > end.year):
            yield hit(measure.at("cost"), year=str(year))
