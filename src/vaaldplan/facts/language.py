"""The words that the rules on language know."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from .files import read_file


@cache
def words(section: str) -> dict[str, list[str]]:
    """The lists of words that a rule on language knows. In the file each is one text: long rows are slow to read."""
    lists = word_table(section).items()
    return {name: [word for part in text.split(",") if (word := part.strip())] for name, text in lists}


def word_table(section: str) -> dict[str, Any]:
    """Words of a rule on language and what is said of them: what is better, what else they are called."""
    found: dict[str, Any] = read_file("wording")[section]
    return found


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; ``*`` stands for any ending."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered)
