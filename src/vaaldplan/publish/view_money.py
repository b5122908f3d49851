"""The view of the money: per year and source, per year and body, as tables and as a picture."""

from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Economy
from vaaldplan.swedish import kronor, number

from . import figures
from .markup import Figure, Markup, escape
from .money import NO_YEAR, Sums, by_owner, by_source, counted
from .parts import Cell, Line, Part, Picture, facts, prose, section, table
from .words import Words


def year_shown(year: str, say: Words) -> str:
    """A year, or that none is stated."""
    return year if year != NO_YEAR else say.label("money.no_year")


def money_table(name: str, caption: str, first: str, sums: Sums, names: dict[str, str], say: Words) -> list[Part]:
    """Kronor per row and year, with the sums of both."""
    head = [first, *(year_shown(y, say) for y in sums.years), say.label("money.sum")]
    rows: list[list[Cell]] = [
        [names[row], *(number(values.get(y, 0), say.lang) for y in sums.years), number(sums.row(row), say.lang)]
        for row, values in sums.rows.items()
    ]
    rows.append(
        [say.label("money.total"), *(number(sums.year(y), say.lang) for y in sums.years), number(sums.total, say.lang)]
    )
    widths = (34, *(66 // (len(sums.years) + 1) for _ in (*sums.years, "")))
    return table(name, caption, head, rows, widths, "l" + "r" * (len(sums.years) + 1), 1)


def _money_picture(sums: Sums, names: dict[str, str], say: Words, pictures: dict[str, Figure]) -> list[Part]:
    """The money per year as bars, when there is more than one year to compare."""
    if len(sums.years) < 2:
        return []
    series = [(names[row], [values.get(y, 0) for y in sums.years]) for row, values in sums.rows.items()]
    alt = say.label(
        "figures.money_alt",
        years="; ".join(f"{year_shown(y, say)}: {kronor(sums.year(y), say.lang)}" for y in sums.years),
    )
    svg = figures.bars(
        [year_shown(y, say) for y in sums.years],
        series,
        title=say.label("figures.money"),
        look=say.settings.look,
        alt=alt,
        uid="pengar",
        number=lambda value: number(value, say.lang),
    )
    pictures["pengar"] = Figure(svg, alt)
    return [Picture("pengar", say.label("figures.money_caption"))]


def _stated_sum(economy: Economy, sums: Sums, say: Words) -> str:
    """The plan's own sum, when it says something else than the table: the same is not said twice."""
    amounts = economy.total
    if amounts is None:
        return ""
    years = {y: a.kronor for y, a in amounts.per_year.items()}
    total = amounts.total.kronor if amounts.total else sum(years.values())
    if total == sums.total and all(sums.year(y) == k for y, k in years.items()):
        return ""
    parts = [f"{y}: {kronor(k, say.lang)}" for y, k in years.items()]
    return "; ".join(t for t in (say.fact(amounts, "total"), *parts) if t)


def economy(plan: Plan, say: Words, pictures: dict[str, Figure]) -> list[Part]:
    """The economy: the author\'s text, the sums, and what has no cost stated."""
    stated_economy = plan.economy
    parts: list[Part] = prose(say.fact(stated_economy, "text"))
    sources, owners = by_source(plan.measures), by_owner(plan.measures)
    if sources.total:
        kinds = {row: say.label(f"money.{row or 'unstated'}") for row in sources.rows}
        caption = say.label("money.by_source")
        parts += money_table("t-finansiering", caption, say.label("money.source"), sources, kinds, say)
        parts += _money_picture(sources, kinds, say, pictures)
        bodies = {row: say.actor(row) or say.label("money.nobody") for row in owners.rows}
        caption = say.label("money.by_owner")
        parts += money_table("t-ansvar", caption, say.label("money.owner"), owners, bodies, say)
    own = counted(plan.measures)
    within = [m.id for m in own if m.id and m.cost and m.cost.within_budget]
    if within:
        counted_within = escape(say.label("money.within", count=say.count("measures", len(within))))
        parts.append(Line(Markup(f"{counted_within} {say.links('a', within)}.")))
    silent = [m.id for m in own if m.id and not m.stated("cost")]
    if silent:
        parts.append(Line(Markup(f"{escape(say.label('money.silent'))} {say.links('a', silent)}.")))
    if stated_economy is not None:
        stated = _stated_sum(stated_economy, sources, say)
        parts += facts((say.label("money.stated"), stated))
        parts += section("personal", say.label("money.staff"), prose(say.fact(stated_economy, "staff")), listed=False)
    return parts
