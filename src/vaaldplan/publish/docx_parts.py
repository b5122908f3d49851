"""The small pieces of WordprocessingML: paragraphs, runs, fields, links, table cells. Of a tree they know only ids.

The order in which properties are added is the schema's; Word refuses a file where it is another.
"""

import re
from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser

from .printable import each
from .tree import Block, Tree

Element = Any
"""An lxml element; python-docx has no types of its own."""

WORD = f"{{{nsmap['w']}}}"
"""The namespace before the name of every element and attribute here."""
LONGEST_BOOKMARK = 32
SVG = """<a:extLst {a}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip
xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" {r} r:embed="{id}"/></a:ext></a:extLst>"""
"""The extension that lets Word draw a picture from SVG and keep the PNG for older programs."""


class Emphasis(NamedTuple):
    """How the letters of a run look."""

    bold: bool = False
    italic: bool = False
    style: str = ""
    """The id of a character style."""
    language: str = ""
    """Where it is another than the document's."""


PLAIN = Emphasis()
"""Letters as the paragraph's style has them."""


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element ``w:tag``; its attributes are in the same namespace."""
    named = {WORD + name: str(value) for name, value in attributes.items()}
    made = oxml_parser.makeelement(WORD + tag, named, {"w": nsmap["w"]})
    made.extend(children)
    return made


def paragraph(
    style: str = "",
    *,
    keep: bool = False,
    new_page: bool = False,
    numbering: tuple[int, int] | None = None,
    left: int | None = None,
    hanging: int = 0,
    after: int | None = None,
    align: str = "left",
) -> Element:
    """An empty paragraph.

    Args:
        style: the id of its style; empty for the default.
        keep: keep it on the same page as the next.
        new_page: begin a page with it.
        numbering: the list's number and the level within it.
        left: indentation in twentieths of a point, in place of the style's.
        hanging: how far the first line stands out to the left of it.
        after: space below in twentieths of a point, in place of the style's.
        align: ``left``, ``right`` or ``center``.
    """
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    if new_page:
        properties.append(element("pageBreakBefore"))
    if numbering:
        number, level = numbering
        properties.append(element("numPr", element("ilvl", val=level), element("numId", val=number)))
    if after is not None:
        properties.append(element("spacing", after=after))
    if left is not None:
        properties.append(element("ind", left=left, **({"hanging": hanging} if hanging else {})))
    if align != "left":
        properties.append(element("jc", val=align))
    return element("p", *([properties] if len(properties) else []))


def run(emphasis: Emphasis, *content: Element) -> Element:
    """A run with content other than text."""
    properties = element("rPr")
    if emphasis.style:
        properties.append(element("rStyle", val=emphasis.style))
    if emphasis.bold:
        properties.extend([element("b"), element("bCs")])
    if emphasis.italic:
        properties.extend([element("i"), element("iCs")])
    if emphasis.language:
        properties.append(element("lang", val=emphasis.language))
    return element("r", *([properties] if len(properties) else []), *content)


def text(value: str, emphasis: Emphasis = PLAIN) -> Element:
    """A run of text."""
    return run(emphasis, _preserved("t", value))


def _preserved(tag: str, value: str) -> Element:
    """An element with text whose spaces at the ends count."""
    made = element(tag)
    made.text = value
    made.set(qn("xml:space"), "preserve")
    return made


def field(instruction: str, shown: str, emphasis: Emphasis = PLAIN) -> list[Element]:
    """A field and what it shows until it is next updated."""
    return [*field_start(instruction, emphasis), text(shown, emphasis), field_end(emphasis)]


def field_start(instruction: str, emphasis: Emphasis = PLAIN, **attributes: object) -> list[Element]:
    """The runs before what a field shows."""
    return [
        run(emphasis, element("fldChar", fldCharType="begin", **attributes)),
        run(emphasis, _preserved("instrText", f" {instruction} ")),
        run(emphasis, element("fldChar", fldCharType="separate")),
    ]


def field_end(emphasis: Emphasis = PLAIN) -> Element:
    """The run after what a field shows."""
    return run(emphasis, element("fldChar", fldCharType="end"))


def link_to_place(name: str) -> Element:
    """An empty link to a bookmark."""
    return element("hyperlink", anchor=name, history=1)


def link_to_address(relation: str) -> Element:
    """An empty link to an address outside the document."""
    made = element("hyperlink", history=1)
    made.set(qn("r:id"), relation)
    return made


def bookmark(name: str, number: int) -> tuple[Element, Element]:
    """The start and end of a place to link to."""
    return element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)


def table(widths: list[int], *, indent: int, title: str, head: bool) -> Element:
    """An empty table.

    Args:
        widths: the columns' widths in twentieths of a point.
        indent: distance from the left margin in twentieths of a point.
        title: what a screen reader says of the table.
        head: whether the first row holds headings.
    """
    properties = element(
        "tblPr",
        element("tblStyle", val="TableGrid"),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblInd", w=indent, type="dxa"),
        element("tblLayout", type="fixed"),
        element(
            "tblLook", val="04A0" if head else "0480", firstRow=int(head), lastRow=0, firstColumn=1, lastColumn=0,
            noHBand=0, noVBand=1,
        ),
        element("tblCaption", val=title),
        element("tblDescription", val=title),
    )  # fmt: skip
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=w) for w in widths)))


def row(*cells: Element, head: bool = False) -> Element:
    """A row that is kept whole; a head is repeated on every page."""
    return element("tr", element("trPr", element("cantSplit"), *([element("tblHeader")] if head else [])), *cells)


def cell(width: int, content: Element, *, fill: str = "", line: str = "") -> Element:
    """A cell with one paragraph; ``fill`` and ``line`` (above it) are colours such as ``#14486e``."""
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if line:
        properties.append(element("tcBorders", element("top", val="single", sz=8, space=0, color=line[1:])))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill[1:]))
    return element("tc", properties, content)


def svg_extension(relation: str) -> Element:
    """What is added to a picture to say that it is also there as SVG."""
    return parse_xml(SVG.format(a=nsdecls("a"), r=nsdecls("r"), id=relation))


def contents(paragraphs: list[Element]) -> Element:
    """Paragraphs as the list of contents, so that Word offers to update it."""
    gallery = element("docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique"))
    return element("sdt", element("sdtPr", gallery), element("sdtContent", *paragraphs))


def bookmark_names(tree: Tree) -> dict[str, str]:
    """A bookmark for every id: letters, digits and underscores, 40 at most, unique whatever the case of the letters."""
    names: dict[str, str] = {}
    used: set[str] = set()

    def give(block: Block) -> None:
        found = block.get("id")
        if found and found not in names:
            short = re.sub(r"\W", "_", f"p_{found}")[:LONGEST_BOOKMARK]
            names[found] = short if short.lower() not in used else f"p_{len(names)}"
            used.add(names[found].lower())

    each(tree["blocks"], give)
    return names
