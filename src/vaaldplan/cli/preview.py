"""``vaaldplan preview``, and what ``build --watch`` shares with it."""

import threading
import webbrowser
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaaldplan import source
from vaaldplan.errors import VaaldplanError

from .console import Language, explain
from .frame import PLAN, OneCommand, app

if TYPE_CHECKING:
    from vaaldplan.preview.rebuild import State


@app.command("preview", cls=OneCommand, help="preview.help")
def _preview(
    path: Annotated[str, PLAN] = ".",
    port: Annotated[int, typer.Option("--port", help="preview.port", metavar="PORT", min=0, max=65535)] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="preview.no_browser")] = False,
) -> None:
    from vaaldplan.preview import server
    from vaaldplan.preview.rebuild import Builder

    say = Language.say
    source.find(path)  # no plan at all is an error; one that cannot be read is shown, and mended under way
    with server.listen(port) as taken:
        address = server.address(taken)
        typer.echo(say.label("preview.at", address=address))
        try:
            preview = server.Preview(Builder(path, say, date.today), say, _tell)
            if not no_browser:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            preview.serve(taken)
        except KeyboardInterrupt:
            pass
        typer.echo(say.label("preview.ended"))


def _tell(state: "State") -> None:
    """A line for each build."""
    from vaaldplan.reports import summary
    from vaaldplan.swedish import number

    say = Language.say
    if state.good and state.report is not None:
        total = summary.total(state.report.findings, say)
        typer.echo(
            say.label("preview.built", time=_clock(), seconds=number(state.seconds, say.language, 2), total=total)
        )
        return
    where = state.fault or ", ".join(filter(None, map(summary.place, state.broken)))
    typer.echo(say.label("preview.stuck_kept" if state.html else "preview.stuck", time=_clock(), where=where))


def again(path: str, build: Callable[[], object]) -> None:
    """Build, and again at every change until someone presses Ctrl+C. What goes wrong is told, and mended under way."""
    from vaaldplan.preview.changes import Changes

    say = Language.say
    source.find(path)
    changes = Changes(Path(path))
    try:
        _attempt(build)
        typer.echo(say.label("build.watching"))
        for _ in changes.each(threading.Event()):
            typer.echo(say.label("build.again", time=_clock()))
            _attempt(build)
    except KeyboardInterrupt:
        typer.echo(say.label("build.ended"))


def _attempt(build: Callable[[], object]) -> None:
    try:
        build()
    except VaaldplanError as error:
        explain(error)


def _clock() -> str:
    return f"{datetime.now():%H:%M:%S}"
