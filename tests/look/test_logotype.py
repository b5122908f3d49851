"""A logotype is read to its end before it is used: what is broken, huge, or does more than be shown is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from vaaldplan.look import logotype as pictures
from vaaldplan.look.fault import FaultError
from vaaldplan.publish import pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{}</svg>'


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


def refused(data: bytes) -> str:
    with pytest.raises(FaultError) as caught:
        pictures.logotype(data)
    return caught.value.variant


GOOD = {
    "png": drawn("png"),
    "png with a palette": drawn("png", "P"),
    "png with one bit": drawn("png", "1"),
    "png with alpha": drawn("png", "RGBA"),
    "png with 16 bits": drawn("png", "I;16"),
    "jpeg": drawn("jpeg"),
    "progressive jpeg": drawn("jpeg", progressive=True),
    "grey jpeg": drawn("jpeg", "L"),
    "svg": svg('<path d="M0 0h40v20z"/>'),
    "svg with a style": svg('<style>.a{fill:#fff}</style><path class="a" d="M0 0h40v20z"/>'),
    "svg with a clip path": svg(
        '<defs><path id="a" d="M0 0h40v20z"/></defs><clipPath id="b"><use xlink:href="#a"/></clipPath><g clip-path="url(#b)"><use href="#a"/></g>'
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_ordinary_pictures_are_read_and_can_be_drawn(name: str) -> None:
    found = pictures.logotype(GOOD[name], "Vapen")
    assert (found.width, found.height, found.alt) == (40, 20, "Vapen")
    if found.kind == "svg":
        assert pdf.png(found.data.decode()).startswith(b"\x89PNG")


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has a thousand million pixels, and holds them."""
    chunk = lambda name, body: struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))  # noqa: E731
    head = struct.pack(">LLBBBBB", 30000, 30000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
        + chunk(b"IEND", b"")
    )


def nested(levels: int) -> bytes:
    """An SVG that draws ten times ten times ten … shapes."""
    groups = "".join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, levels))
    return svg(f'<defs><path id="a0" d="M0 0h1v1z"/>{groups}</defs><use href="#a{levels - 1}"/>')


BAD = {
    "text": (b"hej", "picture"),
    "nothing": (b"", "picture"),
    "gif": (drawn("gif"), "picture"),
    "html": (b"<html><svg></svg></html>", "picture"),
    "too many bytes": (b"\x89PNG\r\n\x1a\n" + bytes(1_000_000), "huge"),
    "too many pixels": (drawn("png", "1", (4001, 10)), "pixels"),
    "png bomb": (bomb(), "pixels"),
    "a line": (drawn("png", size=(400, 10)), "shape"),
    "png cut short": (drawn("png")[:-20], "broken"),
    "png with a changed byte": (drawn("png")[:40] + b"x" + drawn("png")[41:], "broken"),
    "png without pixels": (drawn("png")[:33] + drawn("png")[-12:], "broken"),
    "jpeg cut short": (drawn("jpeg", size=(400, 300))[:-40], "broken"),
    "jpeg head only": (drawn("jpeg")[:6], "broken"),
    "jpeg for print": (drawn("jpeg", "CMYK"), "cmyk"),
    "script": (svg("<script>alert(1)</script>"), "svg"),
    "event": (svg('<path onload="alert(1)" d="M0 0"/>'), "svg"),
    "picture from the network": (svg('<image href="https://ond.example/a.png"/>'), "svg"),
    "use from the network": (svg('<use xlink:href="https://ond.example/a.svg#b"/>'), "svg"),
    "use of a file": (svg('<use href="file:///etc/passwd"/>'), "svg"),
    "fill from the network": (svg('<path fill="url(https://ond.example/a.svg#b)" d="M0 0"/>'), "svg"),
    "style from the network": (svg("<style>@import url(https://ond.example/a.css);</style>"), "svg"),
    "style that fetches": (svg("<style>path{fill:u\\72l(https://ond.example)}</style>"), "svg"),
    "foreign object": (svg("<foreignObject><p>hej</p></foreignObject>"), "svg"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("<text>&a;</text>"), "svg"),
    "entities in UTF-16": (SVG.format("").encode("utf-16"), "picture"),
    "filter": (svg('<filter id="a"><feGaussianBlur stdDeviation="999999"/></filter>'), "svg"),
    "shapes without end": (nested(8), "shapes"),
    "shapes in a ring": (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "shapes"),
    "pattern in pattern": (
        svg(
            "".join(
                f'<pattern id="p{i}">' + f'<path fill="url(#p{i + 1})" d="M0 0"/>' * 10 + "</pattern>" for i in range(8)
            )
        ),
        "shapes",
    ),
    "deep": (svg("<g>" * 5000 + "</g>" * 5000), "shapes"),
    "not whole": (SVG.format("<path")[:-6].encode(), "broken"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "size"),
    "no width": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>', "size"),
    "kilometres": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 100000"/>', "shape"),
    "not a number": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 10"/>', "size"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_refused(name: str) -> None:
    data, variant = BAD[name]
    assert refused(data) == variant
