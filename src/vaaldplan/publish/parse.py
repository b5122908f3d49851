"""Markdown → document tree: the rendered source of a document, and inside it the author's own prose, parsed by itself.

The source may use more than the author: ``{#id .class widths="3 2"}`` after headings and captions, ``::: card`` boxes,
definition lists, captions, figures by name and the contents. None of it can be reached from the author's text, which
enters either escaped (``markup.escape``) or by number (``markup.Proses``) and is grafted in as finished blocks.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vaaldplan.patterns import regex

from .markup import BREAK, CAPTION, PROSE, TOC, Figure, Proses, pieces
from .tree import Block, Inline, Toc

quick: Any
try:
    from . import quick
except ImportError:
    quick = None  # an accelerator: all works without it

if TYPE_CHECKING:
    from .commonmark import Node
    from .quick import Node as QuickNode

    Syntax = Node | QuickNode

AUTHORS_CAPTION = ": "
"""What the caption of an author's own table begins with; it stands by itself after the table."""
_LEADS = frozenset({"", TOC, PROSE, CAPTION, AUTHORS_CAPTION[0]})
"""What a paragraph begins with that may be more than one; or with no words of its own."""
DEEPEST = 4
"""The lowest level of heading."""
DEEPEST_INSIDE = 8
"""How many lists and quotations stand inside each other; no engine sets them without end, and no page has the width."""

_SAFE_LINK = regex(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)


class Grown(NamedTuple):
    """What parsing gives: the blocks, the footnotes and the contents."""

    blocks: list[Block]
    notes: list[list[Inline]]
    toc: list[Toc]


@lru_cache(maxsize=1024)
def _nodes(own: bool, text: str) -> "Sequence[Syntax]":
    """A piece of the source, or a text of the author's, parsed. Most of a plan is the same at the next build."""
    found: Sequence[Syntax] | None = quick and quick.nodes(own, text)
    if found is not None:
        return found
    from . import commonmark

    return commonmark.nodes(own, text)


_ATTRIBUTES = regex(r"\s*\{([^{}]*)\}\s*$")


def _attributes(inlines: list[Inline]) -> dict[str, Any]:
    """Take ``{#id .class key="value"}`` off the end of a heading or caption."""
    last = inlines[-1] if inlines else {}
    match = _ATTRIBUTES.search(last.get("v", ""))
    if not match:
        return {"classes": []}
    last["v"] = last["v"][: match.start()]
    name = re.search(r"#([\w.-]+)", match[1])
    return {
        "id": name[1] if name else "",
        "classes": re.findall(r"(?<!\w)\.([\w-]+)", match[1]),
        **dict(re.findall(r'([\w-]+)="([^"]*)"', match[1])),
    }


def plain_text(inlines: Iterable[Inline]) -> str:
    """The words of some inlines."""
    return "".join(" " if x["t"] == "br" else x.get("v", "") or plain_text(x.get("c", ())) for x in inlines)


class _Grower:
    """Turns syntax nodes into blocks. One per document, so that notes are numbered through."""

    def __init__(self, texts: list[str], figures: dict[str, Figure]) -> None:
        self.texts = texts
        self._depth = 0
        self.figures = figures
        self.notes: list[list[Inline]] = []
        self.named: list[Block] = []
        """The blocks that have an id, in reading order."""
        self.links: list[Inline] = []
        self.anchors = 0

    def document(self, text: str, *, own: bool = True) -> list[Block]:
        """Parse a text; ``own`` says whether it is the source itself or the author's."""
        nodes = [node for piece in (pieces(text) if own else [text]) for node in _nodes(own, piece)]
        offset = len(self.notes)
        footnotes = [f for n in nodes if n.type == "footnote_block" for f in n.children]
        self.notes += [[] for _ in footnotes]
        for footnote in footnotes:
            paragraphs = [c for c in footnote.children if c.type == "paragraph"]
            inlines: list[Inline] = []
            for i, paragraph in enumerate(paragraphs):
                inlines += ([{"t": "br"}] if i else []) + self.inlines(paragraph.children[0], offset)
            self.notes[offset + int(footnote.meta["id"])] = inlines
        return self.blocks([n for n in nodes if n.type != "footnote_block"], offset, own)

    # ------------------------------------------------------------ inlines

    def inlines(self, node: "Syntax", offset: int) -> list[Inline]:
        children = node.children
        if len(children) == 1 and children[0].type == "text" and BREAK not in children[0].content:
            return [{"t": "text", "v": children[0].content}] if children[0].content else []
        found: list[Inline] = []
        for child in children:
            match child.type:
                case "text" | "code_inline":
                    for i, piece in enumerate(child.content.split(BREAK)):
                        if i:
                            found.append({"t": "br"})
                        if piece:
                            self._add_text(found, piece)
                case "softbreak":
                    self._add_text(found, " ")
                case "hardbreak":
                    found.append({"t": "br"})
                case "strong" | "em":
                    found.append({"t": child.type, "c": self.inlines(child, offset)})
                case "link":
                    found += self._link(str(child.attrs.get("href", "")), self.inlines(child, offset))
                case "footnote_ref":
                    found.append({"t": "note", "n": offset + int(child.meta["id"])})
                case "image":
                    self._add_text(found, child.content)
                case _:
                    found += self.inlines(child, offset)
        return found

    @staticmethod
    def _add_text(found: list[Inline], text: str) -> None:
        if found and found[-1]["t"] == "text":
            found[-1]["v"] += text
        else:
            found.append({"t": "text", "v": text})

    def _link(self, target: str, content: list[Inline]) -> list[Inline]:
        if _SAFE_LINK.match(target) and content:
            self.links.append({"t": "link", "to": target, "c": content})
            return self.links[-1:]
        return [*content, {"t": "text", "v": f" ({target})"}] if target and target != plain_text(content) else content

    # ------------------------------------------------------------ blocks

    def blocks(self, nodes: "Sequence[Syntax]", offset: int, own: bool) -> list[Block]:
        found: list[Block] = []
        for node in nodes:
            match node.type:
                case "heading":
                    found.append(self._heading(node, offset, own))
                case "paragraph":
                    self._paragraph(found, node, offset, own)
                case "bullet_list" | "ordered_list" | "blockquote" if self._depth >= DEEPEST_INSIDE:
                    found += self.blocks(node.children, offset, own)
                case "bullet_list" | "ordered_list":
                    items = [self._inside(item, offset, own) for item in node.children]
                    start = int(node.attrs.get("start", 1) or 1)
                    kind = "ul" if node.type == "bullet_list" else "ol"
                    found.append({"t": kind, "items": items, "start": start})
                case "blockquote":
                    found.append({"t": "quote", "blocks": self._inside(node, offset, own)})
                case "dl":
                    found.append(self._terms(node, offset, own))
                case "table":
                    found.append(self._table(node, offset))
                case "fence" | "code_block":
                    found.append({"t": "p", "c": self._lines(node.content)})
                case "hr":
                    continue
                case kind if kind.startswith("container_"):
                    found += self._box(kind.removeprefix("container_"), node, offset, own)
                case _:
                    found += self.blocks(node.children, offset, own)
        return found

    def _inside(self, node: "Syntax", offset: int, own: bool) -> list[Block]:
        """What stands in a list's point or in a quotation."""
        self._depth += 1
        found = self.blocks(node.children, offset, own)
        self._depth -= 1
        return found

    @staticmethod
    def _lines(text: str) -> list[Inline]:
        inlines: list[Inline] = []
        for i, line in enumerate(text.rstrip("\n").split("\n")):
            inlines += ([{"t": "br"}] if i else []) + ([{"t": "text", "v": line}] if line else [])
        return inlines

    def _heading(self, node: "Syntax", offset: int, own: bool) -> Block:
        inlines = self.inlines(node.children[0], offset) if node.children else []
        attributes: dict[str, Any] = _attributes(inlines) if own else {"classes": []}
        level = min(int(node.tag[1]), DEEPEST)
        anchor = attributes.get("id") or self._anchor()
        found: Block = {
            "t": "h", "level": level, "c": inlines, "id": anchor, "nr": "",
            "toc": own and "notoc" not in attributes["classes"],
            "numbered": own and "unnumbered" not in attributes["classes"],
        }  # fmt: skip
        self.named.append(found)
        return found

    def _anchor(self) -> str:
        self.anchors += 1
        return f"r-{self.anchors}"

    def _paragraph(self, found: list[Block], node: "Syntax", offset: int, own: bool) -> None:
        only = node.children[0].children if node.children else []
        if own and len(only) == 1 and only[0].type == "image":
            figure = self.figures[str(only[0].attrs["src"])]
            caption = plain_text(self.inlines(only[0], offset)) or only[0].content
            name = f"fig-{only[0].attrs['src']}"
            found.append({"t": "figure", "id": name, "nr": 0, "caption": caption, "svg": figure.svg, "alt": figure.alt})
            self.named.append(found[-1])
            return
        inlines = self.inlines(node.children[0], offset) if node.children else []
        if inlines and inlines[0].get("v", "")[:1] not in _LEADS:
            found.append({"t": "p", "c": inlines})
            return
        text = plain_text(inlines)
        if own and text == TOC:
            found.append({"t": "toc"})
        elif own and text.startswith(PROSE):
            level = next((b["level"] for b in reversed(found) if b["t"] == "h"), 1)
            number = int(text.strip(PROSE + " "))
            grafted = self.document(self.texts[number], own=False)
            _sink(grafted, level)
            found += grafted
        elif own and text.startswith(CAPTION) and found and found[-1]["t"] == "table":
            inlines[0]["v"] = inlines[0]["v"].removeprefix(CAPTION)
            self._caption(found[-1], inlines)
        elif text.startswith(AUTHORS_CAPTION) and found and found[-1]["t"] == "table" and not found[-1]["caption"]:
            found[-1]["caption"] = text.removeprefix(AUTHORS_CAPTION)
        elif inlines:
            found.append({"t": "p", "c": inlines})

    @staticmethod
    def _caption(table: Block, inlines: list[Inline]) -> None:
        attributes = _attributes(inlines)
        table["caption"] = plain_text(inlines)
        table["id"] = attributes.get("id") or table["id"]
        table["widths"] = [int(w) for w in attributes.get("widths", "").split()] or table["widths"]
        table["sums"] = int(attributes.get("sums", 0))

    def _terms(self, node: "Syntax", offset: int, own: bool) -> Block:
        items: list[dict[str, Any]] = []
        for child in node.children:
            if child.type == "dt":
                items.append({"term": self.inlines(child.children[0], offset), "desc": []})
            else:
                named = len(self.named)
                for block in self.blocks(child.children, offset, own):
                    items[-1]["desc"].append(block.get("c", []))
                del self.named[named:]  # of a heading only the words are kept
        return {"t": "dl", "items": items}

    def _table(self, node: "Syntax", offset: int) -> Block:
        head = node.children[0].children[0].children
        body = node.children[1].children if len(node.children) > 1 else []
        align = [(re.search(r"text-align:(\w+)", str(c.attrs.get("style", ""))) or ["", "left"])[1] for c in head]

        def cells(row: "Sequence[Syntax]") -> list[list[Inline]]:
            return [self.inlines(c.children[0], offset) if c.children else [] for c in row]

        found: Block = {
            "t": "table", "id": f"t-{self._anchor()}", "nr": 0, "caption": "", "align": align,
            "widths": [1] * len(align), "head": cells(head), "rows": [cells(row.children) for row in body], "sums": 0,
        }  # fmt: skip
        self.named.append(found)
        return found

    def _box(self, kind: str, node: "Syntax", offset: int, own: bool) -> list[Block]:
        inner = self.blocks(node.children, offset, own)
        if kind == "card" and inner and inner[0]["t"] == "h":
            return [{"t": "card", "h": inner[0], "blocks": inner[1:]}]
        return [{"t": kind, "blocks": inner}]


def _sink(blocks: list[Block], above: int) -> None:
    """Put the headings of a grafted text under the heading above it, in place, without skipping a level."""
    headings = [b for b in blocks if b["t"] == "h"]
    top = min((h["level"] for h in headings), default=1)
    previous = above
    for heading in headings:
        heading["level"] = previous = min(heading["level"] - top + above + 1, previous + 1, DEEPEST)


def _number(blocks: list[Block]) -> list[Toc]:
    """Number headings of the two top levels, tables and figures, in place; return the contents."""
    toc: list[Toc] = []
    counts, tables, figures = [0, 0], 0, 0

    def heading(block: Block) -> None:
        level = block["level"]
        if block.pop("numbered") and level <= 2:
            if level == 1:
                counts[0], counts[1] = counts[0] + 1, 0
                block["nr"] = str(counts[0])
            elif counts[0]:
                counts[1] += 1
                block["nr"] = f"{counts[0]}.{counts[1]}"
        if block["toc"] and level <= 2:
            toc.append({"nr": block["nr"], "c": block["c"], "id": block["id"], "level": level})

    def visit(block: Block) -> None:
        nonlocal tables, figures
        match block["t"]:
            case "h":
                heading(block)
            case "table":
                if not block["caption"]:
                    return
                tables += 1
                block["nr"] = tables
            case "figure":
                figures += 1
                block["nr"] = figures
            case "card":
                heading(block["h"])
        for inner in block.get("blocks", ()):
            visit(inner)
        for item in block.get("items", ()) if block["t"] in ("ul", "ol") else ():
            for inner in item:
                visit(inner)

    for block in blocks:
        visit(block)
    return toc


def grow(source: str, proses: Proses, figures: dict[str, Figure]) -> Grown:
    """Parse a rendered source into the document tree's blocks, notes and contents."""
    grower = _Grower(proses.texts, figures)
    blocks = grower.document(re.sub(r"\n{3,}", "\n\n", source))
    _make_unique(grower.named)
    _drop_dead_links(grower.links, {block["id"] for block in grower.named})
    return Grown(blocks, grower.notes, _number(blocks))


def worded(text: str) -> Iterator[str]:
    """What an author's text says, in the pieces that its marks divide it into."""
    grower = _Grower([], {})
    for part in _each([grower.document(text, own=False), grower.notes]):
        yield part.get("v", "") or part.get("caption", "")


def _each(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping within some blocks or notes, in reading order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            found = list(found.values())
        waiting += [inner for inner in reversed(found) if isinstance(inner, dict | list)]


def _make_unique(blocks: list[Block]) -> None:
    """Give the second place with the same id a name of its own: a faulty plan may use an id twice. In place."""
    seen: Counter[str] = Counter()
    for block in blocks:
        name = block["id"]
        seen[name] += 1
        if seen[name] > 1:
            block["id"] = f"{name}--{seen[name]}"


def _drop_dead_links(links: list[Inline], places: Collection[str]) -> None:
    """Links to places that are not in this document become plain text. In place."""
    for link in links:
        if link["to"].startswith("#") and link["to"][1:] not in places:
            content = plain_text(link["c"])
            link.clear()
            link.update({"t": "text", "v": content})
