from pathlib import Path

import pytest

from vaaldplan import config
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

PLAN = "titel: Plan\nåtgärder:\n  - {id: A1, titel: Utbilda}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def test_no_file_no_settings(tmp_path: Path) -> None:
    assert config.read(tmp_path) == config.Read(config.Settings())


@pytest.mark.parametrize(
    "text",
    [
        'mapp = "papper"\nformat = ["md"]\nmisslyckas_vid = "advice"',
        'output = "papper"\nformats = "md"\nfail_on = "advice"',
    ],
)
def test_the_settings_count_and_an_option_counts_more(folder: Path, text: str) -> None:
    (folder / config.FILE).write_text(text, "utf-8")
    assert main(["build"]) == 0
    assert sorted(p.name for p in (folder / "papper").iterdir()) == [".vaaldplan.json", "plan.md"]
    assert main(["build", "-o", "annat", "--to", "html"]) == 0
    assert (folder / "annat/plan.html").exists()
    assert main(["check", "--stage", "remiss"]) == 1
    assert main(["check", "--fail-on", "error"]) == 0


@pytest.mark.parametrize(
    ("text", "code", "variant", "line"),
    [
        ("mapp = ", "X01", "", 1), ('\nmapppp = "ut"', "X02", "suggestion", 2), ("grönt = 1", "X02", "", 1), ("mapp = 3", "X03", "text", 1),
        ('mapp = ["a", "b"]', "X03", "text", 1), ('mapp = "../ut"', "X03", "outside", 1), ('mapp = "/tmp"', "X03", "outside", 1),
        ('format = ["pdd"]', "X03", "choice", 1), ('misslyckas_vid = "allt"', "X03", "choice", 1), ("förbjudna_ord = 4", "X03", "text", 1),
        ('# sägs\n[gränser]\nE13 = "fem"', "X03", "number", 2), ("[granser]\nE1 = 5", "X03", "limit", 2), ("[gränser]\nD02 = 5", "X03", "limit", 2),
        ("beslutas_av = 3", "X03", "table", 1), ('filnamn = "{nummer}"', "X03", "pattern", 1), ('filnamn = "{titel"', "X03", "pattern", 1),
        ('file_name = "{titel.__class__}"', "X03", "pattern", 1), ('filnamn = "{}"', "X03", "pattern", 1), ("filnamn = 3", "X03", "text", 1),
        ("[kalender]\nfredagar = 3", "X03", "calendar", 1), ("[kalender]\nfacklig = 4000", "X03", "calendar", 1),
        ("[kalender]\nfacklig = 'sju'", "X03", "number", 1), ("[rubriker]\nEkonomi = 3", "X03", "text", 1),
        ('kapitelordning = ["vison"]', "X03", "choice", 1), ('kapitelordning = ["vision", "kapitel:x"]', "X03", "chapter", 1),
        ("kapitelordning = 3", "X03", "text", 1), ('kapitelordning = ["kapitel:"]', "X03", "choice", 1),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_a_finding_in_the_file(
    folder: Path, text: str, code: str, variant: str, line: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / config.FILE).write_text(text, "utf-8")
    report = check(folder).report
    found = [f for f in report.findings if f.code[0] == "X"]
    assert [(f.code, f.variant, f.span and f.span.line) for f in found] == [(code, variant, line)]
    assert main(["check", "--lang", "sv"]) == 1
    assert config.FILE in capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_of_a_new_plan_are_the_usual_ones(lang: str, tmp_path: Path) -> None:
    text = catalogue(lang).text("start.toml")
    (tmp_path / config.FILE).write_text(text, "utf-8")
    assert config.read(tmp_path).settings == config.Settings()
    chosen = "".join(line.removeprefix("# ") for line in text.splitlines(keepends=True) if " = " in line)
    (tmp_path / config.FILE).write_text(chosen, "utf-8")
    settings = config.read(tmp_path).settings
    days = {"select_committee": 7, "papers_select_committee": 10, "papers_board": 10, "papers_council": 12, "unions": 7}
    assert settings == config.Settings(
        "ut",
        ("html", "pdf", "docx", "md"),
        "a-2a",
        "error",
        file_name="{case_number} {document} {title} {status} {date}",
        calendar=days,
        chapters=("vision", "goals", "situation"),
        headings=settings.headings,
        baseline="baslinje.json" if lang == "sv" else "baseline.json",
        deciding_bodies={"handlingsplan": "kommunfullmäktige"},
        forbidden=("arbetsnamn",),
        limits={"E13": 20},
    )
    assert list(settings.headings.values()) == ["Sammanfattning" if lang == "sv" else "Summary"]
