"""The comments of a file: where they stand and what they say."""

import re
from collections.abc import Iterator
from typing import Any

from .text import File


def comments(file: File, with_hash: list[Any]) -> Iterator[tuple[int, int, str]]:
    """Line, column and text (from its #) of every comment.

    Args:
        file: the file, which could be read.
        with_hash: the scalars, in order, that contain #; there it is no comment.
    """
    text = file.text
    at = 0
    for start, end in (*map(inside, with_hash, [text] * len(with_hash)), (len(text), len(text))):
        while (at := text.find("#", at, start)) >= 0:
            line, column = file.place(at)
            comment = file.line(line)[column - 1 :]
            yield line, column, comment.rstrip()
            at += len(comment)
        at = end


def inside(scalar: Any, text: str) -> tuple[int, int]:
    """Where a scalar's text begins and ends; a comment may stand beside the | or > that opens a block."""
    start, end = scalar.start_mark.index, scalar.end_mark.index
    if scalar.style in ("|", ">"):
        start += len(re.split(r"[\r\n]", text[start:end], maxsplit=1)[0])
    return start, end
