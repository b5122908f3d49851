"""Every rule runs on every half-written plan: cut after each line, with a field missing, with a value of the wrong kind.

Loading a whole plan takes longer than judging it, so what a case does not touch is loaded once: the entry that is
touched is loaded by itself and put in its place. Samples of both tests are loaded whole, and must be the same plan.
"""

import gc
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from edits import TAKEN, replaced

from conftest import ROOT
from vaaldplan import source
from vaaldplan.finding import Path
from vaaldplan.plan.load import INLINE, REGISTERS, ids, load
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Open
from vaaldplan.plan.vocabulary import names, normal, same_key
from vaaldplan.rules import registry
from vaaldplan.source.files import NODES
from vaaldplan.source.marks import Marks
from vaaldplan.source.parts import NAMING
from vaaldplan.source.reading import load_file
from vaaldplan.source.text import File

FOLDER = ROOT / "examples/alingsas"
MAIN = FOLDER / "plan.yaml"
PARTS = {"individ.yaml": "åtgärder", "organisation.yaml": "åtgärder", "samhalle.yaml": "åtgärder"} | {
    f"{name}.yaml": key
    for name, key in (("kapitel", "kapitel"), ("definitioner", "definitioner"), ("indikatorer", "indikatorer"), ("aktorer", "aktörer"))
}  # fmt: skip
TODAY = date(2026, 11, 27)
SAMPLE = 97
"""Every so manieth case is loaded whole as well."""


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    """Thousands of plans are loaded; what they leave behind is collected at the end."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def whole() -> dict[str, Any]:
    """The example's plain data."""
    data = source.read(MAIN, same_key=same_key).data
    assert data is not None
    return data


def field_of(key: str) -> str:
    return names(Plan).identifiers[normal(key)]


def changed(plan: Plan, opened: dict[str, Open], fields: dict[str, Any]) -> Plan:
    """The plan with other values in some fields, and other fields left open."""
    other = Plan(**{name: fields.get(name, getattr(plan, name)) for name in Plan.model_fields})
    other.locate((), plan._written, opened)
    return other


def grafted(plan: Plan, fresh: Plan, *fields: str) -> Plan:
    """The plan with some of its fields taken from another."""
    opened = {field: said for field, said in plan.opens() if field not in fields}
    taken = adopted(plan, fresh) | {field: getattr(fresh, field) for field in fields}
    return changed(plan, opened | dict(fresh.opens()), taken)


def adopted(plan: Plan, fresh: Plan) -> dict[str, list[Any]]:
    """The registers with what was written in the place of a reference."""
    return {name: [*getattr(plan, name), *new] for name in REGISTERS if (new := getattr(fresh, name, None))}


def judge(plan: Plan) -> None:
    """Run every rule."""
    for _ in registry.run(registry.Context(plan, today=TODAY)):
        pass


def told(value: Any) -> Any:
    """All that a plan holds, and what is left open in it; not where things stand."""
    if isinstance(value, Node):
        held = {name: told(getattr(value, name)) for name in type(value).model_fields}
        return held, {name: said.kind for name, said in value.opens()}
    if isinstance(value, dict):
        return {key: told(below) for key, below in value.items()}
    return [told(below) for below in value] if isinstance(value, list) else value


def agrees(plan: Plan, data: dict[str, Any]) -> bool:
    """Whether the plan is the one that loading all of it gives; the ids that loading makes up differ."""
    full = load(data).plan
    made_up = any(name.startswith(INLINE) for register in REGISTERS for name in ids(full, register))
    return made_up or told(plan) == told(full)


class Broken(list[str]):
    """The cases in which something was raised."""

    def run(self, case: object, plan: Plan) -> None:
        try:
            judge(plan)
        except Exception as error:  # whatever it is
            self.append(f"{case}: {error!r}")


# ------------------------------------------------------------------ cut after each line


class Cut(NamedTuple):
    """A plan of which one file ends after one of its lines."""

    case: str
    plan: Plan
    touched: Plan
    """Only the entry that ends early."""
    data: dict[str, Any]
    ending: tuple[str, ...]
    """The field it ends in; by which a plan is judged whole once, and its last entry always."""


def cuts(name: str) -> Iterator[tuple[int, Any]]:
    """A file's data when it ends after each of its lines, ``None`` where the rest cannot be read."""
    raw = (FOLDER / name).read_bytes()
    lines = raw.splitlines(keepends=True)
    end = 0
    for number, line in enumerate(lines, 1):
        end += len(line)
        yield number, load_file(File(name, raw[:end]), Marks(), NODES).data


def cut_parts(data: dict[str, Any], plan: Plan) -> Iterator[Cut]:
    """Each part cut after each line."""
    for name, key in PARTS.items():
        full = load_file(File(name, (FOLDER / name).read_bytes()), Marks(), NODES).data[key]
        start = next(i for i, entry in enumerate(data[key]) if entry == full[0])
        field = field_of(key)
        nodes = getattr(plan, field)
        before, own, after = nodes[:start], nodes[start : start + len(full)], nodes[start + len(full) :]
        rest = data[key][:start], data[key][start + len(full) :]
        for number, cut in cuts(name):
            entries = cut.get(key) if isinstance(cut, dict) else None
            entries = entries if isinstance(entries, list) else []
            same = next((i for i, entry in enumerate(entries) if entry != full[i]), len(entries))
            touched = load({key: entries[same:]}).plan
            nodes = [*before, *own[:same], *getattr(touched, field), *after]
            yield Cut(
                f"{name}:{number}",
                changed(plan, plan._open, {field: nodes}),
                touched,
                {**data, key: [*rest[0], *entries, *rest[1]]},
                ending({key: entries}),
            )


def cut_main(data: dict[str, Any], plan: Plan) -> Iterator[Cut]:
    """The main file cut after each line, its parts as far as it still names them."""
    full = load_file(File(MAIN.name, MAIN.read_bytes()), Marks(), NODES).data
    for number, cut in cuts(MAIN.name):
        kept = cut if isinstance(cut, dict) else {}
        loaded: dict[str, Any] = dict.fromkeys(full.keys() - kept.keys())
        joined = {}
        for key, value in kept.items():
            named = isinstance(value, dict) and value.keys() & set(NAMING)
            joined[key] = data[key] if named else value
            if not named and value != full[key]:
                loaded[key] = value
        touched = load(loaded).plan
        yield Cut(
            f"{MAIN.name}:{number}", grafted(plan, touched, *map(field_of, loaded)), touched, joined, ending(kept)
        )


def ending(value: Any) -> tuple[str, ...]:
    """In which field the data ends: the same for all measures."""
    if isinstance(value, dict) and value:
        key = next(reversed(value))
        return (key, *ending(value[key]))
    return ("*", *ending(value[-1])) if isinstance(value, list) and value else ()


def test_a_plan_cut_after_any_line_is_judged() -> None:
    data = whole()
    plan = load(data).plan
    broken, cases, seen, differing = Broken(), 0, set(), []
    for walked in (cut_main, cut_parts):
        for cut in walked(data, plan):
            cases += 1
            broken.run(cut.case, cut.touched)
            if cut.ending not in seen:
                broken.run(cut.case, cut.plan)
                seen.add(cut.ending)
            if cases % SAMPLE == 0 and not agrees(cut.plan, cut.data):
                differing.append(cut.case)
    assert broken == []
    assert differing == []
    lines = sum(len(path.read_bytes().splitlines()) for path in FOLDER.glob("*.yaml"))
    assert cases == lines
    assert lines > 2600
    assert len(seen) > 300


# ------------------------------------------------------------------ a field missing, or of the wrong kind

WRONG: dict[str, Any] = {
    "taken away": TAKEN,
    "nothing": None,
    "a text": "en text utan mening",
    "a figure": "7",
    "a list": ["ett", "två"],
    "an empty list": [],
    "a mapping": {"något": "annat"},
    "unknown": {"okänt": "tas fram senare"},
    "disputed": {"uppgifter": [{"värde": "1", "källa": "den ena"}, {"värde": "2", "källa": "den andra"}]},
}
"""What stands in place of a value. Plain data has no numbers: a figure is a text until the model reads it."""


TELLING = ("taken away", "unknown")
"""With these the plan is judged whole, with the others only the entry that holds the value."""


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The place of every field and of every entry of a list."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in steps:
        yield (*path, step)
        yield from places(below, (*path, step))


def kinds(data: dict[str, Any]) -> dict[Path, list[Path]]:
    """The places by kind: the same field of all measures is one kind."""
    found: dict[Path, list[Path]] = {}
    for path in places(data):
        found.setdefault(tuple("*" if isinstance(step, int) else step for step in path), []).append(path)
    return found


def put(plan: Plan, data: dict[str, Any], path: Path, by: Any) -> tuple[Plan, Plan]:
    """The plan with something else at a path, and only the entry that holds it, which alone is loaded anew."""
    key, *rest = path
    assert isinstance(key, str)
    field = field_of(key)
    if len(rest) > 1 and isinstance(rest[0], int):
        fresh = load({key: [replaced(data[key][rest[0]], tuple(rest[1:]), by)]}).plan
        nodes = list(getattr(plan, field))
        nodes[rest[0] : rest[0] + 1] = getattr(fresh, field)
        return changed(plan, plan._open, adopted(plan, fresh) | {field: nodes}), fresh
    value = replaced(data[key], tuple(rest), by)
    fresh = load({key: None if value is TAKEN else value}).plan
    return grafted(plan, fresh, field), fresh


def thinned(data: dict[str, Any]) -> dict[str, Any]:
    """The data with only those entries of its lists that are the first to have some field."""
    first = {paths[0][:2] for paths in kinds(data).values()}
    return {
        key: [entry for i, entry in enumerate(value) if (key, i) in first] if isinstance(value, list) else value
        for key, value in data.items()
    }


def test_a_plan_with_any_field_wrong_is_judged() -> None:
    data = thinned(whole())
    assert kinds(data).keys() == kinds(whole()).keys()
    plan = load(data).plan
    broken, cases, judged, differing = Broken(), 0, 0, []
    for kind, paths in kinds(data).items():
        seen: list[Any] = []
        for word, by in WRONG.items():
            full, touched = put(plan, data, paths[0], by)
            cases += 1
            if cases % SAMPLE == 0 and not agrees(full, replaced(data, paths[0], by)):
                differing.append((kind, word))
            if (now := told(touched)) not in seen:
                broken.run((kind, word), touched)
                if word in TELLING:
                    broken.run((kind, word), full)
                judged += 1
                seen.append(now)
    assert broken == []
    assert differing == []
    assert cases > 3900
    assert judged > 1900


def test_a_plan_without_some_field_anywhere_is_judged() -> None:
    data = whole()
    plan = load(data).plan
    broken, cases, taken = Broken(), 0, 0
    for kind, paths in kinds(data).items():
        if len(paths) < 2 or kind[-1] == "*":
            continue
        key, field = str(kind[0]), field_of(str(kind[0]))
        value = data[key]
        for path in paths:
            value = replaced(value, path[1:], TAKEN)
        broken.run(kind, grafted(plan, load({key: value}).plan, field))
        cases += 1
        taken += len(paths)
    assert broken == []
    assert cases > 200
    assert taken > 2900
