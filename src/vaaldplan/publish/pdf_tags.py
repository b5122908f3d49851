"""What the tags of a PDF tell of it, whoever has read them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from vaaldplan.paper import Heading, Image, Table, UnreadableError

_LEVEL = re.compile(r"H([1-6])")
MOST = 1_000_000
"""Tags of a PDF; no paper has that many."""


class Tag(Protocol):
    """One tag; what is asked of it is read when it is asked for."""

    @property
    def kind(self) -> str:
        """Such as ``P`` or ``TD``."""

    @property
    def kids(self) -> "Sequence[Tag]":
        """The tags directly within."""

    @property
    def filled(self) -> bool:
        """Whether it has contents on a page of its own, beside the tags within."""

    @property
    def placed(self) -> bool:
        """Whether it says itself on which page it stands."""

    @property
    def page(self) -> int | None:
        """The number of that page."""

    @property
    def title(self) -> str:
        """The words of a heading."""

    @property
    def alt(self) -> str:
        """What a picture shows, in words."""

    @property
    def span(self) -> int:
        """How many columns a cell covers."""


class Told:
    """What the tags tell, in reading order."""

    def __init__(self, top: Tag, title: str) -> None:
        self.title = title
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self.images: list[Image] = []
        self.contents = False
        self._captioned = False
        self._walk(top)

    def facts(self) -> dict[str, Any]:
        """As fields of ``paper.Built``."""
        return {
            "headings": tuple(self.headings),
            "contents": self.contents,
            "tables": tuple(self.tables),
            "images": tuple(self.images),
        }

    def _walk(self, top: Tag) -> None:
        waiting = [top]
        count = 0
        titled = False
        while waiting:
            tag = waiting.pop()
            count += 1
            if count > MOST:
                raise UnreadableError("large")
            kind = tag.kind
            if kind == "Table":
                self._table(tag)
                self._captioned = False
                continue
            if kind == "Title" and not titled:
                titled = True
                self.headings.append(Heading(1, self.title, _page(tag)))
            elif level := _LEVEL.fullmatch(kind):
                self.headings.append(Heading(int(level[1]) + titled, tag.title, _page(tag)))
            elif kind == "Figure":
                self.images.append(Image(self._under(), tag.alt, _page(tag)))
            elif kind == "TOC":
                self.contents = True
            elif kind == "Caption":
                self._captioned = True
            waiting.extend(reversed(tag.kids))

    def _under(self) -> str:
        """The heading that something stands under: the tags name no tables or pictures."""
        return self.headings[-1].text if self.headings else ""

    def _table(self, table: Tag) -> None:
        tags = [(tag.kind, tag) for tag in _all(table)]
        captioned = self._captioned or any(kind == "Caption" for kind, _ in tags)
        rows = [[c for c in tag.kids if c.kind in ("TH", "TD")] for kind, tag in tags if kind == "TR"]
        heads = [[cell.kind == "TH" for cell in row] for row in rows]
        pairs = bool(heads) and all(len(row) == 2 and row[0] and not row[1] for row in heads)
        self.tables.append(
            Table(
                self._under(),
                max((sum(cell.span for cell in row) for row in rows), default=0),
                any(any(row) for row in heads),
                captioned or pairs,
                sum(
                    not (number == place == 0) and not any(tag.filled for tag in _all(cell))
                    for number, row in enumerate(rows)
                    for place, cell in enumerate(row)
                ),
                _page(table),
            )
        )


def _page(tag: Tag) -> int | None:
    """The page of a tag, or of the first tag within."""
    placed = next((one for one in _all(tag) if one.placed), None)
    return placed.page if placed is not None else None


def _all(top: Tag) -> Iterator[Tag]:
    """A tag and all within it, in reading order; a damaged file may lead in circles."""
    waiting = [top]
    for _ in range(MOST):
        if not waiting:
            return
        tag = waiting.pop()
        yield tag
        waiting.extend(reversed(tag.kids))
    raise UnreadableError("large")
