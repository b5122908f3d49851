"""``vaaldplan init``."""

import re
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from vaaldplan.errors import Exit, VaaldplanError

from .console import Language, choice, warn
from .frame import OneCommand, app

if TYPE_CHECKING:
    from vaaldplan.facts.places import Municipality
    from vaaldplan.facts.starters import Starter

Answer = TypeVar("Answer")

YEARS = 4
"""How many years a plan covers when nothing else is said: a term of office."""


@app.command("init", cls=OneCommand, help="init.help")
def _init(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="init.folder")] = ".",
    municipality: Annotated[str, typer.Option("--municipality", help="init.municipality", metavar="NAME")] = "",
    title: Annotated[str, typer.Option("--title", help="init.title", metavar="TEXT")] = "",
    years: Annotated[str, typer.Option("--years", help="init.years", metavar="YEARS")] = "",
    boards: Annotated[str, typer.Option("--boards", help="init.boards", metavar="LIST")] = "",
    from_catalogue: Annotated[bool, typer.Option("--from-catalogue", help="init.from_catalogue")] = False,
    measures: Annotated[str, typer.Option("--measures", help="init.measures", metavar="LIST")] = "",
    ci: Annotated[str, typer.Option("--ci", help="init.ci", metavar="SERVICE")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="init.yes")] = False,
) -> None:
    from vaaldplan.reference.schema import schema
    from vaaldplan.start import files, plan

    say = Language.say
    if ci:
        choice("--ci", ci, list(files.CI))
    ask = _Ask(asking=sys.stdin.isatty() and sys.stdout.isatty() and not yes)
    where = ask("municipality", municipality, "", _municipality)
    if ask.asking:
        typer.echo(say.label("init.chosen", name=where.name, county=where.county, code=where.code))
    start = date.today().year + 1
    first, last = ask("years", years, f"{start}–{start + YEARS - 1}", _years)
    period = f"{first}–{last}" if last > first else str(first)
    named = ask("title", plan.clean(title), say.label("init.default_title", years=period), plan.clean)
    bodies = ask("boards", boards.strip(", "), say.label("init.default_boards"), _names)
    chosen: tuple[Starter, ...] = ()
    if from_catalogue or measures:
        if ask.asking and not measures:
            _list()
        chosen = ask("measures", measures, say.label("init.all"), _starters)
    text = plan.text(plan.Answers(where, named, first, last, bodies, chosen), say)
    written = files.write(Path(folder), text, schema(say.language), say.text("start.toml"), ci)
    for path in written.new:
        typer.echo(say.label("init.written", path=files.shown(path)))
    for path in written.merged:
        typer.echo(say.label("init.merged", path=files.shown(path)))
    for path in written.left:
        warn(say.label("init.left", path=files.shown(path)))
    place = files.shown(Path(folder) / files.PLAN)
    typer.echo()
    typer.echo(say.label("init.next_write", path=place))
    typer.echo(say.label("init.next_check", path=f'"{place}"' if " " in place else place))


class _Ask:
    """Gets an answer: from the option, else by asking on a terminal, else the default."""

    def __init__(self, *, asking: bool) -> None:
        self.asking = asking

    def __call__(self, name: str, given: str, default: str, read: Callable[[str], Answer]) -> Answer:
        """The answer as ``read`` understands it; a person who answers wrongly is told why and asked again.

        Raises:
            VaaldplanError: the option's value cannot be understood, or there is neither value, person nor default.
        """
        say = Language.say
        if given or not self.asking:
            if not given and not default:
                raise VaaldplanError("usage.missing", Exit.USAGE, name=f"--{name}")
            return read(given or default)
        question = say.label(f"init.ask_{name}") + (f" [{default}] " if default else " ")
        while True:
            try:
                answer = input(question).strip() or default
            except (EOFError, KeyboardInterrupt) as error:
                typer.echo()
                warn(say.label("cli.interrupted"))
                raise typer.Exit(130) from error
            if not answer:
                continue
            try:
                return read(answer)
            except VaaldplanError as error:
                warn(say.label(f"error.{error.key}", **error.params))


def _municipality(text: str) -> "Municipality":
    from vaaldplan.start import municipality

    if found := municipality.find(text):
        return found
    near = municipality.near(text)
    if not near:
        raise VaaldplanError("no-municipality", Exit.USAGE, value=text)
    names = ", ".join(f"{m.short} ({m.code})" for m in near)
    raise VaaldplanError("no-municipality-near", Exit.USAGE, value=text, near=names)


def _years(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\s*[-\u2013\u2014/]\s*((?:19|20)\d\d))?\s*", text)
    if not found:
        raise VaaldplanError("years", Exit.USAGE, value=text)
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise VaaldplanError("years-reversed", Exit.USAGE, value=text)
    return first, last


def _names(text: str) -> tuple[str, ...]:
    from vaaldplan.start.plan import clean

    return tuple(dict.fromkeys(name for name in (clean(part) for part in text.split(",")) if name))


def _starters(text: str) -> "tuple[Starter, ...]":
    """The starter measures named by id or by their number in the list, in the order of the cells."""
    from difflib import get_close_matches

    from vaaldplan.facts.starters import starters

    known = starters()
    if text.strip().casefold() in ("alla", "all"):
        return known
    by_name = {one.id: one for one in known} | {str(i): one for i, one in enumerate(known, 1)}
    chosen = set()
    for part in filter(None, (p.strip().casefold() for p in text.split(","))):
        if part not in by_name:
            near = get_close_matches(part, by_name, n=1) if not part.isdigit() else []
            key = "no-starter-near" if near else "no-starter"
            raise VaaldplanError(key, Exit.USAGE, value=part, near=near[0] if near else "", number=len(known))
        chosen.add(by_name[part].id)
    return tuple(one for one in known if one.id in chosen)


def _list() -> None:
    """Show the starter measures, numbered, under the cells they fill."""
    from vaaldplan.facts.starters import starters
    from vaaldplan.plan.measures import Level, Tier

    say = Language.say
    width = max(40, shutil.get_terminal_size().columns)
    cell = None
    for number, one in enumerate(starters(), 1):
        if cell != (one.level, one.tier):
            cell = (one.level, one.tier)
            typer.echo("\n" + say.label("init.cell", level=Level(one.level), tier=Tier(one.tier)))
        lines = [f"{one.wording[say.language].title} ({one.id})"]
        if one.evidence:
            lines.append(say.label("init.evidence", text=one.evidence.text[say.language]))
        folded = [piece for line in lines for piece in textwrap.wrap(line, width - 6, break_on_hyphens=False)]
        typer.echo(textwrap.indent("\n".join(folded), "      ").replace("      ", f"{number:4}  ", 1))
    typer.echo()
