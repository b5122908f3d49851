"""Document tree → Word document: real headings, lists, tables, footnotes, captions and links, ready to be worked on."""

import io
import re
from typing import Any, NamedTuple

from docx.enum.text import WD_BREAK

from . import docx_package as package
from . import docx_parts as parts
from . import pdf, templates
from .docx_parts import Element, Emphasis
from .printable import printable
from .tree import Block, Inline, Toc, Tree

LONG_NAME = 40
"""Characters in the first column of a table up to which it is set in bold, as a name."""
TERM_SHARE = 0.28
"""How much of the width the terms of a description list take."""
LIST_STEP = 340
QUOTE_STEP = 284
"""How far lists and quotations are indented, in twentieths of a point; the same as in the styles."""
DEEPEST_LIST = 8


def write(tree: Tree, *, pages: dict[str, int] | None = None) -> bytes:
    """The document as a Word file; the same tree gives the same bytes.

    Args:
        tree: the document.
        pages: the page of each heading by its id, shown in the contents until Word counts for itself.
    """
    clean = printable(tree)
    writer = _Writer(clean, pages or {})
    writer.cover()
    writer.blocks(clean["blocks"], _Place())
    return package.packed(writer.finished())


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


class _Writer:
    """Writes one document, block by block."""

    def __init__(self, tree: Tree, pages: dict[str, int]) -> None:
        self.tree = tree
        self.pages = pages
        self.document = package.new_document(tree)
        self.body = self.document.element.body
        self.end = self.body[-1]
        for extra in self.body[:-1]:
            self.body.remove(extra)
        self.footnotes = package.footnotes_part(self.document)
        self.colour = {name: value[1:] for name, value in templates.look()["colour"].items() if isinstance(value, str)}
        self.names = _bookmark_names(tree)
        self.listed = max((line["level"] for line in tree["toc"]), default=0)
        self.marks = self.pictures = 0
        self.new_page = False
        self.heading = ""

    def finished(self) -> Any:
        """The document, once everything is written."""
        return self.document

    # ------------------------------------------------------------ paragraphs and inlines

    def add(self, made: Element) -> Element:
        self.end.addprevious(made)
        return made

    def paragraph(self, inlines: list[Inline], style: str, place: _Place = _Place(), **properties: Any) -> Element:  # noqa: B008 (immutable)
        made = self.add(parts.paragraph(style, keep=place.keep, new_page=self.new_page, **properties))
        self.new_page = False
        self.inlines(made, inlines, self.document.part)
        return made

    def inlines(self, parent: Element, inlines: list[Inline], part: Any, look: Emphasis = Emphasis()) -> None:  # noqa: B008 (immutable)
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
                case "link":
                    self.link(parent, inline, part, look)
                case "note":
                    self.note(parent, inline)

    def link(self, parent: Element, inline: Inline, part: Any, look: Emphasis) -> None:
        target = inline["to"]
        if not target:
            self.inlines(parent, inline["c"], part, look)
            return
        if target.startswith("#"):
            made = parts.link_to_place(self.names[target[1:]])
        else:
            made = parts.link_to_address(part.relate_to(target, package.RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        self.inlines(made, inline["c"], part, look._replace(style="Hyperlink"))
        parent.append(made)
