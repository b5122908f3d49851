"""An example municipality with everything of its own, built in all four formats."""

import io
import re
import shutil
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import sample
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from office_template import EXAMPLE, PLACE, repacked, template
from test_pdf import faults

from vaaldplan import config
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.errors import VaaldplanError
from vaaldplan.look import Font, Look, fonts, logotype, word
from vaaldplan.publish import FORMATS, docx, docx_facts, html, pdf, templates
from vaaldplan.publish.tree import Tree
from vaaldplan.texts.catalogue import catalogue

FONTS = templates.folder() / "standard" / "fonts"
FAMILY = "Kommun Sans 3"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, copied, with fonts of its own too, and built."""
    folder = tmp_path_factory.mktemp("kommun") / "plan"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("ut"))
    for style in ("Regular", "Bold"):
        (folder / f"{style}.otf").write_bytes(renamed(style))
    settings = folder / config.FILE
    added = '[utseende]\ntypsnitt = ["Regular.otf", "Bold.otf"]\n'
    settings.write_text(settings.read_text("utf-8").replace("[utseende]\n", added), "utf-8")
    assert [f for f in check(folder).report.findings if f.code[0] == "X"] == []
    assert main(["build", str(folder)]) == 0
    return folder / "ut"


def renamed(style: str) -> bytes:
    """A font that can be told from the shipped one."""
    data = (FONTS / f"SourceSans3-{style}.otf").read_bytes()
    return data.replace("Source Sans 3".encode("utf-16-be"), FAMILY.encode("utf-16-be"))


def word_text(data: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)


def test_all_formats_are_there(built: Path) -> None:
    assert sorted(p.name for p in built.iterdir()) == sorted([".vaaldplan.json", *(f"plan.{f}" for f in FORMATS)])


def test_the_pdf_follows_both_standards_and_has_the_own_font_and_logotype(built: Path) -> None:
    data = (built / "plan.pdf").read_bytes()
    assert faults(data, "ua1") == []
    assert faults(data, "2a") == []
    with pikepdf.open(io.BytesIO(data)) as document:
        alts = [str(o.get("/Alt")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        streams = b"".join(p.Contents.read_bytes() for p in document.pages[:1])
    assert "Exempelkommunens vapen" in alts
    assert b"0.47843137 0.12156863 0.23921569" in re.sub(rb"(\.\d{8})\d*", rb"\1", streams)


def test_the_html_holds_everything_itself(built: Path) -> None:
    page = (built / "plan.html").read_text("utf-8")
    assert "--accent: #7a1f3d" in page
    assert 'alt="Exempelkommunens vapen"' in page
    assert f"font-family: '{FAMILY}'; font-weight: 700" in page
    assert page.count("@font-face") == 2
    fetched = [a for a in re.findall(r'(?:src=|url\()["\']?([^"\')]+)', page) if not a.startswith(("data:", "#"))]
    assert fetched == []
    assert "#14486e" not in page


def test_words_order_and_blocks_are_the_municipalitys(built: Path) -> None:
    text = (built / "plan.md").read_text("utf-8")
    assert "- **Dnr:** KS 2026/00123\n- **Typ av styrdokument:** Handlingsplan\n- **Datum för beslut:**" in text
    assert "**Kommun:**" not in text
    assert "3 insatser" in text
    assert "4 Mål och insatser" in text
    assert "1 Så läser du planen" in text
    assert "> Ingen ska behöva vara rädd hemma" in text
    assert "Alla i kommunen lever fria från våld." in text
    assert "När åtgärderna görs" not in text


def test_the_plan_lands_in_the_word_template(built: Path) -> None:
    data = (built / "plan.docx").read_bytes()
    text = word_text(data)
    assert PLACE not in text
    assert text.startswith("Detta stycke står i kommunens mall före planen.\nExempelkommunen\nHandlingsplan mot mäns")
    assert text.endswith("Detta stycke står i mallen efter planen.")
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    assert "Kommunledningskontoret" in section.header.paragraphs[0].text
    assert "UTKAST" in section.header.paragraphs[-1].text
    assert "Rådhuset" in section.footer.paragraphs[0].text
    assert section.header.part.related_parts
    used = {p.style.style_id for p in document.paragraphs if p.style}
    assert {"Rubrik", "Rubrik1", "Rubrik2", "CoverStatus"} <= used
    assert "Heading1" not in used


def test_the_word_file_is_an_ordinary_document(built: Path) -> None:
    with zipfile.ZipFile(built / "plan.docx") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        types = archive.read("[Content_Types].xml")
    assert b"document.main+xml" in types
    assert b"template.main+xml" not in types
    found = docx_facts.facts("plan.docx", (built / "plan.docx").read_bytes())
    assert found.identity
    assert [h.text for h in found.headings if h.level == 1] == ["Handlingsplan mot mäns våld mot kvinnor 2027–2030"]


def test_two_builds_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    assert main(["build", str(built.parent), "-o", str(tmp_path), "--to", "html,docx,md"]) == 0
    for form in ("html", "docx", "md"):
        assert (tmp_path / f"plan.{form}").read_bytes() == (built / f"plan.{form}").read_bytes()


def test_a_build_with_a_look_of_its_own_fetches_nothing(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the network closed, in the child process too, which begins by reading the same module."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def closed(*arguments, **named):\n    raise OSError('the network is closed')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = closed\n"
        "utf-8",
    )

    def closed(*arguments: object, **named: object) -> None:
        raise OSError("the network is closed")

    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, closed)
    monkeypatch.setattr(socket.socket, "connect", closed)
    assert main(["build", str(built.parent), "-o", str(tmp_path / "ut")]) == 0
    assert (tmp_path / "ut/plan.pdf").read_bytes() == (built / "plan.pdf").read_bytes()


def test_nothing_is_found_in_the_papers(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(built.parent), "--document", str(built)]) == 0
    assert "M0" not in capsys.readouterr().out


# ------------------------------------------------------------ Word templates of all sorts


def written(change: Callable[[Any], object] = str, tree: Tree | None = None) -> Any:
    look = Look(word=word.template(template(change)))
    data = docx.write(tree or sample.tree(), look)
    assert data == docx.write(tree or sample.tree(), look)
    return Document(io.BytesIO(data))


def test_a_template_with_less_than_word_gives_is_filled_up() -> None:
    def bare(document: Any) -> None:
        for style in list(document.styles):
            if style.name != "Normal":
                style.delete()
        part = document.part
        for relation in [r for r, to in part.rels.items() if to.reltype.endswith("/numbering")]:
            part.rels.pop(relation)

    made = written(bare)
    ids = {s.style_id for s in made.styles}
    used = set(made.element.body.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val | .//w:tblStyle/@w:val"))
    assert used <= ids
    assert len(used) > 15
    based = set(made.styles.element.xpath(".//w:basedOn/@w:val | .//w:next/@w:val"))
    assert based <= ids


def test_a_template_with_lists_and_bookmarks_keeps_its_own() -> None:
    def listed(document: Any) -> None:
        first = document.paragraphs[0]._p
        first.append(
            first.makeelement(
                first.tag.replace("}p", "}bookmarkStart"),
                {first.tag.replace("}p", "}id"): "7", first.tag.replace("}p", "}name"): "egen"},
            )
        )

    made = written(listed)
    marks = made.element.body.xpath(".//w:bookmarkStart/@w:id")
    assert len(marks) == len(set(marks))
    numbers = made.part.numbering_part.element.xpath("./w:num/@w:numId")
    assert len(numbers) == len(set(numbers))
    kinds = made.part.numbering_part.element.xpath("./w:abstractNum/@w:abstractNumId")
    assert len(kinds) == len(set(kinds))
    children = [c.tag.rpartition("}")[2] for c in made.part.numbering_part.element]
    assert children == sorted(children, key=["abstractNum", "num", "numIdMacAtCleanup"].index)


def test_footnotes_come_after_those_of_the_template() -> None:
    """A file of ours has footnotes already; with a place in it, it can itself be a template."""
    again = Document(io.BytesIO(docx.write(sample.tree())))
    again.add_paragraph(PLACE)

    look = Look(word=word.template(repacked(again)))
    with zipfile.ZipFile(io.BytesIO(docx.write(sample.tree(), look))) as archive:
        notes = re.findall(r'<w:footnote [^>]*w:id="(-?\d+)"', archive.read("word/footnotes.xml").decode())
        names = archive.namelist()
    assert len(notes) == len(set(notes)) == 2 + 2 * len(sample.NOTES)
    assert len(names) == len(set(names))


def test_the_mark_stands_in_every_header_that_is_shown() -> None:
    def sections(document: Any) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.add_section(WD_SECTION.NEW_PAGE).header.is_linked_to_previous = False

    made = written(sections)
    first, second = made.sections
    shown = [first.header, first.first_page_header, second.header]
    assert all("FÖRSLAG" in header.paragraphs[-1].text for header in shown)
    adopted = written(sections, sample.tree(status=None))
    assert not any("FÖRSLAG" in p.text for p in adopted.sections[0].header.paragraphs)


def test_a_section_that_ends_at_the_place_is_kept() -> None:
    def ended(document: Any) -> None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.left_margin = section.right_margin = document.sections[0].left_margin * 2
        properties = next(iter(document.element.body.xpath("./w:p/w:pPr[w:sectPr]")))
        place = next(p._p for p in document.paragraphs if p.text == PLACE)
        properties.getparent().getparent().remove(properties.getparent())
        place.insert(0, properties)

    made = written(ended)
    assert len(made.sections) == 2
    assert PLACE not in "\n".join(p.text for p in made.paragraphs)


def test_tables_are_as_wide_as_the_text_of_the_template() -> None:
    def narrow(document: Any) -> None:
        document.sections[0].left_margin = document.sections[0].page_width // 2

    made = written(narrow)
    section = made.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    widths = [sum(int(c) for c in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")) for table in made.tables]
    assert len(widths) > 5
    assert max(widths) <= room + 5


def test_the_template_of_the_template_is_forgotten() -> None:
    def attached(document: Any) -> None:
        settings = document.part._settings_part
        relation = settings.relate_to(
            "file:///N:/mallar/gammal.dotm",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
            is_external=True,
        )
        root = document.settings.element
        root.insert(
            1,
            root.makeelement(
                root.tag.replace("}settings", "}attachedTemplate"),
                {"{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id": relation},
            ),
        )

    look = Look(word=word.template(template(attached)))
    with zipfile.ZipFile(io.BytesIO(docx.write(sample.tree(), look))) as archive:
        held = b"".join(archive.read(n) for n in archive.namelist())
    assert b"gammal.dotm" not in held
    assert b"attachedTemplate" not in held


def test_styles_by_swedish_names_are_used() -> None:
    def swedish(document: Any) -> None:
        document.styles["Heading 1"].delete()
        document.styles.add_style("Rubrik 1", WD_STYLE_TYPE.PARAGRAPH)

    made = written(swedish)
    assert "Rubrik 1" in {p.style.name for p in made.paragraphs if p.style}


def test_a_template_that_the_library_trips_over_is_told_in_words() -> None:
    def broken(document: Any) -> None:
        for style in document.element.body.xpath(".//w:pStyle"):
            style.attrib.clear()
        document.styles.element.xpath(".//w:style")[3].attrib.clear()
        document.styles.element.xpath(".//w:basedOn")[0].attrib.clear()
        numbering = document.part.numbering_part.element
        numbering.xpath("./w:abstractNum")[0].attrib.clear()

    look = Look(word=word.template(template(broken)))
    with pytest.raises(VaaldplanError) as caught:
        docx.write(sample.tree(), look)
    assert caught.value.key == "word-template"
    assert catalogue("sv").label("error.word-template", **caught.value.params)


def test_headings_are_headings_even_if_the_template_does_not_say_so() -> None:
    """As LibreOffice saves a template."""

    def silent(document: Any) -> None:
        for level in document.styles.element.xpath(".//w:style/w:pPr/w:outlineLvl"):
            level.getparent().remove(level)

    look = Look(word=word.template(template(silent)))
    found = docx_facts.facts("plan.docx", docx.write(sample.tree(), look))
    usual = docx_facts.facts("plan.docx", docx.write(sample.tree()))
    assert [(h.level, h.text) for h in found.headings] == [(h.level, h.text) for h in usual.headings]
    assert len(found.headings) > 10


# ------------------------------------------------------------ logotypes and fonts


@pytest.mark.parametrize("opening", ["cover", "head"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "svg"])
def test_a_logotype_of_every_kind_stands_in_every_format(kind: str, opening: str) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 80), "#7a1f3d").save(out, "PNG" if kind == "svg" else kind)
    data = (EXAMPLE / "logotyp.svg").read_bytes() if kind == "svg" else out.getvalue()
    look = Look(logotype=logotype.logotype(data))
    tree = sample.tree(opening=opening)
    paper = pdf.write(tree, look).data
    assert faults(paper, "ua1") == []
    assert faults(paper, "2a") == []
    alt = "Logotyp för Lövhamra kommun"
    assert f'alt="{alt}"' in html.write(tree, look).decode()
    document = Document(io.BytesIO(docx.write(tree, look)))
    assert document.element.body.xpath(".//wp:docPr/@descr")[0] == alt
    assert document.paragraphs[0].style.style_id == "Logotype"


def test_a_font_without_a_glyph_leaves_it_to_the_usual_one() -> None:
    found = fonts.font(renamed("Regular"))
    poor = Font(found.family, found.data, 400, False, found.characters - {ord("å")})
    data = pdf.write(sample.tree(), Look(fonts=(poor,))).data
    assert faults(data, "ua1") == []
    with pikepdf.open(io.BytesIO(data)) as document:
        names = {
            str(o["/BaseFont"]) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert len(names) > 1


def test_a_look_of_its_own_changes_no_other_document() -> None:
    before = html.write(sample.tree()), docx.write(sample.tree())
    look = Look(colours=(("accent", "#7a1f3d"),))
    assert b"#7a1f3d" in html.write(sample.tree(), look)
    assert (html.write(sample.tree()), docx.write(sample.tree())) == before
