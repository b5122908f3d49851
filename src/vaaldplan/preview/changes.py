"""Tells when a plan's files have changed: a kept library for the speed, our own look at the files for certainty.

The library's word is only taken as a reason to look. What counts is whether a file has another time, size or identity
than last time, so what an editor does on the way to a saved file (a copy, a rename, three writes) is one change, files
that are nothing to the plan are none, and a network share that notifies nobody is still seen within a second.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from vaaldplan import config
from vaaldplan.look.folder import FOLDER

_PLAN = (".yaml", ".yml")
_LOOK_FILES = (".svg", ".png", ".jpg", ".jpeg", ".otf", ".ttf")
"""What the settings may name for the look of the documents."""
_STEP, _LONGEST = 15, 300
"""Milliseconds: so long must it be quiet after a change, and so long may it go on before it counts anyway."""
_LOOK = 1.0
"""Seconds between looks when nothing is told."""
_SUBFOLDERS = 200
"""How many folders beside the plan are watched: it may stand in a folder of everything."""

Stamp = dict[Path, tuple[int, int, int]]


class Changes:
    """The changes of one plan's files."""

    def __init__(self, path: Path) -> None:
        """Watch around what the user named: a plan, a part of one, or their folder."""
        self._named = path if path.is_dir() else path.parent
        self._files: frozenset[Path] = frozenset() if path.is_dir() else frozenset({path})
        self._seen = self._stamp()

    def follow(self, files: Iterable[Path]) -> None:
        """Watch the plan's files too, as they were last read, wherever they are."""
        held = frozenset(files)
        self._files |= held | {file.resolve() for file in held if file.is_symlink()}

    def each(self, stop: threading.Event) -> Iterator[None]:
        """Come to an end when told to stop; until then yield after every change since this was made.

        Whoever asks may take their time: what changes meanwhile is one change afterwards.
        """
        while not stop.is_set():
            folders = self._folders()
            for _ in _told(folders, stop):
                now = self._stamp()
                if now != self._seen:
                    self._seen = now
                    yield
                if self._folders() != folders:
                    break

    def _folders(self) -> frozenset[Path]:
        """The folders whose files count. The plan may name a folder beside it that has no file yet."""
        near = {self._named, *(file.parent for file in self._files)}
        beside = [sub for folder in near for sub in _subfolders(folder)][:_SUBFOLDERS]
        inside = [Path(top) for folder in near for top, *_ in os.walk(folder / FOLDER)]
        return frozenset(folder for folder in {*near, *beside, *inside} if os.path.isdir(folder))  # noqa: PTH112 - never raises

    def _stamp(self) -> Stamp:
        """What tells each file that counts from an older one."""
        files = {path for folder in self._folders() for path in _listed(folder) if _counts(path)}
        stamp: Stamp = {}
        for path in files | self._files:
            with suppress(OSError):  # gone between two looks, or a link to nothing, as some editors use for a lock
                held = path.stat()
                stamp[path] = (held.st_mtime_ns, held.st_size, held.st_ino)
        return stamp


def _counts(path: Path) -> bool:
    return path.suffix in _PLAN + _LOOK_FILES or path.name == config.FILE or FOLDER in path.parts


def _listed(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder)]
    except OSError:
        return []


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(Path(e.path) for e in os.scandir(folder) if not e.name.startswith(".") and e.is_dir())
    except OSError:
        return []


def _told(folders: frozenset[Path], stop: threading.Event) -> Iterator[object]:
    """Something may have changed in the folders."""
    try:
        yield from watch(
            *folders, watch_filter=None, recursive=False, step=_STEP, debounce=_LONGEST, stop_event=stop,
            rust_timeout=int(_LOOK * 1000), yield_on_timeout=True, ignore_permission_denied=True,
        )  # fmt: skip
    except (OSError, RuntimeError):  # a folder went away, or the system watches no more
        stop.wait(_LOOK / 2)
        yield None
