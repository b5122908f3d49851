"""``vaaldplan check``: what it does."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Report, Severity, Stage
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

from .console import Language, choice, choices, day, explain, look, tell, warn

if TYPE_CHECKING:
    from vaaldplan.check import Checked

ON_SCREEN = "terminal"


def run(
    paths: list[str],
    stage: str = "",
    fail_on: str = "",
    form: str = ON_SCREEN,
    output: str = "",
    changed_since: str = "",
    baseline: str = "",
    write_baseline: str = "",
    today: str = "",
    document: str = "",
    jobs: int = 0,
) -> Exit:
    """Check plans, show or write what was found, and return the exit code. The options are those of the command."""
    from vaaldplan import reports

    severities = [s.name.lower() for s in sorted(Severity, reverse=True)]
    fail_on = fail_on and choice("--fail-on", fail_on, severities)
    forms = choices("--format", form, tuple(reports.FORMATS)) or (ON_SCREEN,)
    if len(forms) > 1 and not output:
        raise VaaldplanError("usage.output", Exit.USAGE, value=form)
    finish = _Finish(_stage(stage), changed_since, baseline, fail_on)
    worst = Exit.OK
    plans = _plans(paths or ["."], changed_since)
    outcomes = _outcomes(plans, finish, day("--today", today), jobs, document)

    def judged() -> Iterator[Report]:
        nonlocal worst
        for outcome in outcomes:
            if isinstance(outcome, VaaldplanError):
                explain(outcome)
                worst = max(worst, outcome.code)
            else:
                yield outcome
                worst = max(worst, finish.exit_code(outcome))

    if forms == (ON_SCREEN,) and not output and not write_baseline:  # one is put into words while others are checked
        sys.stdout.write(reports.write(ON_SCREEN, judged(), Language.say, look()))
        return worst
    found = list(judged())
    if write_baseline:
        _write_baseline(write_baseline, found)
        return Exit.OK
    if found:
        _write(forms, output, found)
    return worst


class _Finish:
    """What is done with each plan when it has been checked; can be sent to another process."""

    def __init__(self, stage: Stage | None, since: str, baseline: str, fail_on: str) -> None:
        self.stage = stage
        self._since = since
        self._baseline = baseline
        self._fail_on = fail_on

    def __call__(self, checked: "Checked") -> Report:
        """The report, without what has not changed and what was known."""
        report = checked.report
        if self._since:
            from vaaldplan.check import changes

            report = changes.since(self._since, checked, stage=self.stage)
        report = _with_templates(report, checked)
        own = checked.settings.baseline.replace("\\", "/")
        if self._baseline or own:
            from vaaldplan.check.baseline import Baseline

            file = Path(self._baseline) if self._baseline else checked.folder / own
            report = Baseline(file, inside=None if self._baseline else checked.folder).set_aside(report)
        return report._replace(fail_on=Severity[(self._fail_on or checked.settings.fail_on or "error").upper()])

    @staticmethod
    def exit_code(report: Report) -> Exit:
        """Whether something is at or above the threshold."""
        from vaaldplan.check import worst

        found = worst(report.findings)
        return Exit.FINDINGS if found is not None and found >= report.fail_on else Exit.OK


def _with_templates(report: Report, checked: "Checked") -> Report:
    """The report with what is wrong with the municipality's own templates, which only running them tells."""
    if checked.plan is None or not any(name.endswith(".md") for name in checked.texts):
        return report
    from vaaldplan import publish, source
    from vaaldplan.check.fingerprints import Places, marked

    own = [d for d in publish.DOCUMENTS if f"{d.name}.md" in checked.texts or d is publish.DOCUMENTS[0]]
    try:
        publish.jobs(checked.plan, tuple(own), settings=checked.settings, texts=checked.texts)
    except publish.TemplateError as error:
        found = error.within(source.shown_name(checked.folder))
        return report._replace(findings=(*report.findings, *marked([found], Places(None))))
    return report


def _plans(paths: list[str], since: str) -> list[str]:
    """The plans that are meant; of several, only those that have changed."""
    from vaaldplan.check import many

    plans = many.plans(paths)
    if not since or len(plans) == 1:
        return plans
    changed = many.touched(plans, since)
    say = Language.say
    left_out = say.count("plans", len(plans) - len(changed))
    warn(say.label("check.untouched", plans=left_out, commit=since))
    return changed


def _outcomes(
    plans: list[str], finish: _Finish, today: date, jobs: int, document: str
) -> Iterator[Report | VaaldplanError]:
    from vaaldplan.check import check, many

    if document:
        from vaaldplan.publish import inspect

        if len(plans) > 1:
            raise VaaldplanError("usage.document", Exit.USAGE)
        papers, faults = inspect.folder(Path(document))
        yield finish(check(plans[0], stage=finish.stage, today=today, papers=papers, faults=faults))
        return
    answers = many.check_all(plans, stage=finish.stage, today=today, finish=finish, jobs=jobs or None)
    if len(plans) < many.FEWEST or not sys.stderr.isatty():
        yield from answers
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        answers, Language.say.label("check.progress"), len(plans), console=Console(stderr=True), transient=True
    )


def _write(forms: tuple[str, ...], output: str, found: list[Report]) -> None:
    """Show the reports, or put them in files: one format in the file named, several in the folder named."""
    from vaaldplan import reports

    say = Language.say
    files: dict[Path, str] = {}
    for form in forms:
        to_screen = not output or (form == ON_SCREEN and len(forms) > 1)
        text = reports.write(form, found, say, look() if to_screen and form == ON_SCREEN else reports.Look())
        if to_screen:
            sys.stdout.write(text)
        elif len(forms) == 1:
            files[Path(output)] = text
        else:
            files[Path(output) / f"{say.label('check.file')}.{reports.FORMATS[form].ending}"] = text
    if files:
        _save(files, (file for report in found for file in report.files), follow=len(forms) == 1)
        for path in files:
            warn(say.label("check.written", file=path))


def _save(files: dict[Path, str], plans: Iterable[str], *, follow: bool) -> None:
    """Write the reports' files; never over the plan itself. A link is followed when it is the one that the user named.

    Raises:
        VaaldplanError: ``report-over-plan``, or ``not-writable``.
    """
    from vaaldplan.storage import Staging, explained

    read = {Path(os.path.realpath(file)) for file in plans}
    folder = next(iter(files)).parent
    with explained(folder), Staging(follow=follow) as staging:
        for path, text in files.items():
            if path.resolve() in read or path.suffix in (".yaml", ".yml"):
                raise VaaldplanError("report-over-plan", Exit.USAGE, path=str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            staging.add(path, text.encode())
        staging.replace()


def _write_baseline(name: str, found: list[Report]) -> None:
    from vaaldplan.check import baseline

    say = Language.say
    baseline.write(Path(name), found)
    number = sum(len(report.findings) + len(report.known) for report in found)
    tell(say.label("check.baseline_written", file=name, findings=say.count("findings", number)))


def _stage(text: str) -> Stage | None:
    """The stage by its Swedish or English name, with or without diacritics."""
    if not text:
        return None
    stages = [s for s in Stage if s is not Stage.NONE]
    by_name = {catalogue(lang).label(f"stage.{s.name}"): s for lang in LANGUAGES for s in stages}
    by_name["forslag"] = Stage.PROPOSAL
    own = [Language.say.label(f"stage.{s.name}") for s in stages]
    return by_name[choice("--stage", text.casefold(), own, also=tuple(by_name))]
