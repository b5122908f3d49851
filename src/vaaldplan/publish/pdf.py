"""Document tree → PDF that follows PDF/UA-1 and PDF/A at once, and pictures for the formats that cannot draw SVG.

The Typst template ``document.typ`` sets the page. It gets the tree as JSON text and no folder to read from.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst

from vaaldplan.config import STANDARDS
from vaaldplan.errors import VaaldplanError
from vaaldplan.look import Font, Look, fonts

from . import logotypes, pdf_letters, templates, together
from .parse import plain_text
from .pdf_finish import INWARD, Paper, finished
from .printable import Characters, printable
from .tree import Block, Tree

NOTHING: Mapping[str, bytes] = MappingProxyType({})
SIZES = (11, 10.5, 10, 9.5, 9)
"""The letters of the text in points, and those to try when a document must fit on fewer pages."""
PICTURE_PPI = 200
"""Pixels per inch of a picture as wide as the text."""

_PICTURE = b"""
#set page(width: 160mm, height: auto, margin: 0pt)
#set text(font: json(bytes(sys.inputs.fonts)))
#for svg in json(bytes(sys.inputs.pictures)) { page(image(bytes(svg), format: "svg", width: 100%)) }
"""


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
    carried = sources if standard == "a-3a" else NOTHING
    clean = _clean(tree, look)
    identity = {key: value.translate(Characters()) for key, value in tree.get("identity", {}).items()}
    for size in SIZES:
        data = _compiled(clean, size, look, carried, format="pdf", pdf_standards=[standard, "ua-1"])
        paper = finished(data, clean, identity, standard)
        if paper.pages <= tree.get("most_pages", paper.pages):
            break
    return paper


def pictures(tree: Tree, ppi: int) -> list[bytes]:
    """The pages of the document as PNG, at so many pixels per inch."""
    look = templates.USUAL
    sheets = _compiled(_clean(tree, look), SIZES[0], look, format="png", ppi=ppi)
    return sheets if isinstance(sheets, list) else [sheets]


def _compiled(tree: Tree, size: float, look: Look, sources: Mapping[str, bytes] = NOTHING, **options: Any) -> Any:
    """What Typst makes of a document in letters of a size."""
    told = {"size": size, "inward": INWARD, "places": dict.fromkeys(_places(tree["blocks"]), True)}
    inputs = {
        "tree": json.dumps(tree | told, ensure_ascii=False, separators=(",", ":")),
        "look": json.dumps(_without_data(templates.look(look))),
    }
    if sources:
        inputs["sources"] = json.dumps({name: list(data) for name, data in sources.items()})
    if logotype := logotypes.shown(look, tree):
        inputs["logotype"] = json.dumps(logotype)
    source = (templates.folder() / "standard" / "document.typ").read_bytes()
    return _drawn(source, look, sys_inputs=inputs, **options)


def _drawn(source: bytes, look: Look, **options: Any) -> Any:
    """What Typst makes of a source, with the fonts of a look."""
    try:
        with _with(look.fonts) as known:
            return typst.compile(source, root=_root(), font_paths=known, **options)
    except typst.TypstError as error:
        if look.logotype or look.fonts:  # they looked whole, but the one who draws them knows more
            raise VaaldplanError("look-unusable", details=str(error)[:200]) from error
        raise


def _clean(tree: Tree, look: Look) -> Tree:
    """The tree with what the fonts can show, and marked with what stands together."""
    clean = printable(tree, fonts.Known(_font_folder(), look.fonts))
    together.mark(clean)
    pdf_letters.mark(clean["blocks"])
    return clean


def _places(blocks: list[Block]) -> Iterator[str]:
    """The ids of the headings; one without words is none on paper."""
    for block in blocks:
        if block["t"] in ("h", "card"):
            heading = block.get("h", block)
            if heading["id"] and plain_text(heading["c"]).strip():
                yield heading["id"]
        yield from _places(block.get("blocks", []))
        for item in block["items"] if block["t"] in ("ul", "ol") else ():
            yield from _places(item)


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
    table = Characters(fonts.Known(_font_folder(), look.fonts))
    inputs = {
        "pictures": json.dumps([svg.translate(table) for svg in drawings]),
        "fonts": json.dumps(templates.look(look)["font"]["paper"]),
    }
    made = _drawn(_PICTURE, look, format="png", ppi=PICTURE_PPI, sys_inputs=inputs)
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
    import tempfile  # few have fonts of their own

    with tempfile.TemporaryDirectory() as place:
        for i, font in enumerate(own):
            (Path(place) / f"{i}.{'otf' if font.data[:4] == b'OTTO' else 'ttf'}").write_bytes(font.data)
        folders = [str(_font_folder()), place]
        yield typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
