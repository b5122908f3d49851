"""Where everything in the files of a plan stands: where it begins and ends, as numbers in a single row.

A plan has a hundred thousand places and a report asks for few of them. An object for each would take more room than
the plan itself.
"""

from array import array
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

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


class Marks:
    """The places of all that is read. Valid as long as the data lives and its keys are not changed."""

    def __init__(self) -> None:
        self.joined: dict[int, Joined] = {}
        """Lists put together from several files, by their ``id``."""
        self._files: list[File] = []
        self._row = array("I")
        self._begins: dict[int, int] = {}
        self._postponed: list[tuple[dict[int, int], Callable[[int], Iterable[int]]]] = []
        self._orders: dict[int, dict[str, int]] = {}

    def __len__(self) -> int:
        """How many mappings and lists there are."""
        return len(self._begins) + sum(len(postponed) for postponed, _ in self._postponed)

    @property
    def files(self) -> int:
        """How many files there are, which is the number of the next one."""
        return len(self._files)

    def begin(self, file: File) -> int:
        """The number of a file, with which the marks in it begin."""
        self._orders.clear()  # data that is gone may have had the place in memory that new data has
        self._files.append(file)
        return len(self._files) - 1

    def add(self, data: dict[str, Any] | list[Any], marks: Iterable[int]) -> None:
        """Keep the marks of a mapping or list: its head, and what belongs to each entry or element."""
        self._begins[id(data)] = len(self._row)
        self._row.extend(marks)

    def adopt(
        self,
        row: Iterable[int],
        begins: dict[int, int],
        postponed: dict[int, int],
        reckon: Callable[[int], Iterable[int]],
    ) -> None:
        """Keep the marks of a whole file.

        Args:
            row: all of them.
            begins: where in the row those of each mapping or list (by ``id``) begin.
            postponed: the mappings and lists whose marks have not been reckoned, and the indexes where they stand.
            reckon: the marks of what stands at an index.
        """
        behind = len(self._row)
        self._row.extend(row)
        if behind:
            begins = {which: behind + begin for which, begin in begins.items()}
            for which in postponed:  # data that is gone may have had its place in memory
                self._begins.pop(which, None)
        self._begins |= begins
        self._postponed.append((postponed, reckon))

    def entry(self, data: dict[str, Any], key: str) -> tuple[Piece, Piece]:
        """Where a key of a mapping and its value stand."""
        order = self._orders.get(id(data))
        if order is None:
            order = self._orders[id(data)] = {each: i for i, each in enumerate(data)}
        file, at = self._at(data, order[key])
        return Piece(file, self._row[at], self._row[at + 1]), Piece(file, self._row[at + 2], self._row[at + 3])

    def element(self, data: list[Any], number: int) -> Piece:
        """Where an element of a list stands."""
        if joined := self.joined.get(id(data)):
            return joined.elements[number]
        file, at = self._at(data, number)
        return Piece(file, self._row[at], self._row[at + 1])

    def end(self, data: dict[str, Any] | list[Any]) -> Piece:
        """libyaml's mark of the end of a mapping or list: its bracket, or the empty space before what follows."""
        begin = self._begin(data)
        return Piece(self._files[self._row[begin]], self._row[begin + 1], self._row[begin + 2])

    def _at(self, data: dict[str, Any] | list[Any], number: int) -> tuple[File, int]:
        begin = self._begin(data)
        return self._files[self._row[begin]], begin + _HEAD + _EACH[type(data)] * number

    def _begin(self, data: dict[str, Any] | list[Any]) -> int:
        """Where in the row the marks of a mapping or list begin."""
        if id(data) not in self._begins:
            postponed, reckon = next(held for held in reversed(self._postponed) if id(data) in held[0])
            self.add(data, reckon(postponed.pop(id(data))))
        return self._begins[id(data)]
