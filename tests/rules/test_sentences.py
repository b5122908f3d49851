"""How sure the rules on text are is measured, kept, and decides how much they may say."""

import pytest
from precision import JUDGES, NEEDED, figures, kept, measure, sentences, sets, wilson

MEASURED = [(code, name) for code in JUDGES for name in sets(code)]


def test_every_rule_is_measured() -> None:
    assert len(MEASURED) == 10
    assert set(kept()) == set(JUDGES)


@pytest.mark.parametrize(("code", "name"), MEASURED)
def test_there_are_enough_sentences(code: str, name: str) -> None:
    wrong, right = sentences(code, name)
    assert len(wrong) >= 100
    assert len(right) >= 100
    assert len({*wrong, *right}) == len(wrong) + len(right)


@pytest.mark.parametrize(("code", "name"), MEASURED)
def test_the_kept_figures_are_those_of_a_fresh_run(code: str, name: str) -> None:
    rows = kept()[code]
    assert measure(code, name).row() == figures(rows.get(f"{name}_later", rows[name]))


@pytest.mark.parametrize("code", JUDGES)
def test_what_is_not_sure_is_advice(code: str) -> None:
    """The last measurement on sentences that nobody had seen decides what may be more than advice."""
    unseen = kept()[code][sets(code)[-1]]["kinds"]
    sure = {kind: pair for kind, pair in unseen.items() if kind not in JUDGES[code].advice}
    wrong, right = (sum(pair[i] for pair in sure.values()) for i in (0, 1))
    assert wrong > 20
    assert (wrong / (wrong + right) >= NEEDED) != JUDGES[code].only_advice
    unsure = {kind for kind, (wrong, right) in sure.items() if wrong / (wrong + right) < NEEDED}
    assert not unsure or JUDGES[code].only_advice


def test_the_interval_is_wilsons() -> None:
    share, low, high = wilson(95, 100)
    assert (round(share, 3), round(low, 3), round(high, 3)) == (0.95, 0.888, 0.978)
    assert wilson(0, 0) == (0.0, 0.0, 1.0)
