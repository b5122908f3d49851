"""What reads plans quickly reads what pydantic reads, and refuses what pydantic refuses."""

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, content
from vaaldplan.plan import load, quick, strict
from vaaldplan.plan.bind import INLINE, REGISTERS, Binder
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Word
from vaaldplan.reference.shapes import classes

TEXTS = [
    "",
    "ja",
    "nej",
    "12",
    "-3",
    "1,5",
    "250 tkr",
    "2027-02-30",
    "2027-03",
    "våren 2027",
    "2027",
    "8–13",
    "ca 6 000",
    "A1",
    " x  y ",
]
WRONG = st.none() | st.text(max_size=4) | st.sampled_from([[], {}, ["x"], [None], [[]], [{}], {"2027": None}])
"""Files give texts, lists, mappings and nothing else."""
OPEN = st.sampled_from(
    [
        {"okänt": "vet inte"},
        {"none": None, "source": "x"},
        {"uppgifter": [{"värde": "1", "källa": "a"}, "2", None]},
        {"uppgifter": "1"},
        {"källa": "x"},
    ]
)
STRAY_VALUE = st.sampled_from(["x", None, {}, ["x"]])
STRAY = ("nonsense", "x-eget", "2027", "2027-06", "titlar")


@cache
def data_of(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    """Data for a declared type: mostly what fits, now and then something else."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated or annotation is str:
        fits: st.SearchStrategy[Any] = st.sampled_from(TEXTS) | st.sampled_from(TEXTS) | st.just({"text": "x"})
    elif origin is list:
        fits = st.lists(data_of(arguments[0], depth), max_size=2)
    elif origin is dict:
        fits = st.dictionaries(st.sampled_from(["2027", "2028"]), data_of(arguments[1], depth), max_size=2)
    elif type(None) in arguments:
        fits = st.none() | data_of(next(a for a in arguments if a is not type(None)), depth)
    elif issubclass(annotation, Word):
        fits = st.sampled_from([spelt for m in annotation for spelt in (m.value, m.sv, m.sv.upper())])
    else:
        fits = entry_of(annotation, depth - 1) if depth else st.just({})
    return st.one_of(fits, fits, fits, fits, fits, fits, fits, OPEN | WRONG)


@cache
def entry_of(cls: type[Node], depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """What an author may write for an entry: keys in any spelling, years, and now and then a key of no field."""
    fields = {
        key: declared.annotation
        for name, declared in cls.model_fields.items()
        for key in (declared.meta.sv, declared.meta.en or name)
    }
    keys = st.lists(st.sampled_from([*fields, *fields, *fields, *STRAY]), max_size=4, unique=True)
    return keys.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {key: data_of(fields[key], depth) if key in fields else STRAY_VALUE for key in chosen}
        )
    )


def quickly(cls: type[Node], data: dict[str, Any]) -> Any:
    """All that comes of reading data quickly: the entry and its place, what is said of it, how it is spelt."""
    binder = quick.QuickBinder()
    try:
        entry = binder.made(data, cls, ())
    except ValueError:
        return "refused"
    binder.finish()
    moved = {name: [content(one) for one in entries] for name, entries in binder.moved.items()}
    return *_answer(entry, binder), {name: _without_ids(entries) for name, entries in moved.items()}


def thoroughly(cls: type[Node], data: dict[str, Any]) -> Any:
    """The same by way of pydantic."""
    binder = Binder()
    bound = binder.entry(data, cls, ())
    binder.finish()
    try:
        entry = strict.read(cls, bound)
        moved = {
            name: [content(strict.read(REGISTERS[name], one)) for one in entries]
            for name, entries in binder.inline.items()
        }
    except strict.ValidationError:
        return "refused"
    load._locate(entry, bound, binder)
    return *_answer(entry, binder), {name: _without_ids(entries) for name, entries in moved.items()}


def _answer(entry: Node, binder: Binder) -> tuple[Any, ...]:
    places = [(type(node), node._path, node._written, node._open) for node in load.walk(entry)]
    return _without_ids(content(entry)), places, binder.findings, binder.doubled, binder.suggested, binder.written()


def _without_ids(value: Any) -> Any:
    """The same without the numbers in ids that were made up: they only have to differ."""
    if isinstance(value, str):
        return re.sub(rf"^({INLINE}\w+)-\d+$", r"\1", value)
    if isinstance(value, dict):
        return {name: _without_ids(one) for name, one in value.items()}
    return (
        type(value)(map(_without_ids, value))
        if isinstance(value, list | tuple) and type(value) in (list, tuple)
        else value
    )


def test_every_kind_of_field_is_known() -> None:
    found = [field for cls in classes() for field in quick._fields(cls).values()]
    assert len(list(classes())) > 40
    assert len(found) > 500
    assert all(field.text or field.word or field.shape.node for field in found)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_both_read_the_same_and_refuse_the_same(data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from(sorted(classes(), key=lambda c: c.__name__)))
    given_data = data.draw(entry_of(cls))
    assert quickly(cls, given_data) == thoroughly(cls, given_data)


@settings(max_examples=100, deadline=None)
@given(entry_of(Plan))
def test_both_read_the_same_plan(data: dict[str, Any]) -> None:
    assert quickly(Plan, data) == thoroughly(Plan, data)


@pytest.mark.parametrize("name", ["alingsas", "brister", "start"])
def test_without_it_all_works_as_before(name: str, tmp_path: Path) -> None:
    package = tmp_path / "vaaldplan"
    shutil.copytree(ROOT / "src/vaaldplan", package, ignore=shutil.ignore_patterns("__pycache__", "quick.py"))
    command = [
        sys.executable,
        "-m",
        "vaaldplan.cli",
        "check",
        f"examples/{name}",
        "--format",
        "json",
        "--today",
        "2026-12-01",
    ]
    with_it = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    without = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert without.stderr == ""
    assert without.stdout == with_it.stdout
    assert without.returncode == with_it.returncode


def test_a_check_of_a_plan_that_fits_imports_no_pydantic() -> None:
    code = (
        "import sys; from vaaldplan.check import check; check('examples/alingsas'); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_short_texts_are_remembered_and_long_ones_are_not() -> None:
    """A run over many plans would keep a long text of each."""
    asked: list[object] = []
    read = quick._remembering(asked.append)
    for text in ("2027-03", "2" * 1000, "2027-03", "2" * 1000):
        read(text)
    assert [len(str(text)) for text in asked] == [7, 1000, 1000]
