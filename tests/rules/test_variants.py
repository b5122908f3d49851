"""What the rules on the paper, the assignment, the picture and the goals say beside what their cards' examples show."""

import pytest
from test_cards import laid_over

from conftest import Checker
from vaaldplan.finding import Severity, Stage

GOAL = """
    titel: Fler upptäcker våld tidigt
    ansvarig: ks
    indikatorer: I1
    effektkedja: {prestation: Utbildning., medellång_sikt: Fler frågar., lång_sikt: Våldet minskar.}
"""
LINKS = "lag2023_196: kompletterar, nationella_mål: [6, 7], istanbul: [7–9, 12, 15]"
PICTURE = """
  datum: 2026-09
  källor: [skolenkäten i Exempelkommunen, polisen, kvinnojouren]
  kartläggning: Våld i nära relation, hedersrelaterat våld och prostitution förekommer.
  övrigt: Skolan möter våldet.
  analys: Få frågar.
"""

SAID = {
    "A02.other ERROR": "beslut: {organ: ks}",
    "A02 WARNING": "beslut:\nuppdrag: {organ: ks, datum: 2026-01-10, paragraf: 3, diarienummer: KS 2026/1}",
    "A03 ERROR": "status: antagen",
    "A03.section ERROR": "status: antagen\nbeslut: {organ: kf, datum: 2026-12-16}",
    "A03.none WARNING": "status:",
    "A05 WARNING": "dokumentansvarig:",
    "A05.political WARNING": "dokumentansvarig: {tjänsteperson: Samordnaren, revidering: ks}",
    "A06.late WARNING": "giltighet: {från: 2027-01-01, till: 2029-12-31, revideras_senast: 2030-06-30}",
    "A06.who WARNING": "dokumentansvarig: {politisk: ks, tjänsteperson: Samordnaren}",
    "A07.outside WARNING": "gäller_för: [kf]",
    "A10.log ADVICE": "version: 2\nversioner: [{version: 1, ändring: Utkast}]",
    "B01.none WARNING": "uppdrag:",
    "B01.date ERROR": "uppdrag: {organ: kf, paragraf: 2, diarienummer: KS 2025/45}",
    "B01.section WARNING": "uppdrag: {organ: kf, datum: 2025-11-26, diarienummer: KS 2025/45}",
    "B01.unknown WARNING": "uppdrag: {organ: kf, datum: {okänt: syns inte}, paragraf: 2, diarienummer: KS 2025/45}",
    "B03 WARNING": "styrdokument: [{id: policy, namn: Policy}]",
    "B03.during ADVICE": "styrdokument: [{id: policy, namn: Policy, från: 2024, till: 2028}]",
    "B04 WARNING": "kopplingar: {agenda2030: [5.2], lag2023_196: kompletterar, istanbul: [7–9, 12, 15]}",
    "B07 ADVICE": f"kopplingar: {{{LINKS}}}",
    "B07.violence ADVICE": f"kopplingar: {{{LINKS}, agenda2030: [5.1]}}\nmål:\n  - id: M1{GOAL}",
    "B07.unknown WARNING": f"kopplingar: {{{LINKS}, agenda2030: [5.2, 17.a]}}",
    "B07.idle ADVICE": f"kopplingar: {{{LINKS}, agenda2030: [5.2, 4.a]}}",
    "C01 WARNING": "lägesbild:",
    "C01 ERROR": f"lägesbild:\nkopplingar: {{{LINKS.replace('kompletterar', 'uppfyller')}, agenda2030: [5.2]}}",
    "C02 WARNING": f"lägesbild:{PICTURE.replace('datum: 2026-09', 'metod: Enkät')}",
    "C03.local ADVICE": f"lägesbild:{PICTURE.replace(' i Exempelkommunen', '')}",
    "C05 WARNING": f"lägesbild:{PICTURE.replace(' och prostitution', '')}",
    "C06.source ADVICE": "definitioner: [{term: Våld, betydelse: Allt som skadar.}]",
    "C08.one WARNING": "avgränsning: Även barn, äldre, hbtqi-personer, nyanlända, personer med funktionsnedsättning, missbruk.",
    "D01.owner WARNING": f"mål:\n  - id: M1{GOAL.replace('ansvarig: ks', 'text: Tidigt.')}",
    "D04 WARNING": "indikatorer:\n  - {id: I1, titel: Andel, typ: effekt, enhet: procent, utgångsvärde: {2026: 1}, "
    "målvärden: {2029: 2}, källa: enkät, insamlare: ks, intervall: varje år}",
    "D02.outside WARNING": "indikatorer:\n  - {id: I1, titel: Andel, typ: effekt, enhet: procent, utgångsvärde: "
    "{2026: 1}, målvärden: {2035: 2}, riktning: öka, källa: enkät, insamlare: ks, intervall: varje år}",
    "D06.none ADVICE": "mål:\n  - {id: M1, titel: Fler upptäcker våld, ansvarig: ks, indikatorer: I1}",
    "D06.cycle ERROR": f"mål:\n  - id: M1{GOAL}    under: M1\n",
}


@pytest.mark.parametrize("said", SAID)
def test_a_rule_says(said: str, checked: Checker) -> None:
    found = checked(laid_over(SAID[said].strip()), Stage.PROPOSAL).report.findings
    assert said in {f"{'.'.join(filter(None, (f.code, f.variant)))} {f.severity.name}" for f in found}


SILENT = (
    "beslut: {okänt: fullmäktige eller kommunstyrelsen}",
    "status: antagen\nbeslut: {organ: kf, datum: 2026-12-16, form: undertecknande}",
    "uppdrag: {finns_inte: planen är kommunstyrelsens eget initiativ}",
    "dokumentansvarig: {okänt: bestäms i januari}",
    "definitioner: {okänt: styrgruppen beslutar om dem}",
    "indikatorer:\n  - {id: I1, titel: Andel, typ: effekt, enhet: procent, utgångsvärde: {okänt: mäts 2027}, målvärden: "
    "{2029: 2}, riktning: öka, datakälla_saknas: ny enkät behövs, insamlare: ks, intervall: varje år}",
    "kommun:\nområde: Länet\nkopplingar: {nationella_mål: [6, 7], istanbul: [7–9, 12, 15], agenda2030: [5.2]}",
    f"lägesbild:{PICTURE.replace(' och prostitution', '')}\n"
    "avgränsning: Planen gäller inte prostitution eller människohandel. Barn, äldre, hbtqi-personer, nyanlända, "
    "personer med funktionsnedsättning, missbruk eller hemlöshet är med.",
)


@pytest.mark.parametrize("fragment", SILENT)
def test_what_is_answered_is_left_alone(fragment: str, checked: Checker) -> None:
    assert checked(laid_over(fragment), Stage.PROPOSAL).report.findings == ()


def test_a_contradiction_counts_from_the_draft(checked: Checker) -> None:
    found = checked("status: utkast\ntitel: Plan\nbeslut: {organ: kf, paragraf: 12}").report.findings
    assert [(f.code, f.variant, f.severity) for f in found] == [("A03", "early", Severity.ERROR)]
