"""``vaaldplan explain`` and ``vaaldplan rules``."""

from typing import Annotated

import typer

from vaaldplan import screen

from .console import Language, choice
from .frame import OneCommand, app


@app.command("explain", cls=OneCommand, help="explain.help")
def _explain(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="explain.name")],
    form: Annotated[str, typer.Option("--format", help="explain.format", metavar="FORMAT")] = "terminal",
) -> None:
    from vaaldplan.reference import rules

    form = choice("--format", form, ["terminal", "markdown"])
    width = screen.columns()
    typer.echo(rules.explained(" ".join(name), Language.say, form=form, width=width), nl=False)


@app.command("rules", cls=OneCommand, help="rules.help")
def _rules(
    form: Annotated[str, typer.Option("--format", help="rules.format", metavar="FORMAT")] = "terminal",
) -> None:
    from vaaldplan.reference import rules

    form = choice("--format", form, ["terminal", "markdown", "json"])
    typer.echo(rules.listed(Language.say, form=form, width=screen.columns()), nl=False)
