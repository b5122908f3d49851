"""A: what is left of a template: places that somebody meant to fill in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Decision, PaperStatus, Step
from vaaldplan.plan.wording import CUT, Said, Wording, places

from .registry import Found, Terms, hit, rule

ADVICE: frozenset[str] = frozenset()
"""The kinds that have not been sure enough, when measured, to be more than advice."""


class Hole(NamedTuple):
    """A place that somebody meant to fill in."""

    start: int
    end: int
    kind: str
    """``mark`` (XX), ``word``, ``prompt``, ``bracket``, ``date``, ``blank`` or ``later``."""


_TRIGGER = regex(r"[xXNY](?![a-zåäöA-ZÅÄÖ])")
"""A cheap sign that a line may hold something; most lines have none."""
_SIGNS = (
    *("klicka", "click", "välj ett", " här", "senare", "åå", "yyyy", "dd/mm", "dd-mm", "dd.mm", "kommun x", "todo"),
    *("{", "-mm-", "__", ".....", "……", "??", "00-00", "/00", ".00", ":00", "202_", "yyy", "zzz", "(?)"),
    *("20--", "20..", "...", "… ", "(ange", "(fyll", "(infoga", "(skriv", "(lägg"),
    *("[?]", "…..", "<!--", "omment", "här skriver", "här anger", "här fyller"),
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    """A hole in a line; what begins with a bracket; words to look for first, anywhere and at the end of a line."""
    known = {name: either(listed) for name, listed in words("placeholders").items()}
    hole = regex(
        rf"""
        (?P<mark> (?<!\w)[0-9]*[xX]{{2,}}(?!\w|:\w|/XY) | (?<!\w)(?:Y{{3,}}|Z{{3,}}|NN|N\.[ ]?N\.)(?!\w)
          | (?<![\w/.-])YY(?![\w/-])
          | \b(?:19|20)(?:\d[xX_?]|[?_]{{2}}|--|\.\.)(?!\w) | (?:…|\.{{3}})[ ](?i:{known["units"]})(?!\w)
          | (?<![\d×x*][ ])\b[xX][ \u00a0](?i:{known["units"]})(?!\w)
          | (?<!\w)(?i:{known["numbered"]})[ \u00a0][xXY]\b(?![-&]|[ ](?:och|and)[ ]Y)
          | \b[Kk]ommun(?:en)?[ ]X\b | \b[XY][ -](?:kommun|köping|stad|nämnd)\w* )
      | (?P<word> (?<![\w.])(?i:{known["words"]})(?!\w) | \bTODO\b )
      | (?P<prompt> (?<!["”'»\[])\b(?i:klicka[ ]här|click[ ]here)(?!["”'»\]])
              (?![ ](?:för[ ]att|och|om|to)[ ](?!ange|skriv|infoga|lägg|välj|fyll|enter|insert))
          | \b(?i:{known["prompts"]})[ ](?:\w+[ ]){{0,3}}?(?i:{known["asked"]})[ ](?:\w+[ ]){{0,2}}?här\b
          | \b(?i:{known["itself"]})[ ](?:(?:ska|behöver)[ ])?(?i:{known["unfinished"]})(?!\w)
          | \b(?i:{known["swaps"]})[ ](?:denna|den[ ]här|det[ ]här|detta|den[ ]gul\w*)[ ](?i:{known["swapped"]})
          | \b(?i:här[ ](?:skriver|anger|fyller)[ ](?:ni|du))\b
          | \bKomment(?:ar|erad|erat)[ ]\[\w{{1,5}}\d{{1,3}}\] )
      | (?P<bracket> \{{\{{[^{{}}]*\}}\}} | \{{[\w ]{{1,40}}\}}
          | (?<![\]\w!])[\[<«{{]{{1,2}}[ ]?(?i:{known["fill"]})(?![\w@])[^\]>»}}()]{{0,60}}[\]>»}}](?!\()
          | \((?i:{known["prompts"]})\b[^()]{{0,60}}\) | \([?]\) | \[[?]\] | <!-- )
      | (?P<date> \b(?i:åååå|yyyy)(?:[-/. ]?(?i:mm)(?:[-/. ]?(?i:dd))?)?\b
          | \b20\d\d-(?i:mm|00)-(?i:dd|00)\b | \b(?i:åå[-/]?mm[-/]?dd|dd[-/.]mm)\b
          | \b(?:00)?00-00-00\b | \b(?:20\d\d|0000)[/.:]0{{2,}}\b )
      | (?P<blank> (?<!\w)_{{3,}}(?!\w) | (?<=[ ])__(?=[ ]) | (?<!\.)\.{{5,}}(?![. ]*\d) | …(?:…+|\.{{2,}})
              | (?:(?<=[-:\s\d/(])|^)\?{{2,}} )
      | (?P<later> (?:(?<=[:(\[–-][ ])|(?<=[(\[])|^)(?:(?i:ska|att)[ ])?(?i:{known["later"]})(?:[ ]senare)?
              (?=[ ]?[.)\]]*[ ]?$) )
        """,
        re.VERBOSE,
    )
    own = words("placeholders")
    bracket = regex(rf"[\[<«{{] ?(?i:{known['fill']})(?!\w)")
    return (
        hole,
        bracket,
        (*_SIGNS, *(w.rstrip("*") for w in (*own["words"], *own["swaps"], *own["unfinished"]))),
        tuple(w.rstrip("*") for w in own["later"]),
    )


_OTHER_X = regex(r"kromosom|chromosom|romersk", re.IGNORECASE)
"""The text speaks of chromosomes or of Roman numerals."""
_ABOUT = regex(
    r"\bformat(?:et)?\b|\bformen\b|\bskriv(?:s|a)\b|\banges som\b|\bordet\b|\bordningen\b|\bwritten\b", re.IGNORECASE
)
"""The text speaks of how dates are written."""
_BY_COUNCIL = regex(
    r"(?:antag|fastställ|beslut)\w*(?: av| i)?\W{0,3}(?:\w+ )?(?:kommun)?(?:fullmäktige|styrelsen)|adopted by",
    re.IGNORECASE,
)
"""What stands before the date and the section that the council fills in."""


def placeholders(text: str) -> Iterator[Hole]:
    """Find what was left to fill in: ``XX``, ``20XX``, ``[namn]``, *lorem ipsum*, *klicka här* …"""
    pattern = _patterns()[0]
    for start, end in sorted(_lines(text)):
        line = text[start:end]
        for found in pattern.finditer(line):
            kind, before = found.lastgroup or "", line[: found.start()]
            if kind == "date" and _ABOUT.search(before):
                continue
            if kind == "blank" and not line.replace("_", "").strip():
                continue  # a line of underscores alone is a rule in Markdown
            if kind == "mark" and _OTHER_X.search(line):
                continue
            if kind in ("mark", "date", "blank") and _BY_COUNCIL.search(before):
                continue
            yield Hole(start + found.start(), start + found.end(), kind)


def _lines(text: str) -> set[tuple[int, int]]:
    """The lines that may hold something."""
    _, bracket, signs, last = _patterns()
    found = [sign.start() for sign in (*_TRIGGER.finditer(text), *bracket.finditer(text))]
    lines = {_line(text, place) for place in (*found, *places(text, signs))}
    for place in places(text, last):
        start, end = _line(text, place)
        rest = text[place:end].lower().rstrip(" .)]")
        if any(rest.startswith(word) and len(rest) - len(word) < _AFTER_THE_LAST for word in last):
            lines.add((start, end))
    return lines


_AFTER_THE_LAST = 12
"""Letters that may stand between a word such as *anges* and the end of its line: *senare*, and an ending."""


def _line(text: str, place: int) -> tuple[int, int]:
    """Where the line that a place stands in begins and ends."""
    start = max(text.rfind("\n", 0, place), text.rfind(CUT, 0, place)) + 1
    ends = [end for end in (text.find("\n", place), text.find(CUT, place)) if end >= 0]
    return start, min(ends, default=len(text))


def _council_fills(said: Said, plan: Plan) -> bool:
    """Whether the field is one that the council fills in when it decides."""
    if plan.status is PaperStatus.ADOPTED or said.name not in ("date", "section", "announced", "votes"):
        return False
    meetings = plan.preparation.meetings if plan.preparation else []
    own = any(said.node is one for one in (*plan.decision, *meetings))
    return isinstance(said.node, Decision | Step) and own


@rule("A09", stage=Stage.PROPOSAL)
def placeholder_left(wording: Wording, plan: Plan, terms: Terms) -> Found:
    """Nothing of the template is left to fill in, and no word that the municipality forbids."""
    for hole in placeholders(wording.joined):
        said, _ = wording.at(hole.start)
        if not _council_fills(said, plan):
            severity = Severity.ADVICE if hole.kind in ADVICE else None
            yield hit(said.path, severity=severity, found=wording.joined[hole.start : hole.end].strip())
    if terms.forbidden:
        for found in re.finditer(rf"(?<!\w)(?:{either(terms.forbidden)})(?!\w)", wording.joined, re.IGNORECASE):
            yield hit(wording.at(found.start())[0].path, "forbidden", found=found[0])
