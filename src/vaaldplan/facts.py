"""Reads what the program knows of the world: ``facts/*.toml``, each with its source and the date it was checked."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "facts"


class Municipality(NamedTuple):
    """A Swedish municipality."""

    code: str
    """SCB's four figures; the first two are the county's."""
    short: str
    """The name alone: ``Alingsås``, ``Lund``."""
    name: str
    """The name with its word: ``Alingsås kommun``, ``Lunds kommun``, ``Malmö stad``."""
    county: str


class Source(NamedTuple):
    """Where a fact stands written."""

    name: str
    url: str
    checked: date


class Wording(NamedTuple):
    """A starter measure in one language."""

    title: str
    description: str
    target: str
    unknown: str
    """What the sources do not tell, and the municipality must find out."""
    method: str = ""
    audience: tuple[str, ...] = ()


class Proof(NamedTuple):
    """What a source says of how well a method is proven; the grade only where the source gives ground for one."""

    grade: str
    text: dict[str, str]
    """By language."""
    source: Source


class Starter(NamedTuple):
    """A measure to begin from. Levels, tiers and other fixed values are the model's English words."""

    id: str
    level: str
    tier: str
    wording: dict[str, Wording]
    """By language."""
    sources: tuple[Source, ...]
    evidence: Proof | None
    violence: tuple[str, ...]
    staff: tuple[str, ...]
    """The groups of staff when the measure is a training, else empty."""
    times_per_year: int | None
    """How often when the measure is directed to residents."""


class Number(NamedTuple):
    """A number to call for help, the same in the whole country."""

    phone: str
    name: dict[str, str]
    """What it is for, by language."""
    text: dict[str, str]
    source: Source


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))


def _full_name(short: str) -> str:
    """``Lund`` → ``Lunds kommun``; a name that ends in a vowel or a hissing sound takes no s."""
    return f"{short}{'' if short[-1] in 'aeiouyåäösxz' else 's'} kommun"


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities in the order of their codes."""
    data = _read("municipalities.toml")
    return tuple(
        Municipality(code, short, data["names"].get(code) or _full_name(short), data["counties"][code[:2]])
        for code, short in data["municipalities"].items()
    )


@cache
def sources() -> dict[str, Source]:
    """The sources by key."""
    data = _read("sources.toml")
    return {key: Source(row["name"], row["url"], data["checked"]) for key, row in data["sources"].items()}


@cache
def starters() -> tuple[Starter, ...]:
    """The starter measures in the order of the nine cells."""
    known = sources()
    return tuple(_starter(row, known) for row in _read("catalogue.toml")["measure"])


def _starter(row: dict[str, Any], known: dict[str, Source]) -> Starter:
    texts = {lang: row[lang] for lang in ("sv", "en")}
    evidence = row.get("evidence")
    return Starter(
        row["id"],
        row["level"],
        row["tier"],
        {lang: Wording(**text | {"audience": tuple(text.get("audience", ()))}) for lang, text in texts.items()},
        tuple(known[key] for key in row["sources"]),
        Proof(evidence.get("grade", ""), {lang: evidence[lang] for lang in texts}, known[evidence["source"]])
        if evidence
        else None,
        tuple(row.get("violence", ())),
        tuple(row.get("training", {}).get("staff", ())),
        row.get("outreach", {}).get("times_per_year"),
    )


@cache
def help_numbers() -> tuple[Number, ...]:
    """The numbers that a public document opens with, the most urgent first."""
    data = _read("help.toml")
    return tuple(
        Number(
            row["phone"],
            {lang: row[lang]["name"] for lang in ("sv", "en")},
            {lang: row[lang]["text"] for lang in ("sv", "en")},
            Source(row["source"], row["url"], data["checked"]),
        )
        for row in data["number"]
    )


@cache
def council_sources() -> tuple[Source, ...]:
    """The laws behind the days around a meeting of the council."""
    data = _read("council.toml")
    return tuple(Source(row["name"], row["url"], data["checked"]) for row in data["sources"].values())


def leave() -> str:
    """The address that the way out of a web page leads to."""
    return str(_read("help.toml")["leave"])
