"""What a Word file is like, read with the standard library alone."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

from vaaldplan.paper import SHOWN, Built, Colours, Heading, Identity, Image, Table, UnreadableError
from vaaldplan.patterns import regex

from .docx_package import CONTENT

Xml = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T, _TR, _TC, _TBL, _P_PR, _R_PR, _TC_PR, _STYLE, _COLOUR, _SHADE, _VALUE, _FILL = (
    f"{W}{name}"
    for name in ("p", "r", "t", "tr", "tc", "tbl", "pPr", "rPr", "tcPr", "pStyle", "color", "shd", "val", "fill")
)
_PROPERTIES = frozenset({_P_PR, _R_PR, _TC_PR, *(f"{W}{name}" for name in ("tblPr", "tblGrid", "trPr", "sectPr"))})
"""Elements that hold no words."""
_UNTOLD = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "pageBreakBefore", "numPr", "spacing", "ind", "jc", "tabs")
)
"""Properties of a paragraph that say nothing of what is asked here."""
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_TOLD = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
"""The text of a property."""
LARGEST = 64_000_000
"""Bytes of a part when it is unpacked; no paper has that much."""
TITLES = ("title", "head title")
"""The names of the styles that a document's title may have."""
TITLE = 0
"""The outline level of the document's title, above that of the headings."""


_LEVEL, _SIX = regex("[0-8]"), regex("[0-9A-Fa-f]{6}")


class _Style(NamedTuple):
    """What a style says, with what it is based on."""

    level: int | None = None
    colour: str = ""
    fill: str = ""


PLAIN = _Style()


def facts(name: str, data: bytes) -> Built:
    """Read a Word file.

    Raises:
        UnreadableError: it is no Word file, or one that is not safe to read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part: _part(archive, f"{part}.xml") for part in _PARTS}
    except _DAMAGED as error:
        raise UnreadableError from error
    document = parts["word/document"]
    if document is None:
        raise UnreadableError
    return _Reader(name, document, parts).built()


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged archive may raise."""
_PARTS = ("word/document", "word/styles", "docProps/core", "docProps/custom")


def _part(archive: zipfile.ZipFile, name: str) -> Xml | None:
    """A part of the archive; a document type could define entities, so none is read with one."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as file:
        text = file.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise UnreadableError("large")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise UnreadableError
    return ElementTree.fromstring(text)


class _Reader:
    def __init__(self, name: str, document: Xml, parts: dict[str, Xml | None]) -> None:
        self.name = name
        self.document = document
        styles = parts["word/styles"]
        self.core = parts["docProps/core"]
        self.custom = parts["docProps/custom"]
        self.elements = {e.get(f"{W}styleId", ""): e for e in styles.iter(f"{W}style")} if styles is not None else {}
        self.names = {i: _name(e) for i, e in self.elements.items()}
        self.normal = next((i for i, e in self.elements.items() if _is_normal(e)), "")
        self.styles: dict[str, _Style] = {}
        self.paragraphs: dict[Xml, _Style] = {}
        language = styles.find(f".//{W}docDefaults//{W}lang") if styles is not None else None
        self.language = language.get(f"{W}val", "") if language is not None else ""
        self.colours: dict[tuple[str, str], str] = {}
        self.alone: list[str] = []

    def built(self) -> Built:
        """All that is told of the file."""
        self._look()
        keywords = self._property(f"{_CORE}keywords")
        return Built(
            self.name,
            "docx",
            self._identity(),
            title=self._property(f"{_DC}title"),
            language=self.language or self._property(f"{_DC}language"),
            date=self._property(f"{_TERMS}modified")[:10],
            properties=keywords,
            headings=tuple(self._headings()),
            contents=self._has_contents(),
            words=sum(len((e.text or "").split()) for e in self.document.iter(_T)),
            tables=tuple(self._tables()),
            images=tuple(self._images()),
            colours=tuple(
                Colours(f"#{text.lower()}", f"#{ground.lower()}", shown)
                for (text, ground), shown in self.colours.items()
            ),
            colour_alone=tuple(self.alone),
        )

    # ------------------------------------------------------------ properties

    def _property(self, name: str) -> str:
        found = self.core.findtext(name) if self.core is not None else None
        return (found or "").strip()

    def _identity(self) -> Identity | None:
        if self.custom is None:
            return None
        content = next((_text(e, _TOLD) for e in self.custom if e.get("name") == CONTENT), "")
        if not content:
            return None
        return Identity(self._property(f"{_DC}identifier"), self._property(f"{_CORE}version"), content)

    # ------------------------------------------------------------ structure

    def style(self, name: str) -> _Style:
        """A style with what it is based on."""
        line: list[str] = []
        while name in self.elements and name not in self.styles and name not in line:
            line.append(name)
            based = self.elements[name].find(f"{W}basedOn")
            name = based.get(f"{W}val", "") if based is not None else ""
        found = self.styles.get(name, PLAIN)
        for one in reversed(line):
            element = self.elements[one]
            own = _Style(_level(element), _colour(element.find(_R_PR)), _fill(element))
            if self.names.get(one) in TITLES:
                own = own._replace(level=TITLE)
            found = self.styles[one] = _over(own, found)
        return found

    def _paragraph_style(self, paragraph: Xml) -> _Style:
        found = self.paragraphs.get(paragraph)
        if found is None:
            properties = paragraph.find(_P_PR)
            found = self.style(_value(properties, _STYLE) or self.normal)
            if properties is not None and not _UNTOLD.issuperset([p.tag for p in properties]):
                found = _over(_Style(_level(properties), "", _fill(properties)), found)
            self.paragraphs[paragraph] = found
        return found

    def _headings(self) -> Iterator[Heading]:
        found = []
        for paragraph in self.document.iter(_P):
            level = self._paragraph_style(paragraph).level
            text = _text(paragraph) if level is not None else ""
            if level is not None and text:
                found.append(Heading(level, text))
        titled = any(h.level == TITLE for h in found)
        yield from (h._replace(level=h.level + 1) if titled else h for h in found)

    def _has_contents(self) -> bool:
        galleries = (e.get(f"{W}val") for e in self.document.iter(f"{W}docPartGallery"))
        fields = (*(e.text or "" for e in self.document.iter(f"{W}instrText")),
                  *(e.get(f"{W}instr", "") for e in self.document.iter(f"{W}fldSimple")))  # fmt: skip
        return "Table of Contents" in galleries or any(f.strip().startswith("TOC") for f in fields)

    def _tables(self) -> Iterator[Table]:
        for table in self.document.iter(_TBL):
            rows = table.findall(_TR)
            cells = [row.findall(_TC) for row in rows]
            properties = table.find(f"{W}tblPr")
            look = _under(properties, f"{W}tblLook")
            headed = any(_under(row, f"{W}trPr", f"{W}tblHeader") is not None for row in rows)
            named = look is not None and look.get(f"{W}firstColumn") in ("1", "true")
            name = _value(properties, f"{W}tblCaption")
            empty = sum(
                not (number == place == 0) and _is_empty(cell)
                for number, row in enumerate(cells)
                for place, cell in enumerate(row)
            )
            shown = name or next((t for row in cells for c in row if (t := _text(c))), "")
            columns = max((sum(map(_grid_span, row)) for row in cells), default=0)
            yield Table(shown[: 2 * SHOWN], columns, headed or named, bool(name) or table in self._titled, empty)

    @cached_property
    def _titled(self) -> set[Xml]:
        """What stands next below a caption."""
        return {
            below for parent in self.document.iter() for above, below in pairwise(parent) if self._is_caption(above)
        }

    def _is_caption(self, paragraph: Xml) -> bool:
        return self.names.get(_value(paragraph.find(_P_PR), _STYLE)) == "caption"

    def _images(self) -> Iterator[Image]:
        for drawn in self.document.iter(_DRAWN):
            decorative = any(e.tag.endswith("}decorative") and e.get("val") in ("1", "true") for e in drawn.iter())
            if not decorative:
                yield Image(drawn.get("title", "") or drawn.get("name", ""), drawn.get("descr", ""))

    # ------------------------------------------------------------ colours

    def _look(self) -> None:
        """Note the colours of all texts, in the order of the document."""
        within = [(iter(self.document), "FFFFFF", PLAIN)]
        while within:
            children, ground, style = within[-1]
            for child in children:
                tag = child.tag
                if tag == _R:
                    self._run(child, ground, style)
                    continue
                if tag in _PROPERTIES:
                    continue
                if tag == _P:
                    style = self._paragraph_style(child)
                    ground = style.fill or ground
                elif tag == _TC:
                    ground = _shade(child.find(_TC_PR)) or ground
                elif tag == _TR:
                    self.alone += _fields(child)
                within.append((iter(child), ground, style))
                break
            else:
                within.pop()

    def _run(self, run: Xml, ground: str, style: _Style) -> None:
        properties = run.find(_R_PR)
        if properties is not None:
            name = properties.find(f"{W}rStyle")
            if name is not None:
                style = _over(self.style(name.get(_VALUE, "")), style._replace(fill=""))
                ground = style.fill or ground
            style = style._replace(colour=_colour(properties) or style.colour)
            ground = _fill(properties) or ground
        colour = style.colour or "000000"
        if (colour, ground) not in self.colours and len(colour) == len(ground) == 6 and (text := _text(run)):
            self.colours[colour, ground] = text[:SHOWN]


def _under(element: Xml | None, *names: str) -> Xml | None:
    """An element within others: child by child, since a path would take longer to read than to follow."""
    for name in names:
        if element is None:
            return None
        element = element.find(name)
    return element


def _value(element: Xml | None, *names: str) -> str:
    """The value of an element within others."""
    found = _under(element, *names)
    return found.get(_VALUE, "") if found is not None else ""


def _over(own: _Style, based: _Style) -> _Style:
    """A style over the one it is based on."""
    level = own.level if own.level is not None else based.level
    return _Style(level, own.colour or based.colour, own.fill or based.fill)


def _is_normal(style: Xml) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _name(style: Xml) -> str:
    """What Word calls a style in every language; the ids differ between them."""
    return _value(style, f"{W}name").lower()


def _level(properties: Xml) -> int | None:
    """The level of a heading, from 1; Word's 9 is running text."""
    found = next(properties.iter(f"{W}outlineLvl"), None)
    value = found.get(_VALUE, "") if found is not None else ""
    return int(value) + 1 if _LEVEL.fullmatch(value) else None


def _colour(properties: Xml | None) -> str:
    value = _value(properties, _COLOUR)
    return value.upper() if _SIX.fullmatch(value) else ""


def _shade(properties: Xml | None) -> str:
    """The background that a cell, a paragraph or a run declares itself."""
    found = properties.find(_SHADE) if properties is not None else None
    value = found.get(_FILL, "") if found is not None else ""
    return value.upper() if value and _SIX.fullmatch(value) else ""


def _fill(properties: Xml) -> str:
    """The background that properties declare, or the properties within them, as in styles."""
    return _shade(properties) or _shade(properties.find(_P_PR)) or _shade(properties.find(_R_PR))


def _fields(row: Xml) -> Iterator[str]:
    """Coloured cells without words, in a row whose cells differ in colour; the row's words say where."""
    cells = row.findall(_TC)
    fills = [_shade(cell.find(_TC_PR)) for cell in cells]
    if len(set(fills)) > 1 and _under(row, f"{W}trPr", f"{W}tblHeader") is None:
        for cell, fill in zip(cells, fills, strict=True):
            if fill and _is_empty(cell):
                yield _text(row)[:SHOWN]


def _is_empty(cell: Xml) -> bool:
    return not any(t.text and not t.text.isspace() for t in cell.iter(_T)) and cell.find(f".//{W}drawing") is None


def _grid_span(cell: Xml) -> int:
    value = _value(cell, _TC_PR, f"{W}gridSpan")
    return min(int(value), 1000) if value.isdecimal() else 1


def _text(element: Xml, tag: str = _T) -> str:
    """The words within, white space put together."""
    return " ".join("".join(e.text or "" for e in element.iter(tag)).split())
