"""Plan → document tree: the view, ordered by the template, parsed into blocks."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vaaldplan.config import Settings
from vaaldplan.facts import leave
from vaaldplan.plan.identity import identity
from vaaldplan.plan.model import Plan
from vaaldplan.texts.catalogue import catalogue

from . import templates
from .documents import DOCUMENTS, Document
from .parse import CAPTION, TOC, Markup, Proses, escape, grow
from .parts import Facts, Items, Line, Part, Picture, Prose, Section, Table
from .tree import Tree
from .view import View
from .view_help import help_numbers
from .words import Words

_ALIGN = {"l": ":---", "r": "---:", "c": ":---:"}


class _Source:
    """Writes the view's parts as Markdown of the document's source, for the template to put in order."""

    def __init__(self, found: View, lang: str, headings: Mapping[str, str]) -> None:
        self.view = found
        self.proses = Proses()
        self.appendices = 0
        self.headings = headings
        self._catalogue = catalogue(lang)

    def label(self, key: str, **params: Any) -> str:
        return self._catalogue.label(f"document.{key}", **params)

    def own(self, heading: str) -> str:
        """The heading of a chapter as the municipality writes it."""
        return self.headings.get(heading.casefold(), heading)

    def part(self, name: str, level: int = 1) -> Markup:
        """The contents of a section of the view."""
        return Markup(self._parts(self.view.sections[name], level))

    def chapter(self, name: str, heading: str, anchor: str) -> Markup:
        """A section under a heading of the top level; empty when it has nothing to say."""
        contents = self.view.sections[name]
        return Markup(
            f"\n\n# {escape(self.own(heading))} {{#{anchor}}}\n\n{self._parts(contents, 2)}" if contents else ""
        )

    def plain(self, name: str, heading: str, anchor: str) -> Markup:
        """A chapter without a number, for papers of a few pages; empty when it has nothing to say."""
        contents = self.view.sections[name]
        marks = f"{{#{anchor} .unnumbered}}"
        return Markup(f"\n\n# {escape(self.own(heading))} {marks}\n\n{self._parts(contents, 2)}" if contents else "")

    def contents(self, name: str, least: int) -> Markup:
        """The list of contents, in a document long enough for one: where a section has so many parts."""
        return Markup(f"\n\n{TOC}\n\n" if len(self.view.sections[name]) >= least else "")

    def appendix(self, name: str, heading: str, anchor: str) -> Markup:
        """The same as an appendix with a number of its own."""
        contents = self.view.sections[name]
        if not contents:
            return Markup("")
        self.appendices += 1
        title = self.label("appendix", number=self.appendices, heading=self.own(heading))
        return Markup(f"\n\n# {escape(title)} {{#{anchor} .unnumbered}}\n\n{self._parts(contents, 2)}")

    def appended(self, name: str) -> Markup:
        """The author's own appendices, numbered with the others."""
        texts = []
        for part in self.view.sections[name]:
            if isinstance(part, Section):
                self.appendices += 1
                title = self.label("appendix", number=self.appendices, heading=part.heading)
                texts.append(self._section(part._replace(heading=title, numbered=False), 1))
        return Markup("".join(texts))

    def _parts(self, parts: list[Part], level: int) -> str:
        return "".join(self._part(p, level) for p in parts)

    def _part(self, part: Part, level: int) -> str:
        match part:
            case Prose(text):
                return self.proses.mark(text)
            case Line(text):
                return f"\n\n{escape(text)}\n\n"
            case Items(texts, numbered):
                return "\n\n" + "".join(f"{'1.' if numbered else '-'} {escape(t)}\n" for t in texts) + "\n"
            case Facts(found):
                return "\n\n" + "".join(f"{escape(f.label)}\n: {escape(f.text)}\n\n" for f in found)
            case Table():
                return self._table(part)
            case Picture(name, caption):
                return f"\n\n![{escape(caption)}]({name})\n\n"
            case Section():
                return self._section(part, level)

    @staticmethod
    def _table(table: Table) -> str:
        def row(cells: list[str]) -> str:
            return "| " + " | ".join(escape(c) for c in cells) + " |\n"

        rule = "|" + "|".join(_ALIGN[a] for a in table.align) + "|\n"
        widths = " ".join(str(w) for w in table.widths)
        caption = f'{CAPTION}{escape(table.caption)} {{#{table.anchor} widths="{widths}" sums="{table.sums}"}}'
        return f"\n\n{row(table.head)}{rule}{''.join(row(r) for r in table.rows)}\n{caption}\n\n"

    def _section(self, section: Section, level: int) -> str:
        classes = ("" if section.listed else " .notoc") + ("" if section.numbered else " .unnumbered")
        anchor = f"#{section.anchor}" if section.anchor else ""
        heading = f"\n\n{'#' * min(level, 4)} {escape(section.heading)} {{{anchor}{classes}}}\n\n"
        body = heading + self._parts(section.parts, level + 1)
        return f"\n\n::: card\n{body}\n\n:::\n\n" if section.card else body


def compose(plan: Plan, lang: str) -> Tree:
    """Put a plan into the tree of its main document, in a language (``sv`` or ``en``)."""
    return next(trees(DOCUMENTS[0], plan, lang)).tree


class Made(NamedTuple):
    """A tree, and whom this copy of the document is for."""

    tree: Tree
    of: str


def trees(document: Document, plan: Plan, lang: str, settings: Settings = Settings()) -> Iterator[Made]:  # noqa: B008
    """Put a plan into the trees of a document, one for each body it is made for.

    Args:
        document: which document.
        plan: the plan.
        lang: the document's language, ``sv`` or ``en``.
        settings: the municipality's own.
    """
    say = Words(plan, lang, settings)
    for found in document.views(plan, say):
        yield Made(_tree(document, found, plan, say), found.of)


def _tree(document: Document, found: View, plan: Plan, say: Words) -> Tree:
    source = _Source(found, say.lang, say.settings.headings)
    rendered = (
        templates.environment("markdown", finalize=escape)
        .get_template(f"{document.name}.md")
        .render(
            part=source.part,
            chapter=source.chapter,
            plain=source.plain,
            contents=source.contents,
            appendix=source.appendix,
            appended=source.appended,
            t=source.label,
            p=say.paper,
            toc=Markup(TOC),
        )
    )
    grown = grow(rendered, source.proses, found.figures)
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
        "words": catalogue(say.lang).labels("writer"),
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
        numbers = grow(source._parts(help_numbers(plan, say), 1), Proses(), {}).blocks
        tree["help"] = {"blocks": numbers, "inside": "help" in found.sections, "leave": leave()}
    return tree
