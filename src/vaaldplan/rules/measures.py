"""E: the measures."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from math import ceil

from vaaldplan.finding import Severity, Stage
from vaaldplan.last import of_last
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Situation
from vaaldplan.plan.load import INLINE
from vaaldplan.plan.measures import EvidenceGrade, Measure, Newness, State, Work
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.organisation import ActorType
from vaaldplan.plan.paper import PaperStatus, Placement

from .circles import circles, followers
from .committed import actor_names, actors_of, committed, first_day, last_day, name_of, said_in_parts
from .registry import Found, Hit, hit, rule

MOST_PER_OWNER = 15
"""How many measures one body can carry is our own judgement: lack of capacity is why plans fail (NKVTS)."""
FEW = 4
"""Shares of fewer measures than this say nothing."""
SHORT = 300
"""Words of background that nobody minds, about a page."""
ALIKE = 0.8
"""Titles that share this much of their words are taken for the same measure."""
LONGEST = 60
"""Words in a title; more are no title, and are compared with none."""


def _repeated(entries: Sequence[Node]) -> Iterable[Hit]:
    first: dict[str, Node] = {}
    for entry in entries:
        name = getattr(entry, "id", None)
        if not name or name.startswith(INLINE):
            continue
        if name in first:
            yield hit(entry.at("id"), id=name, other=getattr(first[name], "title", "") or name)
        first.setdefault(name, entry)


@rule("E01")
def id_repeated(plan: Plan) -> Found:
    """An id stands for one thing: measures and their parts together, and each register by itself."""
    yield from _repeated([work for measure in plan.measures for work in (measure, *measure.parts)])
    situation = plan.situation or Situation()
    for register in (
        plan.goals,
        plan.indicators,
        plan.actors,
        plan.chapters,
        plan.related_documents,
        situation.observations,
        situation.change_factors,
        [point for mandate in plan.mandate for point in mandate.points],
    ):
        yield from _repeated(register)


def _each_for_itself(measure: Measure) -> bool:
    """Whether all committees are responsible, each for its own part."""
    return any(owner.startswith("@") for owner in measure.owner)


@rule("E02", stage=Stage.PROPOSAL, binding=True)
def owner_unclear(measure: Measure, plan: Plan) -> Found:
    """Somebody answers for the measure, and it is clear who leads when several do."""
    if unknown := measure.open("owner"):
        yield hit(measure.at("owner"), "unknown", reason=unknown.reason.rstrip("."))
    elif not measure.owner:
        yield hit(measure.at("owner"))
    elif len(measure.owner) > 1 and not measure.convener and not measure.equal and not _each_for_itself(measure):
        yield hit(
            measure.at("owner"),
            "several",
            severity=Severity.WARNING,
            stage=Stage.CONSULTATION,
            number=len(measure.owner),
            owners=actor_names(plan, measure.owner),
        )


@rule("E03", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def function_missing(measure: Measure, plan: Plan) -> Found:
    """The measure names the function that carries it out, not only the body that answers for it."""
    if not measure.owner or said_in_parts(measure, "function"):
        return
    register = actors_of(plan)
    if not any(owner in register and register[owner].type is ActorType.FUNCTION for owner in measure.owner):
        yield hit(measure.at("function"))


_TIMES = ("start", "time", "end", "period", "rhythm")


@rule("E04", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def time_unclear(measure: Measure, plan: Plan) -> Found:
    """The measure has a time that can be followed up, within the plan's validity."""
    start, end = first_day(measure.start), last_day(measure.end)
    if start and end and end < start:
        yield hit(measure.at("end"), "reversed", severity=Severity.ERROR, stage=Stage.DRAFT)
        return
    if not measure.start and not any(said_in_parts(measure, name) for name in _TIMES):
        yield hit(measure.at("start"))
    elif measure.time and measure.time.ongoing and not (measure.time.rhythm or measure.rhythm or _checked(measure)):
        yield hit(measure.at("time"), "ongoing", time=measure.time.text)
    elif measure.start and not (said_in_parts(measure, "end") or measure.rhythm or measure.time or _checked(measure)):
        yield hit(measure.at("end"), "end")
    if plan.validity is None:
        return
    closes, opens = last_day(plan.validity.valid_until), first_day(plan.validity.valid_from)
    begins, ends = first_day(measure.start), first_day(measure.end)
    if closes and ((begins and begins > closes) or (ends and ends > closes)):
        yield hit(measure.at("start" if begins and begins > closes else "end"), "outside")
    elif opens and end and end < opens:
        yield hit(measure.at("end"), "outside")


def _checked(work: Work) -> bool:
    return work.stated("checkpoint") or work.stated("open_ended")


@rule("E06", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def target_group_missing(measure: Measure) -> Found:
    """The measure says whom it is for."""
    training, outreach = measure.training, measure.outreach
    said = measure.stated("target_group") or measure.stated("aimed_at")
    if not said and not (training and training.staff) and not (outreach and outreach.audience):
        yield hit(measure.at("target_group"))


@rule("E07", Severity.WARNING, stage=Stage.CONSULTATION, binding=True)
def nothing_countable(measure: Measure) -> Found:
    """The measure gives something that can be counted or dated."""
    if not measure.stated("deliverables"):
        yield hit(measure.at("deliverables"))
    elif measure.deliverables and not any(d.stated("number") or d.stated("date") for d in measure.deliverables):
        yield hit(measure.at("deliverables"), "vague")


_LEGAL = regex(r"\blag\b|lagen\b|\bact\b", re.IGNORECASE)
"""What a law prescribes needs no further proof."""


@rule("E08", Severity.WARNING, stage=Stage.PROPOSAL, binding=True)
def method_unproven(measure: Measure) -> Found:
    """A named method says how well it is proven, and who says so; an own method is followed up."""
    if not measure.method:
        return
    evidence, found = measure.evidence, None
    if evidence is None:
        if not measure.stated("evidence"):
            found = hit(measure.at("evidence"), method=measure.method)
    elif evidence.grade is EvidenceGrade.OWN:
        if not measure.indicators:
            found = hit(measure.at("indicators"), "own", severity=Severity.ADVICE, method=measure.method)
    elif evidence.grade and not evidence.stated("source"):
        found = hit(evidence.path, "source", method=measure.method, grade=evidence.grade)
    if found and not _LEGAL.search(measure.method):
        yield found


@rule("E09", Severity.ADVICE, stage=Stage.PROPOSAL)
def mostly_ongoing(plan: Plan) -> Found:
    """The plan is more than a list of what is done already."""
    measures = committed(plan)
    ongoing = [m for m in measures if m.newness is Newness.ONGOING]
    if len(measures) >= FEW and 2 * len(ongoing) >= len(measures):
        yield hit(plan.at("measures"), number=len(ongoing), total=len(measures))


@rule("E10", stage=Stage.PROPOSAL, binding=True)
def cell_missing(measure: Measure) -> Found:
    """The measure says at which level and tier it works."""
    if measure.level is None and measure.tier is None:
        yield hit(measure.path, "both")
    elif measure.level is None:
        yield hit(measure.at("level"), "level")
    elif measure.tier is None:
        yield hit(measure.at("tier"), "tier")


_WORD = regex(r"\w+")


def _words(title: str) -> frozenset[str]:
    title = title.casefold()
    listed = title.split(" ") if title.replace(" ", "").isalnum() else _WORD.findall(title)
    return frozenset([word for word in listed if len(word) > 2 or word.isdigit()])


@rule("E11", Severity.ADVICE, stage=Stage.CONSULTATION)
def measure_twice(plan: Plan) -> Found:
    """No two measures have nearly the same title."""
    titled = [(words, m) for m in committed(plan) if 1 < len(words := _words(m.title or "")) <= LONGEST]
    uses = Counter(chain.from_iterable([words for words, _ in titled]))
    shared = sorted([(number, word) for word, number in uses.items() if number > 1])
    rank = {word: number for number, (_, word) in enumerate(shared)}
    seen: dict[tuple[int, ...], list[int]] = {}
    for number, (words, measure) in enumerate(titled):
        # So few words may differ that titles alike share three of these, which spares comparing each with every other.
        common = sorted([rank[word] for word in words if word in rank])
        rarest = common[: max(0, 3 + len(common) - ceil(ALIKE * len(words)))]
        telling = list(combinations(rarest, min(3, len(words))))
        for at in sorted({at for three in telling if three in seen for at in seen[three]}):
            others, other = titled[at]
            both = len(words & others)
            if both >= ALIKE * (len(words) + len(others) - both):
                yield hit(measure.at("title"), measure=name_of(measure), other=name_of(other))
                break
        for three in telling:
            seen.setdefault(three, []).append(number)


@rule("E12", Severity.WARNING, stage=Stage.CONSULTATION)
def dependency_impossible(plan: Plan) -> Found:
    """What a measure depends on comes before it, and no measure waits for itself."""
    by_id = {m.id: m for m in reversed(plan.measures) if m.id}
    waiting = [m for m in plan.measures if m.id and m.depends_on]
    circle = circles(followers((m.id, m.depends_on) for m in waiting))
    for measure in waiting:
        for i, other_id in enumerate(measure.depends_on):
            other = by_id.get(other_id)
            if other is None:
                continue
            if circle.get(other_id) == circle[measure.id or ""]:
                path = measure.at("depends_on", i)
                yield hit(path, severity=Severity.ERROR, stage=Stage.DRAFT, other=name_of(other))
            elif (begins := first_day(other.start)) and (waits := last_day(measure.start)) and begins > waits:
                yield hit(measure.at("depends_on", i), "order", other=name_of(other))


@rule("E13", Severity.ADVICE, stage=Stage.PROPOSAL, limit=MOST_PER_OWNER)
def owner_overloaded(plan: Plan, limit: float) -> Found:
    """No body has more measures than it can carry."""
    load = Counter(owner for m in committed(plan) for owner in set(m.owner) if not owner.startswith("@"))
    for owner, number in load.items():
        if number > limit:
            yield hit(plan.at("measures"), owner=actor_names(plan, [owner])[0], number=number)


@of_last  # asked for by every measure
def _reported(plan: Plan) -> bool:
    return any(measure.status for measure in plan.measures)


@rule("E14", Severity.WARNING)
def status_incomplete(measure: Measure, plan: Plan) -> Found:
    """A report of how a measure goes has a date, and what is done has a result."""
    if plan.status is not PaperStatus.ADOPTED:
        return
    for status in measure.status:
        if status.state is State.NOT_REPORTED:
            continue
        if not status.stated("date"):
            yield hit(status.path, "date")
        if status.state is State.DONE and not (status.stated("result") or status.stated("comment")):
            yield hit(status.path, "result")
    if not measure.status and measure.binding and _reported(plan):
        yield hit(measure.at("status"))


@rule("E15", Severity.ADVICE, stage=Stage.PROPOSAL)
def more_background_than_measures(plan: Plan) -> Found:
    """The plan is not a textbook: what is to be done takes more room than the background."""
    situation = plan.situation or Situation()
    before = (None, Placement.FOREWORD, Placement.INTRODUCTION, Placement.BEFORE_GOALS)
    background = [c.text for c in plan.chapters if c.placement in before]
    background += [situation.mapping, situation.other, situation.analysis]
    there, here = sum(len(text.split()) for text in background if text), 0
    if not plan.measures or there <= SHORT:
        return
    doing = (text for m in plan.measures for text in (m.title, m.description, *(d.text for d in m.deliverables)))
    for text in doing:
        here += len(text.split()) if text else 0
        if here >= there:
            break
    else:
        yield hit(plan.at("chapters"), background=there, measures=here)
