"""``vaaldplan fields``."""

from typing import Annotated

import typer

from vaaldplan import screen

from .console import Language, choice
from .frame import OneCommand, app


@app.command("fields", cls=OneCommand, help="fields.help")
def _fields(
    name: Annotated[str, typer.Argument(metavar="NAME", help="fields.name")] = "",
    form: Annotated[str, typer.Option("--format", help="fields.format", metavar="FORMAT")] = "terminal",
) -> None:
    from vaaldplan.reference import pages

    form = choice("--format", form, ["terminal", "markdown"])
    width = screen.columns()
    typer.echo(pages.reference(name, Language.say, form=form, width=width), nl=False)
