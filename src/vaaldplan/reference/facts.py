"""What the program knows of the world, for people and for programs: each fact with its source and its age."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from vaaldplan import __version__, facts
from vaaldplan.facts import KINDS, Fact, Facts, Source
from vaaldplan.facts.places import municipalities, municipality_source
from vaaldplan.facts.starters import Proof, starters
from vaaldplan.texts.catalogue import Catalogue

from .columns import filled, rows

OLD_AFTER_DAYS = 365
_MORE = {"municipalities": "kommuner", "programmes": "program"}
NAMES = {kind: sv for kind, (sv, _) in KINDS.items()} | _MORE
"""The kinds: the English name → the Swedish one."""


class Entry(NamedTuple):
    """A fact in words."""

    id: str
    name: str
    source: Source
    valid_from: str = ""
    valid_until: str = ""
    notes: tuple[str, ...] = ()
    """What more there is to say of it, a sentence or a phrase each."""
    own: bool = False
    """Whether the municipality itself has stated or corrected it."""


def kinds() -> dict[str, str]:
    """Every name of a kind, in both languages and without diacritics → the kind."""
    plain = str.maketrans("åäö", "aao")
    return {name: kind for kind, sv in NAMES.items() for name in (sv, sv.translate(plain), kind)}


def entries(kind: str, known: Facts, say: Catalogue) -> list[Entry]:
    """The facts of a kind."""
    if kind == "municipalities":
        source = municipality_source()
        return [Entry(m.code, m.name, source, notes=(m.county,)) for m in municipalities()]
    if kind == "programmes":
        return list(_programmes(say))
    return [
        Entry(
            fact.id,
            say.word(fact.name),
            known.source(fact),
            fact.valid_from,
            fact.valid_until,
            tuple(_notes(fact, known, say)),
            known.own(kind, fact.id),
        )
        for fact in known.of(kind).values()
    ]


def _programmes(say: Catalogue) -> Iterator[Entry]:
    """The starter measures that name a method, and what a source says of how well it is proven."""
    for one in starters():
        words = one.wording[say.language]
        if not words.method:
            continue
        proof = one.evidence
        said = _proof(proof, say) if proof else say.label("facts.unproven")
        yield Entry(one.id, words.method, proof.source if proof else one.sources[0], notes=(said,))


def _proof(proof: Proof, say: Catalogue) -> str:
    grade = say.label(f"value.EvidenceGrade.{proof.grade}") if proof.grade else ""
    return ": ".join(part for part in (grade, proof.text[say.language]) if part)


def _notes(fact: Fact, known: Facts, say: Catalogue) -> Iterator[str]:
    match fact:
        case facts.Law():
            if fact.successor:
                follower = known.successor(fact)
                yield say.label("facts.successor", law=follower.id if follower else fact.successor)
        case facts.Target() | facts.HelpNumber() if fact.needed:
            yield say.label("facts.needed")
        case facts.Article() if fact.municipal:
            yield say.label("facts.municipal")
        case facts.Grant():
            to = ", ".join(say.label(f"facts.to.{one.replace(' ', '_')}") for one in fact.recipients)
            yield say.label("facts.given", giver=fact.giver, to=to)
            if fact.years:
                yield say.label("facts.years", years=", ".join(map(str, fact.years)))
            if fact.apply_by:
                yield say.label("facts.apply_by", day=fact.apply_by)
            if fact.only_new:
                yield say.label("facts.only_new")
            if fact.alone:
                yield say.label("facts.alone")


def age(checked: date, today: date, say: Catalogue) -> str:
    """How long ago a fact was checked, in words."""
    days = (today - checked).days
    if days < 1:
        return say.label("facts.today")
    years, months = days // 365, days // 30
    ago = say.count("years", years) if years else say.count("months", months) if months > 1 else say.count("days", days)
    return say.label("facts.old" if days > OLD_AFTER_DAYS else "facts.ago", ago=ago)


def _validity(entry: Entry, today: date, say: Catalogue) -> str:
    since, until = entry.valid_from, entry.valid_until
    if until:
        past = today.isoformat()[: len(until)] > until
        key = ("held" if past else "holds") if since else ("held_until" if past else "until")
        return say.label(f"facts.{key}", since=since, until=until)
    return say.label("facts.since", since=since) if since else ""


def _checked(source: Source, today: date, say: Catalogue) -> str:
    return say.label("facts.checked", day=source.checked.isoformat(), age=age(source.checked, today, say))


def _shown(kind: str, say: Catalogue) -> str:
    return NAMES[kind] if say.language == "sv" else kind


def overview(known: Facts, say: Catalogue, *, today: date, width: int) -> str:
    """The kinds, how many facts each has and when they were checked."""
    key = max(len(_shown(kind, say)) for kind in NAMES)
    indent = " " * (key + 9)
    lines = [*filled(say.label("facts.intro"), width), ""]
    for kind in NAMES:
        found = entries(kind, known, say)
        oldest = min((e.source for e in found), key=lambda s: s.checked)
        own = sum(e.own for e in found)
        more = f". {say.label('facts.own_rows', number=own)}" if own else ""
        words = say.label(f"facts.kinds.{kind}")
        lines.append(f"  {_shown(kind, say):<{key}}  {len(found):>3}  {words[0].upper()}{words[1:]}")
        lines += filled(f"{_checked(oldest, today, say)}{more}", width, indent)
    lines.append("")
    lines += filled(say.label("facts.ask"), width)
    return "\n".join(lines) + "\n"


def listed(kind: str, known: Facts, say: Catalogue, *, today: date, width: int) -> str:
    """The facts of a kind: name, when it holds, what it says, its source and how old it is."""
    found = entries(kind, known, say)
    shared = len({e.source for e in found}) == 1
    head = say.label(f"facts.kinds.{kind}")
    lines = [f"{head[0].upper()}{head[1:]}", ""]
    if shared:
        lines += [*_source(found[0].source, today, say, width, ""), ""]
    key = max(len(e.id) for e in found)
    indent = " " * (key + 2)
    for entry in found:
        name = f"{entry.name}, {entry.notes[0]}" if shared and entry.notes else entry.name
        lines += rows([(entry.id, name[0].upper() + name[1:])], width, "", key)
        if shared:
            continue
        said = [_validity(entry, today, say), *entry.notes, say.label("facts.own") if entry.own else ""]
        if text := ". ".join(part[0].upper() + part[1:] for part in said if part):
            lines += filled(f"{text}.", width, indent)
        lines += [*_source(entry.source, today, say, width, indent), ""]
    return "\n".join(lines).rstrip() + "\n"


def _source(source: Source, today: date, say: Catalogue, width: int, indent: str) -> list[str]:
    text = f"{say.label('facts.source', name=source.name)} – {_checked(source, today, say)}"
    return [*filled(text, width, indent), *([f"{indent}{source.url}"] if source.url else [])]


def as_json(kind: str, known: Facts, say: Catalogue, *, today: date) -> str:
    """The facts of a kind, or of all, as data."""
    chosen = [kind] if kind else list(NAMES)
    data = {
        "vaaldplan": __version__,
        "language": say.language,
        "today": today.isoformat(),
        "facts": {one: [_data(entry, today) for entry in entries(one, known, say)] for one in chosen},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(entry: Entry, today: date) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "valid_from": entry.valid_from or None,
        "valid_until": entry.valid_until or None,
        "notes": list(entry.notes),
        "own": entry.own,
        "source": {"name": entry.source.name, "url": entry.source.url or None},
        "checked": entry.source.checked.isoformat(),
        "age_days": max(0, (today - entry.source.checked).days),
    }
