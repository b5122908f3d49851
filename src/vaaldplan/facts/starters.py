"""Starter measures: what a new plan can begin from, with what the sources say of how well it is proven."""

from functools import cache
from typing import Any, NamedTuple

from .files import Source, read_file, sources


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


@cache
def starters() -> tuple[Starter, ...]:
    """The starter measures in the order of the nine cells."""
    known = sources()
    return tuple(_starter(row, known) for row in read_file("catalogue")["measure"])


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
