"""Every paper and page that the examples give, as a person gets them: made by the program itself."""

import subprocess
import sys
from pathlib import Path

from running import environment

from conftest import ROOT

_BUILDS = {
    "svenska": ("alingsas", "--document", "alla"),
    "english": ("alingsas", "--document", "plan,kortversion,tjänsteskrivelse", "--document-lang", "en"),
    "own-look": ("exempelkommun", "--document", "alla"),
}
_CHECKS = {"ready": "alingsas", "findings": "brister"}


def made(folder: Path) -> Path:
    """Build the documents of the examples, and the reports of a plan with findings and one almost without."""
    for name, (plan, *more) in _BUILDS.items():
        _run("build", f"examples/{plan}", *more, "--output", str(folder / name))
    for name, plan in _CHECKS.items():
        checked = ("check", f"examples/{plan}", "--format", "html,sarif", "--output", str(folder / name))
        _run(*checked, codes=(0, 1))
    return folder


def _run(*arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vaaldplan.cli", *arguments], cwd=ROOT, env=environment(), text=True,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in codes, done.stdout + done.stderr
