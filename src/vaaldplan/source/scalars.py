"""How a text is written as a YAML value: bare where every reader takes it as the same text, else in quotes."""

import re

from vaaldplan.patterns import regex

_TYPED = regex(
    r"""~|null|true|false|yes|no|on|off|y|n
      | [-+]?[0-9_:.]*([eE][-+]?[0-9]+)?     # 0114, 2.10, 1_000, 12:30
      | 0[xob][0-9a-fA-F_]+ | [-+]?\.inf | \.nan
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\ ].*)?""",
    re.VERBOSE | re.IGNORECASE,
)
"""Unquoted texts that some YAML reader takes as something else than text: quotes round them are there for a reason."""

_UNSAFE = regex(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNSAFE_IN_BRACKETS = regex(r"[,\[\]{}:]")
_SAFE_FIRST = "§(/+”½…"


def is_safe_bare(text: str, *, in_brackets: bool = False) -> bool:
    """Whether the text can stand without quotes in every reader: same text, and a text at all."""
    first = text[:1]
    if not (first.isalnum() or (first and first in _SAFE_FIRST)) or text != text.strip():
        return False
    if _UNSAFE.search(text) or (in_brackets and _UNSAFE_IN_BRACKETS.search(text)):
        return False
    return not _TYPED.fullmatch(text)


def in_quotes(text: str) -> str:
    """The text in double quotes, or in single ones where double ones would need escapes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'{}'".format(text.replace("'", "''"))


def written(text: str, *, in_brackets: bool = False) -> str:
    """One line of text as a value, in quotes where it needs them."""
    return text if is_safe_bare(text, in_brackets=in_brackets) else in_quotes(text)


def requoted(raw: str, text: str, *, in_brackets: bool = False) -> str:
    """A quoted value on one line as it should be written.

    Args:
        raw: the value as it stands, with its quotes.
        text: what it says.
        in_brackets: whether it stands inside [] or {}.
    """
    if is_safe_bare(text, in_brackets=in_brackets):
        return text
    if raw[0] == '"' or not text.isprintable():
        return raw
    return in_quotes(text)
