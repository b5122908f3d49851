"""Which colours the texts of a PDF have, and on what: the pages' drawing followed step by step, as far as needed.

A text stands on what was painted last where it begins. Nothing is said of text on pictures, patterns or in CMYK.
Of a link it is said whether only its colour tells it from the word that follows it on its line. Of coloured fields
without words nothing is: a page does not say whether they mean something or are just lines and grounds.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, NamedTuple

import pikepdf

from vaaldplan.paper import SHOWN, Colours

UNKNOWN = ""
WHITE, BLACK = "#ffffff", "#000000"
DEEPEST = 8
"""How far drawings may stand within drawings."""
MOST = 50_000
"""Steps of a page's drawing that are followed."""
_DAMAGED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pikepdf.PdfError)
THICKEST = 2
"""How many points a line under a word may be high."""
INVISIBLE = 3
"""The way to set text that is not drawn."""
_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*"}
_ENDS = {*_PAINT, "S", "s", "n"}
_FOLLOWED = "q Q cm g rg k sc scn cs re m l c v y Tf Tr BT Tm Td TD Tj TJ ' \" Do " + " ".join(_ENDS)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
START: Matrix = (1, 0, 0, 1, 0, 0)


class _Field(NamedTuple):
    """A painted area: the lines around it, and the box around those."""

    box: tuple[float, float, float, float]
    lines: list[list[Point]]
    whole: bool
    """Whether what is surrounded twice is painted too, whichever way round."""
    colour: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is painted: how often the lines go round it decides, curves taken as straight."""
        left, low, right, high = self.box
        if not (left <= x <= right and low <= y <= high):
            return False
        turns = crossings = 0
        for line in self.lines:
            for (ax, ay), (bx, by) in pairwise([*line, line[0]]):
                if (ay <= y) != (by <= y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                    turns += 1 if by > ay else -1
                    crossings += 1
        return turns != 0 if self.whole else crossings % 2 == 1


class _Words(NamedTuple):
    """A text where it begins."""

    x: float
    y: float
    colour: str
    font: str
    codes: bytes
    letters: Any
    """The font, which knows what the codes stand for."""


class _State(NamedTuple):
    """What ``q`` keeps and ``Q`` gives back."""

    matrix: Matrix = START
    fill: str = BLACK
    font: str = ""
    size: float = 1
    visible: bool = True


def colours(pdf: pikepdf.Pdf, links: list[str]) -> Iterator[Colours]:
    """Every pair of colours, with the first text that has it; put into ``links`` what is a link by its colour alone."""
    seen = set()
    signs: set[bytes] = set()
    for number, page in enumerate(pdf.pages, 1):
        found: list[tuple[tuple[str, str], bytes, Any]] = []
        with suppress(*_DAMAGED):  # of the rest of a damaged page nothing is said
            drawn = _Page()
            found.extend(drawn.texts(page.obj, _State(), 0))
            links += drawn.links_by_colour(page.obj.get("/Annots", []))
        for pair, code, font in found:
            if pair in seen or UNKNOWN in pair or code in signs:
                continue
            text = _letters(code, font)
            if re.search(r"\w|…", text):
                seen.add(pair)
                yield Colours(*pair, text[:SHOWN], number)
            else:
                signs.add(code)  # the dots of the contents and such: they say nothing


class _Page:
    def __init__(self) -> None:
        self.fields: list[_Field] = []
        self.words: list[_Words] = []
        self.rules: list[tuple[float, float, float]] = []
        """Lines that lie: from where to where, and how high."""
        self.steps = 0

    def texts(self, drawn: Any, state: _State, depth: int) -> Iterator[tuple[tuple[str, str], bytes, Any]]:
        """The colours of each text of a page or of a drawing on it, with the text's codes and font."""
        kept: list[_State] = []
        lines: list[list[Point]] = []
        line = START
        resources = drawn.get("/Resources", {})
        for instruction in pikepdf.parse_content_stream(drawn, _FOLLOWED):
            self.steps += 1
            if self.steps > MOST:
                return
            operator, operands = str(instruction.operator), instruction.operands
            match operator:
                case "q":
                    kept.append(state)
                case "Q":
                    state = kept.pop() if kept else state
                case "cm":
                    state = state._replace(matrix=_times(_numbers(operands), state.matrix))
                case "g" | "rg" | "k" | "sc" | "scn":
                    state = state._replace(fill=_colour(operands))
                case "cs":
                    state = state._replace(fill=BLACK)
                case "re":
                    x, y, width, height = map(float, operands)
                    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                    lines.append([_moved(corner, state.matrix) for corner in corners])
                case "m":
                    lines.append([_moved(_last(operands), state.matrix)])
                case "l" | "c" | "v" | "y" if lines:
                    lines[-1].append(_moved(_last(operands), state.matrix))
                case "Tf":
                    state = state._replace(font=str(operands[0]), size=float(operands[1]))
                case "Tr":
                    state = state._replace(visible=int(operands[0]) != INVISIBLE)
                case "BT":
                    line = START
                case "Tm":
                    line = _numbers(operands)
                case "Td" | "TD":
                    line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
                case "Tj" | "TJ" | "'" | '"':
                    code = _codes(operands[-1])
                    if code and state.visible:
                        placed = _times(line, state.matrix)
                        letters = resources.get("/Font", {}).get(state.font)
                        self.words.append(_Words(*placed[4:], state.fill, state.font, code, letters))
                        x, y = _moved((0.1 * state.size, 0.3 * state.size), placed)
                        yield (state.fill, self._under(x, y)), code, letters
                case "Do":
                    inner = resources.get("/XObject", {}).get(str(operands[0]))
                    if inner is not None and inner.get("/Subtype") == "/Form" and depth < DEEPEST:
                        moved = _times(_numbers(inner.get("/Matrix", START)), state.matrix)
                        yield from self.texts(inner, state._replace(matrix=moved), depth + 1)
                    else:
                        corners = ((0, 0), (1, 0), (1, 1), (0, 1))
                        self._paint([[_moved(corner, state.matrix) for corner in corners]], UNKNOWN)
            if operator in _ENDS:
                if operator in _PAINT:
                    self._paint(lines, state.fill, whole="*" not in operator)
                self.rules += _rules(lines if operator != "n" else [])
                lines = []

    def links_by_colour(self, annotations: Any) -> Iterator[str]:
        """The links that have neither a line below nor a frame, and differ in colour alone from the word after them."""
        for left, low, right, high in _links(annotations):
            middle = (low + high) / 2
            below = [min(right, b) - max(left, a) for a, b, y in self.rules if low - 3 <= y <= middle]
            if sum(length for length in below if length > 0) > (right - left) / 2:
                continue  # a line may have gaps where letters reach below it
            level = [w for w in self.words if low - 1 <= w.y <= middle and left - 1 <= w.x <= right + high - middle]
            inside = [w for w in level if w.x < right - 1]
            after = [w for w in level if w.x >= right - 1 and inside and abs(w.y - inside[-1].y) < 1]
            if after and (shown := inside[-1]).font == after[0].font and shown.colour != after[0].colour != UNKNOWN:
                yield _letters(shown.codes, shown.letters)[:SHOWN]

    def _paint(self, lines: list[list[Point]], colour: str, *, whole: bool = True) -> None:
        if lines:
            across, up = zip(*(point for line in lines for point in line), strict=True)
            self.fields.append(_Field((min(across), min(up), max(across), max(up)), lines, whole, colour))

    def _under(self, x: float, y: float) -> str:
        return next((field.colour for field in reversed(self.fields) if field.holds(x, y)), WHITE)


def _rules(lines: list[list[Point]]) -> Iterator[tuple[float, float, float]]:
    """Those lines, and painted areas as thin as lines, that lie."""
    for line in lines:
        across, up = zip(*line, strict=True)
        if max(up) - min(up) <= THICKEST < max(across) - min(across):
            yield min(across), max(across), min(up)


def _links(annotations: Any) -> Iterator[tuple[float, float, float, float]]:
    """Where the links of a page stand, line by line; those with a frame of their own are told from their words."""
    for one in annotations:
        frame = one.get("/BS", {}).get("/W", one.get("/Border", [0, 0, 1])[2])
        if one.get("/Subtype") == "/Link" and not frame:
            corners = [float(n) for n in one.get("/QuadPoints", [])] or [float(n) for n in one.Rect]
            for i in range(0, len(corners), 8):
                across, up = corners[i : i + 8 : 2], corners[i + 1 : i + 8 : 2]
                yield min(across), min(up), max(across), max(up)


def _last(operands: Any) -> Point:
    """The point that a line or curve leads to."""
    return float(operands[-2]), float(operands[-1])


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(o) for o in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _colour(operands: Any) -> str:
    """Grey or red, green and blue as ``#rrggbb``; all else is ``UNKNOWN``."""
    if len(operands) not in (1, 3) or any(isinstance(o, pikepdf.Name) for o in operands):
        return UNKNOWN
    shares = [min(max(float(o), 0), 1) for o in operands]
    return "#" + "".join(f"{round(share * 255):02x}" for share in (shares * 3)[:3])


def _codes(shown: Any) -> bytes:
    strings = shown if isinstance(shown, pikepdf.Array | list) else [shown]
    return b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))


def _letters(codes: bytes, font: Any) -> str:
    """What the codes of a text stand for, from the font's own table; three dots when it has none."""
    if font is None or "/ToUnicode" not in font:
        return "…"
    table = {code.lower(): text for code, text in _PAIR.findall(font.ToUnicode.read_bytes())}
    found = (table.get(codes[i : i + 2].hex().encode()) for i in range(0, len(codes), 2))
    return "".join(bytes.fromhex(t.decode()).decode("utf-16-be", "replace") for t in found if t) or "…"
