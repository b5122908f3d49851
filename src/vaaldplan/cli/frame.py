"""The app as Typer sees it, and the help of its commands in the language of the run."""

from typing import Annotated, Any

import typer
from typer import core
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter

from vaaldplan import __version__

from .console import FALLBACK, Language, misused


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
