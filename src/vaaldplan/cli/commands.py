"""All commands of the app, and what is said of one that is wrongly written."""

from typer._click import exceptions as usage

from vaaldplan.errors import Exit, VaaldplanError

from . import build, check, facts, fields, fix, fmt, init, preview, rules, schema, template  # noqa: F401 - they declare
from .console import Language
from .frame import app


def names() -> list[str]:
    """The names of the commands."""
    return [str(command.name) for command in app.registered_commands]


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code.

    Raises:
        VaaldplanError: the command is wrongly written, or its work could not be done.
    """
    try:
        return int(app(arguments, prog_name="vaaldplan", standalone_mode=False) or 0)
    except usage.ClickException as error:
        raise _usage_error(error) from error


def _usage_error(error: usage.ClickException) -> VaaldplanError:
    """The library's own words for a wrongly written command, in ours."""
    if isinstance(error, usage.NoSuchOption):
        near = error.possibilities[0] if error.possibilities else ""
        key = "usage.no_option_suggestion" if near else "usage.no_option"
        return VaaldplanError(key, Exit.USAGE, name=error.option_name, suggestion=near)
    if isinstance(error, usage.MissingParameter):
        named = getattr(error.param, "metavar", None)
        return VaaldplanError("usage.missing", Exit.USAGE, name=Language.say.label(f"cli.{named}") if named else "")
    low, high = (getattr(getattr(error, "param", None), end, None) for end in ("min", "max"))
    if isinstance(error, usage.BadParameter) and error.param and low is not None:
        key = "usage.number" if high is None else "usage.number_between"
        return VaaldplanError(key, Exit.USAGE, name=error.param.opts[0], low=low, high=high)
    if isinstance(error, usage.BadOptionUsage):
        return VaaldplanError("usage.option_value", Exit.USAGE, name=error.option_name)
    return VaaldplanError("usage.extra" if "extra" in error.message else "usage.other", Exit.USAGE)
