"""What stands in each document beside the plan, and what does not."""

import json
import re

from documents import alingsas, chapters, example, made, read, said, under
from test_pdf import faults

from vaaldplan.config import Settings
from vaaldplan.plan.model import Plan
from vaaldplan.publish import pdf
from vaaldplan.publish.parse import plain_text
from vaaldplan.publish.tree import Tree

BOARDS = [
    "Alingsåshem", "Barn- och ungdomsförvaltningen", "Kommunstyrelsen", "Kultur- och utbildningsförvaltningen",
    "Socialnämnden",
]  # fmt: skip


# ------------------------------------------------------------ the short version


def test_the_short_version_has_two_pages_whatever_the_plan() -> None:
    goals = [{"id": f"M{i}", "titel": f"Mål {i} " + "ord " * 80, "text": "Text " * 300} for i in range(60)]
    measures = [
        {
            "id": f"A{i}",
            "titel": "Åtgärd " + "lång " * 50,
            "mål": [f"M{i % 60}"],
            "ansvarig": f"Nämnden för {i} " + "x" * 80,
        }
        for i in range(600)
    ]
    plan = read(
        json.dumps(
            {
                "titel": "Plan " * 60, "vision": "Vision. " * 400, "mål": goals, "åtgärder": measures,
                "beredning": {"beslutsförslag": ["Besluta " + "något " * 90] * 20},
            }
        )
    )  # fmt: skip
    paper = pdf.write(made(plan, "kortversion")[0].tree)
    assert paper.pages == 2
    assert faults(paper.data, "ua1") == []


def test_the_short_version_tells_what_the_plan_is() -> None:
    tree = alingsas("kortversion")
    assert chapters(tree) == [
        "Behöver du hjälp?", "Det vill vi nå", "Vilka åtgärderna når och hur tidigt", "Vad det kostar",
        "När det görs och följs upp", "Beslutet", "Läs mer",
    ] or chapters(tree) == [
        "Det vill vi nå", "Vilka åtgärderna når och hur tidigt", "Vad det kostar", "När det görs och följs upp", "Beslutet", "Läs mer",
    ]  # fmt: skip
    plan = example("alingsas")[0]
    assert all((g.title or "") in said(tree) for g in plan.goals)
    assert "10 730 000 kr".replace(" ", "\u00a0") in said(tree)


# ------------------------------------------------------------ the case paper


def test_the_case_paper_has_its_real_form() -> None:
    tree = alingsas("tjänsteskrivelse")
    assert dict(tree["meta"]) == {
        "Avsändare": "Kommunledningskontoret",
        "Handläggare": "Samordnaren mot våld på kommunledningskontoret",
        "Datum": "23\u00a0november 2026",
        "Diarienummer": "2022.247 KS",
        "Mottagare": "Kommunstyrelsen",
    }
    assert chapters(tree) == [
        "Ärendebeskrivning", "Beredning", "Ekonomi", "Barnets bästa", "Jämställdhet", "Facklig samverkan", "Förslag till beslut",
        "Beslutsunderlag", "Expedieras till", "Underskrifter",
    ]  # fmt: skip
    proposals = under(tree, "forslag")
    assert [plain_text(b["c"]) for b in proposals if b["t"] == "h"] == ["Kommunstyrelsen", "Kommunfullmäktige"]
    assert [(b["start"], len(b["items"])) for b in proposals if b["t"] == "ol"] == [(1, 1), (1, 8)]
    signed = [b for b in under(tree, "underskrifter") if b["t"] == "dl"]
    assert len(signed) == 2
    assert all("____" in said({**tree, "blocks": [b]}) for b in signed)


def test_the_case_paper_says_nothing_of_appeals() -> None:
    for lang in ("sv", "en"):
        whole = said(alingsas("tjänsteskrivelse", lang))
        assert not re.search(r"överklag|laga kraft|appeal|legal force", whole, re.IGNORECASE)


def test_what_the_plan_is_silent_about_is_said_to_be_so() -> None:
    whole = said(made(Plan(), "tjänsteskrivelse")[0].tree)
    assert whole.count("Inte beskrivet i planen.") == 4
    assert whole.count("Ej angivet") >= 5


def test_the_boards_own_proposal_stands_under_the_board() -> None:
    plan = read(
        "beslut: {organ: kf}\ndokumentansvarig: {politisk: ks}\naktörer: [{id: kf, namn: Fullmäktige}, {id: ks, namn: Styrelsen}]\n"
        "beredning:\n  beslutsförslag: [{text: Uppdra åt samordnaren att börja., organ: ks}, Anta planen.]"
    )
    tree = made(plan, "tjänsteskrivelse")[0].tree
    lists = [b for b in under(tree, "forslag") if b["t"] == "ol"]
    assert [[plain_text(i[0]["c"]) for i in b["items"]] for b in lists] == [
        ["Uppdra åt samordnaren att börja.", "Föreslå Fullmäktige att besluta enligt punkten nedan."],
        ["Anta planen."],
    ]


def test_a_municipality_has_its_own_headings() -> None:
    plan, _ = example("alingsas")
    settings = Settings(headings={"ärendebeskrivning": "Sammanfattning"})
    tree = made(plan, "tjänsteskrivelse", settings=settings)[0].tree
    assert chapters(tree)[:2] == ["Sammanfattning", "Beredning"]


# ------------------------------------------------------------ the boards' extracts


def extracts() -> dict[str, Tree]:
    plan, settings = example("alingsas")
    found = made(plan, "nämndutdrag", settings=settings)
    return {job.tree["title"].split(":")[0]: job.tree for job in found}


def cards_of(tree: Tree) -> set[str]:
    names = [plain_text(b["h"]["c"]).split()[0] for b in tree["blocks"] if b["t"] == "card"]
    return {n for n in names if not n.startswith("U")}


def test_each_board_gets_its_own_measures_and_no_others() -> None:
    plan, _ = example("alingsas")
    found = extracts()
    assert list(found) == BOARDS
    for name, ids in (
        ("Socialnämnden", {"sn", "sf"}),
        ("Alingsåshem", {"hus"}),
        ("Kommunstyrelsen", {"ks", "klk", "ksau"}),
    ):
        tree = found[name]
        own = {m.id for m in plan.measures if ids & set(m.owner)}
        everyone = {m.id for m in plan.measures if "@all committees" in m.owner} if name != "Alingsåshem" else set()
        assert cards_of(tree) == own | everyone
        joins = {
            m.id
            for m in plan.measures
            if m.id not in own | everyone
            and any(p.actor in ids or (p.actor == "namnder" and name != "Alingsåshem") for p in m.participants)
        }
        tables = [b for b in tree["blocks"] if b.get("id") == "t-medverkar"]
        assert {plain_text(row[0]).split()[0] for b in tables for row in b["rows"]} == joins
        needed = {n for m in plan.measures if m.id in own | everyone for n in m.depends_on}
        others = [m.title or "" for m in plan.measures if m.id not in own | everyone | joins | needed]
        whole = said(tree)
        assert others
        assert [t for t in others if t in whole] == []


def test_the_boards_money_and_the_shared_money_are_the_plans() -> None:
    plan, _ = example("alingsas")
    total = 0
    for tree in extracts().values():
        table = next(b for b in tree["blocks"] if b.get("id") == "t-pengar")
        total += int(plain_text(table["rows"][-1][-1]).replace("\u00a0", ""))
    shared = [m for m in plan.measures if len(m.owner) > 1 or "@all committees" in m.owner]
    cost = [y.kronor or 0 for m in shared if m.cost for y in m.cost.per_year.values()]
    assert shared
    assert total + sum(cost) == 10_730_000


def test_the_boards_dates_are_in_order() -> None:
    table = next(b for b in extracts()["Socialnämnden"]["blocks"] if b.get("id") == "t-tider")
    years = [int(y) for row in table["rows"] if (y := plain_text(row[0])[-4:]).isdigit()]
    assert len(years) > 20
    assert years == sorted(years)


def test_members_of_a_group_have_the_groups_measures() -> None:
    plan = read(
        "aktörer:\n- {id: a, namn: Nämnd A, typ: nämnd}\n- {id: b, namn: Nämnd B, typ: nämnd}\n- {id: c, namn: Nämnd C, typ: nämnd, berörs_inte: skäl}\n"
        "- {id: g, namn: Båda, typ: nämnd, ingår: [a, b]}\nåtgärder: [{id: A1, titel: Ett, ansvarig: g}, {id: A2, titel: Två, ansvarig: samtliga nämnder}]"
    )
    found = made(plan, "nämndutdrag")
    assert [j.name for j in found] == ["namndutdrag-namnd-a", "namndutdrag-namnd-b"]
    assert [cards_of(j.tree) for j in found] == [{"A1", "A2"}] * 2


# ------------------------------------------------------------ the calendar


def rows_of(tree: Tree) -> dict[str, tuple[str, str]]:
    tables = [b for b in tree["blocks"] if b["t"] == "table"]
    return {
        plain_text(r[1]): (plain_text(r[0]).replace("\u00a0", " "), plain_text(r[2]).replace("\u00a0", " "))
        for b in tables
        for r in b["rows"]
    }


def test_the_calendar_counts_from_the_meeting() -> None:
    rows = rows_of(alingsas("kalender"))
    days = {step: day for step, (day, _) in rows.items()}
    assert days["Beslut i kommunfullmäktige"] == "Onsdag 16 december 2026"
    assert days["Ledamöterna har fått kallelsen"] == "Senast onsdag 9 december 2026"
    assert days["Ärendet behandlas i kommunstyrelsens arbetsutskott"] == "Måndag 30 november 2026"
    assert days["Samverkan med arbetstagarorganisationerna är genomförd"] == "Senast måndag 23 november 2026"
    assert days["Justeringen är tillkännagiven på anslagstavlan"] == "Senast måndag 4 januari 2027"
    assert days["Beslutet har vunnit laga kraft, om ingen har överklagat"] == "Tisdag 26 januari 2027"
    assert rows["Protokollet är justerat"][1] == "Inom fjorton dagar (KL 5 kap. 69 §)"
    assert len(rows) == 16
    assert all(ground for _, ground in rows.values())


def test_no_day_is_made_up() -> None:
    plan = read("titel: X")
    rows = rows_of(made(plan, "kalender")[0].tree)
    assert {day for day, _ in rows.values()} == {"Inte bestämt", "Senast inte bestämt"} - {"Senast inte bestämt"}
    plan, _ = example("alingsas")
    rows = rows_of(made(plan, "kalender")[0].tree)
    assert sum(day == "Inte bestämt" for day, _ in rows.values()) == 5


def test_the_calendar_names_its_laws_with_the_day_they_were_checked() -> None:
    whole = said(alingsas("kalender"))
    for law in ("Kommunallag (2017:725)", "Lag (1930:173)", "Lag (1989:253)"):
        assert law in whole
    assert whole.count("kontrollerad 27\u00a0november 2026") == 3


# ------------------------------------------------------------ follow-up and consultation


def test_the_newest_status_counts_and_every_measure_has_a_form() -> None:
    plan = read(
        "åtgärder:\n- id: A1\n  titel: Ett\n  status: [{läge: klar, datum: 2028-04}, {läge: pågår, datum: 2027-11, resultat: hälften}]\n"
        "- {id: A2, titel: Två}\nindikatorer: [{id: U1, titel: Andel, enhet: '%', målvärden: {2028: 80}, utfall: {2028: 75}}]"
    )
    tree = made(plan, "uppföljning")[0].tree
    states = next(b for b in tree["blocks"] if b.get("id") == "t-lage")
    assert [[plain_text(c) for c in row] for row in states["rows"]] == [
        ["klar", "1", "A1"],
        ["ej redovisad", "1", "A2"],
    ]
    outcome = next(b for b in tree["blocks"] if b.get("id") == "t-utfall")
    assert "75" in plain_text(outcome["rows"][0][-1])
    forms = [b for b in tree["blocks"] if b["t"] == "card"]
    assert [plain_text(b["h"]["c"]) for b in forms] == ["A1 Ett", "A2 Två", "U1 Andel"]
    assert all("____" in said({**tree, "blocks": [b]}) for b in forms)


def test_the_consultation_has_a_reply_date_and_as_many_answers_as_questions() -> None:
    tree = alingsas("remiss")
    assert dict(tree["meta"])["Svara senast"] == "20\u00a0november 2026"
    assert "senast den 20\u00a0november 2026" in said(tree)
    asked = [plain_text(b["c"]) for b in under(tree, "fragor") if b["t"] == "h"]
    places = [plain_text(i["term"]) for b in under(tree, "fragor") if b["t"] == "dl" for i in b["items"]]
    assert [t.split(".")[0] for t in asked] == [str(n) for n in range(1, 14)]
    assert places == [f"Svar {n}" for n in range(1, 14)]
