"""A: the document's identity and status."""

import re
from datetime import timedelta

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import ActorType
from vaaldplan.plan.paper import Decision, DecisionForm, PaperStatus, Relation

from .committed import actor_names, names_council, reach
from .registry import Found, Terms, hit, rule

LONGEST_YEARS = 5
"""Plans of this kind run three to five years in practice (Uppsala, Umeå, the Norwegian national template)."""


@rule("A01", stage=Stage.CONSULTATION)
def identity_missing(plan: Plan) -> Found:
    """The paper says whose it is, what it is, and under which case number it is found."""
    if not plan.stated("municipality") and not plan.stated("area"):
        yield hit(plan.at("municipality"), "municipality")
    for name in ("document_type", "case_number"):
        if not plan.stated(name):
            yield hit(plan.at(name), name)


@rule("A04", stage=Stage.PROPOSAL, limit=LONGEST_YEARS)
def validity_unclear(plan: Plan, limit: float) -> Found:
    """The plan says from when and until when it holds, and the time is reasonable."""
    validity = plan.validity
    if validity is None:
        if not plan.open("validity"):
            yield hit(plan.at("validity"))
        return
    if not validity.stated("valid_from"):
        yield hit(validity.at("valid_from"), "start")
    if validity.until_further_notice:
        if not validity.stated("revise_by"):
            yield hit(validity.at("until_further_notice"), "revision", severity=Severity.WARNING)
        return
    if not validity.stated("valid_until"):
        yield hit(validity.at("valid_until"), "end")
    start, end = validity.valid_from, validity.valid_until
    if start is None or end is None or start.first is None or end.last is None:
        return
    if end.last < start.first:
        yield hit(validity.at("valid_until"), "reversed", stage=Stage.DRAFT, start=start.text, end=end.text)
    elif end.last >= start.first.replace(day=1) + timedelta(days=round(365.25 * limit) + 1) and not validity.reason:
        years = (end.last - start.first).days / 365.25
        yield hit(
            validity.at("valid_until"), "long", severity=Severity.WARNING, years=f"{years:.0f}", longest=f"{limit:g}"
        )


@rule("A02", Severity.WARNING, stage=Stage.PROPOSAL, basis=Basis.ASSIGNMENT)
def deciding_body_missing(plan: Plan, terms: Terms) -> Found:
    """The plan says who decides on it; the council when it gave the assignment, or when the municipality says so."""
    assigned = names_council(plan, [m.body for m in plan.mandate if m.body])
    wanted = assigned or names_council(plan, [terms.deciding_body])
    severity = Severity.ERROR if wanted else None
    bodies = [body for decision in plan.decision for body in decision.body]
    if not bodies:
        answered = plan.open("decision") or any(d.stated("body") or d.signatories for d in plan.decision)
        if not answered:
            yield hit(plan.at("decision"), severity=severity)
    elif wanted and not names_council(plan, bodies):
        variant = "other" if assigned else "setting"
        yield hit(plan.at("decision"), variant, severity=severity, body=", ".join(actor_names(plan, bodies)))


_UNDECIDED = (PaperStatus.DRAFT, PaperStatus.CONSULTATION, PaperStatus.PROPOSAL)


def _signed(decision: Decision) -> bool:
    return decision.form is DecisionForm.SIGNATURES or bool(decision.signatories)


@rule("A03", stage=Stage.PROPOSAL)
def status_and_decision_apart(plan: Plan) -> Found:
    """An adopted plan carries its decision, one that is not adopted carries none."""
    if not plan.stated("status"):
        yield hit(plan.at("status"), "none", severity=Severity.WARNING)
    elif plan.status in _UNDECIDED:
        for decision in plan.decision:
            if decision.date or decision.section:
                where = "date" if decision.date else "section"
                yield hit(decision.at(where), "early", stage=Stage.DRAFT, status=plan.status)
    elif plan.status is PaperStatus.ADOPTED and not plan.open("decision"):
        if not any(d.stated("date") for d in plan.decision):
            yield hit(plan.at("decision"))
        elif not any(d.stated("section") or _signed(d) for d in plan.decision):
            yield hit(plan.at("decision"), "section")


@rule("A05", Severity.WARNING, stage=Stage.PROPOSAL)
def owner_of_paper_missing(plan: Plan) -> Found:
    """Somebody answers for the paper, on political and on official level."""
    owner = plan.document_owner
    if owner is None:
        if not plan.open("document_owner"):
            yield hit(plan.at("document_owner"))
    elif not owner.stated("parties"):
        for level in ("political", "official"):
            if not owner.stated(level):
                yield hit(owner.at(level), level)


@rule("A06", Severity.WARNING, stage=Stage.PROPOSAL)
def revision_undecided(plan: Plan) -> Found:
    """The plan says who revises it and by when, before it ends."""
    validity, owner = plan.validity, plan.document_owner
    if validity is not None and not validity.until_further_notice:
        if not validity.stated("revise_by") and not validity.stated("renewed"):
            yield hit(validity.at("revise_by"))
        revise, end = validity.revise_by, validity.valid_until
        if revise and end and revise.first and end.last and revise.first > end.last:
            yield hit(validity.at("revise_by"), "late", revision=revise.text, end=end.text)
    if owner is not None and not owner.stated("revision") and not (validity and validity.stated("renewed")):
        yield hit(owner.at("revision"), "who")


_EVERY_BOARD = regex(r"\b(samtliga|alla|hela|all|every)\b", re.IGNORECASE)


@rule("A07", Severity.WARNING, stage=Stage.PROPOSAL)
def scope_unclear(plan: Plan) -> Found:
    """The plan says for whom it holds, and no board or company outside that has to carry out a measure."""
    if not plan.stated("applies_to"):
        yield hit(plan.at("applies_to"))
        return
    known = {actor.id: actor for actor in plan.actors if actor.id}
    named = set(plan.applies_to)
    if not named <= known.keys() or any(_EVERY_BOARD.search(known[i].name or "") for i in named):
        return  # words such as "samtliga nämnder" may hold any body
    covered = reach(plan, named)
    for measure in plan.measures:
        for body in measure.owner:
            actor = known.get(body)
            if actor is None or body in covered or actor.stated("not_concerned"):
                continue
            if actor.type in (ActorType.COMMITTEE, ActorType.COMPANY):
                yield hit(measure.at("owner"), "outside", body=actor.name or body)


@rule("A08", Severity.ADVICE, stage=Stage.PROPOSAL)
def predecessor_unclear(plan: Plan) -> Found:
    """The plan says what it replaces, or how it stands to what there is."""
    if plan.stated("boundary") or plan.open("related_documents"):
        return
    earlier = (Relation.REPLACES, Relation.EXTENDS, Relation.PROLONGS)
    if not any(relation in earlier for document in plan.related_documents for relation in document.relation):
        yield hit(plan.at("related_documents"))


@rule("A10", Severity.ADVICE, stage=Stage.CONSULTATION)
def version_unclear(plan: Plan) -> Found:
    """Whoever reads the paper can see which version it is."""
    if not plan.stated("version") and not plan.stated("date"):
        yield hit(plan.at("version"))
    elif plan.version and plan.versions and plan.version not in {v.version for v in plan.versions}:
        yield hit(plan.at("version"), "log", version=plan.version)
