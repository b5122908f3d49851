"""``vaaldplan init``: what it asks, what it writes, and that nothing of anyone's is touched."""

import json
import re
import shlex
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import ROOT
from vaaldplan import __version__
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.facts.places import municipalities
from vaaldplan.facts.starters import starters
from vaaldplan.finding import Stage
from vaaldplan.plan.load import load, walk
from vaaldplan.plan.measures import Level, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.reference.schema import schema
from vaaldplan.rules import registry
from vaaldplan.source import read_text
from vaaldplan.start import files, municipality, plan
from vaaldplan.texts.catalogue import catalogue

ALL = ["plan.yaml", "vaaldplan.toml", ".vaaldplan/plan.schema.json", ".vscode/extensions.json", ".vscode/settings.json"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VAALDPLAN_LANG", raising=False)
    return tmp_path


def init(*arguments: str) -> int:
    return main(["init", *arguments])


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# ------------------------------------------------------------ which municipality


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Alingsås", "1489"), ("alingsas", "1489"), ("ALINGSÅS KOMMUN", "1489"), (" 1489 ", "1489"), ("Malmö", "1280"),
        ("malmo kommun", "1280"), ("Malmö stad", "1280"), ("Stockholms stad", "0180"), ("Stockholms kommun", "0180"),
        ("Region Gotland", "0980"), ("Gotland", "0980"), ("Gotlands kommun", "0980"), ("habo", "0643"), ("håbo", "0305"),
        ("Upplands Bro", "0139"), ("upplands-bro", "0139"), ("Lilla Edet", "1462"), ("Lunds kommun", "1281"), ("Lund", "1281"),
    ],
)  # fmt: skip
def test_a_municipality_is_found(text: str, code: str) -> None:
    found = municipality.find(text)
    assert found is not None
    assert found.code == code


def test_every_municipality_is_found_by_each_of_its_names() -> None:
    for one in municipalities():
        for text in (one.code, one.short, one.name, f"{one.short} kommun"):
            assert municipality.find(text) == one, text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Alingsos", ["1489"]),
        ("hab", ["0305", "0643"]),
        ("Götteborg", ["1480"]),
        ("1498", ["1498"]),
        ("Narnia", []),
        ("", []),
    ],
)
def test_near_misses(text: str, codes: list[str]) -> None:
    assert [m.code for m in municipality.near(text)][: len(codes)] == codes
    assert len(municipality.near(text)) <= 3
    assert bool(municipality.near(text)) == bool(codes)


# ------------------------------------------------------------ the plan


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("measures", ["", "all", "mvp,en-vecka"])
def test_the_new_plan_has_nothing_to_mend(
    lang: str, measures: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--measures", measures] if measures else []
    assert init("--municipality", "Alingsås", "--years", "2027-2030", *chosen, "--lang", lang) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert len(said.out.rstrip().split("\n\n")[-1].splitlines()) == 2
    checked = check("plan.yaml")
    assert checked.report.stage is Stage.DRAFT
    assert checked.report.findings == ()
    assert not [f for f in check("plan.yaml", stage=Stage.PROPOSAL).report.findings if f.code[0] == "S"]
    new = checked.plan
    assert new is not None
    assert (new.municipality, new.municipality_code) == ("Alingsås kommun", "1489")
    assert new.language is not None
    assert new.language.value == lang
    assert [str(new.validity and new.validity.valid_from and new.validity.valid_from.text)] == ["2027-01-01"]
    assert new.title == (
        "Handlingsplan mot våld 2027–2030" if lang == "sv" else "Action plan against violence 2027–2030"
    )
    assert all(m.open("owner") for m in new.measures)
    assert len(new.measures) == {"": 1, "all": len(starters()), "mvp,en-vecka": 2}[measures]
    text = (here / "plan.yaml").read_text("utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=./.vaaldplan/plan.schema.json"
    assert "<<" not in text
    assert not re.search(r"[ \t]$|\t", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("measures", ["", "all"])
def test_the_new_plan_is_spelt_as_fmt_spells(lang: str, measures: str, here: Path) -> None:
    chosen = ["--measures", measures] if measures else []
    assert init("--municipality", "1489", *chosen, "--lang", lang) == 0
    assert main(["fmt", "plan.yaml", "--check"]) == 0


def test_every_gap_has_advice() -> None:
    for lang in ("sv", "en"):
        for name in ("start.yaml", "start_measure.yaml"):
            gaps, advised, blank = 0, False, True
            for line in catalogue(lang).text(name).splitlines():
                if line.lstrip().startswith("#"):
                    advised = True
                elif not line:
                    advised, blank = False, True
                elif re.search(r"\{(okänt|unknown): ", line):
                    gaps += 1
                    assert advised, line
            assert gaps >= 9
            assert blank


def shape(new: Plan) -> list[tuple[str, list[str]]]:
    """The classes of the plan's entries with the fields that are written, in order."""
    return [(type(node).__name__, list(node._written)) for node in walk(new)]


def test_both_languages_begin_with_the_same_fields(here: Path) -> None:
    assert init("sv", "--municipality", "1489", "--measures", "all") == 0
    assert init("en", "--municipality", "1489", "--measures", "all", "--lang", "en") == 0
    swedish, english = check("sv").plan, check("en").plan
    assert swedish is not None
    assert english is not None
    assert shape(swedish) == shape(english)
    written = {str(key) for node in walk(english) for key in node._written.values()}
    assert all(key.isascii() for key in written)
    nodes: list[Node] = list(walk(swedish))
    assert len(nodes) > 60


def test_the_starters_keep_source_evidence_and_cell(here: Path) -> None:
    assert init("--municipality", "1489", "--from-catalogue") == 0
    new = check("plan.yaml").plan
    assert new is not None
    assert {(m.level, m.tier) for m in new.measures} == {(level, tier) for level in Level for tier in Tier}
    for made, one in zip(new.measures, starters(), strict=True):
        wording = one.wording["sv"]
        assert (made.title, made.description, made.method or "") == (wording.title, wording.description, wording.method)
        assert made.source is not None
        assert all(f"{s.name}, {s.url}, läst 2026-11-23" in made.source for s in one.sources)
        assert made.target_group[0].group == wording.target
        assert (made.evidence is None) == (one.evidence is None)
        if one.evidence and made.evidence:
            assert (made.evidence.grade or "") == one.evidence.grade
            assert one.evidence.source.url in (made.evidence.source or "")
    assert (here / "plan.yaml").read_text("utf-8").count("# Ta reda på: ") == len(starters())


NAMES = st.lists(st.text(max_size=30), max_size=5)


@settings(max_examples=150, deadline=None)
@given(title=st.text(max_size=60), boards=NAMES, lang=st.sampled_from(["sv", "en"]))
def test_any_title_and_any_boards_give_a_plan_without_findings(title: str, boards: list[str], lang: str) -> None:
    title = plan.clean(title) or "Plan"
    names = tuple(dict.fromkeys(name for name in map(plan.clean, boards) if name))
    answers = plan.Answers(municipalities()[0], title, 2027, 2030, names)
    text = plan.text(answers, catalogue(lang))
    document = read_text(text)
    assert document.findings == ()
    loaded = load(document.data)
    assert [f for f in (*loaded.findings, *registry.run(registry.Context(loaded.plan))) if f.stage is Stage.DRAFT] == []
    assert loaded.plan.title == unicodedata.normalize("NFC", title)
    assert len(loaded.plan.actors) == len({actor.id for actor in loaded.plan.actors}) > len(loaded.plan.applies_to)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Kommunstyrelsen", "ks"), ("Socialnämnden", "sn"), ("Barn- och utbildningsnämnden", "bun"), ("Kultur- och fritidsnämnden", "kfn"),
        ("Alingsåshem AB", "alingsashem"), ("Municipal Executive Board", "meb"), ("Nämnden", "namnden"), ("2030", "2030"),
    ],
)  # fmt: skip
def test_boards_get_the_ids_that_municipalities_use(name: str, id_: str) -> None:
    text = plan.text(plan.Answers(municipalities()[0], "Plan", 2027, 2030, (name,)), catalogue("sv"))
    assert f"gäller_för: [{id_}]" in text


def test_empty_answers_take_their_defaults(here: Path) -> None:
    assert init("--municipality", "1489", "--title", " ", "--boards", " , ") == 0
    new = check(here).plan
    assert new is not None
    assert (new.title or "").startswith("Handlingsplan mot våld 2")
    assert new.applies_to == ["ks", "sn"]


def test_two_boards_with_the_same_initials_and_the_council_among_the_boards() -> None:
    boards = ("Socialnämnden", "Samhällsbyggnadsnämnden", "Kommunfullmäktige", "Skolnämnden")
    text = plan.text(plan.Answers(municipalities()[0], "Plan", 2027, 2030, boards), catalogue("sv"))
    assert "gäller_för: [sn, samhallsbyggnadsnamnden, skolnamnden]" in text
    assert text.count("Kommunfullmäktige") == 1


# ------------------------------------------------------------ the files around it


def test_all_files_are_written_and_the_schema_accepts_the_plan(here: Path) -> None:
    for lang in ("sv", "en"):
        assert init(lang, "--municipality", "0114", "--from-catalogue", "--lang", lang) == 0
        assert sorted(content(here / lang)) == sorted(ALL)
        written = json.loads((here / lang / ".vaaldplan/plan.schema.json").read_text("utf-8"))
        assert written == schema(lang)
        data = yaml.load((here / lang / "plan.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
        assert list(Draft202012Validator(written).iter_errors(data)) == []
    settings_file = json.loads((here / "sv/.vscode/settings.json").read_text("utf-8"))
    assert settings_file["yaml.schemas"] == {"./.vaaldplan/plan.schema.json": ["*.yaml"]}
    extensions = json.loads((here / "sv/.vscode/extensions.json").read_text("utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}


def test_nothing_is_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan.yaml").write_text("titel: Vår plan\n", "utf-8")
    (here / ".gitlab-ci.yml").symlink_to("nowhere")
    before = content(here)
    assert init("--municipality", "1489", "--ci", "gitlab") == 3
    said = capsys.readouterr().err
    assert "plan.yaml" in said
    assert ".gitlab-ci.yml" in said
    assert content(here) == before
    assert not (here / ".vaaldplan").exists()
    assert not (here / ".vscode").exists()


def test_twice_in_the_same_folder_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init("--municipality", "1489", "--ci", "pre-commit") == 0
    before = content(here)
    assert init("--municipality", "1490", "--ci", "pre-commit") == 3
    for name in ("plan.yaml", ".vaaldplan/plan.schema.json", ".pre-commit-config.yaml"):
        assert name in capsys.readouterr().err or name in before
    assert content(here) == before


def test_editor_settings_are_added_to(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".vscode").mkdir()
    mine = '{\n    "editor.fontSize": 16,\n    "[yaml]": {"editor.tabSize": 4},\n    "yaml.schemas": {"mine.json": "*.yml"}\n}\n'
    (here / ".vscode/settings.json").write_text(mine, "utf-8")
    (here / ".vscode/extensions.json").write_text('{\n  // ours\n  "recommendations": [],\n}\n', "utf-8")
    assert init("--municipality", "1489") == 0
    said = capsys.readouterr()
    assert "Inställningar tillagda: .vscode/settings.json" in said.out
    assert ".vscode/extensions.json är lämnad som den var" in said.err
    merged = (here / ".vscode/settings.json").read_text("utf-8")
    data = json.loads(merged)
    assert data["editor.fontSize"] == 16
    assert data["[yaml]"]["editor.tabSize"] == 4
    assert data["yaml.schemas"] == {"mine.json": "*.yml", "./.vaaldplan/plan.schema.json": ["*.yaml"]}
    assert merged.splitlines()[1] == '    "editor.fontSize": 16,'
    assert (here / ".vscode/extensions.json").read_text("utf-8") == '{\n  // ours\n  "recommendations": [],\n}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "ut/\n"), ("", "ut/\n"), ("*.tmp", "*.tmp\nut/\n"), ("*.tmp\nut/\n", "*.tmp\nut/\n"), ("/ut\n", "/ut\n")],
)
def test_the_output_is_kept_out_of_the_repository(before: str | None, after: str, here: Path) -> None:
    (here / ".git").mkdir()
    if before is not None:
        (here / ".gitignore").write_text(before, "utf-8")
    assert init("--municipality", "1489") == 0
    assert (here / ".gitignore").read_text("utf-8") == after


@pytest.mark.parametrize("service", sorted(files.CI))
@pytest.mark.parametrize("folder", [".", "planer/mot våld"])
def test_the_workflow_checks_the_plan_where_it_stands(
    service: str, folder: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    assert init(folder, "--municipality", "1489", "--ci", service) == 0
    text = (here / files.CI[service]).read_text("utf-8")
    yaml.safe_load(text)
    assert f"vaaldplan=={__version__}" in text
    assert "<<" not in text
    command = re.search(r"(?:run: |- |entry: )(vaaldplan check .*)", text)
    assert command is not None
    arguments = shlex.split(command[1])
    assert arguments[:2] == ["vaaldplan", "check"]
    assert main(arguments[1:]) == 0


def test_there_is_a_template_for_every_service() -> None:
    assert sorted(p.stem for p in (ROOT / "templates/ci").iterdir()) == sorted(files.CI)


# ------------------------------------------------------------ wrong answers


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, ["--municipality saknas"]), (["--yes"], 2, ["--municipality saknas"]),
        (["--municipality", "Alingsos"], 2, ["Alingsos", "Alingsås (1489)"]), (["--municipality", "Narnia"], 2, ["1489"]),
        (["--municipality", "1489", "--years", "nästa år"], 2, ["2027-2030"]),
        (["--municipality", "1489", "--years", "2030-2027"], 2, ["slutar innan det börjar"]),
        (["--municipality", "1489", "--measures", "mpv"], 2, ["mvp"]), (["--municipality", "1489", "--measures", "99"], 2, ["21"]),
        (["--municipality", "1489", "--ci", "jenkins"], 2, ["github, gitlab, pre-commit"]),
        (["file.txt", "--municipality", "1489"], 3, ["file.txt", "ingen mapp"]),
        (["file.txt/plan", "--municipality", "1489"], 3, ["file.txt", "ingen mapp"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_explained_and_nothing_is_written(
    arguments: list[str], code: int, words: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "file.txt").write_text("mine", "utf-8")
    assert init(*arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    for word in words:
        assert word in said.err
    assert content(here) == {"file.txt": b"mine"}


def test_a_run_that_was_stopped_is_done_by_the_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".git").mkdir()
    (here / ".gitignore").write_text("*.tmp\n", "utf-8")
    assert init("--municipality", "1489") == 0
    whole = content(here)
    (here / "vaaldplan.toml").unlink()
    (here / ".vscode/settings.json").unlink()
    (here / ".gitignore").write_text("*.tmp\n", "utf-8")
    for left in (".vaaldplan-abcd1234", ".vscode/.vaaldplan-abcd1234"):
        (here / left).write_text("halv")
    capsys.readouterr()
    assert init("--municipality", "1489") == 0
    assert content(here) == whole
    said = capsys.readouterr().out
    assert "vaaldplan.toml" in said
    assert ".vscode/settings.json" in said
    assert "schema" not in said  # it was there


def test_a_run_that_was_stopped_is_not_done_over_what_somebody_wrote(here: Path) -> None:
    assert init("--municipality", "1489") == 0
    (here / "vaaldplan.toml").unlink()
    (here / "plan.yaml").write_text((here / "plan.yaml").read_text("utf-8") + "# mitt\n", "utf-8")
    before = content(here)
    assert init("--municipality", "1489") == 3
    assert content(here) == before
