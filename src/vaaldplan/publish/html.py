"""Document tree → one HTML file with its style and pictures inside: no requests to anywhere, no script."""

import re
from collections import defaultdict

from . import templates
from .printable import each, printable
from .tree import Block, Tree

_SEAM = re.compile(r"(?<=\S{8}[/?&=_.])(?=\S{4})")
"""Where a long word such as an address may be broken: after a sign with eight characters before it and four after."""


def write(tree: Tree) -> bytes:
    """The document as HTML, UTF-8. The pictures' SVG is put in as it is; every other text is escaped."""
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
    page = (
        templates.environment("html")
        .get_template("document.html")
        .render(
            tree=tree,
            words=tree["words"],
            before=blocks[:cut],
            after=blocks[cut + 1 :],
            has_contents=cut < len(blocks),
            references=references,
            next_reference=lambda number: next(waiting[number]),
            breakable=lambda text: templates.BREAK.join(_SEAM.split(text)),
        )
    )
    return re.sub(r"\n\s*\n", "\n", page).encode()
