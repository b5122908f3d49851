"""The schema takes what the loader takes, refuses what the examples show as faults, and explains every key."""

import json
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.plan.bind import REGISTERS
from vaaldplan.plan.load import load
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import Shape, names, written_key, written_value
from vaaldplan.reference.schema import schema
from vaaldplan.reference.shapes import classes, own_fields, pattern, spellings

EXAMPLES = ROOT / "examples"


class Yaml12(yaml.SafeLoader):
    """Reads plain scalars as YAML 1.2 does: ``no`` is a text, ``0114`` a number."""


Yaml12.yaml_implicit_resolvers = {}
for tag, form in {
    "null": r"|~|null|Null|NULL",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{form})$"), None)
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
Yaml12.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def read(text: str) -> Any:
    """What an editor's language server makes of a text; keys are texts there."""
    return _texts_as_keys(yaml.load(text, Yaml12))


def _texts_as_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _texts_as_keys(v) for k, v in value.items()}
    return [_texts_as_keys(v) for v in value] if isinstance(value, list) else value


@cache
def validator(lang: str) -> Draft202012Validator:
    whole = schema(lang)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole)


def places(data: Any, lang: str = "sv") -> set[tuple[str | int, ...]]:
    """Where the schema finds a fault; at the key when a key is the fault."""
    found: set[tuple[str | int, ...]] = set()
    for error in validator(lang).iter_errors(data):
        for leaf in _leaves(error):
            path = tuple(leaf.absolute_path)
            unknown = re.findall(r"'([^']+)'", leaf.message) if leaf.validator == "additionalProperties" else []
            found |= {(*path, key) for key in unknown if key in leaf.instance} or {path}
    return found


def _leaves(error: Any) -> list[Any]:
    return [leaf for inner in error.context for leaf in _leaves(inner)] if error.context else [error]


# ------------------------------------------------------------------ what loads is valid


@pytest.mark.parametrize(("lang", "name"), [("sv", "start"), ("en", "start"), ("sv", "alingsas")])
def test_the_good_examples_are_valid(lang: str, name: str) -> None:
    files = list((EXAMPLES / name).glob("*.yaml"))
    assert len(files) >= (5 if name == "alingsas" else 1)
    for path in files:
        assert places(read(path.read_text("utf-8")), lang) == set(), path.name


WORDS = st.sampled_from(
    ["x", "2027", "0114", "2027-03-31", "hösten 2027", "12,5", "12 500", "250 tkr", "ja", "no", "true", "50 %", "8–13",
     "löpande", "senast 2027", "1,5 mkr", "2.10", "ca 6 000", "undertecknandet", "0,5", "v. 12 2027", "1e3", " ja ", "Nej"]
)  # fmt: skip


@st.composite
def spelt(draw: st.DrawFn, sv: str, en: str) -> str:
    """A name in any of the spellings that mean the same."""
    name = draw(st.sampled_from([sv, en]))
    name = draw(st.sampled_from([name, name.upper(), name.capitalize(), name.translate(str.maketrans("åäö", "aao"))]))
    return draw(st.sampled_from([name, name.replace("_", " "), name.replace(" ", "-")]))


@st.composite
def values(draw: st.DrawFn, cls: type[Node], name: str, shape: Shape, depth: int) -> Any:
    """Something that an author may write after a key; mostly, but not always, what belongs there."""
    single = one(cls, shape, depth)
    choices = [single, st.just(None), opened()]
    if shape.series:
        choices = [st.dictionaries(st.sampled_from(["2027", "2027–2028", "totalt"]), single | opened(), max_size=2)] * 3
    elif shape.many:
        choices += [st.lists(single, max_size=2)] * 3
    elif draw(st.integers(0, 9)) == 0:
        choices.append(st.lists(single, max_size=2))
    return draw(st.one_of(choices))


def one(cls: type[Node], shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    words = [spelt(m.sv, m.value) for w in (shape.word, shape.meta.words, shape.meta.special) if w for m in w]
    simple = st.one_of(*words, WORDS)
    entry = shape.node or REGISTERS.get(shape.meta.ref)
    return st.one_of(simple, entries(entry, depth + 1), simple) if entry and depth < 4 else simple


@st.composite
def opened(draw: st.DrawFn) -> dict[str, Any]:
    key, value = draw(
        st.sampled_from(
            [("okänt", "x"), ("okant", None), ("none", "2027"), ("finns_inte", "x"), ("Finns inte", "x"),
             ("uppgifter", [{"värde": "12", "källa": "x"}, "13"]), ("accounts", [{"value": "12"}])]
        )
    )  # fmt: skip
    return {key: value, **draw(st.sampled_from([{}, {}, {"källa": "x"}]))}


@st.composite
def entries(draw: st.DrawFn, cls: type[Node], depth: int = 0) -> dict[str, Any]:
    shapes = names(cls).shapes
    chosen = draw(st.lists(st.sampled_from(list(shapes)), max_size=4 if depth else 7, unique=True))
    entry = {}
    for name in chosen:
        key = draw(spelt(written_key(cls, name, "sv"), written_key(cls, name, "en")))
        entry[key] = draw(values(cls, name, shapes[name], depth))
    if cls.yearly and draw(st.booleans()):
        entry[draw(st.sampled_from(["2027", "2027–2028", " 2027/28"]))] = draw(WORDS)
    if draw(st.integers(0, 9)) == 0:
        entry["x-eget"] = {"a": ["b"]}
    return entry


def plain(value: Any) -> Any:
    """The data as an editor's server reads it when nothing is quoted."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return yaml.load(value, Yaml12) if isinstance(value, str) and re.fullmatch(r"[\w.]+", value) else value


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(entries(Plan))
def test_what_loads_is_valid(data: dict[str, Any]) -> None:
    faulty = [f for f in load(data).findings if f.code in ("S05", "S07")]
    if not faulty:
        for lang in ("sv", "en"):
            assert places(data, lang) == set()
            assert places(plain(data), lang) == set()


def test_the_generated_plans_are_often_without_faults() -> None:
    good = []

    @settings(max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(entries(Plan))
    def count(data: dict[str, Any]) -> None:
        good.append(not any(f.code in ("S05", "S07") for f in load(data).findings) and len(data) > 1)

    count()
    assert sum(good) >= 20


@pytest.mark.parametrize(
    "text",
    [
        "",
        "åtgärder:\n  filer: [individ.yaml, nämnder/]",
        "mål: {files: mål.yaml}",
        "åtgärder: [{id: A1, titel: Ett}]",
        "definitioner:\n  - {term: våld, betydelse: ont}",
        "kommunkod: 0114\nversion: 2.10\nkommun: true\nvision: 2027\ndatum: 2027",
        "titel:\nåtgärder:\n  - id: 1\n    nivå:\n",
        "åtgärder: [{id: 1, ansvarig: {namn: Kommunstyrelsen}}]",
        "åtgärder: [{id: 1, kostnad: 250 tkr}, {id: 2, kostnad: {2027: 100 tkr}}, {id: 3, kostnad: inom ram}]",
        "Gäller för: [alla]\nATGARDER: [{ID: 1, niva: Samhalle, Tier: promotive}]",
        "measures: [{id: 1, level: society, status: not started}]",
        "x-eget: {a: 1}",
        "validity: {from: 2027, until: {unknown: not decided}}",
    ],
)
def test_what_an_author_may_write(text: str) -> None:
    data = read(text) or {}
    assert places(data) == set()
    assert places(data, "en") == set()


# ------------------------------------------------------------------ what does not load is refused


def test_the_structural_faults_of_the_faulty_plan_are_refused() -> None:
    report = check(EXAMPLES / "brister").report
    faults = {f.path: f.code for f in report.findings if f.code in ("S05", "S07")}
    assert len(faults) >= 12
    plan = read((EXAMPLES / "brister/plan.yaml").read_text("utf-8"))
    part = read((EXAMPLES / "brister/åtgärder.yaml").read_text("utf-8"))
    refused = places(plan) | places(part)
    numbers = [("åtgärder", 1, "kostnad")]  # 12.500 is the number 12.5 before a schema sees it
    assert [path for path in faults if path not in refused] == numbers
    near = {path for path in refused for fault in faults if fault[: len(path) - 1] == path[:-1] or fault == path[:-1]}
    assert refused - near == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("titel: [a]", ("titel",)),
        ("titel: {a: b}", ("titel", "a")),
        ("giltighet: 2027", ("giltighet",)),
        ("giltighet: [{från: 2027}]", ("giltighet",)),
        ("åtgärder: en", ("åtgärder",)),
        ("åtgärder: [en]", ("åtgärder", 0)),
        ("åtgärder: [[{id: 1}]]", ("åtgärder", 0)),
        ("åtgärder: [{id: 1, nivå: 3}]", ("åtgärder", 0, "nivå")),
        ("datum: 2025-02-29", ("datum",)),
        ("datum: 1900-02-29", ("datum",)),
        ("datum: 2027-04-31", ("datum",)),
        ("datum: 2027-13", ("datum",)),
        ("datum: 12", ("datum",)),
        ("antal_åtgärder: -1", ("antal_åtgärder",)),
        ("antal_åtgärder: 1,5 st", ("antal_åtgärder",)),
        ("åtgärder: [{id: 1, kostnad: {2027: mycket}}]", ("åtgärder", 0, "kostnad", "2027")),
        ("åtgärder: [{id: 1, kostnad: {207: 1}}]", ("åtgärder", 0, "kostnad", "207")),
        ("mål: {filer: {a: b}}", ("mål", "filer")),
    ],
)
def test_faults_are_refused(text: str, place: tuple[str | int, ...]) -> None:
    data = read(text)
    assert place in places(data)
    assert place in places(data, "en")
    if "filer" not in text:  # the files are read before the plan is loaded
        assert [f.code for f in load(yaml.load(text, yaml.BaseLoader)).findings if f.code in ("S05", "S07")]


@pytest.mark.parametrize(
    "text",
    [
        "hösten 2027",
        "HT 27",
        "våren -27",
        "kvartal 2 2027",
        "2027 Q3",
        "första halvåret 2027",
        "vecka 12, 2027",
        "v. 12 2027",
        "senast den 1 mars 2027",
        "klar 2027-03",
        "mars–juni 2027",
        "från och med 2027",
        "fr.o.m. 2027",
        "t.o.m. 1:a kvartalet 2027",
        "början av 2027",
        "varje kvartal under 2027",
        "en gång per år 2027",
        "vid nyanställningar från 2027",
        "2027-2028",
        "3:e kvartalet 2027",
        "no later than 31 March 2027",
        "the end of 2027",
        "within reason",
        "undertecknandet",
        "12/3 2027",
        "löpande och 2027",
    ],
)
def test_times_in_words_are_valid_dates(text: str) -> None:
    assert load({"datum": text}).plan.date is not None
    assert places({"datum": text}) == set()


@pytest.mark.parametrize("text", ["om ett tag 2027", "2027 kanske", "någon gång 2027", "12 apor"])
def test_figures_with_other_words_are_no_dates(text: str) -> None:
    assert load({"datum": text}).plan.date is None
    assert places({"datum": text}) == {("datum",)}


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "2027-12-31", "2027-2-3", "2027-10", "2027-11-30"])
def test_real_days_are_valid(day: str) -> None:
    assert places({"datum": day}) == set()
    assert load({"datum": day}).plan.date is not None


def test_exactly_the_days_that_exist_are_valid() -> None:
    form = re.compile(schema("sv")["$defs"]["date"]["pattern"])
    count = 0
    for year in range(1900, 2100):
        for month in range(14):
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                try:
                    date(year, month, day)
                    exists = True
                except ValueError:
                    exists = False
                assert bool(form.search(text)) == exists, text
                count += exists
    assert count == (date(2100, 1, 1) - date(1900, 1, 1)).days


@pytest.mark.parametrize(
    ("amount", "valid"),
    [
        ("250 tkr", True),
        ("SEK 12 500", True),
        ("1,5 mkr", True),
        ("12 500:-", True),
        ("12.500", False),
        ("mycket", False),
        ("", False),
    ],
)
def test_amounts(amount: str, valid: bool) -> None:
    data = {"ekonomi": {"summa": amount}}
    assert (places(data) == set()) == valid
    assert any(f.code == "S07" for f in load(data).findings) == (not valid)


# ------------------------------------------------------------------ what an editor shows


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_field_is_offered_in_the_language_and_explained(lang: str) -> None:
    whole = schema(lang)
    count = 0
    for cls in classes():
        entry = whole if cls is Plan else whole["$defs"][cls.__name__]
        order = [*own_fields(cls), *Node.model_fields]
        assert list(entry["properties"]) == [written_key(cls, n, lang) for n in order]
        for name in own_fields(cls):
            shown = whole["$defs"][entry["properties"][written_key(cls, name, lang)]["$ref"].removeprefix("#/$defs/")]
            assert shown["title"]
            assert shown["description"]
            assert f"`{written_key(cls, name, lang)}: " in shown["markdownDescription"]
            count += 1
    assert len(classes()) == 59
    assert count >= 400


def test_every_definition_is_used() -> None:
    whole = schema("sv")
    used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(whole, ensure_ascii=False)))
    assert used == set(whole["$defs"])


def test_patterns_match_all_spellings_and_nothing_else() -> None:
    one = re.compile(pattern("gäller_för", "applies_to"))
    for word in ("gäller_för", "Gäller för", "galler-for", "GALLER  FOR", " applies to ", "Applies–To"):
        assert one.search(word), word
    for word in ("gäller", "gallerfor", "x gäller_för", "applies_to_x"):
        assert not one.search(word), word
    assert spellings(Plan, "applies_to") == ["gäller_för", "galler_for", "applies_to"]
    assert written_value(next(iter(names(Plan).shapes["status"].word or ())), "sv") == "utkast"


def test_the_schema_is_the_same_every_time_and_small_enough_for_an_editor() -> None:
    text = json.dumps(schema("sv"), ensure_ascii=False)
    assert text == json.dumps(schema("sv"), ensure_ascii=False)
    assert len(text) < 500_000
