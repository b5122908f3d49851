"""The view of how the indicators go: small pictures of what is known, was measured and is wanted."""

from collections.abc import Iterator

from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Indicator, Reading
from vaaldplan.plan.model import Plan
from vaaldplan.swedish import number

from . import figures
from .markup import Figure
from .parts import Part, Picture
from .view_work import named
from .words import Words

LARGEST = 12
"""Charts in one picture, so that it fits a page with room for its caption."""
_YEAR = regex(r"(?:19|20)\d\d")


def trends(plan: Plan, say: Words, pictures: dict[str, Figure]) -> list[Part]:
    """The indicators with figures of at least two years, in pictures of some each; the cards say the same in words."""
    found = [trend for i in plan.indicators if (trend := _trend(i, say))]
    parts: list[Part] = []
    legend = [(kind, say.label(f"figures.{kind}")) for kind in ("measured", "wanted")]
    for start in range(0, len(found), LARGEST):
        some = found[start : start + LARGEST]
        name = f"utveckling-{start // LARGEST + 1}"
        first, last = some[0].label, some[-1].label
        alt = say.label("figures.trends_alt", first=first, last=last)
        svg = figures.trends(
            some, title=say.label("figures.trends"), alt=alt, uid=name, legend=legend, look=say.settings.look,
            number=lambda value: number(value, say.lang),
        )  # fmt: skip
        pictures[name] = Figure(svg, alt)
        parts.append(Picture(name, say.label("figures.trends_caption")))
    return parts


def _trend(indicator: Indicator, say: Words) -> figures.Trend | None:
    measured = dict([*_values(indicator.baseline), *_values(indicator.actuals)])
    wanted = dict(_values(indicator.targets))
    if len(measured.keys() | wanted.keys()) < 2:
        return None
    unit = say.unit(indicator)
    title = named(indicator.id, indicator.title)
    label = f"{title} ({unit})" if unit else title
    return figures.Trend(label, tuple(sorted(measured.items())), tuple(sorted(wanted.items())))


def _values(readings: dict[str, Reading]) -> Iterator[tuple[int, float]]:
    """The year and the figure of each value that has both; the middle of a range."""
    for period, reading in readings.items():
        year = _YEAR.search(period)
        figure = reading.value or reading.at_least or reading.at_most
        if year and figure and figure.low is not None and figure.high is not None:
            yield int(year[0]), (figure.low + figure.high) / 2
