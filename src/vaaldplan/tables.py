"""TOML as people write it: names with å, ä or ö need no quotation marks, and every key has a place."""

import re
import tomllib
from collections.abc import Container
from typing import Any, NamedTuple

from vaaldplan.patterns import regex

LARGEST = 2_000_000
"""Bytes in a file of settings or facts."""

_KEY = regex(r"^[ \t]*[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*(?=[ \t]*=)", re.MULTILINE)
_HEAD = regex(r"^[ \t]*\[.*?\]+", re.MULTILINE)
_PART = regex(r"\"[^\"]*\"|'[^']*'|[\w-]*[^\W\x00-\x7f][\w-]*")
"""Names with å, ä or ö that are not quoted: TOML wants quotation marks, people do not."""


class Place(NamedTuple):
    """A piece of one line; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end: int


START = Place(1, 1, 1)


class UnreadableError(ValueError):
    """The text is not TOML."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__(str(place))


def parse(text: str) -> dict[str, Any]:
    """The tables of a text.

    Raises:
        UnreadableError: it is not TOML; says where tomllib stopped, which tells it in its message only.
    """
    try:
        quoted = text
        for names in (_KEY, _HEAD):
            quoted = names.sub(lambda found: _PART.sub(_in_quotes, found[0]), quoted)
        return tomllib.loads(quoted)
    except RecursionError as error:
        raise UnreadableError(START) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (max(1, len(text.splitlines())), 1)
        raise UnreadableError(Place(line, column, column + 1)) from error


def _in_quotes(part: re.Match[str]) -> str:
    return part[0] if part[0][0] in "\"'" else f'"{part[0]}"'


def place(text: str, key: str, tables: Container[str] = ()) -> Place:
    """Where a key or the head of a table stands. tomllib tells no places, so the line is looked for.

    Args:
        text: the whole text.
        key: the name to find.
        tables: the table it stands in, by the names it may have, dotted when it is nested; the top when not given.
    """
    name_of_key = rf'"?{re.escape(key)}"?'
    inside = not tables
    fallback = START
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            name = re.sub(r"[\"']", "", head[1])
            found = Place(number, head.start(1) + 1, head.end(1) + 1)
            if name == key and not tables:
                return found
            inside = name in tables
            fallback = found if inside else fallback
        elif inside and (written := re.match(rf"\s*({name_of_key})\s*[=.]", line)):
            return Place(number, written.start(1) + 1, written.end(1) + 1)
    return fallback


def place_of(text: str, path: tuple[str, ...]) -> Place:
    """Where a key within tables stands: on a line of its own, dotted, or in the line of the table that holds it."""
    while path:
        inside: tuple[str, ...] = ()
        for number, line in enumerate(text.splitlines(), 1):
            head = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
            if head:
                inside = _names(head[1])
            found = head or re.match(r"\s*([^=#]+?)\s*=", line)
            if found and (inside if head else (*inside, *_names(found[1]))) == path:
                return Place(number, found.start(1) + 1, found.end(1) + 1)
        path = path[:-1]
    return START


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))
