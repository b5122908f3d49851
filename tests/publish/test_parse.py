"""The source of a document becomes a tree; the author's text can never act as source."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaaldplan.publish import commonmark
from vaaldplan.publish.markup import BREAK, CAPTION, PROSE, Figure, Markup, Proses, escape, pieces
from vaaldplan.publish.parse import grow, plain_text
from vaaldplan.publish.tree import Block


def tree(source: str, prose: str = "") -> list[Block]:
    proses = Proses()
    return grow(
        source.replace("@", proses.mark(prose)) if prose else source, proses, {"bild": Figure("<svg/>", "alt")}
    ).blocks


def text(value: Any) -> str:
    """All the words of a tree."""
    if isinstance(value, list):
        return " ".join(text(v) for v in value)
    if not isinstance(value, dict):
        return ""
    own = str(value.get("v", "")) + str(value.get("caption", ""))
    return " ".join([own, *(text(v) for v in value.values() if isinstance(v, list | dict))])


HOSTILE = [
    "# rubrik", "*em* **strong** _x_", "[länk](https://a.se)", "![bild](bild)", "<script>alert(1)</script>", "a | b", "{#id .klass}",
    "::: card", "[TOC]", "<< x >> <% y %> <# z #>", "- punkt", "1. ett", "> citat", ": betydelse", "[^1]", "`kod`", "~~~", "\\", "&amp; &lt;",
    f"{PROSE}0{PROSE}", "$x$ #let x = 1 @ref", "---", "Rad\n\nny", "http://a.se",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_escaped_text_shows_literally_wherever_it_stands(hostile: str) -> None:
    shown = " ".join(hostile.replace(PROSE, "").split())
    e = escape(hostile)
    source = f"# {e} {{#r}}\n\n{e}\n\n- {e}\n\n{e}\n: {e}\n\n| {e} | b |\n|---|---|\n| {e} | {e} |\n\n{CAPTION}{e} {{#t}}\n\n![{e}](bild)\n"
    blocks = tree(source)
    assert [b["t"] for b in blocks] == ["h", "p", "ul", "dl", "table", "figure"]
    heading, paragraph, items, terms, table, figure = blocks
    found = [
        plain_text(heading["c"]), plain_text(paragraph["c"]), plain_text(items["items"][0][0]["c"]),
        plain_text(terms["items"][0]["term"]), plain_text(terms["items"][0]["desc"][0]), plain_text(table["head"][0]),
        plain_text(table["rows"][0][0]), plain_text(table["rows"][0][1]), table["caption"], figure["caption"],
    ]  # fmt: skip
    assert [" ".join(f.split()) for f in found] == [shown] * 10
    assert heading["id"] == "r"
    assert table["id"] == "t"


@given(st.text(max_size=60))
def test_any_text_survives_a_cell(value: str) -> None:
    blocks = tree(f"| a | b |\n|---|---|\n| x{escape(value)}x | b |\n")
    assert [b["t"] for b in blocks] == ["table"]
    assert len(blocks[0]["rows"]) == 1
    assert len(blocks[0]["rows"][0]) == 2


@given(st.text(max_size=200))
def test_any_prose_gives_a_tree(value: str) -> None:
    grow(f"# A {{#a}}\n\n{PROSE}0{PROSE}\n", _proses(value), {})


def _proses(value: str) -> Proses:
    proses = Proses()
    proses.mark(value)
    return proses


def test_prose_cannot_use_what_only_the_source_may() -> None:
    prose = "# Rubrik {#stulen .card}\n\n::: card\n\n[TOC]\n\n![x](bild)\n\n<b>fet</b>\n\nTerm\n: betydelse"
    blocks = tree("# Kapitel {#k}\n\n@", prose)
    assert {b["t"] for b in blocks} == {"h", "p"}
    assert blocks[1]["id"] != "stulen"
    assert "<b>fet</b>" in text(blocks)


def test_headings_in_prose_sink_below_the_chapter_and_skip_no_level() -> None:
    blocks = tree("# Kapitel {#k}\n\n## Avsnitt {#a}\n\n@", "### Ett\n\n# Två\n\n###### Tre")
    assert [b["level"] for b in blocks if b["t"] == "h"] == [1, 2, 3, 3, 4]


def test_headings_tables_and_figures_are_numbered() -> None:
    grown = grow(
        "# A {#a}\n\n## B {#b}\n\n# C {#c .unnumbered}\n\n# D {#d .notoc}\n\n| x |\n|---|\n| y |\n\n"
        + CAPTION
        + "T {#t}\n\n![F](bild)\n",
        Proses(),
        {"bild": Figure("<svg/>", "alt")},
    )
    assert [b["nr"] for b in grown.blocks if b["t"] == "h"] == ["1", "1.1", "", "2"]
    assert [(t["nr"], t["id"], t["level"]) for t in grown.toc] == [("1", "a", 1), ("1.1", "b", 2), ("", "c", 1)]
    assert [b["nr"] for b in grown.blocks if b["t"] in ("table", "figure")] == [1, 1]


def test_footnotes_are_numbered_through_the_document() -> None:
    proses = Proses()
    one, two = proses.mark("Ett[^a].\n\n[^a]: Not *ett*."), proses.mark("Två[^a].\n\n[^a]: Not två.")
    grown = grow(f"# A {{#a}}\n\n{one}\n\n{two}", proses, {})
    assert [plain_text(n) for n in grown.notes] == ["Not ett.", "Not två."]
    assert [x["n"] for b in grown.blocks if b["t"] == "p" for x in b["c"] if x["t"] == "note"] == [0, 1]


def test_links_lead_somewhere_or_are_text() -> None:
    prose = "[a](https://a.se) [b](javascript:x) [c](#k) [d](#saknas) [e](bilaga.pdf) [f](mailto:a@b.se)"
    blocks = tree("# K {#k}\n\n@", prose)
    links = {plain_text(x["c"]): x["to"] for x in blocks[1]["c"] if x["t"] == "link"}
    assert links == {"a": "https://a.se", "c": "#k", "f": "mailto:a@b.se"}
    assert "e (bilaga.pdf)" in plain_text(blocks[1]["c"])


def test_markup_passes_and_breaks_stand_in_cells() -> None:
    assert escape(Markup("*a*")) == "*a*"
    blocks = tree(f"# A {{#a}}\n\n| x |\n|---|\n| a{BREAK}b |\n")
    assert [x["t"] for x in blocks[1]["rows"][0][0]] == ["text", "br", "text"]


def test_a_source_in_pieces_means_the_same_as_a_whole() -> None:
    card = "::: card\n\n## Ett kort {#kort}\n\nTerm\n: Text\n\n### Under {.notoc}\n\n- a\n- b\n\n:::"
    parts = [
        "Först.",
        "# Ett {#ett}\n\n@",
        card,
        card,
        "| a |\n|---|\n| # b |",
        "::: summary\n\n# Inuti\n\nText.\n\n:::",
        "# Sist",
    ]
    source = "\n\n".join(parts).replace("@", Proses().mark("x").strip())
    cut = list(pieces(source))
    assert "\n".join(cut) == source
    assert len(cut) == 6
    cut = [node.pretty(show_text=True) for piece in pieces(source) for node in commonmark.nodes(True, piece)]
    assert cut == [node.pretty(show_text=True) for node in commonmark.nodes(True, source)]
