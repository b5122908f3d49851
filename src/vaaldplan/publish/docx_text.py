"""The text of a Word file as it is written: paragraphs and tables one after the other, and the pages they will take."""

from collections.abc import Callable, Mapping
from typing import Any

from . import docx_parts as parts
from .docx_pages import Sheets
from .docx_parts import NOTHING, Xml, joined

_POINT = 12700
"""English metric units, in which Word measures pictures, in a point."""


class Text:
    """What has been written so far."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.new_page = False
        """Whether what comes next begins a page."""
        self.written: list[Xml] = []
        self.last: dict[str, Any] = {}
        self.waiting: dict[int, Callable[[Mapping[str, int]], Xml]] = {}

    def add(self, made: Xml) -> None:
        """Put what is no paragraph last."""
        self.written.append(made)
        self.last = {}

    def paragraph(self, content: Xml, words: str, style: str = "", *, name: str = "", **properties: Any) -> None:
        """Put a paragraph last.

        Args:
            content: what stands in it.
            words: the same as plain words.
            style: the id of its style.
            name: what it is called, where the contents lead to it.
            properties: the others that ``parts.paragraph`` takes.
        """
        new_page, self.new_page = self.new_page, False
        self.last = {"content": content, "style": style, "new_page": new_page, **properties}
        self.written.append(parts.paragraph(**self.last))
        known = {key: properties.get(key) for key in ("left", "after", "keep")}
        self.sheets.paragraph(style, words, new_page=new_page, name=name, **known)

    def let_go(self) -> None:
        """The last paragraph is not kept with the next after all."""
        if self.last.get("keep"):
            self.last["keep"] = False
            self.written[-1] = parts.paragraph(**self.last)
            self.sheets.let_go()

    def picture(self, content: Xml, height: int, style: str, *, left: int | None = None) -> None:
        """Put a paragraph last that holds a picture, so many English metric units high."""
        new_page, self.new_page = self.new_page, False
        self.add(parts.paragraph(style, content, left=left, new_page=new_page))
        self.sheets.picture(style, height / _POINT, new_page=new_page)

    def cell(
        self, content: Xml, words: str, width: int, style: str, *, align: str, keep: bool, fill: str, line: str
    ) -> Xml:
        """A cell of the next row, with one paragraph."""
        new_page, self.new_page = self.new_page, False
        self.sheets.cell(style, words, width, new_page=new_page)
        made = parts.paragraph(style, content, align=align, keep=keep, new_page=new_page)
        return parts.cell(width, made, fill=fill, line=line)

    def row(self, cells: list[Xml], *, keep: bool, head: bool = False) -> Xml:
        """The row of the cells just made."""
        self.sheets.end_row(keep=keep, head=head)
        return parts.row(*cells, head=head)

    def table(self, made: Xml, *, keep: bool) -> None:
        """Put a table last, with a line of air that also keeps it apart from a table that follows."""
        self.add(made)
        self.paragraph(NOTHING, "", "NoSpacing", keep=keep)

    def later(self, made: Callable[[Mapping[str, int]], Xml]) -> None:
        """Put last what cannot be made before the pages are known; it is told the page of everything with a name."""
        self.waiting[len(self.written)] = made
        self.add(NOTHING)

    def whole(self) -> Xml:
        """All of it."""
        pages = self.sheets.found()
        for place, made in self.waiting.items():
            self.written[place] = made(pages)
        return joined(self.written)
