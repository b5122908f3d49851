"""Writes the field reference: for a terminal of a given width, or as Markdown for the manual."""

from collections.abc import Iterable, Iterator

from vaaldplan.plan.bind import OpenFact
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import names, written_key
from vaaldplan.texts.catalogue import Catalogue

from .columns import KEY, escaped, filled, hung, rows
from .fields import Described, Field, describe, every, few, find, namesakes, path, summary
from .shapes import own_fields


def reference(asked: str, say: Catalogue, *, form: str = "terminal", width: int = 80) -> str:
    """The reference of one field, or of all.

    Args:
        asked: the field's name; empty for an overview, in Markdown for the whole.
        say: the words of the language.
        form: ``terminal`` or ``markdown``.
        width: how many columns a terminal has.

    Raises:
        VaaldplanError: there is no such field.
    """
    found = find(asked) if asked else []
    if form == "markdown":
        lines = _markdown_list((describe(f, say) for f in found), say, 1) if asked else _manual(say)
    else:
        lines = _terminal(asked, found, say, min(width, 100))
    return "\n".join(lines).rstrip("\n") + "\n"


# ------------------------------------------------------------------ terminal


def _terminal(asked: str, found: list[Field], say: Catalogue, width: int) -> Iterator[str]:
    if not asked:
        yield from _overview(say, width)
    elif few(found):
        for field in found:
            yield from _card(describe(field, say), say, width)
            yield ""
        if others := namesakes(asked, found):
            paths = ", ".join(path(field.places[0], say.language) for field in others)
            yield from filled(say.label("fields.namesakes", paths=paths), width)
    else:
        yield from filled(say.label("fields.several", name=asked, number=len(found)), width)
        yield ""
        pairs = [
            (path(place, say.language), summary(field.cls, field.name, say))
            for field in found
            for place in field.places[:1]
        ]
        yield from rows(pairs, width, "  ")
        yield ""
        yield from filled(say.label("fields.ask_path", path=pairs[-1][0]), width)


def _overview(say: Catalogue, width: int) -> Iterator[str]:
    """Every field of the plan with the first sentence about it, and the keys that stand below it."""
    yield from filled(say.label("fields.intro"), width)
    yield ""
    for field in every():
        place = field.places[0]
        if len(place) > 1 or field.cls is not Plan:
            continue
        yield from rows([(path(place, say.language), summary(field.cls, field.name, say))], width, "")
        inner = names(Plan).shapes[field.name].node
        if inner:
            below = ", ".join(written_key(inner, name, say.language) for name in own_fields(inner))
            yield from filled(below, width, " " * (KEY + 4))
    for cls, label in ((Node, "fields.common"), (OpenFact, "fields.left_open")):
        yield ""
        yield from filled(say.label(label), width)
        yield ""
        pairs = [(path(f.places[0], say.language), summary(f.cls, f.name, say)) for f in every() if f.cls is cls]
        yield from rows(pairs, width, "")
    yield ""
    yield from filled(say.label("fields.ask"), width)


def _card(field: Described, say: Catalogue, width: int) -> Iterator[str]:
    yield field.path
    yield from filled(field.title + (f" ({say.label('fields.required')})" if field.required else ""), width)
    yield ""
    yield from filled(field.text, width, "  ")
    yield ""
    for label, value in _facts(field):
        head = f"  {say.label(f'fields.{label}')}: "
        yield from hung(head, value, width)
    for label, pairs in (("values", field.values), ("inside", field.inside)):
        if pairs:
            yield ""
            yield f"  {say.label(f'fields.{label}')}:"
            yield from rows(pairs, width, "    ")


def _facts(field: Described) -> Iterator[tuple[str, str]]:
    yield "takes", field.takes
    yield "example", field.example
    yield "spelt", ", ".join(field.spelt)
    if field.elsewhere:
        yield "elsewhere", ", ".join(field.elsewhere)


# ------------------------------------------------------------------ Markdown


def _manual(say: Catalogue) -> Iterator[str]:
    """Every field: first those of the plan itself, then those below each of them."""
    yield f"# {say.label('fields.heading')}"
    yield ""
    yield say.label("fields.intro")
    sections: dict[str, list[Field]] = {}
    for field in every():
        place = field.places[0]
        top = path(place[:1], say.language) if len(place) > 1 else ""
        if field.cls is Node or field.cls is OpenFact:
            top = say.label("fields.common" if field.cls is Node else "fields.left_open")
        sections.setdefault(top, []).append(field)
    for heading, fields in sections.items():
        yield ""
        yield f"## {heading.rstrip(':') or say.label('fields.plan')}"
        yield ""
        yield from _markdown_list((describe(f, say) for f in fields), say, 3)


def _markdown_list(fields: Iterable[Described], say: Catalogue, level: int) -> Iterator[str]:
    for field in fields:
        required = f" ({say.label('fields.required')})" if field.required else ""
        yield f"{'#' * level} `{field.path}`"
        yield ""
        yield f"**{field.title}**{required}. {escaped(field.text)}"
        yield ""
        for label, value in _facts(field):
            yield f"- {say.label(f'fields.{label}')}: {_code(label, value)}"
        for label, pairs in (("values", field.values), ("inside", field.inside)):
            if pairs:
                yield f"- {say.label(f'fields.{label}')}:"
                yield from (f"  - `{key}`: {escaped(words)}" for key, words in pairs)
        yield ""


def _code(label: str, value: str) -> str:
    if label == "takes":
        return escaped(value)
    return f"`{value}`" if label == "example" else ", ".join(f"`{word}`" for word in value.split(", "))
