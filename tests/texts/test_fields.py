"""Every field and every fixed value is explained in both languages, and every example loads in its place."""

import tomllib
from collections.abc import Iterator
from inspect import get_annotations
from pathlib import Path
from typing import Any

import pytest

from vaaldplan.plan.bind import REGISTERS, AccountEntry, OpenFact
from vaaldplan.plan.goals import Goal
from vaaldplan.plan.load import load, spelt
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Word
from vaaldplan.plan.vocabulary import names, written_key
from vaaldplan.source import read_text
from vaaldplan.texts import catalogue as catalogue_module
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

Tree = dict[str, Any]
"""An entry by its keys as written; a text is YAML as it stands after the key, the rest entries and lists of entries."""


def routes() -> dict[type[Node], tuple[tuple[type[Node], str], ...]]:
    """Every class of the model, and the fields that lead to it from the plan."""
    found: dict[type[Node], tuple[tuple[type[Node], str], ...]] = {Plan: ()}
    waiting: list[type[Node]] = [Plan]
    for cls in waiting:
        for name, shape in names(cls).shapes.items():
            if shape.node and shape.node not in found:
                found[shape.node] = (*found[cls], (cls, name))
                waiting.append(shape.node)
    return found


ROUTES = routes()
OPEN: list[type[Node]] = [OpenFact, AccountEntry]
REGISTERED = {
    "actors": "kf ks sn klk sf buf kuf hus polisen jour vgr styrgrupp arbetsgrupp brottsrad namnder",
    "goals": "M1 M2",
    "indicators": "U1 U2",
    "measures": "I1 O1 S1",
    "related_documents": "handlingsprogram",
    "chapters": "roller",
    "observations": "L1",
    "change_factors": "F1",
}
"""What the examples refer to."""


def declared(cls: type[Node]) -> Iterator[tuple[type[Node], str]]:
    """The fields of a class, each with the class that declares it."""
    for name in cls.model_fields:
        yield next(c for c in cls.__mro__ if name in get_annotations(c)), name


def all_fields() -> set[tuple[str, str]]:
    return {(c.__name__, name) for cls in [*ROUTES, *OPEN] for c, name in declared(cls)}


def all_values() -> set[tuple[str, str]]:
    words: set[type[Word]] = set()
    for cls in ROUTES:
        for shape in names(cls).shapes.values():
            words |= {w for w in (shape.word, shape.meta.words, shape.meta.special) if w}
    return {(word.__name__, member.value) for word in words for member in word}


def written(lang: str) -> Tree:
    return tomllib.loads((Path(catalogue_module.__file__).parent / lang / "fields.toml").read_text("utf-8"))


def example(cls: type[Node], name: str, lang: str) -> str:
    owner = next(c for c, n in declared(cls) if n == name)
    return catalogue(lang).field(owner.__name__, name).example


def small(cls: type[Node], lang: str) -> Tree:
    """The smallest entry of a class: what is required, and what a bare text in its place would mean."""
    wanted = [n for n, s in names(cls).shapes.items() if s.meta.required or n == cls.short]
    return {written_key(cls, n, lang): example(cls, n, lang) for n in wanted}


def plan_with(cls: type[Node], name: str, lang: str) -> Tree:
    """The smallest plan that holds the class, with the example in the field and all that examples refer to."""
    entry: Tree = {**small(cls, lang), written_key(cls, name, lang): example(cls, name, lang)}
    for parent, step in reversed(ROUTES[cls]):
        shape = names(parent).shapes[step]
        held: Any = [entry] if shape.many else {"2027": entry} if shape.series else entry
        entry = {**small(parent, lang), written_key(parent, step, lang): held}
    situation = written_key(Plan, "situation", lang)
    for register, ids in REGISTERED.items():
        inside = register in ("observations", "change_factors")
        holder = entry.setdefault(situation, {}) if inside else entry
        if isinstance(holder, str):
            continue  # the example itself
        key = written_key(ROUTES[REGISTERS[register]][-1][0], register, lang)
        there = holder.setdefault(key, [])
        if not isinstance(there, str):
            there += [{**small(REGISTERS[register], lang), "id": one} for one in ids.split()]
    return entry


def yaml(value: Any, indent: int = 0) -> list[str]:
    pad = " " * indent
    if isinstance(value, list):
        entries = [yaml(item, indent + 2) for item in value]
        return [line for first, *more in entries for line in (f"{pad}- {first[indent + 2 :]}", *more)]
    lines = []
    for key, below in value.items():
        lines += [f"{pad}{key}: {below}"] if isinstance(below, str) else [f"{pad}{key}:", *yaml(below, indent + 2)]
    return lines


def reached(plan: Plan, cls: type[Node]) -> Any:
    """The entry of the class that the example was put into."""
    node: Any = plan
    for _, step in ROUTES[cls]:
        node = getattr(node, step)
        if isinstance(node, list):
            node = node[0]
        elif isinstance(node, dict):
            node = node["2027"]
    return node


def test_every_field_has_its_words_in_both_languages_and_none_is_left_over() -> None:
    fields = all_fields()
    assert len(ROUTES) == 59
    assert len(fields) == 397
    for lang in LANGUAGES:
        tables = {c: t for c, t in written(lang).items() if c != "values"}
        assert {(c, name) for c, table in tables.items() for name in table} == fields


def test_every_fixed_value_has_its_meaning_in_both_languages_and_none_is_left_over() -> None:
    fixed = all_values()
    assert len(fixed) == 132
    for lang in LANGUAGES:
        meanings = written(lang)["values"]
        assert {(word, value) for word, table in meanings.items() for value in table} == fixed
        for word, value in fixed:
            assert catalogue(lang).meaning(word, value).endswith(".")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_field_are_whole(lang: str) -> None:
    own = written(lang)
    for cls, name in all_fields():
        title, text, sample = catalogue(lang).field(cls, name)
        assert title[0].isupper(), (cls, name)
        assert not title.endswith("."), (cls, name)
        assert text[0].isupper(), (cls, name)
        assert text.endswith("."), (cls, name)
        assert len(text) <= 240, (cls, name)
        assert sample, (cls, name)
        assert "\n" not in title + text + sample, (cls, name)
        assert own[cls][name].keys() <= {"title", "text", "example"}


def loads(cls: type[Node], name: str, lang: str) -> None:
    """The example, put into the smallest plan that has the field, is understood and spelt in its language."""
    text = "\n".join(yaml(plan_with(cls, name, lang)))
    document = read_text(text)
    assert document.findings == (), text
    assert document.data is not None
    loaded = load(document.data)
    assert loaded.findings == (), text
    node = reached(loaded.plan, cls)
    assert type(node) is cls
    assert getattr(node, name) not in (None, [], {}), text
    assert [n for n in spelt(document.data) if n.text != n.written(lang)] == [], text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cls", ROUTES, ids=lambda c: c.__name__)
def test_an_example_loads_without_a_finding(cls: type[Node], lang: str) -> None:
    own = [name for name in cls.model_fields if name not in Node.model_fields]
    assert own
    for name in own:
        loads(cls, name, lang)


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("source", "sv"), ("source", "en"), ("secondary", "en"), ("inferred", "en"),
        ("secondary", "sv"), ("inferred", "sv"),
    ],
)  # fmt: skip
def test_an_example_of_what_every_entry_may_say_loads_too(name: str, lang: str) -> None:
    loads(Plan, name, lang)
    loads(Goal, name, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_of_what_is_left_open_is_understood(lang: str) -> None:
    title = written_key(Plan, "title", lang)
    field = written_key(Plan, "case_number", lang)
    words = {name: written_key(OpenFact, name, lang) for name in ("unknown", "none", "accounts")}
    for name, key in words.items():
        data = read_text(f"{title}: P\n{field}:\n  {key}: {example(OpenFact, name, lang)}").data
        assert data is not None
        opened = load(data).plan.open("case_number")
        assert opened is not None
        if name == "accounts":
            assert opened.kind == "disputed"
            assert len(opened.accounts) == 2
            assert all(a.value and a.source for a in opened.accounts)
        else:
            assert opened.kind == name
            assert opened.reason == example(OpenFact, name, lang)
    value, source = (
        f"{written_key(AccountEntry, n, lang)}: {example(AccountEntry, n, lang)}" for n in ("value", "source")
    )
    data = read_text(f"{title}: P\n{field}:\n  {words['accounts']}:\n    - {value}\n      {source}").data
    assert data is not None
    opened = load(data).plan.open("case_number")
    assert opened is not None
    assert opened.accounts == ((example(AccountEntry, "value", lang), example(AccountEntry, "source", lang)),)
