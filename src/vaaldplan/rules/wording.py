"""M: one word for one thing, and links that say where they lead and when that was read."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, word_table, words
from vaaldplan.finding import Path, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import ViolenceType
from vaaldplan.plan.measures import Level, Tier
from vaaldplan.plan.node import Word
from vaaldplan.plan.organisation import Actor
from vaaldplan.plan.paper import Definition
from vaaldplan.plan.signs import CUT, Signs, glance, places_of
from vaaldplan.plan.wording import Said, Wording

from .registry import Found, hit, rule

# ------------------------------------------------------------------ M06


class _Term(NamedTuple):
    """A word, and with what it is a longer word of its group."""

    word: str
    letters: bytes
    longer: tuple[bytes, ...]


@cache
def _same() -> tuple[Signs, tuple[tuple[_Term, ...], ...]]:
    """Groups of words for one thing, and all of them to look for at once: most stand nowhere in a plan."""
    groups = []
    for group in word_table("terms")["same"]:
        rows = []
        for term in group:
            longer = (other[len(term) :] for other in group if other.startswith(term) and other != term)
            rows.append(_Term(term, term.encode("latin-1"), tuple(end.encode("latin-1") for end in longer)))
        groups.append(tuple(rows))
    return Signs(term.word for group in groups for term in group), tuple(groups)


@rule("M06", Severity.ADVICE, stage=Stage.CONSULTATION)
def term_not_kept(wording: Wording) -> Found:
    """The same thing has the same name throughout, and what is defined is used."""
    defined = [node for node in wording.of(Definition) if node.term]
    terms = [(node.term or "").casefold() for node in defined]
    signs, groups = _same()
    present = frozenset(signs.present(wording.joined))
    for group in groups:
        here = (term for term in group if term.letters in present)
        used = {term.word: said for term in here if (said := next(_uses(term, wording), None))}
        if not used:
            continue
        kept = next((t.word for t in group if any(t.word in term for term in terms)), next(iter(used), ""))
        for term, said in used.items():
            if term != kept and not any(term in other for other in terms):
                yield hit(said.path, words=term, other=kept)
    within = "\n".join(f"{node.term} {node.meaning or ''} {node.source or ''}" for node in defined).lower()
    for node in defined:
        if not any(_more_often(stem, wording.joined, within) for stem in _stems_of(node.term or "")):
            yield hit(node.at("term"), "unused", words=node.term)


def _uses(term: _Term, wording: Wording) -> Iterator[Said]:
    """Where the author uses a term: not in names, sources or definitions, and not as the end of another word."""
    letters = glance(wording.joined).letters
    for place in places_of(letters, term.letters):
        said, _ = wording.at(place)
        if (
            not wording.joined[place - 1 : place].isalnum()
            and not letters.startswith(term.longer, place + len(term.word))
            and said.running
            and not isinstance(said.node, Definition | Actor)
            and said.name not in ("name", "themes")
        ):
            yield said


def _more_often(stem: str, text: str, within: str) -> bool:
    """Whether a word stands in a text more often than in a part of it."""
    letters, sign, start = glance(text).letters, stem.encode("latin-1", "replace"), 0
    for _ in range(within.count(stem) + 1 if stem else 0):
        place = letters.find(sign, start)
        if place < 0:
            return False
        start = place + len(sign)
    return True


_FIXED: tuple[type[Word], ...] = (Level, Tier, ViolenceType)


_BETWEEN_TERMS = regex(r"[()/]| och | eller | and | or ")


def _stems_of(term: str) -> list[str]:
    """What of a term to look for: each part of it without its ending; fixed values of the format are always used."""
    parts = [part.strip().casefold() for part in _BETWEEN_TERMS.split(term) if part.strip()]
    if any(part in {name for word in _FIXED for one in word for name in (one.sv, one.value)} for part in parts):
        return [""]
    return [part[:-2] if len(part) > 6 else part for part in parts]


# ------------------------------------------------------------------ M07

_LINK = regex(rf"\[([^\]\n{CUT}]{{0,300}})\]\((\w+:[^)\s{CUT}]*)[^){CUT}]{{0,300}}\)")
_BARE = regex(rf"https?://[^\s)>\]{CUT}]+")
_CHECKED = regex(
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
