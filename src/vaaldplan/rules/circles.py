"""What leads back to itself: goals that lie under themselves, measures that wait for themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence


def followers(pairs: Iterable[tuple[str | None, Iterable[str]]]) -> dict[str, list[str]]:
    """What each name leads to; entries that bear the same name are taken together."""
    found: dict[str, list[str]] = {}
    for name, following in pairs:
        if name:
            found.setdefault(name, []).extend(following)
    return found


def circles(follows: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The number of the circle that each name stands in: those of the same number lead to each other.

    What stands in no circle has a number of its own. Each step is taken twice (Kosaraju), however long the chains are.
    """
    before: dict[str, list[str]] = {name: [] for name in follows}
    for name, following in follows.items():
        for one in following:
            if one in before:
                before[one].append(name)
    found: dict[str, int] = {}
    for number, last in enumerate(reversed(list(_from_the_end(follows)))):
        waiting = [last]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = number
                waiting += before[name]
    return found


def _from_the_end(follows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names, each after all that it leads to that has not been met on the way."""
    seen: set[str] = set()
    for first in follows:
        if first in seen:
            continue
        seen.add(first)
        way = [(first, iter(follows[first]))]
        while way:
            name, following = way[-1]
            further = next((one for one in following if one in follows and one not in seen), None)
            if further is None:
                yield name
                way.pop()
            else:
                seen.add(further)
                way.append((further, iter(follows[further])))
