"""Twice the plan takes at most 2.2 times the time: ``python benchmarks/growth.py``.

The least of three runs at each size, without what the interpreter and the imports take (a plan with one measure).
"""

import compileall
import sys
import tempfile
from pathlib import Path

import plans
from measuring import ROOT, VAALDPLAN, once

MOST = 2.2
LARGEST = {"check": 20_000, "html": 20_000, "md": 20_000, "pdf": 2_000, "docx": 2_000}


def main() -> None:
    """Print a line for each command and size, and end with 1 when something grows faster."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    wanted = sys.argv[1:] or list(LARGEST)
    failed = False
    with tempfile.TemporaryDirectory() as name:
        for what in wanted:
            sizes = [LARGEST[what] // part for part in (8, 4, 2, 1)]
            taken = [_least(what, size, Path(name)) for size in (1, *sizes)]
            times = [one - taken[0] for one in taken[1:]]
            for size, before, after in zip(sizes[1:], times, times[1:], strict=False):
                failed |= after > MOST * before
                sys.stdout.write(f"{what:6} {size // 2:>6} → {size:>6} measures: {after / before:.2f} times the time\n")
                sys.stdout.flush()
    sys.exit(failed)


def _least(what: str, measures: int, folder: Path) -> float:
    place = folder / str(measures)
    place.mkdir(exist_ok=True)
    (place / "plan.yaml").write_text(plans.text(max(measures, 9), brief=True), "utf-8")
    work = (
        ["check", str(place)]
        if what == "check"
        else ["build", str(place), "--to", what, "--output", str(place / "out")]
    )
    found = [once([*VAALDPLAN, *work]) for _ in range(3)]
    assert all(run.code in (0, 1) for run in found), what
    return min(run.cpu for run in found)


if __name__ == "__main__":
    main()
