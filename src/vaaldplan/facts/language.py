"""The words that the rules on language know."""

import re
from collections.abc import Iterable
from typing import Any

from .files import read_file


def words(section: str) -> dict[str, Any]:
    """The words that a rule on language knows: lists, or tables of words and what is better."""
    found: dict[str, Any] = read_file("wording")[section]
    return found


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; ``*`` stands for any ending."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered)
