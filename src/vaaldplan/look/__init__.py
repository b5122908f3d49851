"""A municipality's own look: colours, logotype, fonts and Word template, read from its settings and the plan's folder.

Nothing is fetched from anywhere. What cannot be used is a fault, and the usual look stands in its place. Here are the
nouns; ``settings`` reads them, and is imported only where a municipality has such settings.
"""

from typing import Literal, NamedTuple

COVER = {
    "dokumenttyp": "document_type", "kommun": "municipality", "område": "area", "instans": "body",
    "beslutad": "decided", "meddelad": "announced", "undertecknare": "signatories", "diarienummer": "case_number",
    "gäller_för": "applies_to", "giltighet": "validity", "revideras_senast": "revise_by", "ansvarig": "owner",
    "version": "version", "källa": "source",
}  # fmt: skip
"""The rows of the cover's table, in Swedish and by their labels."""


class Logotype(NamedTuple):
    """A picture that is fit to be shown."""

    kind: Literal["png", "jpeg", "svg"]
    data: bytes
    width: float
    height: float
    alt: str = ""


class Font(NamedTuple):
    """A font file of the municipality's own."""

    family: str
    data: bytes
    weight: int
    italic: bool
    characters: frozenset[int]


class WordTemplate(NamedTuple):
    """A template that has been looked at."""

    data: bytes
    styles: tuple[tuple[str, str], ...]
    """Its styles: id and name."""
    places: int
    """In how many paragraphs ``[[PLAN]]`` stands where the plan can be put."""
    elsewhere: bool
    """Whether it stands in a table, a text box, a header or among other words."""

    @property
    def usable(self) -> bool:
        """Whether the plan can be put into it."""
        return self.places == 1


class Look(NamedTuple):
    """What of the look is the municipality's own; empty where the usual counts."""

    colours: tuple[tuple[str, str], ...] = ()
    logotype: Logotype | None = None
    fonts: tuple[Font, ...] = ()
    word: WordTemplate | None = None
