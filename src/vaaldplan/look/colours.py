"""Colours: read, compared with what they stand against, made darker or lighter until they can be read."""

from typing import NamedTuple

from vaaldplan.patterns import regex

LEAST = 4.5
"""The contrast that text must have: WCAG 2.1, 1.4.3, which EN 301 549 and lag (2018:1937) build on."""
WHITE = "#ffffff"
BLACK = "#000000"
_HEX = regex(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


class Ratio(str):
    """A contrast with one decimal, never rounded up to what is asked."""

    __slots__ = ()

    @classmethod
    def of(cls, value: float) -> "Ratio":
        """The ratio of a number."""
        return cls(f"{int(value * 10) / 10:.1f}")

    @property
    def sv(self) -> str:
        """As Swedish writes it."""
        return self.replace(".", ",")


class Weak(NamedTuple):
    """A colour that cannot be read against another."""

    ratio: Ratio
    against: str
    better: str
    """The nearest shade that can."""


def colour(text: str) -> str:
    """A colour as ``#rrggbb``.

    Raises:
        ValueError: it is not one.
    """
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    figures = found[1] if len(found[1]) == 6 else "".join(2 * f for f in found[1])
    return f"#{figures.lower()}"


def _parts(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _luminance(value: str) -> float:
    shares = (part / 255 for part in _parts(value))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, from 1 to 21, as WCAG reckons it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another in it."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_parts(one), _parts(other), strict=True))


def weak(value: str, *against: str) -> Weak | None:
    """Whether text of a colour is too faint on one of several grounds; the shade is moved away from them."""
    worst = min(against, key=lambda ground: contrast(value, ground))
    ratio = contrast(value, worst)
    if ratio >= LEAST:
        return None
    goal = BLACK if contrast(worst, BLACK) > contrast(worst, WHITE) else WHITE
    shades = (mixed(value, goal, step / 100) for step in range(1, 101))
    better = next((s for s in shades if all(contrast(s, ground) >= LEAST for ground in against)), goal)
    return Weak(Ratio.of(ratio), worst, better)


def on(value: str, dark: str) -> str:
    """White or a dark colour, whichever is easier to read on a colour."""
    return max(WHITE, dark, key=lambda ink: contrast(value, ink))
