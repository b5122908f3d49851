"""Check plans that are made to fill the memory or to take for ever, each in a process with a bound on both.

    PYTHONPATH=src python fuzz/hostile.py

Prints for each how it ended, how long it took the processor, and the most memory it held; ends with 1 when one of them
was stopped.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

MEMORY = 1_500_000_000
SECONDS = 120
"""Of the processor."""
_MILLION = 1_000_000
_RUN = """
import sys, resource
from vaaldplan.cli import main
code = main(["check", sys.argv[1]])
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"exit {code}, {used.ru_maxrss // 1024} MiB, {used.ru_utime + used.ru_stime:.0f} s", file=sys.stderr)
"""


def _many(head: str, count: int, line: Callable[[int], str]) -> dict[str, str]:
    return {"plan.yaml": f"titel: P\n{head}:\n" + "".join(map(line, range(count)))}


def _fifty() -> dict[str, str]:
    part = "åtgärder:\n" + "- {id: A}\n" * 1_300_000
    names = ("a.yaml", "b.yaml", "c.yaml", "d.yaml")
    return {
        "plan.yaml": "titel: P\nåtgärder: {filer: [a.yaml, b.yaml, c.yaml, d.yaml]}\n",
        **dict.fromkeys(names, part),
    }


def _faults(text: str) -> dict[str, str]:
    return {"plan.yaml": "titel: P\n" + text + "".join(f"  å{i}: y\n" for i in range(60_000))}


PLANS: dict[str, Callable[[], dict[str, str]]] = {
    "50 MB of small entries": _fifty,
    "as many measures as there may be": lambda: _many("åtgärder", 99_000, lambda i: f"- {{id: A{i}, titel: T}}\n"),
    "as many unknown keys": lambda: _many("åtgärder", 99_000, lambda i: f"- {{id: A{i}, x: T, y: T, z: T, u: T}}\n"),
    "nested entries": lambda: _many("åtgärder", 19_000, lambda i: f"- {{id: A{i}, delar: [{'{},' * 13}]}}\n"),
    "as many goals": lambda: _many("mål", 99_000, lambda i: f"- {{id: M{i}, titel: T{i}, indikatorer: I{i}}}\n"),
    "as many duplicate keys": lambda: {"plan.yaml": "titel: P\n" + "a: 1\n" * 900_000},
    "as many values": lambda: {"plan.yaml": "titel: P\nförkortningar: [" + "a," * 900_000 + "]\n"},
    "a text of 16 MB": lambda: {"plan.yaml": "titel: P\nvision: |\n" + "  Ett barn [x](y), 1912 (jfr AB).\n" * 430_000},
    "a text of 16 MB in a measure": lambda: {
        "plan.yaml": "titel: P\nåtgärder:\n- id: A1\n  titel: T\n  beskrivning: |\n"
        + "    Enheten ska skyndsamt, vid behov, utbilda 1 200 chefer (SFS 2017:725).\n" * 220_000
    },
    "settings full of faults": lambda: {
        "plan.yaml": "titel: P\n", "vaaldplan.toml": "".join(f"nyckel{i} = 1\n" for i in range(110_000)),
        "fakta.toml": "".join(f'[lagar."{i:07}:1"]\nx=1\n' for i in range(75_000)),
    },
    "a name of 8 MB and faults beside it": lambda: _faults("åtgärder:\n- id: " + "x" * 8 * _MILLION + "\n"),
    "empty lines before faults": lambda: _faults("åtgärder:\n" + "\n" * 4 * _MILLION + "- id: A\n"),
    "brackets full of unknown keys": lambda: _many(
        "åtgärder", 1_500, lambda i: f"- {{id: A{i}, {', '.join(f'å{j}: v' for j in range(550))}}}\n"
    ),
    "unknown keys in one line": lambda: {
        "plan.yaml": "titel: P\nåtgärder:\n- {" + ",\t".join(f"å{i}: y{'y' * 100}" for i in range(60_000)) + "}\n"
    },
    "placeholders in one line": lambda: {"plan.yaml": "titel: P\nvision: " + "XX och " * 2 * _MILLION + "\n"},
    "half a million comments": lambda: {"plan.yaml": "titel: P\n" + "# vaaldplan: avsteg D02 – x\n" * 500_000},
    "five million odd line breaks": lambda: {"plan.yaml": "titel: P\n" + "\u2028" * 5 * _MILLION},
    "fifteen million brackets": lambda: {"plan.yaml": "titel: " + "[" * 15 * _MILLION},
}  # fmt: skip


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> None:
    """Run all, or those whose names hold a word of the command line."""
    stopped = False
    for name, plan in PLANS.items():
        if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as place:
            for file, text in plan().items():
                (Path(place) / file).write_text(text, "utf-8")
            run = subprocess.run(
                [sys.executable, "-c", _RUN, place], capture_output=True, text=True, check=False,
                preexec_fn=_bound,
            )  # fmt: skip
            last = (run.stderr.strip().splitlines() or [""])[-1]
            print(f"{name}: {last if not run.returncode else f'stopped: {run.returncode} {last}'}", flush=True)
            stopped |= bool(run.returncode) or not last.startswith(("exit 0", "exit 1"))
    sys.exit(stopped)


if __name__ == "__main__":
    main()
