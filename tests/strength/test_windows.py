"""What is otherwise on a coordinator's Windows, as far as another system can show it."""

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, brief
from vaaldplan.check import check, many
from vaaldplan.cli import main
from vaaldplan.publish.names import safe

PLAN = "titel: Plan\nåtgärder:\n  - id: A1\n    titel: Utbilda 🙂\n    nivå: samhäle\n"


# ------------------------------------------------------------ the console


_RUN = """
import json, sys
from vaaldplan.cli import main
for command in json.loads(sys.argv[1]):
    code = main(command)
    sys.stderr.flush()
    print("\\n=====", code, flush=True)
"""
CONSOLE = [
        (["--help"], "Granskar"), (["check"], "Måste åtgärdas"), (["explain", "D02"], "Åtgärda|mål"), (["fmt", "--check"], "ändra"),
        (["build", "--to", "md"], "åtgärd"), (["fields", "åtgärder.ansvarig"], "ansvar"), (["rules"], "D02"), (["check", "saknas"], "heter saknas"),
]  # fmt: skip


def test_a_console_of_windows_shows_swedish_and_never_fails(tmp_path: Path) -> None:
    """All in one process, which has the signs of Windows-1252 and no others."""
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "0"}
    run = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps([command for command, _ in CONSOLE])],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    each = re.split(r"\n===== (\d+)\r?\n", run.stdout.decode("cp1252"))
    assert run.returncode == 0, each
    assert len(each) == 2 * len(CONSOLE) + 1
    for (command, words), said, code in zip(CONSOLE, each[::2], each[1::2], strict=False):
        assert code in ("0", "1", "3"), said
        assert any(word in said for word in words.split("|")), said
        assert "Något gick fel" not in said
        assert "�" not in said
        assert command != ["check"] or "5 |     nivå: samhäle" in said


# ------------------------------------------------------------ patterns, line ends, separators


def test_everything_below_a_folder_is_its_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No shell of Windows expands a pattern; here the quotation marks of the command line do the same."""
    monkeypatch.chdir(tmp_path)
    for name in "abcd":
        (tmp_path / "planer" / name / "delar").mkdir(parents=True)
        (tmp_path / "planer" / name / "plan.yaml").write_text("titel: Plan\nåtgärder: {filer: delar/}\n", "utf-8")
        (tmp_path / "planer" / name / "delar/x.yaml").write_text("åtgärder: [{id: A1, titel: T, nivå: fel}]\n", "utf-8")
        (tmp_path / "planer" / name / "vaaldplan.toml").write_text('mapp = "ut"\n')
    (tmp_path / "planer/LÄSMIG.txt").write_text("x")
    assert [Path(p).name for p in many.plans(["planer/**"])] == ["a", "b", "c", "d"]
    assert len(many.plans(["planer/**/plan.yaml"])) == len(many.plans(["planer/*/plan.yaml"])) == 4
    assert main(["check", "--jobs", "2", "planer/**"]) == 1  # in processes of their own
    assert "LÄSMIG" not in capsys.readouterr().err
    assert main(["check", "ingenting/**"]) == 3
    assert "Ingen fil passar in på ingenting/**" in capsys.readouterr().err


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    texts = {
        "plan.yaml": PLAN + "vision: |\n  Ett stycke.\n\n  Ett till.\nlägesbild:\n  analys: >-\n    vikt\n    text\n",
        "vaaldplan.toml": 'mapp = "ut"\nfel = 1\n[gränser]\nD01 = 5\n',
        "fakta.toml": '[lagar."2027:1"]\nnamn = "Lag"\n',
        "mallar/ord.toml": '[document]\ninget = "x"\n',
        "mallar/delar/economy.md": "Se budgeten.\n\n<< standard() >>\n",
    }
    found = []
    for ends in ("\n", "\r\n"):
        folder = tmp_path / f"plan{len(ends)}"
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.replace("\n", ends).encode())
        assert main(["build", "--to", "md,html", str(folder)]) == 0
        written = {p.name: p.read_bytes() for p in sorted((folder / "ut").glob("plan.*"))}
        found.append((brief(check(folder).report.findings), written))
    assert len(found[0][0]) >= 4
    assert found[0] == found[1]


def test_backslashes_in_settings_are_folders(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("titel: Plan\nåtgärder: {filer: ['delar\\a.yaml']}\n", "utf-8")
    (tmp_path / "delar").mkdir()
    (tmp_path / "delar/a.yaml").write_text("åtgärder: [{id: A1, titel: Utbilda}]\n", "utf-8")
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder/l.svg").write_bytes((ROOT / "examples/exempelkommun/logotyp.svg").read_bytes())
    settings = (
        "mapp = 'ut\\dokument'\nbaslinje = 'delar\\b.json'\n[utseende]\nlogotyp = 'bilder\\l.svg'\nlogotyp_alt = 'L'\n"
    )
    (tmp_path / "vaaldplan.toml").write_text(settings, "utf-8")
    (tmp_path / "delar/b.json").write_text('{"kind": "vaaldplan-baseline", "plans": {}}')
    assert main(["check", str(tmp_path)]) == 0
    assert main(["build", "--to", "md", str(tmp_path)]) == 0
    assert (tmp_path / "ut/dokument/plan.md").exists()


# ------------------------------------------------------------ names of files


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL",
        "aux",
        "com1",
        "LPT9",
        "con.",
        "nul.2027",
        "plan.",
        "plan ",
        "a:b",
        "a?b*c",
        "a|b",
        "a<b>c",
        'a"b',
        "..",
        "a\\b",
    ],
)
def test_a_pattern_gives_names_that_windows_takes(name: str, tmp_path: Path) -> None:
    made = safe(name)
    stem = made.split(".")[0].casefold()
    assert stem not in {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))}
    assert not made.endswith((".", " "))
    assert not set(made) & set('<>:"/\\|?*')
    (tmp_path / "plan.yaml").write_text(f"titel: '{name}'\nåtgärder: [{{id: A1, titel: Utbilda}}]\n", "utf-8")
    (tmp_path / "vaaldplan.toml").write_text('filnamn = "{titel}"\n', "utf-8")
    assert main(["build", "--to", "md", str(tmp_path)]) == 0
    (file,) = (tmp_path / "ut").glob("*.md")
    assert file.stem == made or not made


# ------------------------------------------------------------ a document that is open


@pytest.mark.parametrize("at", ["open", "replace"])
def test_a_document_open_in_word_is_said_as_windows_says_it(
    at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows answers that it is forbidden; ``test_kill`` has a document that really is in use."""

    def forbidden(*arguments: Any, **more: Any) -> Any:
        target = str(arguments[1] if at == "replace" else arguments[0])
        writes = at == "replace" or arguments[1] & os.O_RDWR
        if writes and target.endswith("plan.docx"):
            raise PermissionError(errno.EACCES, "Permission denied", target)
        return usual(*arguments, **more)

    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, "utf-8")
    assert main(["build", "--to", "docx,md"]) == 0
    before = {p.name: p.read_bytes() for p in Path("ut").iterdir()}
    Path("plan.yaml").write_text(PLAN.replace("Utbilda", "Något annat"), "utf-8")
    capsys.readouterr()
    usual = getattr(os, at)
    monkeypatch.setattr(os, at, forbidden)
    assert main(["build", "--to", "docx,md"]) == 3
    monkeypatch.setattr(os, at, usual)
    said = " ".join(capsys.readouterr().err.split())
    assert "plan.docx är skrivskyddad eller öppen i ett annat program" in said
    after = {p.name: p.read_bytes() for p in Path("ut").iterdir()}
    assert after.keys() == before.keys()  # nothing half lies about
    assert after["plan.docx"] == before["plan.docx"]
    assert at == "replace" or after == before
    assert main(["build", "--to", "docx,md"]) == 0
    assert "Något annat" in Path("ut/plan.md").read_text("utf-8")
