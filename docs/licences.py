"""Write ``licences.md``: what is installed with the program, what is used to build and test it, and under which licences.

    python docs/licences.py

The licences are those that the installed packages state of themselves.
"""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/licences.md"

COMPATIBLE = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "ISC", "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0",
}  # fmt: skip
"""Licences whose works may stand beside a work under EUPL-1.2, unchanged and under their own terms."""
SPELLED = {
    "MIT License": "MIT", "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause", "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "ISC License (ISCL)": "ISC", "ISC License": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""What is installed on other systems only."""

_HEAD = """# Licences

`vaaldplan` is under EUPL-1.2 (`LICENSE`). It is given out without the packages below: `pip` fetches each of them, unchanged and
under its own licence. All of these licences let that be done; MPL-2.0 is named in the EUPL's own list of compatible licences, the
others ask only that their notices stay. The fonts in `templates/standard/fonts` are under OFL-1.1 (`OFL.txt` beside them); they
are put into the documents, which the OFL allows and which does not place the documents under it.

Made by `python docs/licences.py` from what the packages state; a test keeps the page as it should be.
"""


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file and their versions."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def licence(name: str) -> str:
    """The licence of a package, as SPDX writes it."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return ELSEWHERE[name]
    return _stated(found)


def _stated(found: Distribution) -> str:
    expression = found.metadata.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = found.metadata.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    text = found.metadata.get("License") or ""
    if len(text) > 60 or not text:
        text = named[0] if named else ""
    return SPELLED.get(text, text)


def compatible(expression: str) -> bool:
    """Whether a package may be used beside a work under EUPL-1.2: under one of the licences it offers."""
    return any(all(one in COMPATIBLE for one in option.split(" AND ")) for option in expression.split(" OR "))


def page() -> str:
    """The page."""
    used, all_of_them = locked("requirements.lock"), locked("requirements-dev.lock")
    parts = [_HEAD]
    for heading, names in (
        ("To use it", used),
        ("To build and test it", {n: v for n, v in all_of_them.items() if n not in used}),
    ):
        rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(names.items())]
        parts.append("\n".join([f"## {heading}\n", "| package | version | licence |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
