"""What the commands share: the app, help and errors in the language of the run, choices, and printing a report."""

import os
import shutil
import sys
from datetime import date
from typing import Annotated, Any

import typer
from typer import core
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter

from vaaldplan import __version__, reports
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Report
from vaaldplan.reports import Look
from vaaldplan.texts.catalogue import Catalogue, catalogue

FALLBACK = "sv"


class Language:
    """The catalogue of this run; the help texts of the commands are keys looked up in it."""

    say: Catalogue = catalogue(FALLBACK)


def _help(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    """Write a command's help in the language of the run."""
    say = Language.say
    pieces = []
    if isinstance(command, core.TyperGroup):
        pieces = [say.label("cli.command"), f"[{say.label('cli.option')}]"]
    arguments, options = [], []
    parameter: Any
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = say.label(f"cli.{parameter.metavar}")
            pieces.append(name if parameter.required else f"[{name}]")
            arguments.append((name, say.label(str(parameter.help))))
        else:
            value = "" if parameter.is_flag else f" {say.label(f'cli.{parameter.metavar}')}"
            key = "cli.help" if parameter.name == "help" else str(parameter.help)
            options.append((", ".join(parameter.opts) + value, say.label(key)))
    if not isinstance(command, core.TyperGroup):
        pieces.append(f"[{say.label('cli.option')}]")
        options.append((f"--lang {say.label('cli.LANGUAGE')}", say.label("cli.lang")))
    formatter.write_usage(ctx.command_path, " ".join(pieces), say.label("cli.usage") + " ")
    formatter.write_paragraph()
    formatter.write_text(say.label(str(command.help)))
    if isinstance(command, core.TyperGroup):
        rows = [(name, say.label(str(one.help))) for name, one in command.commands.items()]
        with formatter.section(say.label("cli.commands").rstrip(":")):
            formatter.write_dl(rows)
    if arguments:
        with formatter.section(say.label("cli.arguments").rstrip(":")):
            formatter.write_dl(arguments)
    with formatter.section(say.label("cli.options").rstrip(":")):
        formatter.write_dl(options)
    if isinstance(command, core.TyperGroup):
        formatter.write_paragraph()
        formatter.write_text(say.label("cli.more"))


class OneCommand(core.TyperCommand):
    """A command whose help is in the language of the run."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help."""
        _help(self, ctx, formatter)


class Group(core.TyperGroup):
    """The commands together; one that does not exist is explained."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help."""
        _help(self, ctx, formatter)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command by its name.

        Raises:
            VaaldplanError: there is no such command.
        """
        if args and args[0] not in self.commands:
            misused("no_command", args[0], list(self.commands))
        return super().resolve_command(ctx, args)


def misused(key: str, name: str, candidates: list[str]) -> None:
    """Refuse a name that does not exist, with the one it is most like.

    Raises:
        VaaldplanError: always.
    """
    from difflib import get_close_matches

    near = get_close_matches(name, candidates, n=1)
    suffix = {"suggestion": near[0]} if near else {}
    raise VaaldplanError(f"usage.{key}{'_suggestion' if near else ''}", Exit.USAGE, name=name, **suffix)


app = typer.Typer(cls=Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vaaldplan {__version__}")
        raise typer.Exit


@app.callback(help="cli.about")
def _root(
    version: Annotated[bool, typer.Option("--version", help="cli.version", callback=_version, is_eager=True)] = False,
    lang: Annotated[str, typer.Option("--lang", help="cli.lang", metavar="LANGUAGE")] = FALLBACK,
) -> None:
    pass


PLAN = typer.Argument(metavar="PLAN", help="check.path")
"""The argument of commands that work on a plan."""


def choice(option: str, value: str, allowed: list[str], also: tuple[str, ...] = ()) -> str:
    """The value of an option that must be one of some words.

    Raises:
        VaaldplanError: it is none of them.
    """
    if value not in allowed and value not in also:
        raise VaaldplanError("usage.choice", Exit.USAGE, name=option, value=value, allowed=", ".join(allowed))
    return value


def choices(option: str, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The values of an option that takes several words with commas between."""
    return tuple(choice(option, part.strip(), list(allowed)) for part in text.split(",") if part.strip())


def day(option: str, text: str) -> date:
    """The day of the run: today, unless an option gives another.

    Raises:
        VaaldplanError: it is no date.
    """
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise VaaldplanError("usage.date", Exit.USAGE, name=option, value=text) from error


def look() -> Look:
    """How a report may look on this terminal."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(shutil.get_terminal_size().columns, colour)


def print_report(report: Report) -> None:
    """Print what was found in one plan."""
    sys.stdout.write(reports.write("terminal", [report], Language.say, look()))


def warn(text: str) -> None:
    """Print a line where errors go."""
    sys.stderr.write(text + "\n")


def explain(error: VaaldplanError) -> None:
    """Put an error into words where errors go."""
    warn(f"{Language.say.label('cli.error')} {Language.say.error(error)}")
