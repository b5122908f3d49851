"""A tree made fit for paper: what neither PDF nor Word can hold is replaced before a writer sees it.

Municipal text comes from anywhere: pasted control characters, marks that turn the direction of writing, signs without
a glyph, links to headings that were removed. None of it may stop a build, hide text or break the standards.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterable
from functools import cache
from typing import Any, cast

from vaaldplan.patterns import regex

from .tree import Block, Tree

LONG_WORD = 60
"""Characters without a space after which a word gets places to break: longer than any Swedish word in use."""

_LONG = regex(rf"\S{{{LONG_WORD},}}")
_ADDRESS = regex(
    r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff<>\"{}|\\^`]+", re.IGNORECASE
)
_PIECE = LONG_WORD // 3
_ORDINARY = "".join(map(chr, range(0x20, 0x7F))) + "\xa0§°½åäöéüÅÄÖÉÜ–—’”…•"
"""What most texts have no other signs than."""
_OTHER = regex(f"[^{re.escape(_ORDINARY)}]")
_OURS = frozenset({"t", "to", "id"})
"""Values that are no words: the kind of a block, and addresses."""
_HOLDING = (dict, list, tuple)
_TURNS = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates: they can make text read as something else than it says."""


def printable(tree: Tree, covered: Container[int] | None = None) -> Tree:
    """The tree with every text fit to be written; the tree handed in is left as it was.

    Args:
        tree: the document.
        covered: the code points the fonts have glyphs for, when the format must show every character itself (PDF).
            Others are shown as ``[U+1F600]``, and very long words get places to break.
    """
    shown = Characters(covered)
    ordinary = all(shown[ord(sign)] == sign for sign in _ORDINARY)

    @cache
    def markup(value: str) -> str:
        value = value.replace("\n", " ")
        if ordinary and not _OTHER.search(value):
            return value  # nearly every text, and much quicker told so
        return value.translate(shown)

    @cache
    def text(value: str) -> str:
        value = markup(value)
        return _LONG.sub(_breakable, value) if len(value) >= LONG_WORD else value

    words = markup if covered is None else text
    within: dict[str, _Parts] = {"blocks": _parts(), "notes": _parts()}
    clean = {key: _copied(value, words, markup, within.get(key, {})) for key, value in tree.items()}
    parts = within["blocks"]
    places = {part["id"] for kind in _NAMED for part in parts[kind] if part.get("id")}
    for link in (*parts["link"], *within["notes"]["link"]):
        _unlink(link, places)
    _close_levels(parts["h"])
    _mark_repeated(parts["note"])
    return cast(Tree, clean)


class Characters(dict[int, str]):
    """A table for ``str.translate`` that decides on a character the first time it is met; ``covered`` as above."""

    def __init__(self, covered: Container[int] | None = None) -> None:
        self.covered = covered

    def __missing__(self, code: int) -> str:
        self[code] = self._shown(code)
        return self[code]

    def _shown(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character.isspace() and category in ("Cc", "Zl", "Zp"):
            return " "
        if character == "\ufeff":
            return ""
        if category in ("Cc", "Cs") or code in _TURNS or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code < 0xFDF0:
            return f"[U+{code:04X}]"
        if self.covered is None or (code in self.covered and category != "Co"):
            return character
        if category == "Zs":
            return " "
        if category == "Cf" or 0xFE00 <= code < 0xFE10 or 0xE0100 <= code < 0xE01F0:
            return ""  # joiners and variation selectors only steer how their neighbours look
        return f"[U+{code:04X}]"


def _breakable(word: re.Match[str]) -> str:
    """A long word with zero-width spaces, so that it cannot run off the paper."""
    return "\u200b".join(word[0][i : i + _PIECE] for i in range(0, len(word[0]), _PIECE))


_NAMED = ("h", "table", "figure")
"""The kinds of blocks that a link may lead to."""
_Parts = dict[str, list[Block]]
"""Blocks and inlines by their kind, in reading order."""


def _parts() -> _Parts:
    return {kind: [] for kind in (*_NAMED, "link", "note")}


def _copied(value: Any, text: Callable[[str], str], markup: Callable[[str], str], parts: _Parts) -> Any:
    """A copy of JSON data, each string passed through ``text``, a picture through ``markup``; what is ours stays.

    Blocks and inlines of the kinds that are asked for are put among ``parts``.
    """
    if isinstance(value, dict):
        found: Block = {}
        if "t" in value and value["t"] in parts:
            parts[value["t"]].append(found)
        for key, one in value.items():
            if isinstance(one, str):
                found[key] = one if key in _OURS else markup(one) if key == "svg" else text(one)
            else:
                found[key] = _copied(one, text, markup, parts) if isinstance(one, _HOLDING) else one
        return found
    if isinstance(value, _HOLDING):
        return [_copied(one, text, markup, parts) for one in value]
    return text(value) if isinstance(value, str) else value


def each(value: Any, visit: Callable[[Block], object]) -> None:
    """Visit every block and inline, in reading order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if "t" in found:
                visit(found)
            found = list(found.values())
        waiting += [inner for inner in reversed(found) if isinstance(inner, dict | list)]


def _unlink(link: Block, places: Collection[str]) -> None:
    """Empty the target of a link to a place the document does not have, or with a scheme that could run something."""
    target = link["to"]
    if not (target[1:] in places if target.startswith("#") else _ADDRESS.fullmatch(target)):
        link["to"] = ""


def _close_levels(headings: Iterable[Block]) -> None:
    """Leave no level of headings skipped, in place: PDF/UA and screen readers count on it."""
    above = 0
    for heading in headings:
        heading["level"] = above = min(heading["level"], above + 1)


def _mark_repeated(references: Iterable[Block]) -> None:
    """Mark references to a footnote that is written already with ``again``, in place."""
    seen: set[int] = set()
    for note in references:
        note["again"] = note["n"] in seen
        seen.add(note["n"])
