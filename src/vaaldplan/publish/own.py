"""What a municipality has in ``mallar/`` beside its plan: words and templates of its own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Finding
from vaaldplan.look.folder import FOLDER
from vaaldplan.texts.catalogue import Catalogue, catalogue
from vaaldplan.texts.own import words


class Own(NamedTuple):
    """What stands in place of the usual words and templates."""

    words: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Words by language, each language a tree like ``labels.toml``."""
    templates: Mapping[str, str] = MappingProxyType({})
    """The templates by their path in the folder."""

    def catalogue(self, lang: str) -> Catalogue:
        """The words of a language, the municipality's own first."""
        own = self.words.get(lang)
        return catalogue(lang).with_words(own) if own else catalogue(lang)


OWN = Own()
"""Nothing of its own."""


def read(texts: Mapping[str, str]) -> Own:
    """What the texts in the folder give, by their path there."""
    if not texts:
        return OWN
    return Own(words(texts).words, {name: text for name, text in texts.items() if name.endswith(".md")})


class TemplateError(VaaldplanError):
    """A template of the municipality's own cannot be used; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__("template", Exit.FINDINGS)
        self.finding = finding

    def within(self, shown: str) -> Finding:
        """The finding with the plan's folder, as it is shown, before the file's name."""
        span = self.finding.span
        if span is None or not span.file.startswith(f"{FOLDER}/") or shown in ("", "."):
            return self.finding
        return self.finding._replace(span=span._replace(file=f"{shown}/{span.file}"))
