"""Document tree → one HTML file with its style and pictures inside: no requests to anywhere, no script."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import ClassVar
from weakref import WeakKeyDictionary

from vaaldplan.look import Look
from vaaldplan.patterns import regex

from . import logotypes, templates
from .printable import each, printable
from .tree import Block, Tree

_SEAM = regex(r"(?<=\S{8}[/?&=_.])(?=\S{4})")
"""Where a long word such as an address may be broken: after a sign with eight characters before it and four after."""


def write(tree: Tree, look: Look = templates.USUAL) -> bytes:
    """The document as HTML, UTF-8. The pictures' SVG is put in as it is; every other text is escaped.

    Args:
        tree: the document.
        look: the municipality's own look.
    """
    tree = printable(tree)
    blocks = tree["blocks"][1:] if tree.get("help", {}).get("inside") else tree["blocks"]
    kinds = [block["t"] for block in blocks]
    cut = kinds.index("toc") if "toc" in kinds else len(blocks)
    references: defaultdict[int, list[str]] = defaultdict(list)

    def refer(inline: Block) -> None:
        if inline["t"] == "note":
            held = references[inline["n"]]
            held.append(f"doc-reference-{inline['n'] + 1}-{len(held) + 1}")

    each([blocks, tree["notes"]], refer)
    waiting = {number: iter(ids) for number, ids in references.items()}
    template = templates.environment("html").get_template("document.html")
    page = template.render(
        tree=tree,
        look=templates.look(look),
        logotype=logotypes.shown(look, tree),
        words=tree["words"],
        before=blocks[:cut],
        after=blocks[cut + 1 :],
        has_contents=cut < len(blocks),
        references=references,
        next_reference=lambda number: next(waiting[number]),
        kept=_Kept(template, (json.dumps([tree["words"], tree.get("said")]), look)),
        breakable=lambda text: templates.BREAK.join(_SEAM.split(text)),
    )
    return re.sub(r"\n\s*\n", "\n", page).encode()


class _Kept:
    """Cards and tables as they were written last time: at the next build nearly all of them are the same."""

    _by_template: ClassVar[WeakKeyDictionary[object, dict[tuple[Hashable, str], str]]] = WeakKeyDictionary()
    """A template that has been edited is another one when it is loaded again."""
    _MOST = 2000

    def __init__(self, template: object, shared: Hashable) -> None:
        """Take what all cards and tables are written with."""
        self._written = self._by_template.setdefault(template, {})
        self._shared = shared

    def __call__(self, macro: Callable[[Block], str], block: Block) -> str:
        """What the macro writes. What refers to a note is written anew: the references are numbered through."""
        key = (self._shared, json.dumps(block))
        if '"t": "note"' in key[1]:
            return macro(block)
        if key not in self._written:
            if len(self._written) >= self._MOST:
                self._written.clear()
            self._written[key] = macro(block)
        return self._written[key]
