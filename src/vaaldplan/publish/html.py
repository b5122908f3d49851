"""Document tree → one HTML file with its style and pictures inside: no requests to anywhere, no script."""

import re
from collections import defaultdict

from vaaldplan.look import Look

from . import jinja, logotypes, templates
from .html_blocks import Blocks
from .printable import each, printable
from .tree import Block, Tree


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

    if tree["notes"]:
        each([blocks, tree["notes"]], refer)
    waiting = {number: iter(ids) for number, ids in references.items()}
    written = Blocks(tree, lambda number: next(waiting[number]))
    page = jinja.template("html", "document.html").render(
        tree=tree,
        look=templates.look(look),
        logotype=logotypes.shown(look, tree),
        words=tree["words"],
        written=written,
        before=blocks[:cut],
        after=blocks[cut + 1 :],
        has_contents=cut < len(blocks),
        references=references,
    )
    return re.sub(r"\n\s*\n", "\n", page).encode()
