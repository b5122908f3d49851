"""What a section of the document is made of. The view builds these, the template puts them in order."""

from typing import NamedTuple

from .markup import Markup, escape

Cell = str
"""The text of a table cell or description; ``Markup`` when it holds links."""


class Fact(NamedTuple):
    """A label and what is said under it."""

    label: str
    text: Cell


class Prose(NamedTuple):
    """The author's own Markdown."""

    text: str
    kind: str = "prose"


class Line(NamedTuple):
    """A paragraph of the document's own words."""

    text: Cell
    kind: str = "line"


class Items(NamedTuple):
    """A list with dashes, or numbered."""

    items: list[Cell]
    numbered: bool = False
    kind: str = "items"


class Facts(NamedTuple):
    """Labels with their texts."""

    facts: list[Fact]
    kind: str = "facts"


class Table(NamedTuple):
    """A table. ``align``: ``l``, ``r`` or ``c`` per column; ``widths``: shares; the last ``sums`` rows are totals."""

    anchor: str
    caption: str
    head: list[str]
    rows: list[list[Cell]]
    widths: tuple[int, ...]
    align: str = ""
    sums: int = 0
    kind: str = "table"


class Picture(NamedTuple):
    """A picture by its name in the view's figures."""

    name: str
    caption: str
    kind: str = "picture"


class Section(NamedTuple):
    """A heading and what stands under it; as a card it is kept together on a page."""

    anchor: str
    heading: Cell
    parts: "list[Part]"
    card: bool = False
    numbered: bool = True
    listed: bool = True
    """Whether it stands in the contents."""
    kind: str = "section"


Part = Prose | Line | Items | Facts | Table | Picture | Section


def prose(text: str | None) -> list[Part]:
    """The author's text as a part, nothing when there is none."""
    return [Prose(text)] if text else []


def facts(*pairs: tuple[str, Cell]) -> list[Part]:
    """Labels with their texts, those without a text left out; nothing when none is left."""
    kept = [Fact(label, text) for label, text in pairs if text]
    return [Facts(kept)] if kept else []


def table(
    anchor: str,
    caption: str,
    head: list[str],
    rows: list[list[Cell]],
    widths: tuple[int, ...],
    align: str = "",
    sums: int = 0,
) -> list[Part]:
    """A table, without the columns in which no row says anything; nothing when it has no rows."""
    if not rows:
        return []
    kept = [i for i in range(len(head)) if any(row[i] for row in rows)]
    align = align or "l" * len(head)
    return [
        Table(
            anchor,
            caption,
            [head[i] for i in kept],
            [[row[i] or Markup("–") for i in kept] for row in rows],
            tuple(widths[i] for i in kept),
            "".join(align[i] for i in kept),
            sums,
        )
    ]


def items(heading: str, texts: list[Cell], *, numbered: bool = False) -> list[Part]:
    """A list under a line of its own, nothing when it has no items."""
    if not texts:
        return []
    return [*([Line(Markup(f"**{escape(heading)}**"))] if heading else []), Items(texts, numbered)]


def section(
    anchor: str, heading: Cell, *parts: list[Part], card: bool = False, numbered: bool = True, listed: bool = True
) -> list[Part]:
    """A section with all the parts, nothing when there are none."""
    kept = [part for some in parts for part in some]
    return [Section(anchor, heading, kept, card, numbered, listed and not card)] if kept else []


def entry(anchor: str, heading: Cell, *parts: list[Part], card: bool = False) -> list[Part]:
    """A section for an entry of the plan, which is there even when nothing but its heading is said of it."""
    kept = [part for some in parts for part in some]
    return [Section(anchor, heading, kept, card, not card, not card)]
