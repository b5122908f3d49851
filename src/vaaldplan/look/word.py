"""A municipality's own Word template, looked at before it is used: what it is, what it lacks, what it must not do.

Only the archive and its XML are read, within bounds. What Word would fetch from elsewhere is refused or cut away.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from vaaldplan.finding import Severity
from vaaldplan.patterns import regex

from . import WordTemplate
from .fault import FaultError

PLACE = "[[PLAN]]"
"""Stands alone in a paragraph where the plan is to be put."""
LARGEST = 10_000_000
"""Bytes in the file."""
MOST_UNPACKED = 60_000_000
MOST_FILES = 500
_LARGEST_XML = 20_000_000

STYLES: dict[str, tuple[str, ...]] = {
    "Normal": ("normal",),
    "Heading1": ("heading 1", "rubrik 1"),
    "Heading2": ("heading 2", "rubrik 2"),
    "Heading3": ("heading 3", "rubrik 3"),
    "Heading4": ("heading 4", "rubrik 4"),
    "Title": ("title", "rubrik"),
    "Subtitle": ("subtitle", "underrubrik"),
    "Caption": ("caption", "beskrivning"),
    "ListParagraph": ("list paragraph", "liststycke"),
    "Quote": ("quote", "citat"),
    "IntenseQuote": ("intense quote", "starkt citat"),
    "NoSpacing": ("no spacing", "inget avstånd"),
    "TableGrid": ("table grid", "tabellrutnät"),
    "TableNormal": ("normal table", "normal tabell"),
    "TOCHeading": ("toc heading", "innehållsförteckningsrubrik"),
    "TOC1": ("toc 1", "innehåll 1"),
    "TOC2": ("toc 2", "innehåll 2"),
    "TOC3": ("toc 3", "innehåll 3"),
    "TOC4": ("toc 4", "innehåll 4"),
    "Header": ("header", "sidhuvud"),
    "Footer": ("footer", "sidfot"),
    "FootnoteText": ("footnote text", "fotnotstext"),
    "FootnoteReference": ("footnote reference", "fotnotsreferens"),
    "Hyperlink": ("hyperlink", "hyperlänk"),
    "Strong": ("strong", "stark"),
    "DefaultParagraphFont": ("default paragraph font", "standardstycketeckensnitt"),
    "NoList": ("no list", "ingen lista"),
}
"""Word's own styles that the documents use, by id, and what Word calls them in English and Swedish."""
HIDDEN = ("TableNormal", "DefaultParagraphFont", "NoList", "NoSpacing", "Strong")
"""Those that nobody who writes a template thinks of."""
NEEDED = ("Normal", "Heading1", "Heading2", "Heading3")
"""Those that a template should have: without them the plan does not look like the municipality's other documents."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS = ("hyperlink", "attachedTemplate")
"""What may point outside: a link waits for a reader's click, and the template's own template is cut away."""
_MAIN = regex(r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.(document|template)\.main\+xml")


class Lack(NamedTuple):
    """Something a template lacks."""

    variant: str
    params: dict[str, Any]
    severity: Severity


def template(data: bytes) -> WordTemplate:
    """Look at a Word file.

    Raises:
        FaultError: it is no Word document, is too large, has macros, or fetches things.
    """
    if len(data) > LARGEST:
        raise FaultError("huge", size=round(len(data) / 1_000_000), most=LARGEST // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _looked_at(archive, data)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
            ElementTree.ParseError):  # fmt: skip
        raise FaultError("word") from None


def _looked_at(archive: zipfile.ZipFile, data: bytes) -> WordTemplate:
    parts = archive.infolist()
    if len(parts) > MOST_FILES or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise FaultError("bomb", most=MOST_UNPACKED // 1_000_000)
    if any(p.flag_bits & 1 for p in parts) or len({p.filename for p in parts}) < len(parts):
        raise FaultError("word")
    if archive.testzip():  # reads as much as the archive says there is, so a part that holds more is found
        raise FaultError("word")
    types = _xml(archive, "[Content_Types].xml")
    kinds = {o.get("PartName", ""): o.get("ContentType", "") for o in types.iter(f"{_TYPES}Override")}
    if any("macroEnabled" in k or "vbaProject" in k for k in kinds.values()) or any(
        p.filename.lower().endswith("vbaproject.bin") for p in parts
    ):
        raise FaultError("macros")
    main = next((name for name, kind in kinds.items() if _MAIN.fullmatch(kind)), None)
    if main is None:
        raise FaultError("word")
    for part in parts:
        if part.filename.endswith(".rels"):
            for relation in _xml(archive, part.filename).iter(_RELATION):
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                if relation.get("TargetMode") == "External" and kind not in _HARMLESS:
                    raise FaultError("external", target=relation.get("Target", "")[:80])
        elif part.filename.endswith(".xml"):
            _xml(archive, part.filename)
    document = _xml(archive, main.lstrip("/"))
    body = document.find(f"{_W}body")
    if document.tag != f"{_W}document" or body is None:
        raise FaultError("strict")
    folder = main.lstrip("/").rpartition("/")[0]
    styles = _xml(archive, f"{folder}/styles.xml" if folder else "styles.xml")
    named = []
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        named.append((style.get(f"{_W}styleId", ""), name.get(f"{_W}val", "") if name is not None else ""))
    places = [p for p in body if p.tag == f"{_W}p" and _said(p).strip() == PLACE]
    everywhere = sum(_said(p).count(PLACE) for p in document.iter(f"{_W}p") if not list(p.iter(f"{_W}txbxContent")))
    return WordTemplate(data, tuple(named), len(places), everywhere > len(places))


def _said(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph, however Word has split them into runs."""
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part as XML; entities, which could grow without end, have no place in it."""
    with archive.open(name) as opened:
        raw = opened.read(_LARGEST_XML + 1)
    if len(raw) > _LARGEST_XML:
        raise FaultError("bomb", most=_LARGEST_XML // 1_000_000)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FaultError("word")
    return ElementTree.fromstring(raw)


def lacks(found: WordTemplate) -> Iterator[Lack]:
    """What a template lacks."""
    if found.places == 0:
        yield Lack("place_elsewhere" if found.elsewhere else "place", {}, Severity.ERROR)
    if found.places > 1:
        yield Lack("places", {"count": found.places}, Severity.ERROR)
    mapped = mapping(found)
    missing = [STYLES[style] for style in NEEDED if style not in mapped]
    if missing:
        names = ", ".join(names[-1].capitalize() for names in missing)
        yield Lack("styles", {"styles": names}, Severity.WARNING)


def mapping(found: WordTemplate) -> dict[str, str]:
    """Which of the template's styles, by id, stands for each of Word's own: by its name, else by its id."""
    by_name = {name.casefold(): style for style, name in reversed(found.styles)}
    ids = {style.casefold(): style for style, _ in reversed(found.styles)}
    mapped = {}
    for style, names in STYLES.items():
        swedish = names[-1].title().replace(" ", "")
        hits = [by_name[n] for n in names if n in by_name]
        hits += [
            ids[i.casefold()]
            for i in (style, swedish, swedish.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")))
            if i.casefold() in ids
        ]
        if hits:
            mapped[style] = hits[0]
    return mapped
