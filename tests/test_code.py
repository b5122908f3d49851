"""The code's own rules: style, types, who may import whom, and that nothing is left lying."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from conftest import ROOT

SCRIPTS = Path(sysconfig.get_path("scripts"))


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "ruff", "check", "--no-cache", "src", "tests", "fuzz"],
        [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "src", "tests", "fuzz"],
        [sys.executable, "-m", "mypy"],
        [str(SCRIPTS / "lint-imports"), "--no-cache"],
    ],
    ids=["style", "format", "types", "imports"],
)
def test_the_code_keeps_its_rules(command: list[str]) -> None:
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_one_door_per_library() -> None:
    """Each library is imported in one room only."""
    doors = {
        "ruamel": "source", "yaml": "source", "jinja2": "publish/templates", "typst": "publish/pdf", "docx": "publish/docx",
        "pikepdf": "publish/pdf", "markdown_it": "publish/commonmark.py", "typer": "cli",
        "watchfiles": "preview/changes.py", "starlette": "preview/server.py", "uvicorn": "preview/server.py",
    }  # fmt: skip
    seen = set()
    for path in sorted((ROOT / "src/vaaldplan").rglob("*.py")):
        room = path.relative_to(ROOT / "src/vaaldplan").as_posix()
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), flags=re.MULTILINE):
            if name in doors:
                assert room.startswith(doors[name]), f"{room} imports {name}"
                seen.add(name)
    assert seen == doors.keys()


def test_nobody_prints_or_asks_the_clock_outside_the_commands() -> None:
    read = 0
    for path in (ROOT / "src/vaaldplan").rglob("*.py"):
        read += 1
        if "cli" not in path.parts:
            assert not re.search(r"\bprint\(|sys\.exit\(|\.today\(\)|\.now\(", path.read_text("utf-8")), path
    assert read > 40


def test_lock_files_carry_versions_and_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        entries = re.findall(r"^[\w.-]+==", text, flags=re.MULTILINE)
        assert len(entries) > 20
        assert text.count(" \\\n    --hash=sha256:") >= len(entries)
