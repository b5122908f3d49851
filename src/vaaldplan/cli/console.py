"""What the commands share when they speak: the language of the run, choices, errors, and printing a report."""

import os
import sys
from datetime import date
from typing import TextIO

from vaaldplan import reports, screen
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Report
from vaaldplan.reports import Look
from vaaldplan.texts.catalogue import Catalogue, catalogue

FALLBACK = "sv"


class Language:
    """The catalogue of this run; the help texts of the commands are keys looked up in it."""

    say: Catalogue = catalogue(FALLBACK)


def misused(key: str, name: str, candidates: list[str]) -> None:
    """Refuse a name that does not exist, with the one it is most like.

    Raises:
        VaaldplanError: always.
    """
    from difflib import get_close_matches

    near = get_close_matches(name, candidates, n=1)
    suffix = {"suggestion": near[0]} if near else {}
    raise VaaldplanError(f"usage.{key}{'_suggestion' if near else ''}", Exit.USAGE, name=name, **suffix)


def choice(option: str, value: str, allowed: list[str], also: tuple[str, ...] = ()) -> str:
    """The value of an option that must be one of some words.

    Raises:
        VaaldplanError: it is none of them.
    """
    if value not in allowed and value not in also:
        raise VaaldplanError("usage.choice", Exit.USAGE, name=option, value=value, allowed=", ".join(allowed))
    return value


def choices(option: str, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The values of an option that takes several words with commas between."""
    return tuple(choice(option, part.strip(), list(allowed)) for part in text.split(",") if part.strip())


def day(option: str, text: str) -> date:
    """The day of the run: today, unless an option gives another.

    Raises:
        VaaldplanError: it is no date.
    """
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise VaaldplanError("usage.date", Exit.USAGE, name=option, value=text) from error


def look() -> Look:
    """How a report may look on this terminal."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(screen.columns(), colour)


def print_report(report: Report) -> None:
    """Print what was found in one plan."""
    sys.stdout.write(reports.write("terminal", [report], Language.say, look()))


def folded(text: str, stream: TextIO) -> str:
    """A text folded between words for a terminal; for a file or another program it stays as it is."""
    width = screen.columns()
    if len(text) <= width or not stream.isatty():
        return text
    from textwrap import fill

    return fill(text, width, break_long_words=False, break_on_hyphens=False)


def warn(text: str) -> None:
    """Print a line where errors go."""
    sys.stderr.write(folded(text, sys.stderr) + "\n")


def explain(error: VaaldplanError) -> None:
    """Put an error into words where errors go."""
    warn(f"{Language.say.label('cli.error')} {Language.say.error(error)}")


def tell(text: str) -> None:
    """Print a line at once, so that it stands in order with what is written where errors go."""
    sys.stdout.write(folded(text, sys.stdout) + "\n")
    sys.stdout.flush()
