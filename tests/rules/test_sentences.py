"""How sure the rules on text are is measured, kept, and decides how much they may say."""

import pytest
from precision import JUDGES, NEEDED, figures, kept, measure, sentences, wilson


@pytest.mark.parametrize("code", JUDGES)
def test_there_are_enough_sentences(code: str) -> None:
    wrong, right = sentences(code)
    assert len(wrong) >= 100
    assert len(right) >= 100
    assert len({*wrong, *right}) == len(wrong) + len(right)


@pytest.mark.parametrize("code", JUDGES)
def test_the_kept_figures_are_those_of_a_fresh_run(code: str) -> None:
    rows = kept()[code]
    assert measure(code).row() == figures(rows.get("later", rows["first"]))


@pytest.mark.parametrize("code", JUDGES)
def test_what_is_not_sure_is_advice(code: str) -> None:
    found = measure(code)
    assert found.precision[0] >= NEEDED
    sure = {kind: pair for kind, pair in found.kinds.items() if kind not in JUDGES[code].advice}
    assert sure
    for kind, (wrong, right) in sure.items():
        assert wrong / (wrong + right) >= NEEDED, kind


def test_the_interval_is_wilsons() -> None:
    share, low, high = wilson(95, 100)
    assert (round(share, 3), round(low, 3), round(high, 3)) == (0.95, 0.888, 0.978)
    assert wilson(0, 0) == (0.0, 0.0, 1.0)
