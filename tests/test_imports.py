"""What each command imports, exactly: our own by module, others by package. What is not needed costs every run.

``python tests/test_imports.py`` writes ``tests/imports.json`` anew; look at what changed before you keep it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTED = Path(__file__).with_suffix("").parent / "imports.json"
PLAN = "examples/start"
CASES = {
    "version": ["--version"],
    "help": ["--help"],
    "explain": ["explain", "D02"],
    "check": ["check", PLAN],
    **{form: ["build", PLAN, "--to", form, "--output", "{out}"] for form in ("html", "pdf", "docx", "md")},
}
HEAVY = {
    "concurrent", "dataclasses", "hashlib", "inspect", "logging", "multiprocessing", "shutil", "socket", "subprocess",
    "tempfile",
}  # fmt: skip
"""Parts of Python's own library that a check does without."""


def imported(arguments: list[str]) -> set[str]:
    """The modules that the console script imports for a command."""
    with tempfile.TemporaryDirectory() as out:
        start = "import sys; from vaaldplan.entry import main; sys.exit(main())"
        command = [sys.executable, "-X", "importtime", "-c", start, *(a.replace("{out}", out) for a in arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(2):  # the first time, templates are compiled, and kept
            run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    names = re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s*(\S+)$", run.stderr, flags=re.MULTILINE)
    startup = re.findall(r"^import time:.*\| site$", run.stderr, flags=re.MULTILINE)
    assert len(startup) == 1
    return set(names[names.index("site") + 1 :])


def sorted_out(modules: set[str]) -> dict[str, list[str]]:
    """Our modules, and the packages of others that are not Python's own."""
    ours = {name for name in modules if name.split(".")[0] == "vaaldplan"}
    others = {name.split(".")[0] for name in modules - ours} - sys.stdlib_module_names - {"org"}  # asked for by copy
    return {"ours": sorted(ours), "others": sorted(name for name in others if not name.startswith("_"))}


@pytest.mark.parametrize("case", CASES)
def test_a_command_imports_what_is_listed_and_nothing_else(case: str) -> None:
    assert sorted_out(imported(CASES[case])) == json.loads(LISTED.read_text("utf-8"))[case]


def test_the_list_holds_every_case_and_no_other() -> None:
    assert json.loads(LISTED.read_text("utf-8")).keys() == CASES.keys()


def test_a_check_does_without_the_heavy_parts_of_the_library() -> None:
    assert not HEAVY & {name.split(".")[0] for name in imported(CASES["check"])}


if __name__ == "__main__":
    found = {case: sorted_out(imported(arguments)) for case, arguments in CASES.items()}
    LISTED.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
