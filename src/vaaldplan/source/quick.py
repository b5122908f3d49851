"""An accelerator: reads a file that is written plainly, line by line, without libyaml.

It knows what ``fmt`` writes and what most people write: keys of letters and figures, texts on one line or in a block,
lists and mappings in brackets that end on their line. On anything else it gives up, and ``events`` reads the file and
says what is wrong. Without this file everything works as before, only slower; a property test holds the two together.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from sys import intern
from typing import Any

from vaaldplan.patterns import regex

from .brackets import DEEPEST, NULLS, Bracketed, Brackets, UnusualError
from .comments import Scalar
from .files import BLOCKS
from .marks import Marks
from .text import File

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
"""What an unquoted text may not begin with."""
_SPECIAL = _INDICATORS | {"", "~", "n", "N"}
"""What a text that is to be looked at more closely begins with: it may also be nothing, or stand for nothing."""
_OPENING = {"[": "]", "{": "}"}
_ENDS = frozenset(("", " ", ":"))
"""What no value ends with: nothing is nothing yet, a space is none, and after a colon something should come."""
_LONGEST = 5_000
"""Letters in brackets; nobody writes so many on a line."""
_MOST = 1_000
"""So many texts in brackets are remembered."""
_HEADERS = frozenset((">-", ">", "|", "|-"))
_KEY = regex(r"[^\W_](?:[\w ().,/+–-]{0,98}[\w().])?")
_WHOLE = r"[^\W_][^,\[\]{}:#?\r\n]*+(?::[^\s,\[\]{}?#:][^,\[\]{}:#?\r\n]*+)*+(?<! )"
"""An unquoted text in brackets, up to a comma or a bracket."""
_PAIR = rf"[^\W_][\w-]{{0,98}}+: {_WHOLE}"
_LIST = regex(rf"\[{_WHOLE}(?:, {_WHOLE})*+\]")
_MAPPING = regex(rf"{{{_PAIR}(?:, {_PAIR})*+}}")
_UNSEEN = "\xa0\xad\u2002\u2003\u2009\u202f"
"""Signs that cannot be seen and are text all the same; other unseen ones are looked at more closely elsewhere."""


def read(file: File, marks: Marks, left: int) -> "Reader | None":
    """Read a file whose text is known; ``None`` when it is not written plainly, and then nothing has been done.

    Args:
        file: the file.
        marks: where the places are kept.
        left: how many values the plan may still have.
    """
    reader = Reader(file, left)
    try:
        reader.read()
    except UnusualError:
        return None
    marks.adopt(reader)
    return reader


class Reader:
    """Reads one file, and tells where a thing in it stands when that is asked: a report shows few of them."""

    def __init__(self, file: File, left: int) -> None:
        self.file = file
        self.with_hash: list[Scalar] = []
        """The scalars that contain #, as in ``events``."""
        self.left = left
        self.data: dict[str, Any] = {}
        self.top = -1
        """The index where the data begins."""
        self._rows = array("I")
        self._blocks: dict[int, int] = {}
        """Where in ``_rows`` the rows of a mapping or list begin: the one after it, and that of each entry."""
        self._brackets: dict[int, int] = {}
        """The indexes of the mappings and lists in brackets."""
        self._reckoned: dict[int, list[int]] = {}
        """The marks in brackets that have been asked for: of their end, then of each entry."""
        self._looked: dict[int, int] = {}
        """What stands further down, by the line from which it was looked for."""
        self._keys: dict[str, str] = {}
        self._flat: dict[str, Any] = {}
        """What has been read in brackets that holds texts only, by how it is written: much is said many times."""

    def __contains__(self, which: int) -> bool:
        return which in self._blocks or which in self._brackets

    def __len__(self) -> int:
        return len(self._blocks) + len(self._brackets)

    def __iter__(self) -> Iterator[int]:
        return chain(self._blocks, self._brackets)

    def read(self) -> None:
        """Fill in what stands in the file.

        Raises:
            UnusualError: it is not written plainly.
        """
        lines = self.file.split()
        if lines is None or not (self.file.common or _seen("".join(lines))):
            raise UnusualError
        self._lines(lines)
        self._flat.clear()
        if self.left < 0 or len(self) > BLOCKS:
            raise UnusualError

    def _lines(self, lines: list[str]) -> None:
        """Everything in the lines; run for every line of a plan, so what it does is written out, not called."""
        keys, starts = self._keys, self.file.starts
        stack: list[tuple[int, Any, list[int]]] = []
        column, in_mapping, waiting = 0, True, False
        data: Any = self.data
        rows: list[int] = []
        key: str | None = None
        value: Any
        resumed = 0
        for n, line in enumerate(lines):
            if n < resumed:
                continue  # in a block that has been read
            body = line.lstrip(" ")
            indent = len(line) - len(body)
            if indent != column or waiting or not in_mapping:
                if not body or body[0] == "#":
                    continue
                dash = body[:2] == "- "
                if waiting:
                    waiting = False
                    if indent > column or (dash and indent == column):
                        stack.append((column, data, rows))
                        data[key] = data = [] if dash else {}
                        column, rows, in_mapping = indent, [], not dash
                    else:
                        data[key] = None
                while indent < column or (indent == column and not in_mapping and not dash):
                    self._close(data, rows, n)
                    column, data, rows = stack.pop()
                    in_mapping = type(data) is dict
                if indent != column or len(stack) > DEEPEST:
                    raise UnusualError
                if not in_mapping:
                    body = body[2:]
                    rows.append(n)
                    if _names_value(body):
                        stack.append((column, data, rows))
                        data.append(data := {})
                        column, rows, in_mapping = indent + 2, [], True
            rest = body
            if in_mapping:
                name, colon, rest = body.partition(": ")
                key = keys.get(name) if colon else None
                if key is None:
                    if not body or body[0] == "#":
                        continue
                    if not colon:
                        if name == "---" and self.top < 0:
                            continue
                        if name[-1] != ":":
                            raise UnusualError
                        name = name[:-1]
                    key = keys.get(name) or self._key(name, n)
                rows.append(n)
            if (first := rest[:1]) not in _SPECIAL and ":" not in rest and "#" not in rest and rest[-1] != " ":
                value = rest
            elif first in _OPENING and rest[-1] == _OPENING[first]:
                value = self._bracketed(rest, starts[n] + len(line) - len(rest), len(stack) + 2)
            else:
                written = _value(rest)
                if not written and in_mapping:
                    waiting = True
                    continue
                if written in _HEADERS:
                    value, resumed = _block(lines, n + 1, column, written)
                    if "#" in value:
                        at = starts[n] + len(line) - len(rest)
                        self.with_hash.append((at, self.file.begin(resumed), first))
                elif first in _OPENING:
                    value = self._bracketed(written, starts[n] + len(line) - len(rest), len(stack) + 2)
                else:
                    value = _scalar(written)
            if in_mapping:
                data[key] = value
            else:
                data.append(value)
        if self.top < 0:
            raise UnusualError
        if waiting:
            data[key] = None
        stack.append((column, data, rows))
        for _, held, its in reversed(stack):
            self._close(held, its, len(lines))
        self.left -= 1

    def _close(self, data: Any, rows: list[int], n: int) -> None:
        if len(data) != len(rows) or len(self._blocks) > BLOCKS:  # a key that stands there twice is in the data once
            raise UnusualError
        self.left -= len(data)
        self._blocks[id(data)] = len(self._rows)
        self._rows.append(n)
        self._rows.extend(rows)

    def _key(self, name: str, n: int) -> str:
        """A key that has not been met before, in a line."""
        if not _KEY.fullmatch(name):
            raise UnusualError
        if self.top < 0:
            self.top = self.file.starts[n]
        key = self._keys[name] = intern(name)
        return key

    def _bracketed(self, rest: str, at: int, depth: int) -> Any:
        """A list or mapping in brackets, which begins at an index."""
        if len(rest) > _LONGEST or len(self._brackets) > BLOCKS:
            raise UnusualError
        data: Any
        if rest in self._flat:
            data = self._flat[rest].copy()
        elif rest[0] == "[" and rest[-1] == "]":
            if (inside := rest[1:-1]).isalnum():
                data = [inside]
            else:
                data = inside.split(", ")
                if "" in data or not ("".join(data).isalnum() or _LIST.fullmatch(rest)):
                    return self._nested(rest, at, depth)
            if not NULLS.isdisjoint(data):
                data = [None if text in NULLS else text for text in data]
        elif _MAPPING.fullmatch(rest):
            keys = self._keys
            data = {}
            entries = rest[1:-1].split(", ")
            for entry in entries:
                name, _, text = entry.partition(": ")
                data[keys.get(name) or self._key(name, 0)] = text
            if len(data) != len(entries):
                raise UnusualError
            if not NULLS.isdisjoint(data.values()):
                data = {key: None if text in NULLS else text for key, text in data.items()}
        else:
            return self._nested(rest, at, depth)
        if len(self._flat) < _MOST:
            self._flat[rest] = data
        self.left -= len(data)
        self._brackets[id(data)] = at
        return data

    def _nested(self, rest: str, at: int, depth: int) -> Any:
        """Lists and mappings in brackets of any kind, sign by sign."""
        found: list[Bracketed] = []
        if self._in_brackets().read(at, depth, found) != at + len(rest):
            raise UnusualError
        for data, begin, _ in found:
            self.left -= len(data)
            self._brackets[id(data)] = begin
        return found[-1].data

    def _in_brackets(self) -> Brackets:
        """Made each time: kept, it would hold the reader that holds it, and both would stay in memory."""
        return Brackets(self.file.text, lambda name: self._keys.get(name) or self._key(name, 0))

    def entry(self, data: Any, number: int, value: Any) -> Sequence[int]:
        """Where the key of an entry and its value begin and end; of a list's element only the value has a place."""
        begin = self._blocks.get(id(data))
        if begin is None:
            width = 2 if type(data) is list else 4
            at = 2 + width * number
            return self._bracket_marks(data)[at : at + width]
        n = self._rows[begin + 1 + number]
        start = self.file.starts[n]
        line = self.file.line(n + 1)
        rest = line.lstrip(" ")
        key: tuple[int, ...] = ()
        if type(data) is list:
            rest = rest[2:]
            at = start + len(line) - len(rest)
            if _names_value(rest):
                return at, at
        else:
            body = rest.removeprefix("- ")
            at = start + len(line) - len(body)
            name, _, rest = body.partition(": ")
            key = at, at + len(name) - (len(name) == len(body))
            column = at - start
            at = start + len(line) - len(rest)
        written = _value(rest)
        if not written:
            if value is None:
                return *key, key[1] + 1, key[1] + 1
            below = self._further(n, _below)
            at = self._start(below)
            return *key, at, at + (at - self.file.starts[below] == column)
        if written in _HEADERS:
            return *key, at, self.file.begin(self._further(n, _behind))
        return *key, at, at + (1 if written[0] in _OPENING else len(written))

    def end(self, data: Any) -> tuple[int, int]:
        """libyaml's mark of the end of a mapping or list."""
        begin = self._blocks.get(id(data))
        if begin is None:
            begin = self._brackets[id(data)]
            text = self.file.text
            at = text.find(_OPENING[text[begin]], begin)
            inside = text[begin + 1 : at]
            if "[" in inside or "{" in inside or "'" in inside or '"' in inside:
                at = self._bracket_marks(data)[0]
            return at, at + 1
        at = self._start(self._rows[begin])
        return at, at

    def bare(self, data: Any) -> bool:
        """Whether a mapping or list stands without brackets."""
        return id(data) in self._blocks

    def _bracket_marks(self, data: Any) -> list[int]:
        at = self._brackets[id(data)]
        if at not in self._reckoned:
            found: list[Bracketed] = []
            self._in_brackets().read(at, 0, found)
            self._reckoned.update((begin, marks) for _, begin, marks in found)
        return self._reckoned[at]

    def _start(self, n: int) -> int:
        """The index where the text of a line begins; that where all ends when there is no such line."""
        line = self.file.line(n + 1)
        return self.file.begin(n) + len(line) - len(line.lstrip(" "))

    def _further(self, n: int, look: Callable[[File, int], int]) -> int:
        """What stands further down, looked for once: there may be much between."""
        found = self._looked.get(n)
        if found is None:
            found = self._looked[n] = look(self.file, n + 1)
        return found


def _below(file: File, n: int) -> int:
    """The next line that is not empty and no comment."""
    while file.line(n + 1).lstrip(" ")[:1] in ("", "#"):
        n += 1
    return n


def _behind(file: File, n: int) -> int:
    """The line after a text in a block that begins in a line."""
    first = file.line(n + 1)
    margin = first[: len(first) - len(first.lstrip(" "))]
    while n < file.count and ((line := file.line(n + 1)).startswith(margin) or not line.strip(" ")):
        n += 1
    return n


def _names_value(text: str) -> bool:
    """Whether an element of a list is the beginning of a mapping."""
    if "#" in text:
        text = text.partition(" #")[0].rstrip(" ")
    return text[:1] not in _INDICATORS and (": " in text or text[-1:] == ":")


def _scalar(text: str) -> str | None:
    """What a text means that is perhaps in quotes."""
    first = text[:1]
    if first in ("'", '"'):
        if len(text) < 2 or text[-1] != first or first in text[1:-1] or (first == '"' and "\\" in text):
            raise UnusualError
        return text[1:-1]
    if not text or first in _INDICATORS or ": " in text:
        raise UnusualError
    return None if text in NULLS else text


def _value(text: str) -> str:
    """What is written after a key or a dash, without a comment; empty when there is nothing.

    Raises:
        UnusualError: the comment may not be one, or it ends as no value does.
    """
    if "#" in text:
        cut = 0 if text[0] == "#" else text.find(" #")
        text = text[:cut]
        if cut < 0 or "#" in text:
            raise UnusualError
    if text[-1:] in _ENDS:
        text = text.rstrip(" ")
        if text[-1:] == ":":
            raise UnusualError
    return text


def _block(lines: list[str], n: int, column: int, header: str) -> tuple[str, int]:
    """A text in a block: what it says, and the line after it."""
    first = lines[n] if n < len(lines) else ""
    indent = len(first) - len(first.lstrip(" "))
    if indent <= column or not first.strip(" "):
        raise UnusualError
    margin = first[:indent]
    begin = n
    n += 1
    while n < len(lines) and (lines[n][:indent] == margin or not lines[n].strip(" ")):
        n += 1
    if n == len(lines) and lines[-1]:
        raise UnusualError  # no line end at the end of the file
    found = [line[indent:] for line in lines[begin:n]]
    while not found[-1]:
        found.pop()
    text = "\n".join(found)
    if header[0] == ">":
        if "\n " in text:
            raise UnusualError  # lines that are indented more stay as they are
        text = text.replace("\n", " ") if "" not in found else _folded(found)
    return (text if header[1:] else text + "\n"), n


def _seen(text: str) -> bool:
    """Whether every sign can be seen, or is a space or hyphen that is text all the same."""
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    return text.isprintable()


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
