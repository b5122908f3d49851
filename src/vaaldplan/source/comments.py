"""The comments of a file: where they stand and what they say."""

import re
from collections.abc import Iterator
from typing import Any

from .text import File

Scalar = tuple[int, int, str]
"""A scalar: the indexes of its start and end, and its style."""


def comments(file: File, with_hash: list[Scalar]) -> Iterator[tuple[int, int, str]]:
    """Line, column and text (from its #) of every comment.

    Args:
        file: the file, which could be read.
        with_hash: the scalars, in order, that contain #; there it is no comment.
    """
    text = file.text
    at = 0
    for start, end in (*(inside(scalar, text) for scalar in with_hash), (len(text), len(text))):
        while (at := text.find("#", at, start)) >= 0:
            line, column = file.place(at)
            comment = file.line(line)[column - 1 :]
            yield line, column, comment.rstrip()
            at += len(comment)
        at = end


def scalar_of(event: Any) -> Scalar:
    """One of PyYAML's events for a scalar."""
    return event.start_mark.index, event.end_mark.index, event.style or ""


def inside(scalar: Scalar, text: str) -> tuple[int, int]:
    """Where a scalar's text begins and ends; a comment may stand beside the | or > that opens a block."""
    start, end, style = scalar
    if style in ("|", ">"):
        start += len(re.split(r"[\r\n]", text[start:end], maxsplit=1)[0])
    return start, end
