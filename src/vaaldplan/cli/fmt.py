"""``vaaldplan fmt``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from vaaldplan.errors import Exit

from .console import Language, choice, print_report, warn
from .frame import PLAN, OneCommand, app

if TYPE_CHECKING:
    from vaaldplan.revise import Revised

_SHOWN = 60
"""How many lines of differences are shown for each file."""


@app.command("fmt", cls=OneCommand, help="fmt.help")
def _fmt(
    path: Annotated[str, PLAN] = ".",
    check: Annotated[bool, typer.Option("--check", help="fmt.check")] = False,
    keys: Annotated[str, typer.Option("--keys", help="fmt.keys", metavar="SPELLING")] = "",
    sort: Annotated[bool, typer.Option("--sort", help="fmt.sort")] = False,
) -> None:
    from vaaldplan import revise
    from vaaldplan.plan.spelling import SPELLINGS

    say = Language.say
    layout = revise.lay_out(path, spelling=choice("--keys", keys, list(SPELLINGS), also=("",)), ordered=sort)
    if layout.hindrance:
        print_report(layout.hindrance)
        warn(say.label("fmt.hindered"))
        raise typer.Exit(Exit.FINDINGS)
    if not layout.files:
        typer.echo(say.label("fmt.nothing", files=say.count("files", layout.total)))
        return
    if check:
        for file in layout.files:
            typer.echo("\n".join(_difference(file)))
        typer.echo(say.label("fmt.would", files=say.count("files", len(layout.files)), path=path))
        raise typer.Exit(Exit.FINDINGS)
    revise.save(layout.files)
    for file in layout.files:
        typer.echo(say.label("fmt.written", file=file.name))


def _difference(file: "Revised") -> Iterator[str]:
    """What would change in a file, as a unified difference."""
    from difflib import unified_diff

    before, after = (raw.decode("utf-8-sig").splitlines() for raw in (file.before, file.after))
    lines = list(unified_diff(before, after, file.name, file.name, lineterm="", n=1))
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield Language.say.label("fmt.more", count=len(lines) - _SHOWN)
    if not lines:
        yield Language.say.label("fmt.bytes", file=file.name)
