"""What a Markdown paper is like, line by line."""

import json
import re
from collections.abc import Iterator
from itertools import groupby

from vaaldplan.paper import Built, Heading, Identity, Table
from vaaldplan.patterns import regex

_IDENTITY = regex(r"^<!-- vaaldplan (\{.*\}) -->$", re.MULTILINE)
_HEADING = regex(r"(#{1,6}) +(.*?)(?: +#+)?$")
_CAPTION = regex(r"\*\*[^*]+\d\.\*\* +\S")
_RULE = regex(r"\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$")
_INWARD = regex(r"\s*[-*] +\[.*\]\(<?#[^)]*\)$")
_CELLS = regex(r"(?<!\\)\|")


def facts(name: str, data: bytes) -> Built:
    """Read a Markdown file.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    text = data.decode("utf-8-sig")
    lines = text.splitlines()
    return Built(
        name,
        "md",
        _identity(text),
        title=None,
        language=None,
        headings=tuple(Heading(len(m[1]), m[2]) for line in lines if (m := _HEADING.match(line))),
        contents=sum(bool(_INWARD.match(line)) for line in lines) >= 3,
        words=len(text.split()),
        tables=tuple(_tables(lines)),
    )


def _identity(text: str) -> Identity | None:
    found = None
    for found in _IDENTITY.finditer(text):  # noqa: B007 - the last one counts
        pass
    try:
        said = json.loads(found[1]) if found else {}
        return Identity(str(said["plan"]), str(said["version"]), str(said["content"]))
    except (ValueError, KeyError, RecursionError):
        return None


def _tables(lines: list[str]) -> Iterator[Table]:
    above = ""
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        held = list(group)
        if is_table and len(held) > 1 and _RULE.match(held[1]):
            rows = [[cell.strip() for cell in _CELLS.split(line.strip().strip("|"))] for line in held]
            heads, body = rows[0], rows[2:]
            empty = sum(not cell for cell in heads[1:]) + sum(not cell for row in body for cell in row)
            captioned = bool(_CAPTION.match(above))
            yield Table(above.replace("*", "") if captioned else heads[0], len(heads), any(heads), captioned, empty)
        above = next((line for line in reversed(held) if line.strip()), above)
