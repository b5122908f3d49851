"""``vaaldplan check``: how it is written."""

from typing import Annotated

import typer

from . import checking
from .frame import PLAN, OneCommand, app


@app.command("check", cls=OneCommand, help="check.help")
def _check(
    paths: Annotated[list[str] | None, PLAN] = None,
    stage: Annotated[str, typer.Option("--stage", help="check.stage", metavar="STAGE")] = "",
    fail_on: Annotated[str, typer.Option("--fail-on", help="check.fail_on", metavar="SEVERITY")] = "",
    form: Annotated[str, typer.Option("--format", help="check.format", metavar="FORMAT")] = checking.ON_SCREEN,
    output: Annotated[str, typer.Option("--output", "-o", help="check.output", metavar="FILE")] = "",
    changed_since: Annotated[str, typer.Option("--changed-since", help="check.changed_since", metavar="COMMIT")] = "",
    baseline: Annotated[str, typer.Option("--baseline", help="check.baseline", metavar="FILE")] = "",
    write_baseline: Annotated[str, typer.Option("--write-baseline", help="check.write_baseline", metavar="FILE")] = "",
    today: Annotated[str, typer.Option("--today", help="check.today", metavar="DATE")] = "",
    document: Annotated[str, typer.Option("--document", help="check.document", metavar="FOLDER")] = "",
    jobs: Annotated[int, typer.Option("--jobs", help="check.jobs", metavar="NUMBER", min=0)] = 0,
) -> None:
    options = (
        paths or [],
        stage,
        fail_on,
        form,
        output,
        changed_since,
        baseline,
        write_baseline,
        today,
        document,
        jobs,
    )
    if code := checking.run(*options):
        raise typer.Exit(code)
