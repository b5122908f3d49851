"""The ways past Typer say the same as Typer, and a way that is taken away is missed by nobody."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from vaaldplan import cli, entry
from vaaldplan.cli import checking, commands, quick

ROOT = Path(__file__).resolve().parent.parent
DAY = ["--today", "2026-12-01"]
ALIKE = [
    ["check", "examples/brister", *DAY],
    ["check", "examples/brister/plan.yaml", "--today=2026-12-01", "--stage", "förslag"],
    ["check", "examples/brister", "--stage=remiss", "--fail-on", "warning", *DAY],
    ["check", "examples/brister", "--format", "github", *DAY],
    ["check", "examples/brister", "--format=json,sarif", "--output", "{out}", *DAY],
    ["check", "examples/brister", "-o", "{out}", "--format", "junit", *DAY],
    ["check", "examples/brister", "--write-baseline", "{out}/known.json", *DAY],
    ["check", "examples/brister", "--write-baseline={out}/known.json", "--today", "", *DAY],
    ["check", "examples/brister", "examples/exempelkommun", *DAY],
    ["check", "examples/brister", "--document", "{out}", *DAY],
    ["check", "--stage", "förslag", "--stage", "utkast", "examples/brister", *DAY],
    ["check", *DAY],
    ["check", "saknas.yaml"],
    ["check", "examples/brister", "--stage", "okänt"],
    ["check", "examples/brister", "--format", "json,sarif"],
    ["check", "examples/brister", "--output", "examples/brister/plan.yaml", *DAY],
    ["build", "examples/exempelkommun", "--to", "html,md", "--output", "{out}"],
    ["build", "examples/exempelkommun", "--to=html", "-o", "{out}", "-d", "kallelse", "--document-lang", "en"],
    ["build", "examples/brister", "--to", "html", "--strict", "--output={out}"],
    ["build", "examples/exempelkommun", "--to", "html", "--force", "--output={out}"],
    ["build", "saknas.yaml"],
    ["build", "examples/exempelkommun", "--to", "odt"],
]  # fmt: skip
"""Commands that both ways know."""
LEFT = [
    ["check", "--help"],
    ["check", "examples/brister", "--stage"],
    ["check", "examples/brister", "--stage", "--help"],
    ["check", "--nothing", "examples/brister"],
    ["check", "examples/brister", "--jobs", "two"],
    ["check", "examples/brister", "--jobs=-1"],
    ["check", "--", "examples/brister"],
    ["check", "-oreport", "examples/brister"],
    ["build", "examples/brister", "examples/start"],
    ["build", "examples/brister", "--strict=yes"],
    ["build", "examples/brister", "--watch"],
    ["rules"],
    ["nothing"],
]
"""Commands that only Typer knows, or can say what is wrong with."""


def outcome(arguments: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Any, ...]:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    code = cli.main([argument.replace("{out}", str(out)) for argument in arguments])
    said = capsys.readouterr()
    files = {file.name: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    return code, said.out, said.err, files


@pytest.mark.parametrize("arguments", ALIKE, ids=" ".join)
def test_both_ways_do_the_same(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert quick.command(arguments) is not None
    shorter = outcome(arguments, tmp_path / "out", capsys)
    monkeypatch.setattr(cli, "quick", None)
    assert shorter == outcome(arguments, tmp_path / "out", capsys)
    assert shorter[1] or shorter[2] or shorter[3]


@pytest.mark.parametrize("arguments", LEFT, ids=" ".join)
def test_the_rest_is_left_to_typer(arguments: list[str]) -> None:
    assert quick.command(arguments) is None


def test_the_short_way_knows_the_options_of_the_commands() -> None:
    group: Any = typer.main.get_command(commands.app)
    for name, left in (("check", {"--help"}), ("build", {"--watch", "--help"})):
        options = {
            opt: parameter.name
            for parameter in group.commands[name].params
            if parameter.param_type_name == "option"
            for opt in parameter.opts
        }
        known: dict[str, str] = {**quick.TEXTS[name], **quick.NUMBERS[name], **quick.FLAGS[name]}
        assert known == {opt: called for opt, called in options.items() if opt not in left}
    assert checking.run.__defaults__ is not None


@pytest.mark.parametrize("lang", ["sv", "en", "EN_gb", "fr", ""])
@pytest.mark.parametrize("arguments", [["--help"], [], ["--version"]], ids=["help", "nothing", "version"])
def test_the_console_script_says_what_the_app_says(
    arguments: list[str], lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAALDPLAN_LANG", lang)
    for columns in ("80", "100", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        assert cli.main(arguments) == 0
        # After a change in the commands: COLUMNS=80 VAALDPLAN_LANG=sv vaaldplan --lang sv --help > …/texts/sv/help.txt
        assert entry.answer(arguments) == capsys.readouterr().out


def test_a_narrow_terminal_gets_its_help_from_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert entry.answer(["--help"]) == ""


@pytest.mark.parametrize(
    "arguments", [["--help", "check"], ["check"], ["--lang", "en", "--help"], ["-h"]], ids=" ".join
)
def test_the_console_script_answers_nothing_else(arguments: list[str]) -> None:
    assert entry.answer(arguments) == ""


def console(arguments: list[str], source: Path = ROOT / "src", columns: str = "80") -> subprocess.CompletedProcess[str]:
    code = "import sys; from vaaldplan.entry import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": columns}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["--help"]], ids=["nothing", "help"])
def test_a_narrow_terminal_gets_help_without_asking_for_it(arguments: list[str]) -> None:
    said = console(arguments, columns="60")
    assert (said.returncode, said.stderr) == (0, "")
    assert max(len(line) for line in said.stdout.splitlines()) <= 60


@pytest.mark.parametrize(
    "arguments", [["--version"], ["check", "examples/brister", *DAY], ["check", "saknas"], ["rules"]]
)
def test_the_console_script_writes_all_and_exits_with_the_code(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "vaaldplan.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
    plain = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    short = console(arguments)
    assert (short.returncode, short.stdout, short.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_without_the_short_way_all_works_as_before(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "quick.py")
    shutil.copytree(ROOT / "src/vaaldplan", tmp_path / "vaaldplan", ignore=ignored)
    arguments = ["check", "examples/brister", *DAY]
    without, with_it = console(arguments, tmp_path), console(arguments)
    assert (without.returncode, without.stdout, without.stderr) == (with_it.returncode, with_it.stdout, with_it.stderr)
