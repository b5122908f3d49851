"""All that the author has written in words: what the rules on language read, and where each piece of it stands."""

import types
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import accumulate
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from vaaldplan.finding import Path
from vaaldplan.swedish import Figure, Time

from .bind import INLINE
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


class Wording:
    """Every text of a plan that the author has worded; fixed values, ids and references are left out."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.texts: list[Said] = []
        self._of: dict[type[Node], list[Any]] = {}
        for node in nodes:
            self._of.setdefault(type(node), []).append(node)
            _gather(node, self.texts)
        self.joined = CUT.join([said[0] for said in self.texts])
        """All of it at once: one search costs less than one for each text."""
        self._starts: list[int] = []

    def of(self, cls: type[N]) -> list[N]:
        """The entries of a class, in the order of the plan."""
        return self._of.get(cls, [])

    def at(self, offset: int) -> tuple[Said, int]:
        """The text that a place in ``joined`` belongs to, and the place in it."""
        if not self._starts:
            self._starts = [0, *accumulate([len(said[0]) + len(CUT) for said in self.texts])]
        number = min(bisect_right(self._starts, offset), len(self.texts)) - 1
        return self.texts[number], offset - self._starts[number]


@cache
def _fields(cls: type[Node]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The fields that may hold words and are no references, with the fixed values that may stand there too."""
    held = [n for n, field in cls.model_fields.items() if _words(field.annotation) and not meta_of(cls, n).ref]
    return tuple((n, frozenset(meta_of(cls, n).words or ())) for n in held)


def _words(annotation: object) -> bool:
    if get_origin(annotation) in (Union, types.UnionType, list, Annotated):
        return any(_words(part) for part in get_args(annotation))
    return annotation in (str, Time, Figure)


_said: Callable[[tuple[str, Node, str, int | None, Open | None]], Said] = partial(tuple.__new__, Said)
"""A ``Said`` from all its parts; a plan has thousands."""


def _gather(node: Node, found: list[Said]) -> None:
    held = node.__dict__
    for name, fixed in _fields(type(node)):
        if name not in held or not (value := held[name]):
            continue
        if isinstance(value, str):
            if not value.startswith(INLINE):
                found.append(_said((value, node, name, None, None)))
        elif isinstance(value, list):
            for i, text in enumerate(value):
                if text not in fixed:
                    found.append(_said((text, node, name, i, None)))
        elif (value.low if isinstance(value, Figure) else value.first or value.last) is None and value.text:
            found.append(_said((value.text, node, name, None, None)))
    if held["_open"]:
        for key, opened in node.opens():
            if opened.reason:
                found.append(_said((opened.reason, node, key.partition(".")[0], None, opened)))
