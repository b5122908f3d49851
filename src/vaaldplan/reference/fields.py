"""The reference of every field: finds what a person asks for, and gathers all that is to be said of it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.plan.bind import REGISTERS, OpenFact
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import Shape, names, nearest, normal, written_key, written_value
from vaaldplan.texts.catalogue import Catalogue

from .shapes import declarer, kind, own_fields, spellings

_SHOWN = 4
"""How many fields of one name are shown whole; more than that are listed."""

Step = tuple[type[Node], str]
"""A field of a class."""


class Field(NamedTuple):
    """A field, and every way in which the plan's fields lead to it, the shortest first."""

    cls: type[Node]
    name: str
    places: tuple[tuple[Step, ...], ...]


class Described(NamedTuple):
    """All that is said of a field, in one language."""

    path: str
    title: str
    text: str
    takes: str
    """What may stand after its key, in words."""
    required: bool
    values: tuple[tuple[str, str], ...]
    """Its fixed values and what they mean."""
    example: str
    spelt: tuple[str, ...]
    elsewhere: tuple[str, ...]
    """The other places where the same field stands."""
    inside: tuple[tuple[str, str], ...]
    """Key and summary of the fields that stand below it."""


@cache
def every() -> tuple[Field, ...]:
    """Every field of the format, in the order of the model; what all entries have in common comes last."""
    found: dict[Step, list[tuple[Step, ...]]] = {}
    classes: dict[Step, type[Node]] = {}
    for place in _walk(Plan, ()):
        cls, name = place[-1]
        owner = (declarer(cls, name), name)
        found.setdefault(owner, []).append(place)
        classes.setdefault(owner, cls)
    fields = [Field(classes[step], step[1], tuple(sorted(places, key=len))) for step, places in found.items()]
    return (*fields, *(Field(OpenFact, name, (((OpenFact, name),),)) for name in own_fields(OpenFact)),
            *(Field(Node, name, (((Node, name),),)) for name in Node.model_fields))  # fmt: skip


def _walk(cls: type[Node], before: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for name in own_fields(cls):
        place = (*before, (cls, name))
        yield place
        inner = names(cls).shapes[name].node
        if inner and all(inner is not above for above, _ in place):
            yield from _walk(inner, place)


def find(asked: str) -> list[Field]:
    """The fields that a name means: ``åtgärder.ansvarig``, ``ansvarig`` or the same in another spelling.

    Raises:
        VaaldplanError: ``usage.no_field`` or ``usage.no_field_suggestion``.
    """
    steps = [normal(step) for step in asked.strip(" .").split(".")]
    found = _at(steps, whole=True) or _at(steps, whole=False)
    if found:
        return found
    written = [spellings(f.cls, f.name) for f in every()]
    guess = nearest(
        steps[-1], [*(first for first, *_ in written), *(other for _, *others in written for other in others)]
    )
    whole = ".".join([*asked.strip(" .").split(".")[:-1], guess])
    params = {"suggestion": whole if _at([normal(step) for step in whole.split(".")], whole=False) else guess}
    raise VaaldplanError(
        f"usage.no_field{'_suggestion' if guess else ''}", Exit.USAGE, name=asked, **(params if guess else {})
    )


def namesakes(asked: str, found: list[Field]) -> list[Field]:
    """Other fields that are called the same but stand further down in the plan."""
    steps = [normal(step) for step in asked.strip(" .").split(".")]
    return [f for f in _at(steps, whole=False) if f not in found]


def _at(steps: list[str], *, whole: bool) -> list[Field]:
    """The fields whose place, or the end of whose place, is spelt so."""
    return [f for f in every() if any(_means(place if whole else place[-len(steps) :], steps) for place in f.places)]


def _means(place: tuple[Step, ...], steps: list[str]) -> bool:
    return len(place) == len(steps) and all(
        names(cls).identifiers.get(step) == name for (cls, name), step in zip(place, steps, strict=True)
    )


def few(found: list[Field]) -> bool:
    """Whether the fields are few enough to be shown whole."""
    return len(found) <= _SHOWN


def path(place: tuple[Step, ...], lang: str) -> str:
    """A place as keys with dots between, in the language."""
    return ".".join(written_key(cls, name, lang) for cls, name in place)


def summary(cls: type[Node], name: str, say: Catalogue) -> str:
    """The first sentence of a field's explanation."""
    return re.split(r"(?<=[.!?]) ", say.field(declarer(cls, name).__name__, name).text, maxsplit=1)[0]


def describe(field: Field, say: Catalogue) -> Described:
    """All that is to be said of a field."""
    lang = say.language
    shape = names(field.cls).shapes[field.name]
    words = say.field(declarer(field.cls, field.name).__name__, field.name)
    first, *others = (path(place, lang) for place in field.places)
    key = written_key(field.cls, field.name, lang)
    word = shape.word or shape.meta.words or shape.meta.special
    values = [(written_value(m, lang), say.meaning(word.__name__, str(m))) for m in word] if word else []
    return Described(
        first,
        words.title,
        words.text,
        _takes(field, shape, say),
        shape.meta.required,
        tuple(values),
        f"{key}: {words.example}",
        tuple(spellings(field.cls, field.name)),
        tuple(others),
        tuple(_inside(shape.node, say)) if shape.node else (),
    )


def _inside(cls: type[Node], say: Catalogue) -> Iterator[tuple[str, str]]:
    for name in own_fields(cls):
        yield written_key(cls, name, say.language), summary(cls, name, say)


def _takes(field: Field, shape: Shape, say: Catalogue) -> str:
    """What may stand after the key: ``ett eller flera id ur aktörer, eller fri text``."""
    meta = shape.meta
    many = "series" if shape.series else "one_or_more" if meta.one else "list" if shape.many else "single"
    if field.cls is OpenFact:
        return say.label("fields.reason" if field.name != "accounts" else "fields.accounts")
    if shape.node:
        what = say.label("fields.entry")
        if shape.node.short:
            what = say.label("fields.short", entry=what, field=written_key(shape.node, shape.node.short, say.language))
    elif shape.word:
        what = say.label("fields.word")
    elif meta.ref:
        what = (
            say.label("fields.any_id")
            if meta.ref == "any"
            else say.label("fields.id", register=_register(meta.ref, say))
        )
        what = say.label("fields.or_text", what=what) if meta.free else what
    else:
        what = say.label(f"fields.kind.{kind(field.cls, field.name)}")
        what = say.label("fields.or_other", what=say.label("fields.word")) if meta.words else what
    return say.label(f"fields.{many}", what=what)


def _register(ref: str, say: Catalogue) -> str:
    """Where the entries of a register stand, e.g. ``lägesbild.iakttagelser``."""
    places = (place for f in every() for place in f.places)
    return next(
        path(place, say.language)
        for place in places
        if place[-1][1] == ref and names(place[-1][0]).shapes[ref].node is REGISTERS[ref]
    )
