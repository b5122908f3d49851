"""What a PDF is like: what its tags, its properties and its metadata tell, and which colours its texts have."""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf

from vaaldplan.paper import Built, Heading, Identity, Image, Table, UnreadableError

from . import pdf_colours
from .html_facts import SHOWN

_LEVEL = re.compile(r"/H([1-6])")
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
MOST = 1_000_000
"""Tags of a PDF; no paper has that many."""


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
            return built._replace(colours=tuple(pdf_colours.colours(pdf))) if drawn else built
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError from error


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.metadata = _metadata(pdf)
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self.images: list[Image] = []
        self.contents = False
        self.captioned = False

    def built(self, name: str) -> Built:
        """All that is told of the file."""
        root = self.pdf.Root
        if "/StructTreeRoot" in root:
            self._walk(root.StructTreeRoot)
        return Built(
            name,
            "pdf",
            self._identity(),
            title=_title(self.pdf, self.metadata),
            language=str(root.get("/Lang", "")),
            date=self.metadata.get("xmp:ModifyDate", "")[:10],
            properties=str(self.pdf.docinfo.get("/Keywords", "")),
            headings=tuple(self.headings),
            contents=self.contents,
            pages=len(self.pages),
            tables=tuple(self.tables),
            images=tuple(self.images),
            standards=tuple(self._standards()),
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

    # ------------------------------------------------------------ tags

    def _walk(self, top: Any) -> None:
        """Visit every tag in reading order."""
        waiting = [top]
        count = 0
        titled = False
        while waiting:
            tag = waiting.pop()
            count += 1
            if count > MOST:
                raise UnreadableError("large")
            kind = str(tag.get("/S", ""))
            if kind == "/Table":
                self._table(tag)
                self.captioned = False
                continue
            if kind == "/Title" and not titled:
                titled = True
                self.headings.append(Heading(1, self._title(), self._page(tag)))
            elif level := _LEVEL.fullmatch(kind):
                text = str(tag.get("/T", ""))
                self.headings.append(Heading(int(level[1]) + titled, text, self._page(tag)))
            elif kind == "/Figure":
                self.images.append(
                    Image(self._under(), str(tag.get("/Alt", tag.get("/ActualText", ""))), self._page(tag))
                )
            elif kind == "/TOC":
                self.contents = True
            elif kind == "/Caption":
                self.captioned = True
            waiting.extend(reversed(_within(tag)))

    def _under(self) -> str:
        """The heading that something stands under: the tags name no tables or pictures."""
        return self.headings[-1].text if self.headings else ""

    def _title(self) -> str:
        return str(self.pdf.docinfo.get("/Title", ""))

    def _page(self, tag: Any) -> int | None:
        """The page of a tag, or of the first tag within."""
        placed = next((one for one in _all(tag) if "/Pg" in one), None)
        return self.pages.get(placed.Pg.objgen) if placed is not None else None

    def _table(self, table: Any) -> None:
        tags = [(str(tag.get("/S", "")), tag) for tag in _all(table)]
        captioned = self.captioned or any(kind == "/Caption" for kind, _ in tags)
        rows = [[c for c in _within(t) if str(c.get("/S")) in ("/TH", "/TD")] for kind, t in tags if kind == "/TR"]
        heads = [[str(cell.S) == "/TH" for cell in row] for row in rows]
        pairs = bool(heads) and all(len(row) == 2 and row[0] and not row[1] for row in heads)
        self.tables.append(
            Table(
                self._under(),
                max((sum(_span(cell) for cell in row) for row in rows), default=0),
                any(any(row) for row in heads),
                captioned or pairs,
                sum(
                    not (number == place == 0) and not _filled(cell)
                    for number, row in enumerate(rows)
                    for place, cell in enumerate(row)
                ),
                self._page(table),
            )
        )


def _within(tag: Any) -> list[Any]:
    """The tags directly within."""
    kids = tag.get("/K", [])
    return [k for k in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(k, pikepdf.Dictionary)]


def _all(top: Any) -> Iterator[Any]:
    """A tag and all within it, in reading order; a damaged file may lead in circles."""
    waiting = [top]
    for _ in range(MOST):
        if not waiting:
            return
        tag = waiting.pop()
        yield tag
        waiting.extend(reversed(_within(tag)))
    raise UnreadableError("large")


def _filled(cell: Any) -> bool:
    """Whether a cell has contents on a page, itself or in a tag within."""
    for tag in _all(cell):
        kids = tag.get("/K", [])
        each = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        if any(not isinstance(k, pikepdf.Dictionary) or "/MCID" in k or "/Obj" in k for k in each):
            return True
    return False


def _span(cell: Any) -> int:
    attributes = cell.get("/A", [])
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(one, pikepdf.Dictionary) and "/ColSpan" in one:
            return int(one.ColSpan)
    return 1


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
