"""A: what is left of a template: places that somebody meant to fill in."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Decision, PaperStatus, Step
from vaaldplan.plan.signs import Signs, glance, line_of
from vaaldplan.plan.wording import Said, Wording

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
    *("[?]", "…..", "<!--", "kommentar [", "kommenterad [", "kommenterat [", "här skriver", "här anger", "här fyller"),
)


@cache
def _hole() -> re.Pattern[str]:
    """A hole in a line."""
    known = {name: either(listed) for name, listed in words("placeholders").items()}
    return regex(
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


@cache
def _bracket() -> re.Pattern[str]:
    """What begins with a bracket."""
    return regex(rf"[\[<«{{] ?(?i:{either(words('placeholders')['fill'])})(?!\w)")


@cache
def _looked_for() -> tuple[Signs, Signs]:
    """What to look for first: anywhere, and at the end of a line."""
    known = words("placeholders")
    anywhere = (word for name in ("words", "swaps", "unfinished") for word in known[name])
    return Signs((*_SIGNS, *anywhere)), Signs(known["later"])


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
    for start, end in sorted(_lines(text)):
        for hole in _in_line(text[start:end]):
            yield hole._replace(start=start + hole.start, end=start + hole.end)


@lru_cache(1024)  # tables and lists say the same many times
def _in_line(line: str) -> tuple[Hole, ...]:
    found = list(_hole().finditer(line))
    if not found:
        return ()
    kept = []
    rule = not line.replace("_", "").strip()  # a line of underscores alone is a rule in Markdown
    other, about, by_council = (pattern.search(line) for pattern in (_OTHER_X, _ABOUT, _BY_COUNCIL))
    for hole in found:
        kind, start = hole.lastgroup or "", hole.start()
        if kind == "date" and _before(_ABOUT, about, line, start):
            continue
        if (kind == "blank" and rule) or (kind == "mark" and other):
            continue
        if kind in ("mark", "date", "blank") and _before(_BY_COUNCIL, by_council, line, start):
            continue
        kept.append(Hole(*hole.span(), kind))
    return tuple(kept)


_LONG_LINE = 10_000
"""Letters; in a longer line what stands before each place is not looked for again and again."""


def _before(pattern: re.Pattern[str], first: re.Match[str] | None, line: str, start: int) -> bool:
    """Whether a pattern is found before a place, when ``first`` is where it is found in the whole line."""
    if first is None or len(line) > _LONG_LINE:
        return first is not None and first.end() <= start
    return pattern.search(line[:start]) is not None


def _lines(text: str) -> set[tuple[int, int]]:
    """The lines that may hold something."""
    anywhere, last = _looked_for()
    lines = anywhere.lines(text)
    pieces = glance(text).pieces
    if _TRIGGER.search(pieces):
        lines |= _lines_of(text, _TRIGGER)
    if any(sign in pieces for sign in "[<«{"):
        lines |= _lines_of(text, _bracket())
    words = last.present(text)
    for start, end in last.lines(text) if words else ():
        line = glance(text).letters[start:end].rstrip(b" .)]")
        if any((at := line.rfind(word)) >= 0 and len(line) - at - len(word) < _AFTER_THE_LAST for word in words):
            lines.add((start, end))
    return lines


def _lines_of(text: str, sign: re.Pattern[str]) -> set[tuple[int, int]]:
    """The lines in which a sign stands."""
    lines = set()
    found = sign.search(text)
    while found:
        lines.add(line := line_of(text, found.start()))
        found = sign.search(text, line[1])
    return lines


_AFTER_THE_LAST = 12
"""Letters that may stand between a word such as *anges* and the end of its line: *senare*, and an ending."""


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
