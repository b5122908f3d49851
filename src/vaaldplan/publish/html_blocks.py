"""The blocks of a document as HTML. The page that they stand in is ``document.html``."""

from collections.abc import Callable, Iterable

from vaaldplan.patterns import regex

from .tree import Block, Inline, Tree

_SIGN = regex(r"[/?&=_.]\S{4}")
_SEAM = regex(r"(?<=\S{8}[/?&=_.])(?=\S{4})")
"""Where a long word such as an address may be broken: after a sign with eight characters before it and four after."""


def escape(text: str) -> str:
    """A text as HTML, fit for attributes too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def breakable(text: str) -> str:
    """A text as HTML, with the places where a browser may break a long word."""
    return "<wbr>".join(map(escape, _SEAM.split(text))) if _SIGN.search(text) else escape(text)


class Blocks:
    """Writes the blocks of one document. Inlines hold no line breaks: a space between two of them would show."""

    def __init__(self, tree: Tree, next_reference: Callable[[int], str]) -> None:
        """Take what blocks share.

        Args:
            tree: the document.
            next_reference: the id of the next reference to a note, by the note's number.
        """
        self._words = {name: escape(word) for name, word in tree["words"].items()}
        self._toc = tree["toc"]
        self._said = tree.get("said", {})
        self._next_reference = next_reference
        self._kinds: dict[str, Callable[[Block], str]] = {
            "h": self._heading, "p": self._paragraph, "ul": self._items, "ol": self._items, "dl": self._terms,
            "quote": self._quote, "table": self._table, "figure": self._figure, "card": self._card,
            "summary": self._summary, "callout": self._callout, "toc": self._contents,
        }  # fmt: skip

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Some blocks, each on lines of its own."""
        return "".join([self._kinds[block["t"]](block) for block in blocks])

    def inlines(self, content: list[Inline], *, bare: bool = False) -> str:
        """Words with their marks; bare ones have neither links nor notes and stay on their line."""
        if len(content) == 1 and content[0]["t"] == "text":
            return breakable(content[0]["v"])
        return "".join([self._inline(inline, bare) for inline in content])

    def plain(self, text: str) -> str:
        """A plain text, which may have pieces in another language."""
        return self.inlines(self._said[text]) if text in self._said else escape(text)

    def _inline(self, inline: Inline, bare: bool) -> str:
        match kind := inline["t"]:
            case "text":
                return breakable(inline["v"])
            case "br":
                return " " if bare else "<br>"
            case "link":
                shown = self.inlines(inline["c"], bare=bare)
                return shown if bare or not inline["to"] else f'<a href="{escape(inline["to"])}">{shown}</a>'
            case "lang":
                return f'<span lang="{inline["lang"]}">{self.inlines(inline["c"], bare=bare)}</span>'
            case "note":
                return "" if bare else self._reference(inline["n"])
            case _:
                return f"<{kind}>{self.inlines(inline['c'], bare=bare)}</{kind}>"

    def _reference(self, note: int) -> str:
        number = note + 1
        says = f'role="doc-noteref" aria-label="{self._words["note"]} {number}"'
        return f'<sup><a href="#doc-note-{number}" id="{self._next_reference(note)}" {says}>{number}</a></sup>'

    def _heading(self, block: Block) -> str:
        level = block["level"] + 1
        return f'<h{level} id="{escape(block["id"])}">{_number(block["nr"])}{self.inlines(block["c"])}</h{level}>\n'

    def _paragraph(self, block: Block) -> str:
        return f"<p>{self.inlines(block['c'])}</p>\n"

    def _items(self, block: Block) -> str:
        kind = block["t"]
        start = f' start="{block["start"]}"' if kind == "ol" and block["start"] != 1 else ""
        points = [
            self.inlines(item[0]["c"]) if len(item) == 1 and item[0]["t"] == "p" else self.blocks(item)
            for item in block["items"]
        ]
        return f"<{kind}{start}>\n" + "".join([f"<li>{point}</li>\n" for point in points]) + f"</{kind}>\n"

    def _terms(self, block: Block) -> str:
        rows = [
            f"<div><dt>{self.inlines(item['term'])}</dt>"
            + "".join([f"<dd>{self.inlines(text)}</dd>" for text in item["desc"]])
            + "</div>\n"
            for item in block["items"]
        ]
        return "<dl>\n" + "".join(rows) + "</dl>\n"

    def _quote(self, block: Block) -> str:
        return f"<blockquote>\n{self.blocks(block['blocks'])}</blockquote>\n"

    def _table(self, block: Block) -> str:
        name, align, rows = escape(block["id"]), block["align"], block["rows"]
        named = f'role="group" aria-label="{self._words["table"]}"'
        caption = ""
        if block["caption"]:
            named = f'role="region" aria-labelledby="{name}-caption"'
            number = f"<b>{self._words['table']} {block['nr']}.</b>"
            caption = f'<caption id="{name}-caption"><span>{number} {self.plain(block["caption"])}</span></caption>\n'
        head = self._cells(block["head"], align, ["col"] * len(align))
        scopes = ["row", *[""] * len(align)]
        body = [f"<tr>{self._cells(row, align, scopes)}</tr>\n" for row in rows]
        above = len(rows) - block["sums"]
        sums = f'<tbody class="sums">\n{"".join(body[above:])}</tbody>\n' if block["sums"] else ""
        return (
            f'<div class="table" {named} tabindex="0">\n'
            f'<table id="{name}" class="columns-{min(len(block["head"]), 8)}">\n{caption}{_widths(block["widths"])}'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(body[:above])}</tbody>\n{sums}</table>\n</div>\n"
        )

    def _cells(self, cells: list[list[Inline]], align: list[str], scopes: list[str]) -> str:
        found = []
        for content, side, scope in zip(cells, align, scopes, strict=False):
            shown = self.inlines(content)
            place = "" if side == "left" else f' class="{side}"'
            if scope and not (shown == "" or shown.isspace()):
                found.append(f'<th scope="{scope}"{place}>{shown}</th>')
            else:
                found.append(f"<td{place}>{shown}</td>")
        return "".join(found)

    def _figure(self, block: Block) -> str:
        name = escape(block["id"])
        number = f"<b>{self._words['figure']} {block['nr']}.</b>"
        return (
            f'<figure id="{name}">\n'
            f'<div class="picture" role="region" aria-labelledby="{name}-caption" tabindex="0">{block["svg"]}</div>\n'
            f'<figcaption id="{name}-caption">{number} {self.plain(block["caption"])}</figcaption>\n</figure>\n'
        )

    def _card(self, block: Block) -> str:
        heading = block["h"]
        inside = self._heading(heading) + self.blocks(block["blocks"])
        return f'<article class="card" aria-labelledby="{escape(heading["id"])}">\n{inside}</article>\n'

    def _summary(self, block: Block) -> str:
        named = escape(block["blocks"][0]["id"])
        return f'<section class="summary" aria-labelledby="{named}">\n{self.blocks(block["blocks"])}</section>\n'

    def _callout(self, block: Block) -> str:
        return f'<div class="callout" role="note">\n{self.blocks(block["blocks"])}</div>\n'

    def _contents(self, _: Block) -> str:
        return self.contents()

    def contents(self) -> str:
        """The list of contents."""
        lines = [
            f'<li class="level-{line["level"]}"><a href="#{escape(line["id"])}">'
            f"{_number(line['nr'])}<span>{self.inlines(line['c'], bare=True)}</span></a></li>\n"
            for line in self._toc
        ]
        return (
            '<nav class="contents" aria-labelledby="doc-contents">\n'
            f'<h2 id="doc-contents">{self._words["contents"]}</h2>\n'
            f"<ul>\n{''.join(lines)}</ul>\n</nav>\n"
        )


def _number(number: str) -> str:
    return f'<span class="nr">{escape(number)}</span> ' if number else ""


def _widths(widths: list[int]) -> str:
    if len(set(widths)) < 2:
        return ""
    whole = sum(widths)
    columns = "".join([f'<col style="width:{round(100 * width / whole, 1)}%">' for width in widths])
    return f"<colgroup>{columns}</colgroup>\n"
