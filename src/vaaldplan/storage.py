"""Puts files in place: each is made ready under a temporary name and then replaces the old one in a single step."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from vaaldplan.errors import VaaldplanError

_REASONS = {errno.EACCES: "permission", errno.EPERM: "permission", errno.ENOSPC: "no-space", errno.EROFS: "read-only"}
_REASONS |= {errno.ENOTDIR: "not-a-folder", errno.EEXIST: "not-a-folder"}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Say in which file writing failed, and why.

    Raises:
        VaaldplanError: ``not-writable``, in place of an ``OSError``.
    """
    try:
        yield
    except OSError as error:
        path = str(getattr(error, "filename2", None) or error.filename or folder)
        reason = "locked" if getattr(error, "winerror", None) == 32 else _REASONS.get(error.errno or 0, "other")
        raise VaaldplanError("not-writable", path=path, reason=reason) from error


class Staging:
    """New content for files, made ready before the first is replaced; what is not replaced in the end is removed."""

    def __init__(self) -> None:
        self._ready: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for temporary, _target in self._ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def add(self, path: Path, data: bytes, *, first: bool = False) -> None:
        """Make a file ready; a link stays a link, what it leads to is replaced.

        Args:
            path: the file.
            data: what is to be in it.
            first: replace it before all others.
        """
        target = path.resolve()
        self._ready.insert(0 if first else len(self._ready), (_temporary(target, data), target))

    def replace(self) -> None:
        """Replace the files, one after the other."""
        for temporary, target in self._ready:
            temporary.replace(target)


def _temporary(target: Path, data: bytes) -> Path:
    """A finished file beside its target, with the rights the target has or a new file gets."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=".vaaldplan-", dir=target.parent)
    temporary = Path(name)
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


def _rights(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
