"""The Word file: well made, complete, accessible, and the same every time."""

import io
import re
import zipfile
from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

import pytest
import sample as s
import strange
from docx import Document
from docx.oxml.ns import nsmap, qn
from lxml import etree

from vaaldplan.publish import docx, templates
from vaaldplan.publish.docx_package import LONGEST_PROPERTY
from vaaldplan.publish.printable import Characters
from vaaldplan.publish.tree import Tree

TEXTS = ("word/document.xml", "word/footnotes.xml")


@cache
def archive() -> zipfile.ZipFile:
    return opened(s.tree())


def opened(tree: Tree) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(docx.write(tree)))


def parsed(file: zipfile.ZipFile, name: str = "word/document.xml") -> Any:
    return etree.fromstring(file.read(name))


def paragraphs(root: Any, style: str = "") -> list[Any]:
    """The paragraphs with a style whose id begins like this."""
    found = root.iter(qn("w:p"))
    return [
        p for p in found if not style or (p.find("./{*}pPr/{*}pStyle") is not None and style_of(p).startswith(style))
    ]


def style_of(paragraph: Any) -> str:
    return str(paragraph.find("./{*}pPr/{*}pStyle").get(qn("w:val")))


def text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


# ------------------------------------------------------------ the file


def test_the_same_tree_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert docx.write(s.tree()) == docx.write(s.tree())
    assert {entry.date_time for entry in archive().infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed_and_declared() -> None:
    file = archive()
    assert file.testzip() is None
    types = parsed(file, "[Content_Types].xml")
    declared = {e.get("PartName") for e in types} | {e.get("Extension") for e in types}
    names = [n for n in file.namelist() if n != "[Content_Types].xml"]
    assert len(names) == len(set(names)) > 12
    for name in names:
        assert f"/{name}" in declared or name.rsplit(".", 1)[-1] in declared, name
        if not name.endswith(".png"):
            etree.fromstring(file.read(name))


def test_the_properties_come_from_the_tree_and_name_no_one_else() -> None:
    tree = s.tree()
    properties = Document(io.BytesIO(docx.write(tree))).core_properties
    assert properties.title == tree["title"]
    assert properties.subject == tree["subtitle"]
    assert properties.author == properties.last_modified_by == tree["municipality"]
    assert properties.keywords == "handlingsplan, våldsförebyggande arbete"
    assert properties.language == "sv-SE"
    assert properties.comments == ""
    assert properties.created == properties.modified == datetime.fromisoformat(f"{tree['date']}T00:00:00+00:00")
    assert not any("app.xml" in n or "thumbnail" in n for n in archive().namelist())


def test_properties_too_long_for_word_are_cut() -> None:
    properties = Document(io.BytesIO(docx.write(s.tree(title="t" * 300, keywords=["k" * 300])))).core_properties
    assert len(properties.title) == len(properties.keywords) == LONGEST_PROPERTY


@pytest.mark.parametrize(("lang", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_the_language_is_set(lang: str, code: str) -> None:
    file = opened(s.tree(lang=lang))
    languages = [e.get(qn("w:val")) for e in parsed(file, "word/styles.xml").iter(qn("w:lang"))]
    assert languages == [code]
    settings = parsed(file, "word/settings.xml")
    assert settings.find(qn("w:themeFontLang")).get(qn("w:val")) == code


def test_words_are_hyphenated_and_the_settings_stand_in_the_order_of_the_schema() -> None:
    names = [etree.QName(e).localname for e in parsed(archive(), "word/settings.xml")]
    assert names.index("autoHyphenation") == names.index("defaultTabStop") + 1
    assert names.index("footnotePr") < names.index("compat")


def test_styles_that_are_used_are_there() -> None:
    file = archive()
    styles = [e.get(qn("w:styleId")) for e in parsed(file, "word/styles.xml").iter(qn("w:style"))]
    assert len(styles) == len(set(styles)) > 30
    used = Counter()
    for name in file.namelist():
        if name.startswith("word/") and name.endswith(".xml") and name != "word/styles.xml":
            for tag in ("pStyle", "rStyle", "tblStyle"):
                used.update(e.get(qn("w:val")) for e in parsed(file, name).iter(qn(f"w:{tag}")))
    assert len(used) > 20
    assert set(used) <= set(styles)


# ------------------------------------------------------------ what it says


@pytest.mark.parametrize("name", ["sample", *(n for n in strange.TREES if n != "links")])
def test_every_text_is_there(name: str) -> None:
    tree = s.tree(**strange.TREES.get(name, {}))
    file = opened(tree)
    read = "".join(text(parsed(file, n)) for n in TEXTS)
    heads = "".join(text(parsed(file, n)) for n in file.namelist() if re.match(r"word/(?:header|footer)\d", n))
    assert tree["footer"].translate(Characters()) in heads
    notes = [tree["notes"][n] for n in (0, 1, 2)] if name == "sample" else []
    wanted = strange.words([tree["blocks"], tree["meta"], tree["notice"], tree["status"], tree["title"], notes])
    assert [w[:60] for w in wanted if w.translate(Characters()) not in read] == []


def test_signs_of_xml_are_texts_everywhere() -> None:
    signs = "\"<&>'"
    blocks = [
        {**s.h(1, "", "rubrik"), "c": [s.text(signs)]},
        s.p(s.text(signs), s.link("https://www.exempel.se/?a=b&c='", signs)),
        s.table("tabell", 1, signs, [signs, "b"], [s.row(signs, "c")]),
        {**s.matrix(), "alt": signs, "caption": signs},
    ]
    tree = s.tree(title=signs, municipality=signs, footer=signs, keywords=[signs], blocks=blocks, toc=[])
    file = opened(tree | {"identity": {"plan": signs, "version": signs, "content": signs}})
    roots = {name: parsed(file, name) for name in file.namelist() if name.endswith((".xml", ".rels"))}
    assert len(roots) > 12
    body = roots["word/document.xml"]
    assert text(body).count(signs) == 9
    assert {t.get(qn("w:val")) for t in body.iter(qn("w:tblCaption"))} == {"Uppgifter om dokumentet", signs}
    assert [p.get("descr") for p in body.iter(qn("wp:docPr"))] == [signs]
    assert sum(e.text == signs for name in ("core", "custom") for e in roots[f"docProps/{name}.xml"].iter()) == 7
    edges = [name for name in roots if re.match(r"word/(?:header|footer)\d", name)]
    assert sum(text(roots[name]).count(signs) for name in edges) == 2


def test_the_mark_is_in_the_header_of_every_page_and_said_on_the_cover() -> None:
    file = archive()
    headers = [n for n in file.namelist() if re.match(r"word/header\d", n)]
    assert len(headers) == 2
    assert all("FÖRSLAG" in text(parsed(file, n)) for n in headers)
    body = parsed(file)
    kinds = {e.get(qn("w:type")) for e in body.iter(qn("w:headerReference"))}
    assert kinds == {"first", "default"}
    cover = paragraphs(body, "CoverStatus")
    assert [text(p).replace("\u00a0", "") for p in cover] == ["FÖRSLAG\u2003Förslag till handlingsplan. Inte beslutat."]


def test_an_adopted_plan_has_no_mark() -> None:
    file = opened(s.tree(status=None))
    assert not any("FÖRSLAG" in file.read(n).decode() for n in file.namelist() if n.endswith(".xml"))


def test_the_footer_counts_the_pages() -> None:
    file = archive()
    footers = [parsed(file, n) for n in file.namelist() if re.match(r"word/footer\d", n)]
    full = next(f for f in footers if text(f))
    assert text(full) == "Lövhamra kommun · KS 2026/00417Sida 1 (1)"
    assert [i.text.strip() for i in full.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_inlines_are_written_the_same_way_everywhere() -> None:
    inlines = [
        s.text("vanlig "), s.BOLD_ITALIC, s.BR, {"t": "em", "c": [s.link("#k", "inre"), s.link("https://www.exempel.se/", "yttre")]},
    ]  # fmt: skip
    heading = {**s.h(1, "", "k"), "c": inlines}
    blocks = [
        heading,
        s.p(*inlines),
        s.ul([s.p(*inlines)]),
        {"t": "callout", "blocks": [s.p(*inlines)]},
        s.table("t", 1, "Tabell", ["a", "b"], [s.row("c", inlines)]),
        s.dl(("Term", [inlines])),
        s.p(s.note(0)),
    ]
    file = opened(s.tree(blocks=blocks, toc=[], notes=[inlines]))
    places = [p for n in TEXTS for p in paragraphs(parsed(file, n)) if "vanlig" in text(p)]
    assert len(places) == 7
    for place in places:
        assert len(list(place.iter(qn("w:hyperlink")))) == 2
        assert len(list(place.iter(qn("w:br")))) == 1
        italic = [text(r) for r in place.iter(qn("w:r")) if r.find("./{*}rPr/{*}i") is not None]
        assert italic == ["kursiv", "inre", "yttre"]
        bold = [text(r) for r in place.iter(qn("w:r")) if r.find("./{*}rPr/{*}b") is not None]
        assert bold == ["fet och ", "kursiv"]


# ------------------------------------------------------------ structure


def test_headings_are_headings() -> None:
    found = paragraphs(parsed(archive()), "Heading")
    shown = [(style_of(p), text(p)) for p in found]
    assert shown[:4] == [
        ("Heading1", "Planen på en sida"),
        ("Heading1", "1 Inledning"),
        ("Heading2", "1.1 Så läser du planen"),
        ("Heading3", "Begrepp"),
    ]
    assert [style for style, words in shown if words.startswith("Å")] == ["Heading2Card"] * 6
    assert len(shown) == 1 + 4 + 2 + 1 + 1 + 6
    levels = {
        e.get(qn("w:styleId")): e.find("./{*}pPr/{*}outlineLvl") for e in parsed(archive(), "word/styles.xml").iter(qn("w:style"))
    }  # fmt: skip
    assert [levels[f"Heading{n}"].get(qn("w:val")) for n in range(1, 5)] == ["0", "1", "2", "3"]


def test_the_contents_are_a_field_that_is_already_filled() -> None:
    body = parsed(archive())
    contents = body.find(f".//{qn('w:sdt')}")
    lines = [text(p) for p in paragraphs(contents, "TOC")]
    assert lines[0] == "Innehåll"
    assert lines[2:4] == ["1 Inledning4", "1.1 Så läser du planen4"]
    assert len(lines) == 1 + len(s.tree()["toc"])
    instructions = [i.text.strip() for i in contents.iter(qn("w:instrText"))]
    assert instructions[0] == r'TOC \o "1-2" \h \z'
    assert instructions[2] == r"PAGEREF p_inledning \h"


def test_fields_are_opened_and_closed() -> None:
    file = archive()
    for name in [n for n in file.namelist() if re.match(r"word/(?:document|footer\d)", n)]:
        kinds = [e.get(qn("w:fldCharType")) for e in parsed(file, name).iter(qn("w:fldChar"))]
        depth = 0
        for kind in kinds:
            depth += {"begin": 1, "separate": 0, "end": -1}[kind]
            assert depth >= 0
        assert depth == 0
        counts = Counter(kinds)
        assert counts["begin"] == counts["separate"] == counts["end"]


def test_links_lead_somewhere_and_numbers_are_unique() -> None:
    file = archive()
    body = parsed(file)
    names = [e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len({n.lower() for n in names}) > 20
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", n, re.ASCII) for n in names)
    starts, ends = ([e.get(qn("w:id")) for e in body.iter(qn(f"w:bookmark{x}"))] for x in ("Start", "End"))
    assert starts == sorted(set(starts), key=int)
    assert sorted(starts) == sorted(ends)
    anchors = [e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink")) if e.get(qn("w:anchor"))]
    assert len(anchors) > 15
    assert set(anchors) <= set(names)
    references = {
        i.text.split()[1] for i in body.iter(qn("w:instrText")) if i.text.split()[0] in ("PAGEREF", "NOTEREF")
    }
    assert references <= set(names)
    assert "note_0" in references
    for part in ("document", "footnotes"):
        relations = {e.get("Id"): e.get("Target") for e in parsed(file, f"word/_rels/{part}.xml.rels")}
        outside = [
            e.get(qn("r:id")) for e in parsed(file, f"word/{part}.xml").iter(qn("w:hyperlink")) if e.get(qn("r:id"))
        ]
        assert outside
        assert all(relations[i].startswith(("https:", "mailto:", "tel:")) for i in outside)


def test_dangerous_and_dead_links_are_text() -> None:
    file = opened(s.tree(blocks=strange.LINKS, toc=[]))
    links = [text(e) for e in parsed(file).iter(qn("w:hyperlink"))]
    assert links == ["intern", "extern"]
    assert "mellanslag" in text(parsed(file))


def test_bookmarks_are_unique_whatever_the_ids() -> None:
    ids = ["Mål 1", "mal-1", "Mal_1", "1", "x" * 50 + "a", "x" * 50 + "b"]
    blocks = [s.h(1, name, name) for name in ids] + [s.p(*(s.link(f"#{name}", name) for name in ids))]
    body = parsed(opened(s.tree(blocks=blocks, toc=[])))
    names = [e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))]
    assert len({n.lower() for n in names}) == len(ids)
    assert [e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))] == names
    assert max(map(len, names)) <= 40


def test_footnotes_are_footnotes() -> None:
    file = archive()
    notes = parsed(file, "word/footnotes.xml")
    shown = {int(e.get(qn("w:id"))): text(e).strip() for e in notes}
    assert list(shown) == [-1, 0, 1, 2, 3]
    assert shown[1] == "Socialtjänstlag (2025:400), 2025:400."
    references = [e.get(qn("w:id")) for e in parsed(file).iter(qn("w:footnoteReference"))]
    assert references == ["1", "2", "3"]
    again = [i for i in parsed(file).iter(qn("w:instrText")) if "NOTEREF" in i.text]
    assert len(again) == 1


def test_lists_are_lists_and_begin_with_their_own_number() -> None:
    file = archive()
    points = [p for p in paragraphs(parsed(file)) if p.find("./{*}pPr/{*}numPr") is not None]
    shown = [(p.find(".//{*}numId").get(qn("w:val")), p.find(".//{*}ilvl").get(qn("w:val"))) for p in points]
    assert shown == [("1", "0")] * 3 + [("1", "0")] * 2 + [("2", "1")] * 3 + [("1", "0")] + [("3", "0")] * 2
    numbering = parsed(file, "word/numbering.xml")
    numbers = {e.get(qn("w:numId")): e.find(".//{*}startOverride") for e in numbering.iter(qn("w:num"))}
    assert [numbers[n].get(qn("w:val")) for n in ("2", "3")] == ["1", "3"]


def test_tables_have_heads_that_are_repeated_and_rows_that_are_kept_whole() -> None:
    tables = list(parsed(archive()).iter(qn("w:tbl")))
    assert len(tables) == 1 + 1 + 3 + 6  # cover, terms, tables, cards
    heads = [len(list(t.iter(qn("w:tblHeader")))) for t in tables]
    assert heads == [0, 0, 1, 1, 1] + [0] * 6
    for table in tables:
        rows = list(table.iter(qn("w:tr")))
        assert len(list(table.iter(qn("w:cantSplit")))) == len(rows) > 1
        assert table.find(".//{*}tblLook").get(qn("w:firstColumn")) == "1"
        widths = [int(e.get(qn("w:w"))) for e in table.iter(qn("w:gridCol"))]
        assert abs(sum(widths) - 9071) <= len(widths)
    captions = [t.find(".//{*}tblCaption").get(qn("w:val")) for t in tables]
    assert captions[0] == "Uppgifter om dokumentet"
    assert captions[3] == "Kostnad per nämnd och år, kronor"
    assert captions[5] == "Uppgifter om Å1 Frågor om våld i varje nybesök hos socialtjänsten"


def test_captions_are_counted_by_word() -> None:
    captions = [p for style in ("Caption", "PictureCaption") for p in paragraphs(parsed(archive()), style)]
    assert [text(p) for p in captions] == [
        "Tabell 1. Åtgärder för målet Färre utsätts för våld i nära relationer",
        "Tabell 2. Kostnad per nämnd och år, kronor",
        "Figur 1. Antal åtgärder i varje ruta. Mörkare ruta betyder fler åtgärder.",
        "Figur 2. När åtgärderna görs.",
        "Figur 3. Kostnad per år och källa.",
    ]
    assert {p.find(f".//{qn('w:instrText')}").text.split()[0] for p in captions} == {"SEQ"}


def test_every_picture_has_an_alternative_text_and_is_there_as_svg_and_png() -> None:
    file = archive()
    body = parsed(file)
    pictures = list(body.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in pictures] == [s.matrix()["alt"], s.timeline()["alt"], s.money()["alt"]]
    assert len({p.get("id") for p in pictures}) == 3
    targets = {e.get("Id"): e.get("Target") for e in parsed(file, "word/_rels/document.xml.rels")}
    blips = list(body.iter(qn("a:blip")))
    for blip in blips:
        assert file.read("word/" + targets[blip.get(qn("r:embed"))]).startswith(b"\x89PNG")
        svg = next(e for e in blip.iter() if etree.QName(e).localname == "svgBlip")
        assert etree.fromstring(file.read("word/" + targets[svg.get(qn("r:embed"))])).tag.endswith("svg")
    assert len(blips) == 3


def test_cards_are_kept_on_one_page() -> None:
    """Every paragraph of a card but its last asks to stay with the next."""
    body = list(parsed(archive()).find(qn("w:body")))
    starts = [
        i
        for i, e in enumerate(body)
        if e.tag == qn("w:p") and e.xpath("./w:pPr/w:pStyle[@w:val='Heading2Card']", namespaces=nsmap)
    ]
    assert len(starts) == 6
    for start, end in zip(starts, [*starts[1:], len(body) - 1], strict=True):
        inside = [p for e in body[start + 1 : end] for p in ([e] if e.tag == qn("w:p") else paragraphs(e))]
        kept = [p.find("./{*}pPr/{*}keepNext") is not None for p in inside]
        assert kept == [True] * (len(kept) - 1) + [False]
        assert len(kept) > 10


def test_cover_summary_and_contents_have_pages_of_their_own() -> None:
    breaks = [text(p) for p in paragraphs(parsed(archive())) if p.find("./{*}pPr/{*}pageBreakBefore") is not None]
    assert breaks == ["Planen på en sida", "Innehåll", "1 Inledning", "Bilaga 1. Åtgärderna i sin helhet"]


def test_colours_come_from_the_look() -> None:
    look = templates.look()["colour"]
    styles = archive().read("word/styles.xml").decode()
    assert f'w:fill="{look["status"][1:]}"' in styles
    assert f'w:val="{look["link"][1:]}"' in styles
