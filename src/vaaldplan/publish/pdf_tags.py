"""What the tags of a PDF tell of it, whoever has read them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from vaaldplan.paper import Heading, Image, Table

_LEVEL = re.compile(r"H([1-6])")


class Cell(NamedTuple):
    """A cell of a table."""

    head: bool
    span: int
    """How many columns it covers."""
    filled: bool
    """Whether anything on a page belongs to it."""


class Tag(Protocol):
    """One tag; what is asked of it is read when it is asked for."""

    @property
    def kind(self) -> str:
        """Such as ``H1`` or ``Table``."""

    @property
    def page(self) -> int | None:
        """The number of the page where it begins."""

    @property
    def title(self) -> str:
        """The words of a heading."""

    @property
    def alt(self) -> str:
        """What a picture shows, in words."""

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The cells of a table."""


class Told:
    """What the tags tell.

    They are met in reading order, of what is within a table only its captions, and before it; those that tell nothing
    may be left out.
    """

    def __init__(self, tags: Iterable[Tag], title: str) -> None:
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self.images: list[Image] = []
        self.contents = False
        titled = captioned = False
        for tag in tags:
            kind = tag.kind
            if kind == "Table":
                self._table(tag, captioned=captioned)
                captioned = False
            elif kind == "Title" and not titled:
                titled = True
                self.headings.append(Heading(1, title, tag.page))
            elif level := _LEVEL.fullmatch(kind):
                self.headings.append(Heading(int(level[1]) + titled, tag.title, tag.page))
            elif kind == "Figure":
                self.images.append(Image(self._under(), tag.alt, tag.page))
            elif kind == "TOC":
                self.contents = True
            elif kind == "Caption":
                captioned = True

    def facts(self) -> dict[str, Any]:
        """As fields of ``paper.Built``."""
        return {
            "headings": tuple(self.headings),
            "contents": self.contents,
            "tables": tuple(self.tables),
            "images": tuple(self.images),
        }

    def _under(self) -> str:
        """The heading that something stands under: the tags name no tables or pictures."""
        return self.headings[-1].text if self.headings else ""

    def _table(self, table: Tag, *, captioned: bool) -> None:
        rows = table.rows
        pairs = bool(rows) and all([cell.head for cell in row] == [True, False] for row in rows)
        cells = [cell for row in rows for cell in row]
        corner = bool(rows and rows[0]) and not rows[0][0].filled
        self.tables.append(
            Table(
                self._under(),
                max((sum(cell.span for cell in row) for row in rows), default=0),
                any(cell.head for cell in cells),
                captioned or pairs,
                sum(not cell.filled for cell in cells) - corner,
                table.page,
            )
        )
