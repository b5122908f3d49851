"""B: the assignment and the links to what stands above the plan."""

import re
from collections.abc import Iterable

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Links, Mandate, PointBasis, PointKind, RelatedDocument, Relation

from .registry import Found, called, hit, points, rule

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


_PAST = (Relation.REPLACES, Relation.REPLACED_BY)


@rule("B03", Severity.WARNING, stage=Stage.CONSULTATION)
def steering_document_expired(document: RelatedDocument, plan: Plan) -> Found:
    """A steering document the plan leans on says how long it holds, and what follows when it ends."""
    if document.stated("successor") or any(relation in _PAST for relation in document.relation):
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


_SIXTH = re.compile(r"\b6\b|\bsjätte\b|våld mot kvinnor|\bsixth\b|violence against women", re.IGNORECASE)
_SEVENTH = re.compile(r"\b7\b|\bsjunde\b|\bheder|\bseventh\b|\bhonour", re.IGNORECASE)


@rule("B04", Severity.WARNING, stage=Stage.CONSULTATION)
def national_goals_unlinked(plan: Plan) -> Found:
    """The plan links to the sixth and the seventh national goal of gender equality."""
    links = plan.links or Links()
    if links.open("national_goals"):
        return
    if not links.national_goals:
        yield hit(links.at("national_goals") if plan.links else plan.at("links"))
        return
    text = "\n".join(links.national_goals)
    if not _SIXTH.search(text):
        yield hit(links.at("national_goals"), "sixth")
    if not _SEVENTH.search(text):
        yield hit(links.at("national_goals"), "seventh")


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


_TARGETS = {
    1: (5, "ab"), 2: (5, "abc"), 3: (9, "abcd"), 4: (7, "abc"), 5: (6, "abc"), 6: (6, "ab"), 7: (3, "ab"),
    8: (10, "ab"), 9: (5, "abc"), 10: (7, "abc"), 11: (7, "abc"), 12: (8, "abc"), 13: (3, "ab"), 14: (7, "abc"),
    15: (9, "abc"), 16: (10, "ab"), 17: (19, ""),
}  # fmt: skip
"""Of each goal of Agenda 2030: its last numbered target and its lettered ones (A/RES/70/1; 169 in all)."""


def _is_target(text: str) -> bool:
    """Whether Agenda 2030 has such a target, or such a goal."""
    match = re.fullmatch(r"(\d\d?)(?:\.(?:(\d\d?)|([a-d])))?", text.strip().casefold())
    if not match or int(match[1]) not in _TARGETS:
        return False
    last, letters = _TARGETS[int(match[1])]
    return 1 <= int(match[2]) <= last if match[2] else (match[3] or "") in letters


def _below(plan: Plan) -> list[Links]:
    """What the goals and the measures themselves link to."""
    held = [goal.links for goal in plan.goals] + [measure.links for measure in plan.measures]
    return [links for links in held if links]


@rule("B07", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.AGENDA2030)
def agenda_unlinked(plan: Plan) -> Found:
    """The plan links to targets of Agenda 2030, at least 5.2, and each target to a goal or a measure."""
    links = plan.links or Links()
    if links.open("agenda2030"):
        return
    targets = links.agenda2030
    if not targets:
        yield hit(plan.at("links"))
        return
    for i, target in enumerate(targets):
        if not _is_target(target):
            yield hit(links.at("agenda2030", i), "unknown", severity=Severity.WARNING, target=target)
    if "5.2" not in targets:
        yield hit(links.at("agenda2030"), "violence")
    used = {target for held in _below(plan) for target in held.agenda2030}
    idle = [target for target in targets if target not in used and _is_target(target)]
    if idle and used:
        yield hit(links.at("agenda2030"), "idle", severity=Severity.ADVICE, targets=idle)


_ARTICLES = (7, 8, 9, 12, 15)
"""Coherent policy, money, civil society, prevention, training: what falls on a municipality (NKVTS komplan)."""


def _articles(texts: Iterable[str]) -> set[int]:
    """The articles named: ``7``, ``12.3``, ``artikel 7–9``."""
    found: set[int] = set()
    for text in texts:
        if span := re.search(r"(\d\d?)\s*[-\u2013]\s*(\d\d?)", text):
            found |= set(range(int(span[1]), int(span[2]) + 1))
        elif number := re.search(r"\d\d?", text):
            found.add(int(number[0]))
    return found


@rule("B08", Severity.ADVICE, stage=Stage.PROPOSAL)
def convention_unlinked(plan: Plan) -> Found:
    """The plan links to the articles of the Istanbul Convention that fall on a municipality."""
    links = plan.links or Links()
    if links.open("istanbul"):
        return
    if not links.istanbul:
        yield hit(plan.at("links"))
        return
    named = _articles([*links.istanbul, *(article for held in _below(plan) for article in held.istanbul)])
    missing = [article for article in _ARTICLES if article not in named]
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
