"""How points of a proposal for decision are worded, in Swedish and in English. Only sure patterns."""

import re
from collections.abc import Iterable, Iterator

from vaaldplan.patterns import regex
from vaaldplan.plan.node import Word

_VERB = regex(
    r"\b(?:\w{3,}[ae]s|anta[rs]?|ge[rs]?|ta[rs]?|få[rs]?|ska|lägg\w*|ställ\w*|låt\w*|(?:fastställ|godkänn|uppdra|anvisa|avsätt|tillför"
    r"|finansier|bevilja|noter|upphäv|ersätt|förklara|pröva|återremitter|bifall|avslå|beslut|delegera|överlämna|uppmana"
    r"|rekommender|inrätta|utse|avsluta|redovisa|anmäl|förläng|publicera|översänd|begär|föreslå|medge|revidera|inled"
    r"|tillsätt|inför|adopt|approv|instruct|assign|allocat|repeal|declar|report)\w*)\b",
    re.IGNORECASE,
)
"""The verbs of decisions in all their forms (*anta*, *antar*, *antas*), and whatever may be a passive (*utökas*)."""
_LEAD = regex(
    r"^(?:\d+[.)]\s*)?(?:(?:kommun)?fullmäktige\s+(?:föreslås\s+)?(?:beslutar?\s+)?|the (?:municipal )?council\s+)?"
    r"(?:att\s+|to\s+)?",
    re.IGNORECASE,
)
_NOUN = regex(
    r"^(?:[^\s]+(?:en|et|ing|tion|plan|förslag)|the|an?|plan|förslag|proposal|enligt|i enlighet)\b", re.IGNORECASE
)
_OPENING = 4
"""Among how many words at the beginning the verb should stand."""
_MAIN = r"(?:anta|uppdra|anvisa|upphäva|förklara|adopt|instruct|repeal)"
_TWO = regex(rf"\b(?:och|samt|and)\s+(?:att\s+|to\s+)?{_MAIN}\b", re.IGNORECASE)
_BY_REFERENCE = regex(
    r"\b(?:enligt|i enlighet med|in accordance with|according to)\s+(?:the\s+)?(?:bifoga|bilag|förslag|tjänsteskriv"
    r"|ovan|attached|appendi|annex|proposal|above)[\w:\s]*",
    re.IGNORECASE,
)
_OWN_WORDS = 5
"""A point that refers to another paper is clear if it holds at least this many words of its own."""


def faults(point: str) -> Iterator[str]:
    """What is unclear in a point: ``verb``, ``many`` or ``alone``, as the variants of N03 are called."""
    text = _LEAD.sub("", point, count=1)
    if _NOUN.search(text) and not _VERB.search(" ".join(text.split()[:_OPENING])):
        yield "verb"
    if _TWO.search(text):
        yield "many"
    if _BY_REFERENCE.search(text) and len(_BY_REFERENCE.sub(" ", text).split()) < _OWN_WORDS:
        yield "alone"


class DecisionPoint(Word):
    """What the council decides on beside the plan itself."""

    ADOPT = "that the plan is adopted", "att planen antas"
    ASSIGN = "that somebody is instructed to carry it out", "att någon får i uppdrag att genomföra den"
    FINANCE = "how it is financed", "hur den finansieras"
    REPORT = "when it is reported to the council", "när den redovisas för fullmäktige"
    EARLIER = "what becomes of the plan it replaces", "vad som händer med den plan den ersätter"


_TOLD_BY = {
    DecisionPoint.ADOPT: regex(r"\banta(r|s|gande)?\b|\bfastställ|\bgodkänn|\badopt|\bapprov", re.IGNORECASE),
    DecisionPoint.ASSIGN: regex(r"\buppdra|i uppdrag|ålägg|\binstruct|\bassign|\btask", re.IGNORECASE),
    DecisionPoint.FINANCE: regex(
        r"\banvisa|finansier|budget|avsätt|tillför|\bmedel\b|kostnad|kronor|\bkr\b|inom ram|\bfund|alloca",
        re.IGNORECASE,
    ),
    DecisionPoint.REPORT: regex(
        r"redovisa|rapporter|följ\w* upp|uppfölj|utvärder|\breport|follow\w* up|evaluat", re.IGNORECASE
    ),
    DecisionPoint.EARLIER: regex(
        r"upphäv|ersätt|upphör|sluta gälla|löp\w* ut|efterträd|replac|repeal|ceas", re.IGNORECASE
    ),
}


def decides(points: Iterable[str | None], what: DecisionPoint) -> bool:
    """Whether one of the points decides on it."""
    return any(_TOLD_BY[what].search(point) for point in points if point)


_ASSIGNMENT = regex(r"\buppdrag(et|en)?\b|\bmotion(en)?\b|\bassignment\b|\bmandate\b", re.IGNORECASE)
_CARRIED_OUT = regex(
    r"genomför(t|da)|slutför(t|da)|fullgjor|avsluta|(av|åter)rapporter|besvara(d|t)|färdigbehandla"
    r"|carried out|complet|closed|fulfil|answered",
    re.IGNORECASE,
)


def closes_assignment(point: str) -> bool:
    """Whether a point says that the assignment is carried out."""
    return bool(_ASSIGNMENT.search(point) and _CARRIED_OUT.search(point))


_PUBLISHED = regex(r"publicer|webb(plats|sida)|hemsida|anslagstavl|författningssamling|publish|website", re.IGNORECASE)
_THE_PLAN = regex(r"\bplanen\b|\w*handlingsplan|\bdokumentet\b|\bthe (action )?plan\b|\bdocument\b", re.IGNORECASE)


def publishes(sentence: str) -> bool:
    """Whether a sentence says where the plan is published."""
    return bool(_PUBLISHED.search(sentence) and _THE_PLAN.search(sentence))
