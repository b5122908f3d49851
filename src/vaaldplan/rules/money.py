"""J: what it costs and who pays."""

import re

from vaaldplan.facts import Facts, Grant
from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.measures import Cost, Funding, FundingKind, FundingStatus, Measure, Newness
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import ActorType, Economy

from .committed import actors_of, committed, first_day, last_day, mentions, validity_years, years
from .registry import Found, hit, rule

_ANSWERS = ("total", "per_year", "within_budget", "hours", "set_aside")


@rule("J01", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def cost_missing(measure: Measure) -> Found:
    """The measure has a cost in kronor or hours; what is within budget names whose budget."""
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


@rule("J03", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def unfinanced(measure: Measure, plan: Plan) -> Found:
    """Every krona has a source, and it is said how sure it is."""
    if not _costs(measure):
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


def grant_of(funding: Funding, facts: Facts) -> Grant | None:
    """The grant that a source of money names, if it is known."""
    name = (funding.grant or "").casefold()
    if funding.kind is not FundingKind.GRANT or not name:
        return None
    return next((g for g in facts.grants.values() if g.id == name or any(word in name for word in g.words)), None)


_DUTY = regex(
    r"lagstadga|följer av lag|skyldig(?:het)?(?:er)? enligt|enligt lag ska|statutory (?:duty|task)|required by law",
    re.IGNORECASE,
)


@rule("J04", stage=Stage.CONSULTATION, basis=Basis.STATUTE, binding=True)
def grant_misused(measure: Measure, plan: Plan, facts: Facts) -> Found:
    """A grant is known, given in the years it is used, open to the municipality, and may pay for this."""
    grants = [funding for funding in measure.funding if funding.kind is FundingKind.GRANT]
    for funding in grants:
        grant = grant_of(funding, facts)
        if grant is None:
            if not funding.stated("grant"):
                yield hit(funding.path, "unnamed", severity=Severity.WARNING)
            elif funding.grant:
                yield hit(funding.at("grant"), "unknown", severity=Severity.ADVICE, grant=funding.grant)
            continue
        used = _grant_years(funding, measure, plan)
        late = [year for year in used if grant.over(f"{year}-01-01")]
        uncalled = [year for year in used if grant.years and year not in grant.years]
        if late:
            yield hit(funding.path, "expired", grant=grant.name, until=grant.valid_until, years=[str(y) for y in late])
        elif uncalled and funding.status is not FundingStatus.DECIDED:
            coming = [str(year) for year in uncalled]
            yield hit(
                funding.path, "year", severity=Severity.WARNING, grant=grant.name, giver=grant.giver, years=coming
            )
        if "municipalities" not in grant.recipients and not _with_association(measure, plan):
            yield hit(funding.path, "closed", grant=grant.name)
        if grant.only_new and mentions([measure.title, measure.description], _DUTY):
            yield hit(funding.path, "duty", severity=Severity.WARNING, grant=grant.name)
        elif grant.only_new and measure.newness is Newness.ONGOING and funding.status is not FundingStatus.DECIDED:
            yield hit(funding.path, "ongoing", severity=Severity.WARNING, grant=grant.name)
        if grant.alone and len(grants) > 1:
            yield hit(funding.path, "double", severity=Severity.WARNING, grant=grant.name)


def _grant_years(funding: Funding, measure: Measure, plan: Plan) -> list[int]:
    """The years in which a grant is used: of its amounts, else of the measure's costs, its time or the plan's."""
    if funding.amount and (found := years(funding.amount.per_year)):
        return found
    if measure.cost and (found := years(measure.cost.per_year)):
        return found
    start, end = first_day(measure.start), last_day(measure.end)
    span = (start.year, end.year) if start and end else validity_years(plan)
    return list(range(span[0], span[1] + 1)) if span else []


def _with_association(measure: Measure, plan: Plan) -> bool:
    """Whether an association takes part, which may apply itself."""
    register = actors_of(plan)
    parts = [*measure.owner, *(part.actor for part in measure.participants)]
    taking_part = [register[part].type for part in parts if part in register]
    return ActorType.CIVIL_SOCIETY in taking_part


@rule("J05", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def grant_without_fallback(measure: Measure) -> Found:
    """A measure that hangs on a grant says what happens without it."""
    granted = any(funding.kind is FundingKind.GRANT for funding in measure.funding)
    if granted and not measure.stated("if_refused"):
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


@rule("J07", binding=True)
def cost_outside_validity(measure: Measure, plan: Plan) -> Found:
    """Costs stand in the years that the plan holds."""
    cost, validity = measure.cost, plan.validity
    if cost is None or not cost.per_year or validity is None:
        return
    start, end = first_day(validity.valid_from), last_day(validity.valid_until)
    for year in years(cost.per_year):
        if (start and year < start.year) or (end and year > end.year):
            yield hit(measure.at("cost"), year=str(year))
