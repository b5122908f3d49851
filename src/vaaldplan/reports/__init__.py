"""Ways to write what was found: for people, and for other programs. One entry in the table for each."""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from vaaldplan.finding import Report
from vaaldplan.texts.catalogue import Catalogue


class Look(NamedTuple):
    """How a report may look where it is shown."""

    width: int = 80
    """Columns."""
    colour: bool = False


PLAIN = Look()


class Format(NamedTuple):
    """A way to write reports."""

    module: str
    """Where its ``write(reports, say, look)`` stands."""
    ending: str
    """How its file ends when several are written to one folder; no two alike."""


FORMATS = {
    "terminal": Format("terminal", "txt"),
    "text": Format("terminal", "text.txt"),
    "json": Format("machine", "json"),
    "sarif": Format("sarif", "sarif"),
    "github": Format("github", "github.txt"),
    "gitlab": Format("gitlab", "gitlab.json"),
    "junit": Format("junit", "junit.xml"),
    "markdown": Format("readiness", "md"),
    "html": Format("page", "html"),
}


def write(form: str, reports: Iterable[Report], say: Catalogue, look: Look = PLAIN) -> str:
    """The reports of one run, one for each plan, in one of ``FORMATS``; the terminal's can do with one at a time."""
    module = import_module(f"vaaldplan.reports.{FORMATS[form].module}")
    text: str = module.write(reports if form == "terminal" else list(reports), say, look)
    return text
