"""Which colours the texts of an HTML page have: as much of CSS as our pages use, and silence about the rest.

Style sheets stand in the page; what depends on the medium, the window's width or the reader's pointer is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from vaaldplan.patterns import regex

from .html_page import Element

_COMMENT = regex(r"/\*.*?\*/", re.DOTALL)
_PARTS = regex(r"(?P<tag>[\w-]+|\*)|\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|(?P<pseudo>:(?:root|first-child))")
_GRADIENT = regex(r"[\w-]*gradient\((?:[^()]|\([^()]*\))*\)|url\([^)]*\)")
_COLOUR = regex(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b")
_NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "gray": "#808080", "grey": "#808080",
          "yellow": "#ffff00", "blue": "#0000ff", "green": "#008000", "silver": "#c0c0c0"}  # fmt: skip
_WANTED = ("color", "background", "background-color", "text-decoration", "text-decoration-line")
UNKNOWN = "?"
"""A colour that cannot be told."""


class Style(NamedTuple):
    """How a text looks."""

    colour: str
    background: str
    underlined: bool
    field: bool
    """Whether the element has a background of its own, by its class, its id or in place."""


class _Compound(NamedTuple):
    """What one element must be: ``table.wide`` with what leads to it, a space or ``>``."""

    leading: str
    tag: str
    classes: frozenset[str]
    id: str
    pseudos: tuple[str, ...]

    def fits(self, element: Element) -> bool:
        """Whether an element is like this."""
        if self.tag not in ("", "*", element.tag) or (self.id and element.attributes.get("id") != self.id):
            return False
        if self.classes and not self.classes <= set(element.attributes.get("class", "").split()):
            return False
        for pseudo in self.pseudos:
            parent = element.parent
            if pseudo == ":root" and element.tag != "html":
                return False
            if pseudo == ":first-child" and (parent is None or parent.elements[0] is not element):
                return False
        return True


class _Declared(NamedTuple):
    """What a style sheet says of the elements that fit."""

    weight: tuple[int, int, int, int]
    """How specific the selector is, then the order."""
    compounds: list[_Compound]
    values: dict[str, str]

    def fits(self, element: Element) -> bool:
        """Whether an element is meant; what stands farther up is tried from the nearest."""
        if not self.compounds[-1].fits(element):
            return False
        return self._above(element, len(self.compounds) - 1)

    def _above(self, element: Element, index: int) -> bool:
        if index == 0:
            return True
        wanted = self.compounds[index - 1]
        for above in element.above():
            if wanted.fits(above) and self._above(above, index - 1):
                return True
            if self.compounds[index].leading == ">":
                return False
        return False


class Sheet:
    """The style sheets of a page."""

    def __init__(self, page: Element) -> None:
        text = "".join("".join(map(str, e.children)) for e in page.all() if e.tag == "style")
        self.variables: dict[str, str] = {}
        self._by_key: defaultdict[str, list[_Declared]] = defaultdict(list)
        self._ids: set[str] = set()
        """The ids that a selector names."""
        self._firsts = False
        """Whether a selector asks which element is the first."""
        self._kinds: dict[int, int] = {}
        """The number of each element's kind: elements of a kind cannot be told from each other by any selector."""
        self._numbers: dict[tuple[object, ...], int] = {}
        self._styles: list[Style] = []
        """The style of each kind."""
        self._colours: dict[str, str] = {}
        for number, (selectors, body) in enumerate(_rules(_COMMENT.sub("", text))):
            values = _values(body)
            if selectors.strip() in (":root", "html"):
                self.variables |= {name: value for name, value in values.items() if name.startswith("--")}
            wanted = {name: value for name, value in values.items() if name in _WANTED}
            for selector in selectors.split(",") if wanted else ():
                if compounds := _compounds(selector):
                    self._add(compounds, wanted, number)

    def _add(self, compounds: list[_Compound], values: dict[str, str], number: int) -> None:
        ids = sum(bool(c.id) for c in compounds)
        classes = sum(len(c.classes) + len(c.pseudos) for c in compounds)
        tags = sum(c.tag not in ("", "*") for c in compounds)
        self._ids |= {c.id for c in compounds}
        self._firsts |= any(":first-child" in c.pseudos for c in compounds)
        last = compounds[-1]
        key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag or "*"
        self._by_key[key].append(_Declared((ids, classes, tags, number), compounds, values))

    def style(self, element: Element) -> Style:
        """How the text directly within an element looks."""
        kinds = self._kinds
        line = []
        one: Element | None = element
        while one is not None and id(one) not in kinds:
            line.append(one)
            one = one.parent
        for one in reversed(line):
            kinds[id(one)] = self._kind(one)
        return self._styles[kinds[id(element)]]

    def _kind(self, element: Element) -> int:
        """The number of an element's kind; those above it have theirs."""
        attributes, parent = element.attributes, element.parent
        above = self._kinds[id(parent)] if parent is not None else -1
        name = attributes.get("id", "")
        kind = (
            above,
            element.tag,
            attributes.get("class"),
            name if name in self._ids else "",
            attributes.get("style"),
            self._firsts and parent is not None and parent.elements[0] is element,
        )
        if kind not in self._numbers:
            self._numbers[kind] = len(self._styles)
            usual = Style("#000000", "#ffffff", False, False)
            self._styles.append(self._own(element, self._styles[above] if above >= 0 else usual))
        return self._numbers[kind]

    def _own(self, element: Element, above: Style) -> Style:
        own, field = self._declared(element)
        colour = self._colour(own.get("color", "inherit"))
        shown = own.get("background-color", own.get("background"))
        background = self._colour(shown) if shown is not None else ""
        line = own.get("text-decoration-line", own.get("text-decoration"))
        underlined = element.tag in ("a", "u", "ins") or above.underlined
        if line is not None:
            underlined = "underline" in line or above.underlined
        return Style(colour or above.colour, background or above.background, underlined, field and bool(background))

    def _declared(self, element: Element) -> tuple[dict[str, str], bool]:
        """What is said of an element, the strongest last, and whether a background is meant for it and not its kind."""
        attributes = element.attributes
        keys = ["*", element.tag, *(f".{name}" for name in attributes.get("class", "").split())]
        if "id" in attributes:
            keys.append(f"#{attributes['id']}")
        found = sorted(
            (d for key in keys for d in self._by_key.get(key, ()) if d.fits(element)), key=lambda d: d.weight
        )
        own: dict[str, str] = {}
        field = False
        for declared in found:
            if "background" in declared.values or "background-color" in declared.values:
                own.pop("background-color", None)
                last = declared.compounds[-1]
                field = field or bool(last.classes or last.id)
            own |= declared.values
        inline = _values(attributes.get("style", ""))
        if "background" in inline or "background-color" in inline:
            own.pop("background-color", None)
            field = True
        return own | inline, field

    def _colour(self, value: str) -> str:
        """A value as ``#rrggbb``; empty when it is that of the element above, ``UNKNOWN`` when it cannot be told."""
        if value not in self._colours:
            plain = value.replace("!important", "").strip().lower()
            for _ in range(5):  # a variable may stand for another
                plain = re.sub(r"var\((--[\w-]+)\)", lambda m: self.variables.get(m[1], ""), plain)
            self._colours[value] = _read(_GRADIENT.sub("", plain))
        return self._colours[value]


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules outside every at-rule, as selectors and declarations."""
    position = 0
    while position < len(css):
        brace = css.find("{", position)
        if brace < 0:
            return
        head = css[position:brace].rpartition(";")[2]
        if not head.strip().startswith("@"):
            end = css.find("}", brace)
            if end < 0:
                return
            yield head, css[brace + 1 : end]
            position = end + 1
            continue
        depth = 1
        position = brace + 1
        while depth and position < len(css):
            depth += {"{": 1, "}": -1}.get(css[position], 0)
            position += 1


def _values(body: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in body.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def _compounds(selector: str) -> list[_Compound]:
    """A selector's parts; empty when it says something that is not known here."""
    found = []
    leading = " "
    for word in re.sub(r"\s*>\s*", " > ", selector).split():
        if word == ">":
            leading = ">"
            continue
        if _PARTS.sub("", word):
            return []
        parts = [(m.lastgroup, m[0].lstrip(".#")) for m in _PARTS.finditer(word)]
        named = {kind: [text for k, text in parts if k == kind] for kind in ("tag", "cls", "id", "pseudo")}
        found.append(
            _Compound(
                leading,
                "".join(named["tag"]),
                frozenset(named["cls"]),
                "".join(named["id"]),
                tuple(named["pseudo"]),
            )
        )
        leading = " "
    return found


def _read(value: str) -> str:
    if value in ("inherit", "unset", "", "none", "transparent", "currentcolor"):
        return ""
    for word in reversed(_COLOUR.findall(value)):
        if word in _NAMED:
            return _NAMED[word]
        if word == "transparent":
            return ""
        if word.startswith("#") and len(word) in (4, 7):
            return word if len(word) == 7 else "#" + "".join(2 * sign for sign in word[1:])
        if numbers := re.fullmatch(r"rgb\(\s*(\d+)\s*,?\s*(\d+)\s*,?\s*(\d+)\s*\)", word):
            return "#" + "".join(f"{min(int(n), 255):02x}" for n in numbers.groups())
        if word.startswith(("#", "rgb")):
            return UNKNOWN
    return UNKNOWN
