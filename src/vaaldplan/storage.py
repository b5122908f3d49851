"""Puts files in place: each is made ready under a temporary name and then replaces the old one in a single step."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

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


def replace(files: Iterable[tuple[Path, bytes]]) -> None:
    """Give files new content. All are made ready before the first is replaced; a link stays a link.

    Raises:
        OSError: a file cannot be written; none has then been replaced, unless the replacing itself fails.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            target = path.resolve()
            ready.append((_temporary(target, data), target))
        for temporary, target in ready:
            temporary.replace(target)
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _temporary(target: Path, data: bytes) -> Path:
    """A finished file beside its target, with the rights the target has or a new file gets."""
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
