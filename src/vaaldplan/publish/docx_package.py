"""The Word document around the text: styles, settings, page, header and footer, footnotes, properties, the archive."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.shared import Emu, Mm

from vaaldplan.look import Look

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


class Frame(NamedTuple):
    """A document to be written into, and what the writer must know of it."""

    document: Any
    end: Element
    """The text is put before this element."""
    width: int = TEXT_WIDTH
    bullet: int = 1
    """The number of the list with dots."""
    ordered: int = 1
    """The kind of the lists with numbers."""
    styles: Mapping[str, str] = MappingProxyType({})
    """What our styles are called in it, where that is something else."""
    before: Element | None = None
    """What stands before the text."""
    marks: int = 0
    """The highest number of a bookmark in it."""
    own: bool = False
    """Whether it is a municipality's own template."""


def new_document(tree: Tree, look: Look = templates.USUAL) -> Frame:
    """An empty document with the styles, settings, page, header, footer and properties of a tree."""
    document = Document()
    _drop_ballast(document.part)
    _drop_ballast(document.part.package)
    _replace(document.styles.element, rendered("styles", tree, look))
    _replace(document.settings.element, rendered("settings", tree))
    _replace(document.part.numbering_part.element, rendered("numbering", tree))
    _page(document.sections[0], tree)
    finished_properties(document, tree)
    return Frame(document, document.element.body.sectPr)


def finished_properties(document: Any, tree: Tree) -> None:
    """Say of which plan the document is."""
    _properties(document.core_properties, tree)
    if identity := tree.get("identity"):
        _custom(document.part.package, identity["content"])


def _drop_ballast(part: Any) -> None:
    """Cut the relations of a part to what is not wanted; what nothing refers to is not saved."""
    for relation in [r for r, target in part.rels.items() if target.reltype.rsplit("/", 1)[-1] in _BALLAST]:
        part.rels.pop(relation)


def rendered(name: str, tree: Tree, look: Look = templates.USUAL, width: int = TEXT_WIDTH) -> Element:
    """The template ``word/<name>.xml``."""
    page = templates.environment("html").get_template(f"word/{name}.xml")
    language = LANGUAGES[tree["lang"]]
    low = tree.get("opening") == "head"
    body = CLOSE_BODY if "most_pages" in tree else BODY
    own = templates.look(look)
    return parse_xml(page.render(font=FONT, language=language, width=width, low=low, body=body, look=own).encode())


def _replace(root: Element, ready: Element) -> None:
    """Put other contents in place of what an XML part holds."""
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
        pages = [text(f"{words['page']} "), *field("PAGE", "1"), text(f" {words['before_pages']}")]
        pages += [*field("NUMPAGES", "1"), *([text(words["after_pages"])] if words["after_pages"] else [])]
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
    for relation in list(archive.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:  # a template's own stay beside it
            part = relation.target_part
            held, made = parse_xml(part.blob), parse_xml(blob)[0]
            for old in [p for p in held if p.get("name") == CONTENT]:
                held.remove(old)
            made.set("pid", str(max([1, *(int(p.get("pid", 1)) for p in held)]) + 1))
            held.append(made)
            part._blob = serialize_part_xml(held)
            return
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, archive)
    archive.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def footnotes_part(document: Any) -> Any:
    """The part that holds the footnotes, with the two separators that Word expects; a template may have one already."""
    for name, relation in list(document.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            held = XmlPart.load(
                relation.target_part.partname, _FOOTNOTES_TYPE, relation.target_part.blob, document.part.package
            )
            for inner, target in relation.target_part.rels.items():
                held.rels[inner] = target
            document.part.rels.pop(name)
            document.part.relate_to(held, RELATIONSHIP_TYPE.FOOTNOTES)
            return held
    marks = ((-1, "separator"), (0, "continuationSeparator"))
    root = parse_xml(f"<w:footnotes {_NAMESPACE}/>")
    for number, kind in marks:
        line = paragraph("NoSpacing")
        line.append(run(PLAIN, element(kind)))
        root.append(element("footnote", line, type=kind, id=number))
    part = XmlPart(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def free_number(root: Element) -> int:
    """A number that no list has yet."""
    return max([0, *(int(n.numId) for n in root.num_lst)]) + 1


def new_list(frame: Frame, level: int, start: int) -> int:
    """Begin a numbered list of its own and return its number, for ``w:numId``."""
    root = frame.document.part.numbering_part.element
    number = free_number(root)
    begin = element("lvlOverride", element("startOverride", val=start), ilvl=level)
    new = element("num", element("abstractNumId", val=frame.ordered), begin, numId=number)
    root.num_lst[-1].addnext(new)
    return number


def svg_part(document: Any, svg: str) -> str:
    """Put a picture's SVG into the package and return the relation to it."""
    name = document.part.package.next_partname("/word/media/picture%d.svg")
    part = Part(name, "image/svg+xml", svg.encode(), document.part.package)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def fit(inline: Any, width: int) -> None:
    """Scale a picture to a width in twentieths of a point, or to most of a page if it would be taller."""
    widest, tallest = Emu(width * 635), Mm(200)
    ratio = min(widest / inline.extent.cx, tallest / inline.extent.cy)
    size = (round(inline.extent.cx * ratio), round(inline.extent.cy * ratio))
    resize(inline, *size)


def resize(inline: Any, width: int, height: int) -> None:
    """Give a picture a size."""
    size = (Emu(width), Emu(height))
    inline.extent.cx, inline.extent.cy = size
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # without it programs put air around the picture
    inline.graphic.graphicData.pic.spPr.cx, inline.graphic.graphicData.pic.spPr.cy = size


def packed(document: Any) -> bytes:
    """The document as a file, with the same date on every part: the same document gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        if len(set(old.namelist())) < len(old.namelist()):  # Word refuses such a file
            raise ValueError(old.namelist())
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIRST_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
