"""What the program knows of the world: ``facts/*.toml``, each row with its source and the date it was checked.

A municipality adds rows, or corrects rows by their id, in ``fakta.toml`` beside the plan: ``read(folder)``.

What a check does without is asked for in its own module: ``starters``, ``places``, ``council`` and ``help``.
"""

from .files import Source, sources
from .kinds import Article, Both, Fact, Goal, Grant, HelpNumber, Law, Strategy, Target
from .language import either, word_table, words
from .store import FILE, KINDS, Facts, Fault, read

__all__ = [
    "FILE",
    "KINDS",
    "Article",
    "Both",
    "Fact",
    "Facts",
    "Fault",
    "Goal",
    "Grant",
    "HelpNumber",
    "Law",
    "Source",
    "Strategy",
    "Target",
    "either",
    "read",
    "sources",
    "word_table",
    "words",
]
