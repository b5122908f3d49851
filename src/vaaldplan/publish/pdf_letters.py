"""What surely fits, judged by its letters: marks on the blocks that Typst follows instead of measuring.

Measuring hundreds of terms and cards would take longer than setting all the rest, and counting letters takes Typst
ten times as long as Python. Lengths are in bytes, so that they are rather too great.
"""

from collections.abc import Sequence

from .parse import plain_text
from .tree import Block, Inline

LONG_TERM, LONG_TERM_OF_CALLOUT = 20, 34
"""Letters of a term that may need more than its column; it stands on a line of its own."""
ONE_LINE, ONE_LINE_OF_CARD = 35, 55
"""Letters of a description that surely fit on a line, so that no word of it is divided."""
LONG_NAME = 40
"""Letters of the first cell of a row that is no name but a sentence; a column with one is not bold."""
LONG_WORD = 12
"""Letters of a word in a table's head that may be divided; a shorter one is not, even where its column is narrow."""
LONG_CELL = 700
"""Letters of a cell so tall that its row may be divided between pages."""
FEW_LINES = 40
"""Lines of a card that surely fit on a page, at 9 points."""


def mark(blocks: Sequence[Block], within: str = "") -> None:
    """Mark the terms, tables and cards among some blocks, in place; ``within`` is the kind of the block around them."""
    for block in blocks:
        kind = block["t"]
        if kind == "dl":
            longest_term = LONG_TERM_OF_CALLOUT if within == "callout" else LONG_TERM
            one_line = ONE_LINE_OF_CARD if within == "card" else ONE_LINE
            for item in block["items"]:
                item["fits"] = len(_text(item["term"])) <= longest_term
                item["divided"] = any(_length(d) > one_line for d in item["desc"])
        elif kind == "table":
            rows = block["rows"]
            block["names"] = all(row and len(_text(row[0])) <= LONG_NAME for row in rows)
            block["tall"] = [any(_length(cell) > LONG_CELL for cell in row) for row in rows]
            block["divided"] = [any(len(word) > LONG_WORD for word in _text(c).split()) for c in block["head"]]
        elif kind in ("ul", "ol"):
            for item in block["items"]:
                mark(item)
        elif "blocks" in block:
            mark(block["blocks"], kind)
            if kind == "card":
                block["few"] = sum(map(_lines, block["blocks"])) < FEW_LINES


def _text(inlines: Sequence[Inline]) -> str:
    """``plain_text``, told at once where there is a single text, as there nearly always is."""
    return (len(inlines) == 1 and inlines[0].get("v")) or plain_text(inlines)


def _length(inlines: Sequence[Inline]) -> int:
    return len(_text(inlines).encode())


def _lines(block: Block) -> int:
    """How many lines a block of a card takes at most."""
    if block["t"] == "dl":
        return sum(max(1, sum(_rows(d, 75) for d in i["desc"])) + int(not i["fits"]) for i in block["items"])
    return _rows(block["c"], 90) + 1 if block["t"] == "p" else FEW_LINES


def _rows(inlines: Sequence[Inline], letters: int) -> int:
    return _length(inlines) // letters + 1 + [x["t"] for x in inlines].count("br")
