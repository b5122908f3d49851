"""The plan's money: what the measures cost per year, and from where it comes. Sums are computed, never copied."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from vaaldplan.plan.measures import Amounts, FundingKind, Measure, MeasureKind

NO_YEAR = ""
"""Stands for money whose year is not stated."""


class Sums(NamedTuple):
    """Kronor per row and year."""

    years: tuple[str, ...]
    rows: dict[str, dict[str, int]]

    def row(self, name: str) -> int:
        """The sum of a row."""
        return sum(self.rows[name].values())

    def year(self, year: str) -> int:
        """The sum of a year."""
        return sum(row.get(year, 0) for row in self.rows.values())

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.year(y) for y in self.years)


def counted(measures: Iterable[Measure]) -> list[Measure]:
    """The measures the plan itself commits to: those of other documents and advice are shown, never counted."""
    return [m for m in measures if m.from_document is None and m.kind is not MeasureKind.ADVICE]


def _only_year(measure: Measure) -> str:
    """The year of a measure that begins and ends in one and the same, else ``NO_YEAR``."""
    first = measure.start.first if measure.start else measure.time.first if measure.time else None
    last = measure.end.last if measure.end else measure.time.last if measure.time else None
    return str(first.year) if first and last and first.year == last.year else NO_YEAR


def cost_per_year(measure: Measure) -> dict[str, int]:
    """What a measure costs per year, in kronor."""
    if measure.cost is None:
        return {}
    if measure.cost.total and not measure.cost.per_year:
        return {_only_year(measure): measure.cost.total.kronor}
    return {year: cost.kronor for year, cost in measure.cost.per_year.items() if cost.kronor is not None}


def _spread(amounts: Amounts | None, measure: Measure) -> dict[str, int]:
    if amounts is None:
        return {}
    if amounts.per_year:
        return {year: amount.kronor for year, amount in amounts.per_year.items()}
    return {_only_year(measure): amounts.total.kronor} if amounts.total else {}


def _sums(rows: dict[str, dict[str, int]]) -> Sums:
    years = sorted({year for row in rows.values() for year in row}, key=lambda y: (y == NO_YEAR, y))
    return Sums(tuple(years), rows)


def by_source(measures: Iterable[Measure]) -> Sums:
    """Per source of money; what no source is stated for stands under an empty name.

    A single source without an amount pays the whole cost of its measure.
    """
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for measure in counted(measures):
        left = dict(cost_per_year(measure))
        for funding in measure.funding:
            share = _spread(funding.amount, measure)
            if funding.amount is None and len(measure.funding) == 1:
                share = dict(left)
            for year, kronor in share.items():
                rows[str(funding.kind or "")][year] += kronor
                left[year] = left.get(year, 0) - kronor
        for year, kronor in left.items():
            if kronor > 0:
                rows[""][year] += kronor
    order = [*(str(kind) for kind in FundingKind), ""]
    return _sums({name: dict(rows[name]) for name in order if name in rows})


def by_owner(measures: Iterable[Measure]) -> Sums:
    """Per body that leads: the convener, else the first owner."""
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for measure in counted(measures):
        lead = measure.convener or (measure.owner[0] if measure.owner else "")
        for year, kronor in cost_per_year(measure).items():
            rows[lead][year] += kronor
    return _sums({name: dict(row) for name, row in rows.items()})
