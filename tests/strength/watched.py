"""Runs the program in a process whose every opened file and used socket is written down."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

# A socket may neither be made nor a name looked up; what Python opens, lists or runs is noted.
_HOOK = """
import atexit, os, sys
seen = []
def hook(event, arguments):
    if event.startswith("socket."):
        seen.append(f"network {event}")
        raise OSError("the network is closed")
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        mode, flags = arguments[1] or "", arguments[2] or 0
        writes = any(sign in mode for sign in "wax+") or bool(flags & (os.O_WRONLY | os.O_RDWR))
        seen.append(f"{'write' if writes else 'read'} {os.path.realpath(os.fsdecode(arguments[0]))}")
    if event in ("os.rename", "os.remove", "os.mkdir", "os.link", "os.symlink", "os.truncate"):
        seen.append(f"write {os.path.realpath(os.fsdecode(arguments[-3] if event == 'os.rename' else arguments[0]))}")
def save():
    file = os.open(os.environ["SEEN"], os.O_WRONLY | os.O_APPEND)
    os.write(file, "".join(f"{line}\\n" for line in seen).encode("utf-8", "replace"))
atexit.register(save)
sys.addaudithook(hook)
"""


class Seen(NamedTuple):
    """What a run did."""

    code: int
    said: str
    network: list[str]
    read: set[Path]
    written: set[Path]


def run(*command: str, cwd: Path, shut: tuple[str, ...] = ()) -> Seen:
    """Run a command.

    Args:
        command: its words.
        cwd: where.
        shut: a command that runs it without a network, where the system has such.
    """
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "sitecustomize.py").write_text(_HOOK)
        note = Path(place) / "seen"
        note.touch()
        path = os.pathsep.join([place, str(ROOT / "src")])
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VAALDPLAN"))}
        done = subprocess.run(
            [*shut, sys.executable, "-m", "vaaldplan.cli", *command],
            cwd=cwd, env={**clean, "PYTHONPATH": path, "SEEN": str(note), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        lines = [line.partition(" ")[::2] for line in note.read_text("utf-8").splitlines()]
    own = {note.resolve(), note.parent.resolve()}
    paths = {kind: {Path(p) for k, p in lines if k == kind} - own for kind in ("read", "write")}
    said = done.stdout + done.stderr
    return Seen(done.returncode, said, [p for k, p in lines if k == "network"], paths["read"], paths["write"])
