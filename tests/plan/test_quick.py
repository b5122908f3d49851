"""What reads plans quickly reads what pydantic reads, and refuses what pydantic refuses."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, content
from vaaldplan.plan import quick, strict
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
WRONG = (
    st.none()
    | st.integers(-2, 9)
    | st.booleans()
    | st.text(max_size=4)
    | st.just([])
    | st.just({})
    | st.just(["x"])
    | st.floats()
)


def data_of(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    """Data for a declared type: mostly what fits, now and then something else."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated or annotation is str:
        fits: st.SearchStrategy[Any] = st.sampled_from(TEXTS)
    elif origin is list:
        fits = st.lists(data_of(arguments[0], depth), max_size=2)
    elif origin is dict:
        fits = st.dictionaries(st.sampled_from(["2027", "2028"]), data_of(arguments[1], depth), max_size=2)
    elif type(None) in arguments:
        fits = st.none() | data_of(next(a for a in arguments if a is not type(None)), depth)
    elif issubclass(annotation, Word):
        fits = st.sampled_from([m.value for m in annotation] + list(annotation))
    else:
        fits = entry_of(annotation, depth - 1) if depth else st.just({})
    return st.one_of(fits, fits, fits, fits, fits, fits, fits, WRONG)


def entry_of(cls: type[Node], depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    fields = {
        name: st.deferred(lambda f=field: data_of(f.annotation, depth)) for name, field in cls.model_fields.items()
    }
    keys = st.lists(st.sampled_from([*fields, *fields, *fields, "nonsense"]), max_size=4, unique=True)
    return keys.flatmap(lambda chosen: st.fixed_dictionaries({k: fields.get(k, st.just("x")) for k in chosen}))


def answer(read: Any, cls: type[Node], data: dict[str, Any]) -> Any:
    try:
        return content(read(cls, data))
    except ValueError:  # pydantic's ValidationError is one
        return "refused"


def test_every_kind_of_field_is_known() -> None:
    kinds = set()
    for cls in classes():
        for field in cls.model_fields.values():
            quick._reader(field.annotation)
            kinds.add(get_origin(field.annotation) or UnionType)
    assert len(list(classes())) > 40
    assert kinds == {UnionType, list, dict} or len(kinds) >= 3


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_both_read_the_same_and_refuse_the_same(data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from(sorted(classes(), key=lambda c: c.__name__)))
    given_data = data.draw(entry_of(cls))
    assert answer(quick.read, cls, given_data) == answer(strict.read, cls, given_data)


@settings(max_examples=100, deadline=None)
@given(entry_of(Plan))
def test_both_read_the_same_plan(data: dict[str, Any]) -> None:
    assert answer(quick.read, Plan, data) == answer(strict.read, Plan, data)


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
