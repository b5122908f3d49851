"""Patterns that are kept in compiled form are those that ``re`` makes, and all works where nothing is kept."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from vaaldplan import patterns, publish, quick_patterns, source, tables
from vaaldplan.rules import registry

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (publish, source, tables)
"""Imported for their patterns, besides the rules."""


def test_a_kept_pattern_is_the_one_that_re_makes() -> None:
    registry.table()
    waiting = [held for held in gc.get_objects() if isinstance(held, patterns._Waiting)]
    assert len(waiting) > 100
    for held in waiting:
        made = quick_patterns.compiled(held.pattern, held._flags)
        again = quick_patterns.compiled(held.pattern, held._flags)
        whole = re.compile(held.pattern, held._flags)
        assert made == again == whole
        assert made.groupindex == whole.groupindex


@pytest.fixture
def check(tmp_path: Path) -> Callable[[], tuple[int, str, str]]:
    """Runs a check with a package of its own, where nothing has been kept yet."""
    shutil.copytree(ROOT / "src/vaaldplan", tmp_path / "vaaldplan", ignore=shutil.ignore_patterns("__pycache__"))
    code = "import sys; from vaaldplan.entry import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "check", "examples/brister", "--today", "2026-11-27"]
    environment = {name: held for name, held in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(tmp_path), "COLUMNS": "80"}

    def run() -> tuple[int, str, str]:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    return run


def kept(folder: Path) -> list[Path]:
    return list((folder / "vaaldplan/__pycache__").glob("*.kept*"))


def test_a_check_keeps_its_patterns_and_says_the_same_with_them(
    check: Callable[[], tuple[int, str, str]], tmp_path: Path
) -> None:
    first = check()
    assert first[0] == 1
    assert first[2] == ""
    [file] = kept(tmp_path)
    written = file.read_bytes()
    assert check() == first
    assert file.read_bytes() == written
    for spoilt in (b"", b"spoilt", written[:-100]):
        file.write_bytes(spoilt)
        assert check() == first
    (tmp_path / "vaaldplan/quick_patterns.py").unlink()
    assert check() == first


def test_nothing_is_kept_where_python_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quick_patterns, "__spec__", SimpleNamespace(cached=str(tmp_path / "patterns.pyc")))
    monkeypatch.setattr(quick_patterns, "_kept", {})
    monkeypatch.setattr(quick_patterns, "_known", 0)
    assert quick_patterns.compiled("a+", 0).match("aa")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    quick_patterns.keep()
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    quick_patterns.keep()
    assert [file.name for file in tmp_path.iterdir()] == ["patterns.kept"]
    assert quick_patterns._read().keys() == {("a+", 0)}
    monkeypatch.setattr(quick_patterns, "_MADE_BY", (0, 0))
    assert quick_patterns._read() == {}
