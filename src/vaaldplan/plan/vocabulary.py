"""The names of every field and value: Swedish, without diacritics, English → one identifier. Read from the model."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_args, get_origin

from vaaldplan.facts import word_table
from vaaldplan.patterns import regex
from vaaldplan.swedish import plain

from .node import Meta, Node, Word, meta_of

_JOINTS = regex(r"[\s_\-\u2013]+")
PERIOD = regex(r"(19|20)\d\d([-\u2013/](19|20)?\d\d)?")
"""A key that is a year or a period: ``2027``, ``2027–2028``, ``2027/28``, ``2027-06``."""


@lru_cache(8192)
def normal(text: str) -> str:
    """The form in which spellings are compared: ``Ej påbörjad`` and ``ej_paborjad`` are the same."""
    text = plain(text.strip()).casefold()
    return text if text.isalnum() else _JOINTS.sub("_", text)


class Shape(NamedTuple):
    """What a field holds."""

    meta: Meta
    node: type[Node] | None
    """The class of its entries, or ``None`` for values."""
    word: type[Word] | None
    """Its fixed values, when it has such."""
    many: bool
    series: bool


class Names(NamedTuple):
    """The fields of one class."""

    identifiers: dict[str, str]
    """Every accepted spelling in normal form → identifier."""
    shapes: dict[str, Shape]
    ranks: dict[str, int]
    """The order in which ``fmt --sort`` puts them: as declared, what every entry may have last."""


def _inner(annotation: Any) -> Any:
    """``X | None`` → ``X``; ``Annotated[X, …]`` and plain types as they are."""
    options = get_args(annotation)
    return options[0] if len(options) == 2 and options[1] is type(None) else annotation


def _shape(meta: Meta, annotation: Any) -> Shape:
    annotation = _inner(annotation)
    origin = get_origin(annotation)
    many, in_series = origin is list, origin is dict
    if many or in_series:
        annotation = get_args(annotation)[-1]
    is_class = isinstance(annotation, type)
    node = annotation if is_class and issubclass(annotation, Node) else None
    word = annotation if is_class and issubclass(annotation, Word) else None
    return Shape(meta, node, word, many, in_series)


@cache
def names(cls: type[Node]) -> Names:
    """The fields of a class and how they may be spelt."""
    identifiers: dict[str, str] = {}
    shapes: dict[str, Shape] = {}
    for name, field in cls.model_fields.items():
        meta = meta_of(cls, name)
        shapes[name] = _shape(meta, field.annotation)
        for spelling in (meta.sv, meta.en or name):
            identifiers.setdefault(normal(spelling), name)
    common = Node.model_fields.keys()
    order = sorted(shapes, key=lambda name: name in common)
    return Names(identifiers, shapes, {name: i for i, name in enumerate(order)})


@cache
def values(word: type[Word]) -> dict[str, str]:
    """Every accepted spelling of a fixed value, in normal form → the value's identifier."""
    return {normal(spelling): str(member) for member in word for spelling in (member.sv, member.value)}


def written_key(cls: type[Node], name: str, spelling: str = "sv") -> str:
    """How a field is written in a spelling: ``sv``, ``ascii`` or ``en``."""
    meta = names(cls).shapes[name].meta
    if spelling == "en":
        return meta.en or name
    return plain(meta.sv) if spelling == "ascii" else meta.sv


def written_value(member: Word, spelling: str = "sv") -> str:
    """How a fixed value is written in a spelling."""
    if spelling == "en":
        return member.value
    return plain(member.sv) if spelling == "ascii" else member.sv


_NEAR, _SURE, _CLEAR = 0.6, 0.8, 0.12
"""How like each other two words are (1: the same) to be worth a question, a mend without one, and its lead."""


def nearest(text: str, candidates: list[str]) -> str:
    """The candidate most like ``text``, or empty when none is like it."""
    from difflib import get_close_matches  # a plan without slips needs none of it

    by_form = {normal(c): c for c in reversed(candidates)}
    found = get_close_matches(normal(text), by_form, n=1, cutoff=_NEAR)
    return by_form[found[0]] if found else ""


def suggested(text: str, candidates: list[str]) -> str:
    """What a name that does not exist may stand for: what people usually mean by it, else what it is most like."""
    given, listed = normal(text), word_table("instead")
    usual = (c for c in candidates if given in map(normal, listed.get(c, ())))
    return next(usual, "") or nearest(text, candidates)


def certain(text: str, meanings: Mapping[str, str]) -> bool:
    """Whether ``text`` is a slip in the spelling of one thing, and clearly less like anything else.

    Args:
        text: what stands there.
        meanings: every spelling that could be meant, and what it means.
    """
    from difflib import SequenceMatcher, get_close_matches

    given = normal(text)
    by_form = {normal(spelling): meaning for spelling, meaning in meanings.items()}
    near = get_close_matches(given, by_form, n=9, cutoff=_NEAR)
    if not near or _figures(given) != _figures(near[0]):
        return False
    likeness = {form: SequenceMatcher(None, given, form).ratio() for form in near}
    rivals = [form for form in near if by_form[form] != by_form[near[0]]]
    return likeness[near[0]] >= _SURE and all(likeness[near[0]] - likeness[form] > _CLEAR for form in rivals)


def _figures(text: str) -> list[str]:
    """The figures of an id: A1 and A2 are two things, not one misspelt."""
    return re.findall(r"\d", text)


def same_key(one: str, other: str) -> bool:
    """Whether two top-level keys mean the same field of the plan; handed to ``source`` for the parts."""
    from .model import Plan

    identifiers = names(Plan).identifiers
    return normal(one) == normal(other) or identifiers.get(normal(one), one) == identifiers.get(normal(other), other)
