"""What Typst 0.15 leaves to do in a PDF, and what the finished file is like.

The first cell of each row becomes its heading, links within the document get their places, and the metadata say which
plan it was made from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vaaldplan.paper import SHOWN, Built, Identity

from .pdf_objects import Objects, raw, text, written
from .pdf_tags import Cell, Told
from .tree import Tree

INWARD = "plan:"
"""How the address of a link to a heading begins while Typst sets the pages. Had it to find the heading first, it would
set all that has such a link once more."""
PROPERTIES = {"plan": "dc:identifier", "version": "xmpMM:VersionID", "content": "dc:source"}
"""Where the identity stands among the metadata: properties that PDF/A knows and Typst does not write."""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LAST_PROPERTY = b"<pdf:PDFVersion>"
_TAG = b"<</Type/StructElem/S/"
_LINK = b"Link"
_ACTION = b"/A<</Type/Action/S/URI/URI"
_NUMBER = re.compile(rb"(\d+) 0 R")
_KID = re.compile(rb"(\d+) 0 R|(<<[^>]*>>)|(\d+)")
_PAGE = re.compile(rb"/Pg (\d+) 0 R")
_BEFORE = rb"<</Type/StructElem/S/\w+/P \d+ 0 R(?:/ID\(\w*\))?"
_TITLE, _ALT = re.compile(_BEFORE + rb"/T(?=[(<])"), re.compile(_BEFORE + rb"/Alt(?=[(<])")
_TELLING = re.compile(rb"<</Type/(?:StructElem/S/(T[DHR]|H\d|Title|Table|Caption|Figure|TOC)|Annot/Subtype/(Link))/")
_CELLS = (b"TD", b"TH")
_SPAN = re.compile(rb"/ColSpan (\d+)")
_ATTRIBUTES = re.compile(rb"/A\[<<.*>>\]$")


class Paper(NamedTuple):
    """A finished PDF."""

    data: bytes
    pages: int
    built: Built
    """What it is like; ``pdf_facts`` reads the same from the file."""


def finished(data: bytes, tree: Tree, identity: Mapping[str, str], standard: str) -> Paper:
    """Finish what Typst has made of a tree by an archive standard; ``identity`` says which plan it was made from."""
    objects = Objects(data)
    root = objects[objects.root]
    pages = {
        page: number for number, page in enumerate(_references(objects[_reference(root, b"/Pages")], b"/Kids["), 1)
    }
    named = _named(objects, root, pages)
    words = tree["words"]
    where = f"{words['section']}, {words['page'].lower()}"
    met = [(number, found[1] or found[2]) for number, body in objects.items() if (found := _TELLING.match(body))]
    for number, kind in met:
        body = objects[number]
        if kind == b"TR":
            first = int(body[body.rindex(b"/K[") + 3 :].split(b" ", 1)[0])
            objects[first] = _heading(objects[first])
        elif kind == _LINK and _ACTION in body:
            objects[number] = _link(body, named, where)
    metadata = _reference(root, b"/Metadata")
    objects[metadata] = _metadata(objects[metadata], identity)
    language = text(root, b"/Lang")
    built = Built(
        "",
        "pdf",
        Identity(**{key: identity.get(key, "").strip() for key in PROPERTIES}) if identity.get("content") else None,
        title=" ".join(tree["title"].split())[: 4 * SHOWN],
        language=language,
        date=tree["date"],
        properties=", ".join(tree.get("keywords", [])),
        pages=len(pages),
        standards=(f"PDF/A-{standard[2:].upper()}", "PDF/UA-1"),
        **Told(_Tags(objects, met, pages), tree["title"]).facts(),
    )
    return Paper(objects.packed(), len(pages), built)


def _reference(body: bytes, key: bytes) -> int:
    found = _NUMBER.match(body, body.index(key + b" ") + len(key) + 1)
    assert found
    return int(found[1])


def _references(body: bytes, key: bytes) -> list[int]:
    start = body.index(key)
    return [int(number) for number in _NUMBER.findall(body, start, body.index(b"]", start))]


def _named(objects: Objects, root: bytes, pages: Mapping[int, int]) -> dict[bytes, tuple[bytes, int]]:
    """The headings: how each name is written, and the number of its page."""
    key = b"/Dests<</Names["
    found = {}
    at = root.find(key) + len(key)
    while at >= len(key) and root[at : at + 1] != b"]":
        name, end = raw(root, at)
        target = _NUMBER.match(root, end)
        assert target
        page = int(objects[int(target[1])][1:].split(b" ", 1)[0])
        found[name] = (root[at:end], pages[page])
        at = target.end()
    return found


def _heading(cell: bytes) -> bytes:
    """A cell as the heading of its row."""
    if not cell.startswith(_TAG + b"TD/"):
        return cell
    end = cell.rindex(b"/K[")
    before = _ATTRIBUTES.sub(b"", cell[len(_TAG) + 2 : end])
    return _TAG + b"TH" + before + b"/A<</O/Table/Scope/Row>>" + cell[end:]


def _link(body: bytes, named: Mapping[bytes, tuple[bytes, int]], where: str) -> bytes:
    """A link with its place in the document, if it leads there, and the same words that Typst gives to one."""
    start = body.index(_ACTION)
    address, end = raw(body, start + len(_ACTION))
    if not address.startswith(INWARD.encode()):
        return body
    name, page = named[address[len(INWARD) :]]
    told = body.index(b"/Contents", end)
    _, after = raw(body, told + len(b"/Contents"))
    between = body[end + len(b">>") : told]
    return b"%b/Dest%b%b/Contents%b%b" % (body[:start], name, between, written(f"{where} {page}"), body[after:])


def _metadata(body: bytes, identity: Mapping[str, str]) -> bytes:
    said = ((name, identity.get(key, "")) for key, name in PROPERTIES.items())
    told = "".join(f"<{name}>{value.translate(_ESCAPED)}</{name}>" for name, value in said if value).encode()
    size = re.search(rb"/Length (\d+)", body)
    assert size
    longer = body[: size.start(1)] + b"%d" % (int(size[1]) + len(told)) + body[size.end() :]
    return longer.replace(_LAST_PROPERTY, told + _LAST_PROPERTY)


class _Tag:
    """A tag as Typst writes it; see ``pdf_tags.Tag``."""

    def __init__(self, tags: "_Tags", kind: bytes, body: bytes, rows: list[list[int]]) -> None:
        self.kind = kind.decode()
        self._tags = tags
        self._body = body
        self._rows = rows

    @property
    def page(self) -> int | None:
        return self._tags.page(self._body)

    @property
    def title(self) -> str:
        return self._text(_TITLE)

    @property
    def alt(self) -> str:
        return self._text(_ALT)

    @property
    def rows(self) -> list[list[Cell]]:
        return [[self._tags.cell(number) for number in row] for row in self._rows]

    def _text(self, before: re.Pattern[bytes]) -> str:
        found = before.match(self._body)
        return text(self._body, found[0]) if found else ""


class _Tags:
    """The tags of a document, which stand in reading order, each after all that is within it."""

    def __init__(self, objects: Objects, met: Sequence[tuple[int, bytes]], pages: Mapping[int, int]) -> None:
        self._objects = objects
        self._met = met
        self._pages = pages

    def __iter__(self) -> Iterator[_Tag]:
        """Those that tell something of it."""
        rows: list[list[int]] = []
        cells: list[int] = []
        for number, kind in self._met:
            if kind in _CELLS:
                cells.append(number)
            elif kind == b"TR":
                rows.append(cells)
                cells = []
            elif kind != _LINK:
                yield _Tag(self, kind, self._objects[number], rows)
                if kind == b"Table":
                    rows = []

    def page(self, body: bytes) -> int | None:
        """The number of the page where a tag begins: its own, or that of the first within."""
        start = body.rfind(b"/K[")
        end = body.find(b"]", start)
        if found := _PAGE.search(body, end):
            return self._pages[int(found[1])]
        for number, inner, _ in _KID.findall(body, start, end):
            found = _PAGE.search(inner)
            page = self._pages[int(found[1])] if found else self.page(self._objects[int(number)]) if number else None
            if page is not None:
                return page
        return None

    def cell(self, number: int) -> Cell:
        """A cell of a table."""
        body = self._objects[number]
        span = _SPAN.search(body)
        return Cell(body.startswith(_TAG + b"TH/"), int(span[1]) if span else 1, self._filled(body))

    def _filled(self, body: bytes) -> bool:
        """Whether a tag, or one within it, has contents on a page."""
        start = body.rindex(b"/K[")
        return any(
            self._filled(self._objects[int(number)]) if number else own or b"/Obj " in inner or b"/MCID " in inner
            for number, inner, own in _KID.findall(body, start, body.index(b"]", start))
        )
