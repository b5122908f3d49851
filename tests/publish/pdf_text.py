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
            strings = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
            letters = "".join(fonts[codes[i : i + 2]] for i in range(0, len(codes), 2))
            yield letters, "/Artifact" in open_tags
        elif operator == "Do":
            drawn = page.Resources.XObject[str(operands[0])]
            if drawn.Subtype == "/Form":
                yield from _texts(drawn, open_tags)


def _letters(font: Any) -> dict[bytes, str]:
    """What each two-byte code of a font stands for, from its ToUnicode map."""
    table = font.ToUnicode.read_bytes()
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for section in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for code, text in PAIR.findall(section)
    }
