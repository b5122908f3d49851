"""B: the assignment and the links to what stands above the plan."""

import re
from collections.abc import Iterable
from datetime import date

from vaaldplan.facts import Both, Facts, Law
from vaaldplan.finding import Basis, Path, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.paper import Links, Mandate, PointBasis, PointKind, RelatedDocument, Relation, Validity
from vaaldplan.plan.wording import Wording

from .registry import Found, Hit, called, hit, points, rule
from .statutes import cited, history, repealed, suspects

_WEIGHT = {
    PointBasis.DECIDED: Severity.ERROR,
    PointBasis.REASONED: Severity.WARNING,
    PointBasis.CONDITION: Severity.WARNING,
}


@rule("B01", stage=Stage.PROPOSAL)
def assignment_unnamed(plan: Plan) -> Found:
    """The plan names the decision it answers: body, date, section, case number."""
    if not plan.mandate:
        if not plan.open("mandate"):
            yield hit(plan.at("mandate"), "none", severity=Severity.WARNING)
        return
    for mandate in plan.mandate:
        for name in ("body", "date", "section", "case_number"):
            said = mandate.open(name)
            if not mandate.stated(name):
                yield hit(mandate.at(name), name, severity=None if name in ("body", "date") else Severity.WARNING)
            elif said and said.kind == "unknown":
                yield hit(mandate.at(name), "unknown", severity=Severity.WARNING, reason=said.reason.rstrip("."))


@rule("B02", Severity.ADVICE, stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT)
def point_unmet(mandate: Mandate) -> Found:
    """Every point of the assignment is met by something in the plan, or answered."""
    for point in mandate.points:
        severity = _WEIGHT[point.basis] if point.basis else Severity.ADVICE
        name = point.id or ""
        if point.basis is PointBasis.CONDITION:
            if not point.stated("answer"):
                yield hit(point.at("answer"), "condition", severity=severity, point=name, text=point.text or "")
        elif not point.met_by and not point.answer:
            yield hit(point.at("met_by"), severity=severity, point=name, text=point.text or "")


_IN_PAST = (Relation.REPLACES, Relation.REPLACED_BY)


@rule("B03", Severity.WARNING, stage=Stage.CONSULTATION)
def steering_document_expired(document: RelatedDocument, plan: Plan) -> Found:
    """A steering document the plan leans on says how long it holds, and what follows when it ends."""
    if document.stated("successor") or any(relation in _IN_PAST for relation in document.relation):
        return
    name = called(document)
    if not any(document.stated(field) for field in ("valid_from", "valid_until", "status", "decision")):
        yield hit(document.at("valid_until"), document=name)
        return
    ends, validity = document.valid_until, plan.validity
    if ends is None or ends.last is None or validity is None:
        return
    start, end = validity.valid_from, validity.valid_until
    if start and start.first and ends.last < start.first:
        yield hit(document.at("valid_until"), "before", document=name, end=ends.text)
    elif end and end.last and ends.last < end.last.replace(day=1):
        yield hit(document.at("valid_until"), "during", severity=Severity.ADVICE, document=name, end=ends.text)


@rule("B04", Severity.WARNING, stage=Stage.CONSULTATION)
def national_goals_unlinked(plan: Plan, facts: Facts) -> Found:
    """The plan links to the national goals of gender equality that are about violence, as they are worded now."""
    links = plan.links or Links()
    if links.open("national_goals"):
        return
    path = links.at("national_goals") if plan.links else plan.at("links")
    if not links.national_goals:
        yield hit(path)
        return
    text = "\n".join(links.national_goals).casefold()
    for goal in facts.goals.values():
        if not goal.violence:
            continue
        if not re.search(rf"\b{re.escape(goal.id)}\b", text) and not any(word in text for word in goal.words):
            yield hit(path, "one", number=goal.id, goal=goal.name)
        elif any(word in text for word in goal.old_words):
            yield hit(path, "old", number=goal.id, goal=goal.name, since=goal.valid_from)


@rule("B05", stage=Stage.CONSULTATION, basis=Basis.STATUTE)
def law_repealed(wording: Wording, plan: Plan, facts: Facts, today: date | None) -> Found:
    """No statute that has been repealed is cited as if it were in force."""
    past = [entry.path for entry in (*plan.mandate, *plan.versions, *plan.related_documents) if _past(entry)]
    places = (wording.at(start) for start in suspects(wording.joined, facts.laws))
    for said in {said.path: said for said, _ in places}.values():
        if said.name in _NO_PROSE or any(said.path[: len(path)] == path for path in past):
            continue
        named = isinstance(said.node, Links) and said.name == "laws"
        found = _named(said.text, facts) if named else [law for _, _, law in repealed(said.text, facts.laws, once=True)]
        for law in {law.id: law for law in found}.values():
            if _over(law, plan, today):
                yield _repealed(said.path, law, facts, named=named)


_NO_PROSE = ("source", "case_number", "section", "grant")
"""Fields that name something or tell where it was taken from; of grants J04 judges."""


def _named(text: str, facts: Facts) -> list[Law]:
    """The laws that an entry in the field for laws names as in force."""
    over = {key: law for key, law in facts.laws.items() if law.valid_until}
    return [law for start, end, law in cited(text, over, sure=False) if not history(text, start, end, law)]


def _past(entry: Node) -> bool:
    """Whether an entry tells of what was: an assignment, an earlier version, a document that was replaced."""
    return not isinstance(entry, RelatedDocument) or any(relation in _IN_PAST for relation in entry.relation)


def _over(law: Law, plan: Plan, today: date | None) -> bool:
    """Whether a law no longer holds when the plan does."""
    validity = plan.validity or Validity()
    start = validity.valid_from.first if validity.valid_from else None
    end = validity.valid_until.last if validity.valid_until else None
    if end and not law.over(end.isoformat()):
        return False
    day = max((day for day in (start, today) if day), default=None)
    return law.over(day.isoformat()) if day else bool(law.valid_until)


def _repealed(path: Path, law: Law, facts: Facts, *, named: bool) -> Hit:
    follower = facts.successor(law)
    variant = "-".join(part for part in ("" if named else "prose", "" if follower else "ended") if part)
    successor = _cite(follower) if follower else ""
    severity = None if named else Severity.ADVICE  # what prose means is sure in 19 cases of 20 at most
    return hit(path, variant, severity=severity, law=_cite(law), until=law.valid_until, successor=successor)


def _cite(law: Law) -> Both:
    return Both.of(f"{law.name.sv} ({law.id.strip('()')})", f"{law.name} ({law.id.strip('()')})")


def all_links(plan: Plan) -> list[Links]:
    """What the plan, its goals and its measures link to."""
    return [links for links in (plan.links, *_below(plan)) if links]


@rule("B06", Severity.WARNING, stage=Stage.CONSULTATION)
def act_unrelated(plan: Plan) -> Found:
    """A municipality's plan says how it stands to the action plan that lag (2023:196) demands."""
    links = plan.links
    if plan.area and not plan.municipality:
        return
    if links is None:
        if not plan.open("links"):
            yield hit(plan.at("links"))
    elif not links.stated("act_2023_196"):
        yield hit(links.at("act_2023_196"))


_TARGET = regex(r"(\d\d?)(?:\.(?:(\d\d?)|([a-d])))?")


def _is_target(text: str, facts: Facts) -> bool:
    """Whether Agenda 2030 has such a target, or such a goal."""
    match = _TARGET.fullmatch(text.strip().casefold())
    goal = facts.targets.get(match[1]) if match else None
    if match is None or goal is None:
        return text.strip() in facts.targets
    return 1 <= int(match[2]) <= goal.last if match[2] else (match[3] or "") in goal.letters


def _below(plan: Plan) -> list[Links]:
    """What the goals and the measures themselves link to."""
    held = [goal.links for goal in plan.goals] + [measure.links for measure in plan.measures]
    return [links for links in held if links]


@rule("B07", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.AGENDA2030)
def agenda_unlinked(plan: Plan, facts: Facts) -> Found:
    """The plan links to targets of Agenda 2030, at least the one on violence, and each to a goal or a measure."""
    links = plan.links or Links()
    if links.open("agenda2030"):
        return
    targets = links.agenda2030
    if not targets:
        yield hit(plan.at("links"))
        return
    for i, target in enumerate(targets):
        if not _is_target(target, facts):
            yield hit(links.at("agenda2030", i), "unknown", severity=Severity.WARNING, target=target)
    for needed in facts.targets.values():
        if needed.needed and needed.id not in targets:
            yield hit(links.at("agenda2030"), "violence", target=needed.id, text=needed.name)
    used = {target for held in _below(plan) for target in held.agenda2030}
    idle = [target for target in targets if target not in used and _is_target(target, facts)]
    if idle and used:
        yield hit(links.at("agenda2030"), "idle", severity=Severity.ADVICE, targets=idle)


_SPAN = regex(r"(\d\d?)\s*[-\u2013]\s*(\d\d?)")
_ARTICLE = regex(r"\d\d?")


def articles(texts: Iterable[str]) -> set[int]:
    """The articles named: ``7``, ``12.3``, ``artikel 7–9``."""
    found: set[int] = set()
    for text in texts:
        if span := _SPAN.search(text):
            found |= set(range(int(span[1]), int(span[2]) + 1))
        elif number := _ARTICLE.search(text):
            found.add(int(number[0]))
    return found


@rule("B08", Severity.ADVICE, stage=Stage.PROPOSAL)
def convention_unlinked(plan: Plan, facts: Facts) -> Found:
    """The plan links to the articles of the Istanbul Convention that fall on a municipality."""
    links = plan.links or Links()
    if links.open("istanbul"):
        return
    if not links.istanbul:
        yield hit(plan.at("links"))
        return
    named = articles(article for held in all_links(plan) for article in held.istanbul)
    municipal = [int(a.id) for a in facts.articles.values() if a.municipal and a.id.isdigit()]
    missing = [article for article in municipal if article not in named]
    if missing:
        yield hit(links.at("istanbul"), "some", articles=missing)


@rule("B09", Severity.WARNING, stage=Stage.PROPOSAL)
def sustainability_unlinked(plan: Plan) -> Found:
    """When the assignment asks for it, the plan names the municipality's paper on social sustainability."""
    if not points(plan, PointKind.SUSTAINABILITY) or plan.open("related_documents"):
        return
    above = any(Relation.SUPERIOR in document.relation for document in plan.related_documents)
    if not above and not (plan.links and plan.links.stated("local")):
        yield hit(plan.at("related_documents"))
