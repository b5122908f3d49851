"""The municipality's own Word template, opened so that the plan can be written into it at ``[[PLAN]]``.

Its header, footer, page and styles stay. Word's own styles are found by name or id; what it lacks is added.
"""

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from vaaldplan.errors import VaaldplanError
from vaaldplan.look import Look, WordTemplate
from vaaldplan.look.word import PLACE, mapping

from . import docx_package as package
from .docx_parts import Element, element, paragraph
from .tree import Tree

_STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")


@contextmanager
def blamed(template: WordTemplate | None) -> Iterator[None]:
    """While a document is written into a template, whatever the library trips over is the template's fault.

    Raises:
        VaaldplanError: ``word-template``.
    """
    try:
        yield
    except VaaldplanError:
        raise
    except Exception as error:
        if template is None:
            raise
        raise VaaldplanError("word-template", details=f"{type(error).__name__}: {error}"[:200]) from error


def opened(tree: Tree, look: Look, template: WordTemplate) -> package.Frame:
    """A template, ready to be written into."""
    document = Document(_as_document(template.data))
    body = document.element.body
    anchor = next(
        p for p in body.iterchildren(qn("w:p")) if "".join(t.text or "" for t in p.iter(qn("w:t"))).strip() == PLACE
    )
    width = _width(anchor, body)
    _settings(document)
    styles = _styles(document, tree, look, mapping(template), width)
    bullet, ordered = _lists(document, tree)
    _marked(document, tree, styles)
    package.finished_properties(document, tree)
    marks = [int(m.get(qn("w:id"), 0)) for m in body.iter(qn("w:bookmarkStart"))]
    return package.Frame(
        document, anchor, width, bullet, ordered, styles, anchor.getprevious(), max([0, *marks]), own=True
    )


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


def _width(anchor: Element, body: Element) -> int:
    """Width of the text where the plan is put, in twentieths of a point."""
    found = next(
        (s for p in [anchor, *anchor.itersiblings(qn("w:p"))] for s in p.findall(f"{qn('w:pPr')}/{qn('w:sectPr')}")),
        None,
    )
    section = body.sectPr if found is None else found
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return package.TEXT_WIDTH
    taken = sum(int(margins.get(qn(f"w:{side}"), 0)) for side in ("left", "right", "gutter"))
    return max(2000, int(size.get(qn("w:w"), 0)) - taken)


def _settings(document: Any) -> None:
    """Forget the template that the template was made from: Word would look for it on a server. Divide words."""
    root = document.settings.element
    for made_from in root.findall(qn("w:attachedTemplate")):
        root.remove(made_from)
    before = root.find(qn("w:defaultTabStop"))
    if before is not None and root.find(qn("w:autoHyphenation")) is None:  # long Swedish words in narrow columns
        before.addnext(element("autoHyphenation"))
    rels = document.part._settings_part.rels
    for name in [r for r, target in rels.items() if target.reltype.rsplit("/", 1)[-1] == "attachedTemplate"]:
        rels.pop(name)


def _styles(document: Any, tree: Tree, look: Look, mapped: dict[str, str], width: int) -> dict[str, str]:
    """Add the styles that the template lacks; return which of its own stands for each of ours."""
    root = document.styles.element
    ids = {s.get(qn("w:styleId")) for s in root.iter(qn("w:style"))}
    ours = package.rendered("styles", tree, look, width)
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
        restyle(style, mapped)
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
        properties.append(element("outlineLvl", val=level - 1))


def _language(root: Element, tree: Tree) -> None:
    """Say in which language the text is, for the spelling check and screen readers."""
    place = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = place.find(qn(f"w:{name}"))
        if found is None:
            found = element(name)
            place.insert(0, found)
        place = found
    for old in place.findall(qn("w:lang")):
        place.remove(old)
    language = package.LANGUAGES[tree["lang"]]
    place.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def restyle(root: Element, mapped: Mapping[str, str]) -> None:
    """Name styles as the template does. In place."""
    for name in _STYLED:
        for found in root.iter(qn(f"w:{name}")):
            found.set(qn("w:val"), mapped.get(found.get(qn("w:val")), found.get(qn("w:val"))))


def _lists(document: Any, tree: Tree) -> tuple[int, int]:
    """Add our two kinds of list: the number of the list with dots, and the kind of those with numbers."""
    ours = package.rendered("numbering", tree)
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
    number = package.free_number(root)
    last = root.findall(qn("w:num"))
    new = element("num", element("abstractNumId", val=first), numId=number)
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
            line = paragraph("Header", after=120, align="right")
            line.append(package.mark(status["mark"]))
            restyle(line, styles)
            header._element.append(line)


def finish(frame: package.Frame, footnotes: Any) -> None:
    """Name the styles of all that was written as the template does, and take ``[[PLAN]]`` away."""
    anchor = frame.end
    for written in anchor.itersiblings(preceding=True):
        if written is frame.before:
            break
        restyle(written, frame.styles)
    restyle(footnotes.element, frame.styles)
    if anchor.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        anchor.getparent().remove(anchor)
        return
    for piece in [p for p in anchor if p.tag != qn("w:pPr")]:
        anchor.remove(piece)
