"""What is known of a built paper by reading it: plain facts that ``publish.inspect`` finds and the rules judge."""

from typing import NamedTuple

FORMATS = ("html", "pdf", "docx", "md")
"""The formats that can be read, by the end of a file's name."""
SHOWN = 40
"""How much of a text is shown to say where something is."""


class UnreadableError(Exception):
    """A paper cannot be read. Its text is the variant of the finding that says so: ``large``, or empty for damaged."""


class Identity(NamedTuple):
    """Which plan a paper was made from; every paper carries it."""

    plan: str
    """Municipality, case number and title."""
    version: str
    content: str
    """A hash of all that the plan says: it stays when only the layout of the YAML changes."""


class Spot(NamedTuple):
    """A place in a paper, for messages: what stands there, and the page where pages are known."""

    text: str
    page: int | None = None


class Heading(NamedTuple):
    """A heading; the document's title has level 1."""

    level: int
    text: str
    page: int | None = None


class Table(NamedTuple):
    """A table."""

    name: str
    """Its caption, or how its first row begins."""
    columns: int
    heads: bool
    """Whether the cells that head columns or rows are marked as such."""
    captioned: bool
    """Whether it has a caption, or needs none because it only pairs words with what they mean."""
    empty: int
    """How many cells have nothing in them; a corner between the heads does not count."""
    page: int | None = None


class Image(NamedTuple):
    """A picture that says something; ``alt`` says the same in words."""

    name: str
    alt: str
    page: int | None = None


class Colours(NamedTuple):
    """A colour of text on a background, as ``#rrggbb``, and a text that is shown so."""

    text: str
    background: str
    shown: str
    page: int | None = None

    @property
    def contrast(self) -> float:
        """How well the two are told apart, from 1 to 21, as WCAG computes it."""
        high, low = sorted((_luminance(self.text), _luminance(self.background)), reverse=True)
        return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Built(NamedTuple):
    """One built paper."""

    name: str
    """The file's name as shown."""
    form: str
    """One of ``FORMATS``."""
    identity: Identity | None = None
    edited: bool = False
    """Whether the file has been changed since it was built, as far as the folder's record tells."""
    title: str | None = ""
    """``None`` where the format has no place for it, as for ``language``."""
    language: str | None = ""
    date: str = ""
    """The date among the properties, ISO."""
    properties: str = ""
    """The other properties of the file, such as keywords, put together."""
    headings: tuple[Heading, ...] = ()
    contents: bool = False
    """Whether there is a list of contents."""
    pages: int | None = None
    words: int = 0
    """How many there are, where ``pages`` is not known."""
    tables: tuple[Table, ...] = ()
    images: tuple[Image, ...] = ()
    colours: tuple[Colours, ...] = ()
    """Every pair of colours once."""
    colour_alone: tuple[str, ...] = ()
    """Where only a colour says something: a coloured field without words, a link that is not underlined."""
    standards: tuple[str, ...] = ()
    """What a PDF claims to follow, such as ``PDF/A-2A`` and ``PDF/UA-1``."""


class Papers(NamedTuple):
    """The built papers of a plan."""

    built: tuple[Built, ...] = ()
    whole: bool = False
    """Whether these are all there are, as in a folder that is handed in."""
