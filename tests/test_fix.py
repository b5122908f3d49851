"""``vaaldplan fix``: what can be mended in one way only is mended, shown before it is saved, and nothing is guessed."""

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.finding import Stage
from vaaldplan.revise import mend, save

REST = "åtgärder:\n  - id: A1\n    titel: Utbilda\n    nivå: samhälle\n"

MISTAKES = [
    ("S05.suggestion", "titel: Plan\nkomun: Ale\n", "titel: Plan\nkommun: Ale\n"),
    ("S07.word-suggestion", "titel: x\nstatus: utkst\n", "titel: x\nstatus: utkast\n"),
    ("S08.suggestion", "titel: x\nmål:\n  - {id: trygghet, titel: x, under: trygheten}\n",
     "titel: x\nmål:\n  - {id: trygghet, titel: x, under: trygghet}\n"),
    ("S03.colon", "titel: Kaffe: gratis # k\n", 'titel: "Kaffe: gratis" # k\n'),
    ("S03.tab", "åtgärder:\n  - id: A1\n\ttitel: x\n\tnivå: individ\n",
     "åtgärder:\n  - id: A1\n    titel: x\n    nivå: individ\n"),
    ("S03.dash", "åtgärder:\n  -id: A1\n   titel: x\n  -id: A2\n   titel: y\n",
     "åtgärder:\n  - id: A1\n    titel: x\n  - id: A2\n    titel: y\n"),
    ("S03.colon-space", "titel:Plan\nkommun:Ale\n", "titel: Plan\nkommun: Ale\n"),
    ("S03.nbsp", "giltighet:\n\xa0\xa0från: 2027\n\xa0\xa0till: 2028\ntitel:\xa0Plan\n",
     "giltighet:\n  från: 2027\n  till: 2028\ntitel: Plan\n"),
    ("S03.smart-quote", "titel: ”Kaffe: gratis”\n”kommun”: Ale\n", 'titel: "Kaffe: gratis"\nkommun: Ale\n'),
    ("S03.start", "titel: *viktigt* att veta\nkommun: @ale\nvision: 100 %\nversion: %1\n",
     'titel: "*viktigt* att veta"\nkommun: "@ale"\nvision: 100 %\nversion: "%1"\n'),
    ("S03.tab-after", "titel: Plan\t\nkommun: Ale\t# k\nvision: a\tb\n", "titel: Plan\nkommun: Ale # k\nvision: a b\n"),
    ("S02.windows-1252", "åtgärder:\n  - id: A1\n    titel: Nå fler – ”överallt”\n", None),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VAALDPLAN_LANG", raising=False)
    return tmp_path


def write(text: str, name: str = "plan.yaml", encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    return path


def structural(path: str = "plan.yaml") -> set[str]:
    return {".".join(filter(None, (f.code, f.variant))) for f in check(path, stage=Stage.NONE).report.findings}


def test_there_are_twelve_mistakes() -> None:
    assert len({code for code, _, _ in MISTAKES}) == 12


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("code", "before", "after"), MISTAKES, ids=[code for code, _, _ in MISTAKES])
def test_each_is_mended(code: str, before: str, after: str | None, ends: str, folder: Path) -> None:
    path = write(before.replace("\n", ends), encoding="cp1252" if code.startswith("S02") else "utf-8")
    assert code in structural()
    assert main(["fix", "--yes"]) == 0
    assert code not in structural()
    assert path.read_bytes().decode() == (after or before).replace("\n", ends)
    assert structural() <= {"S06"}


def test_a_single_value_in_place_of_a_list_is_mended_itself(folder: Path) -> None:
    path = write(
        "titel: x\nmål:\n  - {id: trygghet, titel: x}\nåtgärder:\n  - id: A1\n    titel: y\n    mål: trygheten\n"
    )
    assert main(["fix", "--yes"]) == 0
    assert path.read_text("utf-8").endswith("    mål: trygghet\n")


NOT_SURE = [
    "titel: Ale vision: Ingen\nvision: x\n",  # two keys on one line, or a colon in text
    "id: A1 titel: x\ntitel: y\n",
    "titel: Kaffe: gratis\n  och te\n",  # the text goes on
    "titel: *viktigt*\n  och mer\n",
    "a:\n  b:\n\tc: 1\n",  # two, four and eight spaces say different things
    "titel: x\nfärg: lila\n",  # like nothing
    "titel: x\nmål:\n  - {id: M1, titel: x, under: M2}\n",  # another number is another goal
    "titel: x\nmål:\n  - {id: arena, titel: x}\n  - {id: areal, titel: y, under: areaa}\n",
    "titel: x\nkomun: a\nkommmun: b\n",  # only one of them can be it
    "titel: x\n kommun: y\n",
    'titel: "x\nkommun: y\n',
    "titel: x\ntitel: y\n",
    "mål: ett\n",
    "titel: x\nstatus: |\n  utkst\n",
    "language: sv\nspråk: sv\ntitel: x\n",
]


@pytest.mark.parametrize("text", NOT_SURE)
def test_where_two_mends_are_possible_none_is_made(text: str, folder: Path) -> None:
    path = write(text)
    found = structural()
    assert found
    mended = mend(".")
    save(mended.files)
    changed = path.read_text("utf-8")
    assert changed in (text, text.replace("komun: a", "kommun: a"))
    assert found & structural() or changed != text


def test_a_preview_and_nothing_saved_without_yes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "titel: Kaffe: gratis\nstatus: utkst\nmål:\n  - {titel: x}\n" + REST
    path = write(text)
    assert main(["fix"]) == 1  # no terminal to ask on
    said = capsys.readouterr().out
    assert said == (
        "plan.yaml:1  Raden följer inte skrivreglerna (S03)\n     1 - titel: Kaffe: gratis\n"
        '     1 + titel: "Kaffe: gratis"\n\nplan.yaml:2  Uppgiften går inte att läsa (S07)\n     2 - status: utkst\n'
        "     2 + status: utkast\n\nInget är sparat. Spara med: vaaldplan fix --yes\n"
    )
    assert main(["fix", "--dry-run", "--yes"]) == 1
    assert capsys.readouterr().out.endswith("Inget är sparat.\n")
    assert path.read_text("utf-8") == text
    assert main(["fix", "-y"]) == 0
    assert "Rättade plan.yaml\n" in capsys.readouterr().out
    assert main(["fix"]) == 0
    assert capsys.readouterr().out.startswith("Här finns inget som säkert går att rätta.")


@pytest.mark.parametrize(("answer", "saved"), [("j", True), ("Ja", True), ("n", False), ("", False)])
def test_it_asks_on_a_terminal(answer: str, saved: bool, folder: Path) -> None:
    path = write("titel: Kaffe: gratis\n" + REST)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "vaaldplan.cli", "fix"]
    run = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    assert run.wait() == (0 if saved else 1)
    assert "Spara? [j/N]" in shown.decode()
    assert ('"Kaffe' in path.read_text("utf-8")) is saved


def test_the_parts_of_a_plan_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("titel: x\nåtgärder: {filer: [a.yaml, b.yaml]}\n")
    write("åtgärder:\n  -id: A1\n   titl: x\n", "a.yaml")
    write("åtgärder:\n  - id: B1\n    titel: På väg\n", "b.yaml", "cp1252")
    assert main(["fix", "a.yaml", "--yes"]) == 0
    assert Path("a.yaml").read_text("utf-8") == "åtgärder:\n  - id: A1\n    titel: x\n"
    assert Path("b.yaml").read_text("utf-8").endswith("På väg\n")
    assert "Rättade a.yaml\nRättade b.yaml\n" in capsys.readouterr().out
    assert sorted(p.name for p in folder.iterdir()) == ["a.yaml", "b.yaml", "plan.yaml"]


def test_mixed_spellings_are_mended_together(folder: Path) -> None:
    path = write(
        "titel: x\nkommun: y\nmeasures:\n  - id: A1\n    title: y\n    nivå: society\n    ansvarig: {unknown: x}\n"
    )
    assert main(["fix", "--yes"]) == 0
    assert path.read_text("utf-8") == (
        "titel: x\nkommun: y\nåtgärder:\n  - id: A1\n    titel: y\n    nivå: samhälle\n    ansvarig: {okänt: x}\n"
    )


def test_a_file_that_changed_meanwhile_is_not_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("titel: Kaffe: gratis\n" + REST)
    mended = mend("plan.yaml")
    path.write_text("titel: annat\n", "utf-8")
    with pytest.raises(Exception, match="changed-meanwhile"):
        save(mended.files)
    assert path.read_text("utf-8") == "titel: annat\n"


def test_a_hundred_faults_that_hide_each_other(folder: Path) -> None:
    path = write("".join(f"x-{i}: a: b\n" for i in range(100)))
    assert main(["fix", "--yes"]) == 0
    assert path.read_text("utf-8") == "".join(f'x-{i}: "a: b"\n' for i in range(100))


PIECES = ["titel:", "titl: ", "mål:\n", "  -", "- ", "id: A", " ", "\t", "\xa0", "\n", "\n", "a: b", "”x: y”", "@x", "*y*", "%",
          "'", '"', "[", "]", "{", "}", "# k", "status: utkst\n", "nivå:samhälle\n", "åtgärder:\n", "measures:\n", "|\n"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join), western=st.booleans())
def test_any_text_is_mended_or_left(text: str, western: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_bytes(text.encode("cp1252" if western else "utf-8"))
    before = path.read_bytes()
    mended = mend(str(path))
    for file in mended.files:
        assert file.before == before
        assert file.after != before
    save(mended.files)
    assert not mend(str(path)).files
