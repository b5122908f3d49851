"""The Word document around the text: styles, settings, page, header and footer, footnotes, properties, the archive."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from vaaldplan.look import Look
from vaaldplan.patterns import regex

from . import jinja, templates
from .docx_parts import (
    NOTHING,
    PLAIN,
    Emphasis,
    Image,
    Xml,
    declared,
    element,
    escaped,
    field,
    joined,
    paragraph,
    run,
    text,
)
from .tree import Tree

FONT = "Calibri"
"""The document is made to be worked on in Word, so its font is one that everyone's Word has."""
BODY, CLOSE_BODY = 22, 19
"""Size of the text in half points, as usual and where the document may have only so many pages."""
TEXT_WIDTH, TEXT_HEIGHT = 9071, 13606
"""Width and height of the text in twentieths of a point: 160 and 240 mm."""
PAGE = (210, 297)
"""Millimetres of a sheet: A4."""


class Edges(NamedTuple):
    """Millimetres at the edges of a page."""

    top: float
    bottom: float
    side: float
    edge: float
    """Above the header and below the footer."""


EDGES, LOW_EDGES = Edges(30, 27, 25, 13), Edges(23, 20, 25, 10)
"""As usual, and in a paper without a cover."""
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
LONGEST_PROPERTY = 255
"""Characters that Word holds in a property of a document."""
CONTENT = "vaaldplan-content"
"""The name of the property that holds the hash of the plan."""
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PROPERTIES = {
    "title": "dc:title", "subject": "dc:subject", "author": "dc:creator", "keywords": "cp:keywords",
    "comments": "dc:description", "last_modified_by": "cp:lastModifiedBy", "language": "dc:language",
    "identifier": "dc:identifier", "version": "cp:version",
}  # fmt: skip
"""What is told of a document: the names in python-docx, and those in the file."""

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip archive can hold."""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OPEN = "application/vnd.openxmlformats"
WORD = f"{_OPEN}-officedocument.wordprocessingml"
_BETWEEN = regex(r">\s+<")
_OUTSIDE = ' TargetMode="External"'
_ENDINGS = {
    "rels": f"{_OPEN}-package.relationships+xml", "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg",
    "svg": "image/svg+xml",
}  # fmt: skip
"""The kinds of file that are told by how their names end."""
_CORE = f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{{}}</cp:coreProperties>"""
_CUSTOM = f"""<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">\
<property fmtid="{{{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}}}" pid="2" name="{CONTENT}">\
<vt:lpwstr>{{}}</vt:lpwstr></property></Properties>"""


class Frame(Protocol):
    """A document to be written into, and what the writer must know of it."""

    own: bool
    """Whether it is a municipality's own template."""
    width: int
    """Of the text, in twentieths of a point."""
    height: int
    """Of the text on a page, likewise."""
    styles: Xml
    """Its part with the styles."""
    renamed: Mapping[str, str]
    """What our styles are called in it, where that is something else."""
    bullet: int
    """The number of the list with dots."""
    marks: int
    """The highest number of a bookmark in it."""
    notes: int
    """The highest number of a footnote in it."""
    pictures: int
    """The highest number of a picture in it."""

    def link(self, address: str, *, in_note: bool) -> str:
        """The relation to an address outside the document."""

    def picture(self, data: bytes, svg: str) -> Image:
        """Put a PNG or JPEG into the package, and the same as SVG when there is one."""

    def numbered(self, level: int, start: int) -> int:
        """Begin a numbered list of its own and return its number."""

    def finished(self, body: Xml, notes: Xml) -> bytes:
        """The file with this text and these footnotes in it."""


class _List(NamedTuple):
    """A numbered list: its number, how deep it is and where it begins."""

    number: int
    level: int
    start: int


class _Relations:
    """What a part of the package refers to: other parts, and addresses outside."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {}

    def to(self, kind: str, target: str) -> str:
        """The name of a relation, which is made the first time it is asked for."""
        return self.names.setdefault((kind, target), f"rId{len(self.names) + 1}")

    def xml(self) -> Xml:
        """The part that holds them."""
        lines = [
            f'<Relationship Id="{name}" Type="{kind if "://" in kind else f"{_OFFICE}/relationships/{kind}"}" '
            f'Target="{escaped(target)}"{_OUTSIDE if kind == "hyperlink" else ""}/>'
            for (kind, target), name in self.names.items()
        ]
        return Xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>')


class NewDocument:
    """A document of the program's own look."""

    own = False
    width = TEXT_WIDTH
    bullet = 1
    marks = notes = pictures = 0
    renamed: Mapping[str, str] = MappingProxyType({})

    def __init__(self, tree: Tree, look: Look = templates.USUAL) -> None:
        self.tree = tree
        self.edges = LOW_EDGES if tree.get("opening") == "head" else EDGES
        self.height = _twips(PAGE[1] - self.edges.top - self.edges.bottom)
        self.styles = rendered("styles", tree, look)
        self.relations, self.note_relations = _Relations(), _Relations()
        self.lists: list[_List] = []
        self.media: dict[str, bytes] = {}
        self.known: dict[bytes, str] = {}

    def link(self, address: str, *, in_note: bool) -> str:
        """The relation to an address outside the document."""
        return (self.note_relations if in_note else self.relations).to("hyperlink", address)

    def picture(self, data: bytes, svg: str) -> Image:
        """Put a PNG or JPEG into the package, and the same as SVG when there is one."""
        ending = "png" if data.startswith(b"\x89PNG") else "jpg"
        shown = self._image(data, f"image{{}}.{ending}")
        return Image(shown, self._image(svg.encode(), "picture{}.svg") if svg else "", f"image.{ending}")

    def _image(self, data: bytes, name: str) -> str:
        """The relation to a picture, which is kept once."""
        if data not in self.known:
            self.known[data] = f"media/{name.format(len(self.known) + 1)}"
            self.media[f"word/{self.known[data]}"] = data
        return self.relations.to("image", self.known[data])

    def numbered(self, level: int, start: int) -> int:
        """Begin a numbered list of its own and return its number."""
        self.lists.append(_List(self.bullet + len(self.lists) + 1, level, start))
        return self.lists[-1].number

    def finished(self, body: Xml, notes: Xml) -> bytes:
        """The file with this text and these footnotes in it."""
        tree = self.tree
        kinds: dict[str, str] = {}
        files: dict[str, bytes] = {}

        def put(name: str, content: Xml, kind: str = "") -> None:
            files[name] = f"{HEAD}{content}".encode()
            if kind:
                kinds[name] = kind

        def part(name: str, kind: str, content: Xml) -> str:
            put(f"word/{name}.xml", content, f"{WORD}.{kind}+xml")
            return self.relations.to(kind, f"{name}.xml")

        part("styles", "styles", self.styles)
        part("settings", "settings", rendered("settings", tree))
        part("numbering", "numbering", rendered("numbering", tree, lists=self.lists))
        theme = (templates.folder() / "standard" / "word" / "theme.xml").read_text("utf-8")
        put("word/theme/theme1.xml", Xml(theme), f"{_OPEN}-officedocument.theme+xml")
        self.relations.to("theme", "theme/theme1.xml")
        part("footnotes", "footnotes", _root("footnotes", joined([separators(), notes])))
        edges = []
        for i, (kind, pages, content) in enumerate(_edges(tree)):
            relation = part(f"{kind}{i % 2 + 1}", kind, _root("hdr" if kind == "header" else "ftr", content))
            edges.append(Xml(f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>'))
        document = _root("document", element("body", body, _section(self.edges, edges)))
        put("word/document.xml", document, f"{WORD}.document.main+xml")

        top = _Relations()
        top.to("officeDocument", "word/document.xml")
        put("docProps/core.xml", _core(tree), f"{_OPEN}-package.core-properties+xml")
        top.to(f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        if identity := tree.get("identity"):
            put("docProps/custom.xml", custom(identity["content"]), CUSTOM_TYPE)
            top.to("custom-properties", "docProps/custom.xml")
        put("_rels/.rels", top.xml())
        put("word/_rels/document.xml.rels", self.relations.xml())
        if self.note_relations.names:
            put("word/_rels/footnotes.xml.rels", self.note_relations.xml())
        types = f"{HEAD}{_types(kinds)}".encode()
        return zipped({"[Content_Types].xml": types} | files | self.media)


def rendered(
    name: str, tree: Tree, look: Look = templates.USUAL, *, width: int = TEXT_WIDTH, lists: Sequence[_List] = ()
) -> Xml:
    """The template ``word/<name>.xml``, without the line that says it is XML."""
    page = jinja.template("html", f"word/{name}.xml")
    low = tree.get("opening") == "head"
    body = CLOSE_BODY if "most_pages" in tree else BODY
    language, own = LANGUAGES[tree["lang"]], templates.look(look)
    made = page.render(font=FONT, language=language, width=width, low=low, body=body, look=own, lists=lists)
    return Xml(_BETWEEN.sub("><", made.strip()))


def _root(tag: str, content: Xml) -> Xml:
    """A part of the document."""
    return Xml(f"<w:{tag} {declared()}>{content}</w:{tag}>")


def _section(edges: Edges, references: list[Xml]) -> Xml:
    """The page, with its headers and footers."""
    top, bottom, side, edge = map(_twips, edges)
    width, height = map(_twips, PAGE)
    return element(
        "sectPr",
        *references,
        element("pgSz", w=width, h=height),
        element("pgMar", top=top, right=side, bottom=bottom, left=side, header=edge, footer=edge, gutter=0),
        element("cols", space=720),
        element("titlePg"),
        element("docGrid", linePitch=360),
    )


def _twips(millimetres: float) -> int:
    """A length in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def _edges(tree: Tree) -> Iterator[tuple[str, str, Xml]]:
    """Headers and footers, and on which pages they stand.

    On every page are the title and the mark; they are headers, so they are not read out with the text.
    """
    status, words = tree["status"], tree["words"]
    tab = run(PLAIN, element("tab"))
    for pages, title in (("default", tree["title"]), ("first", "")):
        line = [text(title), tab, mark(status["mark"]) if status else NOTHING]
        yield "header", pages, paragraph("Header", joined(line))
    line = [text(tree["footer"]), tab, text(f"{words['page']} "), field("PAGE", "1"), text(f" {words['before_pages']}")]
    line += [field("NUMPAGES", "1"), text(words["after_pages"]) if words["after_pages"] else NOTHING]
    foot = paragraph("Footer", joined(line))
    yield "footer", "default", foot
    yield "footer", "first", foot if tree.get("opening") == "head" else paragraph("Header")


def mark(word: str, style: str = "StatusMark") -> Xml:
    """The word that says that the plan is not adopted, in a coloured field with a little air."""
    return text(f"\u00a0{word}\u00a0", Emphasis(style=style))


def separators() -> Xml:
    """The two footnotes that Word expects: the lines between text and notes."""
    return joined(
        element("footnote", paragraph("NoSpacing", run(PLAIN, element(kind))), type=kind, id=number)
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )


def properties(tree: Tree) -> dict[str, str]:
    """Title, author and the rest, by their names in python-docx."""
    identity = tree.get("identity", {})
    found = {
        "title": tree["title"],
        "subject": tree["subtitle"],
        "author": tree["municipality"],
        "last_modified_by": tree["municipality"],
        "keywords": ", ".join(tree.get("keywords", [])),
        "language": LANGUAGES[tree["lang"]],
        "comments": "",
        "identifier": identity.get("plan", ""),
        "version": identity.get("version", ""),
    }
    return {name: value[:LONGEST_PROPERTY] for name, value in found.items()}


def _core(tree: Tree) -> Xml:
    """The usual properties; the date is the tree's, so that the same tree gives the same file."""
    said = [f"<{PROPERTIES[name]}>{escaped(value)}</{PROPERTIES[name]}>" for name, value in properties(tree).items()]
    said += [
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{tree["date"]}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    ]
    return Xml(_CORE.format("".join([*said, "<cp:revision>1</cp:revision>"])))


def custom(content: str) -> Xml:
    """A property of our own, for what the usual ones have no place for: Word keeps it when the file is saved."""
    return Xml(_CUSTOM.format(escaped(content)))


def _types(kinds: dict[str, str]) -> Xml:
    """Of what kind every part of the package is."""
    lines = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in _ENDINGS.items()]
    lines += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()]
    return Xml(f'<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>')


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive, with the same date on every file: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
