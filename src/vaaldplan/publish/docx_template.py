"""The municipality's own Word template, opened so that the plan can be written into it at ``[[PLAN]]``.

Its header, footer, page and styles stay. Word's own styles are found by name or id; what it lacks is added.
"""

import copy
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from vaaldplan.errors import VaaldplanError
from vaaldplan.look import Look, WordTemplate
from vaaldplan.look.word import PLACE, mapping

from . import docx_package as package
from .docx_parts import Image, Xml, declared, element, paragraph
from .tree import Tree

Element = Any
"""An lxml element; python-docx has no types of its own."""

_FOOTNOTES_TYPE = f"{package.WORD}.footnotes+xml"
_STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")


@contextmanager
def blamed() -> Iterator[None]:
    """While a document is written into a template, whatever the library trips over is the template's fault.

    Raises:
        VaaldplanError: ``word-template``.
    """
    try:
        yield
    except VaaldplanError:
        raise
    except Exception as error:
        raise VaaldplanError("word-template", details=f"{type(error).__name__}: {error}"[:200]) from error


class OwnTemplate:
    """A template, ready to be written into."""

    own = True

    def __init__(self, tree: Tree, look: Look, template: WordTemplate) -> None:
        document = self.document = Document(_as_document(template.data))
        body = document.element.body
        self.place = next(p for p in body.iterchildren(qn("w:p")) if _said(p).strip() == PLACE)
        self.width, self.height = _room(self.place, body)
        _settings(document)
        self.renamed: Mapping[str, str] = _styles(document, tree, look, mapping(template), self.width)
        self.styles = Xml(serialize_part_xml(document.styles.element).decode())
        self.bullet, self.ordered = _lists(document, tree)
        lists = document.part.numbering_part.element
        self.free, self.last_list = _free_number(lists), lists.num_lst[-1]
        _marked(document, tree, self.renamed)
        _properties(document, tree)
        self.footnotes = _footnotes(document)
        self.links: dict[tuple[str, bool], str] = {}
        self.marks = _highest(body.iter(qn("w:bookmarkStart")))
        self.notes = _highest(self.footnotes.element)
        self.pictures = max([0, *(int(i) for i in document.element.xpath("//@id") if i.isdecimal())])

    def link(self, address: str, *, in_note: bool) -> str:
        """The relation to an address outside the document."""
        key = address, in_note
        if key not in self.links:
            part = self.footnotes if in_note else self.document.part
            self.links[key] = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.links[key]

    def picture(self, data: bytes, svg: str) -> Image:
        """Put a PNG or JPEG into the package, and the same as SVG when there is one."""
        part = self.document.part
        shown, image = part.get_or_add_image(io.BytesIO(data))
        if not svg:
            return Image(shown, "", image.filename)
        name = part.package.next_partname("/word/media/picture%d.svg")
        drawn = Part(name, "image/svg+xml", svg.encode(), part.package)
        return Image(shown, part.relate_to(drawn, RELATIONSHIP_TYPE.IMAGE), image.filename)

    def numbered(self, level: int, start: int) -> int:
        """Begin a numbered list of its own and return its number."""
        self.free += 1
        begin = element("lvlOverride", element("startOverride", val=start), ilvl=level)
        new = _made("num", element("abstractNumId", val=self.ordered), begin, numId=self.free - 1)
        self.last_list.addnext(new)
        self.last_list = new
        return self.free - 1

    def finished(self, body: Xml, notes: Xml) -> bytes:
        """The file with this text and these footnotes in it, and ``[[PLAN]]`` taken away."""
        for made, put in ((body, self.place.addprevious), (notes, self.footnotes.element.append)):
            for part in _parsed(made, self.renamed):
                put(part)
        if self.place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
            self.place.getparent().remove(self.place)
        else:
            for piece in [p for p in self.place if p.tag != qn("w:pPr")]:
                self.place.remove(piece)
        out = io.BytesIO()
        self.document.save(out)
        with zipfile.ZipFile(out) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names):  # Word refuses such a file
                raise ValueError(names)
            return package.zipped({name: archive.read(name) for name in names})


def _parsed(made: Xml, styles: Mapping[str, str] = MappingProxyType({})) -> list[Element]:
    """What was written, as the elements that python-docx works with, its styles named as the template does."""
    root = parse_xml(f"<w:body {declared()}>{made}</w:body>")
    _restyle(root, styles)
    return list(root)


def _made(tag: str, *children: Xml, **attributes: object) -> Any:
    return _parsed(element(tag, *children, **attributes))[0]


def _said(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def _highest(found: Iterable[Any]) -> int:
    """The highest of the numbers that elements have."""
    return max([0, *(int(e.get(qn("w:id"), 0)) for e in found)])


def _as_document(data: bytes) -> io.BytesIO:
    """The template as an ordinary document: only its content type differs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            if name == "[Content_Types].xml":
                held = held.replace(b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml")
            new.writestr(name, held)
    out.seek(0)
    return out


def _room(anchor: Element, body: Element) -> tuple[int, int]:
    """Width and height of the text where the plan is put, in twentieths of a point."""
    found = next(
        (s for p in [anchor, *anchor.itersiblings(qn("w:p"))] for s in p.findall(f"{qn('w:pPr')}/{qn('w:sectPr')}")),
        None,
    )
    section = body.sectPr if found is None else found
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return package.TEXT_WIDTH, package.TEXT_HEIGHT
    room = []
    for whole, sides in (("w", ("left", "right", "gutter")), ("h", ("top", "bottom"))):
        taken = sum(abs(int(margins.get(qn(f"w:{side}"), 0))) for side in sides)
        room.append(max(2000, int(size.get(qn(f"w:{whole}"), 0)) - taken))
    return room[0], room[1]


def _settings(document: Any) -> None:
    """Forget the template that the template was made from: Word would look for it on a server. Divide words."""
    root = document.settings.element
    for made_from in root.findall(qn("w:attachedTemplate")):
        root.remove(made_from)
    before = root.find(qn("w:defaultTabStop"))
    if before is not None and root.find(qn("w:autoHyphenation")) is None:  # long Swedish words in narrow columns
        before.addnext(_made("autoHyphenation"))
    rels = document.part._settings_part.rels
    for name in [r for r, target in rels.items() if target.reltype.rsplit("/", 1)[-1] == "attachedTemplate"]:
        rels.pop(name)


def _styles(document: Any, tree: Tree, look: Look, mapped: dict[str, str], width: int) -> dict[str, str]:
    """Add the styles that the template lacks; return which of its own stands for each of ours."""
    root = document.styles.element
    ids = {s.get(qn("w:styleId")) for s in root.iter(qn("w:style"))}
    ours = parse_xml(package.rendered("styles", tree, look, width=width))
    kinds = {s.get(qn("w:type")) for s in root.iter(qn("w:style")) if s.get(qn("w:default")) in ("1", "true", "on")}
    added = []
    for style in ours.iter(qn("w:style")):
        name = style.get(qn("w:styleId"))
        if name in mapped or name in ids:
            mapped.setdefault(name, name)
            continue
        if style.get(qn("w:default")) and style.get(qn("w:type")) in kinds:
            del style.attrib[qn("w:default")]
        added.append(copy.deepcopy(style))
    for style in added:
        _restyle(style, mapped)
        root.append(style)
    for level in range(1, 5):
        _outlined(root, mapped.get(f"Heading{level}", f"Heading{level}"), level)
    _language(root, tree)
    return {ours: theirs for ours, theirs in mapped.items() if ours != theirs}


def _outlined(root: Element, style: str, level: int) -> None:
    """Make sure that a style is a heading to Word and to screen readers; not every program that saves it says so."""
    found = next(s for s in root.iter(qn("w:style")) if s.get(qn("w:styleId")) == style)
    properties = found.get_or_add_pPr()
    if properties.find(qn("w:outlineLvl")) is None:
        properties.append(_made("outlineLvl", val=level - 1))


def _language(root: Element, tree: Tree) -> None:
    """Say in which language the text is, for the spelling check and screen readers."""
    place = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = place.find(qn(f"w:{name}"))
        if found is None:
            found = _made(name)
            place.insert(0, found)
        place = found
    for old in place.findall(qn("w:lang")):
        place.remove(old)
    language = package.LANGUAGES[tree["lang"]]
    place.append(_made("lang", val=language, eastAsia=language, bidi="ar-SA"))


def _restyle(root: Element, mapped: Mapping[str, str]) -> None:
    """Name styles as the template does. In place."""
    for name in _STYLED:
        for found in root.iter(qn(f"w:{name}")):
            found.set(qn("w:val"), mapped.get(found.get(qn("w:val")), found.get(qn("w:val"))))


def _lists(document: Any, tree: Tree) -> tuple[int, int]:
    """Add our two kinds of list: the number of the list with dots, and the kind of those with numbers."""
    ours = parse_xml(package.rendered("numbering", tree))
    part = document.part
    if not any(r.reltype == RELATIONSHIP_TYPE.NUMBERING for r in part.rels.values()):
        made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, ours, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return 1, 1
    root = part.numbering_part.element
    kinds = root.findall(qn("w:abstractNum"))
    first = max([-1, *(int(k.get(qn("w:abstractNumId"))) for k in kinds)]) + 1
    place: Element = kinds[-1] if kinds else None
    for i, kind in enumerate(ours.findall(qn("w:abstractNum"))):
        kind.set(qn("w:abstractNumId"), str(first + i))
        if place is None:
            root.insert(0, kind)
        else:
            place.addnext(kind)
        place = kind
    number = _free_number(root)
    last = root.findall(qn("w:num"))
    new = _made("num", element("abstractNumId", val=first), numId=number)
    (last[-1] if last else place).addnext(new)
    return number, first + 1


def _marked(document: Any, tree: Tree, styles: dict[str, str]) -> None:
    """Say on every page that the plan is not adopted: last in each header of the template."""
    status = tree["status"]
    if not status:
        return
    for i, section in enumerate(document.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if document.settings.odd_and_even_pages_header_footer else []
        for header in headers:
            if header.is_linked_to_previous:
                if i:
                    continue
                header.is_linked_to_previous = False
            line = paragraph("Header", package.mark(status["mark"]), after=120, align="right")
            header._element.extend(_parsed(line, styles))


def _properties(document: Any, tree: Tree) -> None:
    """Say of which plan the document is; the date is the tree's, so that the same tree gives the same file."""
    held = document.core_properties
    for name, value in package.properties(tree).items():
        setattr(held, name, value)
    held.created = held.modified = datetime.fromisoformat(tree["date"])
    held.revision = 1
    if identity := tree.get("identity"):
        _custom(document.part.package, package.custom(identity["content"]))


def _custom(archive: Any, ours: Xml) -> None:
    """Add the property of our own to those that a template has."""
    blob = f"{package.HEAD}{ours}".encode()
    for relation in list(archive.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            part = relation.target_part
            held, made = parse_xml(part.blob), parse_xml(blob)[0]
            for old in [p for p in held if p.get("name") == package.CONTENT]:
                held.remove(old)
            made.set("pid", str(max([1, *(int(p.get("pid", 1)) for p in held)]) + 1))
            held.append(made)
            part._blob = serialize_part_xml(held)
            return
    part = Part(PackURI("/docProps/custom.xml"), package.CUSTOM_TYPE, blob, archive)
    archive.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _footnotes(document: Any) -> Any:
    """The part that holds the footnotes; a template may have one already."""
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
    root = parse_xml(f"<w:footnotes {declared('w')}>{package.separators()}</w:footnotes>")
    part = XmlPart(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _free_number(root: Any) -> int:
    """A number that no list has yet."""
    return max([0, *(int(n.numId) for n in root.num_lst)]) + 1
