"""A report as JUnit XML: a suite for each plan, a case for each rule."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from vaaldplan.finding import Finding, Report, Stage
from vaaldplan.texts.catalogue import Catalogue

from . import Look, summary


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """A rule fails when something is at or above the run's threshold, and is skipped when it does not count yet."""
    suites = "".join(_suite(report, say) for report in reports)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vaaldplan">\n{suites}</testsuites>\n'


def _suite(report: Report, say: Catalogue) -> str:
    found: dict[str, list[Finding]] = {rule.code: [] for rule in report.rules}
    for finding in report.findings:
        found.setdefault(finding.code, []).append(finding)
    counts = {rule.code: rule.stage for rule in report.rules}
    stage = report.stage if report.stage is not None else Stage.DRAFT
    cases, failures, skipped = [], 0, 0
    for code, findings in sorted(found.items()):
        failing = [f for f in findings if f.severity >= report.fail_on]
        body = ""
        if failing:
            failures += 1
            told = _told(failing, say)
            body = f"    <failure message={_attribute(say.card(code).title)} type={_attribute(code)}>{told}</failure>\n"
        elif not findings and counts.get(code, Stage.DRAFT) > stage:
            skipped += 1
            later = say.label("report.later", stage=say.label(f"stage.{counts[code].name}"))
            body = f"    <skipped message={_attribute(later)}/>\n"
        milder = [f for f in findings if f.severity < report.fail_on]
        if milder:
            body += f"    <system-out>{_told(milder, say)}</system-out>\n"
        name = _attribute(f"{code} {say.card(code).title}")
        cases.append(f'  <testcase classname="vaaldplan.{code[0]}" name={name} time="0">\n{body}  </testcase>\n')
    numbers = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'
    return f" <testsuite name={_attribute(report.files[0])} {numbers}>\n{''.join(cases)} </testsuite>\n"


def _told(findings: Iterable[Finding], say: Catalogue) -> str:
    lines = []
    for f in findings:
        where = ": ".join(t for t in (summary.place(f, column=True), summary.subject(f, say)) if t)
        mend = f"{say.label('report.mend')} {say.mend(f.code, f.variant, f.params)}"
        lines += [where, say.message(f.code, f.variant, f.params), mend, ""]
    return escape(_clean("\n".join(lines).rstrip()))


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)
