"""Plan → document tree: the view, ordered by the template, parsed into blocks."""

from collections.abc import Iterator
from typing import NamedTuple

from vaaldplan.config import Settings
from vaaldplan.facts.help import leave
from vaaldplan.plan.identity import identity
from vaaldplan.plan.model import Plan

from . import jinja
from .documents import DOCUMENTS, Document
from .markup import Proses, escape
from .own import OWN, Own
from .parse import Grown, grow
from .source import Source
from .tree import Tree
from .view import View
from .view_help import help_numbers
from .words import Words


def compose(plan: Plan, lang: str) -> Tree:
    """Put a plan into the tree of its main document, in a language (``sv`` or ``en``)."""
    return next(trees(DOCUMENTS[0], plan, lang)).tree


def language_of(plan: Plan) -> str:
    """The language that a plan is written in: what it says itself, else Swedish."""
    return plan.language.value if plan.language else "sv"


class Made(NamedTuple):
    """A tree, and whom this copy of the document is for."""

    tree: Tree
    of: str


def trees(
    document: Document,
    plan: Plan,
    lang: str,
    settings: Settings = Settings(),  # noqa: B008
    own: Own = OWN,
) -> Iterator[Made]:
    """Put a plan into the trees of a document, one for each body it is made for.

    Args:
        document: which document.
        plan: the plan.
        lang: the document's language, ``sv`` or ``en``.
        settings: the municipality's own.
        own: its own words and templates.

    Raises:
        TemplateError: a template of its own cannot be used.
    """
    say = Words(plan, lang, settings, own)
    views = document.views(plan, say)
    if own.templates:
        from .sandbox import grown_apart

        bodies = grown_apart(document.name, views, say)
    else:
        bodies = [_grown(document, found, say) for found in views]
    for found, grown in zip(views, bodies, strict=True):
        tree = _tree(document, found, grown, plan, say)
        if (language := language_of(plan)) != tree["lang"]:
            from .languages import marked

            tree = marked(tree, plan, language, say)
        yield Made(tree, found.of)


def _grown(document: Document, found: View, say: Words) -> Grown:
    source = Source(found.sections, say.catalogue, say.settings.headings, order=say.settings.chapters)
    return grow(rendered(document, source), source.proses, found.figures)


def rendered(document: Document, source: Source) -> str:
    """The source of a document as Markdown, in the order of its template."""
    template = jinja.template("markdown", f"{document.name}.md", escape)
    return source.arranged(template.render(source.names()))


def _tree(document: Document, found: View, grown: Grown, plan: Plan, say: Words) -> Tree:
    cover = found.cover
    tree: Tree = {
        "lang": "en" if say.lang == "en" else "sv",
        "title": cover.title,
        "subtitle": cover.subtitle,
        "municipality": cover.municipality,
        "status": cover.status,
        "notice": cover.notice,
        "meta": cover.meta,
        "date": cover.date,
        "footer": cover.footer,
        "words": say.catalogue.labels("writer"),
        "toc": grown.toc,
        "blocks": grown.blocks,
        "notes": grown.notes,
        "keywords": [t for t in (plan.document_type, cover.municipality, plan.case_number) if t],
        "identity": identity(plan)._asdict(),
    }
    if not document.cover:
        tree["opening"] = "head"
    if document.most_pages:
        tree["most_pages"] = document.most_pages
    if document.public:
        numbers = grow(Source({}, say.catalogue).written(help_numbers(plan, say)), Proses(), {}).blocks
        tree["help"] = {"blocks": numbers, "inside": "help" in found.sections, "leave": leave()}
    return tree
