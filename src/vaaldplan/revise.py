"""Rewriting a plan's files: all of them in the one right layout, or with the mends that findings carry."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path as FilePath
from typing import NamedTuple

from vaaldplan import source
from vaaldplan.check import check
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Finding, Report, Severity, Stage
from vaaldplan.plan.load import spelt
from vaaldplan.plan.spelling import usual
from vaaldplan.plan.vocabulary import same_key
from vaaldplan.source.edit import Alone, Change, UnsureError, alone, applied, in_layout
from vaaldplan.source.layout import Names
from vaaldplan.source.parts import NAMING, names_files
from vaaldplan.storage import Staging, explained

ROUNDS = 200
"""How often a plan is read again after mends; a file that cannot be read shows one fault at a time."""

_UNREADABLE = {"S01", "S02", "S03", "S04", "S09", "S10"}


class Revised(NamedTuple):
    """A file with its new content."""

    name: str
    path: FilePath
    before: bytes
    after: bytes


class Layout(NamedTuple):
    """What putting a plan in the right layout comes to."""

    files: tuple[Revised, ...]
    """Those that change."""
    total: int
    """How many files the plan has."""
    hindrance: Report | None
    """What has to be mended first; nothing is rewritten then."""


class Mend(NamedTuple):
    """One finding, and the lines that mend it."""

    finding: Finding
    changes: tuple[Change, ...]


class Mended(NamedTuple):
    """What mending a plan comes to."""

    mends: tuple[Mend, ...]
    files: tuple[Revised, ...]
    left: Report
    """What is wrong with the plan's structure afterwards."""


def lay_out(path: str, *, spelling: str = "", ordered: bool = False) -> Layout:
    """Put all files of a plan in the right layout, without writing them.

    Args:
        path: the plan, a part of it, or its folder.
        spelling: ``sv``, ``ascii`` or ``en``; by default the one most of each file is written in.
        ordered: put the keys in the order of the format.

    Raises:
        VaaldplanError: the plan cannot be opened, or ``not-safe``: a file cannot be rewritten without risk.
    """
    document = source.read(source.find(path), same_key=same_key)
    hindering = [f for f in document.findings if f.severity is Severity.ERROR and f.code in _UNREADABLE]
    if hindering:
        lined = tuple(f._replace(line=document.line(f.span.file, f.span.line)) for f in hindering if f.span)
        return Layout((), len(document.files), Report(document.files, Stage.DRAFT, lined))
    revised = []
    for name in document.files:
        place, raw = document.on_disk(name)
        file = alone(name, raw)
        try:
            after = in_layout(file, _names(file, spelling, ordered=ordered))
        except UnsureError as error:
            raise VaaldplanError("not-safe", path=name) from error
        if place and after != raw:
            revised.append(Revised(name, place, raw, after))
    return Layout(tuple(revised), len(document.files), None)


def _names(file: Alone, spelling: str, *, ordered: bool) -> Names:
    """How everything in a file is to be spelt and ordered."""
    data = file.data or {}
    found = spelt(data)
    spelling = spelling or usual(Counter(n.as_written for n in found))
    keys = {n.path: n.written(spelling) for n in found if n.is_key}
    for key, value in data.items():
        if names_files(value):
            keys[key, next(iter(value))] = NAMING[spelling == "en"]
    values = {n.path: n.written(spelling) for n in found if not n.is_key}
    return Names(keys, values, {n.path: n.rank for n in found if n.is_key} if ordered else {})


def mend(path: str) -> Mended:
    """Make the mends that findings carry, as long as there are any, without writing the files.

    Raises:
        VaaldplanError: the plan cannot be opened.
    """
    main = source.find(path)
    now: dict[FilePath, bytes] = {}
    seen: dict[FilePath, tuple[str, bytes]] = {}
    mends: list[Mend] = []
    states: set[str] = set()

    def content(file: FilePath) -> bytes | None:
        return now[file] if file in now else source.content(file)

    while True:
        checked = check(main, stage=Stage.NONE, content=content)
        chosen = _chosen(checked.report.findings)
        if not chosen or len(states) >= ROUNDS:
            break
        for name in {f.edits[0].span.file: None for f in chosen}:
            place, raw = checked.document.on_disk(name)
            if place is None:
                continue
            ours = [f for f in chosen if f.edits[0].span.file == name]
            mends += [Mend(f, tuple(applied(name, raw, f.edits)[1])) for f in ours]
            seen.setdefault(place, (name, raw))
            now[place] = applied(name, raw, [e for f in ours for e in f.edits])[0]
        state = sha256(b"".join(now.values())).hexdigest()
        if state in states:
            break
        states.add(state)
    files = tuple(Revised(name, place, raw, now[place]) for place, (name, raw) in seen.items() if now[place] != raw)
    return Mended(tuple(mends), files, checked.report)


def _chosen(findings: Iterable[Finding]) -> list[Finding]:
    """The findings to mend in one round: those whose lines no other finding before them changes."""
    taken: set[tuple[str, int]] = set()
    chosen = []
    for finding in findings:
        lines = {(e.span.file, n) for e in finding.edits for n in range(e.span.line, e.span.end_line + 1)}
        if lines and not lines & taken:
            taken |= lines
            chosen.append(finding)
    return chosen


def save(files: Iterable[Revised]) -> None:
    """Write revised files: each replaced in one step, none if one cannot be written.

    Raises:
        VaaldplanError: ``changed-meanwhile`` when a file is not what it was when it was read, or ``not-writable``.
    """
    with explained(FilePath()), Staging() as staging:
        for file in files:
            if file.path.read_bytes() != file.before:
                raise VaaldplanError("changed-meanwhile", path=file.name)
            staging.add(file.path, file.after)
        staging.replace()
