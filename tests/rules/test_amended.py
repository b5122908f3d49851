"""Where practice has softened a rule: each row shows what it says, how serious that is, and what it leaves alone.

Three things raise or lower a severity: a point of the plan's own assignment, what the plan claims of lag (2023:196), and
the municipality's own settings. All fragments are laid over the base plan of the cards' examples.
"""

import re
from pathlib import Path

import pytest
from test_cards import laid_over

from conftest import Checker
from vaaldplan.check import check
from vaaldplan.finding import Severity, Stage
from vaaldplan.texts.catalogue import base_example, catalogue

BASE = base_example()


def part(key: str, *pairs: tuple[str, str]) -> str:
    """One top-level key of the base plan, with replacements."""
    found = re.search(rf"^{key}:.*?(?=^\S|\Z)", BASE, flags=re.MULTILINE | re.DOTALL)
    assert found
    text = found[0]
    for there, instead in pairs:
        assert text.count(there) == 1, there
        text = text.replace(there, instead)
    return text


def measure(*pairs: tuple[str, str]) -> str:
    return part("åtgärder", *pairs)


OWNER = "ansvarig: ks\n    funktion: HR-chefen"
TIME = "start: 2027-03\n    slut: 2029-12"
COST = "kostnad: {inom_ram: ks}"
LEVELS = "personalgrupper: [medarbetare, chefer, högsta ledning, förtroendevalda]"
GOAL = part("mål")
MORE_ACTORS = part("aktörer") + (
    "  - {id: sn, namn: Socialnämnden, typ: nämnd}\n  - {id: val, namn: Valnämnden, typ: nämnd}\n"
    "  - {id: hus, namn: Exempelbostäder, typ: bolag}\n"
)


def told(text: str, codes: str, checked: Checker) -> str:
    """What the rules named say of a plan, e.g. ``E02.several WARNING``."""
    found = checked(text, Stage.PROPOSAL).report.findings
    said = {
        f"{'.'.join(filter(None, (f.code, f.variant)))} {f.severity.name}" for f in found if f.code in codes.split()
    }
    return ", ".join(sorted(said))


# ------------------------------------------------------------------ what the assignment raises

ASSIGNED = {
    "B07": ("agenda2030", "kopplingar: {nationella_mål: [6, 7], istanbul: [7–9, 12, 15], lag2023_196: kompletterar}", ""),
    "F01": ("nivåer", part("luckor", ("  - {nivå: samhälle, preventionsnivå: riktat, täcks_av: folkhälsoplanen}\n", "")), "one"),
    "F02": ("nivåer", re.sub(r"täcks_av: (folkhälsoplanen|\{.*\})", "skäl: görs i en annan plan", part("luckor")), ""),
    "G01": ("utbildning", measure((LEVELS, "personalgrupper: [chefer, högsta ledning, förtroendevalda]")), ""),
    "G02": ("utbildning", measure(("teman: [sexuella trakasserier]", "teman: [normer]"), ("[digitalt, sexuella trakasserier]", "digitalt")), ""),
    "G05": ("utåtriktat", measure(("mottagare: alla invånare", "mottagare: föreningar")), ""),
    "H01": ("roller", part("dokumentansvarig", ("politisk: ks, ", "")), "owner"),
    "I01": ("samverkan", measure(("[regionen, polisen, jouren]", "[polisen, jouren]")), ""),
}  # fmt: skip
GROUNDS = {"beslutat": Severity.ERROR, "motiverat": Severity.WARNING, "villkor": Severity.WARNING, "": Severity.ADVICE}


def mandate(kind: str, ground: str, rest: str = "svar: se planen") -> str:
    """The base plan's assignment with one point, or with none."""
    point = f", punkter: [{{id: P1, text: Det här ska planen innehålla, slag: {kind}, grund: {ground}, {rest}}}]"
    return part("uppdrag", ("KS 2025/45}", f"KS 2025/45{point if ground else ''}}}"))


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("code", ASSIGNED)
def test_a_point_of_the_assignment_raises_a_rule(code: str, ground: str, checked: Checker) -> None:
    kind, fragment, variant = ASSIGNED[code]
    found = checked(laid_over(mandate(kind, ground) + fragment), Stage.PROPOSAL).report.findings
    assert {(f.variant, f.severity) for f in found if f.code == code} == {(variant, GROUNDS[ground])}


@pytest.mark.parametrize("code", ASSIGNED)
def test_a_point_of_another_kind_raises_nothing(code: str, checked: Checker) -> None:
    found = checked(laid_over(mandate("annat", "beslutat") + ASSIGNED[code][1]), Stage.PROPOSAL).report.findings
    assert {f.severity for f in found if f.code == code} == {Severity.ADVICE}


POINTS = [
    (mandate("plan", "beslutat", "organ: kf"), "B02 ERROR"),
    (mandate("plan", "motiverat", "organ: kf"), "B02 WARNING"),
    (mandate("plan", "villkor", "organ: kf"), "B02.condition WARNING"),
    (mandate("plan", "villkor", "uppfylls_av: A1"), "B02.condition WARNING"),
    (mandate("plan", "villkor", "svar: {okänt: prövas i budgeten}"), ""),
    (mandate("plan", "villkor"), ""),
    (mandate("plan", "beslutat", "uppfylls_av: A1"), ""),
]


@pytest.mark.parametrize(("fragment", "said"), POINTS)
def test_a_point_is_met_and_a_condition_answered(fragment: str, said: str, checked: Checker) -> None:
    assert told(laid_over(fragment), "B02", checked) == said


# ------------------------------------------------------------------ what the plan claims of lag (2023:196)

ACT = {
    "C01": part("lägesbild", ("  övrigt: Skolan och socialtjänsten möter våldet.\n", "")),
    "C02": part("lägesbild", ("2026-09", "2023-01")),
    "C04": part("lägesbild") + "  iakttagelser:\n    - {id: L1, text: Få frågar, våldstyp: fysiskt, källa: enkät}\n",
    "H06": part("organisation", ("  samordningsfunktion: {funktion: Samordnaren, uppgifter: [samordnar, är kontakt utåt, sprider information]}\n", "")),
    "I05": part("organisation", ("  råd: {namn: Brottsförebyggande rådet, uppgifter: [tar emot uppföljningen]}\n", "")),
    "K01": part("uppföljning", ("2028-04", "2029-04")),
}  # fmt: skip
CLAIMS = {"uppfyller": Severity.ERROR, "kompletterar": Severity.WARNING, "fristående": Severity.WARNING}
BESIDE_THE_ACT = {"H06", "I05"}
"""Rules on what only the act asks for: silent in a plan that stands apart from it."""


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("code", ACT)
def test_only_a_plan_that_fulfils_the_act_must(code: str, claim: str, checked: Checker) -> None:
    links = part("kopplingar", ("kompletterar", claim))
    found = checked(laid_over(links + ACT[code]), Stage.PROPOSAL).report.findings
    silent = claim == "fristående" and code in BESIDE_THE_ACT
    assert {f.severity for f in found if f.code == code} == (set() if silent else {CLAIMS[claim]})


def test_the_act_knows_two_years_only(checked: Checker) -> None:
    links = part("kopplingar", ("kompletterar", "uppfyller"))
    text = laid_over(links + part("uppföljning", ("2028-04", "2028-09")))
    assert told(text, "K01", checked) == "K01.late WARNING"


# ------------------------------------------------------------------ row by row

NO_COUNCIL = "uppdrag: {organ: ks, datum: 2026-01-10, paragraf: 3, diarienummer: KS 2026/1}\n"
ROWS: dict[str, list[tuple[str, str]]] = {
    # elected members are a warning, also where the assignment decides on employees
    "G01": [
        (mandate("utbildning", "beslutat") + measure((", förtroendevalda]", "]")), "G01.elected WARNING"),
        (mandate("utbildning", "beslutat") + measure((LEVELS, "personalgrupper: [nyanställda]")), "G01 ERROR, G01.elected WARNING"),
        (measure((", förtroendevalda]", "]")), "G01.elected ADVICE"),
        (mandate("utbildning", "beslutat"), ""),
    ],
    "G02": [
        (mandate("utbildning", "beslutat") + measure(("    leveranser: {text: utbildade chefer, antal: 120, datum: 2027-12}\n    indikatorer: I1\n", "")),
         "G02.followed WARNING"),
        (mandate("utbildning", "beslutat") + measure(("    indikatorer: I1\n", "")), ""),
    ],
    "B01": [
        (part("uppdrag", ("datum: 2025-11-26", "datum: {okänt: protokollet anger inte dagen}")), "B01.unknown WARNING"),
        (part("uppdrag", ("datum: 2025-11-26, ", "")), "B01.date ERROR"),
        (part("uppdrag", ("datum: 2025-11-26", "datum: {uppgifter: [{värde: 2025-11-26, källa: protokoll}, {värde: 2025-11-27, källa: webb}]}")), ""),
    ],
    "A02": [
        ("beslut:\n", "A02 ERROR"),
        ("beslut: {organ: ks}\n", "A02.other ERROR"),
        (f"beslut:\n{NO_COUNCIL}", "A02 WARNING"),
        (f"beslut: {{organ: ks}}\n{NO_COUNCIL}", ""),
    ],
    "A03": [
        ("status: antagen\nbeslut: {organ: kf, datum: 2026-12-16}\n", "A03.section ERROR"),
        ("status: antagen\nbeslut: {organ: kf, datum: 2026-12-16, form: undertecknande}\n", ""),
        ("status: antagen\nbeslut: {undertecknare: [kf, regionen], datum: undertecknandet}\n", ""),
    ],
    "A04": [
        ("giltighet: {från: 2027-01-01, tills_vidare: ja}\n", "A04.revision WARNING"),
        ("giltighet: {från: 2027-01-01, tills_vidare: ja, revideras_senast: 2029-06-30}\n", ""),
        ("giltighet: {från: 2027-01-01, till: 2033-12-31, revideras_senast: 2029-06-30}\n", "A04.long WARNING"),
        ("giltighet: {från: 2027-01-01, till: 2033-12-31, revideras_senast: 2029-06-30, skäl: följer översiktsplanen}\n", ""),
        ("giltighet: {från: 2027-01-01}\n", "A04.end ERROR"),
    ],
    "B03": [
        ("styrdokument: [{id: s, namn: Strategi, från: 2017, till: 2026}]\n", "B03.before WARNING"),
        ("styrdokument: [{id: s, namn: Strategi, från: 2017, till: 2026, efterföljare: Ny strategi 2027–2036}]\n", ""),
        ("styrdokument: [{id: s, namn: Strategi, från: 2017, till: 2026, efterföljare: {okänt: inget är beslutat}}]\n", ""),
        ("styrdokument: [{id: s, namn: Strategi, från: 2017, till: 2026, förhållande: ersätter}]\n", ""),
    ],
    "B05": [
        (part("kopplingar", ("kompletterar", "kompletterar\n  lagar: [socialtjänstlagen (2001:453)]")), "B05 ERROR"),
        ("gränsdragning: Stödet ges enligt socialtjänstlagen (2001:453).\n", "B05.prose ADVICE"),
        ("gränsdragning: Fram till 2025 gällde socialtjänstlagen (2001:453). Nu gäller socialtjänstlagen (2025:400).\n", ""),
    ],
    "C10": [
        ("gränsdragning: En kvinna, 19121212-1212, flyttade.\n", "C10 ERROR"),
        ("bilagor: {namn: Bild, text: Under 2025 placerades tre kvinnor från kommunen i skyddat boende.}\n", "C10.count ADVICE"),
        ("gränsdragning: Kommunstyrelsens ordförande Anna Berg och tre chefer leder arbetet i fyra skolor.\n", ""),
    ],
    "E05": [
        (measure(("titel: Utbilda alla chefer om våld", "titel: Verka för trygghet"),
                 ("leveranser: {text: utbildade chefer, antal: 120, datum: 2027-12}", "leveranser: {finns_inte: ger ingen produkt}")), "E05 WARNING"),
        (measure(("titel: Utbilda alla chefer om våld", "titel: Verka för trygghet")), ""),
    ],
    "D02": [
        (GOAL.replace("    indikatorer: I1\n", ""), "D02 WARNING"),
        (GOAL.replace("    indikatorer: I1\n", "    utan_åtgärder: regionen gör det\n"), ""),
        ("mål:\n" + measure(("    mål: M1\n", "")), ""),
    ],
    "D03": [
        (part("indikatorer", ("    målvärden: {2029: 90}\n", "")), "D03 WARNING"),
        (part("indikatorer", ("målvärden: {2029: 90}", "målvärden: {okänt: beslutas efter första mätningen}")), ""),
    ],
    "D07": [
        (GOAL + "  - {id: M2, titel: Fler säger ifrån, ansvarig: ks, indikatorer: I1}\n", "D07.goal WARNING"),
        (GOAL + "  - {id: M2, titel: Fler säger ifrån, ansvarig: ks, indikatorer: I1, utan_åtgärder: kommer 2029}\n", ""),
        (measure(("    mål: M1\n", "")), "D07.goal WARNING, D07.measure WARNING"),
        ("mål:\n" + measure(("    mål: M1\n", "")), ""),
    ],
    "E02": [
        (measure((OWNER, "funktion: HR-chefen")), "E02 ERROR"),
        (measure((OWNER, "ansvarig: {okänt: bestäms i januari}\n    funktion: HR-chefen")), "E02.unknown ERROR"),
        (measure((OWNER, "ansvarig: [ks, kf]\n    funktion: HR-chefen")), "E02.several WARNING"),
        (measure((OWNER, "ansvarig: [ks, kf]\n    sammankallande: ks\n    funktion: HR-chefen")), ""),
        (measure((OWNER, "ansvarig: [ks, kf]\n    jämbördiga: ja\n    funktion: HR-chefen")), ""),
        (measure((OWNER, "ansvarig: samtliga nämnder\n    funktion: HR-chefen")), ""),
        (measure((OWNER, "ansvarig: [samtliga nämnder, kf]\n    funktion: HR-chefen")), ""),
    ],
    "E04": [
        (measure((TIME, "tid: löpande")), "E04.ongoing WARNING"),
        (measure((TIME, "tid: löpande\n    avstämning: november varje år")), ""),
        (measure((TIME, "tid: löpande, varje år")), ""),
        (measure((f"    {TIME}\n", "")), "E04 WARNING"),
    ],
    "E10": [
        (measure(("    preventionsnivå: främjande\n", "")), "E10.tier ERROR"),
        (measure(("    preventionsnivå: främjande\n", ""), ("  - id: A1", "  - id: A1\n    slag: råd")), ""),
    ],
    "F07": [
        (measure(("män och pojkar, ", "")), "F07.men WARNING"),
        (measure(("män och pojkar, ", ""), ("    mål: M1", "    målgrupp: pappor till små barn\n    mål: M1")), ""),
        (measure((", personer som använder våld", "")), ""),  # another document covers the targeted tier
    ],
    "F04": [
        (re.sub(r"täcks_av: (folkhälsoplanen|\{.*\})", "skäl: görs i en annan plan", part("luckor")), "F04 WARNING"),
        ("", ""),
    ],
    "F01": [
        (part("luckor", ("  - {nivå: samhälle, preventionsnivå: riktat, täcks_av: folkhälsoplanen}\n", "")), "F01.one ADVICE"),
        ("", ""),
    ],
    "F03": [
        (measure(("preventionsnivå: främjande", "preventionsnivå: riktat"))
         + "".join(f"  - {{id: A{n}, titel: Stöd {n}, ansvarig: ks, nivå: individ, preventionsnivå: riktat}}\n" for n in (2, 3, 4)), "F03 ADVICE"),
        ("", ""),
    ],
    "E13": [
        (measure() + "".join(f"  - {{id: A{n}, titel: Stöd {n}, ansvarig: ks}}\n" for n in range(2, 17)), "E13 ADVICE"),
        (measure() + "".join(f"  - {{id: A{n}, titel: Stöd {n}, ansvarig: ks}}\n" for n in range(2, 16)), ""),
    ],
    "L01": [
        ("konsekvenser:\n", "L01 ERROR"),
        ("konsekvenser:\n" + part("beredning", ("  expedieras", "  underlag: [{namn: Prövning av barnets bästa, datum: 2026-10-01}]\n  expedieras")), ""),
    ],
    "J01": [
        (measure((COST, "villkor: budgeten")), "J01 WARNING"),
        (measure((COST, "kostnad: inom ram")), "J01.holder WARNING"),
        (measure(), ""),
    ],
    "J03": [
        (measure((COST, "kostnad: {2027: 5 000}")), "J03 WARNING"),
        (measure((COST, "kostnad: {2026: 5 000}")), "J03.running ERROR"),  # the council meets in December 2026
        (measure((COST, "kostnad: {2026: 5 000, inom_ram: ks}")), ""),
        (measure((COST, "kostnad: {2026: 5 000}\n    finansiering: ram")), ""),
    ],
    "J02": [
        (measure((COST, "kostnad: {2027: 5 000, inom_ram: ks}")) + "ekonomi: {summa: {2027: 6 000}, personal: Ryms.}\n", "J02.year ERROR"),
        (measure((COST, "kostnad: {2027: 5 000, inom_ram: ks}")) + "ekonomi: {summa: {2027: 5 000}, personal: Ryms.}\n", ""),
    ],
    "L03": [
        (re.sub(r"  ekonomi: .*\n", "", part("konsekvenser")), "L03 WARNING"),
        (part("konsekvenser", ("Planen ryms inom kommunstyrelsens ram.", "Planen kostar 9 000 kronor 2027.")), "L03.sum ERROR"),
        ("", ""),
    ],
    "N02": [
        (re.sub(r"  remiss:\n.*\n", "", part("beredning")), "N02 WARNING"),
        (re.sub(r"  remiss:\n.*\n", "  remiss: {finns_inte: bara kommunstyrelsen berörs}\n", part("beredning")), ""),
    ],
    "L04": [
        (re.sub(r"  facklig: .*\n", "", part("konsekvenser")), "L04 WARNING"),
        (re.sub(r"  facklig: .*\n", "  facklig: {okänt: tas upp i januari}\n", part("konsekvenser")), ""),
    ],
    "N07": [
        (part("beredning", ("2026-12-16", "2027-01-20")), "N07.before ADVICE"),
        (part("beredning", ("2026-12-16", "2026-12-31")), ""),  # in legal force in February at the latest: no demand
    ],
    "N08": [
        (part("beredning", ("    - Förklara uppdraget i § 210, diarienummer KS 2025/45, genomfört.\n", "")), "N08 WARNING"),
        ("", ""),
        ("uppdrag: {finns_inte: kommunstyrelsens eget initiativ}\n"
         + part("beredning", ("    - Förklara uppdraget i § 210, diarienummer KS 2025/45, genomfört.\n", "")), ""),
    ],
    "H03": [
        ("gäller_för: [ks, val]\n" + MORE_ACTORS, "H03 WARNING"),
        ("gäller_för: [ks, val]\n" + MORE_ACTORS.replace("Valnämnden, typ: nämnd", "Valnämnden, typ: nämnd, berörs_inte: håller val"), ""),
    ],
    "A07": [
        (MORE_ACTORS + measure((OWNER, "ansvarig: val\n    funktion: HR-chefen")), "A07.outside WARNING"),
        (MORE_ACTORS.replace("Valnämnden, typ: nämnd", "Valnämnden, typ: nämnd, berörs_inte: håller val")
         + measure((OWNER, "ansvarig: val\n    funktion: HR-chefen")), ""),
    ],
    "I07": [
        (measure((OWNER, "ansvarig: polisen\n    funktion: kommunpolisen")), "I07 WARNING"),
        (measure((OWNER, "ansvarig: [ks, sn]\n    sammankallande: polisen\n    funktion: kommunpolisen")), "I07 WARNING"),
        (measure((OWNER, "ansvarig: polisen\n    funktion: kommunpolisen")) + "samverkan: [{aktör: polisen, bekräftad: 2026-09-01}]\n", ""),
        (measure((OWNER, "ansvarig: ks\n    sammankallande: ks\n    funktion: kommunpolisen")), ""),
    ],
    "I08": [
        (MORE_ACTORS + measure((OWNER, "ansvarig: hus\n    funktion: uthyrningen")), "I08 WARNING"),
        (MORE_ACTORS + measure((OWNER, "ansvarig: hus\n    funktion: uthyrningen\n    beslut: {organ: hus, datum: 2026-10-01}")), ""),
        (MORE_ACTORS + measure((OWNER, "ansvarig: hus\n    funktion: uthyrningen"))
         + part("beredning", ("  remiss:", "    - {aktör: hus, datum: 2026-10-12, utfall: styrelsen åtar sig åtgärden}\n  remiss:")), ""),
        (MORE_ACTORS + measure((OWNER, "ansvarig: hus\n    funktion: uthyrningen"))
         + part("beredning", ("    - Anta", "    - Uppdra åt Exempelbostäder att genom ägardirektiv genomföra A1.\n    - Anta")), ""),
    ],
}  # fmt: skip
CASES = [(code, fragment, said) for code, cases in ROWS.items() for fragment, said in cases]


@pytest.mark.parametrize(("code", "fragment", "said"), CASES)
def test_a_softened_rule(code: str, fragment: str, said: str, checked: Checker) -> None:
    assert told(laid_over(fragment) if fragment else BASE, code, checked) == said


def test_every_row_shows_what_is_said_and_what_is_left_alone() -> None:
    assert len(ROWS) == 34
    assert [code for code, cases in ROWS.items() if {bool(said) for _, said in cases} != {True, False}] == []


def test_a_municipality_may_let_the_council_decide(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(laid_over(f"beslut: {{organ: ks}}\n{NO_COUNCIL}"), "utf-8")
    settings = "[beslutas_av]\nHandlingsplan = 'kommunfullmäktige'\n"
    assert [f.code for f in check(tmp_path).report.findings if f.code == "A02"] == []
    (tmp_path / "vaaldplan.toml").write_text(settings, "utf-8")
    found = [(f.variant, f.severity) for f in check(tmp_path).report.findings if f.code == "A02"]
    assert found == [("setting", Severity.ERROR)]


LAWS = {"L04": ("medbestämmandelagen", "arbetsmiljölagen"), "G02": ("diskrimineringslagen", "arbetsmiljölagen")}


@pytest.mark.parametrize("code", LAWS)
def test_the_duties_of_the_employer_are_cited(code: str) -> None:
    why = catalogue("sv").card(code).why.casefold()
    assert [law for law in LAWS[code] if law not in why] == []


def test_a_body_without_an_id_is_not_taken_for_one_that_convenes_a_measure(tmp_path: Path) -> None:
    text = "titel: Plan\ngäller_för: samtliga nämnder\naktörer: [{namn: Valnämnden, typ: nämnd}]\nåtgärder: [{titel: Stötta barn}]\n"
    (tmp_path / "plan.yaml").write_text(text, "utf-8")
    found = [f for f in check(tmp_path, stage=Stage.PROPOSAL).report.findings if f.code == "H03"]
    assert [f.params["name"] for f in found] == ["Valnämnden"]
