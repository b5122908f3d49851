"""The text of a new ``plan.yaml``: the guided beginning of ``texts/<language>/start.yaml``, filled with the answers."""

import json
import re
import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

from vaaldplan.facts import Source
from vaaldplan.facts.places import Municipality
from vaaldplan.facts.starters import Starter
from vaaldplan.plan.goals import ViolenceType
from vaaldplan.plan.measures import EvidenceGrade, Level, Measure, StaffLevel, Tier
from vaaldplan.plan.node import Node, Word
from vaaldplan.plan.organisation import Actor, ActorType
from vaaldplan.plan.vocabulary import names, normal, written_key, written_value
from vaaldplan.swedish import plain
from vaaldplan.texts.catalogue import Catalogue

WIDTH = 120
"""Longest line in characters that is written without folding."""

_RISKY = re.compile(r"^[^\w(]|^(null|true|false|yes|no|ja|nej)$|[\s:]$|: |[^\w\s.,:;()/%§+&'’”“\"!?–-]", re.IGNORECASE)
"""What a plain text in YAML must not hold, with a margin."""
_RISKY_IN_FLOW = re.compile(_RISKY.pattern + "|,", re.IGNORECASE)

_KINDS = (
    (re.compile(r"(nämnd(en)?|styrelsen?|utskott(et)?|committee|board)$"), ActorType.COMMITTEE),
    (re.compile(r"(förvaltning(en)?|kontor(et)?|department|administration)$"), ActorType.DEPARTMENT),
    (re.compile(r"(bolag(et)?|\bab|company)$"), ActorType.COMPANY),
)
_ENDING = re.compile(r"(?<=.)(namnd|styrelse|utskott|forvaltning|kontor|bolag|fullmaktige)(en|n|et)?$")
_SMALL = {"och", "for", "and", "of", "the", "ab"}


class Answers(NamedTuple):
    """What a new plan begins with."""

    municipality: Municipality
    title: str
    first: int
    """The first year."""
    last: int
    boards: tuple[str, ...]
    starters: tuple[Starter, ...] = ()


class _Open(NamedTuple):
    """A fact that is not known yet, and why."""

    reason: str


def text(answers: Answers, say: Catalogue) -> str:
    """The whole of ``plan.yaml`` in the catalogue's language."""
    council = say.label("init.council_id")
    boards = _boards(answers.boards, council, say.label("init.council"))
    ids = [scalar(board["id"], flow=True) for board in boards]
    actors = [{"id": council, "name": say.label("init.council"), "type": ActorType.MUNICIPALITY}, *boards]
    measures = "\n".join(_measure(f"A{i}", one, say) for i, one in enumerate(answers.starters, 1))
    if measures:
        advice = textwrap.wrap(say.label("init.starters"), WIDTH)
        measures = "".join(f"  # {line}\n" for line in advice) + measures
    values = {
        "title": scalar(answers.title),
        "municipality": scalar(answers.municipality.name),
        "code": answers.municipality.code,
        "from": f"{answers.first}-01-01",
        "until": f"{answers.last}-12-31",
        "council": council,
        "boards": "[" + ", ".join(ids) + "]",
        "lead": ids[0] if ids else council,
        "actors": "".join(_flow(Actor, actor, say.language) for actor in actors),
        "measures": measures or say.text("start_measure.yaml"),
    }
    return re.sub(r"<<(\w+)>>", lambda found: values[found[1]], say.text("start.yaml"))


def scalar(value: str, *, flow: bool = False) -> str:
    """A text as YAML: plain where that is safe, else in double quotes."""
    risky = _RISKY_IN_FLOW if flow else _RISKY
    return json.dumps(value, ensure_ascii=False) if not value or risky.search(value) else value


def clean(value: str) -> str:
    """A text on one line without characters that cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _boards(boards: Iterable[str], council: str, council_name: str) -> list[dict[str, Any]]:
    """The boards as actors, each with a short id of its own."""
    known = {normal(council_name)}
    taken = {council}
    found = []
    for name in boards:
        if normal(name) in known:
            continue
        known.add(normal(name))
        short, slug = _ids(name)
        id_ = next(i for i in (short, slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if i not in taken)
        taken.add(id_)
        kind = next((kind for form, kind in _KINDS if form.search(name.casefold())), None)
        found.append({"id": id_, "name": name} | ({"type": kind} if kind else {}))
    return found


def _ids(name: str) -> tuple[str, str]:
    """A short id and a long one: ``Barn- och utbildningsnämnden`` → ``bun`` and ``barn-och-utbildningsnamnden``."""
    all_words = re.findall(r"[a-z0-9]+", plain(name.casefold())) or ["organ"]
    words = [w for w in all_words if w not in _SMALL] or all_words
    ending = _ENDING.search(words[-1])
    initials = "".join(w[0] for w in words) + (ending[1][0] if ending else "")
    return (initials if len(initials) > 1 and not initials.isdigit() else words[0]), "-".join(all_words)


# ------------------------------------------------------------ starter measures


def _measure(id_: str, starter: Starter, say: Catalogue) -> str:
    """A starter measure as an entry of ``measures``; what the municipality must decide is left open."""
    wording = starter.wording[say.language]
    fields: dict[str, Any] = {
        "id": id_,
        "title": wording.title,
        "description": wording.description,
        "goals": _Open(say.label("init.open_goals")),
        "level": Level(starter.level),
        "tier": Tier(starter.tier),
        "owner": _Open(say.label("init.open_owner")),
        "start": _Open(say.label("init.open_time")),
        "end": _Open(say.label("init.open_time")),
        "target_group": wording.target,
        "violence_types": [ViolenceType(v) for v in starter.violence],
        "method": wording.method,
        "cost": _Open(say.label("init.open_cost")),
    }
    if starter.evidence:
        proof = starter.evidence
        fields["evidence"] = {
            "grade": EvidenceGrade(proof.grade) if proof.grade else "",
            "text": proof.text[say.language],
            "source": source(proof.source, say),
        }
    if starter.staff:
        fields["training"] = {"staff": [StaffLevel(s) for s in starter.staff]}
    if wording.audience:
        often = str(starter.times_per_year) if starter.times_per_year else ""
        fields["outreach"] = {"audience": list(wording.audience), "times_per_year": often}
    fields["source"] = "; ".join(source(one, say) for one in starter.sources)
    lines = _block(Measure, fields, say.language, "    ")
    lines[0] = "  - " + lines[0].lstrip()
    lines.insert(1, f"    # {say.label('init.find_out', text=wording.unknown)}")
    return "\n".join(lines) + "\n"


def source(one: Source, say: Catalogue) -> str:
    """A source with its address and the day it was read."""
    return say.label("init.source", name=one.name, url=one.url, date=one.checked.isoformat())


def _block(cls: type[Node], fields: dict[str, Any], lang: str, indent: str) -> list[str]:
    """The fields that hold something, in the order given, one key a line."""
    lines = []
    for name, value in fields.items():
        shape = names(cls).shapes[name]
        key = f"{indent}{written_key(cls, name, lang)}:"
        if isinstance(value, dict) and shape.node:
            lines += [key, *_block(shape.node, value, lang, indent + "  ")]
        elif isinstance(value, _Open):
            lines.append(f"{key} {{{_unknown(lang)}: {scalar(value.reason, flow=True)}}}")
        elif isinstance(value, list) and value:
            lines.append(f"{key} [{', '.join(scalar(_word(v, lang), flow=True) for v in value)}]")
        elif value and len(key) + len(str(value)) > WIDTH - 20:
            folded = textwrap.wrap(value, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
            lines += [f"{key} >-", *(f"{indent}  {line}" for line in folded)]
        elif value:
            lines.append(f"{key} {scalar(_word(value, lang))}")
    return lines


def _flow(cls: type[Node], fields: dict[str, Any], lang: str) -> str:
    """An entry on a line of its own."""
    pairs = (f"{written_key(cls, n, lang)}: {scalar(_word(v, lang), flow=True)}" for n, v in fields.items())
    return "  - {" + ", ".join(pairs) + "}\n"


def _word(value: Any, lang: str) -> str:
    return written_value(value, lang) if isinstance(value, Word) else str(value)


def _unknown(lang: str) -> str:
    return "okänt" if lang == "sv" else "unknown"
