"""How wide the terminal is, and a text in lines of a width."""

import os
import sys

USUAL = 80


def columns() -> int:
    """The number of columns, found as ``shutil`` does, whose import costs more than many commands."""
    try:
        wanted = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        wanted = 0
    if wanted > 0:
        return wanted
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or USUAL  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return USUAL


_BREAKS = frozenset("\t\n\x0b\x0c\r")


def wrapped(text: str, width: int, indent: str = "", more: str = "") -> list[str]:
    """A text in lines of so many columns at most, broken at its spaces; ``more`` stands before all lines but the first.

    As ``textwrap`` does, which is asked where a word is too long or anything but single spaces stands between them.
    """
    if not text:
        return []
    words = text.split(" ")
    room = width - max(len(indent), len(more))
    plain = text.isprintable() or (_BREAKS.isdisjoint(text) and all(word.strip() for word in words))
    if not plain or "" in words or max(map(len, words)) > room:
        from textwrap import wrap

        return wrap(text, width, initial_indent=indent, subsequent_indent=more, break_on_hyphens=False)
    found = []
    line = indent + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}"
        else:
            found.append(line)
            line = more + word
    found.append(line)
    return found
