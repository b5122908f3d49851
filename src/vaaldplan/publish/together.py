"""What stands together on a page: marks on the blocks that the two writers of paper follow.

``whole``: it is not divided between pages. ``sticky``: it stands on the page of what comes next. ``apart``: it begins
a page.
"""

from itertools import chain, pairwise

from .parse import plain_text
from .tree import Block, Tree

FEW_TERMS = 12
FEW_ROWS = 8
FEW_LETTERS = 1200
"""In a list of terms or a table that surely fits in a part of a page."""
SHORT = 300
"""Letters of a paragraph that only leads over from a heading to terms."""
_LISTS = ("ul", "ol", "dl", "table")


def mark(tree: Tree) -> None:
    """Mark the blocks of a tree, in place. Cards are kept together anyway; where pages are few, nothing else is."""
    _mark(tree["blocks"], few_pages="most_pages" in tree)
    if tree.get("opening") != "head" and (first := _first_appendix(tree["blocks"])):
        first["apart"] = True


def _mark(blocks: list[Block], *, few_pages: bool) -> None:
    for block in blocks:
        if block["t"] in ("dl", "table"):
            block["whole"] = not few_pages and _small(block)
        elif block["t"] in ("summary", "callout", "quote"):
            _mark(block["blocks"], few_pages=few_pages)
    before: Block = {"t": ""}
    for block, following in pairwise(blocks):
        if block["t"] == "p":
            bold = [inline["t"] for inline in block["c"]] == ["strong"]
            alone = before["t"] == "h" and len(plain_text(block["c"])) < SHORT
            block["sticky"] = (bold and following["t"] in _LISTS) or (alone and following["t"] == "dl")
        before = block


def _small(block: Block) -> bool:
    if block["t"] == "dl":
        rows, most = [[item["term"], *item["desc"]] for item in block["items"]], FEW_TERMS
    else:
        rows, most = block["rows"], FEW_ROWS
    return len(rows) <= most and sum(len(plain_text(cell)) for cell in chain(*rows)) < FEW_LETTERS


def _first_appendix(blocks: list[Block]) -> Block | None:
    """The first chapter without a number after one that has one."""
    numbered = False
    for block in blocks:
        if block["t"] == "h" and block["level"] == 1:
            if numbered and not block["nr"]:
                return block
            numbered = numbered or bool(block["nr"])
    return None
