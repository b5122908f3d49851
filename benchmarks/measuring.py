"""Whole processes: the processor time and the memory they take, in multiples of an interpreter that does nothing.

Both are run in turn, so that a machine that grows slower under way does so for both. Small on purpose: a process that
is started counts as large as the one that started it.
"""

import os
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FLOOR = [sys.executable, "-I", "-c", "pass"]
START = "import sys; from vaaldplan.entry import main; sys.exit(main())"
"""What the console script that is installed says."""
VAALDPLAN = [sys.executable, "-c", START]


class Run(NamedTuple):
    """What one process took."""

    cpu: float
    wall: float
    memory: float
    """MiB."""
    code: int


class Ratio(NamedTuple):
    """One command against another, run in turn."""

    median: float
    least: float
    memory: float
    seconds: float


def once(command: list[str]) -> Run:
    """Run a command whose output nobody reads."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VAALDPLAN"))}
    environment = {**quiet, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    begun = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=nowhere)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def against(command: list[str], other: list[str] = FLOOR, *, runs: int = 9, wall: bool = False) -> Ratio:
    """A command in multiples of another.

    Raises:
        RuntimeError: the command could not do its work.
    """
    if (code := once(command).code) not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {code}")
    pairs = [(once(command), once(other)) for _ in range(runs)]
    figures = [(one.wall, two.wall) if wall else (one.cpu, two.cpu) for one, two in pairs]
    return Ratio(
        statistics.median(one / two for one, two in figures),
        min(one for one, _ in figures) / min(two for _, two in figures),
        max(one.memory for one, _ in pairs),
        statistics.median(one for one, _ in figures),
    )
