"""What the format must be able to say: each requirement, the plan that says it, and the words of the document that show it."""

import pytest

from vaaldplan.plan.load import load
from vaaldplan.publish import markdown
from vaaldplan.publish.compose import compose
from vaaldplan.source import read_text

BASE = """\
titel: Handlingsplan mot våld
aktörer:
  - {id: ks, namn: Kommunstyrelsen}
  - {id: sn, namn: Socialnämnden}
  - {id: polis, namn: Polismyndigheten, typ: myndighet}
mål:
  - {id: M1, titel: Fler upptäcker våld}
"""


def measure(text: str) -> str:
    return f"åtgärder:\n  - id: A1\n    titel: Utbilda chefer\n    mål: M1\n    {text}\n"


def indicator(text: str) -> str:
    return f"indikatorer:\n  - id: U1\n    titel: Chefer som kan\n    enhet: procent\n    {text}\n"


TABLE = [
    # the document
    ("adopted by signatures", "status: antagen\nbeslut: {form: undertecknande, undertecknare: [ks, polis], datum: 2026-11-01}", "undertecknande"),
    ("decision parts are separate", "beslut: {organ: ks, paragraf: 12}", "§ 12"),
    ("valid until further notice", "giltighet: {från: 2027-01-01, tills_vidare: ja, revideras_senast: 2029-12-31}", "tills vidare"),
    ("valid from the signing", "giltighet: {från: undertecknandet, till: 2029}", "undertecknandet\u00a0– 2029"),
    ("a county instead of a municipality", "område: {namn: Västra Götaland, slag: län, kod: 14}", "Västra Götaland (län, 14)"),
    ("several officials own it", "dokumentansvarig: {politisk: ks, tjänsteperson: [strateg, samordnare]}", "strateg och samordnare"),
    ("help numbers with a checked date", "kontakt: {namn: Vid fara, telefon: 112, kontrollerad: 2026-10-12}", "kontrollerad 12\u00a0oktober 2026"),
    ("what it stands beside", "styrdokument: [{id: p, namn: Trygghetsplan, förhållande: parallell}]", "gäller parallellt"),
    ("the assignment's history", "uppdrag: {instanser: [{aktör: ks, datum: 2022-11-28, paragraf: 176}]}", "Kommunstyrelsen, 28\u00a0november 2022, § 176"),
    ("what meets a point", "uppdrag: {punkter: [{id: 1, text: Mål finns, uppfylls_av: M1}]}", "| Mål finns | [M1]"),
    ("a condition and its answer", "uppdrag: {punkter: [{id: 1, text: Om medel finns, grund: villkor, svar: De finns.}]}", "De finns."),
    ("chapters freely named and placed", "kapitel: [{rubrik: Ord på vägen, text: Hej., placering: bilaga}]", "Bilaga 2. Ord på vägen"),
    ("definitions with sources", "definitioner: [{term: våld, betydelse: att skada, källa: Isdal}]", "att skada (Isdal)"),
    # the problem picture
    ("a finding split by sex", "lägesbild: {iakttagelser: [{id: L1, text: Våld, värde: 12, enhet: procent, uppdelning: {kvinnor: 15, män: 9}}]}", "kvinnor 15, män 9"),
    ("a range and about", "lägesbild: {iakttagelser: [{id: L1, text: Våld, värde: ca 6 000}, {id: L2, text: Hot, värde: 8–13}]}", "ca 6 000"),
    ("values by year", "lägesbild: {iakttagelser: [{id: L1, text: Våld, värden: {2024: 10, 2025: 12}}]}", "2024: 10; 2025: 12"),
    ("a rejected proposal", "beredning: {avslag: [{text: Ny jour, skäl: för dyr}]}", "Ny jour: för dyr"),
    # goals and indicators
    ("a goal without measures on purpose", "mål: [{id: M1, titel: Fler upptäcker våld, utan_åtgärder: Regionen gör det}]", "Regionen gör det"),
    ("a goal under another", "mål: [{id: M1, titel: Brett}, {id: M2, titel: Smalt, under: M1}]", "[M1 Brett]"),
    ("a target that is a bound", indicator("målvärden: {2028: {minst: 80}}"), "2028: minst 80\u00a0%"),
    ("an actual in words, another not reported", indicator("utfall: {2027: {text: bättre}, 2028: {ej_redovisat: enkäten uteblev}}"), "2028: ej redovisat (enkäten uteblev)"),
    ("no data source yet", indicator("datakälla_saknas: byggs 2027"), "byggs 2027"),
    ("an unknown value of one year", indicator("utgångsvärde: {2026: {okänt: mäts först 2027}}"), "2026: Okänt: mäts först 2027"),
    # measures
    ("one leads, others support", measure("ansvarig: ks\n    medverkande: [{aktör: polis, roll: stödjande}]"), "Polismyndigheten (stödjande)"),
    ("two equal parties", measure("ansvarig: [ks, sn]\n    jämbördiga: ja"), "Kommunstyrelsen och Socialnämnden (med lika ansvar)"),
    ("a convener", measure("ansvarig: [ks, sn]\n    sammankallande: sn"), "(sammankallande: Socialnämnden)"),
    ("each committee for itself", measure("ansvarig: samtliga nämnder"), "samtliga nämnder"),
    ("not yet known who", measure("ansvarig: {okänt: beslutas i mars}"), "Okänt: beslutas i mars"),
    ("handed over on a date", measure("överlämnas: {till: sn, datum: 2028-01}"), "Socialnämnden januari 2028"),
    ("a season", measure("tid: hösten 2025"), "hösten 2025"),
    ("a quarter without a year", measure("tid: kvartal 2"), "kvartal 2"),
    ("a week every year", measure("tid: v. 47 årligen"), "v. 47 årligen"),
    ("start without end", measure("start: 2027-03"), "från mars 2027"),
    ("ongoing with a yearly check", measure("tid: löpande\n    avstämning: februari"), "februari"),
    ("a rhythm that is no deadline", measure("rytm: varje vecka"), "varje vecka"),
    ("a condition", measure("villkor: om bidraget beviljas"), "om bidraget beviljas"),
    ("a sub-measure with its own owner, open", measure("status: klar\n    delåtgärder: [{titel: Följ upp, ansvarig: sn, öppen: ja}]"), "Följ upp (Socialnämnden; öppen)"),
    ("hours", measure("kostnad: {timmar: 40}"), "40 timmar"),
    ("within budget with a holder", measure("kostnad: {inom_ram: sn}"), "inom ram (Socialnämnden)"),
    ("per year and kind", measure("kostnad: {2027: {löner: 60 tkr, material: 5 000}}"), "löner 60\u00a0000\u00a0kr, material 5\u00a0000\u00a0kr"),
    ("set aside without an amount", measure("kostnad: {avsatt: medel avsätts i budget 2028}"), "medel avsätts i budget 2028"),
    ("a grant, and what if it is refused", measure("finansiering: {slag: statsbidrag, bidrag: 2023:442, status: sökt}\n    om_bidraget_uteblir: görs i mindre skala"), "görs i mindre skala"),
    ("status over time", measure("status: [{läge: pågår, datum: 2027-05, kommentar: tolv kurser}, {läge: försenad}]"), "maj 2027 pågår: tolv kurser"),
    ("arose during the year", measure("tillkom: {datum: 2028-02, text: efter Brås rapport}"), "efter Brås rapport, februari 2028"),
    ("another document's measure is shown, never counted", measure("ur: trygghetsplanen"), "trygghetsplanen"),
    ("training for staff levels", measure("utbildning: {personalgrupper: [chefer, förtroendevalda], timmar: 3,5}").replace("3,5", '"3,5"'), "chefer och förtroendevalda. Timmar: 3,5"),
    ("outreach with languages", measure("utåtriktat: {mottagare: alla invånare, språk: [arabiska, finska]}"), "arabiska och finska"),
    # the rest
    ("a coordinator with share and deputy", "organisation: {samordnare: {funktion: Strateg, tjänstgöringsgrad: 50 %, ersättare: Folkhälsochef}}", "50 procent av heltid"),
    ("a partner planned, not confirmed", "samverkan: [{aktör: polis, roll: delar lägesbild}]", "planerad, inte bekräftad"),
    ("an empty cell with its reason", measure("nivå: individ") + "luckor: [{nivå: samhälle, preventionsnivå: riktat, skäl: Polisen gör det}]", "Polisen gör det"),
    ("a cell that another document covers", measure("nivå: individ") + "styrdokument: [{id: p, namn: Programmet}]\nluckor: [{nivå: individ, preventionsnivå: riktat, täcks_av: p}]", "Täcks av [Programmet]"),
    ("more measures than are listed", measure("nivå: individ") + "antal_åtgärder: 12", "Planen uppger 12 åtgärder, varav 1 står här."),
    ("accounts that differ", "diarienummer: {uppgifter: [{värde: KS 1, källa: protokollet}, {värde: KS 2}]}", "KS 1 (protokollet); KS 2"),
    ("there is none", "dokumenttyp: {finns_inte: kommunen har inga}", "Finns inte: kommunen har inga"),
    ("secondary and inferred", "definitioner: [{term: våld, betydelse: skada, andrahand: ja, tolkad: ja}]", "andrahandsuppgift; tolkad uppgift"),
    ("codes stay as written", "kommunkod: 0114\nkommun: Upplands Väsby", "Upplands Väsby (0114)"),
    ("raw HTML is text", "vision: <b>fri</b> från *våld*", "\\<b\\>fri\\</b\\> från *våld*"),
]  # fmt: skip


def test_the_table_is_whole() -> None:
    assert len(TABLE) == 57
    assert len({name for name, *_ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("plan", "shown"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_the_format_says_stands_in_the_document(plan: str, shown: str) -> None:
    keys = {line.split(":")[0] for line in plan.splitlines() if line[:1].strip()}
    kept, skip = [], False
    for line in BASE.splitlines():
        skip = line.split(":")[0] in keys if line[:1].strip() else skip
        kept += [] if skip else [line]
    document = read_text("\n".join(kept) + "\n" + plan + "\n")
    assert document.findings == ()
    assert document.data is not None
    loaded = load(document.data)
    assert [f for f in loaded.findings if f.code != "S08"] == []
    assert shown in markdown.write(compose(loaded.plan, "sv")).decode()
