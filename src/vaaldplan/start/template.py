"""A municipality's own template to begin with: it changes nothing until someone changes it."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vaaldplan.errors import VaaldplanError
from vaaldplan.look.folder import FOLDER
from vaaldplan.publish.templates import folder as templates
from vaaldplan.storage import Staging, explained
from vaaldplan.texts.catalogue import Catalogue
from vaaldplan.texts.own import file_of, usual

from .files import shown


def write(plan_folder: Path, say: Catalogue) -> list[Path]:
    """Write the folder with a template and all the words, both without effect as they stand.

    Args:
        plan_folder: the folder of the plan.
        say: in which language the advice and the words are.

    Raises:
        VaaldplanError: a file is in the way (nothing is written), or writing failed.
    """
    place = plan_folder / FOLDER
    files = {place / "plan.md": _plan(say), place / file_of(say.language): _words(say)}
    in_the_way = [path for path in files if os.path.lexists(path)]
    if in_the_way:
        raise VaaldplanError("in-the-way", files=", ".join(shown(path) for path in in_the_way))
    with explained(place), Staging() as staging:
        place.mkdir(exist_ok=True)
        for path, text in files.items():
            staging.add(path, text.encode())
        staging.replace()
    return list(files)


def _plan(say: Catalogue) -> str:
    standard = templates() / "standard"
    blocks = re.findall(r"<% block (\w+) %>", (standard / "plan.md").read_text("utf-8"))
    documents = sorted(path.name for path in standard.glob("*.md") if path.name != "plan.md")
    text = say.text("template.md")
    return text.replace("@blocks@", _wrapped(blocks)).replace("@documents@", _wrapped(documents))


def _wrapped(names: list[str]) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > 110:
            lines.append("")
        lines[-1] += f"{name}, "
    return "\n".join(line.strip() for line in lines).strip(", ")


def _words(say: Catalogue) -> str:
    return say.text("template-words.toml") + "\n".join(_tables(usual(say.language), ())) + "\n"


def _tables(tree: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """A tree of words as TOML in which every word is a comment."""
    words = {name: held for name, held in tree.items() if isinstance(held, str)}
    if words:
        yield f"\n[{'.'.join(path)}]"
        yield from (f"# {name} = {json.dumps(text, ensure_ascii=False)}" for name, text in words.items())
    for name, held in tree.items():
        if not isinstance(held, str):
            yield from _tables(held, (*path, name))
