"""The commands: options, one call, print, exit code. The only place that prints and the only boundary for errors."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import core
from typer._click import exceptions as usage
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter

from vaaldplan import __version__
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Severity, Stage
from vaaldplan.texts.catalogue import LANGUAGES, Catalogue, catalogue

_FALLBACK = "sv"


class _Language:
    """The catalogue of this run; the help texts of the commands are keys looked up in it."""

    say: Catalogue = catalogue(_FALLBACK)


def _help(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    """Write a command's help in the language of the run."""
    say = _Language.say
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


class _Command(core.TyperCommand):
    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        _help(self, ctx, formatter)


class _Group(core.TyperGroup):
    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        _help(self, ctx, formatter)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if args and args[0] not in self.commands:
            _misused("no_command", args[0], list(self.commands))
        return super().resolve_command(ctx, args)


def _misused(key: str, name: str, candidates: list[str]) -> None:
    from difflib import get_close_matches

    near = get_close_matches(name, candidates, n=1)
    suffix = {"suggestion": near[0]} if near else {}
    raise VaaldplanError(f"usage.{key}{'_suggestion' if near else ''}", Exit.USAGE, name=name, **suffix)


app = typer.Typer(cls=_Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vaaldplan {__version__}")
        raise typer.Exit


@app.callback(help="cli.about")
def _root(
    version: Annotated[bool, typer.Option("--version", help="cli.version", callback=_version, is_eager=True)] = False,
    lang: Annotated[str, typer.Option("--lang", help="cli.lang", metavar="LANGUAGE")] = _FALLBACK,
) -> None:
    pass


_PLAN = typer.Argument(metavar="PLAN", help="check.path")


@app.command("build", cls=_Command, help="build.help")
def _build(
    path: Annotated[str, _PLAN] = ".",
    to: Annotated[str, typer.Option("--to", help="build.to", metavar="FORMAT")] = "html,pdf,docx,md",
    output: Annotated[str, typer.Option("--output", "-o", help="build.output", metavar="FOLDER")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="build.strict")] = False,
    force: Annotated[bool, typer.Option("--force", help="build.force")] = False,
) -> None:
    from vaaldplan import check, publish
    from vaaldplan.publish import files

    say = _Language.say
    formats = _choices("--to", to, publish.FORMATS)
    checked = check.check(path)
    if checked.plan is None:
        _print_report(checked.report)
        _warn(say.label("build.unreadable"))
        raise typer.Exit(Exit.FINDINGS)
    errors = [f for f in checked.report.findings if f.severity is Severity.ERROR]
    if strict and errors:
        _print_report(checked.report)
        _warn(say.label("build.refused", count=say.count("findings", len(errors))))
        raise typer.Exit(Exit.FINDINGS)
    folder = Path(output) if output else checked.folder / "ut"
    with _Progress(say, steps=len(formats) + 1) as progress:
        papers = list(publish.build(checked.plan, formats, progress=progress.step))
    for written, paper in zip(files.put(folder, papers, force=force), papers, strict=True):
        size = _size(len(paper.data))
        if paper.pages:
            typer.echo(say.label("build.file_pages", name=written, size=size, pages=say.count("pages", paper.pages)))
        else:
            typer.echo(say.label("build.file", name=written, size=size))
    found = len(checked.report.findings)
    if found:
        typer.echo(say.label("build.findings", findings=say.count("findings", found), path=path))
    else:
        typer.echo(say.label("build.findings_none"))
    typer.echo(_ending(checked.report.counts["measures"], publish.filled_cells(checked.plan)))


def _ending(measures: int, filled: int) -> str:
    say = _Language.say
    key = "done_none" if not measures else "done_full" if filled == 9 else "done_part"
    return say.label(f"build.{key}", measures=say.count("measures", measures), filled=filled)


@app.command("check", cls=_Command, help="check.help")
def _check(
    path: Annotated[str, _PLAN] = ".",
    stage: Annotated[str, typer.Option("--stage", help="check.stage", metavar="STAGE")] = "",
    fail_on: Annotated[str, typer.Option("--fail-on", help="check.fail_on", metavar="SEVERITY")] = "error",
    form: Annotated[str, typer.Option("--format", help="check.format", metavar="FORMAT")] = "terminal",
) -> None:
    from vaaldplan import check

    threshold = Severity[
        _choice("--fail-on", fail_on, [s.name.lower() for s in sorted(Severity, reverse=True)]).upper()
    ]
    form = _choice("--format", form, ["terminal", "json"])
    checked = check.check(path, stage=_stage(stage))
    _print_report(checked.report, form)
    worst = check.worst(checked.report.findings)
    if worst is not None and worst >= threshold:
        raise typer.Exit(Exit.FINDINGS)


def _stage(text: str) -> Stage | None:
    """The stage by its Swedish or English name, with or without diacritics."""
    if not text:
        return None
    stages = [s for s in Stage if s is not Stage.NONE]
    by_name = {catalogue(lang).label(f"stage.{s.name}"): s for lang in LANGUAGES for s in stages}
    by_name["forslag"] = Stage.PROPOSAL
    return by_name[_choice("--stage", text.casefold(), [n for n in by_name if n != "forslag"], also=("forslag",))]


# ------------------------------------------------------------------ what the commands share


def _choice(option: str, value: str, allowed: list[str], also: tuple[str, ...] = ()) -> str:
    if value not in allowed and value not in also:
        raise VaaldplanError("usage.choice", Exit.USAGE, name=option, value=value, allowed=", ".join(allowed))
    return value


def _choices(option: str, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_choice(option, part.strip(), list(allowed)) for part in text.split(",") if part.strip())


def _print_report(report: Any, form: str = "terminal") -> None:
    say = _Language.say
    if form == "json":
        from vaaldplan.reports import machine

        text = machine.as_json(report, say)
    else:
        from vaaldplan.reports import terminal

        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        text = terminal.write(report, say, width=shutil.get_terminal_size().columns, colour=colour)
    sys.stdout.write(text)


def _size(count: int) -> str:
    """A file's size in kB or MB as the language writes it."""
    from vaaldplan.swedish import number

    lang = _Language.say.language
    return f"{number(count / 1e6, lang, 1)} MB" if count >= 1e6 else f"{number(max(1, round(count / 1e3)), lang)} kB"


class _Progress:
    """Shows on a terminal what is being done; says nothing when the output goes to a file."""

    def __init__(self, say: Catalogue, steps: int) -> None:
        self.say = say
        self.steps = steps
        self._shown: Any = None
        self._task: Any = None

    def __enter__(self) -> "_Progress":
        if sys.stderr.isatty() and sys.stdout.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (BarColumn(24), TextColumn("{task.description}"))
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._shown.start()
            self._task = self._shown.add_task(self.say.label("build.reading"), total=self.steps)
        return self

    def step(self, name: str) -> None:
        if self._shown is not None:
            text = self.say.label("build.writing", name=name) if name else self.say.label("build.composing")
            self._shown.update(self._task, description=text, advance=1)

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()


def _warn(text: str) -> None:
    sys.stderr.write(text + "\n")


# ------------------------------------------------------------------ the boundary


def _language(arguments: list[str]) -> tuple[str, list[str]]:
    """The language asked for anywhere on the command line or in the environment, and the arguments without it."""
    rest: list[str] = []
    lang = os.environ.get("VAALDPLAN_LANG", "")[:2].lower()
    lang = lang if lang in LANGUAGES else _FALLBACK
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return lang, [*rest, argument, *waiting]
        name, equals, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
            continue
        value = value if equals else next(waiting, "")
        if value not in LANGUAGES:
            raise VaaldplanError("usage.choice", Exit.USAGE, name="--lang", value=value, allowed=", ".join(LANGUAGES))
        lang = value
    return lang, rest


def _usage_error(error: usage.ClickException) -> VaaldplanError:
    """The library's own words for a wrongly written command, in ours."""
    if isinstance(error, usage.NoSuchOption):
        near = error.possibilities[0] if error.possibilities else ""
        key = "usage.no_option_suggestion" if near else "usage.no_option"
        return VaaldplanError(key, Exit.USAGE, name=error.option_name, suggestion=near)
    if isinstance(error, usage.MissingParameter):
        return VaaldplanError("usage.missing", Exit.USAGE, name=error.param.name if error.param else "")
    if isinstance(error, usage.BadOptionUsage):
        return VaaldplanError("usage.option_value", Exit.USAGE, name=error.option_name)
    return VaaldplanError("usage.extra" if "extra" in error.message else "usage.other", Exit.USAGE)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Every error becomes words here."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a question mark, never fails
    command = "vaaldplan"
    try:
        lang, rest = _language(arguments)
        _Language.say = catalogue(lang)
        if not rest:
            rest = ["--help"]
        command = f"vaaldplan {rest[0]}" if rest[0] in ("build", "check") else "vaaldplan"
        try:
            return int(app(rest, prog_name="vaaldplan", standalone_mode=False) or 0)
        except usage.ClickException as error:
            raise _usage_error(error) from error
    except VaaldplanError as error:
        _explain(error, command)
        return error.code
    except KeyboardInterrupt:
        _warn(_Language.say.label("cli.interrupted"))
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except Exception as error:
        if os.environ.get("VAALDPLAN_DEBUG"):
            raise
        _warn(f"{_Language.say.label('cli.error')} {_Language.say.label('error.internal')}")
        _warn(f"{type(error).__name__}: {error} ({_spot(error)})")
        return Exit.FAILED


def _spot(error: BaseException) -> str:
    """Where in the program an error arose: file and line, without the folders of this machine."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _explain(error: VaaldplanError, command: str) -> None:
    say = _Language.say
    params = dict(error.params)
    if "reason" in params:
        params["reason"] = say.label(f"reason.{params['reason']}")
    key = error.key if error.key.startswith("usage.") else f"error.{error.key}"
    _warn(f"{say.label('cli.error')} {say.label(key, **params) if params else say.label(key)}")
    if error.code is Exit.USAGE:
        _warn(say.label("usage.hint", command=command))


if __name__ == "__main__":
    sys.exit(main())
