"""What the rules that judge by the facts say beside their cards' examples: repealed laws, grants, goals and numbers."""

from datetime import date
from pathlib import Path

import pytest
from test_cards import laid_over

from vaaldplan.check import check
from vaaldplan.finding import Stage
from vaaldplan.texts.catalogue import base_example, catalogue

TODAY = date(2026, 11, 27)
OLD = "Enligt 5 kap. 11 § socialtjänstlagen (2001:453) ska nämnden ge stöd."
LINKS = "lag2023_196: kompletterar, nationella_mål: [6, 7], istanbul: [7–9, 12, 15], agenda2030: [5.2]"
VALID = "giltighet: {från: %s, till: %s, revideras_senast: %s}"


def said(folder: Path, text: str, today: date | None = TODAY) -> set[str]:
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    found = check(path, stage=Stage.PROPOSAL, today=today).report.findings
    for f in found:  # every variant has its words, in both languages
        for lang in ("sv", "en"):
            assert "{" not in catalogue(lang).message(f.code, f.variant, f.params)
            assert f.variant in catalogue(lang).card(f.code).messages
    return {f"{'.'.join(filter(None, (f.code, f.variant)))} {f.severity.name}" for f in found}


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        (f"kopplingar: {{{LINKS}, lagar: SoL 2001:453}}", {"B05 ERROR"}),
        (f"kopplingar: {{{LINKS}, lagar: [2022:1416]}}", {"B05.ended ERROR"}),
        (f"kopplingar: {{{LINKS}, lagar: [SOSFS 2014:4, skollagen (2010:800)]}}", {"B05 ERROR"}),
        (f"kopplingar: {{{LINKS}, lagar: [lag (2023:196)]}}", set()),
        (f"kopplingar: {{{LINKS}, lagar: ['den tidigare socialtjänstlagen (2001:453)']}}", set()),
        (f"gränsdragning: {OLD}", {"B05.prose ADVICE"}),
        ("gränsdragning: Bidraget ges enligt förordning (2022:1416).", {"B05.prose-ended ADVICE"}),
        (f"gränsdragning: {OLD.replace('(2001:453)', '(2025:400)')}", set()),
        ("gränsdragning: Socialtjänstlagen (2025:400) ersatte socialtjänstlagen (2001:453).", set()),
        (f"kapitel: [{{rubrik: Lagar, text: '{OLD}'}}]", {"B05.prose ADVICE"}),
        (f"definitioner: [{{term: Våld, betydelse: Allt som skadar., källa: '{OLD}'}}]", set()),
        (
            f"uppdrag: {{organ: kf, datum: 2024-11-26, paragraf: 210, diarienummer: KS 2025/45, text: '{OLD}'}}",
            set(),
        ),
    ],
)
def test_repealed_laws(fragment: str, expected: set[str], tmp_path: Path) -> None:
    assert said(tmp_path, laid_over(fragment)) == expected


def test_a_plan_from_the_time_of_the_law_may_cite_it(tmp_path: Path) -> None:
    for start, end, today, found in (
        ("2021-01-01", "2024-12-31", TODAY, False), ("2021-01-01", "2024-12-31", None, False),
        ("2024-01-01", "2027-12-31", date(2025, 1, 1), False), ("2024-01-01", "2027-12-31", TODAY, True),
        ("2027-01-01", "2029-12-31", None, True), ("2026-01-01", "2029-12-31", date(2024, 1, 1), True),
    ):  # fmt: skip
        text = laid_over(f"{VALID % (start, end, end)}\ngränsdragning: {OLD}")
        assert ("B05.prose ADVICE" in said(tmp_path, text, today)) is found, (start, end, today)


FUNDED = """    kostnad: {{{years}}}
    finansiering: {funding}
    om_bidraget_uteblir: Kursen ges inom ram.
"""
PREVENTION = "bidrag: Projektbidrag för våldsförebyggande arbete (2022:722)"


@pytest.mark.parametrize(
    ("funding", "expected"),
    [
        (f"{{slag: statsbidrag, {PREVENTION}, status: sökt}}", set()),
        ("{slag: statsbidrag, status: sökt}", {"J04.unnamed WARNING"}),
        ("{slag: statsbidrag, bidrag: Nallebidraget, status: sökt}", {"J04.unknown ADVICE"}),
        ("{slag: statsbidrag, bidrag: stadigvarande boende (2022:1416), status: sökt}", {"J04.expired ERROR"}),
        ("{slag: statsbidrag, bidrag: Socialstyrelsens utvecklingsmedel, status: sökt}", {"J04.expired ERROR"}),
        (
            "{slag: statsbidrag, bidrag: statsbidrag till kvinno- och tjejjourer, status: sökt}",
            set(),
        ),  # the shelter takes part
        ("{slag: statsbidrag, bidrag: länsstyrelsens statsbidrag, status: sökt}", {"J04.year WARNING"}),
        ("{slag: statsbidrag, bidrag: länsstyrelsens statsbidrag, status: beslutad}", set()),
        ("{slag: ram, bidrag: stadigvarande boende (2022:1416), status: beslutad}", set()),
        (
            f"[{{slag: statsbidrag, {PREVENTION}, status: sökt}}, {{slag: statsbidrag, bidrag: förordning (2023:442), status: sökt}}]",
            {"J04.double WARNING"},
        ),
    ],
)
def test_grants(funding: str, expected: set[str], tmp_path: Path) -> None:
    funded = FUNDED.format(years="2027: 5 000, 2028: 5 000", funding=funding)
    text = base_example().replace("    kostnad: {inom_ram: ks}\n", funded)
    text = text.replace("ekonomi: Planen ryms inom kommunstyrelsens ram.", "ekonomi: Planen ryms i ramen.")
    assert said(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("there", "instead", "expected"),
    [
        ("[regionen, polisen, jouren]", "[regionen, polisen]", {"J04.closed ERROR"}),
        ("    titel: Utbilda alla chefer om våld\n", "    titel: Utbilda alla chefer om våld\n", set()),
    ],
)
def test_a_grant_for_associations_needs_one(there: str, instead: str, expected: set[str], tmp_path: Path) -> None:
    funding = "{slag: statsbidrag, bidrag: 'statsbidrag till kvinno- och tjejjourer (2022:257)', status: sökt}"
    text = base_example().replace("    kostnad: {inom_ram: ks}\n", FUNDED.format(years="2027: 5 000", funding=funding))
    assert {s for s in said(tmp_path, text.replace(there, instead)) if s.startswith("J04")} == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    beskrivning: Kursen är lagstadgad.\n", "J04.duty"), ("    karaktär: pågår\n", "J04.ongoing"),
        ("    karaktär: utvecklas\n", ""),
    ],
)  # fmt: skip
def test_a_grant_does_not_pay_for_what_must_be_done_anyway(line: str, expected: str, tmp_path: Path) -> None:
    funded = FUNDED.format(years="2027: 5 000", funding=f"{{slag: statsbidrag, {PREVENTION}, status: sökt}}")
    text = base_example().replace("    kostnad: {inom_ram: ks}\n", line + funded)
    assert {s for s in said(tmp_path, text) if s.startswith("J04")} == ({f"{expected} WARNING"} if expected else set())


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ("[6, 7]", set()), ("mäns våld mot kvinnor och hedersrelaterat förtryck", set()), ("delmål 6", {"B04.one WARNING"}),
        ("[7, 'mäns våld mot kvinnor ska upphöra, samma rätt till kroppslig integritet']", {"B04.old WARNING"}),
        ("[7, 'delmål 6: samma rätt till kroppslig och psykisk integritet']", set()),
    ],
)  # fmt: skip
def test_national_goals(goals: str, expected: set[str], tmp_path: Path) -> None:
    links = LINKS.replace("nationella_mål: [6, 7]", f"nationella_mål: {goals}")
    assert said(tmp_path, laid_over(f"kopplingar: {{{links}}}")) == expected


def test_the_national_numbers(tmp_path: Path) -> None:
    text = (
        base_example()
        .replace("telefon: 112,", "telefon: 114 14,")
        .replace("telefon: 116 016,", "telefon: 020-50 50 50,")
    )
    assert said(tmp_path, text) == {"G07.national WARNING"}
