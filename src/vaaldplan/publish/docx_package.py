"""The Word document around the text: styles, settings, page, header and footer, footnotes, properties, the archive."""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.shared import Emu, Mm

from . import templates
from .docx_parts import PLAIN, Element, Emphasis, element, field, paragraph, run, text
from .tree import Tree

FONT = "Calibri"
"""The document is made to be worked on in Word, so its font is one that everyone's Word has."""
BODY, CLOSE_BODY = 22, 19
"""Size of the text in half points, as usual and where the document may have only so many pages."""
TEXT_WIDTH = 9071
"""Width of the text in twentieths of a point: 160 mm."""
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
LONGEST_PROPERTY = 255
"""Characters in a document property; python-docx raises ``ValueError`` beyond."""

_BALLAST = ("stylesWithEffects", "customXml", "thumbnail", "webSettings", "fontTable", "extended-properties")
"""Parts of python-docx's own template that say nothing of this document, or something wrong."""
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT = "vaaldplan-content"
"""The name of the property that holds the hash of the plan."""
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{content}</vt:lpwstr></property></Properties>"
)
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip archive can hold."""


def new_document(tree: Tree) -> Any:
    """An empty document with the styles, settings, page, header, footer and properties of a tree."""
    document = Document()
    _drop_ballast(document.part)
    _drop_ballast(document.part.package)
    _replace(document.styles.element, "styles", tree)
    _replace(document.settings.element, "settings", tree)
    _replace(document.part.numbering_part.element, "numbering", tree)
    _page(document.sections[0], tree)
    _properties(document.core_properties, tree)
    if identity := tree.get("identity"):
        _custom(document.part.package, identity["content"])
    return document


def _drop_ballast(part: Any) -> None:
    """Cut the relations of a part to what is not wanted; what nothing refers to is not saved."""
    for relation in [r for r, target in part.rels.items() if target.reltype.rsplit("/", 1)[-1] in _BALLAST]:
        part.rels.pop(relation)


def _replace(root: Element, name: str, tree: Tree) -> None:
    """Put the contents of the template ``word/<name>.xml`` in place of what an XML part holds."""
    page = templates.environment("html").get_template(f"word/{name}.xml")
    low = tree.get("opening") == "head"
    body = CLOSE_BODY if "most_pages" in tree else BODY
    ready = parse_xml(
        page.render(font=FONT, language=LANGUAGES[tree["lang"]], width=TEXT_WIDTH, low=low, body=body).encode()
    )
    for child in list(root):
        root.remove(child)
    root.extend(list(ready))


def _page(section: Any, tree: Tree) -> None:
    """A4, and on every page the title and the mark; they are headers, so they are not read out with the text."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    low = tree.get("opening") == "head"
    section.top_margin, section.bottom_margin = (Mm(23), Mm(20)) if low else (Mm(30), Mm(27))
    section.header_distance = section.footer_distance = Mm(10) if low else Mm(13)
    section.different_first_page_header_footer = True
    status, words = tree["status"], tree["words"]
    for header, title in ((section.header, tree["title"]), (section.first_page_header, "")):
        content = [text(title), run(PLAIN, element("tab")), *([mark(status["mark"])] if status else [])]
        _fill(header, "Header", content)
    for footer in (section.footer, section.first_page_footer):
        pages = [text(f"{words['page']} "), *field("PAGE", "1"), text(f" {words['of']} "), *field("NUMPAGES", "1")]
        if low or footer is section.footer:
            _fill(footer, "Footer", [text(tree["footer"]), run(PLAIN, element("tab")), *pages])
        else:
            _fill(footer, "Header", [])


def mark(word: str, style: str = "StatusMark") -> Element:
    """The word that says that the plan is not adopted, in a coloured field with a little air."""
    return text(f"\u00a0{word}\u00a0", Emphasis(style=style))


def _fill(place: Any, style: str, content: list[Element]) -> None:
    """Write one paragraph into a header or footer."""
    place.is_linked_to_previous = False
    old = place.paragraphs[0]._p
    new = paragraph(style)
    new.extend(content)
    old.getparent().replace(old, new)


def _properties(properties: Any, tree: Tree) -> None:
    """Title, author and the rest; the date is the tree's, so that the same tree gives the same file."""
    properties.title = tree["title"][:LONGEST_PROPERTY]
    properties.subject = tree["subtitle"][:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = tree["municipality"][:LONGEST_PROPERTY]
    properties.keywords = ", ".join(tree.get("keywords", []))[:LONGEST_PROPERTY]
    properties.language = LANGUAGES[tree["lang"]]
    properties.comments = ""
    identity = tree.get("identity", {})
    properties.identifier = identity.get("plan", "")[:LONGEST_PROPERTY]
    properties.version = identity.get("version", "")[:LONGEST_PROPERTY]
    properties.created = properties.modified = datetime.fromisoformat(tree["date"])
    properties.revision = 1


def _custom(archive: Any, content: str) -> None:
    """A property of our own, for what the usual ones have no place for: Word keeps it when the file is saved."""
    blob = CUSTOM.format(name=CONTENT, content=content).encode()
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, archive)
    archive.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def footnotes_part(document: Any) -> Any:
    """The part that holds the footnotes, with the two separators that Word expects."""
    marks = ((-1, "separator"), (0, "continuationSeparator"))
    root = parse_xml(f"<w:footnotes {_NAMESPACE}/>")
    for number, kind in marks:
        line = paragraph("NoSpacing")
        line.append(run(PLAIN, element(kind)))
        root.append(element("footnote", line, type=kind, id=number))
    part = XmlPart(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def new_list(document: Any, level: int, start: int) -> int:
    """Begin a numbered list of its own and return its number, for ``w:numId``."""
    root = document.part.numbering_part.element
    number = len(root.num_lst) + 1
    begin = element("lvlOverride", element("startOverride", val=start), ilvl=level)
    root.append(element("num", element("abstractNumId", val=1), begin, numId=number))
    return number


def svg_part(document: Any, number: int, svg: str) -> str:
    """Put a picture's SVG into the package and return the relation to it."""
    name = PackURI(f"/word/media/picture{number}.svg")
    part = Part(name, "image/svg+xml", svg.encode(), document.part.package)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def fit(inline: Any, width: int) -> None:
    """Scale a picture to a width in twentieths of a point, or to most of a page if it would be taller."""
    widest, tallest = Emu(width * 635), Mm(200)
    ratio = min(widest / inline.extent.cx, tallest / inline.extent.cy)
    size = (round(inline.extent.cx * ratio), round(inline.extent.cy * ratio))
    inline.extent.cx, inline.extent.cy = size
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # without it programs put air around the picture
    inline.graphic.graphicData.pic.spPr.cx, inline.graphic.graphicData.pic.spPr.cy = size


def packed(document: Any) -> bytes:
    """The document as a file, with the same date on every part: the same document gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIRST_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
