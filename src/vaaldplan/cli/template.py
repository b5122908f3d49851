"""``vaaldplan mall``."""

from pathlib import Path
from typing import Annotated

import typer

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Severity

from .console import Language
from .frame import PLAN, OneCommand, app


@app.command("mall", cls=OneCommand, help="template.help")
def _template(
    path: Annotated[str, PLAN] = ".",
    check: Annotated[str, typer.Option("--check", "--granska", help="template.check", metavar="FILE")] = "",
) -> None:
    from vaaldplan import source
    from vaaldplan.start import files, template

    say = Language.say
    if check:
        _check(check)
        return
    folder = Path(path)
    if not folder.is_dir():
        folder = source.find(path).parent
    for written in template.write(folder, say):
        typer.echo(say.label("template.written", path=files.shown(written)))
    typer.echo()
    typer.echo(say.label("template.look"))
    typer.echo()
    typer.echo(say.text("template-look.toml").rstrip())


def _check(file: str) -> None:
    """Say what a Word template lacks."""
    from vaaldplan.look import word
    from vaaldplan.look.fault import FaultError
    from vaaldplan.storage import explained

    say = Language.say
    path = Path(file)
    if not path.is_file():
        raise VaaldplanError("not-found", path=file)
    with explained(path), path.open("rb") as opened:
        data = opened.read(word.LARGEST + 1)
    try:
        found = word.template(data)
        lacks = list(word.lacks(found))
    except FaultError as fault:
        found, lacks = None, [word.Lack(fault.variant, fault.params, Severity.ERROR)]
    worst = max((lack.severity for lack in lacks), default=None)
    key = "usable" if worst is None else "lacks" if worst is Severity.ERROR else "partly"
    typer.echo(say.label(f"template.{key}", file=file))
    for lack in lacks:
        params = {"file": file, **lack.params}
        typer.echo(f"  {say.message('X24', lack.variant, params)}")
        typer.echo(f"  {say.label('template.mend', mend=say.mend('X24', lack.variant, params))}")
    if found:
        mapped = word.mapping(found)
        names = dict(found.styles)
        shown = {True: [], False: []}  # type: dict[bool, list[str]]
        for style, (*_, name) in word.STYLES.items():
            if style not in word.HIDDEN:
                title = name[:1].upper() + name[1:]
                own = names.get(mapped[style], "") if style in mapped else ""
                shown[style in mapped].append(title if own.casefold() in ("", name, *_) else f"{title} ({own})")
        for key, have in (("styles", True), ("others", False)):
            if shown[have]:
                typer.echo(say.label(f"template.{key}", styles=", ".join(shown[have])))
    if lacks:
        raise typer.Exit(Exit.FINDINGS)
