"""Lists and mappings in brackets that are written plainly, sign by sign; belongs to ``quick``."""

from collections.abc import Callable
from typing import Any, NamedTuple

from vaaldplan.patterns import regex

from .files import BLOCKS, DEPTH

DEEPEST = DEPTH - 4
"""Deeper than so is left to the reader that knows the bound."""
NULLS = frozenset(("~", "null", "Null", "NULL"))
_PLAIN = regex(r"[^\W_][^,\[\]{}:#?\r\n]*(?::[^\s,\[\]{}?#:][^,\[\]{}:#?\r\n]*)*(?<! )")
"""An unquoted text."""
_NAME = regex(r"[^\W_][\w-]{0,98}(?=[:,}])")


class UnusualError(ValueError):
    """The file is written in a way that is not known here."""


class Bracketed(NamedTuple):
    """A list or mapping in brackets."""

    data: Any
    begin: int
    marks: list[int]
    """The indexes of its end, then of each entry."""


class Brackets:
    """Reads what stands in brackets in a text."""

    def __init__(self, text: str, key: Callable[[str], str]) -> None:
        """Take a text.

        Args:
            text: the file's.
            key: gives the key that a name is; raises ``UnusualError`` when it is none.
        """
        self._text = text
        self._key = key

    def read(self, at: int, depth: int, found: list[Bracketed]) -> int:
        """Read what begins at an index, and return the index where it ends.

        Args:
            at: the index of the bracket.
            depth: in how many lists and mappings it stands.
            found: gets everything in it and last itself.

        Raises:
            UnusualError: it is not written plainly.
        """
        text = self._text
        if depth > DEEPEST or len(found) > BLOCKS:
            raise UnusualError
        begin = at
        marks = [0, 0]
        is_list = text[at] == "["
        closing = "]" if is_list else "}"
        data: Any = [] if is_list else {}
        at = self._next(at + 1)
        while text[at] != closing:
            key = ""
            if not is_list:
                named = _NAME.match(text, at)
                if not named:
                    raise UnusualError
                key = self._key(named[0])
                if key in data:
                    raise UnusualError
                marks += named.span()
                at = named.end()
                if text[at] != ":":  # a decimal comma is not one to YAML: {2027: 0,75} has two keys
                    marks += (at, at)
                    data[key] = None
                    at = self._after(at, closing)
                    continue
                if not text.startswith(" ", at + 1):
                    raise UnusualError
                at = self._next(at + 1)
            value: Any
            if text[at] in "[{":
                marks += (at, at + 1)
                at = self.read(at, depth + 1, found)
                value = found[-1].data
            else:
                value, end = self._scalar(at)
                marks += (at, end)
                at = end
            if is_list:
                data.append(value)
            else:
                data[key] = value
            at = self._after(at, closing)
        marks[:2] = at, at + 1
        found.append(Bracketed(data, begin, marks))
        return at + 1

    def _after(self, at: int, closing: str) -> int:
        """What comes after an entry: the next one, or the bracket."""
        at = self._next(at)
        if self._text[at] == ",":
            return self._next(at + 1)
        if self._text[at] != closing:
            raise UnusualError
        return at

    def _next(self, at: int) -> int:
        text = self._text
        while text[at : at + 1] == " ":
            at += 1
        if at >= len(text):
            raise UnusualError
        return at

    def _scalar(self, at: int) -> tuple[str | None, int]:
        """A text, and where it ends."""
        text = self._text
        sign = text[at]
        if sign in "\"'":
            end = text.find(sign, at + 1) + 1
            value = text[at + 1 : end - 1]
            if not end or "\n" in value or (sign == '"' and "\\" in value) or text[end : end + 1] == sign:
                raise UnusualError
            if "#" in value:
                raise UnusualError
            return value, end
        found = _PLAIN.match(text, at)
        if not found:
            raise UnusualError
        return (None if found[0] in NULLS else found[0]), found.end()
