"""G: the training and the outreach, the two parts that the assignment of Alingsås names."""

import re

from vaaldplan.facts import Facts
from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import IndicatorType, ViolenceType
from vaaldplan.plan.measures import Measure, StaffLevel
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PointKind

from .committed import committed, mentions, missing
from .registry import Found, hit, key_of, points, rule

_EMPLOYED = (StaffLevel.EMPLOYEES, StaffLevel.MANAGERS, StaffLevel.TOP_MANAGEMENT)


def _milder(plan: Plan) -> Severity:
    """How serious it is to miss what the assignment on training does not name itself."""
    return Severity.WARNING if points(plan, PointKind.TRAINING) else Severity.ADVICE


@rule("G01", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.TRAINING)
def staff_untrained(plan: Plan) -> Found:
    """Training reaches employees, managers and top management; elected members too."""
    if not plan.measures:
        return
    reached = {level for m in plan.measures if m.training for level in m.training.staff}
    for level in _EMPLOYED:
        if level not in reached:
            yield hit(plan.at("measures"), level=level)
    if StaffLevel.ELECTED not in reached:
        yield hit(plan.at("measures"), "elected", severity=_milder(plan))


_EVERYONE = ("alla", "samtliga", "allmänhet", "hushåll", "all residents", "everyone", "general public", "households")


def _reaches_everyone(measure: Measure) -> bool:
    audience = measure.outreach.audience if measure.outreach else []
    return any(word in who.casefold() for who in audience for word in _EVERYONE)


def _every_year(measure: Measure) -> bool:
    often = measure.outreach.times_per_year if measure.outreach else None
    return (
        (often is not None and often >= 1) or measure.rhythm is not None or bool(measure.time and measure.time.rhythm)
    )


@rule("G05", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.OUTREACH)
def residents_unreached(plan: Plan) -> Found:
    """At least one outreach measure turns to all residents, at least once a year."""
    if not plan.measures:
        return
    general = [m for m in plan.measures if _reaches_everyone(m)]
    if not general:
        yield hit(plan.at("measures"))
    elif not any(_every_year(m) for m in general):
        yield hit(general[0].at("outreach"), "seldom")


_HARASSMENT = regex(r"sexuella trakasserier|sexual harassment", re.IGNORECASE)
_WORKPLACE = regex(r"arbetsplats|workplace", re.IGNORECASE)


@rule("G02", stage=Stage.CONSULTATION, basis=Basis.ASSIGNMENT, assigned=PointKind.TRAINING)
def harassment_untaught(plan: Plan) -> Found:
    """Some training is about sexual harassment, and it is followed up."""
    trainings = [m for m in committed(plan) if m.training]
    if not plan.measures:
        return
    about = [
        m
        for m in trainings
        if ViolenceType.HARASSMENT in m.violence_types
        or mentions([m.title, m.description, *(m.training.themes if m.training else [])], _HARASSMENT)
    ]
    if not about:
        yield hit(plan.at("measures"))
    elif not any(m.stated("indicators") or m.stated("checkpoint") or m.stated("deliverables") for m in about):
        yield hit(about[0].at("indicators"), "followed", severity=_milder(plan))


@rule("G03", Severity.WARNING, stage=Stage.PROPOSAL, binding=True)
def training_vague(measure: Measure) -> Found:
    """A training says how long, in which form, whether it must be taken, how often and for how many."""
    if measure.training is None:
        return
    if lacking := missing(measure.training, ("staff", "hours", "form", "mandatory", "cycle")):
        yield hit(measure.at("training"), fields=lacking)
    elif not measure.training.stated("number") and not any(g.stated("size") for g in measure.target_group):
        yield hit(measure.at("training"), fields=[key_of(measure.training, "number")])


@rule("G04", Severity.ADVICE, stage=Stage.PROPOSAL)
def training_only_counted(plan: Plan) -> Found:
    """Some training is followed up by what people know or do afterwards, not only by attendance."""
    trainings = [m for m in committed(plan) if m.training]
    kinds = {i.id: i.type for i in plan.indicators}
    deeper = (IndicatorType.RESULT, IndicatorType.EFFECT, None)
    if trainings and not any(kinds.get(i, IndicatorType.OUTPUT) in deeper for m in trainings for i in m.indicators):
        yield hit(trainings[0].at("indicators"))


@rule("G06", Severity.WARNING, stage=Stage.PROPOSAL, binding=True)
def outreach_hard_to_reach(measure: Measure) -> Found:
    """Outreach says in which languages, formats and channels."""
    if measure.outreach is None:
        return
    if lacking := missing(measure.outreach, ("channels", "languages", "formats")):
        yield hit(measure.at("outreach"), fields=lacking)


def _figures(phone: str | None) -> str:
    return re.sub(r"\D", "", phone or "")


@rule("G07", Severity.WARNING, stage=Stage.PROPOSAL)
def help_numbers_missing(plan: Plan, facts: Facts) -> Found:
    """The document carries the national numbers and a local contact, and says when the numbers were checked."""
    numbers = {_figures(contact.phone) for contact in plan.contacts}
    national = {_figures(number.phone): number for number in facts.numbers.values()}
    for figures, number in national.items():
        if number.needed and figures not in numbers:
            yield hit(plan.at("contacts"), "national", name=number.name, phone=number.phone)
    own = {figures for figures, number in national.items() if facts.added("numbers", number.id)}
    local = [c for c in plan.contacts if _figures(c.phone) not in national.keys() - own]
    if not any(c.stated("phone") or c.stated("web") or c.stated("email") for c in local):
        yield hit(plan.at("contacts"), "local")
    for contact in plan.contacts:
        if contact.phone and not contact.stated("checked"):
            yield hit(contact.path, "checked", name=contact.name or "", phone=contact.phone)


@rule("G08", Severity.ADVICE, stage=Stage.PROPOSAL)
def employees_without_support(plan: Plan) -> Found:
    """The municipality does something as an employer for those of its own who meet violence."""
    at_work = [m for m in committed(plan) if mentions(m.settings, _WORKPLACE)]
    if plan.measures and not at_work:
        yield hit(plan.at("measures"))
