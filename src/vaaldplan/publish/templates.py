"""The built-in templates: where they stand, how they are written, and the look they share."""

import base64
from functools import cache
from pathlib import Path
from typing import Any, Literal

from vaaldplan import tables
from vaaldplan.look import Look

Kind = Literal["html", "markdown"]
"""``html`` renders HTML and SVG and escapes every value; ``markdown`` renders the documents' source."""

MARKDOWN_SYNTAX: dict[str, Any] = {
    "block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "<<", "variable_end_string": ">>",
    "comment_start_string": "<#", "comment_end_string": "#>", "keep_trailing_newline": True, "trim_blocks": True,
    "lstrip_blocks": True,
}  # fmt: skip
"""Braces belong to Markdown's attributes, and ``{#`` would open a comment in every heading with an id."""


@cache
def folder() -> Path:
    """The built-in templates: inside the installed package, else beside ``src`` in the repository."""
    here = Path(__file__).resolve()
    packaged = here.parents[1] / "templates"
    return packaged if packaged.is_dir() else here.parents[3] / "templates"


def compiled() -> Path:
    """Where the built-in templates are kept in compiled form, as Python's own modules have theirs."""
    return folder() / "__pycache__"


USUAL = Look()


@cache
def look(own: Look = USUAL) -> dict[str, Any]:
    """The colours and fonts of ``look.toml``, with the municipality's own in their place."""
    found = dict(tables.read(folder() / "standard" / "look.toml"))
    if own.colours:
        _recolour(found["colour"], dict(own.colours))
    usual = found["font"]["body"]
    if own.fonts:
        found["font"]["body"] = own.fonts[0].family
        found["font"]["fallback"] = [f"'{usual}'", *found["font"]["fallback"]]
        found["font"]["own"] = [
            {
                "family": f.family, "weight": f.weight, "italic": f.italic,
                "data": base64.b64encode(f.data).decode(), "kind": "otf" if f.data[:4] == b"OTTO" else "ttf",
            }
            for f in own.fonts
        ]  # fmt: skip
    found["font"]["paper"] = list(dict.fromkeys([found["font"]["body"], usual]))
    return found


def _recolour(colour: dict[str, Any], own: dict[str, str]) -> None:
    """Put own colours in place, and shades of them where the usual ones are shades of the usual accent. In place."""
    from vaaldplan.look.colours import WHITE, mixed, on

    colour |= own
    if "accent" in own:
        accent = own["accent"]
        if "pale" not in own:
            colour["pale"] = mixed(accent, WHITE, 0.94)
        colour["heat"] = [*(mixed(accent, WHITE, share) for share in (0.9, 0.72, 0.5, 0.22)), accent]
    for i, name in enumerate(("accent", "accent2", "accent3")):
        colour["series"][2 * i] = colour[name]
    dark = colour["ink"]
    for shades in ("heat", "series"):
        colour[f"{shades}_ink"] = [on(shade, dark) for shade in colour[shades]]
