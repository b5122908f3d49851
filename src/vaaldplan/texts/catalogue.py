"""Looks up words, by language.

Labels stand in ``<language>/labels.toml``, those of the papers beside the plan in ``<language>/papers.toml``, the
explanations of fields and fixed values in ``<language>/fields.toml``,
rule cards in ``<language>/rules/<code>.md``.
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan import tables
from vaaldplan.errors import VaaldplanError
from vaaldplan.paper import Spot

LANGUAGES = ("sv", "en")
_FOLDER = Path(__file__).parent


class Card(NamedTuple):
    """A rule's text in one language. Messages and mends have a general wording under ``""`` and one per variant."""

    code: str
    title: str
    messages: dict[str, str]
    mends: dict[str, str]
    why: str


class FieldText(NamedTuple):
    """What a person who fills in a plan is told of a field."""

    title: str
    """The field's name in words, e.g. *Beslutande organ*."""
    text: str
    """What it is and what to write."""
    example: str
    """A value as it would stand after the key in YAML, on one line."""


class Example(NamedTuple):
    """A rule's wrong and right fragment."""

    wrong: str
    right: str
    form: str = "yaml"
    """``yaml``: to be laid over ``examples/base.yaml``; ``html``: to stand in the page that is built from it;
    ``toml``: a file beside it, named on the first line."""


def parse_card(code: str, text: str, headings: dict[str, str]) -> Card:
    """Read a card.

    Args:
        code: the rule's code.
        text: the card's Markdown.
        headings: what the language calls ``message``, ``mend`` and ``why``.

    Raises:
        ValueError: a section has a heading that no card has.
    """
    title, *sections = re.split(r"^## +", text.strip(), flags=re.MULTILINE)
    parts: dict[str, dict[str, str]] = {"message": {}, "mend": {}, "why": {}}
    names = {heading: name for name, heading in headings.items()}
    for section in sections:
        heading, _, body = section.partition("\n")
        name, _, variant = heading.partition(":")
        if name.strip() not in names:
            raise ValueError(f"{code}: {heading}")
        parts[names[name.strip()]][variant.strip()] = " ".join(body.split())
    return Card(code, title.removeprefix("#").strip(), parts["message"], parts["mend"], parts["why"].get("", ""))


@cache
def example(code: str) -> Example:
    """A rule's wrong and right example, shared by both languages."""
    text = (_FOLDER / "examples" / f"{code}.md").read_text("utf-8")
    found = re.findall(r"^```(yaml|html|toml) (\w+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    fences = {name: fragment for _, name, fragment in found}
    return Example(fences["fel"], fences["rätt"], found[0][0])


@cache
def examples() -> frozenset[str]:
    """The codes that have an example."""
    return frozenset(path.stem for path in (_FOLDER / "examples").glob("*.md"))


@cache
def precision(code: str) -> Mapping[str, Any]:
    """How sure a rule on text was when it was last measured on sentences nobody had seen; empty for other rules."""
    rows = _tables("precision").get(code, {})
    found: Mapping[str, Any] = rows.get("second") or rows.get("first") or {}
    return found


def base_example() -> str:
    """The small clean plan that every example is laid over."""
    return (_FOLDER / "examples" / "base.yaml").read_text("utf-8")


LONGEST = 2_000
"""Letters of the plan's that a message repeats; the names of all keys that may stand in a place are fewer."""


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._labels: Mapping[str, Any] = _tables(f"{language}/labels")
        self._cards: dict[str, Card] = {}
        self._asked: dict[str, str] = {}
        """The labels that have been asked for: a document asks for the same ones for every measure."""

    def with_words(self, own: Mapping[str, Any]) -> "Catalogue":
        """The same catalogue with other words for some labels, given as a tree like that of the labels."""
        made = object.__new__(Catalogue)
        made.__dict__.update(self.__dict__, _labels=_over(self._labels, own), _asked={})
        if "papers" in own:
            made.__dict__["_papers"] = _over(self._papers, own["papers"])
        return made

    def label(self, key: str, **params: Any) -> str:
        """The label at a dotted key, its ``{params}`` filled in.

        Raises:
            KeyError: there is no such label.
        """
        found = self._asked.get(key) or self._asked.setdefault(key, self._label(key))
        return found.format_map({k: self.word(v) for k, v in params.items()}) if params else found

    def _label(self, key: str) -> str:
        found: Any = self._papers if key.startswith("papers.") else self._labels
        for part in key.removeprefix("papers.").split("."):
            found = found[part]
        if not isinstance(found, str):
            raise KeyError(key)
        return found

    def labels(self, section: str) -> dict[str, str]:
        """All labels of one section."""
        return {k: v for k, v in self._labels[section].items() if isinstance(v, str)}

    def tree(self, name: str) -> dict[str, Any]:
        """A part of the labels with all that is below it; ``papers`` for those of the papers beside the plan."""
        return dict(self._papers if name == "papers" else self._labels[name])

    def count(self, key: str, number: int) -> str:
        """A number with its noun in singular or plural: ``1 mål``, ``45 åtgärder``."""
        one, many = self.label(f"count.{key}").split("|")
        return f"{number} {one if number == 1 else many}"

    def word(self, value: Any) -> str:
        """A value inside a message: fixed values in the catalogue's language, lists joined, the rest as it is."""
        if isinstance(value, list):
            return ", ".join(self.word(v) for v in value)
        if isinstance(value, Spot):
            return self.label("paper.spot" if value.page is None else "paper.spot_page", **value._asdict())
        if isinstance(value, tuple):
            return " – ".join(self.word(v) for v in value)
        return str(getattr(value, "sv", value)) if self.language == "sv" else str(value)

    @cached_property
    def _papers(self) -> Mapping[str, Any]:
        """Read when first asked for: most runs do without."""
        return _tables(f"{self.language}/papers")

    @cached_property
    def _fields(self) -> Mapping[str, Any]:
        """Read when first asked for: ``check`` and ``build`` do without."""
        return _tables(f"{self.language}/fields")

    def field(self, cls_name: str, field_name: str) -> FieldText:
        """The words of a field, under the class that declares it. An example that both languages share is Swedish.

        Raises:
            KeyError: there is no such field.
        """
        words = self._fields[cls_name][field_name]
        example = words.get("example") or catalogue(LANGUAGES[0]).field(cls_name, field_name).example
        return FieldText(words["title"], words["text"], example)

    def meaning(self, word_name: str, value: str) -> str:
        """What a fixed value means, e.g. ``individual`` of ``Level``.

        Raises:
            KeyError: there is no such value.
        """
        found: str = self._fields["values"][word_name][value]
        return found

    def error(self, error: VaaldplanError) -> str:
        """Why the work could not be done."""
        params = dict(error.params)
        if "reason" in params:
            params["reason"] = self.label(f"reason.{params['reason']}")
        key = error.key if error.key.startswith("usage.") else f"error.{error.key}"
        return self.label(key, **params)

    def text(self, name: str) -> str:
        """A text file of the language, as it stands."""
        return (_FOLDER / self.language / name).read_text("utf-8")

    def codes(self) -> list[str]:
        """The codes of all cards."""
        return sorted(path.stem for path in (_FOLDER / self.language / "rules").glob("*.md"))

    def card(self, code: str) -> Card:
        """The card of a rule."""
        if code not in self._cards:
            text = (_FOLDER / self.language / "rules" / f"{code}.md").read_text("utf-8")
            self._cards[code] = parse_card(code, text, self.labels("card"))
        return self._cards[code]

    def message(self, code: str, variant: str, params: Mapping[str, Any]) -> str:
        """What a finding says."""
        return self._filled(self.card(code).messages, variant, params)

    def mend(self, code: str, variant: str, params: Mapping[str, Any]) -> str:
        """How a finding is mended."""
        return self._filled(self.card(code).mends, variant, params)

    def _filled(self, wordings: dict[str, str], variant: str, params: Mapping[str, Any]) -> str:
        wording = wordings[variant] if variant in wordings else wordings[""]
        return wording.format_map({k: cut(self.word(v), LONGEST) for k, v in params.items()})


def cut(text: str, most: int) -> str:
    """A text, cut when it has more than so many letters: a plan may hold any, and be said a thousand times."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _over(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A tree of words with those of another in their place."""
    return {
        key: (_over(held, own[key]) if isinstance(held, dict) else own[key]) if key in own else held
        for key, held in usual.items()
    }


def _tables(name: str) -> Mapping[str, Any]:
    return tables.read(_FOLDER / f"{name}.toml")


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)
