"""The rules on text: sentences that they were written with, and what they do with a whole plan.

How sure they are is not measured on these sentences but in ``test_sentences``.
"""

from pathlib import Path

import pytest
from precision import JUDGES
from test_cards import laid_over

from conftest import ROOT, Checker
from vaaldplan.check import check
from vaaldplan.finding import Severity, Stage
from vaaldplan.plan.wording import Wording

WRONG = {
    "A09": """
Ansvarig är XX på förvaltningen.
Kostnaden är XX kronor per år.
Målet är att X procent av cheferna har gått kursen 20XX.
Planen gäller 202X–202X.
Lorem ipsum dolor sit amet.
Klicka här för att ange text.
Klicka eller tryck här för att ange datum.
[namn] ansvarar för uppföljningen.
Kontakta [kommunens namn] växel.
Beslutad åååå-mm-dd.
Ansvarig: TBD
TODO: skriv om samverkan
Telefon: 0XX-XXX XX XX
Dnr KS 20XX/XXX
Vi räknar med ___ deltagare.
Antal deltagare: ???
Fyll i kommunens namn här.
Kostnad: fylls i senare
<ange datum>
{{ kommun }} antar planen
Infoga bild här
NN är samordnare
Ersätt denna text med er egen
Förnamn Efternamn, samordnare
I Kommun X finns 30 skolor.
Enligt § XX i lagen
Ansvarig: ...........
Text kommer senare.
Fel! Hittar inte referenskälla.
Uppföljning sker den XX mars.
Bilaga X visar kostnaderna.
[fyll i antal] personer
Antal: 5XX
Samtalen leds av föreningen YY.
Ansvarig: rektor N.N.
Antalet anmälningar är __ hittills.
Vi har haft …... deltagare.
Här anger ni vem som leder gruppen.
Ta bort den gula rutan före remissen.
Kommenterad [KB12]: stämmer det här?
<!-- fråga ekonomen -->
Startdatum: [?]
Syfte: exempeltext
""",
    "C10": """
Kvinnan, 19811218-9876, har flyttat.
Flickan, 811218–9876, har flyttat.
Offret, Camilla, fick vänta.
Elevens personnummer är 811218-9876.
Samordningsnummer 701063-2391 finns i akten.
Det skyddade boendet ligger på Björkvägen 12.
På Norra Storgatan 5B finns ett skyddat boende.
Kvinnojourens jourlägenhet finns på Ängsgatan 7.
Fatima Hassan utsattes för våld av sin man under många år.
Kvinnan Anna Andersson bor på skyddat boende.
Brukaren Sven slogs av sin son.
Tre kvinnor placerades i skyddat boende under 2025.
Två elever på Nolhagaskolan har könsstympats.
Under förra året giftes en flicka bort i Alingsås.
4 barn omhändertogs under våren.
Under 2024 sökte två män stöd efter att ha utsatts för våld.
Fyra anställda anmälde sexuella trakasserier i fjol.
Emma lämnade sin man efter att han misshandlat henne.
""",
    "E05": """
Arbeta för att minska våldet
Verka för ökad jämställdhet i alla verksamheter
Kommunen ska verka för att fler söker hjälp.
Sträva efter att alla känner sig trygga
Främja goda relationer
Stödja våldsutsatta i deras vardag
Säkerställa stöd
Säkerställ att barn får det stöd de behöver
Utveckla samverkan med civilsamhället
Socialnämnden arbetar aktivt för att motverka hedersrelaterat våld.
Samverkan med polisen ska utvecklas.
Under planperioden ska kommunens alla nämnder verka för en god arbetsmiljö.
Erbjuda handledning vid behov
Informera föreningar om möjligt
Nämnden strävar efter att synliggöra våldet.
Fortsätta att arbeta med normer
Utveckla rutiner för samverkan
Skolan främjar jämställda relationer mellan elever.
Stärka barns rättigheter
Jämställdheten ska främjas i all verksamhet.
Arbeta långsiktigt och förebyggande mot våld
Arbeta för målen i Agenda 2030
Kommunen säkerställer att personalen har rätt kompetens.
Att verka för en attitydförändring
Stöd chefer i deras uppdrag
""",
    "M05": """
Erforderliga åtgärder skall vidtagas av nämnden.
Nämnden prövar huruvida stödet räcker.
Rutiner avseende våld tas fram.
Jämlikt 5 kap. 11 § socialtjänstlagen ska stöd ges.
Kommunen deltar i SSPF.
Personalen använder FREDA och SARA vid bedömningen.
Enligt SoL har nämnden ansvar.
Genomförandet av implementeringen av uppföljningen sker löpande.
Kartläggning av förutsättningar för genomförande av kompetensutveckling planeras.
När våldet upptäcks ska det dokumenteras, anmälas, utredas och återkopplas till chefen.
Ansökan ska inkomma till förvaltningen senast den 1 mars.
Det föreligger risk för våld.
Kommunen ska, mot bakgrund av att våldet i nära relationer under många år har varit ett stort problem som drabbar kvinnor, barn och äldre i alla delar av samhället, arbeta tillsammans med polisen, regionen och föreningarna för att upptäcka våldet tidigt och ge stöd.
""",
}

RIGHT = {
    "A09": """
Romerska siffror används: kapitel XX är det tjugonde.
Här skriver eleverna egna texter om respekt.
Ja [ ] Nej [ ] Vet ej [ ]
Det var **svårt** och __tungt__.
Kromosomparet XX finns hos flickor.
Storleken XXL passar.
Kursen hålls 2 x 60 minuter.
Antagen av kommunfullmäktige 20XX-XX-XX, § XX.
Se [länken](https://x.se) för mer.
Datum skrivs i formatet åååå-mm-dd.
Knappen ”Klicka här” lämnar sidan.
Generation X deltar.
Se [namn på alla nämnder](https://a.se/x).
Fotnot[^1] står här.
"[Kommunen] ska utbilda alla", skriver utredningen.
[...] citatet är kortat […]
Planen kompletteras senare med en rutin för hedersrelaterat våld.
Innehåll .......... 3
E-posta namn@exempel.se
Twitter, numera X, används inte.
Vi frågar: vad är våld?
Skriv ned rutiner här och nu.
Ring 112 eller 116 016.
Socialtjänstlagen (2025:400) 7 kap. 3 § gäller.
Mejla <https://www.alingsas.se/>.
Pris < 500 kr och > 300 kr
Antal under fem redovisas aldrig.
Steg 1 … Steg 2
""",
    "C10": """
Figur 2 visar utsatta kvinnor efter kommundel.
Om tre eller fler elever är utsatta kallas rektorn.
Ring 0321-61 60 00 eller 112.
Organisationsnummer 212000-1553.
Ordförande Anna Andersson öppnade mötet om våld.
En av tre kvinnor har utsatts för våld.
Två utbildade ledare håller i varje grupp.
Antal under fem redovisas aldrig.
Socialförvaltningens kontor på Storgatan 5 tar emot våldsutsatta.
Kvinnojouren har fyra platser i skyddat boende.
Minst tre medarbetare per skola utbildas.
Forskaren Maria Eriksson skriver om barn som utsatts för våld.
Samordnaren Karin Berg leder arbetet mot våld.
Nästan fyra av tio flickor har utsatts.
Tre nämnder har antagit planen.
Under 2023 dödades fyra kvinnor i Sverige av sin partner.
En kvinna som utsätts för våld ska få hjälp samma dag.
Två personer arbetar med frågor om våld på socialkontoret.
Två möten hålls om våld mot kvinnor.
Diarienummer 2022.247 KS
Telefon 0701121234
Handlingsplan 2027 för skyddat boende.
Tre föreningar hjälper utsatta kvinnor.
Biblioteket på Torggatan 2 visar en utställning om våld.
Fler än 40 kvinnor sökte stöd.
Barn som upplevt våld får stöd inom 14 dagar.
""",
    "E05": """
Utbilda alla chefer om våld
Inför en rutin för orosanmälan
Utveckla en webbkurs om våld för nyanställda
Säkerställa att 90 procent av cheferna har gått kursen
Anställ en samordnare som ska stödja skolorna
Arbeta fram en checklista för hembesök
Stöd till barn som upplevt våld erbjuds inom en vecka
Skolorna håller sex lektioner varje år för att främja goda relationer.
Kartlägg våldet i kommunen
Utbilda ombud så att de kan stödja kollegor
Stödlinjen bemannas dygnet runt.
Utvecklingssamtal hålls med alla medarbetare.
Ta fram och sprid en broschyr
Socialnämnden öppnar en mottagning för våldsutövare.
Skriv avtal med kvinnojouren om stöd vid akuta lägen
Säkerställa att det finns en rutin i varje förskola
Verka för att medborgarlöften skrivs senast i mars
Skicka brev till alla hushåll
Nämnden beslutar om riktlinjer för skyddat boende.
Chefer ställer frågor om våld i medarbetarsamtal.
Vid behov av tolk beställs tolk samma dag
Genomför trygghetsvandringar i alla stadsdelar
Förvaltningen följer upp arbetet och rapporterar till styrgruppen.
Upphandla en utvärdering av insatserna
""",
    "M05": """
Jämlikt föräldraskap minskar våldet.
I det avseendet är planen ny.
Alla elever får en SIP (samordnad individuell plan).
Kommunen använder Mentorer i våldsprevention (MVP).
Alla barn i centrum – ABC – är ett program.
FN och EU har antagit konventioner.
Socialtjänst, skola, polis och fritid, SSPF, träffas varje månad.
Åtgärd I3 och S6 följs med U8.
Kapitel II handlar om lagen.
Kommunen utbildar alla chefer i förvaltningen under 2027.
Utbildning för anställda i socialförvaltningen.
Kvinnornas, barnens och männens behov vägs mot varandra.
Chefen ska fråga, lyssna och anmäla.
Planen beslutas av kommunfullmäktige och följs upp varje år.
RÄDDA BARNEN deltar.
Inkomsten räknas per år.
Tillställningen är gratis.
""",
}


def _rows(lists: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in lists.items() for text in texts.strip().splitlines()]


@pytest.mark.parametrize(("code", "text"), _rows(WRONG))
def test_a_wrong_sentence_is_found(code: str, text: str) -> None:
    assert JUDGES[code].kinds(text)


@pytest.mark.parametrize(("code", "text"), _rows(RIGHT))
def test_a_right_sentence_is_left_alone(code: str, text: str) -> None:
    assert JUDGES[code].kinds(text) == []


SAID = {
    "A09 ERROR åtgärder.0.tid": "åtgärder:\n  - {id: A9, titel: Utbilda, tid: våren 20XX}",
    "A09 ERROR vision": "vision: {okänt: TBD}",
    "A09 ERROR diarienummer": "diarienummer: KS 20XX/XX",
    "C10 ERROR kapitel.0.text": "kapitel:\n  - {rubrik: A, text: Kvinnan har nummer 19811218-9876.}",
    "C10.shelter ERROR avgränsning": "avgränsning: Det skyddade boendet ligger på Björkvägen 12.",
    "C10.name WARNING vision": "vision: Fatima Hassan utsattes för våld av sin man.",
    "C10.count WARNING indikatorer.0.utfall.2026.värde": "indikatorer:\n  - {id: I1, titel: Våldsutsatta kvinnor med "
    "stöd, enhet: personer, utfall: {2026: {värde: 3}}}",
    "E05.hedge ADVICE åtgärder.0.titel": "åtgärder:\n  - {id: A9, titel: Erbjuda samtal vid behov}",
    "M05.long WARNING vision": f"vision: {'Vi vill att alla ' + 'får hjälp och ' * 13}lever fria.",
    "M05.average ADVICE vision": f"vision: {('Vi vill att alla ' + 'får hjälp och ' * 8 + 'lever fria. ') * 3}",
    "M05.abbreviation WARNING vision": "vision: Alla har hört om SSPF.",
    "M05.nouns ADVICE vision": "vision: Genomförandet av implementeringen av uppföljningen är klart.",
    "M05.passives ADVICE vision": "vision: Våldet ska upptäckas, dokumenteras, anmälas och utredas i tid.",
    "M06.unused ADVICE definitioner.0.term": "definitioner: [{term: Grooming, betydelse: Kontakt, källa: Brå}]",
    "M07.bare ADVICE vision": "vision: Läs på https://bra.se/ före mötet.",
    "M07.checked ADVICE vision": "vision: Läs hos [Brå](https://bra.se/).",
}


@pytest.mark.parametrize("said", SAID)
def test_a_rule_says_where(said: str, checked: Checker) -> None:
    found = checked(laid_over(SAID[said]), Stage.PROPOSAL).report.findings
    places = {
        f"{'.'.join(filter(None, (f.code, f.variant)))} {f.severity.name} {'.'.join(map(str, f.path))}" for f in found
    }
    assert said in places


SILENT = {
    "A09": "beredning: {sammanträden: [{aktör: kf, datum: den dag som XX, paragraf: XX}]}",
    "C10": "indikatorer:\n  - {id: I1, titel: Kvinnor som utsatts, enhet: personer, plats: hela landet, utfall: {2026: 3}}",
    "E05": "åtgärder:\n  - {id: A9, titel: Främja god stämning, leveranser: {text: möten, antal: 4}}",
    "M05": "vision: Alla har hört om SSPF.\ndefinitioner: [{term: SSPF, betydelse: Socialtjänst med flera.}]",
    "M06": "vision: Våldsutövare och förövare.\ndefinitioner: [{term: Förövare, betydelse: A.}, {term: Våldsutövare, betydelse: B.}]",
    "M07": "vision: Läs hos [Brå](https://bra.se/), läst 2026-10-01.",
}


@pytest.mark.parametrize("code", SILENT)
def test_what_is_meant_so_is_left_alone(code: str, checked: Checker) -> None:
    found = checked(laid_over(SILENT[code]), Stage.PROPOSAL).report.findings
    assert code not in {f.code for f in found}


def test_swedish_rules_leave_an_english_plan_alone(checked: Checker) -> None:
    text = "title: Plan\nlanguage: en\nvision: Kommunen skall främja SSPF.\nmeasures:\n  - {id: A1, title: Främja stöd}"
    assert not {"M05", "E05"} & {f.code for f in checked(text, Stage.PROPOSAL).report.findings}


def test_an_address_ends_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("titel: Plan\nvision: Läs på https://bra.se/\nsyfte: Inget mer.", "utf-8")
    found = [f for f in check(tmp_path, stage=Stage.PROPOSAL).report.findings if f.code == "M07"]
    assert [(f.path, f.params["words"]) for f in found] == [(("vision",), "https://bra.se/")]


def test_a_municipality_forbids_words(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("titel: Plan mot lägenhetsbråk\nvision: Inga bråk.", "utf-8")
    (tmp_path / "vaaldplan.toml").write_text('förbjudna_ord = ["bråk"]', "utf-8")
    found = [f for f in check(tmp_path, stage=Stage.PROPOSAL).report.findings if f.code == "A09"]
    assert [(f.path, f.variant, f.severity) for f in found] == [(("vision",), "forbidden", Severity.ERROR)]


def test_a_bare_text_in_place_of_an_entry_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(
        "titel: Plan\nåtgärder:\n  - titel: Stötta barn\n    målgrupp: barn i XX skola\n    leveranser: [X antal barn]\n",
        "utf-8",
    )
    found = [f for f in check(tmp_path, stage=Stage.PROPOSAL).report.findings if f.code == "A09"]
    assert [f.params["found"] for f in found] == ["XX", "X antal"]


def test_all_that_is_worded_is_read_and_nothing_else() -> None:
    plan = check(ROOT / "examples/alingsas").plan
    assert plan is not None
    wording = Wording(plan)
    texts = [wording.said(number) for number, _, _ in wording.longer(0)]
    assert len(texts) > 1400
    start = 0
    for said in texts:
        assert wording.at(start) == (said, 0)
        start += len(said.text) + 1
    fields = {(type(said.node).__name__, said.name) for said in texts}
    assert {("Chapter", "text"), ("Measure", "title"), ("Deliverable", "text"), ("Risk", "action")} <= fields
    assert not {("Measure", "level"), ("Measure", "owner"), ("Goal", "indicators"), ("Funding", "status")} & fields
