"""What a PDF is like: what its tags, its properties and its metadata tell, and which colours its texts have."""

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf

from vaaldplan.paper import SHOWN, Built, Identity, UnreadableError

from . import pdf_colours
from .pdf_tags import Cell, Told

MOST = 1_000_000
"""Tags of a PDF; no paper has that many."""
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


def facts(name: str, data: bytes, *, drawn: bool = True) -> Built:
    """Read a PDF.

    Args:
        name: the file's name.
        data: what is in it.
        drawn: whether the pages are followed too, for their colours; that takes longer than all the rest.

    Raises:
        UnreadableError: it cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            built = _Reader(pdf).built(name)
            links: list[str] = []
            colours = tuple(pdf_colours.colours(pdf, links)) if drawn else ()
            return built._replace(colours=colours, colour_alone=tuple(links))
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError from error


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.metadata = _metadata(pdf)

    def built(self, name: str) -> Built:
        """All that is told of the file."""
        root = self.pdf.Root
        told: dict[str, Any] = {}
        if "/StructTreeRoot" in root:
            title = str(self.pdf.docinfo.get("/Title", ""))
            told = Told(_met(_Tag(root.StructTreeRoot, self.pages)), title).facts()
        return Built(
            name,
            "pdf",
            self._identity(),
            title=_title(self.pdf, self.metadata),
            language=str(root.get("/Lang", "")),
            date=self.metadata.get("xmp:ModifyDate", "")[:10],
            properties=str(self.pdf.docinfo.get("/Keywords", "")),
            pages=len(self.pages),
            standards=tuple(self._standards()),
            **told,
        )

    def _identity(self) -> Identity | None:
        said = self.metadata
        if "dc:source" not in said:
            return None
        return Identity(said.get("dc:identifier", ""), said.get("xmpMM:VersionID", ""), said["dc:source"])

    def _standards(self) -> Iterator[str]:
        said = self.metadata
        if part := said.get("pdfaid:part"):
            yield f"PDF/A-{part}{said.get('pdfaid:conformance', '')}"
        if part := said.get("pdfuaid:part"):
            yield f"PDF/UA-{part}"


class _Tag:
    """A tag as pikepdf reads it; see ``pdf_tags.Tag``."""

    def __init__(self, tag: Any, pages: dict[tuple[int, int], int]) -> None:
        self._tag = tag
        self._pages = pages

    @property
    def kind(self) -> str:
        return str(self._tag.get("/S", ""))[1:]

    @property
    def kids(self) -> "list[_Tag]":
        return [_Tag(kid, self._pages) for kid in self._kids() if isinstance(kid, pikepdf.Dictionary)]

    @property
    def filled(self) -> bool:
        """Whether it has contents on a page of its own, beside the tags within."""
        return any(not isinstance(k, pikepdf.Dictionary) or "/MCID" in k or "/Obj" in k for k in self._kids())

    @property
    def page(self) -> int | None:
        placed = next((one for one in self.all() if "/Pg" in one._tag), None)
        return self._pages.get(placed._tag.Pg.objgen) if placed is not None else None

    @property
    def title(self) -> str:
        return str(self._tag.get("/T", ""))

    @property
    def alt(self) -> str:
        return str(self._tag.get("/Alt", self._tag.get("/ActualText", "")))

    @property
    def rows(self) -> list[list[Cell]]:
        rows = [tag.kids for tag in self.all() if tag.kind == "TR"]
        return [[cell.as_cell() for cell in row if cell.kind in ("TH", "TD")] for row in rows]

    def as_cell(self) -> Cell:
        return Cell(self.kind == "TH", self._span(), any(tag.filled for tag in self.all()))

    def all(self) -> "Iterator[_Tag]":
        """It and all within it, in reading order; a damaged file may lead in circles."""
        waiting = [self]
        for _ in range(MOST):
            if not waiting:
                return
            tag = waiting.pop()
            yield tag
            waiting.extend(reversed(tag.kids))
        raise UnreadableError("large")

    def _span(self) -> int:
        attributes = self._tag.get("/A", [])
        for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if isinstance(one, pikepdf.Dictionary) and "/ColSpan" in one:
                return int(one.ColSpan)
        return 1

    def _kids(self) -> list[Any]:
        kids = self._tag.get("/K", [])
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _met(top: _Tag) -> Iterator[_Tag]:
    """The tags as ``Told`` wants to meet them."""
    waiting = [top]
    for _ in range(MOST):
        if not waiting:
            return
        tag = waiting.pop()
        if tag.kind == "Table":
            yield from (one for one in tag.all() if one.kind == "Caption")
        else:
            waiting.extend(reversed(tag.kids))
        yield tag
    raise UnreadableError("large")


def _metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The simple properties of the metadata, by prefix and name; a document type could define entities."""
    if "/Metadata" not in pdf.Root:
        return {}
    text = pdf.Root.Metadata.read_bytes()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return {}
    try:
        root = ElementTree.fromstring(text.strip(b"\x00 \r\n"))
    except ElementTree.ParseError:
        return {}
    names = {f"{{{address}}}": prefix for prefix, address in _SPACES.items()}
    found = {}
    for element in root.iter():
        for name, value in ((element.tag, element.text or ""), *element.attrib.items()):
            space, _, local = name.rpartition("}")
            if space + "}" in names and value.strip():
                found[f"{names[space + '}']}:{local}"] = value.strip()
        if element.tag == f"{{{_SPACES['dc']}}}title":
            found["dc:title"] = " ".join("".join(element.itertext()).split())
    return found


def _title(pdf: pikepdf.Pdf, metadata: dict[str, str]) -> str:
    """The title that a reader shows; empty when it shows the file's name instead."""
    preferences: Any = pdf.Root.get("/ViewerPreferences", {})
    shown = preferences.get("/DisplayDocTitle", False)
    return (metadata.get("dc:title") or str(pdf.docinfo.get("/Title", "")))[: 4 * SHOWN] if shown else ""
