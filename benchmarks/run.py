"""How fast vaaldplan is, in multiples of an interpreter that does nothing, and beside others' tools on the same plan.

``python benchmarks/run.py`` prints the table; ``--write`` puts it into the README, ``--profile`` shows where the time
of a check goes, ``--no-peers`` leaves out the other tools, which are fetched into an environment that is thrown away.
Linux and macOS only. Run it on a calm machine: others' work makes large plans slower than small ones.
"""

import compileall
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import plans
from measuring import ROOT, VAALDPLAN, Ratio, against

PEERS = ["check-jsonschema", "yamllint", "yamale", "weasyprint", "pypandoc-binary"]
NATIONAL = 290
README = ROOT / "README.md"
MARKS = ("<!-- benchmark -->", "<!-- /benchmark -->")


class Row(NamedTuple):
    """A line of the table; the figures are floors unless the name says otherwise."""

    name: str
    found: float
    least: float
    must: float | None
    aim: float | None
    memory: float = 0


def ours(folder: Path) -> Iterator[Row]:
    """What vaaldplan itself takes."""
    out = str(folder / "out")
    for name in ("--version", "--help"):
        yield _row(f"`{name}`", against([*VAALDPLAN, name], runs=15), 2, 1.3)
    for n, runs, must, aim, memory in (
        (45, 31, 18, 8, (50, 25)),
        (450, 15, 30, 15, None),
        (4500, 7, 150, 80, (220, 130)),
    ):
        plan = str(_plan(folder / f"p{n}", plans.text(n)))  # not before: this process's memory counts in the next one's
        found = against([*VAALDPLAN, "check", plan], runs=runs)
        yield _row(f"`check`, {n} measures", found, must, aim)
        if memory:
            yield Row(f"`check`, {n} measures: peak memory, MiB", found.memory, found.memory, *memory)
    for formats, must, aim in (("html", 26, 16), ("pdf", 50, 35), ("html,pdf,docx,md", 90, 60)):
        found = against([*VAALDPLAN, "build", str(folder / "p45"), "--to", formats, "--output", out], runs=31)
        yield _row(f"`build --to {formats}`, 45 measures", found, must, aim)
    many = [str(_plan(folder / "many" / str(n), plans.text(45, n))) for n in range(NATIONAL)]
    found = against([*VAALDPLAN, "check", "--jobs", "2", *many], runs=7, wall=True)
    yield _row(f"`check`, {NATIONAL} plans × 45, two workers, wall time", found, 180, 120)


def peers(folder: Path) -> Iterator[Row]:
    """What others' tools take on the same plan; none of them knows the rules."""
    environment = folder / "peers"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    install = [environment / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    missing = [name for name in PEERS if subprocess.run([*install, name], capture_output=True, check=False).returncode]
    if missing:
        sys.stderr.write(f"could not be had: {', '.join(missing)}\n")
    plan = folder / "p45/plan.yaml"
    out = folder / "out"
    build = [*VAALDPLAN, "build", str(plan), "--output", str(out), "--to"]
    commands: dict[str, list[str]] = {}
    schema, short, config = folder / "schema.json", folder / "yamale.yaml", folder / "yamllint.yaml"
    schema.write_bytes(
        subprocess.run([*VAALDPLAN, "schema"], env=_environment(), capture_output=True, check=True).stdout
    )
    short.write_text("map(any())\n", "utf-8")
    config.write_text("extends: default\nrules: {line-length: disable, document-start: disable}\n", "utf-8")
    tools = environment / "bin"
    commands["check-jsonschema"] = [str(tools / "check-jsonschema"), "--schemafile", str(schema), str(plan)]
    commands["yamllint"] = [str(tools / "yamllint"), "-c", str(config), str(plan)]
    commands["yamale"] = [str(tools / "yamale"), "-s", str(short), str(plan)]
    wanted = {"yamllint": (0.8, 0.4), "check-jsonschema": (0.45, 0.2)}
    check = [*VAALDPLAN, "check", str(plan)]
    for name, command in commands.items():
        if name not in missing:
            found = against(check, command, runs=7)
            yield Row(f"`check` as a share of {name}", found.median, found.least, *wanted.get(name, (None, None)))
    if "weasyprint" not in missing:
        command = [str(tools / "weasyprint"), str(out / "plan.html"), str(folder / "weasyprint.pdf")]
        found = against([*build, "pdf"], command, runs=3)
        yield Row("`build --to pdf` as a share of WeasyPrint on the built page", found.median, found.least, None, None)
    if "pypandoc-binary" not in missing:
        place = next(environment.glob("lib/*/site-packages/pypandoc/files/pandoc"))
        command = [str(place), str(out / "plan.md"), "-s", "-o", str(folder / "pandoc.docx")]
        found = against([*build, "docx"], command, runs=3)
        yield Row("`build --to docx` as a share of pandoc on the built Markdown", found.median, found.least, None, None)


def _row(name: str, found: Ratio, must: float, aim: float) -> Row:
    return Row(name, found.median, found.least, must, aim, found.memory)


def _plan(place: Path, text: str) -> Path:
    place.mkdir(parents=True)
    (place / "plan.yaml").write_text(text, "utf-8")
    return place


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}


def line(row: Row) -> str:
    """A row of the table in Markdown."""
    figures = [f"{row.found:.2f}" if row.found < 10 else f"{row.found:.0f}"]
    figures += [f"{row.least:.2f}" if row.least < 10 else f"{row.least:.0f}"]
    figures += ["" if bound is None else f"{bound:g}" for bound in (row.must, row.aim)]
    met = (
        "" if row.must is None else "aim" if row.least <= (row.aim or 0) else "must" if row.least <= row.must else "no"
    )
    return f"| {row.name} | {' | '.join(figures)} | {met} |"


HEAD = "| what | median | least | must | aim | met |\n|---|---|---|---|---|---|"


def profile(folder: Path) -> None:
    """Print what a check imports and calls, the dearest first."""
    plan = str(_plan(folder / "profile", plans.text(450)))
    command = [sys.executable, "-X", "importtime", *VAALDPLAN[1:], "check", plan]
    told = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False).stderr
    imports = [(int(own), name.strip()) for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)", told)]
    for own, name in sorted(imports, reverse=True)[:15]:
        sys.stdout.write(f"{own:>8} µs  import {name}\n")
    code = "import cProfile, pstats; from vaaldplan.check import check; p = cProfile.Profile(); "
    code += f"p.runcall(check, {plan!r}); pstats.Stats(p).sort_stats('tottime').print_stats(25)"
    subprocess.run([sys.executable, "-c", code], env=_environment(), check=True)


def main() -> None:
    """Measure, print and write what was asked for."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    folder = Path(tempfile.mkdtemp(prefix="vaaldplan-benchmark-"))
    try:
        if "--profile" in sys.argv:
            profile(folder)
            return
        rows = []
        sys.stdout.write(HEAD + "\n")
        for source in (ours, peers)[: 1 if "--no-peers" in sys.argv else 2]:
            for row in source(folder):
                rows.append(row)
                sys.stdout.write(line(row) + "\n")
                sys.stdout.flush()
        (Path(__file__).parent / "latest.json").write_text(json.dumps([r._asdict() for r in rows], indent=1) + "\n")
        if "--write" in sys.argv:
            before, rest = README.read_text("utf-8").split(MARKS[0])
            table = "\n".join([HEAD, *map(line, rows)])
            README.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{rest.split(MARKS[1])[1]}", "utf-8")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
