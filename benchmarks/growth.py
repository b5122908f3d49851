"""Twice the plan takes at most 2.2 times the time and the memory: ``python benchmarks/growth.py``.

From an eighth of the largest plan, or a thirty-second, to the whole of it; without what the interpreter and the imports
take (a plan with nine measures). A plan and one of half as many measures are run in turn, and the least of five runs
counts: allow an hour, and a machine with nothing else to do.
"""

import compileall
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, VAALDPLAN, once

MOST = 2.2
SIZES = {
    "check": (625, 20_000), "html": (625, 20_000), "md": (625, 20_000), "pdf": (250, 2_000), "docx": (250, 2_000),
}  # fmt: skip
"""The smallest and the largest plan of each, in measures."""
RUNS = 5
"""Of each plan; the least counts."""
HERE = Path(__file__).parent
_MAKE = "import pathlib, plans, sys; plans.write(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"


def main() -> None:
    """Print a line for each command and size, and end with 1 when something grows faster."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    faster = False
    with tempfile.TemporaryDirectory() as name:
        for what in sys.argv[1:] or SIZES:
            size, largest = SIZES[what]
            nothing = min(once(_work(what, 9, Path(name))) for _ in range(RUNS))
            while size < largest:
                half, whole = _work(what, size, Path(name)), _work(what, 2 * size, Path(name))
                before, after = map(min, zip(*[(once(half), once(whole)) for _ in range(RUNS)], strict=True))
                assert before.code == after.code == 0, what
                time = (after.cpu - nothing.cpu) / (before.cpu - nothing.cpu)
                memory = (after.memory - nothing.memory) / (before.memory - nothing.memory)
                faster |= max(time, memory) > MOST
                size *= 2
                sys.stdout.write(
                    f"{what:5} {size:>6} measures: {after.cpu:6.1f} s, {time:.2f} times that of half as many; "
                    f"{after.memory:5.0f} MiB, {memory:.2f} times\n"
                )
                sys.stdout.flush()
    sys.exit(faster)


def _work(what: str, measures: int, folder: Path) -> list[str]:
    """The command on a plan of so many measures."""
    place = folder / str(measures)
    if not place.exists():
        place.mkdir()
        # In a process of its own: one that had made a large plan would count as the least that any other takes.
        subprocess.run([sys.executable, "-c", _MAKE, str(place), str(measures)], cwd=HERE, check=True)
    output = str(place / "out")
    return [
        *VAALDPLAN,
        *(["check", str(place)] if what == "check" else ["build", str(place), "--to", what, "--output", output]),
    ]


if __name__ == "__main__":
    main()
