"""What is the municipality's own in its documents: look, rows of the cover, words, templates."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from vaaldplan.config import Settings
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Finding
from vaaldplan.look import Look
from vaaldplan.look.folder import FOLDER
from vaaldplan.texts.catalogue import Catalogue, catalogue
from vaaldplan.texts.own import words


class Own(NamedTuple):
    """What a municipality has instead of the usual; empty where the usual counts."""

    look: Look = Look()
    cover: tuple[tuple[str, str], ...] = ()
    """Rows of the cover's table in order, by name, with a label where it is not the usual."""
    words: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Words by language, each language a tree like ``labels.toml``."""
    templates: Mapping[str, str] = MappingProxyType({})
    """The templates in ``mallar/``, by their path there."""

    def catalogue(self, lang: str) -> Catalogue:
        """The words of a language, the municipality's own first."""
        own = self.words.get(lang)
        return catalogue(lang).with_words(own) if own else catalogue(lang)


OWN = Own()
"""Nothing of its own."""


def of(settings: Settings, texts: Mapping[str, str]) -> Own:
    """What a municipality's settings and the texts in its folder ``mallar/`` give."""
    if not texts:
        return Own(settings.look, settings.cover)
    templates = {name: text for name, text in texts.items() if name.endswith(".md")}
    return Own(settings.look, settings.cover, words(texts).words, templates)


class TemplateError(VaaldplanError):
    """A template of the municipality's own cannot be used; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__("template", Exit.FINDINGS)
        self.finding = finding

    def within(self, shown: str) -> Finding:
        """The finding with the plan's folder, as it is shown, before the file's name."""
        span = self.finding.span
        if span is None or not span.file.startswith(f"{FOLDER}/"):
            return self.finding
        return self.finding._replace(
            span=span._replace(file="/".join(t for t in (shown, span.file) if t not in ("", ".")))
        )
