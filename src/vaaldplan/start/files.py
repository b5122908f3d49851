"""The files of a new plan: all of them made ready, nothing in their way overwritten, then written."""

import json
import os
import re
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan import __version__
from vaaldplan.bounds import within
from vaaldplan.config import FILE
from vaaldplan.errors import VaaldplanError
from vaaldplan.publish.templates import folder as templates
from vaaldplan.storage import Staging, alone, explained

PLAN = "plan.yaml"
SCHEMA = ".vaaldplan/plan.schema.json"
OUTPUT = "ut/"
"""What ``build`` writes, and version control should leave out."""

CI = {
    "github": ".github/workflows/plan.yaml",
    "gitlab": ".gitlab-ci.yml",
    "pre-commit": ".pre-commit-config.yaml",
}
"""The services that can check the plan at every change, and the file each of them reads."""

_SETTINGS: dict[str, Any] = {
    "yaml.schemas": {f"./{SCHEMA}": ["*.yaml"]},  # the parts of a plan too; not folders such as .github
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "files.encoding": "utf8"},
}
_EXTENSIONS: dict[str, Any] = {"recommendations": ["redhat.vscode-yaml"]}


class Written(NamedTuple):
    """What was done."""

    new: tuple[Path, ...]
    merged: tuple[Path, ...]
    left: tuple[Path, ...]
    """Editor settings that could not be added to, because they are not plain JSON."""


def write(folder: Path, plan: str, schema: dict[str, Any], settings: str, ci: str = "") -> Written:
    """Write a new plan and the files around it.

    Args:
        folder: where the plan is to stand; made if it is missing.
        plan: the text of ``plan.yaml``.
        schema: the JSON Schema that the editor reads.
        settings: the text of ``vaaldplan.toml``.
        ci: a key of ``CI``, or empty.

    What a run that was stopped has left is taken away, and what it did not come to is written.

    Raises:
        VaaldplanError: a file is in the way (``in-the-way``, nothing is written), or writing failed.
    """
    with explained(folder):
        root = _repository(folder)
        new = {folder / PLAN: plan, folder / FILE: settings, folder / SCHEMA: _json(schema)}
        if ci:
            new[(root or folder) / CI[ci]] = _workflow(ci, folder, root or folder)
        home = root or folder
        in_the_way = [path for path in new if os.path.lexists(path) or not within(path, home)]
        merged, left = _merged(folder, root is not None)
        done = [path for path in in_the_way if within(path, home) and _holds(path, new[path])]
        if in_the_way and (len(done) < len(in_the_way) or (len(done) == len(new) and not merged)):
            raise VaaldplanError("in-the-way", files=", ".join(shown(path) for path in in_the_way))
        for path in done:  # a run that was stopped wrote it
            del new[path]
        left += [path for path in merged if not within(path, home)]
        merged = {path: text for path, text in merged.items() if path not in left}
        new |= {path: text for path, text in merged.items() if not path.exists()}
        added = [path for path in merged if path not in new]
        _put({path: text.encode("utf-8", "surrogateescape") for path, text in (new | merged).items()})
        return Written(tuple(new), tuple(added), tuple(left))


def _holds(path: Path, text: str) -> bool:
    """Whether a file is what would be written."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == text.encode("utf-8", "surrogateescape")


def shown(path: Path) -> str:
    """A path as shown: relative to the current folder when it is below it."""
    relative = os.path.relpath(path)
    return Path(path if relative.startswith("..") else relative).as_posix()


def _repository(folder: Path) -> Path | None:
    """The root of the git repository that the folder stands in, if it stands in one."""
    here = folder.absolute()
    return next((place for place in (here, *here.parents) if (place / ".git").exists()), None)


def _workflow(ci: str, folder: Path, root: Path) -> str:
    text = (templates() / "ci" / f"{ci}.yaml").read_text("utf-8")
    place = folder.absolute().relative_to(root.absolute()).as_posix()
    if re.search(r"[^\w./-]", place):
        place = json.dumps(place, ensure_ascii=False).replace(
            '"', "'"
        )  # the shell of every service reads it as one word
    return text.replace("<<version>>", __version__).replace("<<plan>>", place)


def _merged(folder: Path, in_repository: bool) -> tuple[dict[Path, str], list[Path]]:
    """The files that may exist already, with what is missing in them added; and those that cannot be added to."""
    merged: dict[Path, str] = {}
    left: list[Path] = []
    for name, wanted in (("settings.json", _SETTINGS), ("extensions.json", _EXTENSIONS)):
        path = folder / ".vscode" / name
        if not path.exists():
            merged[path] = _json(wanted)
            continue
        before = path.read_text("utf-8-sig", errors="replace")
        try:
            held = json.loads(before)
        except ValueError:
            held = None
        if not isinstance(held, dict):
            left.append(path)
        elif (together := _together(held, wanted)) != held:
            indent = re.search(r"^[ \t]+", before, re.MULTILINE)
            merged[path] = _json(together, indent[0] if indent else "  ")
    ignored = folder / ".gitignore"
    if in_repository:
        before = ignored.read_text("utf-8", errors="surrogateescape") if ignored.exists() else ""
        if OUTPUT.rstrip("/") not in {line.strip().strip("/") for line in before.splitlines()}:
            merged[ignored] = before + ("" if before.endswith("\n") or not before else "\n") + OUTPUT + "\n"
    return merged, left


def _together(held: Any, wanted: Any) -> Any:
    """What is held, with what is wanted and missing added; where they differ, what is held stays."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        return held | {key: _together(held[key], value) if key in held else value for key, value in wanted.items()}
    if isinstance(held, list) and isinstance(wanted, list):
        return held + [value for value in wanted if value not in held]
    return held


def _json(data: Any, indent: str = "  ") -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def _put(contents: dict[Path, bytes]) -> None:
    """Write the files; when that fails, take away the folders that were made for them."""
    places = sorted({path.parent.resolve() for path in contents})
    made: list[Path] = []
    try:
        for place in places:
            made += [one for one in (place, *place.parents) if not one.exists()][::-1]
            place.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held, Staging() as staging:
            for place in places:
                held.enter_context(alone(place))
            for path, data in contents.items():
                staging.add(path, data)
            staging.replace()
    except OSError:
        for place in reversed(made):
            with suppress(OSError):  # it holds a file that was put there in the meantime
                place.rmdir()
        raise
