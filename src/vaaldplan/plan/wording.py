"""All that the author has written in words: what the rules on language read, and where each piece of it stands."""

import types
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, pairwise
from typing import Annotated, NamedTuple, Union, get_args, get_origin

from vaaldplan.finding import Path
from vaaldplan.swedish import Figure, Time

from .load import INLINE, by_class, walk
from .node import N, Node, Open, meta_of
from .signs import CUT

_NAMES = frozenset(
    [
        "id",
        "version",
        "section",
        "case_number",
        "phone",
        "municipality_code",
        "code",
        "decision_point",
        "predecessors",
        "agenda2030",
        "istanbul",
    ]
)
"""Fields that hold a number or a name, not words; something may still be left to fill in there."""


class Said(NamedTuple):
    """A piece of text, and the field it stands in."""

    text: str
    node: Node
    name: str
    number: int | None = None
    """Which one of a list."""
    opened: Open | None = None
    """When the text is the reason why the field is left open."""

    @property
    def path(self) -> Path:
        """Where it stands."""
        if self.opened:
            return self.opened.path
        return self.node.at(self.name) if self.number is None else self.node.at(self.name, self.number)

    @property
    def running(self) -> bool:
        """Whether it is the author's own wording, not a number, a name or a reference to a source."""
        return self.name not in _NAMES and self.name != "source"


_Row = tuple[str, Node, str, int | None, Open | None]
"""The parts of a ``Said``, which is made when somebody asks: a plan has thousands."""


class Wording:
    """Every text of a plan that the author has worded; fixed values, ids and references are left out."""

    def __init__(self, plan: Node) -> None:
        self._by_class = by_class(plan)
        self._rows: list[_Row] = []
        _gather(walk(plan), self._rows)
        self.joined = CUT.join([row[0] for row in self._rows])
        """All of it at once: one search costs less than one for each text."""
        self._starts: list[int] = []

    def of(self, cls: type[N]) -> list[N]:
        """The entries of a class, in the order of the plan."""
        return self._by_class.get(cls, [])

    def longer(self, than: int) -> list[tuple[int, int, str]]:
        """The texts of more than so many letters: the number of each, and where in ``joined`` it begins."""
        rows, starts = self._rows, self._where()
        return [(n, start, rows[n][0]) for n, (start, end) in enumerate(pairwise(starts)) if end - start > than + 1]

    def said(self, number: int) -> Said:
        """A text by its number."""
        return Said(*self._rows[number])

    def number(self, offset: int) -> int:
        """The number of the text that a place in ``joined`` belongs to."""
        return min(bisect_right(self._where(), offset), len(self._rows)) - 1

    def at(self, offset: int) -> tuple[Said, int]:
        """The text that a place in ``joined`` belongs to, and the place in it."""
        number = self.number(offset)
        return self.said(number), offset - self._where()[number]

    def _where(self) -> list[int]:
        """Where each text begins in ``joined``, and where another would."""
        if not self._starts:
            self._starts = [0, *accumulate([len(row[0]) + len(CUT) for row in self._rows])]
        return self._starts


@cache
def _fields(cls: type[Node]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The fields that may hold words and are no references, with the fixed values that may stand there too."""
    held = [n for n, field in cls.model_fields.items() if _words(field.annotation) and not meta_of(cls, n).ref]
    return tuple((n, frozenset(meta_of(cls, n).words or ())) for n in held)


def _words(annotation: object) -> bool:
    if get_origin(annotation) in (Union, types.UnionType, list, Annotated):
        return any(_words(part) for part in get_args(annotation))
    return annotation in (str, Time, Figure)


def _gather(nodes: Iterable[Node], found: list[_Row]) -> None:
    for node in nodes:
        held = node.__dict__
        for name, fixed in _fields(type(node)):
            value = held.get(name)
            if not value:
                continue
            if type(value) is str:
                if value[0] != INLINE:
                    found.append((value, node, name, None, None))
            elif type(value) is list:
                for i, text in enumerate(value):
                    if text not in fixed:
                        found.append((text, node, name, i, None))
            elif (value.low if isinstance(value, Figure) else value.first or value.last) is None and value.text:
                found.append((value.text, node, name, None, None))
        if held["_open"]:
            for key, opened in node.opens():
                if opened.reason:
                    found.append((opened.reason, node, key.partition(".")[0], None, opened))
