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
from documents import alingsas, chapters, example, made, read, said, under
from strange import HOSTILE
from test_compose import headings, squeezed, texts
from test_html import Page
from test_pdf import faults

from conftest import ROOT
from vaaldplan import config
from vaaldplan.check import check, judge
from vaaldplan.cli import main
from vaaldplan.config import Settings
from vaaldplan.facts.council import council_sources
from vaaldplan.plan.model import Plan
from vaaldplan.publish import DOCUMENTS, FORMATS, Paper, build, html, inspect, jobs, named
from vaaldplan.publish.parse import plain_text
from vaaldplan.texts import catalogue as catalogue_module

OTHERS = DOCUMENTS[1:]
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


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", ["alingsas", "brister", "start"])
def test_nothing_is_left_out_between_two_spaces(name: str, lang: str) -> None:
    plan, settings = example(name)
    trees = [job.tree for job in jobs(plan, DOCUMENTS, lang=lang, settings=settings)]
    assert len(trees) >= 8
    assert [line for tree in trees for line in said(tree).splitlines() if re.search(r"\w  +\w", line)] == []


@cache
def built() -> list[Paper]:
    """All documents of the largest example, in all formats."""
    plan, settings = example("alingsas")
    return list(build(jobs(plan, DOCUMENTS, settings=settings)))


@pytest.mark.parametrize("document", OTHERS, ids=lambda d: d.name)
def test_each_is_built_in_every_format_and_follows_both_standards(document: Any) -> None:
    plan, settings = example("alingsas")
    found = jobs(plan, (document,), settings=settings)
    assert len(found) == (5 if document.name == "extract" else 1)
    names = [f"{job.name}.{form}" for job in found for form in FORMATS]
    papers = [paper for paper in built() if paper.name in names]
    assert [p.name for p in papers] == names
    for paper in papers:
        assert paper.data
        if paper.name.endswith(".pdf"):
            assert faults(paper.data, "ua1") == []
            assert faults(paper.data, "2a") == []
            assert paper.pages
            assert paper.pages <= (document.most_pages or 20)


def test_the_rules_on_built_papers_find_nothing() -> None:
    papers = built()
    assert len(papers) == 44
    assert judge(check(ROOT / "examples/alingsas"), *inspect.made((p.name, p.data) for p in papers)) == ()


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


def test_the_plan_can_have_its_chapters_in_another_order(tmp_path: Path) -> None:
    plan, settings = example("alingsas")
    usual = chapters(made(plan, "plan", settings=settings)[0].tree)
    (tmp_path / config.FILE).write_text('kapitelordning = ["vision", "Mål", "kapitel:roller", "lagesbild"]', "utf-8")
    order = config.read(tmp_path).settings.chapters
    for own in ({}, {"plan.md": '<% extends "standard/plan.md" %>'}):  # the second runs in the sandbox
        tree = made(plan, "plan", settings=settings._replace(chapters=order), texts=own)[0].tree
        first = ["Vision", "Mål och åtgärder", "Roller och gemensamt ansvar", "Lägesbild"]
        assert chapters(tree) == [usual[0], *first, *(c for c in usual[1:] if c not in first)]
        numbers = [h["nr"] for h in headings(tree["blocks"]) if h["level"] == 1 and h["nr"]]
        assert numbers == [str(i) for i in range(1, len(numbers) + 1)]
        assert len(numbers) > 20
        tables = [b["nr"] for b in tree["blocks"] if b["t"] == "table" and b["nr"]]
        assert tables == sorted(tables)


def test_levels_and_tiers_are_explained_unless_the_plan_does_it() -> None:
    text = """
åtgärder:
- {id: A1, titel: Utbilda, nivå: individ, preventionsnivå: främjande}
- {id: A2, titel: Stöd, nivå: samhälle, preventionsnivå: riktat}
"""
    tree = made(read(text), "plan")[0].tree
    shown = "\n".join(texts(under(tree, "definitioner")))
    assert "Främjande" in shown
    assert "Kallas även universellt" in shown
    assert "Individnivå" in shown
    assert "Organisationsnivå" not in shown
    own = made(read(text + "definitioner:\n- {term: Främjande, betydelse: För alla.}\n"), "plan")[0].tree
    shown = "\n".join(texts(under(own, "definitioner")))
    assert "universellt" not in shown
    assert "Kallas även indikerat" in shown
