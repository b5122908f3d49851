"""What is fuzzed takes its seeds, and whatever once broke it; ``fuzz/run.py`` finds more."""

from pathlib import Path

import pytest

import targets
import whole
from conftest import ROOT

TARGETS = {**targets.TARGETS, **whole.TARGETS}
CASES = [(name, path) for name in TARGETS for path in targets.seeds(name)]


@pytest.mark.parametrize(("name", "path"), CASES, ids=[f"{name}-{path.name}" for name, path in CASES])
def test_an_input_breaks_nothing(name: str, path: Path) -> None:
    TARGETS[name](path.read_bytes())


def test_every_input_is_given() -> None:
    held = [p for folder in ("seeds", "crashes") for p in (ROOT / "fuzz" / folder).rglob("*") if p.is_file()]
    assert len(CASES) == len(held) >= 48
    assert {name for name, _ in CASES} == TARGETS.keys()
