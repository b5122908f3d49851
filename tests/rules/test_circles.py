"""What leads back to itself is found in as many steps as there are links, however long the chains are."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from vaaldplan.plan.load import load
from vaaldplan.rules.circles import circles
from vaaldplan.rules.goals import chain_broken
from vaaldplan.rules.measures import dependency_impossible

NAMES = "abcdef"


def reached(follows: dict[str, list[str]], start: str) -> set[str]:
    """All that can be reached from a name by at least one step."""
    found: set[str] = set()
    waiting = list(follows[start])
    while waiting:
        name = waiting.pop()
        if name in follows and name not in found:
            found.add(name)
            waiting += follows[name]
    return found


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4)))
def test_names_in_one_circle_are_those_that_lead_to_each_other(follows: dict[str, list[str]]) -> None:
    circle = circles(follows)
    assert circle.keys() == follows.keys()
    for one in follows:
        for other in follows:
            together = other in reached(follows, one) and one in reached(follows, other)
            assert (circle[one] == circle[other]) == (one == other or together)


class Counted(list[str]):
    """A list that counts how often one of its names is looked at."""

    looks = 0

    def __iter__(self) -> Iterator[str]:
        for one in super().__iter__():
            Counted.looks += 1
            yield one


def test_each_link_is_looked_at_twice() -> None:
    long = 20_000
    follows = {str(n): Counted([str(n + 1), str(n // 2)]) for n in range(long)}
    Counted.looks = 0
    assert len(set(circles(follows).values())) < long
    assert Counted.looks == 2 * 2 * long


def test_goals_and_measures_in_a_long_row_are_judged() -> None:
    """One chain of so many took minutes when it was followed from each of its entries."""
    long = 20_000
    goals = [{"id": f"M{n}", "titel": "Fler söker stöd", "under": f"M{n + 1}"} for n in range(long)]
    measures = [{"id": f"A{n}", "titel": "Utbilda", "beror_på": [f"A{n + 1}"]} for n in range(long)]
    plan = load({"mål": goals, "åtgärder": measures}).plan
    assert not [found for found in chain_broken(plan) if found.variant == "cycle"]
    assert not list(dependency_impossible(plan))
    goals[-1]["under"], measures[-1]["beror_på"] = "M0", ["A0"]
    plan = load({"mål": goals, "åtgärder": measures}).plan
    assert len([found for found in chain_broken(plan) if found.variant == "cycle"]) == long
    assert len(list(dependency_impossible(plan))) == long
