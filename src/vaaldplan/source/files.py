"""Finding and opening files: which file is meant on the command line, and reading it within bounds."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from vaaldplan import bounds
from vaaldplan.bounds import NotAFileError, OutsideError
from vaaldplan.errors import VaaldplanError

SIZE = 16 * 1024 * 1024
"""Largest file in bytes; 4,500 measures are 6 MB."""

DEPTH = 32
"""How many levels of lists and mappings may stand inside each other; a plan needs about ten."""
NODES = 1_000_000
"""How many values a plan may have; 4,500 measures have about 190,000."""
BLOCKS = 300_000
"""How many of them may be lists or mappings, which take ten times as much memory."""
ENTRIES = 100_000
"""How many entries the lists of a plan may have together, which take most: a gigabyte and a half is enough for all."""

MAIN = "plan.yaml"
"""The name of a plan's main file in a folder."""


Content = Callable[[Path], bytes | None]
"""What opens a file: ``content``, or one that knows of changes not saved yet."""


def content(path: Path) -> bytes | None:
    """The bytes of a regular file; ``None`` when it is larger than ``SIZE``.

    Raises:
        NotAFileError: it is a folder, a device or a pipe (opening a pipe would wait for ever).
        OSError: it is missing or cannot be opened.
    """
    try:
        return bounds.read(path, SIZE)
    except bounds.TooLargeError:
        return None


def refuse(path: str | os.PathLike[str], error: Exception) -> NoReturn:
    """Say that what the user named cannot be opened.

    Raises:
        VaaldplanError: always: ``not-found`` or ``not-openable``.
    """
    shown = os.fspath(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):  # ValueError: a NUL in the name
        raise VaaldplanError("not-found", path=shown) from error
    reasons = ((PermissionError, "permission"), (NotAFileError, "not-a-file"), (OutsideError, "outside"))
    reason = next((reason for kind, reason in reasons if isinstance(error, kind)), "other")
    raise VaaldplanError("not-openable", path=shown, reason=reason) from error


def shown_name(path: Path) -> str:
    """The path as shown: relative to the current directory when below it, with ``/``."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links and show another name
    here = os.getcwd()  # noqa: PTH109 - asked several times for each of a country's plans
    if absolute == here:
        return "."
    here = os.path.join(here, "")  # noqa: PTH118
    if os.path.normcase(absolute).startswith(os.path.normcase(here)):
        absolute = absolute[len(here) :]
    return absolute.replace(os.sep, "/")


def located(folder: Path, relative: str) -> Path:
    """The path below a folder, with the spelling the disk uses: some systems store å as a and a ring."""
    path = folder
    for part in Path(relative).parts:
        step = path / part
        if not os.path.lexists(step) and path.is_dir():
            wanted = unicodedata.normalize("NFC", part)
            step = next((s for s in path.iterdir() if unicodedata.normalize("NFC", s.name) == wanted), step)
        path = step
    return path
