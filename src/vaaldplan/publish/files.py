"""Puts finished files in place: each replaced atomically, nothing overwritten that vaaldplan did not make.

What vaaldplan made is known by the record ``.vaaldplan.json`` in the output folder: the sha256 of every file it wrote.
The record names the new files before they are put in place, so an interrupted run leaves nothing unknown.
"""

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from vaaldplan.errors import VaaldplanError

from . import Paper

RECORD = ".vaaldplan.json"

_REASONS = {errno.EACCES: "permission", errno.EPERM: "permission", errno.ENOSPC: "no-space", errno.EROFS: "read-only"}
_REASONS |= {errno.ENOTDIR: "not-a-folder", errno.EEXIST: "not-a-folder"}


def put(folder: Path, papers: Iterable[Paper], *, force: bool = False) -> list[Path]:
    """Write the files into the folder, which is made if it is missing. Returns their paths.

    All files are made ready first; only then is anything replaced.

    Raises:
        VaaldplanError: a file is there that vaaldplan did not make (and ``force`` is not given), or writing failed.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _record(folder)
        hashes = dict(known)
        for paper in papers:
            target = folder / paper.name
            if target.exists() and not force and _digest(target.read_bytes()) not in known.get(paper.name, []):
                raise VaaldplanError("foreign-file", path=str(target))
            ready.append((_temporary(folder, paper.data), target))
            hashes[paper.name] = [*known.get(paper.name, [])[-1:], _digest(paper.data)]
        _replace(_temporary(folder, json.dumps(hashes, indent=1).encode()), folder / RECORD)
        for temporary, target in ready:
            _replace(temporary, target)
    except OSError as error:
        path = str(getattr(error, "filename2", None) or error.filename or folder)
        reason = "locked" if getattr(error, "winerror", None) == 32 else _REASONS.get(error.errno or 0, "other")
        raise VaaldplanError("not-writable", path=path, reason=reason) from error
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return [target for _, target in ready]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _record(folder: Path) -> dict[str, list[str]]:
    """What vaaldplan knows it made here; nothing when the record is missing or is not one."""
    try:
        found = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return (
        {str(k): [str(h) for h in v] for k, v in found.items() if isinstance(v, list)}
        if isinstance(found, dict)
        else {}
    )


def _temporary(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".vaaldplan-", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    umask = os.umask(0)
    os.umask(umask)
    Path(name).chmod(0o666 & ~umask)
    return Path(name)


def _replace(temporary: Path, target: Path) -> None:
    temporary.replace(target)
