"""E: whether anybody can tell that a measure has been done, from the words it is put in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vaaldplan.facts import either, words
from vaaldplan.finding import Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.measures import Measure, Work
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Language

from .registry import Found, hit, rule

ADVICE = frozenset({"hedge"})
"""The kinds that have not been sure enough, when measured, to be more than advice."""


class Vague(NamedTuple):
    """Words that promise nothing that can be checked."""

    start: int
    end: int
    kind: str
    """``verb`` or ``hedge``."""


_NOT_OBJECTS = regex(
    r"\bagenda 2030\b|\bdelmål \d[\d.]*|\(\d{4}:\d+\)|\b\d+ kap\.|\b\d+ §|§ \d+|\bartik\w+ \d+|\b20\d\d[–-]20\d\d\b",
    re.IGNORECASE,
)
"""Figures that count nothing: laws, goals, and the plan's own period."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known = {name: either(listed) for name, listed in words("verbs").items()}
    for name in ("first", "present"):
        known[name] = known[name].replace(r"\ ", r"(?: (?!fram\b|in\b|om\b|ut\b|upp\b)\w+){0,3}? ")
    adverbs = rf"(?:(?:{known['adverbs']}) )*"
    not_stood = r"stöd(?! (?:till|för|och|i|vid|från|enligt|på|åt|av|som|ges)\b)"  # the noun is no verb
    stop = r"(?!(?:eller|för|genom|som|att|så|samt|men|hur|vad|vilka|när|var|där|om)\b)"
    no_and = r"(?!och\b)"
    not_begun = r"(?!(?:anställs|inrättas|utses|tas|införs|skapas|startas|får|ger|har)\b)"
    forms = (
        rf"{adverbs}(?:{known['first']}|{not_stood})",
        rf"(?:{stop}{not_begun}[\w-]+ ){{1,7}}?(?:{known['modal']}) "
        rf"(?:{stop}{no_and}[\w-]+ ){{0,6}}?{adverbs}(?:{known['first']}|{known['passive']})",
        rf"(?:{stop}{no_and}[\w-]+ ){{1,6}}?{adverbs}(?:{known['present']}|{known['passive']})",
    )
    verb = rf"^[\W\d]*(?:{'|'.join(forms)})(?!\w)"
    return {
        "verb": re.compile(verb, re.IGNORECASE),
        "hedge": re.compile(rf"\b(?:{known['hedges']})\b(?! av\b)", re.IGNORECASE),
        "sure": re.compile(
            rf"\d|\b(?:{known['counts']})\b|\bgenom att (?!{known['first']})"
            rf"|\b(?:en|ett)(?: [\w-]+){{0,4}}? (?:\w+-)?\w*(?:{known['products']})\b",
            re.IGNORECASE,
        ),
    }


_SENTENCE = regex(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ*])|\n\s*(?:[-*•]|\d+[.)])\s+|\n\n+")


def vague(text: str) -> Iterator[Vague]:
    """Find the verbs and the reservations that nobody can check, unless something beside can be checked."""
    known = _patterns()
    if known["sure"].search(_NOT_OBJECTS.sub("", text)):
        return
    start = 0
    for sentence in _SENTENCE.split(text):
        start = text.find(sentence, start)
        for kind in ("verb", "hedge"):
            if found := known[kind].search(sentence):
                yield Vague(start + found.start(), start + found.end(), kind)
                break


def _dated(work: Work) -> bool:
    """Whether a deliverable with number or date stands beside the words."""
    return isinstance(work, Measure) and any(d.number is not None or d.date is not None for d in work.deliverables)


@rule("E05", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def verb_unverifiable(measure: Measure, plan: Plan) -> Found:
    """A measure says what is to be done, so that it can be seen when it is done."""
    if _dated(measure) or plan.language is Language.ENGLISH:
        return
    for work in (measure, *measure.parts):
        name = "title" if work.title else "description"
        text = getattr(work, name) or ""
        if found := next(vague(text), None):
            variant = "hedge" if found.kind == "hedge" else ""
            severity = Severity.ADVICE if found.kind in ADVICE else None
            yield hit(work.at(name), variant, severity=severity, words=text[found.start : found.end].strip())
