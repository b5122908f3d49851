"""The document tree: what every writer reads. Plain JSON data, so that it can be handed to Typst as it is.

The writers know these few kinds of block and nothing of plans. All words are already in the document's language.
"""

from typing import Any, Literal, NotRequired, TypedDict

Inline = dict[str, Any]
"""One of
``{"t": "text", "v": str}``,
``{"t": "br"}``,
``{"t": "strong" | "em", "c": [Inline]}``,
``{"t": "link", "to": "#id" | "https://…" | "mailto:…" | "tel:…", "c": [Inline]}``,
``{"t": "note", "n": int}`` (a footnote; its text is ``Tree.notes[n]``),
``{"t": "lang", "lang": "sv" | "en", "c": [Inline]}`` (in another language than the document)."""

Block = dict[str, Any]
"""One of

``{"t": "h", "level": 1..4, "c": [Inline], "id": str, "nr": "2.1" | "", "toc": bool}``
    a heading; the document's title is not among them (HTML writes level 1 as ``<h2>``); ``nr`` is its number or empty
``{"t": "p", "c": [Inline]}``
``{"t": "ul" | "ol", "items": [[Block]], "start": int}``
``{"t": "dl", "items": [{"term": [Inline], "desc": [[Inline]]}]}``
    terms, each with one or more descriptions
``{"t": "quote", "blocks": [Block]}``
``{"t": "table", "id": str, "nr": int, "caption": str, "align": ["left" | "right" | "center"], "widths": [int],
"head": [[Inline]], "rows": [[[Inline]]], "sums": int}``
    the first cell of a row is its heading; the last ``sums`` rows are totals
``{"t": "figure", "id": str, "nr": int, "caption": str, "svg": str, "alt": str}``
``{"t": "card", "h": heading Block, "blocks": [Block]}``
    kept together on a page
``{"t": "summary", "blocks": [Block]}``
    the page with the whole plan in a nutshell: a page of its own, its first block a heading
``{"t": "toc"}``
    here stands the list of contents (the headings with ``toc``)
``{"t": "callout", "blocks": [Block]}``
    something to notice, set off from the text
"""

BOXES = ("card", "summary", "callout")
"""The blocks that the source opens by name."""


class Status(TypedDict):
    """Shown visibly on a plan that is not adopted: on every page, or as a banner."""

    mark: str
    """One word in capitals, e.g. ``FÖRSLAG``."""
    text: str
    """A sentence, e.g. ``Förslag till handlingsplan. Inte beslutat.``"""


class Help(TypedDict):
    """What a person in danger must see first on a page: where help is, and a way out."""

    blocks: list[Block]
    """The numbers, as a description list."""
    inside: bool
    """Whether the document's first block holds them too, so that a web page leaves that block out."""
    leave: str
    """The address that the way out leads to."""


class Toc(TypedDict):
    """One line of the contents."""

    nr: str
    c: list[Inline]
    id: str
    level: int


class Tree(TypedDict):
    """A whole document."""

    lang: Literal["sv", "en"]
    title: str
    subtitle: str
    municipality: str
    status: Status | None
    notice: str
    """A plain statement on the cover, e.g. that this is an example; may be empty."""
    meta: list[tuple[str, str]]
    """The cover's table: label and value."""
    date: str
    """The paper's own date, ISO; for document properties and identical bytes."""
    footer: str
    words: dict[str, str]
    """The words the writers themselves need: ``page``, ``of``, ``contents``, ``figure``, ``table``, ``notes``,
    ``note``, ``skip``, ``backlink``, ``facts`` (name of the cover's table), ``card`` (``Uppgifter om {title}``)."""
    toc: list[Toc]
    blocks: list[Block]
    notes: list[list[Inline]]
    keywords: NotRequired[list[str]]
    identity: NotRequired[dict[str, str]]
    """Which plan it was made from: the fields of ``paper.Identity``."""
    opening: NotRequired[Literal["cover", "head"]]
    """A page of its own for title and facts, which is the usual, or a head at the top of the first page."""
    most_pages: NotRequired[int]
    """How many pages it may have on paper; the letters are made smaller for it, as far as they can be read."""
    said: NotRequired[dict[str, list[Inline]]]
    """Titles, captions and other plain texts of the document that are not all in its language, as inlines."""
    help: NotRequired[Help]
    """On documents that the public reads as web pages."""


def pieces(tree: Tree, text: str, before: str = "") -> list[Inline]:
    """A plain text of the document as inlines; ``before`` is put before it, in the document's own language."""
    found = tree.get("said", {}).get(text)
    if found:
        return [*pieces(tree, before), *found]
    return [{"t": "text", "v": before + text}] if before + text else []
