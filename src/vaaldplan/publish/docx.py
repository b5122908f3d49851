"""Document tree → Word document: real headings, lists, tables, footnotes, captions and links, ready to be worked on."""

import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from vaaldplan.look import Look

from . import docx_package as package
from . import docx_parts as parts
from . import logotypes, pdf, templates, together
from .docx_pages import Sheets, said
from .docx_parts import NOTHING, PLAIN, Emphasis, Xml, joined
from .docx_text import Text
from .parse import plain_text
from .printable import Characters, printable
from .tree import Block, Inline, Tree, pieces

LONG_NAME = 40
"""Characters in the first column of a table up to which it is set in bold, as a name."""
TERM_SHARE = 0.28
"""How much of the width the terms of a description list take."""
LIST_STEP = 340
QUOTE_STEP = 284
"""How far lists and quotations are indented, in twentieths of a point; the same as in the styles."""
LIST_END = 160
"""Space below a list, in twentieths of a point."""
DEEPEST_LIST = 8
"""The last level of list that Word knows, counted from 0."""
LOW_PICTURE = 0.6
"""How much of the width a picture takes in a paper of a few pages."""
TALLEST = 200
"""Millimetres that a picture is high at most."""
MILLIMETRE, TWIP = 36000, 635
"""In English metric units, which Word measures pictures in."""


def write(tree: Tree, look: Look = templates.USUAL) -> bytes:
    """The document as a Word file; the same tree gives the same bytes.

    Args:
        tree: the document.
        look: the municipality's own look; with a Word template in it, the document is written into that.

    Raises:
        VaaldplanError: the Word template looked whole but cannot be written into.
    """
    clean = printable(tree)
    together.mark(clean)
    if look.word is None:
        return _Writer(clean, package.NewDocument(clean, look), look).written()
    from . import docx_template

    with docx_template.blamed():
        return _Writer(clean, docx_template.OwnTemplate(clean, look, look.word), look).written()


class _Place(NamedTuple):
    """Where a block stands."""

    indent: int = 0
    """From the left margin, in twentieths of a point."""
    style: str = ""
    """The paragraph style of running text here."""
    depth: int = 0
    """How many lists it is inside."""
    keep: bool = False
    """Keep every paragraph on the page of the next."""


MARGIN = _Place()
"""In the document itself, inside nothing."""


class _Writer:
    """Writes one document, block by block."""

    def __init__(self, tree: Tree, frame: package.Frame, look: Look) -> None:
        self.frame, self.look = frame, look
        self.tree = tree
        self.words = tree["words"]
        self.text = Text(Sheets(frame.styles, frame.width, frame.height, frame.renamed))
        self.notes: list[Xml] = []
        self.colour = templates.look(look)["colour"]
        self.names = parts.bookmark_names(tree)
        self.listed = max((line["level"] for line in tree["toc"]), default=0)
        self.numbered: dict[int, int] = {}
        self.marks, self.pictures, self.figures = frame.marks, frame.pictures, 0
        self.apart = tree.get("opening") != "head"
        self.heading = tree["title"]
        figures = [block["svg"] for block in parts.each_block(tree["blocks"]) if block["t"] == "figure"]
        self.drawn = dict(zip(figures, pdf.pngs(figures, look), strict=True))

    def written(self) -> bytes:
        """The whole document as a file."""
        self.cover()
        self.blocks(self.tree["blocks"], MARGIN)
        return self.frame.finished(self.text.whole(), joined(self.notes))

    # ------------------------------------------------------------ inlines

    def inlines(self, inlines: list[Inline], look: Emphasis = PLAIN, *, in_note: bool = False) -> Xml:
        """Inlines, written the same way wherever they stand; footnotes are a file of their own in the package."""
        made: list[Xml] = []
        for inline in inlines:
            match inline["t"]:
                case "text":
                    made.append(parts.text(inline["v"], look))
                case "br":
                    made.append(parts.run(look, parts.element("br")))
                case "strong":
                    made.append(self.inlines(inline["c"], look._replace(bold=True), in_note=in_note))
                case "em":
                    made.append(self.inlines(inline["c"], look._replace(italic=True), in_note=in_note))
                case "lang":
                    spoken = look._replace(language=package.LANGUAGES[inline["lang"]])
                    made.append(self.inlines(inline["c"], spoken, in_note=in_note))
                case "link":
                    made.append(self.link(inline, look, in_note=in_note))
                case "note" if not in_note:
                    made.append(self.note(inline["n"]))
        return joined(made)

    def link(self, inline: Inline, look: Emphasis, *, in_note: bool) -> Xml:
        """A link; without a target only its words."""
        target = inline["to"]
        if not target:
            return self.inlines(inline["c"], look, in_note=in_note)
        content = self.inlines(inline["c"], look._replace(style=look.style or "Hyperlink"), in_note=in_note)
        if target.startswith("#"):
            return parts.link_to_place(self.names[target[1:]], content)
        return parts.link_to_address(self.frame.link(target, in_note=in_note), content)

    def note(self, note: int) -> Xml:
        """A footnote; where one is referred to again, its number as a link to the first place."""
        look, name = Emphasis(style="FootnoteReference"), f"note_{note}"
        if note in self.numbered:
            return parts.field(f"NOTEREF {name} \\h", str(self.numbered[note]), look)
        number = self.numbered[note] = len(self.numbered) + 1
        self.marks += 1
        reference = parts.run(look, parts.element("footnoteReference", id=self.frame.notes + number))
        start = [parts.run(look, parts.element("footnoteRef")), parts.text(" ")]
        content = joined([*start, self.inlines(self.tree["notes"][note], in_note=True)])
        words = parts.paragraph("FootnoteText", content)
        self.text.sheets.note(said(self.tree["notes"][note]))
        self.notes.append(parts.element("footnote", words, id=self.frame.notes + number))
        return parts.bookmark(name, self.marks, reference)

    def marked(self, content: Xml, name: str) -> Xml:
        """Content that is a place to link to, if it has a name."""
        if not name:
            return content
        self.marks += 1
        return parts.bookmark(self.names[name], self.marks, content)

    # ------------------------------------------------------------ blocks

    def cover(self) -> None:
        """The first page, or the head of a paper without one."""
        tree = self.tree
        if not self.frame.own:  # a template shows the municipality's own already
            self.logotype()
        self.words_in("CoverMunicipality", tree["municipality"])
        self.words_in("Title", tree["title"])
        if tree["subtitle"]:
            self.words_in("Subtitle", tree["subtitle"])
        if status := tree["status"]:
            text, mark = f"\u2003{status['text']}", package.mark(status["mark"], "CoverMark")
            self.text.paragraph(joined([mark, parts.text(text)]), status["mark"] + text, "CoverStatus")
        if tree["notice"]:
            self.words_in("CoverNotice", tree["notice"])
        facts = [(pieces(tree, name), pieces(tree, value)) for name, value in tree["meta"]]
        self.terms(facts, self.words["facts"], MARGIN)
        self.text.new_page = self.apart

    def logotype(self) -> None:
        """The municipality's logotype, above everything."""
        shown = logotypes.shown(self.look, self.tree)
        if shown is None or self.look.logotype is None:
            return
        drawing = self.look.logotype.kind == "svg"
        data = pdf.png(shown["svg"], self.look) if drawing else self.look.logotype.data
        size = round(shown["width"] * MILLIMETRE), round(shown["height"] * MILLIMETRE)
        name, alt = self.words["logotype"], shown["alt"].translate(Characters())
        made = self.picture(data, shown["svg"] if drawing else "", size, name, alt)
        self.text.picture(made, size[1], "Logotype")

    def words_in(self, style: str, text: str) -> None:
        """A paragraph of plain words."""
        self.text.paragraph(self.inlines(pieces(self.tree, text)), text, style)

    def picture(self, data: bytes, svg: str, size: tuple[int, int], name: str, alt: str) -> Xml:
        """A picture to stand in a line of text, as SVG too when there is one."""
        self.pictures += 1
        return parts.run(PLAIN, parts.drawing(self.frame.picture(data, svg), size, self.pictures, name=name, alt=alt))

    def blocks(self, blocks: list[Block], place: _Place) -> None:
        """Write blocks one after the other."""
        for block in blocks:
            match block["t"]:
                case "h":
                    self.text.new_page = self.text.new_page or block.get("apart", False)
                    self.title(block, place)
                case "p":
                    keep = place.keep or block.get("sticky", False)
                    content = self.inlines(block["c"])
                    self.text.paragraph(content, said(block["c"]), place.style, left=place.indent or None, keep=keep)
                case "ul" | "ol":
                    self.points(block, place)
                case "dl":
                    items = [(item["term"], _lines(item["desc"])) for item in block["items"]]
                    inner = place._replace(keep=place.keep or block.get("whole", False))
                    self.terms(items, self.words["card"].format(title=self.heading), inner)
                    self.let_go(place)
                case "quote":
                    self.blocks(block["blocks"], place._replace(indent=place.indent + QUOTE_STEP, style="Quote"))
                case "callout":
                    inner = place._replace(indent=place.indent + QUOTE_STEP, style="IntenseQuote")
                    self.blocks(block["blocks"], inner)
                case "table":
                    self.table(block, place._replace(keep=place.keep or block.get("whole", False)))
                    self.let_go(place)
                case "figure":
                    self.figure(block, place)
                case "card":
                    self.card(block, place)
                case "summary":
                    self.text.new_page = True
                    self.blocks(block["blocks"], place)
                    self.text.new_page = True
                case "toc":
                    self.contents()

    def title(self, block: Block, place: _Place, *, card: bool = False) -> None:
        """A heading; one without words is no heading, only a place."""
        words = plain_text(block["c"]).strip()
        style = f"Heading{block['level']}"
        if card or (not block["toc"] and block["level"] <= self.listed):
            style += "Card" if card else "Unlisted"
        content = NOTHING
        if words:
            self.heading = words
            content = self.inlines([*_text(f"{block['nr']} " if block["nr"] else ""), *block["c"]])
        content = self.marked(content, block["id"])
        style = style if words else "NoSpacing"
        self.text.paragraph(content, f"{block['nr']} {words}", style, left=place.indent or None, name=block["id"])

    def points(self, block: Block, place: _Place) -> None:
        """A list; a numbered one begins with its own number, whatever lists came before."""
        level = min(place.depth, DEEPEST_LIST)
        number = self.frame.bullet if block["t"] == "ul" else self.frame.numbered(level, block["start"])
        inner = place._replace(indent=place.indent + LIST_STEP, depth=place.depth + 1)
        style = place.style if place.style == "IntenseQuote" else "ListParagraph"
        for i, item in enumerate(block["items"]):
            first, rest = (item[0]["c"], item[1:]) if item and item[0]["t"] == "p" else ([], item)
            # The last point stands off from what follows the list, unless more comes within it.
            after = LIST_END if i == len(block["items"]) - 1 and not rest and place.depth == 0 else None
            self.text.paragraph(
                self.inlines(first),
                said(first),
                style,
                numbering=(number, level),
                left=inner.indent,
                hanging=LIST_STEP,
                after=after,
                keep=place.keep,
            )
            self.blocks(rest, inner._replace(style=style))

    def terms(self, items: Sequence[tuple[list[Inline], list[Inline]]], title: str, place: _Place) -> None:
        """Terms and what they mean, as a table of two columns; ``title`` is what a screen reader says of it."""
        whole = self.frame.width - place.indent
        widths = [round(whole * TERM_SHARE), whole - round(whole * TERM_SHARE)]
        styles = ("CardTerm", "CardCell") if place.style == "CardText" else ("Term", "TableText")
        rows = []
        for pair in items:
            cells = zip(pair, widths, styles, strict=True)
            rows.append(self.text.row([self.cell(c, w, s, place) for c, w, s in cells], keep=place.keep))
        if rows:
            made = parts.table(widths, rows, indent=place.indent, title=title, head=False)
            self.text.table(made, keep=place.keep)

    def table(self, block: Block, place: _Place) -> None:
        """A table with its caption above."""
        if block["caption"]:
            self.caption("table", block, "Caption", keep=True, left=place.indent or None, name=block["id"])
        elif block["id"]:
            self.text.add(self.marked(NOTHING, block["id"]))
        whole = self.frame.width - place.indent
        widths = [round(whole * w / sum(block["widths"])) for w in block["widths"]]
        accent, pale = self.colour["accent"], self.colour["pale"]
        strong = Emphasis(bold=True)
        heads = [
            self.cell(content, width, "TableHead", place, align, Emphasis(style="Strong"), fill=accent)
            for content, width, align in zip(block["head"], widths, block["align"], strict=True)
        ]
        rows = [self.text.row(heads, keep=place.keep, head=True)]
        names = all(len(plain_text(row[0])) <= LONG_NAME for row in block["rows"])
        first_sum = len(block["rows"]) - block["sums"]
        for y, row in enumerate(block["rows"]):
            fill, line = (pale if y >= first_sum else ""), (accent if y == first_sum else "")
            cells = []
            for x, (content, width, align) in enumerate(zip(row, widths, block["align"], strict=True)):
                look = strong if y >= first_sum or (x == 0 and names) else PLAIN
                cells.append(self.cell(content, width, "TableText", place, align, look, fill=fill, line=line))
            rows.append(self.text.row(cells, keep=place.keep))
        title = block["caption"] or self.heading
        made = parts.table(widths, rows, indent=place.indent, title=title, head=True)
        self.text.table(made, keep=place.keep)

    def cell(
        self, inlines: list[Inline], width: int, style: str, place: _Place, align: str = "left",
        look: Emphasis = PLAIN, *, fill: str = "", line: str = "",
    ) -> Xml:  # fmt: skip
        """A cell of a table."""
        content = self.inlines(inlines, look)
        keep = place.keep
        return self.text.cell(content, said(inlines), width, style, align=align, keep=keep, fill=fill, line=line)

    def caption(self, word: str, block: Block, style: str, *, name: str = "", **properties: Any) -> None:
        """A caption whose number Word can count, and which may be a place to link to."""
        bold = Emphasis(bold=True)
        counter = re.sub(r"\W", "_", self.words[word])
        content = joined([
            parts.text(f"{self.words[word]} ", bold),
            parts.field(f"SEQ {counter} \\* ARABIC", str(block["nr"]), bold),
            parts.text(".", bold),
            self.inlines(pieces(self.tree, block["caption"], " ")),
        ])  # fmt: skip
        text = f"{self.words[word]} {block['nr']}. {block['caption']}"
        self.text.paragraph(self.marked(content, name), text, style, **properties)

    def figure(self, block: Block, place: _Place) -> None:
        """A picture as SVG and PNG, with its caption below."""
        self.figures += 1
        data, svg = self.drawn[block["svg"]], block["svg"]
        share = 1 if self.apart else LOW_PICTURE
        size = _fitted(data, round((self.frame.width - place.indent) * share))
        made = self.picture(data, svg, size, f"{self.words['figure']} {self.figures}", block["alt"])
        self.text.picture(self.marked(made, block["id"]), size[1], "Picture", left=place.indent or None)
        self.caption("figure", block, "PictureCaption", left=place.indent or None, keep=place.keep)

    def card(self, block: Block, place: _Place) -> None:
        """A card, kept on one page as far as it fits."""
        self.title(block["h"], place, card=True)
        self.blocks(block["blocks"], place._replace(keep=True, style="CardText"))
        self.let_go(place)

    def let_go(self, place: _Place) -> None:
        """Let what was kept together end here, unless all around it is kept too."""
        if not place.keep:
            self.text.let_go()

    def contents(self) -> None:
        """The list of contents, which is written when the pages are known."""
        self.text.later(self.filled)
        self.text.sheets.paragraph("TOCHeading", self.words["contents"], new_page=self.apart)
        for line in self.tree["toc"]:
            self.text.sheets.paragraph(f"TOC{line['level']}", f"{line['nr']} {said(line['c'])}")
        self.text.new_page = self.apart

    def filled(self, pages: Mapping[str, int]) -> Xml:
        """The list of contents on a page of its own: a field, with what it is to show already there."""
        lines = self.tree["toc"]
        made = [parts.paragraph("TOCHeading", parts.text(self.words["contents"]), new_page=self.apart)]
        for i, line in enumerate(lines):
            name, number = self.names[line["id"]], f"{line['nr']} " if line["nr"] else ""
            shown = [
                self.inlines(pieces(self.tree, plain_text(line["c"]), number)),
                parts.run(PLAIN, parts.element("tab")),
                parts.field(f"PAGEREF {name} \\h", str(pages.get(line["id"], ""))),
            ]
            entry = [parts.link_to_place(name, joined(shown))]
            if i == 0:
                entry.insert(0, parts.field_start(f'TOC \\o "1-{self.listed}" \\h \\z', dirty="true"))
            if i == len(lines) - 1:
                entry.append(parts.field_end())
            made.append(parts.paragraph(f"TOC{line['level']}", joined(entry)))
        return parts.contents(made)


def _fitted(png: bytes, width: int) -> tuple[int, int]:
    """The size of a picture that is as wide as the text, or as high as most of a page if it would be higher."""
    across, down = struct.unpack(">II", png[16:24])
    ratio = min(width * TWIP / across, TALLEST * MILLIMETRE / down)
    return round(across * ratio), round(down * ratio)


def _text(value: str) -> list[Inline]:
    return [{"t": "text", "v": value}] if value else []


def _lines(descriptions: list[list[Inline]]) -> list[Inline]:
    """Several descriptions, each on a line of its own."""
    return [inline for i, d in enumerate(descriptions) for inline in ([{"t": "br"}] if i else []) + d]
