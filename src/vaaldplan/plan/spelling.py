"""In which spelling a file is written (Swedish, Swedish without diacritics, English), and what stands in another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from vaaldplan.finding import Path
from vaaldplan.patterns import regex
from vaaldplan.swedish import plain

SPELLINGS = ("sv", "ascii", "en")
"""In this order where a file is undecided."""

_JOINTS = regex(r"[\s_\-\u2013]+")


class Name(NamedTuple):
    """A key or a fixed value of the format where somebody wrote it."""

    path: Path
    text: str
    sv: str
    en: str
    rank: int = -1
    """A key's place in the model's order; -1 for a value."""

    @property
    def as_written(self) -> "Written":
        """What of it tells its spelling."""
        return self[1:4]

    @property
    def is_key(self) -> bool:
        """Whether it is a key, not a value."""
        return self.rank >= 0

    def written(self, spelling: str) -> str:
        """The right way to write it in a spelling."""
        return _written(self.sv, self.en, spelling)


def _written(sv: str, en: str, spelling: str) -> str:
    if spelling == "en":
        return en
    return plain(sv) if spelling == "ascii" else sv


def _form(text: str) -> str:
    return _JOINTS.sub("_", text.strip().casefold())


@lru_cache(4096)
def _fitting(text: str, sv: str, en: str) -> tuple[str, ...]:
    """The spellings that the text can belong to: ``titel`` is Swedish with and without diacritics."""
    return tuple(s for s in SPELLINGS if _form(text) == _form(_written(sv, en, s)))


Written = tuple[str, str, str]
"""What of a ``Name`` tells its spelling: how it is written, its Swedish and its English name."""


def by_file(names: Iterable[Name], home: Callable[[Path], str]) -> dict[str, Counter[Written]]:
    """How often each name is written so, by file; most stand in a plan many times."""
    found: defaultdict[str, Counter[Written]] = defaultdict(Counter)
    for name in names:
        found[home(name.path)][name.as_written] += 1
    return dict(found)


def usual(written: Mapping[Written, int]) -> str:
    """The spelling that most of the names fit."""
    counts = dict.fromkeys(SPELLINGS, 0)
    for (text, sv, en), number in written.items():
        for spelling in _fitting(text, sv, en):
            counts[spelling] += number
    return max(SPELLINGS, key=counts.__getitem__)


def deviating(written: Iterable[Written], spelling: str) -> set[Written]:
    """What is written in another spelling."""
    return {one for one in written if (fits := _fitting(*one)) and spelling not in fits}
