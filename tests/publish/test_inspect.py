"""Reading papers: what their facts are, that colours are told as a browser shows them, and that bad files do no harm."""

import contextlib
import io
import zipfile
from typing import Any

import pikepdf
import pytest
import sample as s
import strange
from hypothesis import given, settings
from hypothesis import strategies as st

from vaaldplan.paper import Built, Colours, Heading, Identity, Image, Table, UnreadableError
from vaaldplan.publish import (
    docx,
    docx_facts,
    html,
    html_facts,
    inspect,
    markdown,
    markdown_facts,
    pdf,
    pdf_facts,
)

IDENTITY = Identity(*s.tree()["identity"].values())


@pytest.fixture(scope="module")
def sample() -> dict[str, Built]:
    tree = s.tree()
    made = {"html": html.write(tree), "pdf": pdf.write(tree).data, "docx": docx.write(tree), "md": markdown.write(tree)}
    read = inspect.made((f"sample.{form}", data) for form, data in made.items())
    assert read.findings == ()
    return {built.form: built for built in read.papers.built}


def page(body: str, css: str = "", head: str = "") -> Built:
    text = f"<!DOCTYPE html><html lang='sv'><head><title>T</title><style>{css}</style>{head}</head><body>{body}</body></html>"
    return html_facts.facts("a.html", text.encode())


# ------------------------------------------------------------ the same facts from every format


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "md"])
def test_the_identity_is_read(sample: dict[str, Built], form: str) -> None:
    assert sample[form].identity == IDENTITY


def test_the_headings_are_the_same_in_every_format(sample: dict[str, Built]) -> None:
    tree = s.tree()
    headings = [(h.level, h.text) for h in sample["html"].headings]
    assert headings[0] == (1, tree["title"])
    assert len(headings) > 15
    assert [(h.level, h.text) for h in sample["pdf"].headings] == [h for h in headings if h[1] != "Noter"]
    listed = [h for h in headings if h[1] not in ("Noter", tree["words"]["contents"])]
    assert [(h.level, h.text) for h in sample["docx"].headings] == listed
    assert [h.level for h in sample["md"].headings] == [h[0] for h in headings]


def test_the_tables_are_the_same_in_every_format(sample: dict[str, Built]) -> None:
    shapes = [(t.columns, t.heads, t.captioned, t.empty) for t in sample["html"].tables]
    assert len(shapes) == 3
    assert [(t.columns, t.heads, t.captioned, t.empty) for t in sample["pdf"].tables][1:] == shapes  # the cover's first
    captions = [t.name for t in sample["docx"].tables]
    assert [c for c in captions if c in " ".join(t.name for t in sample["html"].tables)]
    assert [(t.columns, t.heads, t.captioned, t.empty) for t in sample["md"].tables] == shapes


def test_pictures_title_language_and_date(sample: dict[str, Built]) -> None:
    tree = s.tree()
    for form in ("html", "pdf", "docx"):
        built = sample[form]
        assert [bool(image.alt) for image in built.images] == [True] * 3
        assert (built.title or "").startswith(tree["title"])
        assert (built.language or "")[:2] == "sv"
        assert built.date == tree["date"]
        assert built.contents
        assert tree["keywords"][0] in built.properties
    assert sample["pdf"].standards == ("PDF/A-2A", "PDF/UA-1")
    assert (sample["pdf"].pages or 0) > 5
    assert sample["md"].title is None
    assert sample["md"].contents


TREES: dict[str, dict[str, Any]] = {"sample": {}, "English": {"lang": "en"}, **strange.TREES}


@pytest.mark.parametrize("name", TREES)
def test_the_writer_of_a_pdf_tells_what_the_file_tells(name: str) -> None:
    for standard in ("a-2a", "a-3a"):
        paper = pdf.write(s.tree(**TREES[name]), standard=standard, sources={"plan.yaml": b"a: 1"})
        assert paper.built._replace(name="a.pdf") == pdf_facts.facts("a.pdf", paper.data, drawn=False)


def test_the_other_archive_format_is_told() -> None:
    data = pdf.write(s.tree(), standard="a-3a").data
    assert pdf_facts.facts("a.pdf", data).standards == ("PDF/A-3A", "PDF/UA-1")


# ------------------------------------------------------------ HTML


def test_tables_and_what_only_looks_like_one() -> None:
    built = page(
        "<table role=presentation><tr><td>x</td></tr></table>"
        "<table><tr><td></td><th>B</th></tr><tr><th>a</th><td> </td></tr></table>"
        "<table><caption>C</caption><tr><td colspan=3>x<td><img src=a alt=b></table>"
    )
    assert built.tables == (Table("B", 2, True, False, 1), Table("C", 4, False, True, 0))


def test_pictures_and_decoration() -> None:
    built = page(
        "<img src=a.png><img src=b.png alt=''><img src=c.png alt='Karta'><img src=d aria-hidden=true>"
        "<figure><svg></svg><figcaption>Figur 1</figcaption></figure><svg aria-label='Stapel'><title>x</title></svg>"
    )
    assert built.images == (Image("a.png", ""), Image("c.png", "Karta"), Image("Figur 1", ""), Image("", "Stapel"))


def test_headings_by_role_and_hidden_ones() -> None:
    built = page("<h1>A</h1><div role=heading aria-level=2>B</div><h3 hidden>C</h3><h2 role=none>D</h2>")
    assert built.headings == (Heading(1, "A"), Heading(2, "B"))


@pytest.mark.parametrize(
    ("css", "body", "pair"),
    [
        ("", "<p>x</p>", ("#000000", "#ffffff")),
        ("p {color: #123}", "<p>x</p>", ("#112233", "#ffffff")),
        (":root {--a: #abc; --b: var(--a)} p {color: var(--b)}", "<p>x</p>", ("#aabbcc", "#ffffff")),
        (".a p {color: red} p {color: blue}", "<div class=a><p>x</p></div>", ("#ff0000", "#ffffff")),
        (".a > p {color: red}", "<div class=a><i><p>x</p></i></div>", ("#000000", "#ffffff")),
        ("#a {color: red} p.b {color: blue}", "<p id=a class=b>x</p>", ("#ff0000", "#ffffff")),
        ("p {color: red} p {color: blue}", "<p>x</p>", ("#0000ff", "#ffffff")),
        ("p, q {color: rgb(1, 2, 3)}", "<q>x</q>", ("#010203", "#ffffff")),
        ("div {background: #eee; color: white}", "<div><p>x</p></div>", ("#ffffff", "#eeeeee")),
        ("div {background-color: #eee} div {background: none}", "<div>x</div>", ("#000000", "#ffffff")),
        (
            "div {background: linear-gradient(to right, var(--x) 4%, #000), #eee}",
            "<div>x</div>",
            ("#000000", "#eeeeee"),
        ),
        ("@media print {p {color: red}} p:hover {color: red} /* p {color: red} */", "<p>x</p>", ("#000000", "#ffffff")),
        ("@import 'a.css'; p {color: red}", "<p>x</p>", ("#ff0000", "#ffffff")),
        ("p {color: red !important}", "<p style='background: black'>x</p>", ("#ff0000", "#000000")),
    ],
)
def test_colours_are_those_that_a_browser_shows(css: str, body: str, pair: tuple[str, str]) -> None:
    assert [c[:2] for c in page(body, css).colours] == [pair]


@pytest.mark.parametrize("css", ["p {color: hsl(1 2% 3%)}", "p {background: url(a.png)}", "p {color: #12345678}"])
def test_nothing_is_said_of_colours_that_cannot_be_told(css: str) -> None:
    assert all("?" not in pair[:2] for pair in page("<p>x</p>", css).colours)


def test_contrast_is_that_of_the_standard() -> None:
    assert round(Colours("#000000", "#ffffff", "").contrast, 2) == 21
    assert round(Colours("#777777", "#ffffff", "").contrast, 2) == 4.48
    assert round(Colours("#ffffff", "#767676", "").contrast, 2) == 4.54


def test_where_colour_says_something_alone() -> None:
    css = "a {color: blue} .plain a, nav a {text-decoration: none} .hot {background: red}"
    body = (
        "<p>Se <a href='#x'>den</a> här</p><nav><a href='#x'>den</a> här</nav><p class=plain><a href='#x'>Bara länk</a></p>"
        "<p class=plain>Se också <a href='#x'>två</a> här</p>"
        "<table><tr><th>A<td class=hot><td class=hot>9</tr></table>"
    )
    assert page(body, css).colour_alone == ("två", "A9")


# ------------------------------------------------------------ Word and PDF of others


def word(document: str, styles: str = "", **others: str) -> bytes:
    """A small Word file."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{document}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {namespace}>{styles}</w:styles>")
        for name, text in others.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>'
    )


def test_a_word_file_that_someone_else_made() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:basedOn w:val="Rubrik1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Egen"><w:basedOn w:val="Rubrik1"/><w:rPr><w:color w:val="777777"/></w:rPr></w:style>'
    )
    styles += '<w:style w:type="paragraph" w:styleId="Beskrivning"><w:name w:val="caption"/></w:style>'
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("", "a", ""))
    filled = f'<w:tc><w:tcPr><w:shd w:fill="FF0000"/></w:tcPr>{paragraph("")}</w:tc><w:tc>{paragraph("b")}</w:tc>'
    body = paragraph("Ett", "Rubrik1") + paragraph("Två", "Egen") + paragraph("x", "", '<w:shd w:fill="000000"/>')
    table = paragraph("Tabell 1", "Beskrivning") + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{filled}</w:tr></w:tbl>"
    built = docx_facts.facts("a.docx", word(body + table, styles))
    assert built.headings == (Heading(1, "Ett"), Heading(1, "Två"))
    assert built.tables == (Table("a", 3, False, True, 2),)
    assert built.colour_alone == ("b",)
    assert ("#777777", "#ffffff") in [c[:2] for c in built.colours]
    assert ("#000000", "#000000") in [c[:2] for c in built.colours]
    assert (built.title, built.language, built.identity) == ("", "", None)


@pytest.mark.parametrize(
    ("data", "variant"),
    [
        (word("<w:p/>").replace(b"word/document.xml", b"word/d0cument.xml"), ""),
        (word("<w:p>"), ""),
        (word("", docProps__core_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), ""),
        (word("", docProps__core_xml=" " * (docx_facts.LARGEST + 1)), "large"),
    ],
    ids=["no document", "broken", "entities", "bomb"],
)
def test_a_word_file_that_is_not_safe_is_not_read(data: bytes, variant: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        docx_facts.facts("a.docx", data)
    assert str(raised.value) == variant


def test_a_pdf_without_tags() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    built = pdf_facts.facts("a.pdf", out.getvalue())
    assert (built.pages, built.headings, built.standards, built.title) == (1, (), (), "")


@pytest.mark.parametrize(
    ("drawing", "pair"),
    [
        ("BT /F 9 Tf 10 10 Td (a) Tj ET", ("#000000", "#ffffff")),
        ("1 0 0 rg BT /F 9 Tf 1 0 0 1 10 10 Tm [(a) 3 (b)] TJ ET", ("#ff0000", "#ffffff")),
        ("q 0.5 g 0 0 50 50 re f Q BT /F 9 Tf 10 10 Td (a) Tj ET", ("#000000", "#808080")),
        ("q 0.5 g 0 0 50 50 re f Q 1 g BT /F 9 Tf 60 60 Td (a) Tj ET", ("#ffffff", "#ffffff")),
        ("q 2 0 0 2 0 0 cm 0.5 g 0 0 5 5 re f Q BT /F 9 Tf 8 4 Td (a) Tj ET", ("#000000", "#808080")),
        ("0.5 g 0 0 50 50 re 5 5 40 40 re f* 0 g BT /F 9 Tf 10 10 Td (a) Tj ET", ("#000000", "#ffffff")),
        ("0.5 g 0 0 50 50 re 5 5 40 40 re f 0 g BT /F 9 Tf 10 10 Td (a) Tj ET", ("#000000", "#808080")),
        ("0.5 g 0 0 m 50 0 l 0 50 l h f 0 g BT /F 9 Tf 40 40 Td (a) Tj ET", ("#000000", "#ffffff")),
        ("0.5 g 0 0 50 50 re n 0 g BT /F 9 Tf 10 10 Td (a) Tj ET", ("#000000", "#ffffff")),
        ("/Inner Do", ("#000000", "#ff0000")),
        ("1 0 0 0 k BT /F 9 Tf 10 10 Td (a) Tj ET", None),
        ("3 Tr BT /F 9 Tf 10 10 Td (a) Tj ET", None),
        ("q 99 0 0 99 0 0 cm /Image Do Q BT /F 9 Tf 10 10 Td (a) Tj ET", None),
        ("BT /F 9 Tf 1 1 Td (a) Tj ET /F Tf (a) Tj", ("#000000", "#ffffff")),
        ("/Round Do", None),
        ("Q Q 1 w ET (a) Tj", ("#000000", "#ffffff")),
    ],
)
def test_the_colours_of_a_pdf_are_those_that_are_drawn(drawing: str, pair: tuple[str, str] | None) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        inner = document.make_stream(b"1 0 0 rg 0 0 9 9 re f 0 g BT /F 9 Tf 3 3 Td (b) Tj ET")
        inner.Subtype = pikepdf.Name.Form
        inner.Matrix = [2, 0, 0, 2, 100, 100]
        around = document.make_stream(b"/Round Do " * 200)
        around.Subtype = pikepdf.Name.Form
        around.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Round=around))
        page = document.pages[0]
        page.Contents = document.make_stream(drawing.encode())
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(
                Inner=inner, Round=around, Image=document.make_stream(b"", Subtype=pikepdf.Name.Image)
            )
        )
        document.save(out)
    found = pdf_facts.facts("a.pdf", out.getvalue()).colours
    assert [c[:2] for c in found] == ([pair] if pair else [])
    assert all((c.shown, c.page) == ("…", 1) for c in found)


LINK = "0 0 1 rg BT /F 9 Tf 10 10 Td (ab) Tj ET "
AFTER = "0 g BT /F 9 Tf 22 10 Td (c) Tj ET "


@pytest.mark.parametrize(
    ("drawing", "frame", "found"),
    [
        (LINK + AFTER, [0, 0, 0], 1),
        (LINK + AFTER, [0, 0, 1], 0),  # a frame is seen without colours
        (LINK + AFTER, None, 0),  # and is drawn where nothing is said of it
        (LINK + AFTER + "10 8.5 m 20 8.5 l S", [0, 0, 0], 0),
        (LINK + AFTER + "10 8.5 m 14 8.5 l S 15 8.5 m 20 8.5 l S", [0, 0, 0], 0),  # gaps where letters reach below
        (LINK + AFTER + "10 8 10 0.5 re f", [0, 0, 0], 0),
        (LINK + AFTER + "10 8.5 m 13 8.5 l S", [0, 0, 0], 1),
        (LINK + AFTER + "10 8 10 5 re f", [0, 0, 0], 1),
        (LINK + AFTER + "10 8.5 m 20 8.5 l n", [0, 0, 0], 1),
        (LINK + AFTER.replace("/F", "/Bold"), [0, 0, 0], 0),
        (LINK + AFTER.replace("0 g", "0 0 1 rg"), [0, 0, 0], 0),
        (LINK + AFTER.replace("22", "60"), [0, 0, 0], 0),  # another column
        (LINK + AFTER.replace("10 Td", "14 Td"), [0, 0, 0], 0),  # a raised number
        (LINK, [0, 0, 0], 0),
    ],
)
def test_a_link_in_a_pdf_is_told_from_the_word_after_it(drawing: str, frame: list[int] | None, found: int) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(drawing.encode())
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 8, 20, 18])
        if frame:
            link.Border = frame
        page.Annots = document.make_indirect(pikepdf.Array([link]))
        document.save(out)
    assert len(pdf_facts.facts("a.pdf", out.getvalue()).colour_alone) == found


def test_a_pdf_whose_tags_lead_in_circles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_facts, "MOST", 1000)
    for kind in ("Sect", "Table"):
        out = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            tag = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/" + kind)))
            tag.K = tag
            document.Root.StructTreeRoot = pikepdf.Dictionary(K=tag)
            document.save(out)
        with pytest.raises(UnreadableError, match="large"):
            pdf_facts.facts("a.pdf", out.getvalue())


def test_a_page_with_more_elements_than_any_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    from vaaldplan.publish import html_page

    monkeypatch.setattr(html_page, "MOST", 100)
    with pytest.raises(UnreadableError, match="large"):
        page("<p>" * 200)


def test_deep_pages_are_read() -> None:
    assert page("<div>" * 20_000 + "x").words == 1


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400) | st.text(alphabet="<>/!-&=\"' ahtdl#1|:*\n{}", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (html_facts.facts, markdown_facts.facts, docx_facts.facts, pdf_facts.facts):
        with contextlib.suppress(UnreadableError, UnicodeDecodeError):
            assert read("a", data).name == "a"


def test_damaged_papers_are_read_or_refused() -> None:
    """Real papers with a piece cut out or some bytes changed."""
    tree = s.tree()
    for data, read in ((pdf.write(tree).data, pdf_facts.facts), (docx.write(tree), docx_facts.facts)):
        refused = 0
        for i in range(12):
            at = i * len(data) // 12
            for broken in (data[:at] + data[at + 300 :], data[:at] + b"\x00\xff<" * 7 + data[at + 21 :]):
                try:
                    read("a", broken)
                except UnreadableError:
                    refused += 1
        assert refused > 0
