"""``vaaldplan facts``."""

from pathlib import Path
from typing import Annotated

import typer

from vaaldplan import screen

from .console import Language, choice, day, warn
from .frame import OneCommand, app


@app.command("facts", cls=OneCommand, help="facts.help")
def _facts(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="facts.kind")] = "",
    form: Annotated[str, typer.Option("--format", help="facts.format", metavar="FORMAT")] = "terminal",
    today: Annotated[str, typer.Option("--today", help="facts.day", metavar="DATE")] = "",
) -> None:
    from vaaldplan.facts import FILE, read
    from vaaldplan.reference import facts

    say = Language.say
    form = choice("--format", form, ["terminal", "json"])
    names = facts.kinds()
    shown = list(facts.NAMES.values() if say.language == "sv" else facts.NAMES)
    if kind:
        kind = names[choice(say.label("cli.KIND"), kind.casefold(), shown, also=tuple(names))]
    on, known = day("--today", today), read(Path())
    if known.faults:
        warn(say.label("facts.faulty", file=FILE))
    if form == "json":
        text = facts.as_json(kind, known, say, today=on)
    else:
        width = min(100, screen.columns())
        text = facts.listed(kind, known, say, today=on, width=width) if kind else ""
        text = text or facts.overview(known, say, today=on, width=width)
    typer.echo(text, nl=False)
