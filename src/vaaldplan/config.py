"""The municipality's own settings: ``vaaldplan.toml`` beside the plan. Every key has a Swedish and an English name.

What is wrong with the file is a finding in it, and the setting then counts as not given.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from vaaldplan import bounds, tables
from vaaldplan.finding import Finding, Severity, Span
from vaaldplan.look import Look

FILE = "vaaldplan.toml"
FORMATS = ("html", "pdf", "docx", "md")
"""The formats of the documents, in the order they are written."""
STANDARDS = ("a-2a", "a-3a")
"""The standards for archives that a PDF can follow; the first is the usual one, the second lets files travel inside."""


NAME_FIELDS = {
    "diarienummer": "case_number", "dokument": "document", "titel": "title", "status": "status", "datum": "date",
    "version": "version",
}  # fmt: skip
"""What may stand in braces in the pattern of the files' names, in Swedish, and its English name."""


CALENDAR = {
    "styrelse": "board", "arbetsutskott": "select_committee", "facklig": "unions",
    "handlingar_fullmäktige": "papers_council", "handlingar_styrelse": "papers_board",
    "handlingar_arbetsutskott": "papers_select_committee",
}  # fmt: skip
"""What the table of the calendar may hold, in Swedish, and its English name: days before the meeting that follows."""
LONGEST_WAIT = 366


CHAPTERS = {
    "uppdrag": "mandate", "avgränsning": "scope", "gränsdragning": "boundary", "lägesbild": "situation",
    "vision": "vision", "mål": "goals", "rutor": "cells", "tidslinje": "timeline", "ekonomi": "economy",
    "organisation": "organisation", "samverkan": "partnerships", "uppföljning": "follow_up", "risker": "risks",
    "konsekvenser": "consequences", "kontakt": "contacts",
}  # fmt: skip
"""The chapters that can be put in another order, in Swedish, and the English name of each."""
OWN_CHAPTER = "chapter:"
"""What stands before the id of a chapter of the plan's own; in Swedish ``kapitel:``."""


class Settings(NamedTuple):
    """What a command uses when no option says otherwise; empty where the file says nothing."""

    output: str = ""
    """The folder of the built documents, relative to the plan's."""
    formats: tuple[str, ...] = ()
    pdf: str = ""
    """Which of ``STANDARDS`` the PDF files follow."""
    fail_on: str = ""
    """From which severity ``check`` fails: ``error``, ``warning`` or ``advice``."""
    baseline: str = ""
    """The file of findings that are known already, relative to the plan's folder."""
    deciding_bodies: Mapping[str, str] = MappingProxyType({})
    """Who decides on a type of document: ``{"handlingsplan": "kommunfullmäktige"}``."""
    forbidden: tuple[str, ...] = ()
    """Words that may not stand in a plan."""
    limits: Mapping[str, float] = MappingProxyType({})
    """Own limits, by the code of the rule."""
    file_name: str = ""
    """A pattern for the names of the documents' files, with the English names of ``NAME_FIELDS`` in braces."""
    look: Look = Look()
    """The municipality's own colours, logotype, fonts and Word template."""
    cover: tuple[tuple[str, str], ...] = ()
    """The rows of the cover's table in order, by the names of ``look.COVER``, and the labels that are not the usual."""
    calendar: Mapping[str, float] = MappingProxyType({})
    """How many days before a meeting something is due, by the English names of ``CALENDAR``."""
    chapters: tuple[str, ...] = ()
    """The chapters that come first, by the English names of ``CHAPTERS`` or as ``chapter:ID``; then the others."""
    headings: Mapping[str, str] = MappingProxyType({})
    """Own headings of chapters, by the usual ones in small letters."""


class Read(NamedTuple):
    """The settings of a plan's folder, and what is wrong with them."""

    settings: Settings
    findings: tuple[Finding, ...] = ()
    shown: str = FILE
    """The file's name as shown."""
    text: str = ""

    def span(self, key: str, field: str) -> Span:
        """Where a key stands in the table of a field of ``Settings``; the table when it has no such key."""
        return _span(self.text, self.shown, key, [name for name, known in _FIELD.items() if known == field])


class _WrongError(Exception):
    """A value that cannot be used: the variant of the finding."""


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError("text")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and not value:
        raise _WrongError("list")
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if _text(value) not in allowed:
            raise _WrongError("choice", ", ".join(allowed))
        return _text(value)

    return read


def _formats(value: Any) -> tuple[str, ...]:
    return tuple(_one_of(*FORMATS)(one) for one in _texts(value))


def _days(value: Any) -> dict[str, float]:
    """The municipality's own days before each meeting, by their English names."""
    known = {key: en for sv, en in CALENDAR.items() for key in (sv, sv.translate(_ASCII), en)}
    found: dict[str, float] = _table(_number, str.casefold)(value)
    if not found.keys() <= known.keys() or max(found.values(), default=0) > LONGEST_WAIT:
        raise _WrongError("calendar", ", ".join(CALENDAR))
    return {known[key]: days for key, days in found.items()}


def _chapters(value: Any) -> tuple[str, ...]:
    """The chapters' order by their English names, the plan's own as ``chapter:ID``."""
    known = {key: en for sv, en in CHAPTERS.items() for key in (sv, sv.translate(_ASCII), en)}
    found = []
    for text in _texts(value):
        kind, colon, name = text.partition(":")
        own = colon and kind.casefold() in ("kapitel", "chapter") and name.strip()
        if not own and text.casefold() not in known:
            raise _WrongError("choice", ", ".join([*CHAPTERS, "kapitel:ID"]))
        found.append(f"{OWN_CHAPTER}{name.strip()}" if own else known[text.casefold()])
    return tuple(dict.fromkeys(found))


def _pattern(value: Any) -> str:
    """A pattern for names of files, its fields by their English names."""
    from string import Formatter

    known = NAME_FIELDS | {name: name for name in NAME_FIELDS.values()}
    try:
        parts = list(Formatter().parse(_text(value)))
    except ValueError:
        raise _WrongError("pattern", ", ".join(NAME_FIELDS)) from None
    if any(field is not None and (field not in known or form or sign) for _, field, form, sign in parts):
        raise _WrongError("pattern", ", ".join(NAME_FIELDS))
    return "".join(
        text.replace("{", "{{").replace("}", "}}") + (f"{{{known[field]}}}" if field else "")
        for text, field, *_ in parts
    )


def _inside(value: Any) -> str:
    """A path below the plan's folder, however it is written on Windows."""
    path = Path(_text(value).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", str(path)):
        raise _WrongError("outside")
    return _text(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise _WrongError("number")
    return value


def _table(read: Callable[[Any], Any], key: Callable[[str], str]) -> Callable[[Any], Any]:
    def each(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _WrongError("table")
        return {key(name): read(held) for name, held in value.items()}

    return each


def _whole(value: Any) -> Any:
    """A table that ``look`` reads, with the plan's folder at hand."""
    return value


_ASCII = str.maketrans("åäö", "aao")

_SETTINGS: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "output": ("mapp", "output", _inside),
    "formats": ("format", "formats", _formats),
    "pdf": ("pdf", "pdf", _one_of(*STANDARDS)),
    "file_name": ("filnamn", "file_name", _pattern),
    "calendar": ("kalender", "calendar", _days),
    "chapters": ("kapitelordning", "chapter_order", _chapters),
    "headings": ("rubriker", "headings", _table(_text, str.casefold)),
    "fail_on": ("misslyckas_vid", "fail_on", _one_of("error", "warning", "advice")),
    "baseline": ("baslinje", "baseline", _inside),
    "deciding_bodies": ("beslutas_av", "decided_by", _table(_text, str.casefold)),
    "forbidden": ("förbjudna_ord", "forbidden_words", _texts),
    "limits": ("gränser", "limits", _table(_number, str.upper)),
    "look": ("utseende", "look", _whole),
    "cover": ("omslag", "cover", _whole),
}
"""Field of ``Settings`` → its Swedish and its English key, and what reads the value."""
_FIELD = {key: field for field, (sv, en, _) in _SETTINGS.items() for key in (sv, sv.translate(_ASCII), en)}


def read(folder: Path, shown: str = FILE) -> Read:
    """Read the settings of a plan's folder; a folder without the file has none.

    Args:
        folder: the plan's folder.
        shown: the name to show for the file.
    """
    try:
        text = bounds.text(folder / FILE, tables.LARGEST, inside=folder)
    except FileNotFoundError:
        return Read(Settings(), (), shown)
    except (OSError, UnicodeDecodeError) as error:
        kind = bounds.variant(error, "closed")
        return Read(Settings(), (_finding("X01", kind, Span(shown, 1, 1, 1, 1), ""),), shown)
    return written(text, folder, shown)


def written(text: str, folder: Path, shown: str = FILE) -> Read:
    """What the text of such a file sets; the files that it names are looked for in the folder."""
    try:
        data = tables.parse(text)
    except tables.UnreadableError as error:
        return Read(Settings(), (_finding("X01", "", _at(shown, error.place), text),), shown, text)
    found: dict[str, Any] = {}
    findings = []
    nearest = tables.Nearest()
    for key, value in data.items():
        if key not in _FIELD:
            params: dict[str, Any] = {"key": key, "allowed": ", ".join(sv for sv, *_ in _SETTINGS.values())}
            near = nearest(key, _FIELD)
            variant = "suggestion" if near else ""
            findings.append(_finding("X02", variant, _span(text, shown, key), text, suggestion=near, **params))
            continue
        field = _FIELD[key]
        if field in ("look", "cover"):
            from vaaldplan.look import settings as own

            found[field], faults = own.look(value, folder, key) if field == "look" else own.cover(value, key)
            for fault in faults:
                at = _at(shown, tables.place_of(text, fault.key))
                findings.append(_finding(fault.code, fault.variant, at, text, fault.severity, **fault.params))
            continue
        try:
            found[field] = _SETTINGS[field][2](value)
        except _WrongError as wrong:
            variant, *allowed = wrong.args
            at = _span(text, shown, key)
            findings.append(_finding("X03", variant, at, text, key=key, allowed="".join(allowed)))
    return Read(Settings(**found), tuple(findings), shown, text)


def _finding(
    code: str, variant: str, span: Span, text: str, severity: Severity = Severity.ERROR, **params: Any
) -> Finding:
    lines = tables.lines(text)
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    return Finding(code, severity, (), params, variant, span=span, line=line)


def _span(text: str, shown: str, key: str, names: Sequence[str] = ()) -> Span:
    return _at(shown, tables.place(text, key, names))


def _at(shown: str, place: tables.Place) -> Span:
    return Span(shown, place.line, place.column, place.line, place.end)
