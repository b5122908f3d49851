"""Twice the plan takes at most 2.2 times the time and the memory: ``python benchmarks/growth.py``.

From an eighth of the largest plan, or a thirty-second, to the whole of it; without what the interpreter and the imports
take (a plan with nine measures). The least of three runs: allow half an hour, and a machine with nothing else to do.
"""

import compileall
import sys
import tempfile
from pathlib import Path

import plans
from measuring import ROOT, VAALDPLAN, Run, once

MOST = 2.2
SIZES = {
    "check": (625, 20_000), "html": (625, 20_000), "md": (625, 20_000), "pdf": (250, 2_000), "docx": (250, 2_000),
}  # fmt: skip
"""The smallest and the largest plan of each, in measures."""


def main() -> None:
    """Print a line for each command and size, and end with 1 when something grows faster."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    faster = False
    with tempfile.TemporaryDirectory() as name:
        for what in sys.argv[1:] or SIZES:
            size, largest = SIZES[what]
            nothing = _least(what, 9, Path(name))
            before = _least(what, size, Path(name))
            while size < largest:
                size *= 2
                after = _least(what, size, Path(name))
                time = (after.cpu - nothing.cpu) / (before.cpu - nothing.cpu)
                memory = (after.memory - nothing.memory) / (before.memory - nothing.memory)
                faster |= max(time, memory) > MOST
                sys.stdout.write(
                    f"{what:5} {size:>6} measures: {after.cpu:6.1f} s, {time:.2f} times that of half as many; "
                    f"{after.memory:5.0f} MiB, {memory:.2f} times\n"
                )
                sys.stdout.flush()
                before = after
    sys.exit(faster)


def _least(what: str, measures: int, folder: Path) -> Run:
    """The run that took the least time."""
    place = folder / str(measures)
    if not place.exists():
        place.mkdir()
        plans.write(place, measures)
    output = str(place / "out")
    work = ["check", str(place)] if what == "check" else ["build", str(place), "--to", what, "--output", output]
    runs = [once([*VAALDPLAN, *work]) for _ in range(3)]
    assert all(run.code == 0 for run in runs), what
    return min(runs)


if __name__ == "__main__":
    main()
