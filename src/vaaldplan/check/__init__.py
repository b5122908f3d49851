"""Read → load → run the rules → find the places → report. The only place where ``source`` and ``plan`` meet."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import NamedTuple

from vaaldplan import config, facts, source
from vaaldplan.config import Settings
from vaaldplan.finding import MOST_FINDINGS, Finding, Path, Report, Severity, Span, Stage
from vaaldplan.look import folder
from vaaldplan.paper import Papers
from vaaldplan.plan.load import REGISTERS, entries, load, spelt
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PaperStatus
from vaaldplan.plan.spelling import Name, Written, deviating, usual
from vaaldplan.plan.vocabulary import same_key
from vaaldplan.rules import registry
from vaaldplan.source.faults import fault
from vaaldplan.texts import own

from . import own_facts, waivers
from .fingerprints import Places, marked

NO_PAPERS = Papers()
_AT_KEY = {"S04", "S05"}
"""Findings that point at a key, not at its value."""

_STAGE_OF = {
    PaperStatus.DRAFT: Stage.DRAFT,
    PaperStatus.CONSULTATION: Stage.CONSULTATION,
    PaperStatus.PROPOSAL: Stage.PROPOSAL,
    PaperStatus.ADOPTED: Stage.PROPOSAL,
}


_UNMOVED = "SUXP"
"""Families that count at every stage: structure, waivers, settings and facts, built papers."""


class Checked(NamedTuple):
    """What came of checking one plan: the report, and the plan when the file could be understood."""

    report: Report
    plan: Plan | None
    folder: FilePath
    """The folder the plan's main file stands in."""
    document: source.Document
    """The files as they were read."""
    settings: Settings = Settings()
    texts: Mapping[str, str] = MappingProxyType({})
    """The municipality's own templates and words: what stands in ``mallar/``, by path."""

    def sources(self) -> dict[str, bytes]:
        """The files of the plan as they were read, by their path from its folder."""
        found = {}
        for file in self.document.files:
            path, data = self.document.on_disk(file)
            if path is not None:
                found[os.path.relpath(path, self.folder.resolve()).replace(os.sep, "/")] = data
        return found


def check(
    path: str | os.PathLike[str],
    *,
    stage: Stage | None = None,
    today: date | None = None,
    content: source.Content = source.content,
    papers: Papers = NO_PAPERS,
    faults: tuple[Finding, ...] = (),
) -> Checked:
    """Check a plan: a file, a part of a plan, or a folder with a ``plan.yaml``.

    Args:
        path: what was given on the command line.
        stage: judge as if the plan had come this far; by default its own status decides.
        today: the day of the check, for what grows old; without it nothing is said of that.
        content: opens a file.
        papers: the papers that were built from the plan, to be judged with it.
        faults: what was found when the papers were read.

    Raises:
        VaaldplanError: the file is missing or cannot be opened.
    """
    file = source.find(path)
    document = source.read(file, same_key=same_key, content=content)
    beside = file.parent
    configured = config.read(beside, source.shown_name(beside / config.FILE))
    texts, unusable = _own_texts(beside)
    known = facts.read(beside)
    own = own_facts.faults(known, source.shown_name(beside / facts.FILE)) if known.faults else ()
    aside = [*configured.findings, *own, *unusable]
    if document.data is None:
        unread = marked(_placed(document, [*document.findings, *aside], Places(None)), Places(None))
        report = Report(document.files, None, tuple(unread), day=today)
        return Checked(report, None, beside, document, configured.settings)
    home = _home(document)
    loaded = load(document.data, complete=document.complete, home=home)
    plan, told = loaded.plan, _told(loaded.findings)
    stage = stage_of(plan) if stage is None else stage
    found = [*document.findings, *loaded.findings, *_mixed(document, loaded.written, home)]
    full = len(loaded.findings) >= MOST_FINDINGS
    found += [*aside, *_unlimited(configured), *_unplaced(configured, plan), *faults]
    if stage is not Stage.NONE:
        context = registry.Context(plan, known, today, _terms(plan, configured.settings), papers)
        hits = (f for f in registry.run(context, complete=document.complete) if f.path not in told)
        found += islice(hits, MOST_FINDINGS)
        if next(hits, None) or full:
            found.append(fault("S10", "findings", document.span(()), limit=MOST_FINDINGS))
        found += own_facts.old(plan, known, today) if today else []
    places = Places(plan)
    placed = marked(_placed(document, found, places), places)
    rules = registry.table()
    applied = waivers.apply(
        document,
        placed,
        codes=rules,
        firm=registry.judging_papers(),
        excusable=lambda f: _excusable(f, plan, rules),
        judged=document.complete and stage is not Stage.NONE,
    )
    left = [*applied.findings, *marked(applied.faults, Places(None))]
    left.sort(key=_order(document))
    counting = tuple(f for f in left if f.stage <= stage or f.code[0] in _UNMOVED)
    report = Report(
        document.files,
        stage,
        counting,
        tuple(f for f in left if f.stage > stage and f.code[0] not in _UNMOVED),
        counts := {name: len(entries(plan, name)) for name in REGISTERS},
        _ready(counts, counting),
        tuple(applied.waived),
        title=plan.title or "",
        rules=registry.rules() if stage is not Stage.NONE else (),
        day=today,
    )
    return Checked(report, plan, beside, document, configured.settings, texts)


def _own_texts(place: FilePath) -> tuple[Mapping[str, str], list[Finding]]:
    """What stands in ``mallar/`` beside a plan, and what of it cannot be used; its templates are run by ``build``."""
    if not (place / folder.FOLDER).is_dir():
        return {}, []
    shown = source.shown_name(place / folder.FOLDER) + "/"
    found = folder.read(place)
    findings = []
    for unread in found.faults:
        code = "X25" if unread.file.endswith(".toml") else "X26"
        span = Span(shown + unread.file.partition("/")[2], 1, 1, 1, 1)
        findings.append(Finding(code, Severity.ERROR, (), {"key": unread.file}, unread.variant, span=span))
    return found.texts, findings + own.words(found.texts, shown).findings


def judge(checked: Checked, papers: Papers, faults: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """What there is to say of papers just built from a checked plan, beside the faults of reading them."""
    plan, stage = checked.plan, checked.report.stage
    if plan is None or not stage:
        return ()
    context = registry.Context(plan, terms=_terms(plan, checked.settings), papers=papers)
    found = _placed(checked.document, [*faults, *registry.run(context, only_papers=True)], Places(None))
    return tuple(f for f in found if f.stage <= stage)


def _terms(plan: Plan, settings: Settings) -> registry.Terms:
    """What of the municipality's settings the rules may ask for."""
    body = settings.deciding_bodies.get((plan.document_type or "").casefold(), "")
    return registry.Terms(body, settings.forbidden, settings.limits)


def _unlimited(configured: config.Read) -> Iterator[Finding]:
    """Limits that are set for rules which have none."""
    table = registry.table()
    for code in configured.settings.limits:
        if code not in table or table[code].limit is None:
            allowed = ", ".join(c for c, declared in table.items() if declared.limit is not None)
            span = configured.span(code, "limits")
            yield Finding("X03", Severity.ERROR, (), {"key": code, "allowed": allowed}, "limit", span=span)


def _unplaced(configured: config.Read, plan: Plan) -> Iterator[Finding]:
    """Chapters of the plan's own that are to be put in order and are not there."""
    known = {chapter.id for chapter in plan.chapters if chapter.id}
    for name in configured.settings.chapters:
        own = name.removeprefix(config.OWN_CHAPTER)
        if own != name and own not in known:
            params = {"key": own, "allowed": ", ".join([*config.CHAPTERS, *(f"kapitel:{k}" for k in sorted(known))])}
            yield Finding("X03", Severity.ERROR, (), params, "chapter", span=configured.span("", "chapters"))


def _excusable(finding: Finding, plan: Plan, rules: Mapping[str, registry.Declared]) -> bool:
    declared = rules.get(finding.code)
    return declared is not None and registry.excusable(declared, finding.severity, plan)


def _ready(counts: Mapping[str, int], findings: Iterable[Finding]) -> dict[str, int]:
    """How many entries of each register no finding is about."""
    touched = {(f.subject.register, f.subject.id, f.subject.title) for f in findings if f.subject.register}
    return {name: max(0, count - sum(t[0] == name for t in touched)) for name, count in counts.items()}


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


def _home(document: source.Document) -> Callable[[Path], str]:
    """Which file a place stands in; only lists at the top are put together from several files."""
    if len(document.files) == 1:
        return lambda _: document.files[0]
    homes = cache(document.home)
    return lambda path: homes(path[:2])


def _mixed(
    document: source.Document, written: Mapping[str, Mapping[Written, int]], home: Callable[[Path], str]
) -> Iterator[Finding]:
    """Advice for each file where keys and fixed values are not all in one spelling."""
    names: tuple[Name, ...] = ()
    for file, counts in written.items():
        spelling = usual(counts)
        if deviates := deviating(counts, spelling):
            names = names or spelt(document.data or {})
            others = [n for n in names if n.as_written in deviates and home(n.path) == file]
            edits = [document.edit(n.path, n.written(spelling), key=n.is_key) for n in others]
            first = others[0]
            params = {"key": first.text, "suggestion": first.written(spelling), "count": len(others)}
            span = document.span(first.path, key=first.is_key)
            sure = tuple(edit for edit in edits if edit)
            yield Finding("S12", Severity.ADVICE, first.path, params, spelling, span=span, edits=sure)


def _placed(document: source.Document, findings: Iterable[Finding], places: Places) -> tuple[Finding, ...]:
    """Give every finding its span, its line of text and its subject, and sort them in the order of the text."""
    placed = []
    for finding in findings:
        at_key = finding.code in _AT_KEY
        span = finding.span or (document.span(finding.path, key=True) if at_key else document.spot(finding.path))
        edits = finding.edits
        if finding.meant:
            edit = document.edit(finding.path, finding.meant, key=at_key)
            edits = (edit,) if edit else ()
        line = finding.line
        if not line and span != (span.file, 1, 1, 1, 1) and span.file in document.files:  # (1, 1): the plan as a whole
            line = document.line(span.file, span.line)
        placed.append(finding._replace(span=span, line=line, subject=places.subject(finding.path), edits=edits))
    placed.sort(key=_order(document))
    return tuple(placed)


def _order(document: source.Document) -> Callable[[Finding], tuple[int, int, int, str]]:
    """Sorts findings in the order of the text; what stands in other files comes last."""
    order = {file: i for i, file in enumerate(document.files)}

    def key(finding: Finding) -> tuple[int, int, int, str]:
        span = finding.span
        if span is None:
            return (0, 0, 0, "")
        return (order.get(span.file, len(order)), span.line, span.column, finding.code)

    return key
