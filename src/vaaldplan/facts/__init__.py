"""What the program knows of the world: ``facts/*.toml``, each row with its source and the date it was checked.

A municipality adds rows, or corrects rows by their id, in ``fakta.toml`` beside the plan: ``read(folder)``.
"""

from .council import council_sources
from .files import Source, sources
from .help import help_numbers, leave
from .kinds import Article, Both, Fact, Goal, Grant, HelpNumber, Law, Strategy, Target
from .language import either, word_table, words
from .places import Municipality, municipalities, municipality_source
from .starters import Proof, Starter, starters
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
    "Municipality",
    "Proof",
    "Source",
    "Starter",
    "Strategy",
    "Target",
    "council_sources",
    "either",
    "help_numbers",
    "leave",
    "municipalities",
    "municipality_source",
    "read",
    "sources",
    "starters",
    "word_table",
    "words",
]
