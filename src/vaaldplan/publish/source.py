"""The view's parts as Markdown of the document's source, for the template to put in order."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from vaaldplan.config import OWN_CHAPTER
from vaaldplan.patterns import regex
from vaaldplan.texts.catalogue import Catalogue

from .markup import CAPTION, TOC, Markup, Proses, escape, pieces
from .parts import Facts, Items, Line, Part, Picture, Prose, Section, Table
from .words import anchor

Sections = dict[str, list[Part]]
Override = Callable[[str, Callable[[], Markup]], Markup | None]
"""What a municipality has in place of a section's contents; given the section's name and how to write the usual."""


class UnknownError(Exception):
    """A template asks for something that is not there: ``section`` or ``word``, its name, what there is."""

    def __init__(self, kind: str, name: str, allowed: str = "") -> None:
        super().__init__(kind, name)
        self.kind = kind
        self.name = name
        self.allowed = allowed


_ANCHOR = regex(r"\{#([^\s}]+)")
_ALIGN = {"l": ":---", "r": "---:", "c": ":---:"}


class Source:
    """Writes the view's parts as Markdown of the document's source, for the template to put in order."""

    def __init__(
        self,
        sections: Sections,
        words: Catalogue,
        headings: Mapping[str, str] = MappingProxyType({}),
        override: Override | None = None,
        order: Sequence[str] = (),
    ) -> None:
        self.sections = sections
        self.words = words
        self.headings = headings
        self.override = override
        self.order = order
        self.anchors: dict[str, str] = {}
        self.proses = Proses()
        self.appendices = 0

    def names(self) -> dict[str, Any]:
        """What a template may call."""
        return {
            "part": self.part,
            "chapter": self.chapter,
            "plain": self.plain,
            "contents": self.contents,
            "appendix": self.appendix,
            "appended": self.appended,
            "t": self.label,
            "p": self.paper,
            "toc": Markup(TOC),
        }

    def label(self, key: str, **params: Any) -> str:
        """A word or sentence of the document, by its label."""
        return self._word(f"document.{key}", params)

    def paper(self, key: str, **params: Any) -> str:
        """A word or sentence of the papers beside the plan, by its label."""
        return self._word(f"papers.{key}", params)

    def _word(self, key: str, params: dict[str, Any]) -> str:
        try:
            return self.words.label(key, **params)
        except (KeyError, TypeError):  # no such label, or something else than a label
            raise UnknownError("word", key) from None

    def _section(self, name: str) -> list[Part]:
        if name not in self.sections:
            raise UnknownError("section", str(name), ", ".join(self.sections))
        return self.sections[name]

    def _contents(self, name: str, level: int) -> str:
        """What a section says: the municipality's own words if it has any, else the plan's."""
        parts = self._section(name)
        own = self.override(name, lambda: Markup(self._parts(parts, level))) if self.override else None
        return self._parts(parts, level) if own is None else own if own.strip() else ""

    def own(self, heading: str) -> str:
        """The heading of a chapter as the municipality writes it."""
        return self.headings.get(heading.casefold(), heading)

    def part(self, name: str, level: int = 1) -> Markup:
        """The contents of a section of the view."""
        return Markup(self._contents(name, level))

    def chapter(self, name: str, heading: str, anchor: str) -> Markup:
        """A section under a heading of the top level; empty when it has nothing to say."""
        self.anchors[name] = anchor
        contents = self._contents(name, 2)
        return Markup(f"\n\n# {escape(self.own(heading))} {{#{anchor}}}\n\n{contents}" if contents else "")

    def contents(self, name: str, least: int) -> Markup:
        """The list of contents, in a document long enough for one: where a section has so many parts."""
        return Markup(f"\n\n{TOC}\n\n" if len(self._section(name)) >= least else "")

    def plain(self, name: str, heading: str, anchor: str) -> Markup:
        """A chapter without a number, for papers of a few pages; empty when it has nothing to say."""
        contents = self._contents(name, 2)
        marks = f"{{#{anchor} .unnumbered}}"
        return Markup(f"\n\n# {escape(self.own(heading))} {marks}\n\n{contents}" if contents else "")

    def appendix(self, name: str, heading: str, anchor: str) -> Markup:
        """The same as an appendix with a number of its own."""
        contents = self._contents(name, 2)
        if not contents:
            return Markup("")
        self.appendices += 1
        title = self.label("appendix", number=self.appendices, heading=self.own(heading))
        return Markup(f"\n\n# {escape(title)} {{#{anchor} .unnumbered}}\n\n{contents}")

    def appended(self, name: str) -> Markup:
        """The author's own appendices, numbered with the others."""
        texts = []
        for part in self._section(name):
            if isinstance(part, Section):
                self.appendices += 1
                title = self.label("appendix", number=self.appendices, heading=part.heading)
                texts.append(self._under_heading(part._replace(heading=title, numbered=False), 1))
        return Markup("".join(texts))

    def arranged(self, text: str) -> str:
        """The rendered source with its chapters in the municipality's order; what has no number stays in its place."""
        if not self.order:
            return text
        groups: list[list[str]] = [[]]
        for piece in pieces(text):
            if piece.startswith("# "):
                groups.append([])
            groups[-1].append(piece)
        texts = ["\n".join(group) for group in groups]
        anchors = [self.anchors.get(n, anchor("k", n.removeprefix(OWN_CHAPTER))) for n in self.order]
        places = [i for i, one in enumerate(texts) if one.startswith("# ") and ".unnumbered" not in one.split("\n")[0]]

        def rank(place: int) -> int:
            named = _ANCHOR.search(texts[place].split("\n")[0])
            return anchors.index(named[1]) if named and named[1] in anchors else len(anchors)

        moved = dict(zip(places, sorted(places, key=rank), strict=True))
        return "\n".join(texts[moved.get(i, i)] for i in range(len(texts)))

    def written(self, parts: list[Part]) -> str:
        """Some parts as Markdown."""
        return self._parts(parts, 1)

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
                return self._under_heading(part, level)

    @staticmethod
    def _table(table: Table) -> str:
        def row(cells: list[str]) -> str:
            return "| " + " | ".join(escape(c) for c in cells) + " |\n"

        rule = "|" + "|".join(_ALIGN[a] for a in table.align) + "|\n"
        widths = " ".join(str(w) for w in table.widths)
        caption = f'{CAPTION}{escape(table.caption)} {{#{table.anchor} widths="{widths}" sums="{table.sums}"}}'
        return f"\n\n{row(table.head)}{rule}{''.join(row(r) for r in table.rows)}\n{caption}\n\n"

    def _under_heading(self, section: Section, level: int) -> str:
        classes = ("" if section.listed else " .notoc") + ("" if section.numbered else " .unnumbered")
        anchor = f"#{section.anchor}" if section.anchor else ""
        heading = f"\n\n{'#' * min(level, 4)} {escape(section.heading)} {{{anchor}{classes}}}\n\n"
        body = heading + self._parts(section.parts, level + 1)
        return f"\n\n::: card\n{body}\n\n:::\n\n" if section.card else body
