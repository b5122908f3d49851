"""M: the language of the plan: plain words, one word for one thing, links that say where they lead."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Path, Severity, Stage
from vaaldplan.plan.goals import ViolenceType
from vaaldplan.plan.measures import Level, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Word
from vaaldplan.plan.organisation import Actor
from vaaldplan.plan.paper import Definition, Language
from vaaldplan.plan.wording import CUT, Said, Wording

from .registry import Found, hit, rule

LONGEST = 40
"""Words in a sentence. Plain-language guides advise an average of 15–20; over 40 nobody keeps the beginning in mind."""
HIGHEST_AVERAGE = 25
FEW_SENTENCES = 3
"""An average of fewer sentences says nothing."""
PASSIVES = 4
"""Verbs without a doer in one sentence."""


class Heavy(NamedTuple):
    """Words that are hard to read."""

    start: int
    end: int
    kind: str
    """``long``, ``average``, ``stiff``, ``abbreviation``, ``nouns`` or ``passives``."""
    better: str = ""


_SENTENCE = re.compile(
    rf"[.!?][\s*_)\"”]+(?=[A-ZÅÄÖ*_(\"”\[])|\n\s*(?:[-*+•>#]|\d+[.)])\s*|\n\s*\n|\||{CUT}"
)  # each way begins with a sign, so that most letters are passed at once
_MARKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+")
_WORD = re.compile(r"\w+(?:[-:/.,’']\w+)*")


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
    rows = words("stiff")
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(rows)})(?!\w)", re.IGNORECASE)
    return whole, tuple((re.compile(pattern, re.IGNORECASE), better) for pattern, better in rows.items())


@cache
def _stems() -> tuple[str, ...]:
    """The beginnings of the stiff words, to look for first."""
    return tuple({re.sub(r"\(\?<.*?\)", "", pattern).split("(")[0][:5] for pattern in words("stiff")})


def _stiff_words(text: str) -> Iterator[Heavy]:
    whole, rows = _stiff()
    small = text.lower()
    places: set[int] = set()
    for stem in _stems():
        place = small.find(stem)
        while place >= 0:
            if not (place and text[place - 1].isalnum()):
                places.add(place)
            place = small.find(stem, place + 1)
    for place in sorted(places):
        if found := whole.match(text, place):
            better = next(better for pattern, better in rows if pattern.match(text, place))
            yield Heavy(*found.span(), "stiff", better)


_CAPITALS = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖa-z]?[A-ZÅÄÖ]{1,5}(?!\w)|[A-ZÅÄÖ][a-zåäö]{0,2}[A-ZÅÄÖ](?!\w)")
_NUMBERED = re.compile(r" ?\d{4}[/:.-]\d")
_ROMAN = re.compile(r"[IVXLC]+")


def abbreviations(text: str) -> Iterator[tuple[int, str]]:
    """The abbreviations in capitals that are not known to everybody, and where they stand."""
    known = frozenset(words("plain")["abbreviations"])
    for found in _CAPITALS.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() or before in ("-", "/", "&", ".", "@", "_") and before or after in ("&", "@", "/", "_"):
            continue
        if _in_link(text, start):
            continue  # the title of something that others have written
        if text[start - 2 : start - 1].isdigit() or _NUMBERED.match(text, end):
            continue  # part of a case number: 2022.247 KS, KS 2026/123
        if found[0].upper() in known or _ROMAN.fullmatch(found[0]) or _shouted(text, start, end):
            continue
        yield start, found[0]


def _in_link(text: str, start: int) -> bool:
    opens = text.rfind("[", max(0, start - 200), start)
    return opens >= 0 and text.find("](", start, start + 200) > 0 and "]" not in text[opens:start]


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the word beside is in capitals too: a heading, not an abbreviation."""
    beside = (text[:start].rsplit(None, 1)[-1:] or [""])[0], (text[end : end + 30].split(None, 1) or [""])[0]
    return any(len(word.strip(",.:()")) > 3 and word.isupper() for word in beside)


_BESIDE = 110
"""So many letters before and after an abbreviation its explanation may stand."""


def explained(text: str, short: str) -> bool:
    """Whether a text says what an abbreviation stands for: beside it in parentheses, or by words with its initials."""
    name = re.escape(short)
    beside = re.compile(
        rf"[^\W\d][*_”\"]*\s*\(\s*[*_]*{name}\b[^)]*\)|(?<!\w){name}[*_]*\s*\((?!\d)[^)]{{4,}}\)"
        rf"|(?<!\w){name},? (?:står för|betyder|är en förkortning|det vill säga|dvs\.?|stands for)"
    )
    for found in re.finditer(rf"(?<!\w){name}(?!\w)", text):
        start, end = found.span()
        before = text[max(0, start - _BESIDE) : start].rpartition(CUT)[2]
        after = text[end : end + _BESIDE].partition(CUT)[0]
        if beside.search(before + short + after) or _spelt(before, after, short.casefold()):
            return True
    return False


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
    noun = r"\w{3,}(?:ning|ande|ende|else|ation|ering|het)(?:en|et|ens|ets|s|t|ar|er|arna|erna|n)?"
    none = either(words("plain")["no_action"])
    action = rf"(?!(?:{none})\b){noun}\b"
    link = r" (?:av|för|kring|gällande|avseende|inom|rörande|i) (?:[\w-]+ ){0,2}?"
    return re.compile(rf"(?<!\w){action}(?:{link}{action}){{2,}}", re.IGNORECASE)


def _passives(listed: Iterable[str]) -> int:
    """How many of the words are verbs in the passive: ``utredas``, ``beslutats``, ``placerades``."""
    none = frozenset(words("plain")["no_passive"])
    ends = [w for w in listed if w.endswith(("as", "ats", "ades")) and len(w) > 3 and w.islower() and w not in none]
    return sum(not word.endswith(("rnas", "enas", "ndas")) for word in ends)


_LINKS = (" av ", " för ", " kring ", " gällande ", " avseende ", " inom ", " rörande ", " i ")


def heavy(text: str) -> Iterator[Heavy]:
    """Find what is hard to read: long sentences, stiff words, unexplained abbreviations, chains of nouns and passives."""
    yield from _stiff_words(text)
    seen = set[str]()
    for start, short in abbreviations(text):
        if short not in seen and not explained(text, short):
            yield Heavy(start, start + len(short), "abbreviation")
        seen.add(short)
    yield from _sentence_faults(text)


def _sentence_faults(text: str) -> Iterator[Heavy]:
    """What is said of whole sentences; a short text has none of it."""
    counts = []
    for start, sentence in _sentences(text):
        if len(sentence) < 40:
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
        if sum(map(sentence.count, _LINKS)) > 1 and (found := _chain().search(sentence)):
            yield Heavy(start + found.start(), start + found.end(), "nouns")
    if len(counts) >= FEW_SENTENCES and sum(counts) > HIGHEST_AVERAGE * len(counts):
        yield Heavy(0, len(text), "average", str(round(sum(counts) / len(counts))))


_ADVICE = frozenset({"nouns", "passives", "average"})
"""What is not sure enough to be more than advice."""


@rule("M05", Severity.WARNING, stage=Stage.CONSULTATION)
def language_heavy(wording: Wording, plan: Plan) -> Found:
    """The plan is written in plain language (språklagen 11 §)."""
    if plan.language is Language.ENGLISH:
        return
    for found in _stiff_words(wording.joined):
        said, _ = wording.at(found.start)
        if said.running:
            yield hit(said.path, "stiff", words=wording.joined[found.start : found.end], better=found.better)
    told = set[str]()
    for start, short in abbreviations(wording.joined):
        said, _ = wording.at(start)
        if short not in told and said.running and not isinstance(said.node, Actor):
            told.add(short)
            if not explained(wording.joined, short) and not _listed(wording, short):
                yield hit(said.path, "abbreviation", words=short)
    for said in wording.texts:
        if said.running and len(said.text) > 80:
            for found in _sentence_faults(said.text):
                severity = Severity.ADVICE if found.kind in _ADVICE else None
                begins = " ".join(said.text[found.start : found.end].split()[:6])
                yield hit(said.path, found.kind, severity=severity, words=begins.strip("*_ "), number=found.better)


def _listed(wording: Wording, short: str) -> bool:
    """Whether the plan defines the abbreviation, or has a body with this id or name."""
    terms = (node.term for node in wording.nodes if isinstance(node, Definition))
    names = (node.name for node in wording.nodes if isinstance(node, Actor))
    return any(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text or "") for text in (*terms, *names))


# ------------------------------------------------------------------ M06


@cache
def _same() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    """Groups of words for one thing, each with the pattern of its forms; a longer word of the group goes first."""
    groups = []
    for group in words("terms")["same"]:
        rows = []
        for term in group:
            longer = [other[len(term) :] for other in group if other.startswith(term) and other != term]
            not_longer = f"(?!{'|'.join(longer)})" if longer else ""
            rows.append((term, re.compile(rf"{re.escape(term)}{not_longer}\w{{0,6}}")))
        groups.append(tuple(rows))
    return tuple(groups)


@rule("M06", Severity.ADVICE, stage=Stage.CONSULTATION)
def term_not_kept(wording: Wording, plan: Plan) -> Found:
    """The same thing has the same name throughout, and what is defined is used."""
    defined = [node for node in wording.nodes if isinstance(node, Definition) and node.term]
    terms = [(node.term or "").casefold() for node in defined]
    small = wording.joined.lower()
    for group in _same():
        places = {}
        for term, pattern in group:
            if term in small and (found := next(_uses(pattern, small, wording), None)):
                places[term] = found
        kept = next((t for t, _ in group if any(t in term for term in terms)), next(iter(places), ""))
        for term, said in places.items():
            if term != kept and not any(term in other for other in terms):
                yield hit(said.path, words=term, other=kept)
    within = "\n".join(f"{node.term} {node.meaning or ''} {node.source or ''}" for node in defined).lower()
    for node in defined:
        if not any(small.count(stem) > within.count(stem) for stem in _stems_of(node.term or "")):
            yield hit(node.at("term"), "unused", words=node.term)


def _uses(pattern: re.Pattern[str], small: str, wording: Wording) -> Iterator[Said]:
    """Where the author uses a term: not in names, sources or definitions, and not as the end of another word."""
    for found in pattern.finditer(small):
        said, _ = wording.at(found.start())
        whole = not small[found.start() - 1 : found.start()].isalnum()
        if (
            whole
            and said.running
            and not isinstance(said.node, Definition | Actor)
            and said.name not in ("name", "themes")
        ):
            yield said


_FIXED: tuple[type[Word], ...] = (Level, Tier, ViolenceType)


def _stems_of(term: str) -> list[str]:
    """What of a term to look for: each part of it without its ending; fixed values of the format are always used."""
    parts = [part.strip().casefold() for part in re.split(r"[()/]| och | eller | and | or ", term) if part.strip()]
    if any(part in {name for word in _FIXED for one in word for name in (one.sv, one.value)} for part in parts):
        return [""]
    return [part[:-2] if len(part) > 6 else part for part in parts]


# ------------------------------------------------------------------ M07

_LINK = re.compile(r"\[([^\]\n]*)\]\((\w+:[^)\s]*)[^)]*\)")
_BARE = re.compile(r"https?://[^\s)>\]]+")
_CHECKED = re.compile(
    r"(?:kontroller|läst|läs|hämta|besök|granska|checked|read|retrieved|visited)\w*[^.\n]{0,60}?(?:19|20)\d\d",
    re.IGNORECASE,
)


@cache
def _empty() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{either(words('links')['empty'])})\W*", re.IGNORECASE)


@rule("M07", Severity.ADVICE, stage=Stage.PROPOSAL)
def link_unclear(wording: Wording) -> Found:
    """A link says where it leads, and when what it leads to was read."""
    linked: dict[Path, Said] = {}
    for found in _LINK.finditer(wording.joined):
        said, _ = wording.at(found.start())
        if not found[1].strip() or _empty().fullmatch(found[1]) or found[1].startswith(("http", "www.")):
            yield hit(said.path, words=found[1].strip() or found[2])
        if found[2].startswith("http"):
            linked.setdefault(said.path, said)
    for found in _BARE.finditer(wording.joined) if "http" in wording.joined else ():
        said, place = wording.at(found.start())
        if said.running and " " in said.text and said.text[place - 1 : place] not in tuple('(<"/='):
            yield hit(said.path, "bare", words=found[0].rstrip(".,;"))
    for said in linked.values():
        if not _CHECKED.search(said.text):
            yield hit(said.path, "checked")
