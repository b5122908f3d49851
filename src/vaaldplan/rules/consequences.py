"""L: rights, and what the plan leads to for whom."""

import re

from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Consequences, Risk
from vaaldplan.swedish import read_amount

from .committed import committed, mentions, missing
from .money import year_sum
from .registry import Found, hit, rule

FEWEST_WORDS = 15
"""A conclusion shorter than this holds no reasons."""


_CHILDREN = regex(r"barnets bästa|barnkonsekvens|child", re.IGNORECASE)


@rule("L01", stage=Stage.PROPOSAL, basis=Basis.STATUTE)
def children_not_considered(plan: Plan) -> Found:
    """The child's best is tested: which children, what facts, who was heard, and a conclusion with reasons."""
    consequences = plan.consequences or Consequences()
    if not consequences.stated("children"):
        papers = plan.preparation.attachments if plan.preparation else []
        if not mentions([paper.name for paper in papers], _CHILDREN):
            yield hit(plan.consequences.at("children") if plan.consequences else plan.at("consequences"))
        return
    children = consequences.children
    if children is None:
        return
    if lacking := missing(children, ("affected", "facts", "heard", "conclusion")):
        yield hit(consequences.at("children"), "parts", severity=Severity.WARNING, fields=lacking)
    elif children.conclusion and len(children.conclusion.split()) < FEWEST_WORDS:
        yield hit(children.at("conclusion"), "thin", severity=Severity.WARNING)


@rule("L02", Severity.WARNING, stage=Stage.PROPOSAL)
def gender_not_considered(plan: Plan) -> Found:
    """The plan says what it leads to for women and men, girls and boys."""
    consequences = plan.consequences
    if consequences is None or not consequences.stated("gender_equality"):
        yield hit(consequences.at("gender_equality") if consequences else plan.at("consequences"))


_YEARLY = regex(r"(\d[\d ,.]*(?:kronor|kr|tkr|mkr)) (?:år )?(20\d\d)\b")
"""*2 130 000 kronor 2027*"""
_WHOLE = regex(r"\bplanen kostar|\bthe plan costs|\bsammanlagt|\btotalt|\bin total", re.IGNORECASE)
"""Sentences whose sums are those of the plan as a whole; others may tell of a part."""


@rule("L03", Severity.WARNING, stage=Stage.PROPOSAL)
def economy_not_considered(plan: Plan) -> Found:
    """The economic consequences are told, with the same sums as in the rest of the plan."""
    consequences = plan.consequences
    if consequences is None or not consequences.stated("economy"):
        yield hit(consequences.at("economy") if consequences else plan.at("consequences"))
        return
    whole = " ".join(s for s in re.split(r"(?<=\w)\.\s", consequences.economy or "") if _WHOLE.search(s))
    for text, year in _YEARLY.findall(" ".join(whole.split())):
        stated, summed = read_amount(text.replace("kronor", "kr")), year_sum(plan, year)
        if stated is not None and summed is not None and stated != summed:
            yield hit(
                consequences.at("economy"),
                "sum",
                severity=Severity.ERROR,
                stage=Stage.DRAFT,
                year=year,
                stated=text,
                summed=f"{summed:,}".replace(",", " "),
            )


@rule("L04", Severity.WARNING, stage=Stage.PROPOSAL)
def unions_not_asked(plan: Plan) -> Found:
    """Cooperation with the unions is noted when the plan concerns employees."""
    concerned = any(measure.training for measure in committed(plan))
    consequences = plan.consequences
    if concerned and (consequences is None or not consequences.stated("unions")):
        yield hit(consequences.at("unions") if consequences else plan.at("consequences"))


_MORE_THAN_SEX = regex(
    r"\bålder|\bäldre|\bunga\b|funktionsneds|funktionsvar|funktionshin|ursprung|etnisk|utländsk|utrikes|nyanländ|hbtq"
    r"|sexuell läggning|könsidentitet|könsuttryck|socioekonom|\bklass\b|hemlös|missbruk|beroende\b|intersektion"
    r"|\bage\b|\bolder|disab|origin|ethnic|foreign|lgbt|orientation|gender identity|socio-?econom|homeless",
    re.IGNORECASE,
)


@rule("L05", Severity.ADVICE, stage=Stage.PROPOSAL)
def only_sex_considered(plan: Plan) -> Found:
    """The analysis sees more than sex: age, disability, origin, sexual orientation."""
    consequences = plan.consequences
    if consequences is None or consequences.gender_equality is None:
        return
    if not mentions([consequences.gender_equality, consequences.other], _MORE_THAN_SEX):
        yield hit(consequences.at("gender_equality"))


@rule("L06", Severity.ADVICE, stage=Stage.PROPOSAL)
def risks_unmet(plan: Plan) -> Found:
    """The plan names its risks, and what is done about each."""
    if not plan.stated("risks") and not any(m.stated("risks") for m in plan.measures):
        yield hit(plan.at("risks"))
    risks: list[Risk] = [*plan.risks, *(risk for m in plan.measures for risk in m.risks)]
    for risk in risks:
        if not risk.stated("action"):
            yield hit(risk.path, "action", risk=risk.text or "")
