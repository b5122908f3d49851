"""The rule manual: each rule with its card, found by code, name or the words of its title."""

import json
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Basis
from vaaldplan.plan.vocabulary import normal
from vaaldplan.rules import registry
from vaaldplan.texts.catalogue import Card, Catalogue, Example, example, examples, precision

from .columns import escaped, filled, hung, rows

_CODE = 4
"""How many columns the codes take."""
_LONG = 20
"""Lines of an example; of a longer one only what differs is shown."""


class Entry(NamedTuple):
    """What there is to say of a rule."""

    code: str
    name: str
    """What it finds, in English; empty for the files' own faults."""
    card: Card
    facts: dict[str, str]
    """Severity, stage, basis, what raises it, its limit: by label, in words."""
    example: Example | None


def entries(say: Catalogue) -> list[Entry]:
    """Every rule and every fault of the files, in the order of the codes."""
    table = registry.table()
    shown = examples()
    return [
        Entry(
            code,
            table[code].rule.name if code in table else "",
            say.card(code),
            _facts(table[code], say) if code in table else {},
            example(code) if code in shown else None,
        )
        for code in say.codes()
    ]


def _facts(declared: registry.Declared, say: Catalogue) -> dict[str, str]:
    rule = declared.rule
    facts = {
        "severity": say.label(f"severity.{rule.severity.name}"),
        "stage": say.label(f"rules.stages.{rule.stage.name}"),
        "basis": say.label(f"rules.bases.{rule.basis.name}"),
    }
    if declared.assigned is not None:
        facts["severity"] = say.label("rules.assigned", kind=declared.assigned)
    elif declared.act:
        facts["severity"] = say.label("rules.act")
    if rule.basis is Basis.STATUTE and not declared.act:
        facts["waiver"] = say.label("rules.never")
    if declared.limit is not None:
        facts["limit"] = say.label("rules.limited", limit=f"{declared.limit:g}", code=rule.code)
    if measured := precision(rule.code):
        shares = {name: _share(measured[name], say) for name in ("precision", "recall")}
        number = measured["wrong"] + measured["right"]
        facts["measured"] = say.label("rules.figures", number=number, day=measured["measured"].isoformat(), **shares)
    return facts


def _share(interval: tuple[float, float, float], say: Catalogue) -> str:
    """A share with its interval: ``95 % (88–98)``."""
    share, low, high = (f"{100 * part:.0f}" for part in interval)
    return say.label("rules.share", share=share, low=low, high=high)


def find(asked: str, say: Catalogue) -> list[Entry]:
    """The rules that a code, a name or words of a title mean.

    Raises:
        VaaldplanError: ``usage.no_rule`` or ``usage.no_rule_suggestion``.
    """
    every = entries(say)
    wanted = asked.strip()
    exact = [e for e in every if wanted.upper() == e.code or (e.name and normal(wanted) == normal(e.name))]
    if exact:
        return exact
    words = normal(wanted).replace("_", " ").split()
    found = [e for e in every if words and all(word in _said(e) for word in words)]
    if found:
        return found
    from difflib import get_close_matches

    near = get_close_matches(wanted.casefold(), [n for e in every for n in (e.code.casefold(), e.name) if n], n=1)
    suggestion = {"suggestion": near[0].upper() if len(near[0]) < _CODE else near[0]} if near else {}
    raise VaaldplanError(f"usage.no_rule{'_suggestion' if near else ''}", Exit.USAGE, name=asked, **suggestion)


def _said(entry: Entry) -> str:
    return f"{normal(entry.card.title)} {entry.name}".replace("_", " ")


def explained(asked: str, say: Catalogue, *, form: str = "terminal", width: int = 80) -> str:
    """A rule's card; of several that the words fit, a list.

    Raises:
        VaaldplanError: no rule is meant.
    """
    found = find(asked, say)
    width = min(width, 100)
    lines: Iterable[str]
    if form == "markdown":
        lines = (line for entry in found for line in _markdown(entry, say, 1))
    elif len(found) == 1:
        lines = _card(found[0], say, width)
    else:
        lines = _several(asked, found, say, width)
    return "\n".join(lines).rstrip("\n") + "\n"


def listed(say: Catalogue, *, form: str = "terminal", width: int = 80) -> str:
    """Every rule: a line for each on a terminal, the whole manual as Markdown, the data as JSON."""
    if form == "json":
        return json.dumps([_data(e) for e in entries(say)], ensure_ascii=False, indent=2) + "\n"
    lines = _manual(say) if form == "markdown" else _overview(say, min(width, 100))
    return "\n".join(lines).rstrip("\n") + "\n"


def _families(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    families: dict[str, list[Entry]] = {}
    for entry in found:
        families.setdefault(entry.code[0], []).append(entry)
    return families


def _excerpts(found: Example) -> Iterator[tuple[str, list[str]]]:
    """The wrong and the right fragment; of long ones only what differs, and what it stands under."""
    wrong, right = found.wrong.splitlines(), found.right.splitlines()
    differing = SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes()
    changed = [op for op in differing if op[0] != "equal"]
    yield "wrong", _excerpt(wrong, {n for _, a, b, _, _ in changed for n in range(a, b)} or {0})
    yield "right", _excerpt(right, {n for _, _, _, a, b in changed for n in range(a, b)} or {0})


def _excerpt(lines: list[str], shown: set[int]) -> list[str]:
    if len(lines) <= _LONG:
        return lines
    keep = {n + step for n in shown for step in (-1, 0, 1) if 0 <= n + step < len(lines)}
    for number in sorted(keep):
        depth = _indent(lines[number])
        for above in range(number - 1, -1, -1):
            if _indent(lines[above]) < depth:
                keep.add(above)
                depth = _indent(lines[above])
    told: list[str] = []
    for number, line in enumerate(lines):
        if number in keep:
            told.append(line)
        elif number - 1 in keep or number == 0:
            told.append(" " * _indent(line) + "# …")
    return told


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# ------------------------------------------------------------------ terminal


def _overview(say: Catalogue, width: int) -> Iterator[str]:
    yield from filled(say.label("rules.intro"), width)
    for letter, found in _families(entries(say)).items():
        yield ""
        yield say.label(f"family.{letter}")
        yield from rows(((e.code, e.card.title) for e in found), width, "  ", _CODE)
    yield ""
    yield from filled(say.label("rules.ask"), width)


def _several(asked: str, found: list[Entry], say: Catalogue, width: int) -> Iterator[str]:
    yield from filled(say.label("rules.several", name=asked, number=len(found)), width)
    yield ""
    yield from rows(((e.code, e.card.title) for e in found), width, "  ", _CODE)
    yield ""
    yield from filled(say.label("rules.ask_code", code=found[0].code), width)


def _card(entry: Entry, say: Catalogue, width: int) -> Iterator[str]:
    yield from filled(f"{entry.code}  {entry.card.title}", width)
    yield ""
    for label, value in entry.facts.items():
        yield from hung(f"  {say.label(f'rules.{label}')}: ", value, width)
    if entry.facts:
        yield ""
    for label, texts in _parts(entry, say):
        yield f"  {label}"
        for text in texts:
            yield from filled(text, width, "    ")
        yield ""
    if entry.example:
        for label, fragment in _excerpts(entry.example):
            yield f"  {say.label(f'rules.{label}')}"
            yield from (f"    {line}".rstrip() for line in fragment)
            yield ""


def _parts(entry: Entry, say: Catalogue) -> Iterator[tuple[str, list[str]]]:
    for name, texts in (("message", entry.card.messages), ("mend", entry.card.mends)):
        yield say.label(f"card.{name}"), [_unfilled(text) for text in texts.values()]
    yield say.label("card.why"), [entry.card.why]


def _unfilled(text: str) -> str:
    """A message with dots where the plan's own words go."""
    return re.sub(r"\{\{|\}\}|\{\w+\}", lambda m: m[0][0] if m[0] in ("{{", "}}") else "…", text)


# ------------------------------------------------------------------ Markdown and data


def _manual(say: Catalogue) -> Iterator[str]:
    yield f"# {say.label('rules.heading')}"
    yield ""
    yield say.label("rules.manual")
    for letter, found in _families(entries(say)).items():
        yield ""
        yield f"## {letter}. {say.label(f'family.{letter}')}"
        for entry in found:
            yield ""
            yield from _markdown(entry, say, 3)


def _markdown(entry: Entry, say: Catalogue, level: int) -> Iterator[str]:
    yield f"{'#' * level} {entry.code} {escaped(entry.card.title)}"
    yield ""
    if entry.facts:
        yield from (f"- {say.label(f'rules.{label}')}: {escaped(value)}" for label, value in entry.facts.items())
        yield ""
    for label, texts in _parts(entry, say):
        yield f"**{label}**"
        yield ""
        if len(texts) > 1:
            yield from (f"- {escaped(text)}" for text in texts)
        else:
            yield from map(escaped, texts)
        yield ""
    if entry.example:
        for label, fragment in _excerpts(entry.example):
            yield f"**{say.label(f'rules.{label}')}**"
            yield ""
            yield f"```{entry.example.form}"
            yield from fragment
            yield "```"
            yield ""


def _data(entry: Entry) -> dict[str, Any]:
    declared = registry.table().get(entry.code)
    found: dict[str, Any] = {"code": entry.code, "name": entry.name or None, "title": entry.card.title}
    if declared is not None:
        rule = declared.rule
        found |= {"severity": rule.severity.name.lower(), "stage": rule.stage.name.lower()}
        found |= {"basis": rule.basis.name.lower(), "limit": declared.limit}
    return found | {"messages": entry.card.messages, "mends": entry.card.mends, "why": entry.card.why}
