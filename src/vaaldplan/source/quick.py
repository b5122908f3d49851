"""An accelerator: reads a file that is written plainly, line by line, without libyaml.

It knows what ``fmt`` writes and what most people write: keys of letters and figures, texts on one line or in a block,
lists and mappings in brackets that end on their line. On anything else it gives up, and ``events`` reads the file and
says what is wrong. Without this file everything works as before, only slower; a property test holds the two together.
"""

from array import array
from sys import intern
from typing import Any

from vaaldplan.patterns import regex

from .comments import Scalar
from .files import BLOCKS, DEPTH
from .marks import Marks
from .text import File

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
"""What an unquoted text may not begin with."""
_ENDS = frozenset(("", " ", ":"))
"""What no value ends with: nothing is nothing yet, a space is none, and after a colon something should come."""
_DEPTH = DEPTH - 4
"""Deeper than so is left to the reader that knows the bound."""
_LONGEST = 5_000
"""Letters in brackets; nobody writes so many on a line."""
_HEADERS = frozenset((">-", ">", "|", "|-"))
_NULLS = frozenset(("~", "null", "Null", "NULL"))
_KEY = regex(r"[^\W_](?:[\w ().,/+–-]{0,98}[\w().])?")
_INSIDE = r"[^\W_][^,\[\]{}:#?\r\n]*(?::[^\s,\[\]{}?#:][^,\[\]{}:#?\r\n]*)*(?<! )"
"""An unquoted text in brackets."""
_PLAIN = regex(_INSIDE)
_NAME = regex(r"[^\W_][\w-]{0,98}(?=[:,}])")
_LIST = regex(rf"\[{_INSIDE}(?:, {_INSIDE})*\]")
_MAPPING = regex(rf"{{[^\W_][\w-]{{0,98}}: {_INSIDE}(?:, [^\W_][\w-]{{0,98}}: {_INSIDE})*}}")
_UNSEEN = "\xa0\xad\u2002\u2003\u2009\u202f"
"""Signs that cannot be seen and are text all the same; other unseen ones are looked at more closely elsewhere."""


class UnusualError(ValueError):
    """The file is written in a way that is not known here."""


def read(file: File, marks: Marks, left: int) -> "Reader | None":
    """Read a file whose text is known; ``None`` when it is not written plainly, and then nothing has been done.

    Args:
        file: the file.
        marks: where the places are kept.
        left: how many values the plan may still have.
    """
    reader = Reader(file, marks, left)
    try:
        reader.read()
    except UnusualError:
        return None
    return reader


class Reader:
    """Reads one file."""

    def __init__(self, file: File, marks: Marks, left: int) -> None:
        self.with_hash: list[Scalar] = []
        """The scalars that contain #, as in ``events``."""
        self.left = left
        self.data: dict[str, Any] = {}
        self.top = -1
        """The index where the data begins."""
        self._file = file
        self._text = file.text
        self._marks = marks
        self._number = marks.files
        self._row = array("I")
        self._begins: dict[int, int] = {}
        self._postponed: dict[int, int] = {}
        """The lists and mappings in brackets whose marks are reckoned when they are asked for."""
        self._keys: dict[str, str] = {}

    def read(self) -> None:
        """Fill in what stands in the file.

        Raises:
            UnusualError: it is not written plainly.
        """
        end = "\r\n" if "\r" in self._text else "\n"
        lines = self._text.split(end)
        self._lines(lines, len(end))
        if self.left < 0 or len(self._marks) + len(self._begins) + len(self._postponed) > BLOCKS:
            raise UnusualError
        self._marks.begin(self._file)
        self._marks.adopt(self._row, self._begins, self._postponed, self._reckoned)

    def _lines(self, lines: list[str], width: int) -> None:
        """Everything in the lines; run for every line of a plan, so what it does is written out, not called."""
        keys, number = self._keys, self._number
        stack: list[tuple[int, Any, list[int]]] = []
        column, in_mapping, waiting = 0, True, False
        data: Any = self.data
        marks = [number, 0, 0]
        key, key_at, key_end = "", 0, 0
        following = resumed = 0
        for n, line in enumerate(lines):
            if n < resumed:
                continue  # in a block that has been read
            begin = following
            following += len(line) + width
            body = line.lstrip(" ")
            if not body.isprintable():
                _look_closely(body)
            if not body or body[0] == "#":
                continue
            indent = len(line) - len(body)
            at = begin + indent
            if indent != column or waiting or not in_mapping:
                dash = body[:2] == "- "
                if waiting:
                    waiting = False
                    if indent > column or (dash and indent == column):
                        stack.append((column, data, marks))
                        marks += (key_at, key_end, at, at + (indent == column))
                        data[key] = data = [] if dash else {}
                        column, marks, in_mapping = indent, [number, 0, 0], not dash
                    else:
                        marks += (key_at, key_end, key_end + 1, key_end + 1)
                        data[key] = None
                while indent < column or (indent == column and not in_mapping and not dash):
                    self._close(data, marks, at, at)
                    column, data, marks = stack.pop()
                    in_mapping = type(data) is dict
                if indent != column or len(stack) > _DEPTH:
                    raise UnusualError
                if not in_mapping:
                    body = body[2:]
                    at += 2
                    if "#" in body:
                        body = body.partition(" #")[0].rstrip(" ")
                    if body[:1] not in _INDICATORS and (": " in body or body[-1:] == ":"):
                        stack.append((column, data, marks))
                        marks += (at, at)
                        data.append(data := {})
                        column, marks, in_mapping = indent + 2, [number, 0, 0], True
            if in_mapping:
                name, _, rest = body.partition(": ")
                if len(name) == len(body):
                    if name == "---" and self.top < 0:
                        continue
                    if name[-1] != ":":
                        raise UnusualError
                    name = name[:-1]
                key = keys.get(name) or self._key(name, at)
                if key in data:
                    raise UnusualError
                key_at = at
                key_end = at + len(name)
                at = key_end + 2
            else:
                rest = body
            if "#" in rest:
                cut = 0 if rest[0] == "#" else rest.find(" #")
                rest = rest[:cut]
                if cut < 0 or "#" in rest:
                    raise UnusualError
            if rest[-1:] in _ENDS:
                rest = rest.rstrip(" ")
                if not rest and in_mapping:
                    waiting = True
                    continue
                if rest[-1:] in _ENDS:
                    raise UnusualError
            first = rest[0]
            value: Any
            if first not in _INDICATORS:
                if ": " in rest:
                    raise UnusualError
                end = at + len(rest)
                value = None if first in "~nN" and rest in _NULLS else rest
            elif first in "[{":
                end = at + 1
                value, last = self._bracketed(rest, at, len(stack) + 2)
                if last != at + len(rest):
                    raise UnusualError
            elif first in "\"'":
                value = rest[1:-1]
                if len(rest) < 2 or rest[-1] != first or first in value or (first == '"' and "\\" in value):
                    raise UnusualError
                end = at + len(rest)
            elif rest in _HEADERS:
                value, resumed, following = self._block(lines, n + 1, following, column, width, rest)
                end = following
                if "#" in value:
                    self.with_hash.append((at, end, first))
            else:
                raise UnusualError
            if in_mapping:
                marks += (key_at, key_end, at, end)
                data[key] = value
            else:
                marks += (at, end)
                data.append(value)
        if self.top < 0:
            raise UnusualError
        if waiting:
            marks += (key_at, key_end, key_end + 1, key_end + 1)
            data[key] = None
        stack.append((column, data, marks))
        end = len(self._text)
        for _, held, its in reversed(stack):
            self._close(held, its, end, end)
        self.left -= 1

    def _close(self, data: Any, marks: list[int], start: int, end: int) -> None:
        if len(self._begins) > BLOCKS:
            raise UnusualError
        marks[1] = start
        marks[2] = end
        self.left -= len(data)
        self._begins[id(data)] = len(self._row)
        self._row.extend(marks)

    def _key(self, name: str, at: int) -> str:
        """A key that has not been met before."""
        if not _KEY.fullmatch(name):
            raise UnusualError
        if self.top < 0:
            self.top = at
        key = self._keys[name] = intern(name)
        return key

    def _block(self, lines: list[str], n: int, at: int, column: int, width: int, header: str) -> tuple[str, int, int]:
        """A text in a block: what it says, the line after it, and the index where that begins."""
        first = lines[n] if n < len(lines) else ""
        indent = len(first) - len(first.lstrip(" "))
        if indent <= column or not first.strip(" "):
            raise UnusualError
        margin = first[:indent]
        found = []
        while n < len(lines):
            line = lines[n]
            if line.startswith(margin):
                found.append(line[indent:])
            elif not line.strip(" "):
                found.append("")
            else:
                break
            at += len(line) + width
            n += 1
        if n == len(lines):
            if lines[-1]:
                raise UnusualError  # no line end at the end of the file
            at -= width
        while not found[-1]:
            found.pop()
        joined = "".join(found)
        if not joined.isprintable():
            _look_closely(joined)
        text = "\n".join(found)
        if header[0] == ">":
            if "\n " in text:
                raise UnusualError  # lines that are indented more stay as they are
            text = text.replace("\n", " ") if "" not in found else _folded(found)
        return (text if header[1:] else text + "\n"), n, at

    def _bracketed(self, rest: str, at: int, depth: int) -> tuple[Any, int]:
        """A list or mapping in brackets, and the index where it ends. Few are ever asked where they stand."""
        if len(rest) > _LONGEST or len(self._postponed) > BLOCKS:
            raise UnusualError
        data: Any
        if _LIST.fullmatch(rest):
            data = rest[1:-1].split(", ")
            if not _NULLS.isdisjoint(data):
                data = [None if text in _NULLS else text for text in data]
        elif _MAPPING.fullmatch(rest):
            keys = self._keys
            data = {}
            for entry in rest[1:-1].split(", "):
                name, _, text = entry.partition(": ")
                key = keys.get(name) or self._key(name, at)
                if key in data:
                    raise UnusualError
                data[key] = text
            if not _NULLS.isdisjoint(data.values()):
                data = {key: None if text in _NULLS else text for key, text in data.items()}
        else:
            return self._nested(at, depth)
        self.left -= len(data)
        self._postponed[id(data)] = at
        return data, at + len(rest)

    def _reckoned(self, at: int) -> "array[int]":
        """The marks of a list or mapping in brackets that has been read before."""
        self._row = array("I")
        self._nested(at, 0)
        return self._row

    def _nested(self, at: int, depth: int) -> tuple[Any, int]:
        """Brackets of any kind, sign by sign."""
        text = self._text
        if depth > _DEPTH:
            raise UnusualError
        marks = [self._number, 0, 0]
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
                key = self._keys.get(named[0]) or self._key(named[0], at)
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
                value, at = self._nested(at, depth + 1)
            else:
                value, end = self._scalar(at)
                marks += (at, end)
                at = end
            if is_list:
                data.append(value)
            else:
                data[key] = value
            at = self._after(at, closing)
        self._close(data, marks, at, at + 1)
        return data, at + 1

    def _after(self, at: int, closing: str) -> int:
        """What comes after an entry in brackets: the next one, or the bracket."""
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
        """A text in brackets, and where it ends."""
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
        return (None if found[0] in _NULLS else found[0]), found.end()


def _look_closely(text: str) -> None:
    """Give up when a text holds a sign that cannot be seen and is no space either."""
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    if not text.isprintable():
        raise UnusualError


def _folded(lines: list[str]) -> str:
    """The lines of a paragraph joined by spaces, and a line end for each empty line between two paragraphs."""
    parts: list[str] = []
    empty = 0
    for line in lines:
        if not line:
            empty += 1
            continue
        if parts:
            parts.append("\n" * empty if empty else " ")
        parts.append(line)
        empty = 0
    return "".join(parts)
