"""From a plan to papers: the view, a source in Jinja and Markdown, the document tree, one writer per format."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from vaaldplan.config import FORMATS, STANDARDS, Settings
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Finding, Severity
from vaaldplan.look import Look
from vaaldplan.paper import Built
from vaaldplan.plan.model import Plan

from .documents import DOCUMENTS, Document, named
from .own import TemplateError, read
from .tree import Tree

__all__ = [
    "DOCUMENTS",
    "FORMATS",
    "STANDARDS",
    "Document",
    "Inside",
    "Job",
    "Paper",
    "TemplateError",
    "TooMuchError",
    "build",
    "filled_cells",
    "jobs",
    "named",
]


class Paper(NamedTuple):
    """A finished file."""

    name: str
    data: bytes
    pages: int | None = None
    built: Built | None = None
    """What it is like, where the writer knows."""


MOST_PAPERS = 2_000
"""How many files one build may make; the largest municipality has some thirty boards, and each may have its extract."""
LARGEST_OUTPUT = 500_000_000
"""How many bytes they may have together."""


class TooMuchError(VaaldplanError):
    """The plan would give more than anybody can use; carries the finding."""

    def __init__(self, variant: str, limit: int) -> None:
        super().__init__("internal")
        self.finding = Finding("S10", Severity.ERROR, (), {"limit": limit}, variant)


class Job(NamedTuple):
    """A document to write, and what its files are called."""

    name: str
    tree: Tree
    look: Look = Look()
    whole: bool = False
    """Whether it is the plan itself, which may carry the files it is made from."""


class Inside(NamedTuple):
    """Which standard for archives a PDF follows, and the files that the plan is made from, by name."""

    standard: str
    sources: Mapping[str, bytes]


def jobs(
    plan: Plan,
    documents: tuple[Document, ...] = DOCUMENTS[:1],
    *,
    lang: str = "",
    settings: Settings = Settings(),  # noqa: B008
    texts: Mapping[str, str] = MappingProxyType({}),
) -> list[Job]:
    """Put a plan into the trees of some documents.

    Args:
        plan: the plan.
        documents: which of ``DOCUMENTS``.
        lang: the documents' language, ``sv`` or ``en``; the plan's own when it is empty.
        settings: the municipality's own, among them how the files are called.
        texts: the municipality's own templates and words, by their path in the folder ``mallar/``.

    Raises:
        TemplateError: a template of its own cannot be used.
        TooMuchError: there would be too many.
    """
    from .compose import language_of, trees
    from .names import Names
    from .words import Words

    lang = lang or language_of(plan)
    own = read(texts)
    names = Names(plan, Words(plan, lang, settings, own), settings.file_name)
    found: list[Job] = []
    for document in documents:
        for made in trees(document, plan, lang, settings, own):
            if len(found) >= MOST_PAPERS:
                raise TooMuchError("papers", MOST_PAPERS)
            name = names.name(document, made.of)
            found.append(Job(name, made.tree, settings.look, document is DOCUMENTS[0]))
    return found


def build(
    todo: list[Job],
    formats: tuple[str, ...] = FORMATS,
    *,
    inside: Inside | None = None,
    progress: Callable[[str], object] = str,
) -> Iterator[Paper]:
    """Write documents, one file per format. Engines are imported only for the formats asked for.

    Args:
        todo: the documents.
        formats: which of ``FORMATS``.
        inside: what of the PDF files is not as usual.
        progress: told the name of each file before it is made.

    Raises:
        TooMuchError: the files together are too large.
    """
    size = 0
    for job in todo:
        for form in (f for f in FORMATS if f in formats):
            file = f"{job.name}.{form}"
            progress(file)
            paper = _written(job, form, file, inside)
            size += len(paper.data)
            if size > LARGEST_OUTPUT:
                raise TooMuchError("output", LARGEST_OUTPUT // 1_000_000)
            yield paper


def _written(job: Job, form: str, file: str, inside: Inside | None) -> Paper:
    """Write a document in a format."""
    tree = job.tree
    if form == "html":
        from . import html

        data = html.write(tree, job.look)
    elif form == "pdf":
        from . import pdf

        chosen = inside or Inside(STANDARDS[0], pdf.NOTHING)
        sources = chosen.sources if job.whole else pdf.NOTHING
        made = pdf.write(tree, job.look, standard=chosen.standard, sources=sources)
        return Paper(file, made.data, made.pages, made.built._replace(name=file))
    elif form == "docx":
        from . import docx

        data = docx.write(tree, job.look)
    else:
        from . import markdown

        data = markdown.write(tree)
    return Paper(file, data)


def filled_cells(plan: Plan) -> int:
    """How many of the nine cells have a measure of the plan's own."""
    from .money import counted

    return len({(m.level, m.tier) for m in counted(plan.measures) if m.level and m.tier})
