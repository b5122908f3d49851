"""A logotype: a small PNG, JPEG or SVG from the plan's folder that can do nothing but be shown.

It is read to its end here, because what a drawing program cannot read would stop the build, and because a picture may
be written to take all memory (a header that promises a million pixels, an SVG that repeats itself) or to fetch things.
"""

import re
import struct
import zlib
from xml.etree import ElementTree

from vaaldplan.patterns import regex

from . import Logotype
from .fault import FaultError

LARGEST = 1_000_000
"""Bytes in a logotype."""
MOST_PIXELS = 4_000
"""Pixels in each direction."""
MOST_SHAPES = 20_000
"""Shapes drawn by an SVG, counting each time one is used again."""
FLATTEST = 20
"""How many times wider than high it may be, or higher than wide."""

_SVG = "{http://www.w3.org/2000/svg}"
_UNUSABLE = {"script", "foreignObject", "image", "filter", "a", "animate", "animateTransform", "animateMotion",
             "set", "feImage", "iframe", "audio", "video"}  # fmt: skip
_OUTSIDE = regex(r"url\(\s*['\"]?(?!\s*#)|@import|javascript:|data:", re.IGNORECASE)
_REFERENCE = regex(r"url\(\s*['\"]?#([^)'\"]+)")
_LENGTH = regex(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in|)\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def logotype(data: bytes, alt: str = "") -> Logotype:
    """Read a picture.

    Raises:
        FaultError: it is too large, broken, no picture, or does more than be shown.
    """
    if len(data) > LARGEST:
        raise FaultError("huge", size=round(len(data) / 1000), most=LARGEST // 1000)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = Logotype("png", data, *_png(data), alt)
    elif data.startswith(b"\xff\xd8\xff"):
        found = Logotype("jpeg", data, *_jpeg(data), alt)
    elif b"<svg" in data[:4096]:
        found = Logotype("svg", data, *_svg(data), alt)
    else:
        raise FaultError("picture")
    if found.kind != "svg" and max(found.width, found.height) > MOST_PIXELS:
        raise FaultError("pixels", width=int(found.width), height=int(found.height), most=MOST_PIXELS)
    if not 1 / FLATTEST <= found.width / found.height <= FLATTEST:
        raise FaultError("shape", most=FLATTEST)
    return found


def _png(data: bytes) -> tuple[int, int]:
    """Width and height, after every chunk has been found whole and the pixels to be as many as the head says."""
    at, pixels, end = 8, b"", False
    width = height = depth = channels = 0
    try:
        while at < len(data) and not end:
            length, name = struct.unpack_from(">L4s", data, at)
            body = data[at + 8 : at + 8 + length]
            (checksum,) = struct.unpack_from(">L", data, at + 8 + length)
            if zlib.crc32(name + body) != checksum:
                raise FaultError("broken")
            if name == b"IHDR":
                width, height, depth, colour = struct.unpack_from(">LLBB", body)
                channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
            elif name == b"IDAT":
                pixels += body
            end = name == b"IEND"
            at += 12 + length
        if not (end and width and height):
            raise FaultError("broken")
        if max(width, height) > MOST_PIXELS:
            return width, height
        room = height * (width * channels * depth // 8 + 16) * 2
        unpacked = zlib.decompressobj().decompress(pixels, room)
        if len(unpacked) < height * ((width * channels * depth + 7) // 8):
            raise FaultError("broken")
    except (struct.error, zlib.error, KeyError):
        raise FaultError("broken") from None
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    """Width and height. Four colours are for printing presses: PDF/A would need a profile for them."""
    at = 2
    try:
        while True:
            mark, kind, length = struct.unpack_from(">BBH", data, at)
            if mark != 0xFF:
                raise FaultError("broken")
            if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
                _, height, width, channels = struct.unpack_from(">BHHB", data, at + 4)
                break
            at += 2 + length
    except struct.error:
        raise FaultError("broken") from None
    if channels == 4:
        raise FaultError("cmyk")
    if not (width and height and data.rstrip(b"\0").endswith(b"\xff\xd9")):
        raise FaultError("broken")
    return width, height


def _svg(data: bytes) -> tuple[float, float]:
    """Width and height of an SVG that holds shapes only and does not repeat itself without end."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or not _utf8(data):
        raise FaultError("svg", what="<!DOCTYPE>")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise FaultError("broken") from None
    if root.tag != f"{_SVG}svg":
        raise FaultError("picture")
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _UNUSABLE:
            raise FaultError("svg", what=f"<{name}>")
        if name == "style" and re.search(r"url\(|@|\\", element.text or ""):
            raise FaultError("svg", what="<style>")
        for key, value in element.attrib.items():
            key = key.rpartition("}")[2]
            if key.startswith("on") or (key == "href" and not value.startswith("#")) or _OUTSIDE.search(value):
                raise FaultError("svg", what=key)
    _Shapes(root).count()
    width, height = _extent(root)
    if not (width > 0 and height > 0):
        raise FaultError("size")
    return width, height


def _utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _extent(root: ElementTree.Element) -> tuple[float, float]:
    box = root.get("viewBox", "").replace(",", " ").split()
    lengths = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if lengths[0] and lengths[1]:
        width, height = (float(found[1]) * _UNITS[found[2]] for found in lengths if found)
        return width, height
    try:
        return float(box[2]), float(box[3])
    except (IndexError, ValueError):
        raise FaultError("size") from None


class _Shapes:
    """Counts what an SVG draws, following every reference."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.named = {e.get("id", ""): e for e in root.iter()}
        self.known: dict[ElementTree.Element, int] = {}
        self.open: set[ElementTree.Element] = set()

    def count(self) -> None:
        if self._of(self.root) > MOST_SHAPES:
            raise FaultError("shapes", most=MOST_SHAPES)

    def _of(self, element: ElementTree.Element, depth: int = 0) -> int:
        if element in self.open or depth > 100:
            raise FaultError("shapes", most=MOST_SHAPES)
        if element not in self.known:
            self.open.add(element)
            inner = [*element, *(self.named[name] for name in self._references(element) if name in self.named)]
            self.known[element] = min(1 + sum(self._of(e, depth + 1) for e in inner), 2 * MOST_SHAPES)
            self.open.discard(element)
        return self.known[element]

    @staticmethod
    def _references(element: ElementTree.Element) -> list[str]:
        found = [v[1:] for k, v in element.attrib.items() if k.rpartition("}")[2] == "href"]
        return found + [name for value in element.attrib.values() for name in _REFERENCE.findall(value)]
