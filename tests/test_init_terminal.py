"""``vaaldplan init`` on a terminal of its own: what it asks, and that it asks again."""

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import pytest

from vaaldplan.check import check
from vaaldplan.finding import Severity


def on_terminal(arguments: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Run the command on a terminal of its own, answering each question as it comes."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ.pop("VAALDPLAN_LANG", None)
        os.execv(sys.executable, [sys.executable, "-m", "vaaldplan.cli", "init", *arguments])
    shown, asked = "", 0
    waiting = list(answers)
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 2)[0]:
            if shown and not waiting and answers and not answers[-1].endswith("\n"):
                os.write(
                    terminal, answers[-1].encode()
                )  # a key just before the read begins is lost; a person presses again
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece.decode("utf-8")
        if waiting and re.search(r"(\?|\]) $", shown[asked:]):
            asked = len(shown)
            os.write(terminal, waiting.pop(0).encode())
    os.close(terminal)
    assert waiting == []
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def test_it_asks_and_asks_again(tmp_path: Path) -> None:
    answers = ["Alingsos\n", "alingsas\n", "2030-2027\n", "2028-2031\n", "\n", "\n"]
    code, shown = on_terminal([], answers, tmp_path)
    assert code == 0
    assert "Menar du Alingsås (1489)?" in shown
    assert "Alingsås kommun, Västra Götalands län, kommunkod 1489." in shown
    assert "slutar innan det börjar" in shown
    assert "[Handlingsplan mot våld 2028–2031]" in shown
    assert "[Kommunstyrelsen, Socialnämnden]" in shown
    new = check(tmp_path / "plan.yaml")
    assert new.report.findings == ()
    assert new.plan is not None
    assert new.plan.title == "Handlingsplan mot våld 2028–2031"


def test_it_lists_the_starters_by_cell(tmp_path: Path) -> None:
    answers = ["1489\n", "\n", "\n", "\n", "1,99\n", "1, 5,en-vecka\n"]
    code, shown = on_terminal(["--from-catalogue"], answers, tmp_path)
    assert code == 0
    assert len(re.findall(r"^(individ|organisation|samhälle), \w+\r$", shown, re.MULTILINE)) == 9
    assert "Om effekten: " in shown
    assert "mellan 1 och 21" in " ".join(shown.split())
    new = check(tmp_path / "plan.yaml").plan
    assert new is not None
    assert len(new.measures) == 3
    assert not [f for f in check(tmp_path).report.findings if f.severity is Severity.ERROR]


def test_it_does_not_ask_what_was_given(tmp_path: Path) -> None:
    code, shown = on_terminal(["--municipality", "1489", "--title", "Plan", "--lang", "en"], ["\n", "\n"], tmp_path)
    assert code == 0
    assert "What will it be called" not in shown
    assert "Which municipality" not in shown
    code, shown = on_terminal(["ny", "--municipality", "1489", "--yes"], [], tmp_path)
    assert code == 0
    assert "?" not in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_it_can_be_broken_off(key: str, tmp_path: Path) -> None:
    code, shown = on_terminal([], ["1489\n", key], tmp_path)
    assert code == 130
    assert "Avbrutet. Inga filer har ändrats." in shown
    assert list(tmp_path.iterdir()) == []
