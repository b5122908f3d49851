"""What the rules on the road to the council say beside what their cards' examples show, and what they leave alone."""

from datetime import date

import pytest
from test_cards import laid_over

from conftest import Checker
from vaaldplan.finding import Stage
from vaaldplan.plan.council import timeline
from vaaldplan.rules import proposals
from vaaldplan.texts.catalogue import base_example

BASE = base_example()
CASE = BASE[BASE.index("beredning:") :]
BOARD = "{aktör: ks, datum: 2026-11-23, utfall: Planen läggs fram för fullmäktige}"
ASKED = "{aktör: jouren, skickad: 2026-08-31, svar: tillstyrker, datum: 2026-09-21, hantering: ingen ändring}"
ADOPT = "Anta Handlingsplan mot våld 2027–2029."
MEASURE = BASE[BASE.index("åtgärder:") : BASE.index("luckor:")]
ACTORS = BASE[BASE.index("aktörer:") : BASE.index("\nmål:") + 1]


def case(there: str, instead: str) -> str:
    assert CASE.count(there) == 1
    return CASE.replace(there, instead)


SAID = [
    ("beredning:", "N01 ERROR, N02 WARNING, N03 WARNING, N06 WARNING"),
    (case("datum: 2026-11-23, ", ""), "N01.date ERROR"),
    (case(f"    - {BOARD}\n", "    - {aktör: sn, datum: 2026-11-23}\n"), "N01.board ERROR, S08.free ADVICE"),
    (case("2026-11-23", "2027-01-11"), "N01.order ERROR"),
    (case("2026-11-23", "2026-12-14"), "N01.notice WARNING"),
    (case(ASKED, "{aktör: jouren, skickad: 2026-08-31}"), "N02.entry WARNING"),
    (case(ASKED, "{aktör: jouren, svar: tillstyrker, hantering: ingen ändring}"), "N02.entry WARNING"),
    (f"gäller_för: [sn]\n{CASE}{ACTORS}  - {{id: sn, namn: Socialnämnden, typ: nämnd}}\n{MEASURE.replace('ansvarig: ks', 'ansvarig: sn')}",
     "N02.unheard WARNING, N06.some WARNING"),
    (case(ADOPT, "Handlingsplanen mot våld enligt tjänsteskrivelsen."), "N03.alone WARNING, N03.verb WARNING, N04 WARNING"),
    (case(ADOPT, "Anta Handlingsplan mot våld 2027–2029 och uppdra åt ks att genomföra den."), "N03.many WARNING"),
    (case("2026-12-16", "2027-01-20"), "N07.before ADVICE"),
    (CASE.replace("2026-12-16", "2027-03-03") + "giltighet: {från: 2027-04-01, till: 2029-12-31, revideras_senast: 2029-06-30}\n"
     + MEASURE.replace("start: 2027-03", "start: 2027-03-15"), "N07 ADVICE"),
]  # fmt: skip


@pytest.mark.parametrize(("fragment", "said"), SAID)
def test_a_rule_of_the_case_says(fragment: str, said: str, checked: Checker) -> None:
    found = checked(laid_over(fragment), Stage.PROPOSAL).report.findings
    told = sorted({f"{'.'.join(filter(None, (f.code, f.variant)))} {f.severity.name}" for f in found})
    assert ", ".join(told) == said


SILENT = [
    "beredning: {okänt: tas fram i januari}",
    "beredning:\nstatus: antagen\nbeslut: {organ: kf, datum: 2026-12-16, paragraf: 12}\n",
    "beredning:\nbeslut: {organ: kf, form: undertecknande}\n",
    case(ASKED, "{aktör: jouren, skickad: 2026-08-31, svar: inte inhämtat, hantering: samtal hålls i januari}"),
    case("  sammanträden:\n    - {aktör: kf, datum: 2026-12-16, utfall: Beslut om planen}\n", ""),
    case("datum: 2026-12-16", "datum: december 2026"),
    CASE.replace(ADOPT, "Kommunfullmäktige beslutar att anta Handlingsplan mot våld 2027–2029 enligt bilaga 1."),
    # the executive board may carry out the decision after the council's meeting
    case(f"    - {BOARD}\n", f"    - {BOARD}\n    - {{aktör: ks, datum: 2027-02-01}}\n"),
]


@pytest.mark.parametrize("fragment", SILENT)
def test_what_is_answered_or_decided_is_left_alone(fragment: str, checked: Checker) -> None:
    assert checked(laid_over(fragment), Stage.PROPOSAL).report.findings == ()


def test_the_days_around_a_meeting() -> None:
    days = timeline(date(2026, 11, 25))
    assert [d.isoformat() for d in days] == [
        "2026-11-18", "2026-11-25", "2026-12-09", "2026-12-11", "2027-01-04", "2027-01-05",
    ]  # fmt: skip


CLEAR = (
    "Anta Handlingsplan mot mäns våld mot kvinnor 2027–2030 att gälla från den 1 januari 2027.",
    "att anta handlingsplanen",
    "Kommunfullmäktige antar handlingsplanen mot våld.",
    "Kommunfullmäktige beslutar att ge kommunstyrelsen i uppdrag att ta fram rutiner och fastställa dem.",
    "Handlingsplanen antas.",
    "Planen mot våld ska gälla från den 1 januari 2027.",
    "Kommunstyrelsen får i uppdrag att redovisa planen.",
    "1. Uppdra åt samtliga nämnder att genomföra sina åtgärder och ta in dem i verksamhetsplan och budget.",
    "Budget 2027 utökas med 500 000 kronor.",
    "Bifalla motionen i den del som gäller utbildning.",
    "The council adopts the action plan against violence 2027–2029.",
    "To instruct the executive board to report the plan and its costs.",
    "Adopt the action plan against violence 2027–2029 in accordance with the proposal.",
)
UNCLEAR = {
    "Handlingsplan mot våld": "verb",
    "Förslag till plan enligt bilaga": "verb alone",
    "Enligt kommunledningskontorets förslag": "verb",
    "Anta planen i enlighet med bifogat förslag": "alone",
    "Anta planen mot våld samt upphäva planen från 2019.": "many",
    "The action plan against violence": "verb",
    "Adopt the plan according to the attached proposal": "alone",
    "Adopt the plan against violence 2027 and repeal the plan of 2019.": "many",
}


def test_only_what_is_surely_unclear_is_said_of_a_point() -> None:
    assert [point for point in CLEAR if [*proposals.faults(point)]] == []
    assert {point: " ".join(proposals.faults(point)) for point in UNCLEAR} == UNCLEAR
