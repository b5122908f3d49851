"""``vaaldplan check``."""

from typing import Annotated

import typer

from vaaldplan.errors import Exit
from vaaldplan.finding import Severity, Stage
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

from .frame import PLAN, OneCommand, app, choice, print_report


@app.command("check", cls=OneCommand, help="check.help")
def _check(
    path: Annotated[str, PLAN] = ".",
    stage: Annotated[str, typer.Option("--stage", help="check.stage", metavar="STAGE")] = "",
    fail_on: Annotated[str, typer.Option("--fail-on", help="check.fail_on", metavar="SEVERITY")] = "",
    form: Annotated[str, typer.Option("--format", help="check.format", metavar="FORMAT")] = "terminal",
) -> None:
    from vaaldplan import check, config

    severities = [s.name.lower() for s in sorted(Severity, reverse=True)]
    if fail_on:
        choice("--fail-on", fail_on, severities)
    form = choice("--format", form, ["terminal", "json"])
    checked = check.check(path, stage=_stage(stage))
    chosen = fail_on or config.read(checked.folder).fail_on or "error"
    threshold = Severity[choice("misslyckas_vid", chosen, severities).upper()]
    print_report(checked.report, form)
    worst = check.worst(checked.report.findings)
    if worst is not None and worst >= threshold:
        raise typer.Exit(Exit.FINDINGS)


def _stage(text: str) -> Stage | None:
    """The stage by its Swedish or English name, with or without diacritics."""
    if not text:
        return None
    stages = [s for s in Stage if s is not Stage.NONE]
    by_name = {catalogue(lang).label(f"stage.{s.name}"): s for lang in LANGUAGES for s in stages}
    by_name["forslag"] = Stage.PROPOSAL
    return by_name[choice("--stage", text.casefold(), [n for n in by_name if n != "forslag"], also=("forslag",))]
