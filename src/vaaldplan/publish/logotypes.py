"""The municipality's logotype, made ready for each format."""

import base64
from typing import TypedDict

from vaaldplan.look import Logotype, Look

from .tree import Tree

HIGHEST, LOW = 20.0, 14.0
WIDEST = 75.0
"""How much room it may take on a page, in millimetres; on a paper without a cover it is lower."""
_KINDS = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


class Shown(TypedDict):
    """A logotype as the templates show it."""

    address: str
    """All of the picture, as an address that fetches nothing."""
    svg: str
    """The same as an SVG, for what draws no other kind from text."""
    alt: str
    width: float
    height: float
    """In millimetres."""


def shown(look: Look, tree: Tree) -> Shown | None:
    """The logotype of a look, if it has one."""
    found = look.logotype
    if found is None:
        return None
    width, height = extent(found, LOW if tree.get("opening") == "head" else HIGHEST)
    address = f"data:{_KINDS[found.kind]};base64,{base64.b64encode(found.data).decode()}"
    size = f'width="{found.width:g}" height="{found.height:g}"'
    drawn = (
        found.data.decode()
        if found.kind == "svg"
        else f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{address}" {size}/></svg>'
    )
    return {"address": address, "svg": drawn, "alt": alt(found, tree), "width": width, "height": height}


def extent(logotype: Logotype, highest: float) -> tuple[float, float]:
    """Width and height on a page, in millimetres."""
    scale = min(highest / logotype.height, WIDEST / logotype.width)
    return round(logotype.width * scale, 1), round(logotype.height * scale, 1)


def alt(logotype: Logotype, tree: Tree) -> str:
    """What is said of the logotype to those who do not see it."""
    return logotype.alt or f"{tree['words']['logotype']} {tree['municipality']}".strip()
