"""From a plan to papers: the view, the one source in Jinja and Markdown, the document tree, one writer per format."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vaaldplan.config import FORMATS
from vaaldplan.plan.model import Plan

__all__ = ["FORMATS", "Paper", "build", "filled_cells"]


class Paper(NamedTuple):
    """A finished file."""

    name: str
    data: bytes
    pages: int | None


def build(
    plan: Plan, formats: tuple[str, ...] = FORMATS, *, progress: Callable[[str], object] = str
) -> Iterator[Paper]:
    """Build a plan's document, one file per format. Engines are imported only for the formats asked for.

    Args:
        plan: the plan.
        formats: which of ``FORMATS``.
        progress: told the name of each file before it is made; first told an empty name.
    """
    from .compose import compose

    progress("")
    tree = compose(plan, plan.language.value if plan.language else "sv")
    for name in (f for f in FORMATS if f in formats):
        file = f"plan.{name}"
        progress(file)
        pages: int | None = None
        if name == "html":
            from . import html

            data = html.write(tree)
        elif name == "pdf":
            from . import pdf

            data, pages = pdf.write(tree)
        elif name == "docx":
            from . import docx

            data = docx.write(tree)
        else:
            from . import markdown

            data = markdown.write(tree)
        yield Paper(file, data, pages)


def filled_cells(plan: Plan) -> int:
    """How many of the nine cells have a measure of the plan's own."""
    from .money import counted

    return len({(m.level, m.tier) for m in counted(plan.measures) if m.level and m.tier})
