"""``vaaldplan fmt``: all files of a plan in the right layout and spelling, or nothing changed and a reason."""

import shutil
import stat
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.finding import Edit
from vaaldplan.plan.identity import identity
from vaaldplan.plan.spelling import SPELLINGS
from vaaldplan.publish import build, jobs
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

MIXED = """\
# yaml-language-server: $schema=x.json
titel:   'Plan'
measures:
- id:   A1   # vaaldplan: E10 bestäms senare
  titel: Utbilda
  level: samhälle
  ansvarig: {unknown: 'inte klart'}
  status: paborjad
  x-egen: "a"
vision: |
     Ingen   våld.
status: Utkast
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VAALDPLAN_LANG", raising=False)
    return tmp_path


def write(text: str, name: str = "plan.yaml") -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="")
    return path


def formatted(text: str, *options: str) -> str:
    path = write(text)
    assert main(["fmt", *options]) == 0
    return path.read_text("utf-8")


def test_the_spelling_is_that_of_most_of_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = formatted(MIXED)
    assert after == (
        "# yaml-language-server: $schema=x.json\ntitel: Plan\nåtgärder:\n  - id: A1   # vaaldplan: E10 bestäms senare\n"
        "    titel: Utbilda\n    nivå: samhälle\n    ansvarig: {okänt: inte klart}\n    status: paborjad\n    x-egen: a\n"
        "vision: |\n  Ingen   våld.\nstatus: utkast\n"
    )
    assert capsys.readouterr().out == "Skrev om plan.yaml\n"
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == "Inget att ändra i 1 fil.\n"


def test_a_chosen_spelling_and_back(folder: Path) -> None:
    swedish = formatted(MIXED)
    english = formatted(swedish, "--keys", "en")
    for word in ("title: Plan", "measures:", "level: society", "owner: {unknown: inte klart}", "status: draft"):
        assert word in english
    assert "atgarder:" in formatted(english, "--keys", "ascii")
    assert formatted(english, "--keys=sv") == swedish


def test_the_order_of_the_format(folder: Path) -> None:
    after = formatted(MIXED, "--sort")
    keys = [line.split(":")[0] for line in after.splitlines() if line[0].isalpha()]
    assert keys == ["titel", "status", "vision", "åtgärder"]
    assert "  - id: A1   # vaaldplan: E10 bestäms senare\n" in after
    assert formatted(after, "--sort") == after


@pytest.mark.parametrize("name", ["start", "alingsas"])
@pytest.mark.parametrize("options", [["--keys", "en"], ["--sort"], ["--keys", "ascii", "--sort"]])
def test_a_real_plan_says_the_same_afterwards(name: str, options: list[str], folder: Path) -> None:
    shutil.copytree(ROOT / "examples" / name, name)
    before = check(name)
    assert main(["fmt", name, *options]) == 0
    after = check(name)
    assert before.plan is not None
    assert after.plan is not None
    assert identity(before.plan) == identity(after.plan)
    assert sorted(f.code for f in before.report.findings) == sorted(f.code for f in after.report.findings)
    assert main(["fmt", name, *options]) == 0
    if "--sort" not in options:  # the order of keys shows nowhere, but that of entries must not have changed
        pages = [[p.data for p in build(jobs(plan), ("md",))] for plan in (before.plan, after.plan)]
        assert pages[0] == pages[1]


def test_all_files_of_a_plan_each_in_its_own_spelling(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("titel:  Plan\nåtgärder:\n  filer: [a.yaml, delar/]\n")
    write("measures:\n- id: A1\n  title: x\n  nivå: society\n", "a.yaml")
    write("åtgärder:\n  - id: A2\n    titel: y\n", "delar/b.yaml")
    assert main(["fmt", "a.yaml"]) == 0
    assert capsys.readouterr().out == "Skrev om plan.yaml\nSkrev om a.yaml\n"
    assert Path("a.yaml").read_text("utf-8") == "measures:\n  - id: A1\n    title: x\n    level: society\n"
    assert main(["fmt", "--keys", "en"]) == 0
    assert Path("plan.yaml").read_text("utf-8") == "title: Plan\nmeasures:\n  files: [a.yaml, delar/]\n"
    assert Path("delar/b.yaml").read_text("utf-8") == "measures:\n  - id: A2\n    title: y\n"


def test_check_shows_the_difference_and_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(MIXED)
    assert main(["fmt", "--check"]) == 1
    said = capsys.readouterr().out
    assert "-measures:\n" in said
    assert "+åtgärder:\n" in said
    assert said.endswith("Skulle skriva om 1 fil. Gör det med: vaaldplan fmt .\n")
    assert path.read_text("utf-8") == MIXED
    write("".join(f"x-{i}:   1\n" for i in range(100)))
    assert main(["fmt", "--check"]) == 1
    assert "… Antal rader till: 143." in capsys.readouterr().out
    path.write_bytes("titel: Plan\n".encode("utf-8-sig"))
    assert main(["fmt", "--check"]) == 1
    assert "plan.yaml: bara radslut och tecken som inte syns" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("titel: Kaffe: gratis\n", "S03"),
        ("titel: a\ntitel: b\n", "S04"),
        ("a: &b 1\n", "S09"),
        ("", "S01"),
        ("å: 1\n", "S02"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_touched(
    text: str, code: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write("titel:   Plan\nmål: {filer: del.yaml}\n")
    part = Path("del.yaml")
    part.write_bytes(text.encode("cp1252"))
    assert main(["fmt"]) == 1
    said = capsys.readouterr()
    assert f"Måste åtgärdas {code}" in said.out
    assert "Inget är omskrivet." in said.err
    assert part.read_bytes() == text.encode("cp1252")
    assert other.read_text("utf-8").startswith("titel:   Plan")


def test_a_missing_part_does_not_stand_in_the_way(folder: Path) -> None:
    assert formatted("titel:   x\nmål: {filer: [saknas.yaml]}\n") == "titel: x\nmål: {filer: [saknas.yaml]}\n"


def test_a_file_with_a_key_of_several_lines_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("? x-a\n  b\n: 1\n")
    assert main(["fmt"]) == 3
    assert "går inte att skriva om" in capsys.readouterr().err
    assert path.read_text("utf-8") == "? x-a\n  b\n: 1\n"


def test_a_field_that_stands_there_in_two_spellings_is_left_alone(folder: Path) -> None:
    text = "language: sv\nspråk: sv\ntitel: x\n"
    assert formatted(text) == text


def test_rights_and_links_stay_and_nothing_is_left_lying(folder: Path) -> None:
    real = write("titel:  x\n", "verklig.yaml")
    real.chmod(0o640)
    Path("plan.yaml").symlink_to("verklig.yaml")
    assert main(["fmt"]) == 0
    assert Path("plan.yaml").is_symlink()
    assert real.read_text("utf-8") == "titel: x\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(p.name for p in folder.iterdir()) == ["plan.yaml", "verklig.yaml"]


def test_mixed_spellings_are_advised_against_with_the_edits_that_mend_them(folder: Path) -> None:
    write(MIXED)
    (finding,) = [f for f in check("plan.yaml").report.findings if f.code == "S12"]
    assert finding.params == {"key": "measures", "suggestion": "åtgärder", "count": 3}
    assert finding.span
    assert finding.span[1:3] == (3, 1)
    assert [e.text for e in finding.edits] == ["åtgärder", "nivå", "okänt"]
    assert all(isinstance(e, Edit) for e in finding.edits)
    for text in (formatted(MIXED), formatted(MIXED, "--keys", "en"), "title: x\nversion: 1\nmeasures: []\n"):
        write(text)
        assert not [f for f in check("plan.yaml").report.findings if f.code == "S12"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: x\nmeasures:\n  - id: A\n    title: x\n    lev: society\n", "level"),
        ("titel: x\natgarder:\n  - id: A\n    preventionsniva: riktat\n    niv: samhalle\n", "niva"),
        ("titel: x\nåtgärder:\n  - id: A\n    titel: x\n    niv: samhälle\n", "nivå"),
    ],
)
def test_messages_use_the_spelling_of_the_file(text: str, words: str, folder: Path) -> None:
    write("title: x\nstatus: draft\nmeasures: {files: [del.yaml]}\nvision: y\ngoals: []\n")
    write(text.partition("\n")[2], "del.yaml")
    (finding,) = [f for f in check(".").report.findings if f.code == "S05"]
    assert finding.params["suggestion"] == words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("variant", SPELLINGS)
def test_the_advice_has_its_words(variant: str, lang: str) -> None:
    say, params = catalogue(lang), {"key": "measures", "suggestion": "åtgärder", "count": 3}
    assert "measures" in say.message("S12", variant, params)
    assert "åtgärder" in say.mend("S12", variant, params)
    assert variant == "sv" or variant in say.card("S12").messages
