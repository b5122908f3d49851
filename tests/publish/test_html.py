"""The HTML file: its structure, that text stays text, and that it needs nothing from outside."""

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
import sample
from jinja2 import UndefinedError

from vaaldplan.publish import html, templates
from vaaldplan.publish.templates_jinja import environment

VOID = {"meta", "br", "wbr", "col", "link", "img", "input", "hr"}
KINDS = {"h", "p", "ul", "ol", "dl", "quote", "table", "figure", "card", "summary", "toc", "callout"}
INLINES = {"text", "br", "strong", "em", "link", "note"}
HOSTILE = r"""#let x = 1 *a* [c](d) <script>alert(1)</script> <!-- --> $x$ \ {#id} & &amp; " ' {{ 7*7 }} {% x %} << 7 >> ]]>"""
ADDRESS = "https://a.se/?a='&amp;b=%22(x);"


class Page(HTMLParser):
    """Reads a page: its elements in order, with their attributes and all text within them. Fails on a tag not closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[list[str]] = []
        self.parents: list[list[str]] = []
        self.open: list[tuple[str, int]] = []
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.words.append([])
        self.parents.append([name for name, _ in self.open])
        if tag not in VOID:
            self.open.append((tag, len(self.elements) - 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, index in self.open:
            self.words[index].append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """The text of every such element, white space put together."""
        return [
            " ".join("".join(words).split())
            for (name, attrs), words in zip(self.elements, self.words, strict=True)
            if name == tag and attributes.items() <= attrs.items()
        ]

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def page(**changes: Any) -> Page:
    return Page(html.write(sample.tree(**changes)))


def found_kinds(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value.get("t", "")}.union(*map(found_kinds, value.values()))
    return set().union(*map(found_kinds, value)) if isinstance(value, list) else set()


def test_the_sample_has_every_kind_of_block_and_inline() -> None:
    tree = sample.tree()
    assert found_kinds([tree["blocks"], tree["notes"]]) - {""} == KINDS | INLINES


def test_ids_are_unique_and_every_reference_to_one_resolves() -> None:
    found = page()
    ids = found.attributes("id")
    inner = [h[1:] for h in found.attributes("href") if h.startswith("#")]
    labels = [i for value in found.attributes("aria-labelledby") for i in value.split()]
    assert len(ids) == len(set(ids))
    assert len(inner) > 25
    assert set(inner) <= set(ids)
    assert set(labels) <= set(ids)


def test_one_title_and_no_level_of_heading_is_skipped() -> None:
    found = page()
    levels = [int(tag[1]) for tag, _ in found.elements if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    assert found.texts("h1") == ["Handlingsplan mot våld 2027–2030"]
    assert found.texts("title")[0] == "Handlingsplan mot våld 2027–2030 – Lövhamra kommun"
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(levels) == 5
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_table_heads_have_scope_and_totals_stand_apart() -> None:
    found = page()
    scopes = [attrs.get("scope") for tag, attrs in found.elements if tag == "th"]
    tables = sum(tag == "table" for tag, _ in found.elements)
    assert tables == 3
    assert scopes.count("col") == 5 + 5 + 2
    assert scopes.count("row") == 6 + 5 + 1
    assert len(scopes) == 24
    assert found.texts("tbody", **{"class": "sums"}) == ["Summa5 000 0003 600 000–8 600 000"]
    assert found.texts("caption") == [
        "Tabell 1. Åtgärder för målet Färre utsätts för våld i nära relationer",
        "Tabell 2. Kostnad per nämnd och år, kronor",
    ]


def test_what_may_scroll_sideways_is_reached_by_keyboard_and_named() -> None:
    found = page()
    areas = [attrs for tag, attrs in found.elements if attrs.get("class") in {"table", "picture"}]
    assert len(areas) == 6
    assert all(a["tabindex"] == "0" and a["role"] in {"region", "group"} for a in areas)
    assert all(a.get("aria-labelledby") or a.get("aria-label") for a in areas)


def test_an_empty_cell_is_not_a_heading() -> None:
    blocks = [sample.table("t", 1, "Rubrik", ["", "År"], [[[], [sample.text("1")]]])]
    found = page(blocks=blocks)
    assert found.texts("th") == ["År"]
    assert found.texts("td") == ["", "", "1"]


def test_notes_lead_there_and_back() -> None:
    found = page()
    there = [a["href"] for _, a in found.elements if a.get("role") == "doc-noteref"]
    back = [a["href"] for _, a in found.elements if a.get("role") == "doc-backlink"]
    assert there == ["#doc-note-1", "#doc-note-2", "#doc-note-3", "#doc-note-1"]
    assert sorted(back) == sorted(f"#{a['id']}" for _, a in found.elements if a.get("role") == "doc-noteref")
    assert len(set(back)) == 4


def test_the_contents_link_to_headings_and_hold_no_notes_or_links() -> None:
    head = {
        "t": "h",
        "level": 1,
        "c": [sample.link("https://a.se", "Länk"), sample.note(0)],
        "id": "x",
        "nr": "1",
        "toc": True,
    }
    found = page(blocks=[{"t": "toc"}, head])
    assert found.texts("nav") == ["Innehåll 1 Länk"]
    assert found.texts("h2")[1] == "1 Länk1"
    assert [a for tag, a in found.elements if tag == "a"][1] == {"href": "#x"}


def test_a_document_without_contents_status_or_notes() -> None:
    found = page(blocks=[sample.p("Text")], notes=[], status=None, notice="", meta=[], subtitle="", municipality="")
    assert found.texts("nav") == []
    assert found.texts("header") == ["Handlingsplan mot våld 2027–2030"]
    assert found.texts("main") == ["Text"]
    assert found.texts("title") == ["Handlingsplan mot våld 2027–2030"]


def test_the_cover_shows_status_notice_and_facts() -> None:
    found = page()
    header = found.texts("header")[0]
    tree = sample.tree()
    assert tree["status"]
    told = [tree["status"]["mark"], tree["status"]["text"], tree["notice"], tree["municipality"], tree["subtitle"]]
    assert [t for t in told if t not in header] == []
    assert found.texts("html", lang="sv")
    assert len(found.texts("dd")) > len(tree["meta"])


def test_cards_are_articles_named_by_their_headings() -> None:
    found = page()
    labels = [attrs["aria-labelledby"] for tag, attrs in found.elements if tag == "article"]
    assert labels == [f"a-{i}" for i in range(1, 7)]


def test_lists_nest_and_begin_where_they_should() -> None:
    found = page()
    assert [a for tag, a in found.elements if tag == "ol"][:2] == [{}, {"start": "3"}]
    assert (
        "Åtgärderna säger vad kommunen gör: främjande, för alla"
        in found.texts("li")[found.texts("li").index("främjande, för alla") - 1]
    )


def test_no_space_is_put_between_inlines() -> None:
    text = sample.p("a", sample.strong("b"), sample.em("c"), sample.link("https://a.se", "d"), sample.note(0), "e")
    assert page(blocks=[text]).texts("main")[0].startswith("abcd1e")


@pytest.mark.parametrize(
    "target", ["https://a.se/?b=1&c=2", "http://a.se", "HTTPS://a.se", "mailto:a@b.se", "tel:+4610", "#inledning"]
)
def test_these_schemes_become_links(target: str) -> None:
    blocks = [sample.h(1, "Inledning", "inledning"), sample.p(sample.link(target, "hit"))]
    assert target in page(blocks=blocks, notes=[]).attributes("href")


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd",
     "//a.se", "/a", "ftp://a.se", "https:a.se", "vbscript:x", ""],
)  # fmt: skip
def test_other_schemes_are_shown_as_text(target: str) -> None:
    found = page(blocks=[sample.p(sample.link(target, "hit"))], notes=[])
    assert found.attributes("href") == ["#doc-main"]
    assert found.texts("p")[-2:] == ["hit", sample.tree()["footer"]]


def test_hostile_text_is_shown_literally_everywhere() -> None:
    word = [sample.text(HOSTILE)]
    blocks = [
        {"t": "summary", "blocks": [{"t": "h", "level": 1, "c": word, "id": "x", "nr": HOSTILE, "toc": True}]},
        {"t": "toc"},
        sample.p(HOSTILE, sample.strong(HOSTILE), sample.em(HOSTILE), sample.link(ADDRESS, HOSTILE)),
        sample.ul([sample.p(HOSTILE)], [sample.p(HOSTILE), sample.p(HOSTILE)]),
        sample.dl((HOSTILE, [word])),
        {"t": "quote", "blocks": [sample.p(HOSTILE)]},
        {"t": "callout", "blocks": [sample.p(HOSTILE)]},
        sample.table("t", 1, HOSTILE, [HOSTILE, HOSTILE], [[word, word]], sums=1),
    ]
    page_bytes = html.write(
        sample.tree(
            title=HOSTILE, subtitle=HOSTILE, municipality=HOSTILE, notice=HOSTILE, footer=HOSTILE, date=HOSTILE,
            status={"mark": HOSTILE, "text": HOSTILE}, meta=[(HOSTILE, HOSTILE)], keywords=[HOSTILE], notes=[word],
            words=dict.fromkeys(sample.WORDS, HOSTILE), blocks=blocks,
        )
    )  # fmt: skip
    found = Page(page_bytes)
    shown = " ".join(found.texts("html"))
    assert "script" not in {tag for tag, _ in found.elements}
    assert b"<script" not in page_bytes
    assert "49" not in shown
    assert shown.count(" ".join(HOSTILE.split())) == 36
    assert ADDRESS in found.attributes("href")


def test_characters_that_html_forbids_are_named_instead() -> None:
    found = page(blocks=[sample.p("a\x00b\x1bc\ufffed\ud800e\tf😀")])
    assert "a[U+0000]b[U+001B]c[U+FFFE]d[U+D800]e f😀" in found.texts("p")


def test_links_to_places_that_are_gone_are_text() -> None:
    found = page(blocks=[sample.p(sample.link("#borta", "hit"))], notes=[])
    assert found.attributes("href") == ["#doc-main"]


def test_very_long_words_are_kept_and_addresses_may_break() -> None:
    address = "https://www.exempel.se/en/mycket/lang/adress.html?med=fragor&och=svar"
    found = page(blocks=[sample.p("x" * 5000), sample.p(address), sample.p("och/eller, t.ex. 2027–2030")])
    assert {"x" * 5000, address} <= set(found.texts("p"))
    assert sum(tag == "wbr" for tag, _ in found.elements) >= 4


def test_nothing_is_fetched_and_nothing_runs() -> None:
    found = page()
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "base", "form", "audio", "video"}
    assert not [name for _, attrs in found.elements for name in attrs if name.startswith("on") or name == "src"]
    style = "".join(found.texts("style"))
    assert "font-family" in style
    assert "url(" not in style
    assert "@import" not in style


def test_the_style_holds_what_readers_need() -> None:
    style = "".join(page().texts("style"))
    for need in ("@media print", "table-header-group", "break-inside: avoid", ":focus-visible", "color-scheme", "{{"):
        assert (need in style) is (need != "{{")


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert html.write(sample.tree()) == html.write(sample.tree())


def test_english() -> None:
    assert page(lang="en").texts("html", lang="en")


def test_templates_fail_on_unknown_names_and_escape_as_their_kind_does() -> None:
    web, source = environment("html"), environment("markdown", lambda value: str(value).upper())
    assert web.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    assert source.from_string("{{ a }} <# note #><< x >>\n").render(x="<b>") == "{{ a }} <B>\n"
    for one, text in ((web, "{{ y }}"), (source, "<< y >>")):
        with pytest.raises(UndefinedError):
            one.from_string(text).render()


def test_the_templates_are_found_beside_the_source() -> None:
    assert {f.name for f in (templates.folder() / "standard").iterdir()} >= {
        "document.html",
        "look.toml",
        "figures.svg",
    }
