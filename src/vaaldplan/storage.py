"""Puts files in place: each is made ready under a temporary name and then replaces the old one in a single step."""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from vaaldplan.errors import VaaldplanError
from vaaldplan.patterns import regex

_REASONS = {errno.EACCES: "permission", errno.EPERM: "permission", errno.ENOSPC: "no-space", errno.EROFS: "read-only"}
_REASONS |= {
    errno.ENOTDIR: "not-a-folder",
    errno.EEXIST: "not-a-folder",
    errno.EDQUOT: "no-space",
    errno.EFBIG: "no-space",
    errno.ENOENT: "no-folder",
}
_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
"""What systems answer when a file cannot be changed because somebody has it open."""

_PREFIX = ".vaaldplan-"
_TEMPORARY = regex(re.escape(_PREFIX) + "[a-z0-9_]{8}")
_FORGOTTEN = 3600.0
"""Seconds after which a temporary file must be what a run that was killed has left."""
PATIENCE = 30.0
"""Seconds to wait for another run that is putting files into the same folder."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Say in which file writing failed, and why.

    Raises:
        VaaldplanError: ``not-writable``, in place of an ``OSError``.
    """
    try:
        yield
    except OSError as error:
        path = Path(getattr(error, "filename2", None) or error.filename or folder)
        if _TEMPORARY.fullmatch(path.name):
            path = path.parent  # nobody knows the names of temporary files
        reason = "locked" if getattr(error, "winerror", None) == 32 else _REASONS.get(error.errno or 0, "other")
        raise VaaldplanError("not-writable", path=str(path), reason=reason) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only run that puts files into a folder; what killed runs have left there is taken away first.

    The system lets go of the folder when a run ends, however it ends. Where it cannot keep a folder for one run (some
    network drives), every file is whole all the same.

    Raises:
        VaaldplanError: ``busy``: another run has not let go of the folder in time.
    """
    handle = _opened(folder)
    try:
        if _taken(handle, folder):
            _sweep(folder, 0)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _opened(folder: Path) -> int:
        """A file that is gone when it is closed: Windows keeps files for one process, not folders."""
        return os.open(folder / f"{_PREFIX}lock", os.O_CREAT | os.O_RDWR | os.O_TEMPORARY)

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _taken(handle: int, folder: Path) -> bool:
    """Whether the folder is this run's alone; not, when the system knows no way."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _try(handle)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
                return False
        else:
            return True
        if time.monotonic() > until:
            raise VaaldplanError("busy", path=str(folder))
        time.sleep(0.02)


def _sweep(folder: Path, age: float) -> None:
    """Take away temporary files that are older than so many seconds."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(_PREFIX) and _TEMPORARY.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    if time.time() - path.lstat().st_mtime >= age:
                        path.unlink()


class Staging:
    """New content for files, made ready before the first is replaced; what is not replaced in the end is removed."""

    def __init__(self, *, follow: bool = True) -> None:
        """Begin.

        Args:
            follow: a link stays a link, what it leads to is replaced; else the link itself is.
        """
        self._follow = follow
        self._ready: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for temporary, _target in self._ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in {target.parent for _temporary, target in self._ready}:
            _sweep(folder, _FORGOTTEN)

    def add(self, path: Path, data: bytes, *, first: bool = False) -> None:
        """Make a file ready.

        Args:
            path: the file.
            data: what is to be in it.
            first: replace it before all others.
        """
        target = path.resolve() if self._follow else path.parent.resolve() / path.name
        self._ready.insert(0 if first else len(self._ready), (_temporary(target, data), target))

    def replace(self) -> None:
        """Replace the files, one after the other.

        Raises:
            VaaldplanError: ``in-use``: one is open in another program; all are tried before the first is replaced.
        """
        for _temporary, target in self._ready:
            if target.is_file() and not target.is_symlink():
                with _free(target):
                    os.close(os.open(target, os.O_RDWR))
        for temporary, target in self._ready:
            with _free(target):
                temporary.replace(target)


@contextmanager
def _free(target: Path) -> Iterator[None]:
    """Say that a file is in use when it cannot be changed: its folder can be, or nothing would have been made ready."""
    try:
        yield
    except OSError as error:
        if error.errno in _IN_USE:
            raise VaaldplanError("in-use", path=str(target)) from error
        raise


def _temporary(target: Path, data: bytes) -> Path:
    """A finished file beside its target, with the rights the target has or a new file gets."""
    handle, temporary = _new(target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_rights(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _new(folder: Path) -> tuple[int, Path]:
    """A new file under a name that nobody has, for us alone; ``tempfile`` does so too, but is long to import."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        path = folder / f"{_PREFIX}{os.urandom(4).hex()}"
        with contextlib.suppress(FileExistsError):
            return os.open(path, flags, 0o600), path


def _rights(target: Path) -> int:
    try:
        mode = target.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise FileNotFoundError
        return stat.S_IMODE(mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
