"""Read → load → run the rules → find the places → report. The only place where ``source`` and ``plan`` meet."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import NamedTuple

from vaaldplan import source
from vaaldplan.finding import Finding, Path, Report, Severity, Span, Stage, Subject
from vaaldplan.plan.load import REGISTERS, ids, load, walk
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.paper import PaperStatus
from vaaldplan.plan.spelling import Name, deviating, usual
from vaaldplan.plan.vocabulary import same_key
from vaaldplan.rules import registry

_AT_KEY = {"S04", "S05"}
"""Findings that point at a key, not at its value."""

_STAGE_OF = {
    PaperStatus.DRAFT: Stage.DRAFT,
    PaperStatus.CONSULTATION: Stage.CONSULTATION,
    PaperStatus.PROPOSAL: Stage.PROPOSAL,
    PaperStatus.ADOPTED: Stage.PROPOSAL,
}


class Checked(NamedTuple):
    """What came of checking one plan: the report, and the plan when the file could be understood."""

    report: Report
    plan: Plan | None
    folder: FilePath
    """The folder the plan's main file stands in."""
    document: source.Document
    """The files as they were read."""


def check(
    path: str | os.PathLike[str], *, stage: Stage | None = None, content: source.Content = source.content
) -> Checked:
    """Check a plan: a file, a part of a plan, or a folder with a ``plan.yaml``.

    Args:
        path: what was given on the command line.
        stage: judge as if the plan had come this far; by default its own status decides.
        content: opens a file.

    Raises:
        VaaldplanError: the file is missing or cannot be opened.
    """
    file = source.find(path)
    document = source.read(file, same_key=same_key, content=content)
    if document.data is None:
        report = Report(document.files, None, _placed(document, document.findings, {}))
        return Checked(report, None, file.parent, document)
    home = _home(document)
    loaded = load(document.data, complete=document.complete, home=home)
    plan = loaded.plan
    stage = stage_of(plan) if stage is None else stage
    findings = [*document.findings, *loaded.findings, *_mixed(document, loaded.names, home)]
    if stage is not Stage.NONE:
        told = _told(loaded.findings)
        findings += (f for f in registry.run(registry.Context(plan), complete=document.complete) if f.path not in told)
    placed = _placed(document, findings, _subjects(plan))
    report = Report(
        document.files,
        stage,
        tuple(f for f in placed if f.stage <= stage or f.code[0] == "S"),
        tuple(f for f in placed if f.stage > stage and f.code[0] != "S"),
        {name: len(ids(plan, name)) for name in REGISTERS},
    )
    return Checked(report, plan, file.parent, document)


def _told(findings: Iterable[Finding]) -> set[Path]:
    """The places whose value could not be read: what a rule misses there has been reported already.

    A misspelt key is told of where it stands and where it probably should have stood.
    """
    told: set[Path] = set()
    for finding in findings:
        if finding.code == "S07":
            told.add(finding.path)
        elif finding.code == "S05" and "suggestion" in finding.params:
            told.add((*finding.path[:-1], finding.params["suggestion"]))
    return told


def stage_of(plan: Plan) -> Stage:
    """How far the plan itself says it has come; a plan that no longer holds is judged by structure only."""
    return Stage.DRAFT if plan.status is None else _STAGE_OF.get(plan.status, Stage.NONE)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The most serious severity among the findings, ``None`` when there are none."""
    return max((f.severity for f in findings), default=None)


def _subjects(plan: Plan) -> dict[Path, Subject]:
    """The entries that a message calls by id and title, by their place."""
    register_of: dict[type[Node], str] = {cls: name for name, cls in REGISTERS.items()}
    subjects = {}
    for node in walk(plan):
        if register := register_of.get(type(node)):
            title = next((t for t in (getattr(node, n, None) for n in ("title", "name", "heading", "text")) if t), "")
            subjects[node.path] = Subject(register, getattr(node, "id", None) or "", title)
    return subjects


def _home(document: source.Document) -> Callable[[Path], str]:
    """Which file a place stands in; only lists at the top are put together from several files."""
    if len(document.files) == 1:
        return lambda _: document.files[0]
    homes = cache(document.home)
    return lambda path: homes(path[:2])


def _mixed(document: source.Document, names: Iterable[Name], home: Callable[[Path], str]) -> Iterator[Finding]:
    """Advice for each file where keys and fixed values are not all in one spelling."""
    by_file: dict[str, list[Name]] = {}
    for name in names:
        by_file.setdefault(home(name.path), []).append(name)
    for written in by_file.values():
        spelling = usual(written)
        others = list(deviating(written, spelling))
        if others:
            edits = [document.edit(n.path, n.written(spelling), key=n.is_key) for n in others]
            first = others[0]
            params = {"key": first.text, "suggestion": first.written(spelling), "count": len(others)}
            span = document.span(first.path, key=first.is_key)
            sure = tuple(edit for edit in edits if edit)
            yield Finding("S12", Severity.ADVICE, first.path, params, spelling, span=span, edits=sure)


def _span(document: source.Document, finding: Finding) -> Span:
    """Where a finding is shown: at the value, or at the key when the value is a block below it."""
    key = document.span(finding.path, key=True)
    if finding.code in _AT_KEY:
        return key
    value = document.span(finding.path)
    return key if value.end_line > key.line else value


def _placed(
    document: source.Document, findings: Iterable[Finding], subjects: dict[Path, Subject]
) -> tuple[Finding, ...]:
    """Give every finding its span, its line of text and its subject, and sort them in the order of the text."""
    placed = []
    for finding in findings:
        span = finding.span or _span(document, finding)
        edits = finding.edits
        if finding.meant:
            edit = document.edit(finding.path, finding.meant, key=finding.code in _AT_KEY)
            edits = (edit,) if edit else ()
        subject = Subject()
        for end in range(len(finding.path), 0, -1):
            if found := subjects.get(finding.path[:end]):
                subject = found
                break
        line = "" if span == (span.file, 1, 1, 1, 1) else document.line(span.file, span.line)  # the plan as a whole
        placed.append(finding._replace(span=span, line=line, subject=subject, edits=edits))
    order = {file: i for i, file in enumerate(document.files)}
    placed.sort(
        key=lambda f: (order.get(f.span.file, 0), f.span.line, f.span.column, f.code) if f.span else (0, 0, 0, "")
    )
    return tuple(placed)
