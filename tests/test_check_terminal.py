"""``check`` on a real terminal: colours where there are some, none where they are not wanted, and as wide as it is."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

COMMAND = [sys.executable, "-m", "vaaldplan.cli", "check", "plan.yaml", "--stage", "förslag"]
PLAN = (
    "titel: Plan\nåtgärder:\n  - id: A1\n    titel: Utbilda alla chefer i kommunen om våld och hur man frågar om det\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def on_terminal(folder: Path, columns: int = 80, **more: str) -> str:
    """What the terminal shows."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "TERM")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "COLUMNS": str(columns), **more}
    leader, follower = pty.openpty()
    with subprocess.Popen(COMMAND, cwd=folder, env=environment, stdout=follower, stderr=follower) as run:
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(leader)
    assert run.returncode == 1
    return shown.decode("utf-8").replace("\r\n", "\n")


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_colours_are_an_addition_that_can_be_left_out(folder: Path) -> None:
    coloured = on_terminal(folder)
    assert "\x1b[1;31m" in coloured
    for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert on_terminal(folder, **more) == plain(coloured)
    piped = subprocess.run(
        COMMAND, cwd=folder, env={**os.environ, "COLUMNS": "80"}, capture_output=True, text=True, check=False
    )
    assert piped.stdout == plain(coloured)


@pytest.mark.parametrize("columns", [40, 60, 100, 200])
def test_it_is_never_wider_than_the_terminal_nor_than_can_be_read(folder: Path, columns: int) -> None:
    widest = max(map(len, plain(on_terminal(folder, columns)).splitlines()))
    assert columns * 0.75 < widest <= columns or widest <= 100
