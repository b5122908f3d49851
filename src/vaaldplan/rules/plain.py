"""M: whether the plan is written in plain language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from vaaldplan.facts import either, word_table, words
from vaaldplan.finding import Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Actor
from vaaldplan.plan.paper import Definition, Language
from vaaldplan.plan.signs import CUT, Signs, glance, lines_with, places_of
from vaaldplan.plan.wording import Said, Wording

from .registry import Found, hit, rule

LONGEST = 40
"""Words in a sentence. Plain-language guides advise an average of 15–20; over 40 nobody keeps the beginning in mind."""
HIGHEST_AVERAGE = 25
FEW_SENTENCES = 3
"""An average of fewer sentences says nothing."""
SHORT = 40
"""Letters; nothing is said of a sentence of fewer."""
PASSIVES = 4
"""Verbs without a doer in one sentence."""


ADVICE = frozenset({"abbreviation", "nouns", "passives", "average"})
"""The kinds that are not sure enough to be more than advice."""


class Heavy(NamedTuple):
    """Words that are hard to read."""

    start: int
    end: int
    kind: str
    """``long``, ``average``, ``stiff``, ``abbreviation``, ``nouns`` or ``passives``."""
    better: str = ""


_SENTENCE = regex(
    rf"[.!?\n|{CUT}](?:(?<=[.!?])[\s*_)\"”]+(?=[A-ZÅÄÖ*_(\"”\[])"
    rf"|(?<=\n)\s*(?:(?:[-*+•>#]|\d+[.)])\s*|\n)|(?<=[|{CUT}]))"
)  # it begins with one of a few signs, so that other letters are passed at once
_SURELY_ENDED = regex(r"\.\s(?=[A-ZÅÄÖ])")
"""Some of the places where a sentence ends, found in a fraction of the time."""
_MARKED = regex(r"!?\[([^\]]{0,1000})\]\([^)]{0,1000}\)|https?://\S+")
_WORD = regex(r"\w+(?:[-:/.,’']\w+)*")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _SENTENCE.finditer(text):
        if found.start() > start:
            yield start, text[start : found.start()]
        start = found.end()
    if start < len(text):
        yield start, text[start:]


@cache
def _stiff() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    rows = word_table("stiff")
    whole = regex(rf"(?<!\w)(?:{'|'.join(rows)})(?!\w)", re.IGNORECASE)
    return whole, tuple((regex(pattern, re.IGNORECASE), better) for pattern, better in rows.items())


@cache
def _stems() -> Signs:
    """The beginnings of the stiff words, to look for first."""
    return Signs(re.sub(r"\(\?<.*?\)", "", pattern).split("(")[0] for pattern in word_table("stiff"))


class _Quoted:
    """Whether places stand between quotation marks: others' words, or words that are spoken of.

    They are asked for in order, so that a long text is read once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = self._marks = 0

    def __contains__(self, place: int) -> bool:
        text, start = self._text, self._last
        line = max(text.rfind("\n", start, place), text.rfind(CUT, start, place)) + 1
        if line:
            start, self._marks = line, 0
        self._marks += sum(text.count(mark, start, place) for mark in '”“"»')
        self._last = place
        return self._marks % 2 == 1


def _stiff_words(text: str) -> Iterator[Heavy]:
    quoted = _Quoted(text)
    for place in _stems().places(text):
        if text[place - 1 : place].isalnum():
            continue
        whole, rows = _stiff()
        if (found := whole.match(text, place)) and place not in quoted:
            better = next(better for pattern, better in rows if pattern.match(text, place))
            yield Heavy(*found.span(), "stiff", better)


_CAPITALS = regex(r"[A-ZÅÄÖ][A-ZÅÄÖa-z]?[A-ZÅÄÖ]{1,5}(?!\w)|[A-ZÅÄÖ][a-zåäö]{0,2}[A-ZÅÄÖ](?!\w)")
_NUMBERED = regex(r" ?\d{4}[/:.-]\d")
_ROMAN = regex(r"[IVXLC]+")


def abbreviations(text: str) -> Iterator[tuple[int, str]]:
    """The abbreviations in capitals that are not known to everybody, and where they stand."""
    known = words("plain")["abbreviations"]
    written = {short for short in _CAPITALS.findall(glance(text).pieces) if short.upper() not in known}
    quoted = _Quoted(text)
    for found in _found(text, written):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() or (before and before in "-/&.@_") or after in ("&", "@", "/", "_"):
            continue
        if found[0] not in written or after == "!" or start in quoted or _in_link(text, start):
            continue  # known to everybody, a cry, or the words of others
        if text[start - 2 : start - 1].isdigit() or _NUMBERED.match(text, end):
            continue  # part of a case number: 2022.247 KS, KS 2026/123
        if _ROMAN.fullmatch(found[0]) or _shouted(text, start, end):
            continue
        yield start, found[0]


_FEW_KINDS = 8


def _found(text: str, written: set[str]) -> Iterator[re.Match[str]]:
    """What may be an abbreviation: of a few kinds, in the lines that hold one of them."""
    if len(written) > _FEW_KINDS:
        yield from _CAPITALS.finditer(text)
        return
    for start, end in sorted(lines_with(text, written, exact=True)):
        yield from _CAPITALS.finditer(text, start, end)


def _in_link(text: str, start: int) -> bool:
    opens = text.rfind("[", max(0, start - 200), start)
    return opens >= 0 and text.find("](", start, start + 200) > 0 and "]" not in text[opens:start]


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the word beside is in capitals too: a name or a heading, not an abbreviation."""
    before = text[max(0, start - _LONG_WORD) : start]
    beside = (before.rsplit(None, 1)[-1:] or [""])[0], (text[end : end + 30].split(None, 1) or [""])[0]
    joined = [beside[0].rstrip("!?"), beside[1].rstrip("!?.,") if text[end : end + 1] == " " else ""]
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in joined)


_LONG_WORD = 100
"""Letters in the longest word."""
_BESIDE = 110
"""So many letters before and after an abbreviation its explanation may stand."""


_MEANS = r",? (?:som )?(?:står för|betyder|är en förkortning|det vill säga|dvs\.?|stands for)"
_THEN_EXPLAINED = regex(rf"[*_]*\s*\((?!\d)[^)]{{4,}}\)|{_MEANS}")
_IN_PARENTHESES = regex(r"[^\W\d][*_”\"]*\s*\(\s*[*_]*$")


def explained(text: str, short: str) -> bool:
    """Whether a text says what an abbreviation stands for: beside it in parentheses, or by words with its initials."""
    place = text.find(short)
    while place >= 0:
        end = place + len(short)
        if not _IN_WORD.match(text[place - 1 : place]) and not _IN_WORD.match(text, end):
            before = text[max(0, place - _BESIDE) : place].rpartition(CUT)[2]
            after = text[end : end + _BESIDE].partition(CUT)[0]
            if (
                _THEN_EXPLAINED.match(after)
                or ("(" in before and ")" in after and _IN_PARENTHESES.search(before))
                or (short in before + after and _beside(short).search(before + short + after))
                or _spelt(before, after, short.casefold())
            ):
                return True
        place = text.find(short, end)
    return False


_IN_WORD = regex(r"\w")


@lru_cache(256)
def _beside(short: str) -> re.Pattern[str]:
    """What explains an abbreviation that stands several times within a few words."""
    name = re.escape(short)
    return re.compile(
        rf"[^\W\d][*_”\"]*\s*\(\s*[*_]*{name}\b[^)]*\)|(?<!\w){name}[*_]*\s*\((?!\d)[^)]{{4,}}\)"
        rf"|(?<!\w){name}{_MEANS}"
    )


def _spelt(before: str, after: str, letters: str) -> bool:
    """Whether words in a row begin with the letters of the abbreviation; small words between may be skipped."""
    if len(letters) < 3:
        return False
    last = _WORD.findall(before.casefold())[-len(letters) - 3 :]
    return _begins(last, letters) or _begins(_WORD.findall(after.casefold())[: len(letters) + 3], letters)


def _begins(listed: list[str], letters: str) -> bool:
    """Whether the letters are the initials of the words in order; words of one or two letters may be left out."""
    for first in range(len(listed)):
        wanted = list(letters)
        for word in listed[first:]:
            if wanted and word[0] == wanted[0]:
                wanted.pop(0)
            elif len(word) > 4:
                break
            if not wanted:
                return True
    return False


@cache
def _chain() -> re.Pattern[str]:
    noun = rf"\w{{3,}}(?:{'|'.join(_ENDINGS)})(?:en|et|ens|ets|s|t|ar|er|arna|erna|n)?"
    none = either(words("plain")["no_action"])
    action = rf"(?!(?:{none})\b){noun}\b"
    link = rf" (?:{'|'.join(_LINKS)}) (?:[\w-]+ ){{0,2}}?"
    return regex(rf"(?<!\w){action}(?:{link}{action}){{2,}}", re.IGNORECASE)


def _passives(listed: Iterable[str]) -> int:
    """How many of the words are verbs in the passive: ``utredas``, ``beslutats``, ``placerades``."""
    ends = [w for w in listed if w.endswith(("as", "ats", "ades")) and len(w) > 3 and w.islower()]
    ends = [w for w in ends if w not in words("plain")["no_passive"]] if len(ends) >= PASSIVES else []
    return sum(not word.endswith(("rnas", "enas", "ndas")) for word in ends)


_ENDINGS = ("ning", "ande", "ende", "else", "ation", "ering", "het")
_LINKS = ("av", "för", "kring", "gällande", "avseende", "inom", "rörande", "i")
_ENDING_LETTERS = [ending.encode("latin-1") for ending in _ENDINGS]
_LINK_LETTERS = [f" {link} ".encode("latin-1") for link in _LINKS]


_IN_A_ROW = bytes(code if chr(code).isalnum() or chr(code) in " -_?" else ord(".") for code in range(256))
"""Signs that no nouns in a row go on after become full stops; a question mark may be a letter that has no byte."""


def _chained(text: str) -> list[tuple[int, int]]:
    """From where and to where three nouns in a row may stand: a quick look before a closer one."""
    letters = glance(text).letters.translate(_IN_A_ROW)
    ends = sorted(chain.from_iterable(places_of(letters, ending) for ending in _ENDING_LETTERS))
    places, seen = [], 0
    for first, third in zip(ends, ends[2:], strict=False):
        if first >= seen and letters.find(b".", first, third) < 0:
            seen = letters.find(b".", third) % (len(letters) + 1)  # that where all ends, if there is none
            if sum(map(letters[first:seen].count, _LINK_LETTERS)) > 1:
                places.append((first, seen))
    return places


def heavy(text: str) -> Iterator[Heavy]:
    """Find long sentences, stiff words, unexplained abbreviations, and nouns or passives in a row."""
    yield from _stiff_words(text)
    seen = set[str]()
    for start, short in abbreviations(text):
        if short not in seen and not explained(text, short):
            yield Heavy(start, start + len(short), "abbreviation")
        seen.add(short)
    yield from _sentence_faults(text, _chained(text))


def _may_be_long(text: str) -> bool:
    """Whether a text has a long sentence, or many words in its sentences."""
    spaces = text.count(" ")
    if spaces + 1 < LONGEST:
        return False
    if spaces <= FEW_SENTENCES * (HIGHEST_AVERAGE - 1):  # so few words that only a single sentence may have too many
        return max(piece.count(" ") for piece in _SURELY_ENDED.split(text)) + 1 >= LONGEST
    counts = [sentence.count(" ") + 1 for sentence in _SENTENCE.split(text) if len(sentence) >= SHORT]
    several = len(counts) >= FEW_SENTENCES and sum(counts) > HIGHEST_AVERAGE * len(counts)
    return several or max(counts, default=0) >= LONGEST


def _sentence_faults(text: str, chained: Sequence[tuple[int, int]]) -> Iterator[Heavy]:
    """What is said of whole sentences; a short text has none of it. ``chained`` is where nouns in a row may stand."""
    if not chained and text.count("as") < PASSIVES and not _may_be_long(text):
        return  # so it is with most texts
    counts = []
    for start, sentence in _sentences(text):
        if len(sentence) < SHORT:
            continue
        number, listed = sentence.count(" ") + 1, []
        if number >= LONGEST or sentence.count("as") >= PASSIVES:
            listed = _WORD.findall(_MARKED.sub(r"\1", sentence))
            number = len(listed)
        counts.append(number)
        end = start + len(sentence)
        if number > LONGEST:
            yield Heavy(start, end, "long", str(number))
        if _passives(listed) >= PASSIVES:
            yield Heavy(start, end, "passives")
        if any(begins < end and start < ends for begins, ends in chained) and (found := _chain().search(sentence)):
            yield Heavy(start + found.start(), start + found.end(), "nouns")
    if len(counts) >= FEW_SENTENCES and sum(counts) > HIGHEST_AVERAGE * len(counts):
        yield Heavy(0, len(text), "average", str(round(sum(counts) / len(counts))))


@rule("M05", Severity.WARNING, stage=Stage.CONSULTATION)
def language_heavy(wording: Wording, plan: Plan) -> Found:
    """The plan is written in plain language (språklagen 11 §)."""
    if plan.language is Language.ENGLISH:
        return
    for found in _stiff_words(wording.joined):
        said, _ = wording.at(found.start)
        if said.running:
            yield hit(said.path, "stiff", words=wording.joined[found.start : found.end], better=found.better)
    for short, said in _unexplained(wording):
        yield hit(said.path, "abbreviation", words=short)
    chained: dict[int, list[tuple[int, int]]] = {}
    for begins, ends in _chained(wording.joined):
        chained.setdefault(wording.number(begins), []).append((begins, ends))
    for number, start, text in wording.longer(SHORT):
        if text.count(" ") + 1 < LONGEST and text.count("as") < PASSIVES and number not in chained:
            continue  # as most are
        places = [(begins - start, ends - start) for begins, ends in chained.get(number, ())]
        for found in _sentence_faults(text, places):
            if (said := wording.said(number)).running:
                severity = Severity.ADVICE if found.kind in ADVICE else None
                opening = " ".join(text[found.start : found.end].split()[:6])
                yield hit(said.path, found.kind, severity=severity, words=opening.strip("*_ "), number=found.better)


def _unexplained(wording: Wording) -> Iterator[tuple[str, Said]]:
    """The abbreviations that the plan does not explain, and where each stands first."""
    first: dict[str, Said] = {}
    for start, short in abbreviations(wording.joined):
        said, _ = wording.at(start)
        if short not in first and said.running and not isinstance(said.node, Actor):
            first[short] = said
    named = "\n".join(_names(wording)) if first else ""
    for short, said in first.items():
        if not explained(wording.joined, short) and not re.search(rf"(?<!\w){re.escape(short)}(?!\w)", named):
            yield short, said


def _names(wording: Wording) -> Iterator[str]:
    """The terms that the plan defines, and the names of bodies."""
    yield from (node.term or "" for node in wording.of(Definition))
    yield from (node.name or "" for node in wording.of(Actor))
