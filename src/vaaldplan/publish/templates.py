"""The one door to Jinja: where the templates stand, the environments that render them, and the look they share."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

Kind = Literal["html", "markdown"]
"""``html`` renders HTML and SVG and escapes every value; ``markdown`` renders the documents' source."""

BREAK = Markup("<wbr>")
"""A place where a browser may break a line. Joining texts with it escapes them."""


@cache
def folder() -> Path:
    """The built-in templates: inside the installed package, else beside ``src`` in the repository."""
    here = Path(__file__).resolve()
    packaged = here.parents[1] / "templates"
    return packaged if packaged.is_dir() else here.parents[3] / "templates"


@cache
def environment(kind: Kind, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """The Jinja environment of a kind; ``finalize`` passes every value of a ``markdown`` template."""
    loader = FileSystemLoader(folder() / "standard")
    if kind == "html":
        found = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        found.globals["look"] = look()
        return found
    # Braces belong to Markdown's attributes, and {# would open a comment in every heading with an id.
    return Environment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=finalize,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def look() -> dict[str, Any]:
    """The colours and fonts of ``look.toml``."""
    return tomllib.loads((folder() / "standard" / "look.toml").read_text(encoding="utf-8"))
