"""An accelerator: keeps expressions in compiled form beside the compiled modules, as Python keeps those.

Compiling the expressions of a run takes longer than looking for them does. What ``re`` has made of an expression is a
row of numbers, which it hands to ``_sre``; handed over again, they give the very same pattern. Without this file
everything works as before, only slower; a test holds the two together.
"""

import _sre  # type: ignore[import-not-found]
import contextlib
import marshal
import os
import re
import sys
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

_MADE_BY = (sys.hexversion, _sre.MAGIC)
_MOST = 2_000
"""So many are kept; those of the program are a fifth of it, a municipality may bring some of its own."""


def _file() -> str:
    """Where they are kept: beside the compiled form of this module."""
    cached = __spec__.cached
    return f"{cached.removesuffix('.pyc')}.kept" if cached else ""


def _read() -> dict[tuple[str, int], Any]:
    try:
        with open(_file(), "rb") as file:  # noqa: PTH123
            made_by, found = marshal.loads(file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if made_by == _MADE_BY else {}


_kept = _read()
_known = len(_kept)


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """A pattern as ``re.compile`` makes it."""
    key = (pattern, int(flags))
    if key not in _kept:
        _kept[key] = _made(*key)
    whole, code, *groups = _kept[key]
    found: re.Pattern[str] = _sre.compile(pattern, whole, memoryview(code).cast("I").tolist(), *groups)
    return found


def _made(pattern: str, flags: int) -> tuple[Any, ...]:
    """What ``re`` makes of an expression: its flags, its code, and its groups by name and by number."""
    from array import array

    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names)


def keep() -> None:
    """Keep what this run has compiled, where modules are kept too."""
    if not _known < len(_kept) <= _MOST or sys.dont_write_bytecode or not _file():
        return
    new = f"{_file()}.{os.getpid()}"
    with contextlib.suppress(OSError):  # a folder that only an administrator may write to
        with open(new, "wb") as file:  # noqa: PTH123
            marshal.dump((_MADE_BY, _kept), file)
        os.replace(new, _file())  # noqa: PTH105
