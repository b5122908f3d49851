"""``vaaldplan fix``."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from vaaldplan.errors import Exit
from vaaldplan.finding import Severity

from .console import Language
from .frame import PLAN, OneCommand, app

if TYPE_CHECKING:
    from vaaldplan.revise import Mend


@app.command("fix", cls=OneCommand, help="fix.help")
def _fix(
    path: Annotated[str, PLAN] = ".",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="fix.yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="fix.dry_run")] = False,
) -> None:
    from vaaldplan import revise

    say = Language.say
    mended = revise.mend(path)
    for mend in mended.mends:
        typer.echo("\n".join(_preview(mend)) + "\n")
    errors = sum(f.severity is Severity.ERROR for f in mended.left.findings)
    left = say.label("fix.left", findings=say.count("findings", errors), path=path) if errors else ""
    if not mended.files:
        typer.echo(f"{say.label('fix.nothing')} {left}".strip())
        return
    asked = not yes and not dry_run and sys.stdin.isatty() and sys.stdout.isatty()
    if dry_run or not (yes or (asked and _agreed())):
        typer.echo(say.label("fix.unsaved" if asked or dry_run else "fix.say_yes"))
        raise typer.Exit(Exit.FINDINGS)
    revise.save(mended.files)
    for file in mended.files:
        typer.echo(say.label("fix.saved", file=file.name))
    if left:
        typer.echo(left)


def _preview(mend: "Mend") -> Iterator[str]:
    """A mend: where, what is wrong, and its lines before and after."""
    finding = mend.finding
    assert finding.span
    place = f"{finding.span.file}:{finding.span.line}"
    yield f"{place}  {Language.say.card(finding.code).title} ({finding.code})"
    for change in mend.changes:
        yield f"  {change.line:>4} - {change.before}"
        yield f"  {change.line:>4} + {change.after}"


def _agreed() -> bool:
    """Ask whether to save; anything but yes is no."""
    say = Language.say
    sys.stdout.write(say.label("fix.ask") + " ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in say.label("fix.answers").split()
