"""Reads files that others named: regular ones only, of a bounded size, inside a folder. Imports nothing of ours."""

import stat
from pathlib import Path


class NotAFileError(OSError):
    """A folder, a device or a pipe stands where a file is expected."""


class OutsideError(OSError):
    """The file, or what a link leads to, is outside the folder it must be in."""


class TooLargeError(OSError):
    """The file is larger than what is read."""


def read(path: Path, most: int, *, inside: Path | None = None) -> bytes:
    """The bytes of a regular file.

    Args:
        path: the file.
        most: how many bytes it may have.
        inside: the folder it must be in, after every link.

    Raises:
        NotAFileError: it is a folder, a device or a pipe (opening a pipe would wait for ever).
        OutsideError: it is outside the folder.
        TooLargeError: it is larger.
        OSError: it is missing or cannot be opened.
    """
    before = path.stat()
    if inside is not None and not within(path, inside):
        raise OutsideError(path)
    if not stat.S_ISREG(before.st_mode):
        raise NotAFileError(path)
    if before.st_size > most:
        raise TooLargeError(path)
    with path.open("rb") as stream:
        raw = stream.read(most + 1)  # it may have grown since
    if len(raw) > most:
        raise TooLargeError(path)
    return raw


def text(path: Path, most: int, *, inside: Path | None = None) -> str:
    """The text of a regular file in UTF-8, its line ends as ``\\n``.

    Raises:
        UnicodeDecodeError: it is no text in UTF-8.
        OSError: as ``read``.
    """
    return read(path, most, inside=inside).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def within(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, after every link."""
    if path.parent == folder and path.name != ".." and not path.is_symlink():
        return True  # as nearly always: there is nothing to follow
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except RuntimeError as error:  # a link that leads to itself
        raise OutsideError(path) from error


VARIANTS: dict[type[Exception], str] = {
    OutsideError: "outside", TooLargeError: "huge", NotAFileError: "not-file", UnicodeDecodeError: "encoding",
}  # fmt: skip


def variant(error: Exception, usual: str) -> str:
    """Which words tell why a file was not read; the usual ones when it is none of the reasons above."""
    return VARIANTS.get(type(error), usual)
