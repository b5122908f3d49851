"""The base plan broken in one place says just that; what is answered or left open with a reason is not held against it."""

import pytest

from conftest import Checker
from vaaldplan.finding import Severity, Stage
from vaaldplan.texts.catalogue import base_example

BROKEN = [
    ("funktion: HR-chefen", "funktion: {okänt: utses i januari}", ""),
    ("slut: 2029-12", "slut: 2026-12", "E04.reversed error"),
    ("    slut: 2029-12\n", "", "E04.end warning"),
    ("    slut: 2029-12\n", "    avstämning: november varje år\n", ""),
    ("slut: 2029-12", "slut: 2031-12", "E04.outside warning"),
    ("    start: 2027-03\n    slut: 2029-12\n", "    tid: löpande\n", "E04.ongoing warning"),
    ("    start: 2027-03\n    slut: 2029-12\n", "    tid: löpande\n    rytm: varje år\n", ""),
    ("antal: 120, datum: 2027-12}", "}", "E07.vague warning"),
    ("kostnad: {inom_ram: ks}", "kostnad: inom ram", "J01.holder warning"),
    ("kostnad: {inom_ram: ks}", "kostnad: {okänt: räknas fram under remissen}", ""),
    ("kostnad: {inom_ram: ks}", "kostnad: {2027: 5 000}", "J03 warning"),
    ("män och pojkar", "alla i kommunen", "F07.men warning"),
    ("personer som använder våld", "idrottsutövare", ""),
    ("[regionen, polisen, jouren]", "[polisen, jouren]", "I01 advice"),
    ("telefon: 0123-45 67 89, ", "telefon: {okänt: lämnas senare}, ", ""),
    ("telefon: 112, kontrollerad: 2026-09-01", "telefon: 112", "G07.checked warning"),
    (
        "  samordnare: {funktion: Samordnaren mot våld, tjänstgöringsgrad: 50,",
        "  samordnare: {funktion: S,",
        "H01.share advice",
    ),
    ("uppgifter: [samordnar, är kontakt utåt, sprider information]", "uppgifter: [samordnar]", "H06.tasks warning"),
    ("datum: 2028-04,", "datum: 2029-04,", "K01.late warning"),
    ("datum: 2028-04,", "datum: senare,", "K01.dates warning"),
    ("mottagare: kf}", "mottagare: ks}", "K02.council warning"),
    ("mottagare: kf}", "mottagare: {okänt: beslutas av fullmäktige}}", ""),
    ("slututvärdering: {datum: 2029-10", "slututvärdering: {datum: 2030-10", "K05.late warning"),
    ("    hörda: Elevråden har läst planen.\n", "", "L01.parts warning"),
    ("hörda: Elevråden har läst planen.", "hörda: {finns_inte: inga barn har hörts ännu}", ""),
    ("ekonomi: Planen ryms inom kommunstyrelsens ram.", "ekonomi: Planen kostar 9 000 kronor 2027.", "L03.sum error"),
    ("överenskommelse: {syfte: tidig upptäckt, ", "överenskommelse: {", "I02 warning"),
    ("lag2023_196: kompletterar", "lag2023_196: fristående", ""),
]


@pytest.mark.parametrize(("there", "instead", "said"), BROKEN)
def test_one_place_broken(there: str, instead: str, said: str, checked: Checker) -> None:
    assert base_example().count(there) == 1
    found = checked(base_example().replace(there, instead), Stage.PROPOSAL).report.findings
    told = {f"{f.code}{'.' if f.variant else ''}{f.variant} {f.severity.name.lower()}" for f in found}
    assert told == ({said} if said else set())


def test_what_the_plan_claims_raises_what_is_missing(checked: Checker) -> None:
    text = base_example().replace("lag2023_196: kompletterar", "lag2023_196: uppfyller").replace("2028-04", "2029-04")
    found = checked(text, Stage.PROPOSAL).report.findings
    assert ("K01", Severity.ERROR) in {(f.code, f.severity) for f in found}


def test_a_draft_is_not_blamed_for_what_comes_later(checked: Checker) -> None:
    text = base_example().replace("status: förslag", "status: utkast").replace("    funktion: HR-chefen\n", "")
    report = checked(text).report
    assert report.findings == ()
    assert {f.code for f in report.remaining} == {"E03"}


def test_measures_that_wait_for_each_other_count_already_in_a_draft(checked: Checker) -> None:
    text = base_example().replace("    mål: M1\n", "    mål: M1\n    beror_på: A1\n")
    found = checked(text, Stage.DRAFT).report.findings
    assert [(f.code, f.severity) for f in found] == [("E12", Severity.ERROR)]
