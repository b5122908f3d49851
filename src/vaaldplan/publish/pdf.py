"""Document tree → PDF that follows PDF/UA-1 and PDF/A at once, and pictures for the formats that cannot draw SVG.

The Typst template ``document.typ`` sets the page. It gets the tree as JSON text and no folder to read from.
"""

import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pikepdf
import typst

from vaaldplan.config import STANDARDS
from vaaldplan.errors import VaaldplanError
from vaaldplan.look import Font, Look, fonts

from . import logotypes, templates, together
from .printable import Characters, printable
from .tree import Tree

NOTHING: Mapping[str, bytes] = MappingProxyType({})
SIZES = (11, 10.5, 10, 9.5, 9)
"""The letters of the text in points, and those to try when a document must fit on fewer pages."""
PICTURE_PPI = 200
"""Pixels per inch of a picture as wide as the text."""

PROPERTIES = {"plan": "dc:identifier", "version": "xmpMM:VersionID", "content": "dc:source"}
"""Where the identity stands among the metadata: properties that PDF/A knows and Typst does not write."""
_LAST_PROPERTY = b"<pdf:PDFVersion>"

_PICTURE = b"""
#set page(width: 160mm, height: auto, margin: 0pt)
#set text(font: json(bytes(sys.inputs.fonts)))
#for svg in json(bytes(sys.inputs.pictures)) { page(image(bytes(svg), format: "svg", width: 100%)) }
"""


class Paper(NamedTuple):
    """A finished PDF and how many pages it has."""

    data: bytes
    pages: int


def write(
    tree: Tree,
    look: Look = templates.USUAL,
    *,
    standard: str = STANDARDS[0],
    sources: Mapping[str, bytes] = NOTHING,
) -> Paper:
    """The document as PDF; the same tree gives the same bytes.

    Args:
        tree: the document.
        look: the municipality's own look.
        standard: the PDF/A standard to follow beside PDF/UA-1.
        sources: the files that the document is made from, by name, to carry inside where the standard allows it.
    """
    identity = printable(tree).get("identity", {})
    carried = sources if standard == "a-3a" else NOTHING
    for size in SIZES:
        data = _compiled(tree, size, look, carried, format="pdf", pdf_standards=[standard, "ua-1"])
        paper = _finished(data, identity)
        if paper.pages <= tree.get("most_pages", paper.pages):
            break
    return paper


def places(data: bytes) -> dict[str, int]:
    """The page of each heading of a PDF written here, by the heading's id."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        if "/Names" not in pdf.Root:
            return {}
        found = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): numbers[target[0].objgen] for name, target in found.items()}


def pictures(tree: Tree, ppi: int) -> list[bytes]:
    """The pages of the document as PNG, at so many pixels per inch."""
    sheets = _compiled(tree, SIZES[0], templates.USUAL, format="png", ppi=ppi)
    return sheets if isinstance(sheets, list) else [sheets]


def _compiled(tree: Tree, size: float, look: Look, sources: Mapping[str, bytes] = NOTHING, **options: Any) -> Any:
    """What Typst makes of a document in letters of a size."""
    clean = printable(tree, fonts.covered(_font_folder()).union(*(f.characters for f in look.fonts)))
    together.mark(clean)
    inputs = {"tree": json.dumps(clean | {"size": size}), "look": json.dumps(_without_data(templates.look(look)))}
    if sources:
        inputs["sources"] = json.dumps({name: list(data) for name, data in sources.items()})
    if logotype := logotypes.shown(look, tree):
        inputs["logotype"] = json.dumps(logotype)
    source = (templates.folder() / "standard" / "document.typ").read_bytes()
    try:
        with _with(look.fonts) as known:
            return typst.compile(source, root=_root(), sys_inputs=inputs, font_paths=known, **options)
    except typst.TypstError as error:
        if look.logotype or look.fonts:  # they looked whole, but the one who draws them knows more
            raise VaaldplanError("look-unusable", details=str(error)[:200]) from error
        raise


def _without_data(look: dict[str, Any]) -> dict[str, Any]:
    """A look without the font files, which Typst reads from a folder."""
    return look | {"font": {k: v for k, v in look["font"].items() if k != "own"}}


def png(svg: str, look: Look = templates.USUAL) -> bytes:
    """A picture as PNG, as wide as the text of a page."""
    return pngs([svg], look)[0]


def pngs(drawings: Sequence[str], look: Look = templates.USUAL) -> list[bytes]:
    """Pictures as PNG, as wide as the text of a page; one run of Typst draws them all."""
    if not drawings:
        return []
    table = Characters(fonts.covered(_font_folder()).union(*(f.characters for f in look.fonts)))
    inputs = {
        "pictures": json.dumps([svg.translate(table) for svg in drawings]),
        "fonts": json.dumps(templates.look(look)["font"]["paper"]),
    }
    with _with(look.fonts) as known:
        made = typst.compile(_PICTURE, root=_root(), format="png", ppi=PICTURE_PPI, sys_inputs=inputs, font_paths=known)
    return made if isinstance(made, list) else [made]


def _font_folder() -> Path:
    return templates.folder() / "standard" / "fonts"


def _root() -> Any:
    """Where Typst may read: a folder of the program's, not the one the user stands in."""
    return _font_folder()


@cache
def _fonts() -> typst.Fonts:
    """The shipped fonts and no others: what else is installed must not change a document."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_font_folder()])


@contextmanager
def _with(own: tuple[Font, ...]) -> Iterator[typst.Fonts]:
    """The shipped fonts and the municipality's own, which Typst reads from a folder the first time each is used."""
    if not own:
        yield _fonts()
        return
    with tempfile.TemporaryDirectory() as place:
        for i, font in enumerate(own):
            (Path(place) / f"{i}.{'otf' if font.data[:4] == b'OTTO' else 'ttf'}").write_bytes(font.data)
        folders = [str(_font_folder()), place]
        yield typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _finished(data: bytes, identity: dict[str, str]) -> Paper:
    """Mark the first cell of each table row as its heading, and say which plan it is: Typst 0.15 can do neither."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TR:
                first = element.K[0] if isinstance(element.K, pikepdf.Array) else element.K
                if first.S == pikepdf.Name.TD:
                    first.S = pikepdf.Name.TH
                    first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        said = ((name, identity.get(key, "")) for key, name in PROPERTIES.items())
        told = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said if value)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(_LAST_PROPERTY, told.encode() + _LAST_PROPERTY))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return Paper(out.getvalue(), len(pdf.pages))
