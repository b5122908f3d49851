"""What a report amounts to: findings of one rule together, what is ready, what remains before each stage."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vaaldplan.finding import Finding, Report, Severity, Stage
from vaaldplan.texts.catalogue import Catalogue

_FIRST = ("measures", "goals", "indicators")
"""What a reader asks for first."""


class Group(NamedTuple):
    """The findings of one rule that are equally serious."""

    code: str
    severity: Severity
    findings: tuple[Finding, ...]


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Findings by rule, the most serious first, then in the order of the codes."""
    by_rule: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((-finding.severity, finding.code), []).append(finding)
    return [Group(code, Severity(-worst), tuple(held)) for (worst, code), held in sorted(by_rule.items())]


def numbers(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the most serious first."""
    counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def remaining(report: Report) -> dict[Stage, list[Finding]]:
    """What does not count yet, by the stage it counts from; the nearest first."""
    later = sorted({f.stage for f in report.remaining})
    return {stage: [f for f in report.remaining if f.stage is stage] for stage in later}


def verdict(report: Report, say: Catalogue) -> str:
    """Whether the plan is fit for its stage, in one sentence."""
    if report.stage is None:
        return say.label("report.verdict.unread")
    stage = report.stage.name
    errors = numbers(report.findings)[Severity.ERROR]
    if not errors:
        return say.label(f"report.verdict.{stage}")
    return say.label(f"report.verdict.{stage}_not", findings=say.count("findings", errors))


def total(findings: Iterable[Finding], say: Catalogue) -> str:
    """``7 påpekanden: 2 måste åtgärdas, 5 tips.``"""
    counts = numbers(findings)
    number = sum(counts.values())
    if not number:
        return say.label("report.nothing")
    parts = ", ".join(say.count(s.name, n) for s, n in counts.items() if n)
    return say.label("report.summary", findings=say.count("findings", number), parts=parts)


def readiness(report: Report, say: Catalogue) -> Iterator[tuple[str, int, int]]:
    """For each register with entries: what they are called, how many there are, how many no finding is about."""
    for name, count in sorted(
        report.counts.items(), key=lambda item: _FIRST.index(item[0]) if item[0] in _FIRST else 9
    ):
        if count:
            _, _, noun = say.count(name, count).partition(" ")
            yield noun, count, report.ready.get(name, 0)


def set_aside(report: Report, say: Catalogue) -> Iterator[str]:
    """What the report leaves out, and why."""
    if report.known:
        yield say.label("report.known", findings=say.count("findings", len(report.known)))
    if report.unchanged is not None:
        yield say.label("report.unchanged", findings=say.count("findings", report.unchanged))


def place(finding: Finding, *, column: bool = False) -> str:
    """``plan.yaml:12``; a place of its own in the text has a column too."""
    if finding.span is None:
        return ""
    line = f"{finding.span.file}:{finding.span.line}"
    return f"{line}:{finding.span.column}" if column else line


def subject(finding: Finding, say: Catalogue) -> str:
    """``Åtgärd A12 Utbilda alla chefer``; empty when the finding is about no entry."""
    found = finding.subject
    if not found.register:
        return ""
    return " ".join(t for t in (say.label(f"subject.{found.register}"), found.id, found.title) if t)
