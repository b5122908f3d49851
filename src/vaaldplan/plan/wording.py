"""All that the author has written in words: what the rules on language read, and where each piece of it stands."""

import types
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, repeat
from operator import add
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


_Where = tuple[Node, str, int | None, Open | None]
"""What a ``Said`` has beside its text; it is made when somebody asks: a plan has thousands."""


class Wording:
    """Every text of a plan that the author has worded; fixed values, ids and references are left out."""

    def __init__(self, plan: Node) -> None:
        self._by_class = by_class(plan)
        self._texts: list[str] = []
        self._places: list[_Where] = []
        _gather(walk(plan), self._texts, self._places)
        self.joined = CUT.join(self._texts)
        """All of it at once: one search costs less than one for each text."""
        self._starts: list[int] = []

    def of(self, cls: type[N]) -> list[N]:
        """The entries of a class, in the order of the plan."""
        return self._by_class.get(cls, [])

    def longer(self, than: int) -> list[tuple[int, int, str]]:
        """The texts of more than so many letters: the number of each, and where in ``joined`` it begins."""
        starts = self._where()
        return [(n, starts[n], text) for n, text in enumerate(self._texts) if len(text) > than]

    def said(self, number: int) -> Said:
        """A text by its number."""
        return Said(self._texts[number], *self._places[number])

    def number(self, offset: int) -> int:
        """The number of the text that a place in ``joined`` belongs to."""
        return min(bisect_right(self._where(), offset), len(self._texts)) - 1

    def at(self, offset: int) -> tuple[Said, int]:
        """The text that a place in ``joined`` belongs to, and the place in it."""
        number = self.number(offset)
        return self.said(number), offset - self._where()[number]

    def _where(self) -> list[int]:
        """Where each text begins in ``joined``, and where another would."""
        if not self._starts:
            self._starts = [0, *accumulate(map(add, map(len, self._texts), repeat(len(CUT))))]
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


def _gather(nodes: Iterable[Node], texts: list[str], places: list[_Where]) -> None:
    """Put every text at the end of a list, and where it stands at the end of another."""
    # Of which fields to ask, by what tells how an entry is written: entries with the same keys share it.
    held_by: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for node in nodes:
        held = node.__dict__
        written = held["_written"]
        fields = held_by.get(id(written))
        if fields is None:
            filled = written or held  # the author wrote no keys for what stands for an entry
            fields = held_by[id(written)] = [field for field in _fields(type(node)) if field[0] in filled]
        for name, fixed in fields:
            value = held.get(name)
            if not value:
                continue
            if type(value) is str:
                if value[0] != INLINE:
                    texts.append(value)
                    places.append((node, name, None, None))
            elif type(value) is list:
                for i, text in enumerate(value):
                    if text not in fixed:
                        texts.append(text)
                        places.append((node, name, i, None))
            elif (value.low if isinstance(value, Figure) else value.first or value.last) is None and value.text:
                texts.append(value.text)
                places.append((node, name, None, None))
        if held["_open"]:
            for key, opened in node.opens():
                if opened.reason:
                    texts.append(opened.reason)
                    places.append((node, key.partition(".")[0], None, opened))
