"""The small pieces of WordprocessingML: paragraphs, runs, fields, links, table cells. Of a tree they know only ids.

They are written as text: a document of a hundred pages has tens of thousands of elements, and making an object of each
takes as long as all else. The order of properties is the schema's; Word refuses a file where it is another.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, NewType

from .tree import Block, Tree

Xml = NewType("Xml", str)
"""Text that is XML already. A text of the plan becomes one by ``escaped`` alone; mypy keeps the two apart."""

NAMESPACES = MappingProxyType({
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
})  # fmt: skip
"""The prefixes used here."""
LONGEST_BOOKMARK = 32
NOTHING = Xml("")

_SVG = '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="{}"/></a:ext></a:extLst>'
"""The extension that lets Word draw a picture from SVG and keep the PNG for older programs."""
_DRAWING = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
    '<wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="{kind}"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="0" name="{file}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{shown}">{svg}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
"""A picture in a line of text; without the distances programs put air around it."""


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


class Image(NamedTuple):
    """A picture in the package."""

    shown: str
    """The relation to it."""
    svg: str
    """The relation to the same as SVG; may be empty."""
    file: str = "image.png"
    """What a file of its kind is called."""


def escaped(text: str) -> Xml:
    """A text as it stands in XML, between tags or quotation marks. Control characters were replaced before."""
    return Xml(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"))


def joined(pieces: Iterable[Xml]) -> Xml:
    """Pieces one after the other."""
    return Xml("".join(pieces))


def declared(*prefixes: str) -> Xml:
    """The declarations of some namespaces, for a root."""
    return Xml(" ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes or NAMESPACES))


def element(tag: str, *children: Xml, **attributes: object) -> Xml:
    """An element ``w:tag``; its attributes are in the same namespace."""
    named = "".join(f' w:{name}="{escaped(str(value))}"' for name, value in attributes.items())
    return Xml(f"<w:{tag}{named}>{''.join(children)}</w:{tag}>" if children else f"<w:{tag}{named}/>")


def paragraph(
    style: str = "",
    content: Xml = NOTHING,
    *,
    keep: bool = False,
    new_page: bool = False,
    numbering: tuple[int, int] | None = None,
    left: int | None = None,
    hanging: int = 0,
    after: int | None = None,
    align: str = "left",
) -> Xml:
    """A paragraph.

    Args:
        style: the id of its style; empty for the default.
        content: its runs.
        keep: keep it on the same page as the next.
        new_page: begin a page with it.
        numbering: the list's number and the level within it.
        left: indentation in twentieths of a point, in place of the style's.
        hanging: how far the first line stands out to the left of it.
        after: space below in twentieths of a point, in place of the style's.
        align: ``left``, ``right`` or ``center``.
    """
    properties = _paragraph_properties(style, bool(keep), new_page, numbering, left, hanging, after, align)
    return Xml(f"<w:p>{properties}{content}</w:p>")


@lru_cache(maxsize=1000)
def _paragraph_properties(
    style: str,
    keep: bool,
    new_page: bool,
    numbering: tuple[int, int] | None,
    left: int | None,
    hanging: int,
    after: int | None,
    align: str,
) -> Xml:
    found: list[Xml] = []
    if style:
        found.append(element("pStyle", val=style))
    if keep:
        found.append(element("keepNext"))
    if new_page:
        found.append(element("pageBreakBefore"))
    if numbering:
        number, level = numbering
        found.append(element("numPr", element("ilvl", val=level), element("numId", val=number)))
    if after is not None:
        found.append(element("spacing", after=after))
    if left is not None:
        found.append(element("ind", left=left, **({"hanging": hanging} if hanging else {})))
    if align != "left":
        found.append(element("jc", val=align))
    return element("pPr", *found) if found else NOTHING


def run(emphasis: Emphasis, content: Xml) -> Xml:
    """A run of letters, or of what else stands in a line."""
    return Xml(f"<w:r>{_run_properties(emphasis)}{content}</w:r>")


@lru_cache(maxsize=100)
def _run_properties(emphasis: Emphasis) -> Xml:
    found: list[Xml] = []
    if emphasis.style:
        found.append(element("rStyle", val=emphasis.style))
    if emphasis.bold:
        found += [element("b"), element("bCs")]
    if emphasis.italic:
        found += [element("i"), element("iCs")]
    if emphasis.language:
        found.append(element("lang", val=emphasis.language))
    return element("rPr", *found) if found else NOTHING


def text(value: str, emphasis: Emphasis = PLAIN) -> Xml:
    """A run of text."""
    return run(emphasis, _preserved("t", value))


def _preserved(tag: str, value: str) -> Xml:
    """An element with text whose spaces at the ends count."""
    return Xml(f'<w:{tag} xml:space="preserve">{escaped(value)}</w:{tag}>')


def field(instruction: str, shown: str, emphasis: Emphasis = PLAIN) -> Xml:
    """A field and what it shows until it is next updated."""
    return joined([field_start(instruction, emphasis), text(shown, emphasis), field_end(emphasis)])


def field_start(instruction: str, emphasis: Emphasis = PLAIN, **attributes: object) -> Xml:
    """The runs before what a field shows."""
    return joined([
        run(emphasis, element("fldChar", fldCharType="begin", **attributes)),
        run(emphasis, _preserved("instrText", f" {instruction} ")),
        run(emphasis, element("fldChar", fldCharType="separate")),
    ])  # fmt: skip


def field_end(emphasis: Emphasis = PLAIN) -> Xml:
    """The run after what a field shows."""
    return run(emphasis, element("fldChar", fldCharType="end"))


def link_to_place(name: str, content: Xml) -> Xml:
    """A link to a bookmark."""
    return element("hyperlink", content, anchor=name, history=1)


def link_to_address(relation: str, content: Xml) -> Xml:
    """A link to an address outside the document."""
    return Xml(f'<w:hyperlink w:history="1" r:id="{escaped(relation)}">{content}</w:hyperlink>')


def bookmark(name: str, number: int, content: Xml = NOTHING) -> Xml:
    """Content that is a place to link to."""
    start, end = element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)
    return joined([start, content, end])


def table(widths: list[int], rows: Iterable[Xml], *, indent: int, title: str, head: bool) -> Xml:
    """A table.

    Args:
        widths: the columns' widths in twentieths of a point.
        rows: its rows.
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
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=w) for w in widths)), *rows)


def row(*cells: Xml, head: bool = False) -> Xml:
    """A row that is kept whole; a head is repeated on every page."""
    return Xml(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>")


def cell(width: int, content: Xml, *, fill: str = "", line: str = "") -> Xml:
    """A cell with one paragraph; ``fill`` and ``line`` (above it) are colours such as ``#14486e``."""
    return Xml(f"<w:tc>{_cell_properties(width, fill, line)}{content}</w:tc>")


@lru_cache(maxsize=1000)
def _cell_properties(width: int, fill: str, line: str) -> Xml:
    found = [element("tcW", w=width, type="dxa")]
    if line:
        found.append(element("tcBorders", element("top", val="single", sz=8, space=0, color=line[1:])))
    if fill:
        found.append(element("shd", val="clear", color="auto", fill=fill[1:]))
    return element("tcPr", *found)


def drawing(image: Image, size: tuple[int, int], number: int, *, name: str, alt: str) -> Xml:
    """A picture to stand in a line of text.

    Args:
        image: where it is in the package.
        size: width and height in English metric units, of which an inch has 914 400.
        number: one that no other picture has.
        name: what it is called.
        alt: what it says, in words.
    """
    svg = _SVG.format(escaped(image.svg)) if image.svg else ""
    return Xml(
        _DRAWING.format(
            size='cx="{}" cy="{}"'.format(*size), number=number, name=escaped(name), alt=escaped(alt),
            kind=NAMESPACES["pic"], file=image.file, shown=escaped(image.shown), svg=svg,
        )
    )  # fmt: skip


def contents(paragraphs: Iterable[Xml]) -> Xml:
    """Paragraphs as the list of contents, so that Word offers to update it."""
    gallery = element("docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique"))
    return element("sdt", element("sdtPr", gallery), element("sdtContent", *paragraphs))


def each_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block with those inside it, in reading order."""
    for block in blocks:
        yield block
        if block["t"] == "card":
            yield block["h"]
        for inner in block["items"] if block["t"] in ("ul", "ol") else ():
            yield from each_block(inner)
        yield from each_block(block.get("blocks", ()))


def bookmark_names(tree: Tree) -> dict[str, str]:
    """A bookmark for every id: letters, digits and underscores, 40 at most, unique whatever the case of the letters."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for block in each_block(tree["blocks"]):
        found = block.get("id")
        if found and found not in names:
            short = re.sub(r"\W", "_", f"p_{found}")[:LONGEST_BOOKMARK]
            names[found] = short if short.lower() not in used else f"p_{len(names)}"
            used.add(names[found].lower())
    return names
