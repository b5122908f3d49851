"""What Typst 0.15 leaves to do in a PDF, and what the finished file is like.

The first cell of each row becomes its heading, links within the document get their places, and the metadata say which
plan it was made from.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from vaaldplan.paper import SHOWN, Built, Identity

from .pdf_objects import Objects, raw, text, written
from .pdf_tags import Told
from .tree import Tree

INWARD = "plan:"
"""How the address of a link to a heading begins while Typst sets the pages. Had it to find the heading first, it would
set all that has such a link once more."""
PROPERTIES = {"plan": "dc:identifier", "version": "xmpMM:VersionID", "content": "dc:source"}
"""Where the identity stands among the metadata: properties that PDF/A knows and Typst does not write."""
_LAST_PROPERTY = b"<pdf:PDFVersion>"
_TAG = b"<</Type/StructElem/S/"
_LINK = b"<</Type/Annot/Subtype/Link/"
_ACTION = b"/A<</Type/Action/S/URI/URI"
_NUMBER = re.compile(rb"(\d+) 0 R")
_KID = re.compile(rb"(\d+) 0 R|(<<[^>]*>>)|(\d+)")
_PAGE = re.compile(rb"/Pg (\d+) 0 R")
_BEFORE = rb"<</Type/StructElem/S/\w+/P \d+ 0 R(?:/ID\(\w*\))?"
_TITLE, _ALT = re.compile(_BEFORE + rb"/T(?=[(<])"), re.compile(_BEFORE + rb"/Alt(?=[(<])")
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
    for number, body in list(objects.items()):
        if body.startswith(_TAG + b"TR/"):
            first = int(body[body.rindex(b"/K[") + 3 :].split(b" ", 1)[0])
            objects[first] = _heading(objects[first])
        elif body.startswith(_LINK) and _ACTION in body:
            objects[number] = _link(body, named, where)
    metadata = _reference(root, b"/Metadata")
    objects[metadata] = _metadata(objects[metadata], identity)
    language = text(root, b"/Lang")
    top = _Tag(objects, objects[_reference(root, b"/StructTreeRoot")], pages)
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
        **Told(top, tree["title"]).facts(),
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
    told = "".join(f"<{name}>{escape(value, quote=False)}</{name}>" for name, value in said if value).encode()
    size = re.search(rb"/Length (\d+)", body)
    assert size
    longer = body[: size.start(1)] + b"%d" % (int(size[1]) + len(told)) + body[size.end() :]
    return longer.replace(_LAST_PROPERTY, told + _LAST_PROPERTY)


class _Tag:
    """A tag as Typst writes it; see ``pdf_tags.Tag``."""

    def __init__(self, objects: Objects, body: bytes, pages: Mapping[int, int]) -> None:
        self._objects = objects
        self._body = body
        self._pages = pages
        start = body.rfind(b"/K[") if body.startswith(_TAG) else body.find(b"/K[")
        end = body.index(b"]", start) if start >= 0 else 0
        self._kids = _KID.findall(body, start, end)
        self._page = _PAGE.search(body, end)

    @property
    def kind(self) -> str:
        name = self._body[len(_TAG) : self._body.index(b"/", len(_TAG))] if self._body.startswith(_TAG) else b""
        return name.decode()

    @property
    def kids(self) -> "list[_Tag]":
        found = (self._objects[int(number)] if number else inner for number, inner, _ in self._kids if number or inner)
        return [_Tag(self._objects, body, self._pages) for body in found]

    @property
    def filled(self) -> bool:
        return any(own or b"/Obj " in inner or b"/MCID " in inner for _, inner, own in self._kids)

    @property
    def placed(self) -> bool:
        return self._page is not None

    @property
    def page(self) -> int | None:
        return self._pages.get(int(self._page[1])) if self._page else None

    @property
    def title(self) -> str:
        return self._text(_TITLE)

    @property
    def alt(self) -> str:
        return self._text(_ALT)

    @property
    def span(self) -> int:
        found = _SPAN.search(self._body)
        return int(found[1]) if found else 1

    def _text(self, before: re.Pattern[bytes]) -> str:
        found = before.match(self._body)
        return text(self._body, found[0]) if found else ""
