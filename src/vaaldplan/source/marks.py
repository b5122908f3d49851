"""Where everything in the files of a plan stands: where it begins and ends, as numbers in a single row.

A plan has a hundred thousand places and a report asks for few of them. An object for each would take more room than
the plan itself.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from vaaldplan.patterns import regex

from .text import File

_HEAD = 3
"""The numbers that a mapping or list begins with: its file, and where libyaml's mark of its end begins and ends."""
_EACH = {dict: 4, list: 2}
"""How many numbers follow for each entry of a mapping (its key and its value) and for each element of a list."""
_PROPERTIES = regex(r"(?:[&!][^\s,\[\]{}]*[ \t]*)*")


class Piece(NamedTuple):
    """A piece of a file's text: the indexes of its start and of its end, by libyaml's reckoning."""

    file: File
    start: int
    end: int

    @property
    def last(self) -> int:
        """Where a scalar really ends: for libyaml a block of text runs to the start of what follows."""
        text = self.file.text
        begins = _PROPERTIES.match(text, self.start, self.end)
        if begins and text[begins.end() : begins.end() + 1] in ("|", ">"):
            return self.start + len(text[self.start : self.end].rstrip())
        return self.end


class Joined(NamedTuple):
    """A list put together from several files."""

    elements: list[Piece]
    names: dict[str, Any]
    """The mapping in the main file that names the files."""


class Kept(Protocol):
    """What has read a file and reckons where things in it stand when it is asked."""

    file: File

    def __contains__(self, which: int) -> bool:
        """Whether the mapping or list with an ``id`` stands in the file."""

    def __len__(self) -> int:
        """How many mappings and lists there are."""

    def __iter__(self) -> Iterator[int]:
        """The ``id`` of each."""

    def entry(self, data: Any, number: int, value: Any) -> Sequence[int]:
        """Where an entry's key and value, or a list's element, begin and end."""

    def end(self, data: Any) -> tuple[int, int]:
        """libyaml's mark of the end of a mapping or list."""

    def bare(self, data: Any) -> bool:
        """Whether a mapping or list stands without brackets."""


class Marks:
    """The places of all that is read. Valid as long as the data lives and its keys are not changed."""

    def __init__(self) -> None:
        self.joined: dict[int, Joined] = {}
        """Lists put together from several files, by their ``id``."""
        self._files: list[File] = []
        self._row = array("I")
        self._begins: dict[int, int] = {}
        self._kept: list[Kept] = []
        self._reckoned: dict[tuple[int, int], Sequence[int]] = {}
        self._orders: dict[int, dict[str, int]] = {}

    def __len__(self) -> int:
        """How many mappings and lists there are."""
        return len(self._begins) + sum(map(len, self._kept))

    @property
    def files(self) -> int:
        """How many files there are, which is the number of the next one."""
        return len(self._files)

    def begin(self, file: File) -> int:
        """The number of a file, with which the marks in it begin."""
        self._orders.clear()  # data that is gone may have had the place in memory that new data has
        self._reckoned.clear()
        self._files.append(file)
        return len(self._files) - 1

    def add(self, data: dict[str, Any] | list[Any], marks: Iterable[int]) -> None:
        """Keep the marks of a mapping or list: its head, and what belongs to each entry or element."""
        self._begins[id(data)] = len(self._row)
        self._row.extend(marks)

    def adopt(self, kept: Kept) -> None:
        """Leave it to what has read a whole file to tell where things in it stand."""
        self._orders.clear()
        self._reckoned.clear()
        if self._begins:
            for which in kept:  # data that is gone may have had its place in memory
                self._begins.pop(which, None)
        self._kept.append(kept)

    def entry(self, data: dict[str, Any], key: str) -> tuple[Piece, Piece]:
        """Where a key of a mapping and its value stand."""
        order = self._orders.get(id(data))
        if order is None:
            order = self._orders[id(data)] = {each: i for i, each in enumerate(data)}
        file, (start, end, value_start, value_end) = self._of(data, order[key], data[key])
        return Piece(file, start, end), Piece(file, value_start, value_end)

    def element(self, data: list[Any], number: int) -> Piece:
        """Where an element of a list stands."""
        if joined := self.joined.get(id(data)):
            return joined.elements[number]
        file, (start, end) = self._of(data, number, data[number])
        return Piece(file, start, end)

    def end(self, data: dict[str, Any] | list[Any]) -> Piece:
        """libyaml's mark of the end of a mapping or list: its bracket, or the empty space before what follows."""
        begin = self._begins.get(id(data))
        if begin is None:
            kept = self._keeping(data)
            return Piece(kept.file, *kept.end(data))
        return Piece(self._files[self._row[begin]], self._row[begin + 1], self._row[begin + 2])

    def bare(self, data: dict[str, Any] | list[Any]) -> bool:
        """Whether a mapping or list stands without brackets, and so ends where the last in it ends."""
        begin = self._begins.get(id(data))
        if begin is None:
            return self._keeping(data).bare(data)
        return bool(data) and self._row[begin + 1] == self._row[begin + 2]

    def _of(self, data: dict[str, Any] | list[Any], number: int, value: Any) -> tuple[File, Sequence[int]]:
        """The marks of an entry or element."""
        begin = self._begins.get(id(data))
        if begin is None:
            kept = self._keeping(data)
            which = id(data), number
            if which not in self._reckoned:  # a line may be as long as the file
                self._reckoned[which] = kept.entry(data, number, value)
            return kept.file, self._reckoned[which]
        each = _EACH[type(data)]
        at = begin + _HEAD + each * number
        return self._files[self._row[begin]], self._row[at : at + each]

    def _keeping(self, data: dict[str, Any] | list[Any]) -> Kept:
        return next(kept for kept in reversed(self._kept) if id(data) in kept)
