"""The commands as a person runs them: what is printed, the exit codes, and that no traceback ever shows."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan import __version__
from vaaldplan.cli import main
from vaaldplan.cli.console import folded

PLAN = """\
titel: Plan
status: utkast
åtgärder:
  - id: A1
    titel: Utbilda alla chefer
    nivå: samhälle
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VAALDPLAN_LANG", raising=False)
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    return path


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vaaldplan {__version__}\n"
    assert main([]) == 0
    swedish = capsys.readouterr().out
    assert main(["--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    for command in ("build", "check"):
        assert command in swedish
        assert command in english
    assert swedish.startswith("Så skriver du: vaaldplan KOMMANDO [VAL]")
    assert english.startswith("Usage: vaaldplan COMMAND [OPTIONS]")


@pytest.mark.parametrize(
    "command", ["build", "check", "explain", "facts", "fields", "fix", "fmt", "init", "preview", "rules", "schema"]
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_command_has_help_and_stands_in_the_readme(
    command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert ("Så skriver du" if lang == "sv" else "Usage") in shown
    assert "." not in shown.split()[0]
    assert f"vaaldplan {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], ["chek", "Menar du check?"]), (["check", "--stge", "x"], ["--stge", "--stage"]),
        (["check", "--stage", "x"], ["utkast, remiss, förslag"]), (["check", "--stage"], ["--stage", "behöver ett värde"]),
        (["fmt", "a", "b"], ["fler ord"]), (["build", "--to", "odt"], ["odt", "html, pdf, docx, md"]),
        (["check", "--jobs", "-1"], ["--jobs", "minst 0"]), (["preview", "--port", "x"], ["--port", "från 0 till 65535"]),
        (["explain"], ["NAMN saknas"]), (["check", "--stage", "fel"], ["mellan: utkast, remiss, förslag.\n"]),
        (["check", "--lang", "fi"], ["fi", "sv, en"]), (["check", "--fail-on", "fatal"], ["error, warning, advice"]),
    ],
)  # fmt: skip
def test_a_wrongly_written_command_is_explained(
    arguments: list[str], words: list[str], plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Fel: ")
    assert "Se hur det skrivs med: vaaldplan" in said.err
    for word in words:
        assert word in said.err


def test_a_line_is_folded_between_words_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "Det går inte att skriva i /en/lång/mapp-med-bindestreck: mappen finns inte."
    terminal, file = io.StringIO(), io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    assert folded(text, file) == text
    lines = folded(text, terminal).splitlines()
    assert " ".join(lines) == text
    assert max(len(line) for line in lines if "/" not in line) <= 30
    assert "/en/lång/mapp-med-bindestreck:" in lines


def test_english_by_option_and_by_environment(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan.exists()
    assert main(["check", "missing.yaml", "--lang=en"]) == 3
    assert capsys.readouterr().err == "Error: There is no file or folder called missing.yaml.\n"
    monkeypatch.setenv("VAALDPLAN_LANG", "en_GB")
    assert main(["--lang", "fi", "check"]) == 2
    assert capsys.readouterr().err.startswith("Error: ")
    assert main(["--lang", "en", "check", "missing.yaml"]) == 3
    assert "There is no file" in capsys.readouterr().err
    assert main(["check", "missing.yaml", "--lang", "sv"]) == 3
    assert "Det finns ingen fil" in capsys.readouterr().err


def test_check_thresholds_and_stages(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "plan.yaml: granskad som utkast" in capsys.readouterr().out
    assert main(["check", "--stage", "förslag"]) == 1
    assert main(["check", "--stage", "forslag"]) == 1
    assert main(["check", "--stage", "proposal"]) == 1
    assert "Åtgärd A1 Utbilda alla chefer" in capsys.readouterr().out
    assert main(["check", "--stage", "remiss", "--fail-on", "advice"]) == 1


def test_check_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", "--stage", "förslag"]) == 1
    [report] = json.loads(capsys.readouterr().out)["plans"]
    finding = next(f for f in report["findings"] if f["code"] == "E02")
    assert finding["place"]["file"] == "plan.yaml"
    assert (finding["place"]["line"], finding["place"]["column"]) == (4, 5)
    assert finding["subject"] == {"register": "measures", "id": "A1", "title": "Utbilda alla chefer"}
    assert report["counts"]["measures"] == 1


def test_the_terminal_report_is_never_wider_than_the_terminal(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in (40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        main(["check", "--stage", "förslag"])
        assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= columns


def test_a_console_that_lacks_swedish_letters_still_gets_a_report(plan: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(
        [sys.executable, "-m", "vaaldplan.cli", "check", "--stage", "förslag"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert run.stderr == b""


def test_a_reader_that_goes_away_is_no_error(plan: Path) -> None:
    command = f"{sys.executable} -m vaaldplan.cli check --stage remiss | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, check=False)
    assert b"Traceback" not in run.stderr
