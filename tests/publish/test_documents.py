"""The documents beside the plan: each is built from the examples in every format, and says what it should and no more."""

import io
import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from strange import HOSTILE
from test_compose import headings, squeezed, texts
from test_html import Page
from test_pdf import faults

from conftest import ROOT
from vaaldplan.check import check, judge
from vaaldplan.cli import main
from vaaldplan.config import Settings
from vaaldplan.facts import council_sources
from vaaldplan.plan.load import load
from vaaldplan.plan.model import Plan
from vaaldplan.publish import DOCUMENTS, FORMATS, Job, build, html, inspect, jobs, named, pdf
from vaaldplan.publish.parse import plain_text
from vaaldplan.publish.tree import Tree
from vaaldplan.source import read_text
from vaaldplan.texts import catalogue as catalogue_module

OTHERS = DOCUMENTS[1:]
BOARDS = [
    "Alingsåshem", "Barn- och ungdomsförvaltningen", "Kommunstyrelsen", "Kultur- och utbildningsförvaltningen",
    "Socialnämnden",
]  # fmt: skip


@cache
def example(name: str) -> tuple[Plan, Settings]:
    checked = check(ROOT / "examples" / name)
    assert checked.plan is not None
    return checked.plan, checked.settings


def made(plan: Plan, name: str, **options: Any) -> list[Job]:
    (document,) = named(name)
    return jobs(plan, (document,), **options)


def alingsas(name: str, lang: str = "") -> Tree:
    plan, settings = example("alingsas")
    return made(plan, name, lang=lang, settings=settings)[0].tree


def read(text: str) -> Plan:
    data = read_text(text).data
    assert data is not None
    return load(data).plan


def said(tree: Tree) -> str:
    """All words of a tree, the title and the facts of its head among them."""
    return "\n".join([tree["title"], tree["subtitle"], *(f"{k} {v}" for k, v in tree["meta"]), *texts(tree["blocks"])])


def chapters(tree: Tree) -> list[str]:
    return [plain_text(h["c"]) for h in headings(tree["blocks"]) if h["level"] == 1]


def under(tree: Tree, name: str) -> list[Any]:
    """The blocks of a chapter, by the id of its heading."""
    blocks = tree["blocks"]
    start = next(i for i, b in enumerate(blocks) if b.get("id") == name)
    end = next((i for i, b in enumerate(blocks) if i > start and b["t"] == "h" and b["level"] == 1), len(blocks))
    return blocks[start + 1 : end]


# ------------------------------------------------------------ all of them


def test_the_table_of_documents() -> None:
    assert [d.swedish for d in DOCUMENTS] == [
        "plan", "kortversion", "nämndutdrag", "tjänsteskrivelse", "kalender", "uppföljning", "remiss",
    ]  # fmt: skip
    for name in ("nämndutdrag", "namndutdrag", "NÄMNDUTDRAG", "extract"):
        assert [d.name for d in named(name)] == ["extract"]
    assert named("case-paper") == named("tjansteskrivelse") != ()
    assert named("alla") == named("all") == DOCUMENTS
    assert named("nämnd") == ()


@pytest.mark.parametrize("document", OTHERS, ids=lambda d: d.name)
def test_each_is_built_in_every_format_and_follows_both_standards(document: Any) -> None:
    plan, settings = example("alingsas")
    found = jobs(plan, (document,), settings=settings)
    assert len(found) == (5 if document.name == "extract" else 1)
    papers = list(build(found))
    assert [p.name for p in papers] == [f"{job.name}.{form}" for job in found for form in FORMATS]
    for paper in papers:
        assert paper.data
        if paper.name.endswith(".pdf"):
            assert faults(paper.data, "ua1") == []
            assert faults(paper.data, "2a") == []
            assert paper.pages
            assert paper.pages <= (document.most_pages or 20)


def test_the_rules_on_built_papers_find_nothing() -> None:
    checked = check(ROOT / "examples/alingsas")
    assert checked.plan
    papers = list(build(jobs(checked.plan, DOCUMENTS, settings=checked.settings)))
    assert len(papers) == 44
    assert judge(checked, *inspect.made((p.name, p.data) for p in papers)) == ()


def test_two_builds_are_the_same_to_the_byte() -> None:
    plan, settings = example("alingsas")
    once, again = (list(build(jobs(plan, OTHERS[:1], settings=settings))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("name", ["start", "brister"])
def test_an_unfinished_plan_has_all_documents(name: str) -> None:
    plan, settings = example(name)
    found = jobs(plan, DOCUMENTS, settings=settings)
    assert len(found) > 6
    for paper in build(found, ("html", "md")):
        assert paper.data


def test_an_empty_plan_has_all_but_extracts() -> None:
    found = jobs(Plan(), DOCUMENTS)
    assert [j.name for j in found] == ["plan", "kortversion", "tjansteskrivelse", "kalender", "uppfoljning", "remiss"]
    assert len(list(build(found, ("html", "pdf", "md")))) == 18


@pytest.mark.parametrize("document", OTHERS, ids=lambda d: d.name)
def test_no_level_is_skipped_no_cell_is_empty_and_every_table_has_a_caption(document: Any) -> None:
    plan, settings = example("alingsas")
    tables = 0
    for job in jobs(plan, (document,), settings=settings):
        level = 0
        for heading in headings(job.tree["blocks"]):
            assert heading["level"] <= level + 1
            level = heading["level"]
        for table in (b for b in job.tree["blocks"] if b["t"] == "table"):
            tables += 1
            assert table["caption"]
            assert all(plain_text(c).strip() for row in table["rows"] for c in row)
    assert tables


HOSTILE_PLAN = {
    "titel": HOSTILE, "kommun": HOSTILE, "diarienummer": HOSTILE, "upplysning": HOSTILE,
    "giltighet": {"från": "2027-01-01", "till": "2030-12-31"},
    "beslut": {"organ": "kf"},
    "dokumentansvarig": {"tjänsteperson": HOSTILE},
    "kontakt": [{"namn": HOSTILE, "telefon": HOSTILE, "webb": HOSTILE, "text": HOSTILE}],
    "aktörer": [
        {"id": "kf", "namn": f"K {HOSTILE}", "typ": "kommun"}, {"id": "ks", "namn": f"S {HOSTILE}", "typ": "nämnd"},
        {"id": "au", "namn": f"A {HOSTILE}", "typ": "nämnd", "hör_till": "ks"},
        {"id": "klk", "namn": f"F {HOSTILE}", "typ": "förvaltning", "hör_till": "ks"},
    ],
    "uppdrag": {"titel": HOSTILE, "organ": "kf", "beslut": HOSTILE, "punkter": [{"id": "P1", "text": HOSTILE, "grund": "beslutat"}]},
    "mål": [{"id": "M1", "titel": HOSTILE, "text": HOSTILE, "indikatorer": ["U1"]}],
    "indikatorer": [{"id": "U1", "titel": HOSTILE, "enhet": HOSTILE}],
    "åtgärder": [
        {
            "id": "A1", "titel": HOSTILE, "mål": ["M1"], "ansvarig": "ks", "indikatorer": ["U1"], "start": "2027-03", "slut": "2028-01",
            "leveranser": [{"text": HOSTILE, "datum": "2028-01"}], "kostnad": {"2027": "1000"},
            "status": [{"läge": "pågår", "resultat": HOSTILE, "kommentar": HOSTILE}],
        },
        {"id": "A2", "titel": HOSTILE, "ansvarig": HOSTILE, "medverkande": [{"aktör": "ks", "roll": HOSTILE}]},
    ],
    "konsekvenser": {"ekonomi": "Pengar."},
    "beredning": {
        "instanser": [{"aktör": "klk", "datum": "2026-10-01", "utfall": HOSTILE}, {"aktör": "ks", "datum": "2026-12-01"}],
        "remiss": [{"aktör": "ks", "hantering": HOSTILE}],
        "sammanträden": [{"aktör": "kf", "datum": "2026-12-16"}],
        "beslutsförslag": [HOSTILE],
        "underlag": [{"namn": HOSTILE}],
        "expedieras": ["ks"],
    },
}  # fmt: skip


@pytest.mark.parametrize("document", OTHERS, ids=lambda d: d.name)
def test_hostile_text_is_shown_literally(document: Any) -> None:
    plan = read(json.dumps(HOSTILE_PLAN, ensure_ascii=False))
    found = jobs(plan, (document,))
    assert found
    for job in found:
        whole = squeezed(said(job.tree))
        assert squeezed(HOSTILE) in whole
        links = re.findall(r'"to": "([^"]*)"', json.dumps(job.tree))
        assert [t for t in links if not t.startswith(("#", "https://", "tel:", "mailto:"))] == []
        (paper,) = build([job], ("html",))
        page = Page(paper.data)
        assert not [tag for tag, _ in page.elements if tag == "script"]
        (paper,) = build([job], ("pdf",))
        assert faults(paper.data, "ua1") == []


def test_the_words_are_the_same_in_both_languages() -> None:
    folder = Path(catalogue_module.__file__).parent
    found = {lang: tomllib.loads((folder / lang / "papers.toml").read_text("utf-8")) for lang in ("sv", "en")}

    def keys(value: Any, before: str = "") -> dict[str, list[str]]:
        if isinstance(value, str):
            return {before: sorted(re.findall(r"\{(\w+)\}", value))}
        return {k: v for name, inner in value.items() for k, v in keys(inner, f"{before}.{name}").items()}

    assert keys(found["sv"]) == keys(found["en"])
    assert len(keys(found["sv"])) > 150


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_in_english_every_word_of_the_programs_own_is_english(document: Any) -> None:
    """The plan has no prose, so nothing of the author's is taken for the program's."""
    plan = read(
        "titel: X\nåtgärder:\n  - {id: A1, titel: Y, ansvarig: Z, start: 2027-01, mål: [M1]}\nmål: [{id: M1, titel: V}]"
    )
    swedish = jobs(plan, (document,), lang="sv")[0].tree
    english = jobs(plan, (document,), lang="en")[0].tree
    own = {
        "X",
        "Y",
        "Z",
        "V",
        "A1 Y",
        "M1 V",
        "A1",
        "M1",
        "Z: X",
        "Index",
        "Organisation",
        "1",
        "0",
        " ",
        ". ",
        ": ",
        "112",
        "116 016",
    }
    sv, en = set(texts(swedish["blocks"])), set(texts(english["blocks"]))
    same = {t for t in sv & en if t not in own and not re.fullmatch(r"[\W\d_]*|.*\bstatus\b.*", t)}
    assert english["lang"] == "en"
    assert same <= {"Kvinnofridslinjen", "7. M1 V", *(law.name for law in council_sources())}
    assert len(en) > 5


# ------------------------------------------------------------ help and the way out


@pytest.mark.parametrize("name", ["plan", "kortversion"])
def test_public_pages_open_with_help_and_a_way_out(name: str) -> None:
    tree = alingsas(name)
    page = Page(html.write(tree))
    links = [a["href"] for tag, a in page.elements if tag == "a"]
    assert links[:4] == ["#doc-main", "https://www.smhi.se/", "tel:112", "tel:116016"]
    assert page.texts("a")[1] == "Lämna sidan snabbt"
    (box,) = page.texts("aside")
    assert box.index("112") < box.index("116 016") < box.index("Socialförvaltningen")
    whole = html.write(tree).decode()
    assert whole.index("tel:116016") < whole.index("<h1")
    assert "<script" not in whole


def test_the_short_version_opens_with_help_on_paper_too() -> None:
    tree = alingsas("kortversion")
    first = said({**tree, "blocks": tree["blocks"][:1]})
    assert tree["blocks"][0]["t"] == "callout"
    assert first.index("112") < first.index("116 016") < first.index("Socialförvaltningen")
    assert html.write(tree).decode().count("tel:112") == 1


def test_other_papers_have_no_way_out() -> None:
    assert "help" not in alingsas("tjänsteskrivelse")
    assert "help" not in alingsas("nämndutdrag")


def test_without_contacts_the_numbers_are_there_and_the_gap_is_told() -> None:
    tree = made(Plan(), "kortversion")[0].tree
    assert "tel:116016" in json.dumps(tree)
    assert "inte angivna" in said(tree)


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


# ------------------------------------------------------------ names and commands


def test_names_after_the_municipalitys_pattern() -> None:
    plan, _ = example("alingsas")
    settings = Settings(file_name="{case_number} {document} {title} {status} {date}")
    names = [j.name for j in jobs(plan, DOCUMENTS, settings=settings)]
    assert names[0] == "2022.247 KS Handlingsplan mot mäns våld mot kvinnor 2027–2030 förslag 2026-10-12"
    assert names[1].startswith("2022.247 KS kortversion Handlingsplan")
    assert names[2].startswith("2022.247 KS nämndutdrag Alingsåshem Handlingsplan")
    assert len(set(names)) == len(names) == 11
    named_only = [j.name for j in jobs(plan, DOCUMENTS[:2], settings=Settings(file_name="{date}"))]
    assert named_only == ["2026-10-12", "2026-10-12 kortversion"]


def test_no_name_of_a_file_holds_what_a_disk_cannot() -> None:
    for title in ('a/b\\c:d*e?f"g<h>i|j', "..", "CON", "x" * 400, "\x00\n\u202e", "aux.txt", " . "):
        plan = Plan(title=title)
        (job,) = jobs(plan, settings=Settings(file_name="{title}"))
        assert job.name
        assert not re.search(r'[\x00-\x1f<>:"/\\|?*\u202e]', job.name)
        assert len(job.name) <= 151
        assert job.name.strip(" .") == job.name
        assert not re.fullmatch(r"(?i)(con|aux)(\..*)?", job.name)


def test_all_documents_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(ROOT / "examples/start")
    assert main(["build", plan, "-o", str(tmp_path), "--to", "md", "--document", "alla"]) == 0
    found = sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".md")
    assert {"plan.md", "kortversion.md", "kalender.md", "remiss.md", "tjansteskrivelse.md", "uppfoljning.md"} <= set(
        found
    )
    assert (
        main(["build", plan, "-o", str(tmp_path), "--to", "md", "-d", "kalender, kortversion", "--document-lang", "en"])
        == 0
    )
    assert (tmp_path / "calendar.md").read_text("utf-8").startswith("# Calendar to the decision")
    capsys.readouterr()
    assert main(["build", plan, "-o", str(tmp_path), "--document", "protokoll"]) == 2
    assert "tjänsteskrivelse" in capsys.readouterr().err
    assert main(["build", plan, "-o", str(tmp_path), "--document-lang", "fi"]) == 2


def test_the_plan_alone_is_built_by_default(tmp_path: Path) -> None:
    assert main(["build", str(ROOT / "examples/start"), "-o", str(tmp_path), "--to", "md,pdf"]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [".vaaldplan.json", "plan.md", "plan.pdf"]
    with pikepdf.open(io.BytesIO((tmp_path / "plan.pdf").read_bytes())) as document:
        assert len(document.pages) > 1
