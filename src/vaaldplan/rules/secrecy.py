"""C: what may point out a person who is exposed to violence, or a place where such a person is hidden."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Severity
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Breakdown, Indicator, Observation, Reading
from vaaldplan.plan.signs import CUT, Signs, Words, figures_in_a_row, glance, line_of, lines_with
from vaaldplan.plan.wording import Wording
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
    """``number``, ``shelter``, ``name`` or ``count``; ``unread`` where the close reading ended at its bound."""


_FIGURES = regex(r"\d{6,8}(?:[-+ ]|–|)\d{4}(?![\d/-])")
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
def _known(name: str) -> re.Pattern[str]:
    """The words of a list, as a pattern; and what is made of several lists."""
    listed = words("secrecy")
    if name == "offices":
        return regex(rf"(?<!\w)\w*(?:{either(listed['offices'])})", re.IGNORECASE)  # also the end of a compound
    if name == "street":
        return regex(rf"[A-ZÅÄÖ][\w-]*? ?(?:{either(listed['streets'])}) \d{{1,3}}(?: ?[A-Z])?(?!\w)")
    if name == "few":
        return regex(rf"(?:\w+|[1-4]) (?:(?!av\b)[\w-]+ ){{0,2}}?(?:{either(listed['people'])})(?!\w)")
    if name == "called":
        name_after = r"([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ]\w+)?)(?: [A-ZÅÄÖ][a-zåäöé]+)?"
        return regex(rf"(?<!\w)(?i:{either(listed['exposed'])}),? {name_after}")
    return regex(rf"(?<!\w)(?:{either(listed[name])})(?!\w)", re.IGNORECASE)


_AGED = regex(r"(?: [A-ZÅÄÖ]\w+)?(?:, | \()\d{1,2}(?: år)?[,)]?")
"""A name with an age belongs in the story of a case."""
_SURNAME = ("sson", "ssons")
_CAPITAL = regex(r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?")
_ENDS = regex(rf"[.!?](?=\s|$)|\n|{CUT}")
_BEFORE, _AFTER = 400, 1000
"""So many letters before and after a place its sentence may reach."""


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that a place stands in begins and ends."""
    begins = max(0, start - _BEFORE)
    for ending in _ENDS.finditer(text, begins, start):
        begins = ending.end()
    after = _ENDS.search(text, end, end + _AFTER)
    return begins, after.start() if after else min(end + _AFTER, len(text))


_MOST_READ = 3_000_000
"""Letters; plans of hundreds of measures have a thousandth of it in sentences that are read closely."""


def _in_sentences(
    text: str, places: Iterable[re.Match[str]], unread: list[Clue]
) -> Iterator[tuple[re.Match[str], str]]:
    """What was found, with the sentence that each stands in.

    A text made of names or numbers without a full stop would be read over and over, so it ends at ``_MOST_READ``, and
    ``unread`` gets the place.
    """
    read = 0
    for found in places:
        begins, ends = _bounds(text, *found.span())
        read += ends - begins
        if read > _MOST_READ:
            unread.append(Clue(*found.span(), "unread"))
            return
        yield found, text[begins:ends]


def revealing(text: str) -> Iterator[Clue]:
    """Find personal identity numbers, addresses of sheltered homes, names of exposed people, few of them."""
    for found in _within(text, _FIGURES, figures_in_a_row(text, 6)):
        before = text[max(0, found.start() - 30) : found.start()]
        if (
            not before[-1:].isdigit()
            and before[-1:] not in tuple(".,/–-")
            and (number := _NUMBER.fullmatch(found[0]))
            and _is_personal(number, before)
        ):
            yield Clue(*found.span(), "number")
    streets = _within(text, _known("street"), lines_with(text, _streets(text)))
    unread: list[Clue] = []
    for found, around in _in_sentences(text, streets, unread):
        if not _known("shelter").search(around):
            around = text[max(line_of(text, found.start())[0], found.start() - 120) : found.end()]
        at_home = _known("exposed").search(around) and _known("harm").search(around)
        if (at_home or _known("shelter").search(around)) and not _known("offices").search(around):
            yield Clue(*found.span(), "shelter")
    yield from _names(text, unread)
    if _people().present(text):
        for found, said in _in_sentences(text, _few(text, _harm().lines(text)), unread):
            if _counts_exposed(found, said):
                yield Clue(*found.span(), "count")
    yield from unread[:1]


def _within(text: str, pattern: re.Pattern[str], lines: set[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """What is found in some of the lines, in order."""
    for start, end in sorted(lines):
        yield from pattern.finditer(text, start, end)


@cache
def _people() -> Words:
    return Words(words("secrecy")["people"])


@cache
def _harm() -> Signs:
    return Signs(words("secrecy")["harm"])


def _streets(text: str) -> list[str]:
    """The endings of the names of streets that words of the text have."""
    pieces = glance(text).pieces
    return [ending for street in words("secrecy")["streets"] if (ending := f"{street} ") in pieces]


def _names(text: str, unread: list[Clue]) -> Iterator[Clue]:
    names = _given()
    written = {name for name in _CAPITAL.findall(glance(text).pieces) if name in names or name.endswith(_SURNAME)}
    named = (found for found in _within(text, _CAPITAL, lines_with(text, written)) if found[0] in written)
    for found, said in _in_sentences(text, named, unread):
        place = said.find(found[0])
        beside = said[max(0, place - 45) : place + len(found[0]) + 45]
        called = _known("called").search(said[max(0, place - 30) : place + len(found[0])])
        aged = _AGED.match(said, place + len(found[0])) and _known("violence").search(said)
        if (called or aged or _known("harm_to_named").search(said)) and not _known("roles").search(beside):
            yield Clue(*found.span(), "name")


@cache
def _given() -> frozenset[str]:
    names = words("secrecy")["names"]
    return frozenset((*names, *(f"{name}s" for name in names)))


_FEW = [word.encode("latin-1") for word in ("en ", "ett ", "två ", "tre ", "fyra ", "1 ", "2 ", "3 ", "4 ")]


def _few(text: str, lines: set[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The numbers of people below five in some of the lines, in order."""
    letters = glance(text).letters
    for start, end in sorted(lines):
        found = []
        for word in _FEW:
            place = letters.find(word, start, end)
            while place >= 0:
                found.append(place)
                place = letters.find(word, place + 1, end)
        for place in sorted(found):
            before = text[place - 1 : place]
            apart = not before.isalnum() and before not in tuple(",.:–-/")
            if apart and _counted(text, place) and (few := _known("few").match(text, place)):
                yield few


_NOT_A_COUNT = regex(r"(?:\b(?:tabell|figur|punkt|bilaga|mål|åtgärd|avsnitt|table|goal)|\b(?:om|if)) $", re.IGNORECASE)
"""Before the figure: it numbers something, or stands in a condition."""
_LONE = regex(r"[Ee]n |[Ee]tt |1 ")


def _counted(text: str, start: int) -> bool:
    """Whether a number may count something: it is not the end of 12 004, and numbers nothing."""
    if text[max(0, start - 2) : start - 1].isdigit():
        return False
    return not _NOT_A_COUNT.search(text, max(0, start - 12), start)


def _counts_exposed(found: re.Match[str], said: str) -> bool:
    """Whether a sentence tells of people who are exposed, so few or so surely one that they may be known."""
    if _known("not_counted").search(said) or not _known("harm").search(said):
        return False
    return not _LONE.match(found[0]) or bool(_known("past").search(said) and _known("times").search(said))


def _few_people(entry: Observation | Indicator) -> Iterator[tuple[Reading | Breakdown, str]]:
    """The figures of an entry that count fewer than five exposed people, and the fields they stand in."""
    found: list[tuple[Reading | Breakdown, str]] = []
    series = entry.values if isinstance(entry, Observation) else entry.baseline | entry.actuals
    readings = [*series.values(), *([entry.value] if isinstance(entry, Observation) and entry.value else [])]
    found += [(reading, "value") for reading in readings if _small(reading.value)]
    if entry.breakdown:
        by_sex = ("women", "men", "girls", "boys")
        found += [(entry.breakdown, name) for name in by_sex if _small(getattr(entry.breakdown, name))]
    if found and _counts_people(entry):
        yield from found


def _counts_people(entry: Observation | Indicator) -> bool:
    """Whether an entry counts people who are exposed, in a part of the country."""
    told = (
        f"{entry.unit or ''} {getattr(entry, 'title', '')} {getattr(entry, 'text', '')} {getattr(entry, 'group', '')}"
    )
    exposed = getattr(entry, "violence_type", None) or _known("harm").search(told)
    people = _known("people").search(entry.unit or "")
    return bool(people and exposed) and not _known("whole_country").search(entry.place or "")


def _small(figure: Figure | None) -> bool:
    return figure is not None and figure.low is not None and 0 < figure.low < FEWEST and "%" not in figure.text


@rule("C10")
def person_pointed_out(wording: Wording) -> Found:
    """Nothing in the text points out a person who is exposed, or where such a person is hidden."""
    for clue in revealing(wording.joined):
        said, _ = wording.at(clue.start)
        if said.running or clue.kind in ("number", "unread"):
            severity = Severity.ERROR if clue.kind in ERRORS else Severity.WARNING
            severity = Severity.ADVICE if clue.kind in ADVICE else severity
            # What should not be read is not said again in the message.
            yield hit(said.path, "" if clue.kind == "number" else clue.kind, severity=severity)
    counted: list[Observation | Indicator] = [*wording.of(Observation), *wording.of(Indicator)]
    for node in counted:
        for entry, name in _few_people(node):
            yield hit(entry.at(name), "count", severity=Severity.WARNING)
