"""The document's pictures: a heat map, a timeline, bars, small trends. Here is the geometry; ``figures.svg`` draws it.

Lengths are in the picture's own units: a picture is 640 wide, about the width of the text, and its letters 13 high.
"""

from collections.abc import Callable
from itertools import groupby
from math import ceil
from typing import Any, NamedTuple

from vaaldplan.look import Look
from vaaldplan.screen import wrapped

from . import jinja, templates

WIDTH = 640
SIZE = 13
"""Height of the letters."""
LINE = 16
"""From one line of text to the next."""
GAP = 6
ROW = 18
"""Height of a row in the timeline."""
LETTER = 0.52
"""Width of a letter as a share of its height, on the generous side: the reader's fallback font may be wide."""
WIDEST_LABEL = 190
SHORTEST_LINE = 14
"""Letters in a line however narrow its place is, so that ordinary words are not cut."""
SMALLEST = 9
"""Height of the letters in the sums over the bars; if they would be smaller, the sums stand upright."""


class Bar(NamedTuple):
    """A row of the timeline. Times are fractional years: 2027.5 is the middle of 2027."""

    label: str
    start: float
    end: float
    kind: str
    """The preventive tier, which gives colour and pattern; may be empty."""
    open_end: bool
    """It goes on without a set end: the bar fades out into an arrow."""
    marks: tuple[float, ...]
    """Moments within the bar, drawn as diamonds."""
    group: str
    """The heading it stands under; may be empty."""


class Trend(NamedTuple):
    """What is measured, over the years; each series as years and values in order."""

    label: str
    measured: tuple[tuple[int, float], ...]
    wanted: tuple[tuple[int, float], ...]


class _Text(NamedTuple):
    lines: list[str]
    x: float
    y: float
    """Of the first line's foot."""
    anchor: str = "start"


class _Cell(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    text: str
    step: int
    """Which colour; below 0 the cell is empty."""


class _Column(NamedTuple):
    x: float
    width: float
    top: float
    total: str
    size: float
    """Height of the letters."""
    upright: bool
    """The sum is read from left to right; else it is turned, to fit above a narrow bar."""
    segments: list[_Cell]


class _Chart(NamedTuple):
    """A small trend: its axis, the two lines, and the places of their points."""

    x: float
    end: float
    foot: float
    lines: list[tuple[str, str]]
    """The kind and the points of each line, as SVG writes them."""
    points: list[tuple[str, float, float]]


class _Row(NamedTuple):
    x: float
    y: float
    width: float
    kind: str
    fade: float
    """How much of the end fades; 0 is a bar with an end."""
    marks: list[float]


def _width(text: str, size: float = SIZE) -> float:
    return len(text) * size * LETTER


def _wrap(text: str, width: float) -> list[str]:
    letters = max(SHORTEST_LINE, int(width / (SIZE * LETTER)))
    if "-" not in text:
        return wrapped(text, letters) or [""]
    from textwrap import wrap  # knows where a word with hyphens may be broken

    return wrap(text, letters) or [""]


def _label_width(labels: list[str]) -> float:
    """Room for a column of labels, without its longest ones deciding the whole picture."""
    return min(WIDEST_LABEL, max((_width(label) for label in labels), default=0)) + 3 * GAP


def _centred(lines: list[str], x: float, middle: float, anchor: str = "start") -> _Text:
    """Lines of text with their common middle at a height."""
    return _Text(lines, round(x, 1), round(middle - (len(lines) - 1) * LINE / 2 + SIZE * 0.35, 1), anchor)


def _draw(macro: str, height: float, title: str, alt: str, uid: str, look: Look, **shapes: Any) -> str:
    template = jinja.template("html", "figures.svg")
    module = template.module if look == templates.USUAL else template.make_module({"look": templates.look(look)})
    size = {"width": WIDTH, "height": round(height, 1), "line": LINE, "row": ROW, "letters": SIZE}
    return str(getattr(module, macro)(size, title, alt, f"svg-{uid}", **shapes)).strip()


def matrix(
    rows: list[str],
    columns: list[str],
    cells: list[list[int]],
    *,
    title: str,
    alt: str,
    uid: str,
    look: Look = templates.USUAL,
) -> str:
    """A heat map with the number in every cell; a cell with 0 is dashed."""
    left = _label_width(rows)
    width = (WIDTH - left) / max(1, len(columns))
    heads = [_wrap(c, width - GAP) for c in columns]
    top = max((len(h) for h in heads), default=0) * LINE + GAP
    most = max((n for row in cells for n in row), default=0)
    steps = len(templates.look(templates.USUAL)["colour"]["heat"])
    texts = [
        _Text(h, round(left + (j + 0.5) * width, 1), top - GAP - (len(h) - 1) * LINE - 3, "middle")
        for j, h in enumerate(heads)
    ]
    squares: list[_Cell] = []
    y = float(top)
    for label, numbers in zip(rows, cells, strict=True):
        lines = _wrap(label, left - 2 * GAP)
        height = max(56, len(lines) * LINE + 2 * GAP)
        texts.append(_centred(lines, 0, y + height / 2))
        for j, number in enumerate(numbers):
            step = ceil(number * steps / most) - 1 if number > 0 else -1
            squares.append(
                _Cell(round(left + j * width + GAP / 2, 1), y, round(width - GAP, 1), height, str(number), step)
            )
        y += height + GAP
    return _draw("matrix", y, title, alt, uid, look, texts=texts, cells=squares)


def timeline(
    years: list[int],
    bars: list[Bar],
    *,
    title: str,
    alt: str,
    uid: str,
    legend: list[tuple[str, str]],
    look: Look = templates.USUAL,
) -> str:
    """Bars along the years, under headings; ``legend`` holds the kinds and their names, drawn above the bars.

    Beside the tiers the legend may name ``mark`` (the diamond) and ``open`` (the bar without an end).
    """
    left = _label_width([b.label for b in bars])
    right = float(WIDTH - 14)
    scale = (right - left) / max(1, len(years))
    first = years[0] if years else 0

    def place(time: float) -> float:
        return round(min(max(left + (time - first) * scale, left), right), 1)

    keys, y = _legend(legend)
    head = y + LINE
    y = head + GAP
    texts: list[_Text] = []
    rows: list[_Row] = []
    headings: list[_Text] = []
    bands: list[tuple[float, float]] = []
    for group, members in groupby(bars, key=lambda b: b.group):
        if group:
            lines = _wrap(group, WIDTH)
            height = len(lines) * LINE + GAP
            headings.append(_Text(lines, GAP, y + LINE))
            bands.append((y, height))
            y += height + 2
        for bar in members:
            lines = _wrap(bar.label, left - 2 * GAP)
            height = ROW + (len(lines) - 1) * LINE
            texts.append(_centred(lines, GAP, y + height / 2))
            x, end = place(bar.start), place(bar.end)
            width = max(3.0, round(end - x, 1))
            fade = round(min(48.0, width * 0.6), 1) if bar.open_end else 0.0
            rows.append(_Row(x, y + (height - ROW) / 2, width, bar.kind, fade, [place(m) for m in bar.marks]))
            y += height
        y += GAP
    every = max(1, ceil(40 / scale))
    ticks = [(place(year), str(year) if i % every == 0 else "") for i, year in enumerate(years)]
    return _draw(
        "timeline", y + GAP, title, alt, uid, look,
        keys=keys, head=head, ticks=ticks, middle=round(scale / 2, 1), right=right, foot=y, bands=bands,
        texts=texts, rows=rows, headings=headings,
    )  # fmt: skip


def _legend(legend: list[tuple[str, str]]) -> tuple[list[tuple[str, _Text]], float]:
    """The keys and their names in lines that fit the width, and the height they take."""
    keys: list[tuple[str, _Text]] = []
    x, y = 0.0, 14.0
    for kind, name in legend:
        need = 32 + _width(name) + 3 * GAP
        if x and x + need > WIDTH:
            x, y = 0.0, y + LINE + 4
        keys.append((kind, _Text([name], round(x + 32, 1), y)))
        x += need
    return keys, (y + 2 * GAP if keys else 0.0)


def bars(
    labels: list[str],
    series: list[tuple[str, list[int]]],
    *,
    title: str,
    alt: str,
    uid: str,
    number: Callable[[int], str],
    look: Look = templates.USUAL,
) -> str:
    """Stacked bars, one for each label, the sum over each and the values in the parts where they fit.

    ``number`` writes an amount as the document does.
    """
    totals = [sum(values[i] for _, values in series) for i in range(len(labels))]
    most = max([*totals, 1])
    kinds = len(templates.look(templates.USUAL)["colour"]["series"])
    keys, top = _legend([(str(i % kinds), name) for i, (name, _) in enumerate(series)])
    top += LINE + GAP
    tall = 190.0
    pitch = WIDTH / max(1, len(labels))
    width = min(120.0, pitch * 0.72)
    widest = max((_width(number(t)) for t in totals), default=0.0)
    size = round(SIZE * min(1.0, (pitch - GAP) / widest), 1) if widest else SIZE
    upright = size >= SMALLEST
    if not upright:
        size = SIZE
        top += widest
    foot = top + tall
    columns: list[_Column] = []
    texts: list[_Text] = []
    for i, label in enumerate(labels):
        x = (i + 0.5) * pitch - width / 2
        y = foot
        segments: list[_Cell] = []
        for j, (_, values) in enumerate(series):
            if values[i] <= 0:
                continue
            height = tall * values[i] / most
            y -= height
            text = number(values[i])
            fits = height >= LINE + 2 and _width(text, size) <= width - GAP
            shown = text if fits and values[i] != totals[i] else ""
            segments.append(_Cell(round(x, 1), round(y, 1), round(width, 1), round(height, 1), shown, j % kinds))
        columns.append(_Column(round(x, 1), round(width, 1), round(y, 1), number(totals[i]), size, upright, segments))
        texts.append(_Text(_wrap(label, pitch - GAP), round((i + 0.5) * pitch, 1), foot + LINE + 2, "middle"))
    lines = max((len(t.lines) for t in texts), default=0)
    return _draw(
        "bars", foot + lines * LINE + GAP, title, alt, uid, look,
        keys=keys, foot=foot, columns=columns, texts=texts,
    )  # fmt: skip


TRENDS_ACROSS = 3
_TALL = 54.0


def trends(
    found: list[Trend],
    *,
    title: str,
    alt: str,
    uid: str,
    number: Callable[[float], str],
    legend: list[tuple[str, str]],
    look: Look = templates.USUAL,
) -> str:
    """Small charts side by side, each with its first and last year and their values.

    ``legend`` names the kinds ``measured`` and ``wanted``; ``number`` writes a value as the document does.
    """
    keys, top = _legend(legend)
    pitch = (WIDTH + 4 * GAP) / TRENDS_ACROSS
    width = pitch - 4 * GAP
    charts: list[_Chart] = []
    texts: list[_Text] = []
    headings: list[_Text] = []
    y = top
    for start in range(0, len(found), TRENDS_ACROSS):
        row = found[start : start + TRENDS_ACROSS]
        heads = [_wrap(trend.label, width) for trend in row]
        roof = y + max(len(h) for h in heads) * LINE + 2 * LINE
        foot = roof + _TALL
        for i, (trend, head) in enumerate(zip(row, heads, strict=True)):
            left = round(i * pitch, 1)
            headings.append(_Text(head, left, y + LINE))
            chart, values = _chart(trend, left, width, roof, foot, number)
            charts.append(chart)
            texts += values
        y = foot + 2 * LINE + 2 * GAP
    return _draw("trends", y, title, alt, uid, look, keys=keys, texts=texts, headings=headings, charts=charts)


def _chart(
    trend: Trend, left: float, width: float, roof: float, foot: float, number: Callable[[float], str]
) -> tuple[_Chart, list[_Text]]:
    both = [*trend.measured, *trend.wanted]
    years, values = [year for year, _ in both], [value for _, value in both]
    first, last, low, high = min(years), max(years), min([0.0, *values]), max([0.0, *values])
    inner = width - 6 * GAP

    def place(point: tuple[int, float]) -> tuple[float, float]:
        year, value = point
        x = left + 3 * GAP + (inner * (year - first) / (last - first) if last > first else inner / 2)
        share = (value - low) / (high - low) if high > low else 0.0
        return round(x, 1), round(foot - share * (foot - roof), 1)

    wanted = [*[p for p in trend.measured if trend.wanted and p[0] < trend.wanted[0][0]][-1:], *trend.wanted]
    lines = [
        (kind, " ".join(f"{x},{y}" for x, y in map(place, points)))
        for kind, points in (("wanted", wanted), ("measured", list(trend.measured)))
        if len(points) > 1
    ]
    points = [("wanted", *place(p)) for p in trend.wanted] + [("measured", *place(p)) for p in trend.measured]
    ends = [min(both), max(both)] if last > first else both[:1]
    texts = []
    for point in ends:
        x, y = place(point)
        texts.append(_Text([number(point[1])], x, y - 8, "middle"))
        texts.append(_Text([str(point[0])], x, foot + LINE + 2, "middle"))
    return _Chart(left, round(left + width, 1), foot, lines, points), texts
