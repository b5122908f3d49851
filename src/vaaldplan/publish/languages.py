"""Which pieces of a document are in the plan's language, when the document's own words are in another.

The tree does not know who has worded what: the views put labels and the author's texts together. Here every text of
the plan is looked for in the finished tree, and what is found is marked, so that it is read aloud, hyphenated and
spell-checked as what it is. A document in the language of its plan is left as it is.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from vaaldplan.facts.council import council_sources
from vaaldplan.patterns import regex
from vaaldplan.plan.load import walk
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Word
from vaaldplan.swedish import MONTHS
from vaaldplan.texts.catalogue import Catalogue

from .parse import plain_text, worded
from .tree import Inline, Tree
from .view_help import CUT
from .words import Words

_WORD = regex(r"\w+")
_SAYS_SOMETHING = regex(r"[^\W\d_]{2}|\b[^\W\d_]\b")
"""A word; numbers and ids such as ``A1`` belong to no language."""
_MARKDOWN = regex(r"[\\`*_\[\]<>|#\n&]|^\W|^\d+[.)]")
_INLINES = frozenset({"text", "br", "strong", "em", "link", "note"})
_DOCUMENT = ("document", "value", "count", "writer", "papers")
"""The labels that a document is worded with."""


def marked(tree: Tree, plan: Plan, language: str, say: Words) -> Tree:
    """A document's tree with what the author of its plan has worded marked.

    Args:
        tree: the document.
        plan: what it is made from.
        language: the plan's.
        say: the words that the document is written with.
    """
    author = _Author(language, [*_texts(plan), *_around(language, say)], _vocabulary(say.catalogue))
    made = cast(Tree, _each_list(tree, author))
    plain = [tree["title"], tree["subtitle"], tree["municipality"], tree["notice"], tree["footer"]]
    plain += [text for pair in tree["meta"] for text in pair]
    plain += [plain_text(line["c"]) for line in tree["toc"]]
    plain += _captions(tree["blocks"])
    made["said"] = {text: pieces for text in plain if (pieces := author.inlines(_text(text))) != _text(text)}
    return made


def _text(value: str) -> list[Inline]:
    return [{"t": "text", "v": value}]


class _Author:
    """Knows the author's texts, and finds them in others."""

    def __init__(self, language: str, texts: Iterable[str], vocabulary: frozenset[str]) -> None:
        self.language = language
        self.vocabulary = vocabulary
        self.texts: dict[str, list[str]] = {}
        """By their first word, the longest first."""
        for text in sorted(set(texts), key=len, reverse=True):
            if _SAYS_SOMETHING.search(text) and (first := _WORD.search(text)):
                self.texts.setdefault(first[0], []).append(text[first.start() :].rstrip())

    def inlines(self, content: list[Inline]) -> list[Inline]:
        """Some inlines with the author's texts marked; all of them under one mark where nothing else is said."""
        found: list[Inline] = []
        for inline in content:
            if inline["t"] == "text":
                found += self._pieces(inline["v"])
            else:
                found.append(inline | {"c": self.inlines(inline["c"])} if "c" in inline else inline)
        said = any(inline["t"] == "lang" for inline in found)
        if len(found) > 1 and said and all(_whole(inline) for inline in found):
            return [{"t": "lang", "lang": self.language, "c": content}]
        return found

    def _pieces(self, text: str) -> list[Inline]:
        """A text in pieces, the author's marked; what stands between two of them and says nothing goes with them."""
        spans: list[tuple[int, int]] = []
        for word in _WORD.finditer(text):
            if not spans or word.start() >= spans[-1][1]:
                end = self._end(text, word.start(), word[0])
                if end and spans and not _SAYS_SOMETHING.search(text[spans[-1][1] : word.start()]):
                    spans[-1] = (spans[-1][0], end)
                elif end:
                    spans.append((word.start(), end))
        found: list[Inline] = []
        done = 0
        for start, end in spans:
            found += _text(text[done:start]) if start > done else []
            found.append({"t": "lang", "lang": self.language, "c": _text(text[start:end])})
            done = end
        return [*found, *(_text(text[done:]) if done < len(text) or not found else [])]

    def _end(self, text: str, start: int, word: str) -> int:
        """Where the author's longest text that begins here ends; 0 when there is none."""
        cut = text.find(CUT, start)
        for known in self.texts.get(word, ()):
            end = start + len(known)
            if text.startswith(known, start):
                if not (known[-1].isalnum() and text[end : end + 1].isalnum()) and self._sure(known, text):
                    return end
            elif cut > start and known.startswith(text[start:cut]):
                return cut
        return 0

    def _sure(self, known: str, text: str) -> bool:
        """Whether it is not just words that the document has too, unless it stands alone."""
        return known == text.strip() or not self.vocabulary.issuperset(w.casefold() for w in _WORD.findall(known))


def _whole(inline: Inline) -> bool:
    """Whether all that an inline says is the author's, or it says nothing."""
    match inline["t"]:
        case "text":
            return not _SAYS_SOMETHING.search(inline["v"])
        case "strong" | "em" | "link":
            return all(_whole(inner) for inner in inline["c"])
        case kind:
            return kind in ("lang", "br")


def _each_list(value: Any, author: _Author) -> Any:
    """A copy of a part of the tree, each list of inlines marked."""
    if isinstance(value, dict):
        return {key: _each_list(inner, author) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value and all(isinstance(inner, dict) and inner.get("t") in _INLINES for inner in value):
        return author.inlines(value)
    return [_each_list(inner, author) for inner in value]


def _captions(value: Any) -> Iterator[str]:
    """The captions of tables and pictures, wherever they stand."""
    if isinstance(value, dict):
        if value.get("caption"):
            yield value["caption"]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _captions(inner)


# ------------------------------------------------------------ whose words


def _vocabulary(words: Catalogue) -> frozenset[str]:
    """Every word that the document's own language has there."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for inner in value.values() if isinstance(value, dict) else ():
            yield from strings(inner)

    labels = [*MONTHS[words.language], *(label for section in _DOCUMENT for label in strings(words.tree(section)))]
    return frozenset(word for label in labels for word in _WORD.findall(label.casefold()))


def _around(language: str, say: Words) -> Iterator[str]:
    """Texts of the plan's language that stand outside of it: the municipality's own headings, the names of laws."""
    yield from say.settings.headings.values()
    yield from (label for _, label in say.settings.cover or ())
    if language == "sv":
        yield from (law.name for law in council_sources())


def _texts(plan: Plan) -> Iterator[str]:
    """Every text of the plan as a document shows it: on one line, and each piece between the marks of its Markdown."""
    for node in walk(plan):
        for text in _of(node):
            yield " ".join(text.replace("\r", "").split("\n"))
            if _MARKDOWN.search(text):
                yield from worded(text)


def _of(node: Node) -> Iterator[str]:
    """The texts of an entry, and why something in it is left open."""
    waiting: list[Any] = []
    for name, field in type(node).model_fields.items():
        value, fixed = (
            getattr(node, name),
            {*(field.meta.words or ()), *(f"@{word}" for word in field.meta.special or ())},
        )
        waiting.append([text for text in value if text not in fixed] if fixed and isinstance(value, list) else value)
    for _, fact in node.opens():
        waiting += [fact.reason, *(text for account in fact.accounts for text in account)]
    while waiting:
        match waiting.pop():
            case Word() | Node() | None:
                pass
            case str() as text:
                yield text
            case list() as several:
                waiting += several
            case dict() as by_period:
                waiting += [*by_period, *by_period.values()]
            case other:
                waiting.append(getattr(other, "text", None))
