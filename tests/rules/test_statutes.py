"""Repealed laws in sentences: cited as in force they are found, in history and in other numbers they are not."""

import pytest

from vaaldplan.facts import Facts
from vaaldplan.rules.mandate import repealed
from vaaldplan.rules.statutes import laws_in

LAWS = Facts().laws

FOUND = {
    "Enligt 5 kap. 11 § socialtjänstlagen (2001:453) ska socialnämnden ge stöd.": "2001:453",
    "Arbetet styrs av SoL 2001:453.": "2001:453",
    "Socialnämnden ansvarar enligt SoL (2001:453) för stöd och för att våldet ska upphöra.": "2001:453",
    "Vi följer Socialstyrelsens föreskrifter och allmänna råd (SOSFS 2014:4) om våld i nära relationer.": "SOSFS 2014:4",
    "Enligt SOSFS 2014:4 ska nämnden ha rutiner.": "SOSFS 2014:4",
    "Åtgärden betalas enligt förordning (2022:1416) om statsbidrag till kommuner.": "2022:1416",
    "Enligt förordningen om statsbidrag för stadigvarande boende (2022:1416) kan kommunen söka bidrag.": "2022:1416",
    "Kommunen ska enligt SFS 2001:453 erbjuda stöd.": "2001:453",
    "Handlingsplanen 2024–2027 bygger på socialtjänstlagen (2001:453).": "2001:453",
    "Sedan 2021 ska nämnden enligt 5 kap. 11 § SoL (2001:453) arbeta med den som utövar våld.": "2001:453",
    "AFS 2015:4 om organisatorisk och social arbetsmiljö gäller alla chefer.": "AFS 2015:4",
    "Nämnden fortsätter det tidigare arbetet enligt socialtjänstlagen (2001:453).": "2001:453",
    "Planen utgår från socialtjänstlagen (SFS 2001:453) och skollagen (2010:800).": "2001:453",
    "Uppgifterna behandlas enligt personuppgiftslagen.": "1998:204",
    "Lag (1991:900) ger fullmäktige rätten att besluta.": "1991:900",
    "The Social Services Act (2001:453) obliges the committee to help.": "2001:453",
    "Stödet ges enligt socialtjänstlagen, SFS 2001:453, 5 kap. 11 §.": "2001:453",
    "Innan insatsen börjar ska nämnden utreda enligt socialtjänstlagen (2001:453).": "2001:453",
    "- Socialtjänstlagen 2001:453": "2001:453",
    "Fram till 2027 ska alla chefer kunna SoL (2001:453).": "2001:453",
    "Under perioden 2024–2027 följer vi socialtjänstlagen (2001:453).": "2001:453",
    "Lagstöd: SoL (2001:453), HSL (2017:30) och OSL (2009:400).": "2001:453",
    "I lag (2001:453) om socialtjänst står att nämnden ska ge stöd.": "2001:453",
    "Bidrag söks under 2027 enligt förordning (2022:1416).": "2022:1416",
    "Enligt skollagen (1985:1100) ska varje skola ha en plan.": "1985:1100",
    "En ny lag kom 2025. Kommunen arbetar enligt socialtjänstlagen (2001:453).": "2001:453",
    "Äldre kvinnor har enligt socialtjänstlagen (2001:453) rätt till stöd.": "2001:453",
    "Planen ersätter den förra. Den bygger på socialtjänstlagen (2001:453).": "2001:453",
}

LEFT_ALONE = [
    "Socialtjänstlagen (2025:400) ersatte socialtjänstlagen (2001:453) den 1 juli 2025.",
    "Den tidigare socialtjänstlagen (2001:453) hade en särskild paragraf.",
    "Enligt dåvarande 5 kap. 11 § socialtjänstlagen (2001:453) fick 40 personer stöd.",
    "Under 2023 utreddes 120 ärenden enligt socialtjänstlagen (2001:453).",
    "Åren 2019–2022 betalades bidrag ut enligt förordning (2022:1416).",
    "Tidigare reglerades detta i 5 kap. 11 § SoL (2001:453).",
    "Ärendet har diarienummer KS 2001:453.",
    "Beslutet (dnr 2001:453) fattades av nämnden.",
    "Beslutet 2014:4 fattades av nämnden.",
    "Se prop. 2001:453.",
    "Den upphävda förordningen (2022:1416) om statsbidrag gav pengar.",
    "SOSFS 2014:4 upphävdes 2022.",
    "Lag (2012:776) om ändring i socialtjänstlagen (2001:453) skärpte kravet.",
    "Fram till den 30 juni 2025 gällde socialtjänstlagen (2001:453).",
    "Socialtjänstlagen (2025:400) gäller.",
    "2022 fattades besluten enligt SoL (2001:453).",
    "Nämnden beslutade 2019-03-05 om stöd enligt socialtjänstlagen (2001:453).",
    "Föreskrifterna HSLF-FS 2022:39 gäller.",
    "> enligt socialtjänstlagen (2001:453)",
    "Socialtjänstlagen (2001:453) har upphört att gälla.",
    "Bidraget enligt förordning (2022:1416) gäller inte längre.",
    "Handlingsplanen från 2019 hänvisade till socialtjänstlagen (2001:453).",
    "När planen antogs 2021 gällde socialtjänstlagen (2001:453).",
    "Då gällande lag, socialtjänstlagen (2001:453), angav kommunens ansvar.",
    "Bestämmelsen fanns i SoL (2001:453) men finns nu i SoL (2025:400).",
    "Ärenden som inleddes före den 1 juli 2025 handläggs enligt socialtjänstlagen (2001:453).",
    "Äldre ärenden prövas enligt socialtjänstlagen (2001:453).",
    "Statsbidraget enligt förordning (2022:1416) upphörde vid årsskiftet.",
    "Statsbidraget enligt förordning (2022:1416) gavs till och med 2025.",
    "Kommunen fick 2024 bidrag enligt förordning (2022:1416).",
    "I utvärderingen av planen 2018–2022 granskades stödet enligt SoL (2001:453).",
    "Hänvisningarna till SoL (2001:453) i riktlinjerna ska ändras till SoL (2025:400).",
    "Betänkandet (SOU 2001:453) lades fram.",
    "Enligt äldre bestämmelser i SoL (2001:453) var det annorlunda.",
    "Klockan 2001:45 hände det, och SOU 2014:49 säger mer.",
    "Filen ligger på https://exempel.se/sol/(2001:453)/index.",
]


@pytest.mark.parametrize("text", FOUND)
def test_a_repealed_law_cited_as_in_force_is_found(text: str) -> None:
    [(start, end, law)] = repealed(text, LAWS)
    assert law.id == FOUND[text]
    assert text[start:end].removeprefix("SFS ") in (law.id, *law.known_as)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_history_and_other_numbers_are_left_alone(text: str) -> None:
    assert repealed(text, LAWS) == []


def test_there_are_enough_sentences() -> None:
    assert len(FOUND) >= 20
    assert len(LEFT_ALONE) >= 20


def test_a_field_for_laws_is_read_by_number_alone() -> None:
    assert [law.id for law in laws_in(["2001:453", "AFS 2015:4", "lag (2023:196)", "1:1"], LAWS)] == [
        "2001:453",
        "AFS 2015:4",
        "2023:196",
    ]
