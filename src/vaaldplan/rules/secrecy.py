"""C: what may point out a person who is exposed to violence, or a place where such a person is hidden."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Severity
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Breakdown, Indicator, Observation, Reading
from vaaldplan.plan.wording import CUT, Wording, places
from vaaldplan.swedish import Figure

from .registry import Found, hit, rule

FEWEST = 5
"""Counts below five may point out a person: the limit that official statistics use for sensitive figures."""


ADVICE = frozenset({"count"})
"""The kinds that have not been sure enough, when measured, to be more than advice."""
ERRORS = frozenset({"number", "shelter"})


class Clue(NamedTuple):
    """Words that may point someone out."""

    start: int
    end: int
    kind: str
    """``number``, ``shelter``, ``name`` or ``count``."""


_FIGURES = regex(r"\d{6,8}[-–+ ]?\d{4}(?![\d/-])")
"""Cheap to look for; most texts have none."""
_NUMBER = regex(r"((?:18|19|20)?(\d\d)(\d\d)(\d\d))([-–+ ])?(\d{4})")
_OTHER_NUMBER = regex(
    r"(?:tel|tfn|telefon\w*|mobil\w*|(?<!person)(?<!samordnings)(?<!person-)nummer|ring|sms|ocr|bankgiro|plusgiro|faktura\w*|konto\w*|org\w*|dnr|ref\w*|isbn|phone)[.:]?\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
"""Words before figures without a hyphen which say that they are a number of another kind."""


def _is_personal(found: re.Match[str], before: str) -> bool:
    """Whether figures are a personal identity number or a coordination number: a date, and a check digit that fits."""
    whole, year, month, day, sign, last = found.groups()
    if sign in (None, " ") and len(whole) == 6 and _OTHER_NUMBER.search(before):
        return False
    of_month = int(day) - 60 if int(day) > 60 else int(day)  # a coordination number adds sixty to the day
    try:
        date(int(whole[:4]) if len(whole) == 8 else 2000 + int(year), int(month), of_month)
    except ValueError:
        return False
    total = 0
    for i, figure in enumerate(year + month + day + last):
        doubled = int(figure) * (2 - i % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


@cache
def _known() -> dict[str, re.Pattern[str]]:
    listed = {name: either(found) for name, found in words("secrecy").items()}
    whole = {name: regex(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for name, pattern in listed.items()}
    return whole | {
        "offices": regex(rf"(?<!\w)\w*(?:{listed['offices']})", re.IGNORECASE),  # also the end of a compound
        "street": regex(rf"[A-ZÅÄÖ][\w-]*? ?(?:{listed['streets']}) \d{{1,3}}(?: ?[A-Z])?(?!\w)"),
        "few": regex(rf"(?:\w+|[1-4]) (?:(?!av\b)[\w-]+ ){{0,2}}?(?:{listed['people']})(?!\w)"),
        "called": regex(
            rf"(?<!\w)(?i:{listed['exposed']}),? ([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ]\w+)?)(?: [A-ZÅÄÖ][a-zåäöé]+)?"
        ),
    }


_AGED = regex(r"(?: [A-ZÅÄÖ]\w+)?(?:, | \()\d{1,2}(?: år)?[,)]?")
"""A name with an age belongs in the story of a case."""
_SURNAME = ("sson", "ssons")
_CAPITAL = regex(r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?")
_ENDS = regex(rf"[.!?](?=\s|$)|\n|{CUT}")


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence that a place stands in."""
    begins = 0
    for ending in _ENDS.finditer(text, max(0, start - 400), start):
        begins = ending.end()
    after = _ENDS.search(text, end)
    return text[max(begins, start - 400) : after.start() if after else len(text)]


def revealing(text: str) -> Iterator[Clue]:
    """Find personal identity numbers, addresses of sheltered homes, names of exposed people, few of them."""
    known = _known()
    for found in _FIGURES.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if (
            not before[-1:].isdigit()
            and before[-1:] not in tuple(".,/–-")
            and (number := _NUMBER.fullmatch(found[0]))
            and _is_personal(number, before)
        ):
            yield Clue(*found.span(), "number")
    for found in known["street"].finditer(text):
        around = _sentence(text, *found.span())
        if not known["shelter"].search(around):
            line = max(text.rfind("\n", 0, found.start()), text.rfind(CUT, 0, found.start())) + 1
            around = text[max(line, found.start() - 120) : found.end()]
        at_home = known["exposed"].search(around) and known["harm"].search(around)
        if (at_home or known["shelter"].search(around)) and not known["offices"].search(around):
            yield Clue(*found.span(), "shelter")
    yield from _names(text, known)
    for place in sorted(_few(text)):
        few = known["few"].match(text, place)
        if few and _counts_exposed(text, few, known):
            yield Clue(*few.span(), "count")


def _names(text: str, known: dict[str, re.Pattern[str]]) -> Iterator[Clue]:
    names = _given()
    for found in _CAPITAL.finditer(text):
        if found[0] not in names and not found[0].endswith(_SURNAME):
            continue
        start, end = found.span()
        said = _sentence(text, start, end)
        place = said.find(found[0])
        beside = said[max(0, place - 45) : place + len(found[0]) + 45]
        called = known["called"].search(said[max(0, place - 30) : place + len(found[0])])
        aged = _AGED.match(said, place + len(found[0])) and known["violence"].search(said)
        if (called or aged or known["harm_to_named"].search(said)) and not known["roles"].search(beside):
            yield Clue(start, end, "name")


@cache
def _given() -> frozenset[str]:
    names = words("secrecy")["names"]
    return frozenset((*names, *(f"{name}s" for name in names)))


_FEW = [f"{word} " for word in ("en", "ett", "två", "tre", "fyra", "1", "2", "3", "4")]


def _few(text: str) -> Iterator[int]:
    """Where a number below five stands."""
    for place in places(text, _FEW):
        before = text[place - 1 : place]
        if not before.isalnum() and before not in tuple(",.:–-/"):
            yield place


_NOT_A_COUNT = regex(r"(?:\b(?:tabell|figur|punkt|bilaga|mål|åtgärd|avsnitt|table|goal)|\b(?:om|if)) $", re.IGNORECASE)
"""Before the figure: it numbers something, or stands in a condition."""
_LONE = regex(r"[Ee]n |[Ee]tt |1 ")


def _counts_exposed(text: str, found: re.Match[str], known: dict[str, re.Pattern[str]]) -> bool:
    start = found.start()
    if text[max(0, start - 2) : start - 1].isdigit():
        return False  # the end of 12 004
    if _NOT_A_COUNT.search(text, max(0, start - 12), start):
        return False
    said = _sentence(text, *found.span())
    if known["not_counted"].search(said) or not known["harm"].search(said):
        return False
    return not _LONE.match(found[0]) or bool(known["past"].search(said) and known["times"].search(said))


def _few_people(entry: Observation | Indicator) -> Iterator[tuple[Reading | Breakdown, str]]:
    """The figures of an entry that count fewer than five exposed people, and the fields they stand in."""
    known = _known()
    told = (
        f"{entry.unit or ''} {getattr(entry, 'title', '')} {getattr(entry, 'text', '')} {getattr(entry, 'group', '')}"
    )
    exposed = getattr(entry, "violence_type", None) or known["harm"].search(told)
    if not known["people"].search(entry.unit or "") or not exposed or known["whole_country"].search(entry.place or ""):
        return
    series = entry.values if isinstance(entry, Observation) else entry.baseline | entry.actuals
    readings = [*series.values(), *([entry.value] if isinstance(entry, Observation) and entry.value else [])]
    for reading in readings:
        if _small(reading.value):
            yield reading, "value"
    if entry.breakdown:
        for name in ("women", "men", "girls", "boys"):
            if _small(getattr(entry.breakdown, name)):
                yield entry.breakdown, name


def _small(figure: Figure | None) -> bool:
    return figure is not None and figure.low is not None and 0 < figure.low < FEWEST and "%" not in figure.text


@rule("C10")
def person_pointed_out(wording: Wording) -> Found:
    """Nothing in the text points out a person who is exposed, or where such a person is hidden."""
    for clue in revealing(wording.joined):
        said, _ = wording.at(clue.start)
        if said.running or clue.kind == "number":
            severity = Severity.ERROR if clue.kind in ERRORS else Severity.WARNING
            severity = Severity.ADVICE if clue.kind in ADVICE else severity
            # What should not be read is not said again in the message.
            yield hit(said.path, "" if clue.kind == "number" else clue.kind, severity=severity)
    for node in wording.nodes:
        if isinstance(node, Observation | Indicator):
            for entry, name in _few_people(node):
                yield hit(entry.at(name), "count", severity=Severity.WARNING)
