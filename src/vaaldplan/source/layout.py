"""One file written afresh in the one right layout: the same data, every comment, the author's order.

What lies between two values is white space, comments and YAML's own signs; the signs are written anew, the comments are
carried over. A comment on a line of its own is indented like what it stood with, one beside a value stays beside it.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from vaaldplan.finding import Path
from vaaldplan.patterns import regex

from .blocktext import moved
from .order import in_order
from .scalars import requoted, written
from .tree import Node, compose

_INDENT = 2
_GAP = regex(r"\n|#[^\n]*|[^\s#]")
_FLOW_GAP = regex(r"\n|#[^\n]*|[ \t]+|[^\s#]")
_COLON = regex(r"[ \t]*:?")
_BESIDE = regex(r"[ \t]*(#[^\n]*)")
_START = regex(r"^---(?=\s|$)", re.MULTILINE)
_END = regex(r"^\.\.\.[ \t]*$", re.MULTILINE)
_BLANK = (-1, "")
_KEPT = "\0"
"""Ends the last line of a text that takes blank lines below it for its own; no file has this sign."""

Own = list[tuple[int, str]]
"""Comments on lines of their own, with their old column, and ``_BLANK`` for blank lines."""


class Names(NamedTuple):
    """How keys and values are to be spelt, and in which order keys come; what is not in it stays as it is."""

    keys: Mapping[Path, str] = {}
    values: Mapping[Path, str] = {}
    order: Mapping[Path, int] = {}
    """The rank of each key among its neighbours; without it the author's order stays."""


def laid_out(text: str, names: Names = Names()) -> str:  # noqa: B008 - immutable
    """The file in the right layout, lines ended with ``\\n``.

    Args:
        text: the file, which could be read without findings, its lines ended with ``\\n``.
        names: spellings and order, by path in this file.

    Raises:
        UnplainError: the file has what no plan has.
    """
    return _Writer(text, names).run()


class _Gap(NamedTuple):
    """What stands between two values, or between a value and the dash of the next."""

    beside: str
    """A comment on the line of what came before it, with the space before it."""
    own: Own
    broken: bool
    """Whether there is a line break in it."""


class _Writer:
    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.out: list[str] = []
        self.at = 0
        """Up to where the text has been carried over."""
        self.levels: list[tuple[int, int]] = []
        """Old and new column of each open block."""
        self.deepest: list[tuple[int, int]] = []
        """The blocks that were open at the last value."""
        self.fresh = False
        """Whether the last line ends with a dash and waits for what stands there."""

    def run(self) -> str:
        root = compose(self.text)
        start = _START.search(self.text, 0, root.start)
        if start:
            self.out = [line.rstrip() for line in self.text[: start.end()].strip().split("\n")]
            self.at = start.end()
        gap = self._gap(root.start)
        if gap.beside:
            self._put(gap.beside)
        self._own(gap.own, (root.column, 0))
        if root.is_block:
            self._block(root, (), 0)
        else:
            self._line(0)
            self._flow(root, (), 0)
            self._beside()
        end = _END.search(self.text, self.at)
        self._own(self._gap(end.start() if end else len(self.text)).own, (0, 0))
        if end:
            self._strip_blanks()
            self.out.append("...")
            self.at = end.end()
            self._own(self._gap(len(self.text)).own, (0, 0))
        self._strip_blanks()
        lines = [line for above, line in pairwise(["", *self.out]) if line or not above.endswith(_KEPT)]
        return "\n".join(lines).replace(_KEPT, "") + "\n"

    # -------------------------------------------------------------- lines

    def _line(self, column: int) -> None:
        """Begin a line, or go on after a dash."""
        if self.fresh:
            self.fresh = False
        else:
            self.out.append(" " * column)

    def _put(self, text: str) -> None:
        self.out[-1] += text

    def _strip_blanks(self) -> None:
        while self.out and not self.out[-1]:
            self.out.pop()

    # -------------------------------------------------------------- what stands between

    def _gap(self, end: int) -> _Gap:
        """Read on to ``end``, past white space, comments and signs."""
        segment = self.text[self.at : end]
        on_line = self.at > 0 and self.text[self.at - 1] != "\n"
        own: Own = []
        beside, broken = "", False
        for match in _GAP.finditer(segment):
            if match[0] == "\n":
                if not on_line and own[-1:] != [_BLANK]:
                    own.append(_BLANK)
                on_line, broken = False, True
                continue
            if match[0][0] == "#":
                index = self.at + match.start()
                if on_line and not beside and not own:
                    beside = _spaced(self.text[:index], match[0])
                else:
                    own.append((index - self.text.rfind("\n", 0, index) - 1, match[0].rstrip()))
            on_line = True
        self.at = max(self.at, end)
        return _Gap(beside, own, broken)

    def _beside(self) -> None:
        """Carry over a comment that stands on the line of the value just written."""
        found = _BESIDE.match(self.text, self.at)
        if found:
            self._put(_spaced(self.text[: found.start(1)], found[1]))
            self.at = found.end()

    def _own(self, own: Own, following: tuple[int, int]) -> int:
        """Write comments on lines of their own, and one blank line at most.

        Args:
            own: the comments.
            following: old and new column of what comes after them.

        Returns:
            the index of the first line that belongs to what comes after, not to a deeper block before.
        """
        begin = len(self.out)
        levels = [*((o, False, n) for o, n in self.deepest), *((o, True, n) for o, n in [*self.levels, following])]
        for column, comment in own:
            if column < 0:
                if self.out and self.out[-1]:
                    self.out.append("")
                continue
            fitting = max((level for level in levels if level[0] <= column), default=(0, True, 0))
            at = max(fitting[2], following[1])
            self.out.append(" " * at + comment)
            if at > following[1]:
                begin = len(self.out)
        return begin

    def _above(self, own: Own, column: int) -> int:
        """Write the comments between a key or dash and what stands there; returns the index of the first."""
        begin = len(self.out)
        if self.fresh:  # the line of the dash is begun already
            begin -= 1
            column = len(self.out[-1]) - len(self.out[-1].lstrip())
        self.out[begin:begin] = [" " * column + comment for _, comment in own if comment]
        return begin

    # -------------------------------------------------------------- blocks

    def _block(self, node: Node, path: Path, column: int, begin: int | None = None) -> None:
        """A mapping or list; ``begin`` is the line where the comments above its first entry begin."""
        if node.entries is not None:
            self._mapping(node, path, column, begin)
        else:
            self._sequence(node, path, column)

    def _mapping(self, node: Node, path: Path, column: int, first: int | None) -> None:
        assert node.entries is not None
        self.levels.append((node.column, column))
        begins: list[int] = []
        ranks = []
        for key, value in node.entries:
            begin = self._own(self._gap(key.start).own, self.levels[-1])
            if not begins:
                begin = len(self.out) - self.fresh if first is None else first
            begins.append(begin)
            here = (*path, str(key.text))
            ranks.append(self.names.order.get(here))
            self._line(column)
            self._put(self._scalar(key, self.names.keys.get(here)) + ":")
            self.at = key.end
            self._child(value, here, column)
        if any(rank is not None for rank in ranks):
            self.out[begins[0] :] = in_order(self.out, begins, ranks, column)
        self.levels.pop()

    def _child(self, value: Node, path: Path, column: int) -> None:
        """What stands after a key."""
        if value.start == value.end and not value.style:
            colon = _COLON.match(self.text, self.at)
            self.at = colon.end() if colon else self.at
            self._done()
            return
        gap = self._gap(value.start)
        inner = column + _INDENT
        self._put(gap.beside)
        begin = self._above(gap.own, inner)
        if value.is_block:
            self._block(value, path, inner, begin)
            return
        commented = gap.beside or any(comment for _, comment in gap.own)
        alone = bool(commented) or (gap.broken and "\n" in self.text[value.start : value.end])
        if alone:
            self._line(inner)
        else:
            self._put(" ")
        self._leaf(value, path, column)

    def _sequence(self, node: Node, path: Path, column: int) -> None:
        assert node.items is not None
        self.levels.append((node.column, column))
        inner = column + _INDENT
        for i, item in enumerate(node.items):
            here = (*path, i)
            dash = self._dash(item.start)
            self._own(self._gap(dash).own, self.levels[-1])
            self.at = dash + 1
            gap = self._gap(item.start)
            if not gap.beside:
                self._above(gap.own, column)  # comments below the dash move above it
            self._line(column)
            self._put("-" + gap.beside)
            begin = self._above(gap.own, inner) if gap.beside else None
            if item.start == item.end and not item.style:
                self._done()
                continue
            if gap.beside:
                if not item.is_block:
                    self._line(inner)
            else:
                self._put(" ")
                self.fresh = item.is_block
            if item.is_block:
                self._block(item, here, inner, begin)
            else:
                self._leaf(item, here, column)
        self.levels.pop()

    def _dash(self, end: int) -> int:
        """Where the dash before an element stands."""
        for match in _GAP.finditer(self.text, self.at, end):
            if match[0] == "-":
                return match.start()
        return end

    def _done(self) -> None:
        """A value is written: a comment may stand beside it."""
        self._beside()
        self.deepest = list(self.levels)

    def _leaf(self, value: Node, path: Path, column: int) -> None:
        """A value that is no block, on the line already begun."""
        if value.style in ("|", ">"):
            self._block_text(value, column)
            self.deepest = list(self.levels)
            return
        if value.style == "flow":
            self._flow(value, path, column)
        else:
            self._text(value, self.names.values.get(path), column)
        self.at = max(self.at, value.end)
        self._done()

    # -------------------------------------------------------------- values

    def _scalar(self, node: Node, new: str | None, *, in_brackets: bool = False) -> str:
        """A value or key on one line."""
        raw = self.text[node.start : node.end]
        if new is not None:
            return written(new, in_brackets=in_brackets)
        if node.style and node.text is not None:
            return requoted(raw, node.text, in_brackets=in_brackets)
        return raw

    def _text(self, node: Node, new: str | None, column: int, *, in_brackets: bool = False) -> None:
        """A value in quotes or bare; the indentation of its further lines means nothing."""
        raw = self.text[node.start : node.end]
        if "\n" not in raw:
            self._put(self._scalar(node, new, in_brackets=in_brackets))
            return
        first, *rest = raw.split("\n")
        self._put(_end_stripped(first))
        for line in rest:
            text = _end_stripped(line).lstrip(" \t")
            self.out.append(" " * (column + _INDENT) + text if text else "")

    def _block_text(self, node: Node, column: int) -> None:
        """A text after ``|`` or ``>``."""
        raw = self.text[node.start : node.end]
        text = moved(raw, self.levels[-1][0], column + _INDENT)
        self._put(text.header)
        self.out += text.lines
        if text.keeps:
            self.at = node.end
            self.out[-1] += _KEPT
        else:
            self.at = node.start + text.length

    def _flow(self, node: Node, path: Path, column: int) -> None:
        """What stands in brackets: signs and spaces as they are, further lines indented by their depth."""
        depth = 0
        self.at = node.start
        for scalar, new in self._in_brackets(node, path):
            depth = self._flow_gap(scalar.start, column, depth)
            self._text(scalar, new, column, in_brackets=True)
            self.at = scalar.end
        self._flow_gap(node.end, column, depth)

    def _in_brackets(self, node: Node, path: Path) -> Iterator[tuple[Node, str | None]]:
        """The keys and values inside brackets, in order, and how they are to be spelt."""
        if node.text is not None:
            if node.end > node.start:
                yield node, self.names.values.get(path)
        elif node.entries is not None:
            for key, value in node.entries:
                here = (*path, str(key.text))
                new = self.names.keys.get(here)
                if key.style and self.text[key.end : key.end + 2] not in (": ", ":\n"):
                    yield key._replace(style=""), None  # {"a":1} would be another thing without its quotes
                elif key.end > key.start:
                    yield key, new
                yield from self._in_brackets(value, here)
        else:
            for i, item in enumerate(node.items or ()):
                yield from self._in_brackets(item, (*path, i))

    def _flow_gap(self, end: int, column: int, depth: int) -> int:
        """Carry over signs, spaces and comments up to ``end``; returns how many brackets are open there."""
        breaks = 0
        spaces = ""
        for match in _FLOW_GAP.finditer(self.text, self.at, end):
            sign = match[0]
            if sign == "\n":
                breaks += 1
                spaces = ""
                continue
            if sign[0] in " \t":
                spaces = "" if breaks else sign.replace("\t", " ")
                continue
            if breaks:
                self._flow_line(breaks, column, depth - (sign in "]}"))
                breaks = 0
            self._put(spaces + sign.rstrip())
            spaces = ""
            depth += (sign in "[{") - (sign in "]}")
        if breaks:
            self._flow_line(breaks, column, depth)
        self._put(spaces)
        self.at = end
        return depth

    def _flow_line(self, breaks: int, column: int, depth: int) -> None:
        self.out[-1] = self.out[-1].rstrip()
        if breaks > 1:
            self.out.append("")
        self.out.append(" " * (column + _INDENT * max(1, depth)))


def _spaced(before: str, comment: str) -> str:
    """A comment with the space that stood before it, which a tab would make different for every reader."""
    spaces = len(before) - len(before.rstrip(" "))
    return " " * (spaces or 2) + comment.rstrip()


def _end_stripped(line: str) -> str:
    """The line of a quoted text without the spaces at its end, unless the last of them is escaped."""
    text = line.rstrip(" \t")
    return line if (len(text) - len(text.rstrip("\\"))) % 2 else text
