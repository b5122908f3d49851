"""On which page of the Word file its headings will stand, for the contents; Word counts for itself when it is asked to.

Nothing but Word knows for sure. Here the paragraphs are set in letters as wide as Calibri's and put on pages one after
the other, with the sizes and distances of the styles, what is kept together, and the room that footnotes take.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from .docx_parts import NAMESPACES
from .tree import Inline

_W = f"{{{NAMESPACES['w']}}}"
_LETTERS = {
    226: " \u00a0", 229: "il'", 239: "j", 250: ",’", 252: ".I·", 268: ":;", 305: "()f-[]{}", 319: "J!", 335: "t°",
    349: "r", 386: "/\\", 393: "sz", 419: 'L"”c', 433: "x", 453: "vykFS|", 466: "?Zg", 479: "aåä", 488: "TYEÉ",
    498: "#*+<=>^_e~é–•§", 507: "$0123456789", 519: "PXK", 525: "bdhnpquüoö", 540: "CRB", 575: "VAÅÄ", 620: "DH",
    642: "GUÜN", 667: "OÖQ", 685: "&…", 715: "%w", 799: "m", 855: "M", 895: "W@—",
}  # fmt: skip
"""How wide letters are, in thousandths of their size."""
_USUAL, _WIDEST = 507, 1000
_BOLD = 1.027
_LINE = 1.2207
"""Height of a line, of the size of its letters."""
_TWIPS = 20
"""Twentieths of a point, in which Word measures, in a point."""
_LINES = 12
"""Points, as Word writes them, of a line of the usual height."""
_DISTANCES = {"before": "above", "after": "below"}
_RULE = 0.5
"""Height of the line between the rows of a table, in points."""
_CELL = 160
"""Room at the sides of a cell, in twentieths of a point."""
_FEW = 2
"""Lines of a paragraph that are not left alone on a page."""


class _Style(NamedTuple):
    """What a style says of heights and widths, in points."""

    size: float = 11.0
    line: float = 1.0
    """From one line to the next, of the usual; below 0 it is exactly so many points."""
    above: float = 0.0
    below: float = 0.0
    sides: float = 0.0
    bold: bool = False
    keep: bool = False

    @property
    def height(self) -> float:
        """From one line to the next."""
        return -self.line if self.line < 0 else self.size * _LINE * self.line


class _Piece(NamedTuple):
    """Something to put on a page: lines that may be divided between pages, or one that is a row or a picture."""

    lines: int
    height: float
    above: float = 0.0
    below: float = 0.0
    keep: bool = False
    new_page: bool = False
    name: str = ""
    notes: float = 0.0
    head: float = 0.0
    """Height of the head that is repeated above it on a new page."""


class Sheets:
    """The pages, filled as the document is written."""

    def __init__(self, styles: str, width: int, height: int, names: Mapping[str, str]) -> None:
        """Begin the first page.

        Args:
            styles: the part of the package that holds the styles.
            width: of the text, in twentieths of a point.
            height: of the text on a page, likewise.
            names: what our styles are called in it, where that is something else.
        """
        self.width, self.height = width, height / _TWIPS
        self.names = names
        root = ElementTree.fromstring(styles)
        self.elements = {s.get(f"{_W}styleId", ""): s for s in root.iter(f"{_W}style")}
        self.usual = _Style()
        for name in ("rPrDefault", "pPrDefault"):
            for default in root.iter(f"{_W}{name}"):
                self.usual = _over(self.usual, default)
        self.styles: dict[str, _Style] = {}
        self.usual = self.style("Normal")
        self.letters = _Letters()
        self.waiting: list[_Piece] = []
        self.page, self.used, self.taken = 1, 0.0, 0.0
        self.row = self.head = self.notes = 0.0
        self.turned = False
        self.places: dict[str, int] = {}

    def found(self) -> dict[str, int]:
        """The page of each named paragraph, when all is set."""
        self._settle()
        return self.places

    def paragraph(
        self,
        style: str,
        words: str,
        *,
        left: int | None = None,
        after: int | None = None,
        keep: bool | None = False,
        new_page: bool = False,
        name: str = "",
    ) -> None:
        """Set a paragraph; ``left`` and ``after`` are in twentieths of a point, in place of the style's."""
        look = self.style(style)
        self.head = 0.0
        lines = self.lines(words, look, self.width - (left or 0))
        below = look.below if after is None else after / _TWIPS
        self._put(_Piece(lines, look.height, look.above, below, bool(keep) or look.keep, new_page, name))

    def let_go(self) -> None:
        """The last paragraph is not kept with the next after all."""
        if self.waiting:
            self.waiting[-1] = self.waiting[-1]._replace(keep=False)
            self._settle()

    def picture(self, style: str, height: float, *, new_page: bool = False) -> None:
        """Set a picture that is so many points high."""
        look = self.style(style)
        self._put(_Piece(1, height, look.above, look.below, look.keep, new_page))

    def note(self, words: str) -> None:
        """Set a footnote; it stands on the page of the piece that comes next."""
        look = self.style("FootnoteText")
        self.notes += self.lines(words, look, self.width) * look.height + look.below

    def cell(self, style: str, words: str, width: int, *, new_page: bool = False) -> None:
        """Set a cell of a row; ``width`` in twentieths of a point."""
        look = self.style(style)
        height = self.lines(words, look, width - _CELL) * look.height + look.above + look.below
        self.row = max(self.row, height)
        self.turned = self.turned or new_page

    def end_row(self, *, keep: bool, head: bool = False) -> None:
        """Put the row of the cells that were set."""
        height, self.row = self.row + _RULE, 0.0
        self._put(_Piece(1, height, keep=keep or head, new_page=self.turned, head=self.head))
        self.turned = False
        if head:
            self.head = height

    # ------------------------------------------------------------ lines

    def style(self, name: str) -> _Style:
        """A style with what it is based on."""
        found = self.styles.get(name)
        if found is None:
            self.styles[name] = found = self.usual
            element = self.elements.get(self.names.get(name, name))
            if element is not None:
                based = element.find(f"{_W}basedOn")
                under = self.style(based.get(f"{_W}val", "")) if based is not None else self.usual
                self.styles[name] = found = _over(under, element)
        return found

    def lines(self, words: str, look: _Style, width: float) -> int:
        """How many lines some words take."""
        room = max(1.0, (width / _TWIPS - look.sides) / look.size) * 1000 / (_BOLD if look.bold else 1)
        if len(words) * _WIDEST <= room and "\n" not in words:
            return 1
        letters, space = self.letters, self.letters[" "]
        count = 0
        for line in words.split("\n"):
            count += 1
            used = 0
            for word in line.split(" "):
                wide = letters[word]
                if used and used + space + wide > room:
                    count, used = count + 1, 0
                if wide > room:
                    count += int(wide / room)
                used += wide + (space if used else 0)
        return count

    # ------------------------------------------------------------ pages

    def _put(self, piece: _Piece) -> None:
        """Put a piece on a page, as soon as it is known what is kept together with it."""
        notes, self.notes = self.notes, 0.0
        self.waiting.append(piece._replace(notes=notes) if notes else piece)
        if not piece.keep:
            self._settle()

    def _settle(self) -> None:
        """Put the pieces that are kept together on a page; if they are more than a page, they are divided after all."""
        pieces, self.waiting = self.waiting, []
        if not pieces:
            return
        if pieces[0].new_page:
            self._turn()
        last = pieces[-1]
        whole = sum(p.lines * p.height + p.above + p.below + p.notes for p in pieces[:-1])
        whole += last.above + last.height * (last.lines if last.lines <= _FEW + 1 else _FEW) + last.notes
        if self.used + whole > self.height - self.taken and whole <= self.height:
            self._turn(pieces[0].head)
        for piece in pieces:
            self._place(piece)

    def _place(self, piece: _Piece) -> None:
        lines = piece.lines
        self.used += piece.above
        self.taken += piece.notes
        free = int((self.height - self.taken - self.used) / piece.height + 0.01)
        if lines > free and (free < _FEW or lines <= _FEW + 1) and self.used > piece.above:
            self._turn(piece.head)
            self.taken += piece.notes
            free = int((self.height - self.taken - self.used) / piece.height)
        if piece.name:
            self.places[piece.name] = self.page
        while lines > free > 0:
            put = min(free, max(1, lines - _FEW))
            self.used += put * piece.height
            lines -= put
            self._turn()
            free = int(self.height / piece.height)
        self.used += lines * piece.height + piece.below

    def _turn(self, head: float = 0.0) -> None:
        """Begin a page, unless this one is still empty."""
        if self.used:
            self.page += 1
            self.used, self.taken = head, 0.0


class _Letters(dict[str, int]):
    """How wide words are; each is measured once."""

    def __init__(self) -> None:
        super().__init__()
        self.widths = {letter: width for width, letters in _LETTERS.items() for letter in letters}

    def __missing__(self, word: str) -> int:
        widths = self.widths
        width = self[word] = sum([widths.get(letter, _USUAL) for letter in word])
        return width


def _over(look: _Style, element: ElementTree.Element) -> _Style:
    """What a style says over what it is based on."""
    changed: dict[str, Any] = {}
    for found in element.iter():
        told = {name.removeprefix(_W): value for name, value in found.attrib.items()}
        match found.tag.removeprefix(_W):
            case "sz" if size := _number(told, "val"):
                changed["size"] = size * _TWIPS / 2
            case "b" | "keepNext" as kind:
                changed["bold" if kind == "b" else "keep"] = told.get("val", "1") not in ("0", "false")
            case "spacing" if line := _number(told, "line"):
                changed["line"] = -line if told.get("lineRule") in ("exact", "atLeast") else line / _LINES
            case "ind":
                changed["sides"] = _number(told, "left") + _number(told, "right")
        if found.tag == f"{_W}spacing":
            changed |= {ours: _number(told, theirs) for theirs, ours in _DISTANCES.items() if theirs in told}
    return look._replace(**changed)


def _number(told: Mapping[str, str], name: str) -> float:
    """A length in points."""
    value = told.get(name, "")
    return int(value) / _TWIPS if value.isdecimal() else 0.0


def said(inlines: Iterable[Inline]) -> str:
    """The words of some inlines, with their breaks of lines."""
    return "".join("\n" if i["t"] == "br" else i.get("v") or said(i.get("c", ())) for i in inlines)
