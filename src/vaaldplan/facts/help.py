"""What a document for the public opens with: the numbers to call, and a way out of the page."""

from functools import cache
from typing import NamedTuple

from .files import read_file
from .kinds import HelpNumber
from .store import Facts


class Number(NamedTuple):
    """A number to call for help, the same in the whole country."""

    fact: HelpNumber
    name: dict[str, str]
    """What it is for, in the words of the one who calls, by language."""
    text: dict[str, str]


@cache
def help_numbers() -> tuple[Number, ...]:
    """The numbers that a public document opens with, the most urgent first."""
    known = Facts().numbers
    return tuple(
        Number(
            known[row["id"]],
            {lang: row[lang]["name"] for lang in ("sv", "en")},
            {lang: row[lang]["text"] for lang in ("sv", "en")},
        )
        for row in read_file("help")["number"]
    )


def leave() -> str:
    """The address that the way out of a web page leads to."""
    return str(read_file("help")["leave"])
