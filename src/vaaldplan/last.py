"""What was found out of the plan at hand, so that several rooms need not find it out again."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_forgetting: list[Callable[[], object]] = []


def of_last(answer: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Make a function remember what it answered last."""
    remembering = lru_cache(1)(answer)
    _forgetting.append(remembering.cache_clear)
    return remembering


def also(forgets: Callable[[], object]) -> None:
    """Let ``forget`` call something more."""
    _forgetting.append(forgets)


def forget() -> None:
    """Let go of the plan: one that is freed at once leaves its memory, still at hand, to the next of many."""
    for forgets in _forgetting:
        forgets()
