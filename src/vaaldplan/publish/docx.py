"""Document tree → Word document: real headings, lists, tables, footnotes, captions and links, ready to be worked on."""

import io
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from vaaldplan.look import Look

from . import docx_package as package
from . import docx_parts as parts
from . import docx_template, logotypes, pdf, templates, together
from .docx_parts import PLAIN, Element, Emphasis
from .parse import plain_text
from .printable import printable
from .tree import Block, Inline, Toc, Tree

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


def write(tree: Tree, look: Look = templates.USUAL, *, pages: dict[str, int] | None = None) -> bytes:
    """The document as a Word file; the same tree gives the same bytes.

    Args:
        tree: the document.
        look: the municipality's own look; with a Word template in it, the document is written into that.
        pages: the page of each heading by its id, shown in the contents until Word counts for itself.

    Raises:
        VaaldplanError: the Word template looked whole but cannot be written into.
    """
    clean = printable(tree)
    together.mark(clean)
    with docx_template.blamed(look.word):
        frame = docx_template.opened(clean, look, look.word) if look.word else package.new_document(clean, look)
        writer = _Writer(clean, pages or {}, frame, look)
        writer.cover()
        writer.blocks(clean["blocks"], MARGIN)
        if frame.own:
            docx_template.finish(frame, writer.footnotes)
        return package.packed(writer.document)


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

    def __init__(self, tree: Tree, pages: dict[str, int], frame: package.Frame, look: Look) -> None:
        self.frame, self.look = frame, look
        self.tree = tree
        self.words = tree["words"]
        self.pages = pages
        self.document, self.end = frame.document, frame.end
        self.footnotes = package.footnotes_part(self.document)
        self.first_note = max([0, *(int(n.get(f"{parts.WORD}id", 0)) for n in self.footnotes.element)])
        self.colour = templates.look(look)["colour"]
        self.names = parts.bookmark_names(tree)
        self.listed = max((line["level"] for line in tree["toc"]), default=0)
        self.numbered: dict[int, int] = {}
        self.marks, self.pictures = frame.marks, 0
        self.new_page = False
        self.heading = tree["title"]

    # ------------------------------------------------------------ paragraphs and inlines

    def add(self, made: Element) -> Element:
        """Put a finished element last in the text."""
        self.end.addprevious(made)
        return made

    def empty(self, style: str, **properties: Any) -> Element:
        """A paragraph; it begins a page if that was asked for since the last one."""
        made = parts.paragraph(style, new_page=self.new_page, **properties)
        self.new_page = False
        return made

    def paragraph(self, inlines: list[Inline], style: str = "", **properties: Any) -> Element:
        """A paragraph of the text."""
        made = self.add(self.empty(style, **properties))
        self.inlines(made, inlines, self.document.part)
        return made

    def inlines(self, parent: Element, inlines: list[Inline], part: Any, look: Emphasis = PLAIN) -> None:
        """Write inlines, the same way wherever they stand; ``part`` is the file of the package they stand in."""
        for inline in inlines:
            match inline["t"]:
                case "text":
                    parent.append(parts.text(inline["v"], look))
                case "br":
                    parent.append(parts.run(look, parts.element("br")))
                case "strong":
                    self.inlines(parent, inline["c"], part, look._replace(bold=True))
                case "em":
                    self.inlines(parent, inline["c"], part, look._replace(italic=True))
                case "lang":
                    self.inlines(parent, inline["c"], part, look._replace(language=package.LANGUAGES[inline["lang"]]))
                case "link":
                    self.link(parent, inline, part, look)
                case "note" if part is not self.footnotes:
                    self.note(parent, inline["n"])

    def said(self, value: str, before: str = "") -> list[Inline]:
        """A plain text, in pieces when one of them is in another language; ``before`` is in the document's own."""
        found = self.tree.get("said", {}).get(value)
        return [*_text(before), *found] if found else _text(before + value)

    def link(self, parent: Element, inline: Inline, part: Any, look: Emphasis) -> None:
        """A link; without a target only its words."""
        target = inline["to"]
        if not target:
            self.inlines(parent, inline["c"], part, look)
            return
        if target.startswith("#"):
            made = parts.link_to_place(self.names[target[1:]])
        else:
            made = parts.link_to_address(part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        self.inlines(made, inline["c"], part, look._replace(style=look.style or "Hyperlink"))
        parent.append(made)

    def note(self, parent: Element, note: int) -> None:
        """A footnote; where one is referred to again, its number as a link to the first place."""
        look, name = Emphasis(style="FootnoteReference"), f"note_{note}"
        if note in self.numbered:
            parent.extend(parts.field(f"NOTEREF {name} \\h", str(self.numbered[note]), look))
            return
        number = self.numbered[note] = len(self.numbered) + 1
        self.marks += 1
        start, end = parts.bookmark(name, self.marks)
        parent.extend([start, parts.run(look, parts.element("footnoteReference", id=self.first_note + number)), end])
        made = parts.paragraph("FootnoteText")
        made.extend([parts.run(look, parts.element("footnoteRef")), parts.text(" ")])
        self.inlines(made, self.tree["notes"][note], self.footnotes)
        self.footnotes.element.append(parts.element("footnote", made, id=self.first_note + number))

    def mark(self, made: Element, name: str) -> None:
        """Make a paragraph a place to link to."""
        if name:
            self.marks += 1
            start, end = parts.bookmark(self.names[name], self.marks)
            made.insert(int(made.pPr is not None), start)
            made.append(end)

    # ------------------------------------------------------------ blocks

    def cover(self) -> None:
        """The first page, or the head of a paper without one."""
        tree = self.tree
        if not self.frame.own:  # a template shows the municipality's own already
            self.logotype()
        self.paragraph(self.said(tree["municipality"]), "CoverMunicipality")
        self.paragraph(self.said(tree["title"]), "Title")
        if tree["subtitle"]:
            self.paragraph(self.said(tree["subtitle"]), "Subtitle")
        if status := tree["status"]:
            made = self.add(self.empty("CoverStatus"))
            made.extend([package.mark(status["mark"], "CoverMark"), parts.text(f"\u2003{status['text']}")])
        if tree["notice"]:
            self.paragraph(self.said(tree["notice"]), "CoverNotice")
        facts = [(self.said(name), self.said(value)) for name, value in tree["meta"]]
        self.terms(facts, self.words["facts"], MARGIN)
        self.new_page = tree.get("opening") != "head"

    def logotype(self) -> None:
        """The municipality's logotype, above everything."""
        shown = logotypes.shown(self.look, self.tree)
        if shown is None or self.look.logotype is None:
            return
        drawing = self.look.logotype.kind == "svg"
        data = pdf.png(shown["svg"], self.look) if drawing else self.look.logotype.data
        made = self.picture(data, shown["alt"], self.words["logotype"], shown["svg"] if drawing else "")
        package.resize(made, Mm(shown["width"]), Mm(shown["height"]))
        self.add(self.empty("Logotype")).append(parts.run(PLAIN, parts.element("drawing", made)))

    def picture(self, data: bytes, alt: str, name: str, svg: str) -> Element:
        """A picture to stand in a line of text, as SVG too when there is one."""
        inline = self.document.part.new_pic_inline(io.BytesIO(data))
        for key, said in (("descr", alt), ("name", name)):
            inline.docPr.set(key, said)
        if svg:
            relation = package.svg_part(self.document, svg)
            inline.graphic.graphicData.pic.blipFill.blip.append(parts.svg_extension(relation))
        return inline

    def blocks(self, blocks: list[Block], place: _Place) -> None:
        """Write blocks one after the other."""
        for block in blocks:
            match block["t"]:
                case "h":
                    self.new_page = self.new_page or block.get("apart", False)
                    self.title(block, place)
                case "p":
                    self.paragraph(
                        block["c"], place.style, left=place.indent or None, keep=place.keep or block.get("sticky")
                    )
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
                    self.new_page = True
                    self.blocks(block["blocks"], place)
                    self.new_page = True
                case "toc":
                    self.contents(self.tree["toc"])

    def title(self, block: Block, place: _Place, *, card: bool = False) -> None:
        """A heading; one without words is no heading, only a place."""
        words = plain_text(block["c"]).strip()
        style = f"Heading{block['level']}"
        if card or (not block["toc"] and block["level"] <= self.listed):
            style += "Card" if card else "Unlisted"
        made = self.paragraph([], style if words else "NoSpacing", left=place.indent or None)
        if words:
            self.heading = words
            self.inlines(made, [*_text(f"{block['nr']} " if block["nr"] else ""), *block["c"]], self.document.part)
        self.mark(made, block["id"])

    def points(self, block: Block, place: _Place) -> None:
        """A list; a numbered one begins with its own number, whatever lists came before."""
        level = min(place.depth, DEEPEST_LIST)
        number = self.frame.bullet if block["t"] == "ul" else package.new_list(self.frame, level, block["start"])
        inner = place._replace(indent=place.indent + LIST_STEP, depth=place.depth + 1)
        style = place.style if place.style == "IntenseQuote" else "ListParagraph"
        for i, item in enumerate(block["items"]):
            first, rest = (item[0]["c"], item[1:]) if item and item[0]["t"] == "p" else ([], item)
            # The last point stands off from what follows the list, unless more comes within it.
            after = LIST_END if i == len(block["items"]) - 1 and not rest and place.depth == 0 else None
            self.paragraph(
                first,
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
        made = parts.table(widths, indent=place.indent, title=title, head=False)
        styles = ("CardTerm", "CardCell") if place.style == "CardText" else ("Term", "TableText")
        for pair in items:
            texts = [self.in_cell(c, s, place) for c, s in zip(pair, styles, strict=True)]
            made.append(parts.row(*map(parts.cell, widths, texts)))
        if items:
            self.add_table(made, place)

    def table(self, block: Block, place: _Place) -> None:
        """A table with its caption above."""
        if block["caption"]:
            self.mark(self.caption("table", block, "Caption", keep=True, left=place.indent or None), block["id"])
        elif block["id"]:
            self.marks += 1
            for mark in parts.bookmark(self.names[block["id"]], self.marks):
                self.add(mark)
        whole = self.frame.width - place.indent
        widths = [round(whole * w / sum(block["widths"])) for w in block["widths"]]
        made = parts.table(widths, indent=place.indent, title=block["caption"] or self.heading, head=True)
        accent, pale = self.colour["accent"], self.colour["pale"]
        strong = Emphasis(bold=True)
        heads = [
            self.in_cell(c, "TableHead", place, align, Emphasis(style="Strong"))
            for c, align in zip(block["head"], block["align"], strict=True)
        ]
        made.append(parts.row(*(parts.cell(w, p, fill=accent) for w, p in zip(widths, heads, strict=True)), head=True))
        names = all(len(plain_text(row[0])) <= LONG_NAME for row in block["rows"])
        first_sum = len(block["rows"]) - block["sums"]
        for y, row in enumerate(block["rows"]):
            cells = []
            for x, (content, width, align) in enumerate(zip(row, widths, block["align"], strict=True)):
                look = strong if y >= first_sum or (x == 0 and names) else PLAIN
                inner = self.in_cell(content, "TableText", place, align, look)
                fill, line = (pale if y >= first_sum else ""), (accent if y == first_sum else "")
                cells.append(parts.cell(width, inner, fill=fill, line=line))
            made.append(parts.row(*cells))
        self.add_table(made, place)

    def in_cell(
        self, inlines: list[Inline], style: str, place: _Place, align: str = "left", look: Emphasis = PLAIN
    ) -> Element:
        """The paragraph of a table cell."""
        made = self.empty(style, align=align, keep=place.keep)
        self.inlines(made, inlines, self.document.part, look)
        return made

    def add_table(self, made: Element, place: _Place) -> None:
        """Put a table into the text, with a line of air that also keeps it apart from a table that follows."""
        self.add(made)
        self.paragraph([], "NoSpacing", keep=place.keep)

    def caption(self, word: str, block: Block, style: str, **properties: Any) -> Element:
        """A caption whose number Word can count."""
        made = self.add(self.empty(style, **properties))
        made.append(parts.text(f"{self.words[word]} ", Emphasis(bold=True)))
        name = re.sub(r"\W", "_", self.words[word])
        made.extend(parts.field(f"SEQ {name} \\* ARABIC", str(block["nr"]), Emphasis(bold=True)))
        made.append(parts.text(".", Emphasis(bold=True)))
        self.inlines(made, self.said(block["caption"], " "), self.document.part)
        return made

    def figure(self, block: Block, place: _Place) -> None:
        """A picture as SVG and PNG, with its caption below."""
        self.pictures += 1
        png = pdf.png(block["svg"], self.look)
        inline = self.picture(png, block["alt"], f"{self.words['figure']} {self.pictures}", block["svg"])
        share = LOW_PICTURE if self.tree.get("opening") == "head" else 1
        package.fit(inline, round((self.frame.width - place.indent) * share))
        made = self.add(self.empty("Picture", left=place.indent or None))
        made.append(parts.run(PLAIN, parts.element("drawing", inline)))
        self.mark(made, block["id"])
        self.caption("figure", block, "PictureCaption", left=place.indent or None, keep=place.keep)

    def card(self, block: Block, place: _Place) -> None:
        """A card, kept on one page as far as it fits."""
        self.title(block["h"], place, card=True)
        self.blocks(block["blocks"], place._replace(keep=True, style="CardText"))
        self.let_go(place)

    def let_go(self, place: _Place) -> None:
        """Let what was kept together end here, unless all around it is kept too."""
        for keep in [] if place.keep else self.end.getprevious().xpath("./w:pPr/w:keepNext"):
            keep.getparent().remove(keep)

    def contents(self, lines: Sequence[Toc]) -> None:
        """The list of contents on a page of its own: a field, with what it is to show already there."""
        apart = self.tree.get("opening") != "head"
        self.new_page = apart
        made = [self.empty("TOCHeading")]
        made[0].append(parts.text(self.words["contents"]))
        for i, line in enumerate(lines):
            entry = parts.paragraph(f"TOC{line['level']}")
            if i == 0:
                entry.extend(parts.field_start(f'TOC \\o "1-{self.listed}" \\h \\z', dirty="true"))
            link = parts.link_to_place(self.names[line["id"]])
            number = f"{line['nr']} " if line["nr"] else ""
            self.inlines(link, self.said(plain_text(line["c"]), number), self.document.part)
            link.append(parts.run(PLAIN, parts.element("tab")))
            link.extend(parts.field(f"PAGEREF {self.names[line['id']]} \\h", str(self.pages.get(line["id"], ""))))
            entry.append(link)
            made.append(entry)
        if lines:
            made[-1].append(parts.field_end())
        self.add(parts.contents(made))
        self.new_page = apart


def _text(value: str) -> list[Inline]:
    return [{"t": "text", "v": value}] if value else []


def _lines(descriptions: list[list[Inline]]) -> list[Inline]:
    """Several descriptions, each on a line of its own."""
    return [inline for i, d in enumerate(descriptions) for inline in ([{"t": "br"}] if i else []) + d]
