"""Several files make one plan: reads the parts that the main file names and joins their lists."""

from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from pathlib import PurePosixPath, PureWindowsPath
from posixpath import normpath
from typing import Any
from unicodedata import normalize

from vaaldplan.bounds import NotAFileError
from vaaldplan.finding import MOST_FINDINGS, Finding, Path, Span

from .faults import fault
from .files import Content, located
from .marks import Joined, Marks, Piece
from .reading import Loaded
from .text import File

FILES = 500
"""How many files a plan may consist of; the largest municipality has some thirty boards and companies."""

SameKey = Callable[[str, str], bool]
"""Tells whether two top-level keys mean the same; ``plan`` knows, ``source`` does not."""

NAMING = ("filer", "files")
"""The key that names the part files, in Swedish and in English."""

_SUFFIXES = (".yaml", ".yml")


def names_files(value: Any) -> bool:
    """Whether a top-level value names part files: a mapping with the single key ``filer`` or ``files``."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in NAMING


def named(data: dict[str, Any], folder: FilePath) -> Iterator[FilePath]:
    """The part files that a main file's data names, links resolved.

    Raises:
        OSError: a folder cannot be listed.
    """
    for value in data.values():
        if names_files(value):
            (names,) = value.values()
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str):
                    path = located(folder, _portable(name))
                    yield from (p.resolve() for p in (_listed(path) if path.is_dir() else [path]))


def _portable(name: str) -> str:
    """The name with ``/``, also when it was written on Windows."""
    return name.replace("\\", "/")


def _listed(folder: FilePath) -> list[FilePath]:
    """The YAML files of a folder in name order, without hidden ones (some systems leave ``._name.yaml`` behind)."""
    found = [p for p in folder.iterdir() if p.suffix in _SUFFIXES and not p.name.startswith(".")]
    return sorted(found, key=lambda p: normalize("NFC", p.name))


class Joiner:
    """Puts the parts of one plan into the main file's data, which it changes."""

    def __init__(
        self,
        main: File,
        path: FilePath,
        marks: Marks,
        same_key: SameKey,
        load: Callable[[File], Loaded],
        content: Content,
    ) -> None:
        self.findings: list[Finding] = []
        self.complete = True
        """False when a part is missing or could not be read whole."""
        self._main = main
        self._folder = path.parent
        self._real = path.parent.resolve()
        self._marks = marks
        self._same_key = same_key
        self._load = load
        self._content = content
        self._seen = {path.resolve()}

    def join(self, data: dict[str, Any]) -> None:
        """Replace every value that names files by the joined list of what stands in them."""
        for key, value in data.items():
            if names_files(value):
                data[key] = self._joined(key, value)

    def _joined(self, key: str, value: dict[str, Any]) -> list[Any]:
        joined: list[Any] = []
        pieces: list[Piece] = []
        for file in self._files(key, value):
            for elements in self._lists(file, key, len(joined)):
                joined += elements
                pieces += (self._marks.element(elements, i) for i in range(len(elements)))
        self._marks.joined[id(joined)] = Joined(pieces, value)
        return joined

    def _files(self, key: str, value: dict[str, Any]) -> Iterator[File]:
        """The part files that can be opened, in order."""
        for path, name, span in self._names(key, value):
            for relative in self._expanded(path, name, span):
                if len(self._seen) >= FILES:
                    self._report("files", span, path, limit=FILES)
                    return
                if len(self.findings) >= MOST_FINDINGS:
                    self._report("findings", span, path, limit=MOST_FINDINGS)
                    return
                file = self._open(path, relative, span)
                if file:
                    yield file

    def _names(self, key: str, value: dict[str, Any]) -> Iterator[tuple[Path, str, Span]]:
        """Each name that stands under ``filer``, with its place."""
        (naming,) = value
        names = value[naming]
        under, piece = self._marks.entry(value, naming)
        path: Path = (key, naming)
        if isinstance(names, list):
            places = [((*path, i), name, self._marks.element(names, i)) for i, name in enumerate(names)]
        else:
            places = [(path, names, piece)]
        for place, name, at in places:
            span = self._main.span(at.start, at.end)
            if isinstance(name, str) and name.strip():
                yield place, _portable(name.strip()), span
            else:
                shown = span if name else self._main.span(under.start, under.end)
                self._report("form", shown, place, key=key)

    def _expanded(self, path: Path, name: str, span: Span) -> Iterator[str]:
        """The files that a name stands for, relative to the plan's folder: itself, or the files of the folder."""
        if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
            self._report("outside", span, path, file=name)
            return
        try:
            place = located(self._folder, name)
            if not place.resolve().is_relative_to(self._real):
                self._report("outside", span, path, file=name)
            elif not place.is_dir():
                yield name
            elif found := _listed(place):
                yield from (f"{name.rstrip('/')}/{p.name}" for p in found)
            else:
                self._report("empty", span, path, file=name)
        except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
            self._report("unreadable", span, path, file=name)

    def _open(self, path: Path, name: str, span: Span) -> File | None:
        """A part's file; ``None``, and a finding, when it cannot be read."""
        variant = "unreadable"
        try:
            place = located(self._folder, name)
            real = place.resolve()
            if not real.is_relative_to(self._real):
                variant = "outside"
            elif real in self._seen:
                variant = "twice"
            else:
                raw = self._content(place)
                self._seen.add(real)
                return File(normpath(f"{PurePosixPath(self._main.name).parent}/{name}"), raw, place)
        except FileNotFoundError:
            variant = "missing"
        except (NotAFileError, NotADirectoryError):
            variant = "not-file"
        except (OSError, RuntimeError, ValueError):
            variant = "unreadable"
        self._report(variant, span, path, file=name)
        return None

    def _lists(self, file: File, key: str, before: int) -> Iterator[list[Any]]:
        """The lists that stand under the key in one part: two when the key stands there in two spellings."""
        loaded = self._load(file)
        self.complete &= loaded.complete
        if loaded.data is not None and not isinstance(loaded.data, dict):
            self._report("key", loaded.top, (key,), key=key)
            return
        offsets: dict[str, int] = {}
        others = []
        for written, value in (loaded.data or {}).items():
            piece, _ = self._marks.entry(loaded.data or {}, written)
            span = file.span(piece.start, piece.end)
            if self._same_key(written, key):
                offsets[written] = before
                if isinstance(value, list):
                    before += len(value)
                    yield value
                elif value is not None:
                    self._report("nested" if names_files(value) else "not-list", span, (key,), key=key)
            elif not written.startswith("x-"):
                others.append((written, span))
        if offsets:
            for other, span in others:
                self._report("extra-key", span, (key,), key=key, other=other)
        elif loaded.data is not None:
            self._report("key", loaded.top, (key,), key=key)
        self.findings += [f._replace(path=_joined_path(f.path, key, offsets)) for f in loaded.findings]

    def _report(self, variant: str, span: Span, path: Path, **params: str | int) -> None:
        self.complete = False
        self.findings.append(fault("S10" if variant in ("files", "findings") else "S11", variant, span, path, **params))


def _joined_path(path: Path, key: str, offsets: dict[str, int]) -> Path:
    """A place in a part as a place in the plan, where the part's elements come after those before it."""
    if not path or path[0] not in offsets:
        return (key,)
    first = path[1] if len(path) > 1 else None
    return (key, offsets[str(path[0])] + first, *path[2:]) if isinstance(first, int) else (key,)
