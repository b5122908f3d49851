"""An HTML page as elements, read with the standard library alone; whatever the page is like, reading it ends."""

from collections.abc import Iterator
from html.parser import HTMLParser

from vaaldplan.paper import UnreadableError

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_CELLS, _TERMS = ("td", "th"), ("dt", "dd")
ENDS = {"td": _CELLS, "th": _CELLS, "tr": ("tr", *_CELLS), "li": ("li",), "dt": _TERMS, "dd": _TERMS, "p": ("p",)}
"""What the beginning of an element ends, when it still is open."""
REACH = 10
"""How far up it is looked for."""
MOST = 2_000_000
"""Elements of a page; no paper has that many."""


class Element:
    """An element of a page."""

    __slots__ = ("attributes", "children", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    @property
    def elements(self) -> list["Element"]:
        """The elements directly within."""
        return [child for child in self.children if isinstance(child, Element)]

    def all(self) -> Iterator["Element"]:
        """The element itself and all within it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.elements))

    @property
    def text(self) -> str:
        """The words within, white space put together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        waiting: list[Element | str] = [self]
        while waiting:
            found = waiting.pop()
            if isinstance(found, str):
                yield found
            elif found.tag not in ("script", "style"):
                waiting.extend(reversed(found.children))

    @property
    def own_text(self) -> str:
        """The words directly within, not those of elements within."""
        return " ".join("".join(c for c in self.children if isinstance(c, str)).split())

    def above(self) -> Iterator["Element"]:
        """The elements it stands in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {}, None)
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if self.count > MOST:
            raise UnreadableError("large")
        self._end_what_it_ends(tag)
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def _end_what_it_ends(self, tag: str) -> None:
        """Close what an author need not close: a cell by the next cell, a point by the next point."""
        ended = ENDS.get(tag, ())
        element = self.open
        for _ in range(len(ended) * REACH):
            if element.parent is None or element.tag in ("table", "ul", "ol", "dl"):
                return
            if element.tag in ended:
                self.open = element.parent
            element = element.parent

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open.tag == tag and tag not in VOID and not self.open.children:
            self.open = self.open.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        element: Element | None = self.open
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None and element.parent is not None:
            self.open = element.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read(text: str) -> Element:
    """The page's root, an element without a name.

    Raises:
        UnreadableError: it has more elements than any paper.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root
