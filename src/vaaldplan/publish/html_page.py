"""An HTML page as elements; whatever the page is like, reading it ends."""

from collections.abc import Iterator
from typing import Any

from vaaldplan.paper import UnreadableError

quick_page: Any
try:
    from . import quick_page
except ImportError:
    quick_page = None  # an accelerator: all works without it

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

    __slots__ = ("attributes", "children", "elements", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        self.elements: list[Element] = []
        """Those directly within."""

    def all(self) -> Iterator["Element"]:
        """The element itself and all within it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += element.elements[::-1]

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
        texts = [child for child in self.children if isinstance(child, str)] if self.elements else self.children
        return " ".join("".join(texts).split())  # type: ignore[arg-type]

    def above(self) -> Iterator["Element"]:
        """The elements it stands in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


class Builder:
    """Makes elements of what stands in a page, as it is told from the beginning to the end."""

    def __init__(self) -> None:
        self.root = self.open = Element("", {}, None)
        self.count = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        if self.count > MOST:
            raise UnreadableError("large")
        if tag in ENDS:
            self._end_what_it_ends(tag)
        above = self.open
        element = Element(tag, attributes, above)
        above.children.append(element)
        above.elements.append(element)
        if tag not in VOID:
            self.open = element

    def _end_what_it_ends(self, tag: str) -> None:
        """Close what an author need not close: a cell by the next cell, a point by the next point."""
        ended = ENDS[tag]
        element = self.open
        for _ in range(len(ended) * REACH):
            if element.parent is None or element.tag in ("table", "ul", "ol", "dl"):
                return
            if element.tag in ended:
                self.open = element.parent
            element = element.parent

    def finish(self, tag: str) -> None:
        """The element that just began has nothing in it."""
        if self.open.tag == tag and tag not in VOID and not self.open.children:
            self.open = self.open.parent or self.root

    def end(self, tag: str) -> None:
        """An element ends."""
        element: Element | None = self.open
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None and element.parent is not None:
            self.open = element.parent

    def text(self, text: str) -> None:
        """Here stands a text."""
        self.open.children.append(text)


def read(text: str) -> Element:
    """The page's root, an element without a name.

    Raises:
        UnreadableError: it has more elements than any paper.
    """
    builder = Builder()
    if quick_page is None or not quick_page.feed(text, builder):
        from . import any_page

        builder = Builder()
        any_page.feed(text, builder)
    return builder.root
