"""TOML as people write it: names with å, ä or ö need no quotation marks, and every key has a place."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from vaaldplan.patterns import regex

LARGEST = 2_000_000
"""Bytes in a file of settings or facts."""

_KEY = regex(r"^[ \t]*[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*(?=[ \t]*=)", re.MULTILINE)
_HEAD = regex(r"^[ \t]*\[.*?\]+", re.MULTILINE)
_PART = regex(r"\"[^\"]*\"|'[^']*'|(?<![\w-])[\w-]*[^\W\x00-\x7f][\w-]*")
"""Names with å, ä or ö that are not quoted: TOML wants quotation marks, people do not."""
_HEAD_OF_LINE = regex(r"\s*\[+\s*([^\]]+?)\s*\]")
_KEY_OF_LINE = regex(r"\s*([^=#]+?)\s*=")
_SIGN = regex(r"[=.]")
_MOST_SIGNS = 5
"""So many of a line's dots and equals signs may end a key."""
_MOST_DOTS = 1000
"""In a line: tomllib takes the square of the number of names in a dotted key."""


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


class _Ours(SourceFileLoader):
    """Lets Python compile a file of tables, and keep it as it keeps its own modules: TOML takes twenty times as long.

    Python keeps a module by its name without the ending, so the file gets a further one for that.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, path + _FURTHER)

    def kept(self) -> bool:
        """Whether it has been kept, though the file may have changed since."""
        from importlib.util import cache_from_source

        return Path(cache_from_source(self.path)).exists()

    def path_stats(self, path: str) -> Mapping[str, Any]:
        return super().path_stats(path.removesuffix(_FURTHER))

    def get_data(self, path: str) -> bytes:
        return super().get_data(path.removesuffix(_FURTHER))

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        import tomllib

        return compile(f"import datetime\n{_NAME} = {tomllib.loads(data.decode())!r}", path, "exec")


_FURTHER = ".py"
_NAME = "tables"


class Sections(Mapping[str, Any]):
    """The tables of a text of our own where nothing can be kept, each read when first asked for: few are needed.

    The head of every table begins a line, and nothing else begins one with a bracket.
    """

    def __init__(self, text: str) -> None:
        import tomllib

        first, *parts = f"\n{text}".split("\n[")
        self._read: dict[str, Any] = tomllib.loads(first)
        self._texts = dict.fromkeys(self._read, "")
        """What is to be read of a table and those below it, as they stand; empty for what stands before the first."""
        for part in parts:
            name = part[: part.index("]")].lstrip("[").partition(".")[0]
            self._texts[name] = f"{self._texts.get(name, '')}\n[{part}"

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            import tomllib

            self._read |= tomllib.loads(self._texts[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def read(path: Path) -> Mapping[str, Any]:
    """The tables of a file of our own, which is TOML that stands as it should; to be changed in nothing."""
    ours = _Ours(str(path))
    if (sys.dont_write_bytecode or not os.access(path.parent, os.W_OK)) and not ours.kept():
        return Sections(path.read_text("utf-8"))
    try:
        code = ours.get_code(str(path))
    except (EOFError, ValueError, TypeError):  # what was kept is damaged
        code = ours.source_to_code(ours.get_data(str(path)), str(path))
    assert code
    held: dict[str, Any] = {}
    exec(code, held)
    found: dict[str, Any] = held[_NAME]
    return found


def parse(text: str) -> dict[str, Any]:
    """The tables of a text.

    Raises:
        UnreadableError: it is not TOML; says where tomllib stopped, which tells it in its message only.
    """
    for row, written in enumerate(lines(text), 1):
        if written.count(".") > _MOST_DOTS:
            raise UnreadableError(Place(row, 1, 2))
    import tomllib  # most plans have no file of settings, nor facts of their own

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


class _Places(NamedTuple):
    """Where everything of a text stands; tomllib tells no places, so the lines are looked through, once."""

    heads: dict[str, list[Place]]
    """The heads of tables, each time."""
    keys: dict[tuple[str, str], Place]
    """The first place of a key in a table, by the name in the table's head; at the top it is empty."""
    paths: dict[tuple[str, ...], Place]
    """The first place of a table or key, by all the names above it."""


@lru_cache(4)
def lines(text: str) -> list[str]:
    """The lines of a text; of one with many faults they are asked for again and again."""
    return text.splitlines()


@lru_cache(4)
def _places(text: str) -> _Places:
    found = _Places({}, {}, {})
    table = ""
    inside: tuple[str, ...] = ()
    for number, line in enumerate(lines(text), 1):
        if head := _HEAD_OF_LINE.match(line):
            table, inside = re.sub(r"[\"']", "", head[1]), _names(head[1])
            place = Place(number, head.start(1) + 1, head.end(1) + 1)
            found.heads.setdefault(table, []).append(place)
            found.paths.setdefault(inside, place)
            continue
        if key := _KEY_OF_LINE.match(line):
            place = Place(number, key.start(1) + 1, key.end(1) + 1)
            found.paths.setdefault((*inside, *_names(key[1])), place)
        start = len(line) - len(line.lstrip())
        for sign in islice(_SIGN.finditer(line), _MOST_SIGNS):
            name = line[start : sign.start()].rstrip()
            place = Place(number, start + 1, start + len(name) + 1)
            found.keys.setdefault((table, name.removeprefix('"').removesuffix('"')), place)
    return found


def place(text: str, key: str, tables: Sequence[str] = ()) -> Place:
    """Where a key or the head of a table stands.

    Args:
        text: the whole text.
        key: the name to find.
        tables: the table it stands in, by the names it may have, dotted when it is nested; the top when not given.
    """
    heads, keys, _ = _places(text)
    if not tables:
        return min([*heads.get(key, [])[:1], *([keys["", key]] if ("", key) in keys else [])], default=START)
    if found := [keys[table, key] for table in tables if (table, key) in keys]:
        return min(found)
    return max([heads[table][-1] for table in tables if table in heads], default=START)


def place_of(text: str, path: tuple[str, ...]) -> Place:
    """Where a key within tables stands: on a line of its own, dotted, or in the line of the table that holds it."""
    paths = _places(text).paths
    while path:
        if path in paths:
            return paths[path]
        path = path[:-1]
    return START


class Nearest:
    """Suggests what a name may be a slip of; only to the first ones of a file, which somebody may read."""

    def __init__(self, cutoff: float = 0.6) -> None:
        self._cutoff = cutoff
        self._left = 100

    def __call__(self, name: str, names: Iterable[str]) -> str:
        """The name that is most like another; empty when none is."""
        from difflib import get_close_matches

        self._left -= 1
        return next(iter(get_close_matches(name, list(names), 1, self._cutoff)), "") if self._left >= 0 else ""


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))
