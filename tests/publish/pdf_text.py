"""Reads the words back out of a PDF, page by page, and says which of them are read aloud."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def read(data: bytes, *, artifacts: bool = False) -> list[str]:
    """The words of each page: those that are read aloud, or with ``artifacts`` the others, such as headers."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return ["".join(t for t, artifact in _texts(page.obj, []) if artifact == artifacts) for page in pdf.pages]


def spoken(data: bytes) -> list[tuple[str, str]]:
    """The words that are read aloud, in the order of the structure, each piece with the language it is read in."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pieces = {
            (page.objgen, number): (text, language)
            for page in pdf.pages
            for number, text, language in _marked(page.obj)
        }
        found: list[tuple[str, str]] = []

        def visit(element: Any, page: Any, language: str) -> None:
            language, page = str(element.get("/Lang", language)), element.get("/Pg", page)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    visit(kid, page, language)
                elif not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid:
                    inside = isinstance(kid, pikepdf.Dictionary)
                    place = kid.get("/Pg", page) if inside else page
                    text, own = pieces[place.objgen, int(kid.MCID if inside else kid)]
                    found.append((text, own or language))

        visit(pdf.Root.StructTreeRoot, None, str(pdf.Root.Lang))
        return found


def _marked(page: Any) -> Iterator[tuple[int, str, str]]:
    """Each piece of a page that the structure names: its number, its words, and the language it says itself."""
    fonts: dict[bytes, str] = {}
    number, language, text = -1, "", ""
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "BDC" and "/MCID" in operands[1]:
            number, language, text = int(operands[1].MCID), str(operands[1].get("/Lang", "")), ""
        elif operator == "EMC" and number >= 0:
            yield number, text, language
            number = -1
        elif operator == "Tf":
            fonts = _letters(page.Resources.Font[str(operands[0])])
        elif operator in ("Tj", "TJ"):
            text += _shown(operands[0] if operator == "TJ" else operands, fonts)


def places(data: bytes) -> dict[str, int]:
    """The page of each heading, by the heading's id."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else {}
        return {str(name): numbers[target[0].objgen] for name, target in found.items()}


def squeezed(text: str) -> str:
    """Without what line breaks add or take away: spaces, hyphens and zero-width spaces."""
    return re.sub(r"[\s\u200b\u2060\u00ad\u2010-]", "", text)


def _texts(page: Any, open_tags: list[str]) -> Iterator[tuple[str, bool]]:
    fonts: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in ("BDC", "BMC"):
            open_tags.append(str(operands[0]))
            yield "\n", "/Artifact" in open_tags
        elif operator == "EMC":
            open_tags.pop()
        elif operator == "Tf":
            fonts = _letters(page.Resources.Font[str(operands[0])])
        elif operator in ("Tj", "TJ"):
            yield _shown(operands[0] if operator == "TJ" else operands, fonts), "/Artifact" in open_tags
        elif operator == "Do":
            drawn = page.Resources.XObject[str(operands[0])]
            if drawn.Subtype == "/Form":
                yield from _texts(drawn, open_tags)


def _shown(strings: Any, fonts: dict[bytes, str]) -> str:
    codes = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
    return "".join(fonts[codes[i : i + 2]] for i in range(0, len(codes), 2))


def _letters(font: Any) -> dict[bytes, str]:
    """What each two-byte code of a font stands for, from its ToUnicode map."""
    table = font.ToUnicode.read_bytes()
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for section in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for code, text in PAIR.findall(section)
    }
