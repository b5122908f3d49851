"""C: the problem picture and the definitions."""

import re
from datetime import date, timedelta

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Observation, Reading, Situation, ViolenceType
from vaaldplan.plan.measures import MeasureKind
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Word
from vaaldplan.plan.signs import small

from .registry import Found, called, hit, key_of, rule

OLDEST_MONTHS = 24
"""The picture is to be brought up to date at least every second year (lag 2023:196, 6 §)."""
FEWEST_SOURCES = 3
"""Social services, school, police, the shelter: no source sees more than its own part (the handbook, step 2)."""


@rule("C01", stage=Stage.CONSULTATION, basis=Basis.STATUTE, act=True)
def picture_incomplete(plan: Plan) -> Found:
    """The problem picture has its three parts: mapping, other information, analysis."""
    if plan.situation is None:
        if not plan.open("situation"):
            yield hit(plan.at("situation"))
        return
    for part in ("mapping", "other", "analysis"):
        if not plan.situation.stated(part):
            yield hit(plan.situation.at(part), part)


def _decided(plan: Plan) -> date | None:
    """When the plan is, or is meant to be, decided; else when it begins."""
    dates = [d.date for d in plan.decision]
    dates += [step.date for step in plan.preparation.meetings] if plan.preparation else []
    known = [time.first for time in dates if time and time.first]
    if known:
        return max(known)
    start = plan.validity.valid_from if plan.validity else None
    return start.first if start else None


@rule("C02", stage=Stage.PROPOSAL, basis=Basis.STATUTE, act=True)
def picture_old(situation: Situation, plan: Plan) -> Found:
    """The problem picture is at most two years old when the plan is decided."""
    if not situation.stated("date"):
        yield hit(situation.at("date"))
        return
    decided = _decided(plan)
    if situation.date is None or situation.date.last is None or decided is None:
        return
    if situation.date.last + timedelta(days=round(OLDEST_MONTHS * 365.25 / 12)) < decided:
        yield hit(situation.at("date"), "old", date=situation.date.text, longest=OLDEST_MONTHS)


def _is_figure(reading: Reading | None) -> bool:
    if reading is None:
        return False
    return any(value is not None and value.low is not None for value in (reading.value, reading.at_least)) or bool(
        reading.at_most
    )


def _has_figure(observation: Observation) -> bool:
    return _is_figure(observation.value) or any(_is_figure(reading) for reading in observation.values.values())


_ITS_WORD = regex(r"s? (kommun|stad)$")
"""What stands after the name of a municipality."""


@rule("C03", Severity.WARNING, stage=Stage.PROPOSAL)
def figure_without_source(situation: Situation, plan: Plan) -> Found:
    """Every figure has source, year, unit and place; the sources are several, and one is local."""
    for seen in situation.observations:
        if _has_figure(seen):
            dated = seen.stated("year") or seen.values
            missing = [key_of(seen, name) for name in ("source", "unit", "place") if not seen.stated(name)]
            missing += [] if dated else [key_of(seen, "year")]
            if missing:
                yield hit(seen.path, missing=missing)
    sources = [*situation.sources, *(seen.source for seen in situation.observations if seen.source)]
    different = {source.casefold() for source in sources}
    if situation.stated("sources") and not sources:
        return
    if len(different) < FEWEST_SOURCES:
        yield hit(situation.at("sources"), "few", number=len(different), fewest=FEWEST_SOURCES)
    own = _ITS_WORD.sub("", (plan.municipality or "").casefold())
    places = [place.casefold() for seen in situation.observations if (place := seen.place)]
    if own and different and not any(own in text for text in (*different, *places)):
        yield hit(situation.at("sources"), "local", severity=Severity.ADVICE)


@rule("C04", stage=Stage.PROPOSAL, basis=Basis.STATUTE, act=True)
def problem_and_measure_apart(plan: Plan) -> Found:
    """Every measure answers to a finding of the problem picture, every prioritised finding has a measure."""
    observations = plan.situation.observations if plan.situation else []
    if not observations or not plan.measures:
        return
    answered = {name for measure in plan.measures for name in measure.observations}
    for measure in plan.measures:
        own = measure.from_document is None and measure.kind is not MeasureKind.ADVICE
        if own and not measure.stated("observations"):
            yield hit(measure.at("observations"), measure=called(measure))
    for seen in observations:
        if seen.priority and seen.id and seen.id not in answered:
            yield hit(seen.path, "observation", observation=called(seen))


_WORDS_FOR = {
    ViolenceType.PARTNER: ("nära relation", "partner", "close relation", "intimate"),
    ViolenceType.HONOUR: ("heder", "honour"),
    ViolenceType.TRAFFICKING: ("prostitution", "människohandel", "trafficking"),
}
"""Words by which prose tells of a kind of violence, or of why it is left out."""


_EXCLUDES = regex(r"\b(inte|ej|inga|utom|utanför|not|outside|except)\b")


def _told(situation: Situation, plan: Plan) -> str:
    """The prose that may tell of a kind of violence, or that the plan leaves it out."""
    scope = (plan.scope or "").casefold()
    told = [sentence for sentence in re.split(r"[.\n]", scope) if _EXCLUDES.search(sentence)]
    parts = (situation.mapping, situation.other, situation.analysis, *(seen.text for seen in situation.observations))
    told += [part.casefold() for part in parts if part]
    return "\n".join(told)


@rule("C05", Severity.WARNING, stage=Stage.CONSULTATION)
def violence_type_left_out(situation: Situation, plan: Plan) -> Found:
    """The picture covers partner violence, honour-related violence, and prostitution and trafficking, or why not."""
    told = _told(situation, plan)
    held = {str(kind) for seen in situation.observations for kind in seen.violence_type}
    missing: list[Word] = [
        kind for kind, words in _WORDS_FOR.items() if kind.value not in held and not any(word in told for word in words)
    ]
    if missing:
        yield hit(situation.path, types=missing)


@rule("C06", Severity.WARNING, stage=Stage.PROPOSAL)
def violence_undefined(plan: Plan) -> Found:
    """The plan says what it means by violence, and from where each definition comes."""
    if plan.open("definitions"):
        return
    terms = [(definition.term or "").casefold() for definition in plan.definitions]
    if not any("våld" in term or "violence" in term for term in terms):
        yield hit(plan.at("definitions"))
    for definition in plan.definitions:
        if not definition.stated("source"):
            yield hit(definition.at("source"), "source", severity=Severity.ADVICE, term=definition.term or "…")


_PEOPLE = regex(r"%|procent|percent|person|people|barn|child|elev|pupil|anställda|employees|invånare|residents")
_ONE_SEX = regex(r"kvinn|flick|\bmän\b|\bmäns\b|pojk|women|girl|\bmen\b|boys")


@rule("C07", Severity.WARNING, stage=Stage.PROPOSAL)
def figure_not_split(observation: Observation) -> Found:
    """A figure about people is split by sex, or a reason is given."""
    if not _has_figure(observation) or observation.stated("breakdown"):
        return
    told = f"{observation.unit or ''} {observation.group or ''} {observation.text or ''}".casefold()
    if observation.group and _PEOPLE.search((observation.unit or "").casefold()) and not _ONE_SEX.search(told):
        yield hit(observation.at("breakdown"), observation=called(observation))


class WeakGroup(Word):
    """Groups with weak support of society, as the strategy of Västra Götaland lists them."""

    YOUNG = "children and young people", "barn och unga"
    LGBTQI = "LGBTQI people", "hbtqi-personer"
    OLDER = "older people", "äldre"
    DISABILITY = "people with disabilities", "personer med funktionsnedsättning"
    ADDICTION = "people with addiction", "personer med beroende"
    HOMELESS = "homeless people", "personer i hemlöshet"
    PROSTITUTION = "people exploited in prostitution", "personer som utnyttjas i prostitution"
    HONOUR = "people in an honour context", "personer i hederskontext"
    FOREIGN = "people of foreign background", "personer med utländsk bakgrund"


_GROUP_WORDS = {  # each begins with letters, so that other places are passed at once
    WeakGroup.YOUNG: regex(r"barn(?<!\wbarn)|ung(?<!\wung)|flick|pojk|elev|child|young|pupil"),
    WeakGroup.LGBTQI: regex(r"hbtq|lgbt|sexuell läggning|könsidentitet|sexual orientation"),
    WeakGroup.OLDER: regex(r"äldre(?<!\wäldre)|senior|pensionär|65 år|older(?<!\wolder)|elderly"),
    WeakGroup.DISABILITY: regex(r"funktionsneds|funktionshin|funktionsvar|disab"),
    WeakGroup.ADDICTION: regex(r"missbruk|beroende\b|skadligt bruk|addiction|substance"),
    WeakGroup.HOMELESS: regex(r"hemlös|saknar bostad|homeless"),
    WeakGroup.PROSTITUTION: regex(r"prostitution|sex mot ersättning|människohandel|trafficking"),
    WeakGroup.HONOUR: regex(r"heder|honour"),
    WeakGroup.FOREIGN: regex(r"utländsk|utrikes|nyanländ|ursprung|migra|foreign|språk|tolk"),
}


@rule("C08", Severity.WARNING, stage=Stage.PROPOSAL)
def group_forgotten(plan: Plan) -> Found:
    """The groups with weak support are met by a measure, or the plan says why not."""
    if not plan.measures:
        return
    situation = plan.situation or Situation()
    told = [plan.scope, plan.boundary, situation.mapping, situation.other, situation.analysis]
    told += [text for seen in situation.observations for text in (seen.text, seen.group)]
    told += [chapter.text for chapter in plan.chapters] + [gap.reason for gap in plan.gaps]
    told += [group.group for goal in plan.goals for group in goal.target_group]
    for measure in plan.measures:
        told += [measure.title, measure.description, *measure.aimed_at, *map(str, measure.violence_types)]
        told += [group.group for group in measure.target_group]
    text = small("\n".join(filter(None, told)))
    missing = [group for group, words in _GROUP_WORDS.items() if not words.search(text)]
    if missing:
        yield hit(plan.at("measures"), "one" if len(missing) == 1 else "", groups=missing, number=len(missing))


@rule("C09", Severity.ADVICE, stage=Stage.PROPOSAL)
def change_factor_missing(plan: Plan) -> Found:
    """When the plan names risk and protective factors, every measure says which of them it changes."""
    if plan.situation is None or not plan.situation.change_factors:
        return
    for measure in plan.measures:
        own = measure.from_document is None and measure.kind is not MeasureKind.ADVICE
        if own and not measure.stated("change_factors"):
            yield hit(measure.at("change_factors"), measure=called(measure))
