"""A municipality's own words: ``mallar/ord.toml`` beside the plan, written like ``labels.toml``.

Words for Swedish documents stand in ``ord.toml``, those for English ones in ``ord.en.toml``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vaaldplan import tables
from vaaldplan.finding import Finding, Severity, Span
from vaaldplan.look.folder import FOLDER

from .catalogue import LANGUAGES, catalogue

SECTIONS = ("document", "papers", "value", "count", "writer")
"""The parts of the labels that documents are written with."""


class Own(NamedTuple):
    """The words by language, each a tree like the labels, and what is wrong."""

    words: dict[str, dict[str, Any]]
    findings: list[Finding]


def file_of(lang: str) -> str:
    """The file in the folder that holds the words of a language."""
    return "ord.toml" if lang == LANGUAGES[0] else f"ord.{lang}.toml"


def words(texts: Mapping[str, str], shown: str = f"{FOLDER}/") -> Own:
    """Read the words among the texts of the folder.

    Args:
        texts: the texts of ``mallar/`` by their path in it.
        shown: what the folder is called in findings.
    """
    own = Own({}, [])
    for lang in LANGUAGES:
        if file_of(lang) in texts:
            reader = _Reader(texts[file_of(lang)], shown + file_of(lang), lang)
            kept = reader.read()
            own.findings.extend(reader.findings)
            if kept:
                own.words[lang] = kept
    return own


def usual(lang: str) -> dict[str, Any]:
    """All the words of documents in a language."""
    say = catalogue(lang)
    return {name: say.tree(name) for name in SECTIONS}


class _Reader:
    def __init__(self, text: str, shown: str, lang: str) -> None:
        self.text, self.shown, self.lang = text, shown, lang
        self.findings: list[Finding] = []
        self._nearest = tables.Nearest(0.75)

    def read(self) -> dict[str, Any]:
        try:
            data = tables.parse(self.text)
        except tables.UnreadableError as error:
            self._report("file", error.place)
            return {}
        return self._over(usual(self.lang), data, ())

    def _over(self, known: Mapping[str, Any], own: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        """What of a tree of own words can be used."""
        kept: dict[str, Any] = {}
        for name, value in own.items():
            here = (*path, name)
            if name not in known:
                key = ".".join(here)
                near = self._nearest(key, _keys(usual(self.lang), ()))
                self._wrong("suggestion" if near else "unknown", here, suggestion=near)
            elif isinstance(known[name], dict):
                if isinstance(value, dict):
                    kept[name] = self._over(known[name], value, here)
                else:
                    self._wrong("unknown", here, suggestion="")
            elif self._fits(known[name], value, here):
                kept[name] = value
        return kept

    def _fits(self, known: str, value: Any, path: tuple[str, ...]) -> bool:
        if not isinstance(value, str) or (known and not value.strip()):
            self._wrong("text", path)
            return False
        if path[0] == "count" and value.count("|") != 1:
            self._wrong("count", path)
            return False
        from string import Formatter  # most plans have no words of their own

        allowed = {field for _, field, _, _ in Formatter().parse(known) if field is not None}
        try:
            used = list(Formatter().parse(value))
        except ValueError:
            used = [("", "?", "", None)]
        if any(field is not None and (field not in allowed or form or sign) for _, field, form, sign in used):
            self._wrong("fields", path, allowed=", ".join(sorted(f"{{{f}}}" for f in allowed)) or "–")
            return False
        return True

    def _wrong(self, variant: str, path: tuple[str, ...], **params: str) -> None:
        self._report(variant, tables.place_of(self.text, path), key=".".join(path), **params)

    def _report(self, variant: str, place: tables.Place, **params: str) -> None:
        rows = tables.lines(self.text)
        line = rows[place.line - 1] if place.line <= len(rows) else ""
        span = Span(self.shown, place.line, place.column, place.line, place.end)
        self.findings.append(Finding("X25", Severity.ERROR, (), params, variant, span=span, line=line))


def _keys(tree: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, held in tree.items():
        if isinstance(held, dict):
            yield from _keys(held, (*path, name))
        else:
            yield ".".join((*path, name))
