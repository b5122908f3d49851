"""Text in the columns of a terminal, and text that Markdown shows as it stands."""

import textwrap
from collections.abc import Iterable, Iterator

KEY = 22
"""How many columns the keys take."""


def filled(text: str, width: int, indent: str = "") -> list[str]:
    """A paragraph, indented; long words are not broken."""
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def hung(head: str, text: str, width: int) -> list[str]:
    """A paragraph after a head, its further lines under the text."""
    return textwrap.wrap(head + text, width, subsequent_indent=" " * len(head), break_on_hyphens=False)


def rows(pairs: Iterable[tuple[str, str]], width: int, indent: str = "", key_width: int = KEY) -> Iterator[str]:
    """Keys in one column, their words in the next; a long key has a line of its own."""
    for key, words in pairs:
        head = f"{indent}{key:<{key_width}}  "
        if len(key) > key_width:
            yield f"{indent}{key}"
            head = " " * len(f"{indent}{'':<{key_width}}  ")
        lines = textwrap.wrap(words, max(20, width - len(head))) or [""]
        yield f"{head}{lines[0]}".rstrip()
        yield from (" " * len(head) + line for line in lines[1:])


def escaped(text: str) -> str:
    """Text that Markdown does not take for markup."""
    return "".join(f"\\{c}" if c in "*_`[]<>#|" else c for c in text)
