"""The pictures and the look they share."""

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
import typst

from vaaldplan.publish import figures, templates

NS = "{http://www.w3.org/2000/svg}"
TIERS = [("promotive", "Främjande"), ("preventive", "Förebyggande"), ("targeted", "Riktat")]
HOSTILE = "<script>alert(1)</script> & \"'{{ 7 * 7 }}"


def matrix(cells: list[list[int]], label: str = "Samhälle") -> str:
    rows = [f"{label} {i}" for i in range(len(cells))]
    return figures.matrix(rows, ["Främjande", "Riktat"], cells, title="Rutor", alt="Två gånger två", uid="rutor")


def timeline(*bars: figures.Bar, label: str = "Främjande") -> str:
    legend = [("promotive", label), *TIERS[1:], ("mark", "Avstämning"), ("open", "Utan slut")]
    return figures.timeline([2027, 2028, 2029], [*bars], title="Tider", alt="Rader", uid="tid", legend=legend)


def money(labels: list[str], *values: list[int], name: str = "Källa") -> str:
    series = [(f"{name} {i}", v) for i, v in enumerate(values)]
    return figures.bars(labels, series, title="Kostnad", alt="Per år", uid="kostnad", number=lambda n: f"{n} kr")


TREND = figures.Trend("U1 Andel (%)", ((2026, 10.0), (2027, 15.0)), ((2028, 20.0), (2030, 40.0)))


def trends(*found: figures.Trend) -> str:
    legend = [("measured", "Utfall"), ("wanted", "Målvärde")]
    return figures.trends(
        list(found), title="Utveckling", alt="Diagram", uid="u", number=lambda n: f"{n:g}", legend=legend
    )


def bar(**changes: Any) -> figures.Bar:
    return figures.Bar("Å1", 2027.25, 2028.5, "promotive", False, (), "Individ")._replace(**changes)


def texts(svg: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter(f"{NS}text")]


PICTURES = {
    "matrix": matrix([[4, 0], [1, 12]]),
    "matrix of zeros": matrix([[0, 0]]),
    "matrix without cells": figures.matrix([], [], [], title="t", alt="a", uid="u"),
    "timeline": timeline(bar(), bar(label="Å2", open_end=True, marks=(2028.0,), group="Samhälle"), bar(kind="")),
    "timeline of one point": timeline(bar(start=2028.0, end=2028.0)),
    "timeline outside its years": timeline(bar(start=2020.0, end=2040.0)),
    "timeline without years": figures.timeline([], [], title="t", alt="a", uid="u", legend=[]),
    "bars": money(["2027", "2028"], [900, 0], [100, 0]),
    "bars of many series": money(["2027"], *([[100]] * 9)),
    "bars without years": money([]),
    "trends": trends(TREND, TREND._replace(measured=()), TREND._replace(wanted=()), TREND),
    "trends of one year": trends(TREND._replace(measured=((2027, 4.0),), wanted=((2027, 5.0),))),
    "trends below zero": trends(TREND._replace(measured=((2026, -3.0), (2028, -1.0)))),
    "trends of zeros": trends(TREND._replace(measured=((2026, 0.0),), wanted=((2027, 0.0),))),
    "hostile trends": trends(TREND._replace(label=HOSTILE)),
    "hostile matrix": matrix([[1, 2]], HOSTILE),
    "hostile timeline": timeline(bar(label=HOSTILE, group=HOSTILE), label=HOSTILE),
    "hostile bars": money([HOSTILE], [5], [6], name=HOSTILE),
}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_named_well_formed_and_has_ids_of_its_own(name: str) -> None:
    root = ET.fromstring(PICTURES[name])
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    labels = (root.get("aria-labelledby") or "").split()
    assert root.get("role") == "img"
    assert [e.tag for e in root[:2]] == [f"{NS}title", f"{NS}desc"]
    assert labels == [e.get("id") for e in root[:2]]
    assert len(ids) == len(set(ids))
    assert all(i and i.startswith(f"{labels[0].removesuffix('-title')}-") for i in ids)
    used = {v[5:-1] for e in root.iter() for v in e.attrib.values() if v.startswith("url(#")}
    assert used <= set(ids)
    assert f"{NS}script" not in {e.tag for e in root.iter()}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_can_be_drawn_by_the_paper_engine(name: str) -> None:
    source = b'#set page(width: auto, height: auto)\n#image(bytes(sys.inputs.svg), format: "svg")'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[templates.folder() / "standard" / "fonts"])
    svg = {"svg": PICTURES[name]}
    made = typst.compile(source, format="pdf", font_paths=fonts, sys_inputs=svg, pdf_standards=["a-2b"])
    assert made.startswith(b"%PDF-")


def test_all_pictures_were_drawn() -> None:
    assert len(PICTURES) == 18


def test_the_matrix_writes_the_number_in_every_cell_and_dashes_the_empty_ones() -> None:
    svg = matrix([[4, 0], [1, 12]])
    colours = [e.get("fill") for e in ET.fromstring(svg).iter(f"{NS}rect")]
    heat = templates.look()["colour"]["heat"]
    assert texts(svg)[-4:] == ["4", "0", "1", "12"]
    assert svg.count("stroke-dasharray") == 1
    assert colours == [heat[1], templates.look()["colour"]["paper"], heat[0], heat[4]]


def test_long_labels_are_wrapped() -> None:
    words = texts(matrix([[1, 1]], "Kommunens alla verksamheter och samverkansparter"))
    assert "Kommunens alla" in " ".join(words)
    assert max(map(len, words)) < 30


def test_bars_without_an_end_fade_into_an_arrow() -> None:
    closed, opened = timeline(bar()), timeline(bar(open_end=True))
    assert opened.count("svg-tid-fade)") == closed.count("svg-tid-fade)") + 1
    assert opened.count("<path") == closed.count("<path") + 1


def test_the_timeline_keeps_bars_within_the_picture() -> None:
    root = ET.fromstring(PICTURES["timeline outside its years"])
    wide = [float(e.get("x", 0)) + float(e.get("width", 0)) for e in root.iter(f"{NS}rect")]
    assert max(wide) <= figures.WIDTH


def test_groups_have_headings_and_the_legend_names_every_kind() -> None:
    found = texts(timeline(bar(), bar(group="Samhälle"), bar(group="")))
    assert found[:5] == ["Främjande", "Förebyggande", "Riktat", "Avstämning", "Utan slut"]
    assert {"Individ", "Samhälle", "2027", "2028", "2029"} <= set(found)


def test_the_kinds_differ_in_pattern_as_well_as_colour() -> None:
    def patterns(kind: str) -> str:
        svg = figures.timeline([2027], [bar(kind=kind)], title="t", alt="a", uid="u", legend=[])
        fills = [e.get("fill", "") for e in ET.fromstring(svg).iter(f"{NS}rect")]
        return " ".join(f for f in fills if f.startswith("url("))

    assert patterns("promotive") == "url(#svg-u-promotive)"
    assert patterns("preventive") == "url(#svg-u-preventive)"
    assert patterns("targeted") == ""


def test_many_years_do_not_crowd_the_timeline() -> None:
    svg = figures.timeline(list(range(2000, 2060)), [bar()], title="t", alt="a", uid="u", legend=[])
    assert 10 < sum(t.startswith("20") for t in texts(svg)) < 20


def test_bars_have_their_sum_above_and_values_where_they_fit() -> None:
    found = texts(money(["2027", "2028", "2029"], [900, 0, 50], [100, 0, 2]))
    assert {"1000 kr", "900 kr", "100 kr", "0 kr", "52 kr"} <= set(found)
    assert "2 kr" not in found


def test_a_trend_tells_its_first_and_last_year_and_their_values() -> None:
    svg = trends(TREND)
    assert texts(svg)[-4:] == ["10", "2026", "40", "2030"]
    assert svg.count("<circle") == 2 + 4  # the legend has one of each
    wanted, measured = (e for e in ET.fromstring(svg).iter(f"{NS}polyline"))
    assert len(measured.get("points", "").split()) == 2
    assert len(wanted.get("points", "").split()) == 3  # it starts from what was last measured
    assert wanted.get("stroke-dasharray")
    assert not measured.get("stroke-dasharray")


def test_trends_stand_inside_the_picture_each_in_its_place() -> None:
    root = ET.fromstring(PICTURES["trends"])
    width, height = (float(size) for size in root.get("viewBox", "").split()[2:])
    points = [(float(e.get("cx", "")), float(e.get("cy", ""))) for e in root.iter(f"{NS}circle")]
    assert len(points) == 2 + 4 + 2 + 2 + 4
    assert all(0 < x < width and 0 < y < height for x, y in points)
    assert len(set(points)) == len(points)


def test_a_year_without_money_is_dashed() -> None:
    assert money(["2027", "2028"], [900, 0]).count("stroke-dasharray") == 1


def test_sums_are_turned_when_the_bars_are_narrow() -> None:
    years = [str(y) for y in range(2020, 2040)]
    assert "rotate(-90)" in money(years, [10**9] * 20)
    assert "rotate(-90)" not in money(years[:4], [10**6] * 4)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_contrast_is_enough_everywhere() -> None:
    colour = templates.look()["colour"]
    pairs = [(ink, paper) for ink in ("ink", "muted", "accent", "link") for paper in ("paper", "pale", "status_pale")]
    pairs += [("paper", dark) for dark in ("accent", "accent2", "accent3", "status")]
    shown = [(colour[a], colour[b]) for a, b in pairs]
    shown += list(zip(colour["heat"], colour["heat_ink"], strict=True))
    shown += list(zip(colour["series"], colour["series_ink"], strict=True))
    assert len(shown) == 27
    assert [(a, b) for a, b in shown if contrast(a, b) < 4.5] == []


def test_lines_and_bars_are_seen_against_paper() -> None:
    colour = templates.look()["colour"]
    lines = [colour["rule"], colour["status"], *colour["tier_line"].values()]
    assert [c for c in lines if contrast(c, colour["paper"]) < 3] == []


def test_the_tiers_differ_in_grey() -> None:
    tiers = sorted(luminance(c) for c in templates.look()["colour"]["tier"].values())
    assert len(tiers) == 3
    assert all((b + 0.05) / (a + 0.05) > 1.2 for a, b in pairwise(tiers))
