"""Makes Word templates such as municipalities have. ``python tests/publish/office_template.py`` writes the example's."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from vaaldplan.publish import pdf

EXAMPLE = Path(__file__).parents[2] / "examples/exempelkommun"
PLACE = "[[PLAN]]"
COLOUR = RGBColor(0x7A, 0x1F, 0x3D)


def template(change: Callable[[Any], object] = str, *, kind: str = "template", logotype: str = "") -> bytes:
    """A template with Swedish names of styles, a header, a footer, and a place for the plan.

    Args:
        change: told of the document before it is saved.
        kind: ``template`` (.dotx), ``document`` (.docx) or what else the content type says.
        logotype: an SVG to put into the header.
    """
    document = Document()
    styles = document.styles
    for name, style in (
        ("Heading 1", "Rubrik1"),
        ("Heading 2", "Rubrik2"),
        ("Heading 3", "Rubrik3"),
        ("Title", "Rubrik"),
    ):
        found = styles[name]
        found.element.styleId = style
        found.font.name, found.font.color.rgb = "Georgia", COLOUR
        fonts = found.element.rPr.rFonts
        for mark in [a for a in fonts.attrib if "Theme" in a]:
            del fonts.attrib[mark]
    styles["Normal"].font.name, styles["Normal"].font.size = "Verdana", Pt(10)
    keep = (
        "Normal",
        "Rubrik",
        "TableNormal",
        "DefaultParagraphFont",
        "NoList",
        "Header",
        "Footer",
        "TableGrid",
        "Caption",
    )
    for style in [s for s in styles if not s.style_id.startswith(keep)]:
        style.delete()
    for style in styles:
        for gone in style.element.xpath("./w:link|./w:next"):
            style.element.remove(gone)
    own = styles.add_style("Adress", WD_STYLE_TYPE.PARAGRAPH)
    own.font.size = Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(35), Mm(25)
    head = section.header.paragraphs[0]
    if logotype:
        head.add_run().add_picture(io.BytesIO(pdf.png(logotype)), width=Mm(45))
        head.runs[0]._r.xpath(".//wp:docPr")[0].set("descr", "Exempelkommunens vapen")
    head.add_run("\tKommunledningskontoret")
    foot = section.footer.paragraphs[0]
    foot.style, foot.text = own, "Rådhuset, 123 45 Exempelstad · kommun@example.org"
    document.add_paragraph("Detta stycke står i kommunens mall före planen.")
    document.add_paragraph(PLACE)
    document.add_paragraph("Detta stycke står i mallen efter planen.")
    change(document)
    return repacked(document, kind)


def repacked(document: Any, kind: str = "template") -> bytes:
    """A document as a file of a kind, without the ballast of python-docx's own template and the same every time."""
    package = document.part.package
    for relation in [r for r, to in package.rels.items() if "thumbnail" in to.reltype]:
        package.rels.pop(relation)
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            if name == "[Content_Types].xml":
                held = held.replace(b"document.main+xml", kind.encode() + b".main+xml")
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    svg = (EXAMPLE / "logotyp.svg").read_text("utf-8")
    (EXAMPLE / "brevmall.dotx").write_bytes(template(logotype=svg))
