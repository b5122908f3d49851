"""From a plan to papers: the view, a source in Jinja and Markdown, the document tree, one writer per format."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vaaldplan.config import FORMATS, Settings
from vaaldplan.plan.model import Plan

from .documents import DOCUMENTS, Document, named
from .tree import Tree

__all__ = ["DOCUMENTS", "FORMATS", "Document", "Job", "Paper", "build", "filled_cells", "jobs", "named"]


class Paper(NamedTuple):
    """A finished file."""

    name: str
    data: bytes
    pages: int | None


class Job(NamedTuple):
    """A document to write, and what its files are called."""

    name: str
    tree: Tree


def jobs(
    plan: Plan,
    documents: tuple[Document, ...] = DOCUMENTS[:1],
    *,
    lang: str = "",
    settings: Settings = Settings(),  # noqa: B008
) -> list[Job]:
    """Put a plan into the trees of some documents.

    Args:
        plan: the plan.
        documents: which of ``DOCUMENTS``.
        lang: the documents' language, ``sv`` or ``en``; the plan's own when it is empty.
        settings: the municipality's own, among them how the files are called.
    """
    from .compose import trees
    from .names import Names
    from .words import Words

    lang = lang or (plan.language.value if plan.language else "sv")
    names = Names(plan, Words(plan, lang), settings.file_name)
    return [Job(names.name(d, made.of), made.tree) for d in documents for made in trees(d, plan, lang, settings)]


def build(
    todo: list[Job], formats: tuple[str, ...] = FORMATS, *, progress: Callable[[str], object] = str
) -> Iterator[Paper]:
    """Write documents, one file per format. Engines are imported only for the formats asked for.

    Args:
        todo: the documents.
        formats: which of ``FORMATS``.
        progress: told the name of each file before it is made.
    """
    for job in todo:
        for form in (f for f in FORMATS if f in formats):
            file = f"{job.name}.{form}"
            progress(file)
            yield _written(job.tree, form, file)


def _written(tree: Tree, form: str, file: str) -> Paper:
    pages: int | None = None
    if form == "html":
        from . import html

        data = html.write(tree)
    elif form == "pdf":
        from . import pdf

        data, pages = pdf.write(tree)
    elif form == "docx":
        from . import docx

        data = docx.write(tree)
    else:
        from . import markdown

        data = markdown.write(tree)
    return Paper(file, data, pages)


def filled_cells(plan: Plan) -> int:
    """How many of the nine cells have a measure of the plan's own."""
    from .money import counted

    return len({(m.level, m.tier) for m in counted(plan.measures) if m.level and m.tier})
