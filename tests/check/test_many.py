"""Many plans are checked one after the other, and none stays in memory when its turn is over."""

import gc
import weakref
from pathlib import Path
from typing import Any

from conftest import ROOT
from vaaldplan.check import Checked, many
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Report


def test_a_plan_is_let_go_of_when_it_has_been_checked() -> None:
    held: list[weakref.ref[Any]] = []

    def finish(checked: Checked) -> Report:
        assert checked.plan is not None
        held.append(weakref.ref(checked.plan))
        held.extend(map(weakref.ref, checked.document._files.values()))
        return checked.report

    gc.disable()  # what refers to itself would stay for as long as the command runs
    try:
        answer = many.answer(str(ROOT / "examples/alingsas"), stage=None, today=None, finish=finish)
        left = [ref() for ref in held]
    finally:
        gc.enable()
    assert isinstance(answer, Report)
    assert left == [None] * 9  # the plan and the files it was read from


def test_a_plan_that_cannot_be_checked_is_an_answer_too(tmp_path: Path) -> None:
    answer = many.answer(str(tmp_path / "saknas"), stage=None, today=None, finish=None)
    assert isinstance(answer, VaaldplanError)
    assert answer.key == "not-found"
