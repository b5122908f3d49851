"""An accelerator: reads the Markdown that the source writes, and plain prose, without the parser of Markdown.

Importing that parser and letting it read takes longer than all else in a document. What is read here surely means the
same to both; on anything else this gives up. Without this file everything works as before, only slower; a property
test holds the two together.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from vaaldplan.patterns import regex

from .tree import BOXES


class Node(NamedTuple):
    """A node of syntax, as far as anybody asks for what is in it."""

    type: str
    children: "Sequence[Node]" = ()
    content: str = ""
    tag: str = ""
    attrs: dict[str, Any] = {}  # noqa: RUF012
    meta: dict[str, Any] = {}  # noqa: RUF012


class UnsureError(Exception):
    """The text may mean something that is not known here."""


_ALIGN = {
    "---": {}, ":---": {"style": "text-align:left"}, "---:": {"style": "text-align:right"},
    ":---:": {"style": "text-align:center"},
}  # fmt: skip
_BREAK = Node("softbreak")
_BOX = {f"::: {name}": f"container_{name}" for name in BOXES}
_ODD = regex(r"[\t\r\0]")
_STARTS = regex(r"[\s#>\-+|:=~]|\d{1,9}[.)](?:\s|$)")
"""How a line may begin that is more than words. What inlines begin with is not among it."""
_SIGNS = regex(r"[\\`*_\[\]<&!^]")
_WORDS = r"(?:[^\\`*_\[\]<&!^]|\\[!-/:-@\[-`{-~]|!(?!\[)|&(?![#\w]))++"
"""Without a way back, so that no text takes long to refuse."""
_TARGET = r"#[\w.-]+|tel:\+?\d+|https://[a-z\d-]+(?:\.[a-z\d-]+)+(?:/[\w./:-]*)?"
_LINK = rf"\[{_WORDS}\]\((?:{_TARGET})\)"
_INLINE = regex(
    rf"({_WORDS})|\[({_WORDS})\]\(({_TARGET})\)|(?P<stars>\*\*?)((?:{_WORDS}|{_LINK})+)(?P=stars)(?!\*)", re.ASCII
)
_PICTURE = regex(rf"!\[({_WORDS})\]\(([a-z\d-]+)\)", re.ASCII)


def nodes(own: bool, text: str) -> list[Node] | None:
    """What stands in a text; ``own`` says whether it is the source itself or the author's. ``None`` when unsure."""
    try:
        return None if _ODD.search(text) else _Lines(text.split("\n"), own).blocks()
    except UnsureError:
        return None


class _Lines:
    """Some lines, read from the first to the last."""

    def __init__(self, lines: list[str], own: bool) -> None:
        self.lines = [*lines, "", ""]
        self.own = own
        self.place = 0

    @property
    def line(self) -> str:
        """The line where the reading is."""
        return self.lines[self.place]

    def blocks(self) -> list[Node]:
        """What stands in the lines that are left."""
        found: list[Node] = []
        while self._skip():
            line = self.line
            if line[0] == "#":
                found.append(self._heading())
            elif line.startswith("- "):
                found.append(self._points("bullet_list", "- "))
            elif line.startswith("1. "):
                found.append(self._points("ordered_list", "1. "))
            elif line[0] == "|":
                found.append(self._table())
            elif self.own and line in _BOX:
                found.append(self._box())
            elif self.own and self._is_term():
                found.append(self._terms())
            elif self.own and line.startswith("!["):
                found.append(self._picture())
            else:
                found.append(self._paragraph())
        return found

    def _skip(self) -> bool:
        """Go to the next line that is not empty; false when there is none."""
        while self.place < len(self.lines):
            if self.line:
                return True
            self.place += 1
        return False

    def _while(self, start: str) -> list[str]:
        """The following lines that begin so, without what they begin with."""
        first = self.place
        while self.line.startswith(start):
            self.place += 1
        return [line[len(start) :] for line in self.lines[first : self.place]]

    def _ends(self) -> None:
        """What was read is followed by an empty line, so that no more can belong to it."""
        if self.line:
            raise UnsureError

    def _heading(self) -> Node:
        signs, _, text = self.line.partition(" ")
        if len(signs) > 6 or signs.strip("#") or not text or text.endswith("#"):
            raise UnsureError
        self.place += 1
        return Node("heading", (Node("inline", _inlines(text)),), tag=f"h{len(signs)}")

    def _points(self, kind: str, sign: str) -> Node:
        points = [_holding("list_item", text) for text in self._while(sign)]
        self._ends()
        if self._skip() and self.line.startswith(sign):
            raise UnsureError  # the list goes on
        return Node(kind, points)

    def _table(self) -> Node:
        rows = [_cells(line) for line in self._while("|")]
        self._ends()
        if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows) or not all(c in _ALIGN for c in rows[1]):
            raise UnsureError
        align = [_ALIGN[cell] for cell in rows[1]]
        found = [Node("thead", (_row("th", rows[0], align),))]
        if rows[2:]:
            found.append(Node("tbody", [_row("td", row, align) for row in rows[2:]]))
        return Node("table", found)

    def _box(self) -> Node:
        kind = _BOX[self.line]
        self.place += 1
        first = self.place
        self.place = next((at for at in range(first, len(self.lines)) if self.lines[at].startswith(":::")), -1)
        if self.line != ":::":
            raise UnsureError
        self.place += 1
        return Node(kind, _Lines(self.lines[first : self.place - 1], self.own).blocks())

    def _is_term(self) -> bool:
        return self.lines[self.place + 1].startswith(": ")

    def _terms(self) -> Node:
        lines, place = self.lines, self.place
        found: list[Node] = []
        while lines[place + 1].startswith(": "):
            found.append(Node("dt", _holding("dt", lines[place]).children[0].children))
            place += 1
            while lines[place].startswith(": "):
                found.append(_holding("dd", lines[place][2:]))
                place += 1
            self.place = place
            self._ends()
            if not self._skip():
                break
            place = self.place
        return Node("dl", found)

    def _picture(self) -> Node:
        match = _PICTURE.fullmatch(self.line)
        self.place += 1
        self._ends()
        if not match:
            raise UnsureError
        image = Node("image", _inlines(match[1]), match[1], attrs={"src": match[2], "alt": ""})
        return Node("paragraph", (Node("inline", (image,)),))

    def _paragraph(self) -> Node:
        first = self.place
        while self.line and (self.own or not self.line.startswith("- ")):
            if _STARTS.match(self.line) or self.line[-1].isspace():
                raise UnsureError
            self.place += 1
        return Node("paragraph", (Node("inline", _inlines("\n".join(self.lines[first : self.place]))),))


@lru_cache(maxsize=1024)
def _holding(kind: str, line: str) -> Node:
    """What holds a line that is words and nothing else, as a paragraph; the same few are written over and over."""
    if _STARTS.match(line):
        raise UnsureError
    return Node(kind, (Node("paragraph", (Node("inline", _inlines(line)),)),))


def _cells(line: str) -> list[str]:
    if line[-1:] != "|" or "\\|" in line:
        raise UnsureError
    return [cell.strip(" ") for cell in line[:-1].split("|")]


def _row(kind: str, cells: list[str], align: list[dict[str, Any]]) -> Node:
    return Node(
        "tr",
        [
            Node(kind, (Node("inline", _inlines(cell) if cell else ()),), attrs=attrs)
            for cell, attrs in zip(cells, align, strict=True)
        ],
    )


@lru_cache(maxsize=1024)
def _inlines(text: str) -> list[Node]:
    """What stands in a line, or in the lines of a paragraph."""
    if not text or text[0].isspace() or text[-1].isspace():
        raise UnsureError
    if not _SIGNS.search(text):
        return _words(text)
    found: list[Node] = []
    end = 0
    while end < len(text):
        match = _INLINE.match(text, end)
        if not match:
            raise UnsureError
        start, end = match.span()
        words, shown, target, stars, inner = match.groups()
        if words:
            found += _words(words)
        elif shown:
            found.append(Node("link", _words(shown), attrs={"href": target}))
        elif _leans(text[start - 1 : start], inner, text[end : end + 1]):
            found.append(Node("strong" if len(stars) == 2 else "em", _inlines(inner)))
        else:
            raise UnsureError
    return found


def _words(words: str) -> list[Node]:
    if "\\" in words:
        words = words.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
    if "\n" not in words:
        return [Node("text", (), words)]
    found: list[Node] = []
    for line in words.split("\n"):
        found += (_BREAK, Node("text", (), line))
    return found[1:]


def _leans(before: str, inner: str, after: str) -> bool:
    """Whether stars on both sides of a text surely lean on it, and mark it."""
    return (inner[0].isalnum() or before in " \n") and (inner[-1].isalnum() or after in " \n.,:;)\\")
