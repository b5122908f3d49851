"""What a Word file is like, read with the standard library alone."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

from vaaldplan.paper import SHOWN, Built, Colours, Heading, Identity, Image, Table, UnreadableError

from .docx_package import CONTENT

Xml = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
LARGEST = 64_000_000
"""Bytes of a part when it is unpacked; no paper has that much."""
TITLES = ("title", "head title")
"""The names of the styles that a document's title may have."""
TITLE = 0
"""The outline level of the document's title, above that of the headings."""


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
        language = styles.find(f".//{W}docDefaults//{W}lang") if styles is not None else None
        self.language = language.get(f"{W}val", "") if language is not None else ""
        self.colours: dict[tuple[str, str], str] = {}
        self.alone: list[str] = []

    def built(self) -> Built:
        """All that is told of the file."""
        self._look(self.document, "FFFFFF")
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
            words=sum(len((e.text or "").split()) for e in self.document.iter(f"{W}t")),
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
        content = next((_text(e) for e in self.custom if e.get("name") == CONTENT), "")
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
            own = _Style(_level(element), _colour(element), _fill(element))
            if self.names.get(one) in TITLES:
                own = own._replace(level=TITLE)
            found = self.styles[one] = _over(own, found)
        return found

    def _paragraph_style(self, paragraph: Xml) -> _Style:
        properties = paragraph.find(f"{W}pPr")
        name = properties.find(f"{W}pStyle") if properties is not None else None
        style = self.style(name.get(f"{W}val", "") if name is not None else self.normal)
        if properties is None:
            return style
        return _over(_Style(_level(properties), "", _fill(properties)), style)

    def _headings(self) -> Iterator[Heading]:
        found = []
        for paragraph in self.document.iter(f"{W}p"):
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
        titled = {
            id(below) for parent in self.document.iter() for above, below in pairwise(parent) if self._is_caption(above)
        }
        for table in self.document.iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            cells = [row.findall(f"{W}tc") for row in rows]
            look = table.find(f"{W}tblPr/{W}tblLook")
            headed = any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)
            named = look is not None and look.get(f"{W}firstColumn") in ("1", "true")
            caption = table.find(f"{W}tblPr/{W}tblCaption")
            name = caption.get(f"{W}val", "") if caption is not None else ""
            empty = sum(
                not (number == place == 0) and _is_empty(cell)
                for number, row in enumerate(cells)
                for place, cell in enumerate(row)
            )
            first = next((t for row in cells for c in row if (t := _text(c))), "")
            columns = max((sum(_grid_span(c) for c in row) for row in cells), default=0)
            yield Table(
                (name or first)[: 2 * SHOWN], columns, headed or named, bool(name) or id(table) in titled, empty
            )

    def _is_caption(self, paragraph: Xml) -> bool:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style is not None and self.names.get(style.get(f"{W}val", "")) == "caption"

    def _images(self) -> Iterator[Image]:
        for drawn in self.document.iter(_DRAWN):
            decorative = any(e.tag.endswith("}decorative") and e.get("val") in ("1", "true") for e in drawn.iter())
            if not decorative:
                yield Image(drawn.get("title", "") or drawn.get("name", ""), drawn.get("descr", ""))

    # ------------------------------------------------------------ colours

    def _look(self, parent: Xml, ground: str) -> None:
        """Note the colours of all texts; ``ground`` is the background so far."""
        waiting = [(parent, ground, PLAIN)]
        while waiting:
            element, ground, style = waiting.pop()
            match element.tag.removeprefix(W):
                case "tr":
                    self.alone += _fields(element)
                case "tc":
                    ground = _fill(element.find(f"{W}tcPr")) or ground
                case "p":
                    style = self._paragraph_style(element)
                    ground = style.fill or ground
                case "r":
                    self._run(element, ground, style)
                    continue
            waiting.extend((child, ground, style) for child in reversed(element))

    def _run(self, run: Xml, ground: str, style: _Style) -> None:
        text = _text(run)
        if not text:
            return
        properties = run.find(f"{W}rPr")
        if properties is not None:
            name = properties.find(f"{W}rStyle")
            if name is not None:
                style = _over(self.style(name.get(f"{W}val", "")), style._replace(fill=""))
                ground = style.fill or ground
            style = style._replace(colour=_colour(properties, own=True) or style.colour)
            ground = _fill(properties) or ground
        colour = style.colour or "000000"
        if len(colour) == len(ground) == 6:
            self.colours.setdefault((colour, ground), text[:SHOWN])


def _over(own: _Style, based: _Style) -> _Style:
    """A style over the one it is based on."""
    level = own.level if own.level is not None else based.level
    return _Style(level, own.colour or based.colour, own.fill or based.fill)


def _is_normal(style: Xml) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _name(style: Xml) -> str:
    """What Word calls a style in every language; the ids differ between them."""
    name = style.find(f"{W}name")
    return name.get(f"{W}val", "").lower() if name is not None else ""


def _level(properties: Xml) -> int | None:
    """The level of a heading, from 1; Word's 9 is running text."""
    found = properties.find(f".//{W}outlineLvl")
    value = found.get(f"{W}val", "") if found is not None else ""
    return int(value) + 1 if re.fullmatch("[0-8]", value) else None


def _colour(properties: Xml, *, own: bool = False) -> str:
    found = properties.find(f"{W}color" if own else f"{W}rPr/{W}color")
    value = found.get(f"{W}val", "") if found is not None else ""
    return value.upper() if re.fullmatch("[0-9A-Fa-f]{6}", value) else ""


def _fill(properties: Xml | None) -> str:
    """The background that a style, a paragraph, a cell or a run declares itself."""
    if properties is None:
        return ""
    for place in (f"{W}shd", f"{W}pPr/{W}shd", f"{W}rPr/{W}shd"):
        found = properties.find(place)
        value = found.get(f"{W}fill", "") if found is not None else ""
        if re.fullmatch("[0-9A-Fa-f]{6}", value):
            return value.upper()
    return ""


def _fields(row: Xml) -> Iterator[str]:
    """Coloured cells without words, in a row whose cells differ in colour; the row's words say where."""
    cells = row.findall(f"{W}tc")
    fills = [_fill(cell.find(f"{W}tcPr")) for cell in cells]
    if len(set(fills)) > 1 and row.find(f"{W}trPr/{W}tblHeader") is None:
        for cell, fill in zip(cells, fills, strict=True):
            if fill and _is_empty(cell):
                yield _text(row)[:SHOWN]


def _is_empty(cell: Xml) -> bool:
    return not _text(cell) and cell.find(f".//{W}drawing") is None


def _grid_span(cell: Xml) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), 1000) if value.isdecimal() else 1


def _text(element: Xml) -> str:
    """The words within, white space put together; in properties too, where they stand in other elements."""
    texts = (e.text or "" for e in element.iter() if e.tag == f"{W}t" or e.tag.endswith("}lpwstr"))
    return " ".join("".join(texts).split())
