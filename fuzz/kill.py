"""Kill the program at random moments while it writes, and look at every file afterwards.

    PYTHONPATH=src python fuzz/kill.py 200

Every file must be the old or the new one, whole; and running the same command again must make everything new, and leave
nothing lying. A third of the moments are anywhere in the run, a third after the first file was made ready, a third just
when the first was replaced. A quarter each goes to ``build``, ``fmt``, ``fix`` and ``init``. Each run is a process of
its own, forked from this one, which has imported everything, so no moment is lost on starting Python.
"""

import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from vaaldplan.cli import main
from vaaldplan.publish.files import RECORD

Files = dict[str, bytes]
_TEMPORARY = re.compile(r"\.vaaldplan-[a-z0-9_]{8}")
_PLAN = "titel: Plan\n# en kommentar\nåtgärder:\n  - id: A1\n    titel: Utbilda\n    nivå: samhälle\n"
_BUILD = ["build", "--to", "html,docx,md"]
_IMPORTING = ["build", "--to", "html,md"]
"""What this process builds itself: Typst, which draws for Word too, leaves threads that a fork waits for in vain."""
_TRIES = 10
"""A run may be over before it is killed, more often on a machine that others use; then it is run again."""
_INIT = ["init", "ny", "--yes", "--municipality", "Alingsås", "--years", "2027-2030"]


class Case(NamedTuple):
    """A command, what stands in the folder before it, and what has changed when it was not disturbed."""

    command: list[str]
    before: Files
    first: str
    """The file that is replaced first."""


def _run(folder: Path, command: list[str]) -> int:
    """Start a command in a process of its own; returns the process's id."""
    process = os.fork()
    if process:
        return process
    os.chdir(folder)
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(silent, stream)
    os._exit(main(command))


def _here(folder: Path, command: list[str]) -> None:
    """Run a command in this process, for what it imports."""
    usual, sys.stdout = sys.stdout, io.StringIO()
    os.chdir(folder)
    try:
        assert main(command) == 0, command
    finally:
        os.chdir("/")
        sys.stdout = usual


def _done(folder: Path, command: list[str]) -> None:
    _, status = os.waitpid(_run(folder, command), 0)
    if status:
        raise AssertionError((command, status))


def _files(folder: Path) -> Files:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _laid(files: Mapping[str, bytes], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _cases() -> list[Case]:
    parts = {f"delar/{n}.yaml": f"åtgärder:\n- {{id: B{n}, titel:   Del {n}}}\n".encode() for n in range(6)}
    many = {"plan.yaml": "titel:   Plan\nåtgärder: {filer: [delar/]}\n".encode(), **parts}
    faulty = {name: data.replace(b"titel:", b"tittel:") for name, data in many.items()}
    with tempfile.TemporaryDirectory() as place:
        folder = _laid({"plan.yaml": _PLAN.encode()}, Path(place))
        _done(folder, _BUILD)
        built = _files(folder) | {"plan.yaml": _PLAN.replace("Utbilda", "Utbilda alla").encode()}
    return [
        Case(_BUILD, built, f"ut/{RECORD}"),
        Case(["fmt"], many, "plan.yaml"),
        Case(["fix", "--yes"], faulty, "plan.yaml"),
        Case(_INIT, {}, "ny/plan.yaml"),
    ]


class Outcome(NamedTuple):
    """What came of the kills."""

    killed: Counter[str]
    """How many runs were killed, by command."""
    mixed: int
    """How many of them left some files old and some new."""


def kill(count: int, seed: int = 0) -> Outcome:
    """Kill so many runs, every one before it was done.

    Raises:
        AssertionError: a run was never killed in time, a file was neither the old nor the new one, or the next run
            did not make everything new.
    """
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    mixed = 0
    for case in _cases():
        with tempfile.TemporaryDirectory() as place:
            folder = _laid(case.before, Path(place) / "plan")
            _here(folder, _IMPORTING if case.command is _BUILD else case.command)
            shutil.rmtree(folder)
            folder = _laid(case.before, Path(place) / "plan")
            begun = time.monotonic()
            _done(folder, case.command)
            lasted = time.monotonic() - begun
            after = _files(folder)
        assert after != case.before, case.command
        command = case.command[0]
        for number in range(_TRIES * count):
            if killed[command] == count // 4:
                break
            with tempfile.TemporaryDirectory() as place:
                folder = _laid(case.before, Path(place) / "plan")
                process = _run(folder, case.command)
                if number % 3 == 2:
                    _until(partial(_replaced, folder / case.first, _which(folder / case.first)), process)
                else:
                    if number % 3:
                        _until(partial(_ready, folder), process)
                    time.sleep(chance.random() ** 2 * (lasted, 0.02)[number % 3])
                os.kill(process, signal.SIGKILL)
                killed[command] += os.WIFSIGNALED(os.waitpid(process, 0)[1])
                mixed += _judge(folder, case, after)
        assert killed[command] == count // 4, killed
    return Outcome(killed, mixed)


def _until(seen: Callable[[], bool], process: int) -> None:
    """Wait until something is seen, or the run is over."""
    until = time.monotonic() + 600
    while not seen() and os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        assert time.monotonic() < until


def _which(path: Path) -> int:
    """Which file stands there: another after it was replaced."""
    try:
        return os.stat(path).st_ino  # noqa: PTH116 - every microsecond counts
    except OSError:
        return 0


def _replaced(path: Path, old: int) -> bool:
    return _which(path) != old


def _ready(folder: Path) -> bool:
    places = (folder, *(folder / name for name in ("ut", "delar", "ny", "ny/.vaaldplan", "ny/.vscode")))
    return any(_TEMPORARY.fullmatch(n) for place in places if place.is_dir() for n in os.listdir(place))  # noqa: PTH208


def _judge(folder: Path, case: Case, after: Files) -> bool:
    """Look at every file, run the command again, and look again. Returns whether the set was a mixed one."""
    now = {name: data for name, data in _files(folder).items() if not _TEMPORARY.fullmatch(Path(name).name)}
    states = set()
    for name in case.before.keys() | after.keys() | now.keys():
        old, new, held = case.before.get(name), after.get(name), now.get(name)
        if Path(name).name == RECORD:  # it names the old and the new hash while the files are replaced
            continue
        assert held in (old, new), (case.command, name, held)
        if old != new:
            states.add(held == new)
    mixed = len(states) == 2
    if case.command[0] != "init" or now != after:  # what is written already is in the way of another plan
        _done(folder, case.command)
    again = _files(folder)
    record = f"ut/{RECORD}"
    left = {name for name in again if _TEMPORARY.fullmatch(Path(name).name) and case.command[0] in ("build", "init")}
    assert not left, left
    assert {n: d for n, d in again.items() if n != record and not _TEMPORARY.fullmatch(Path(n).name)} == {
        n: d for n, d in after.items() if n != record
    }, case.command
    return mixed


if __name__ == "__main__":
    outcome = kill(int(sys.argv[1]), seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(f"killed {dict(outcome.killed)}, {outcome.mixed} of them between the first file and the last")
