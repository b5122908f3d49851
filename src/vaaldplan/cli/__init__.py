"""The commands: options, one call, print, exit code. The only place that prints and the only boundary for errors."""

import codecs
import os
import sys
from pathlib import Path
from typing import Any

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

from .console import FALLBACK, Language, explain, warn

quick: Any
try:
    from . import quick
except ImportError:
    quick = None  # an accelerator: all works without it


def _language(arguments: list[str]) -> tuple[str, list[str]]:
    """The language asked for anywhere on the command line or in the environment, and the arguments without it."""
    rest: list[str] = []
    lang = os.environ.get("VAALDPLAN_LANG", "")[:2].lower()
    lang = lang if lang in LANGUAGES else FALLBACK
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
            Language.say = catalogue(lang)
            raise VaaldplanError("usage.choice", Exit.USAGE, name="--lang", value=value, allowed=", ".join(LANGUAGES))
        lang = value
    return lang, rest


_PLAIN = str.maketrans("│✓✗", "|vx")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What a console that lacks a character shows: the most like of our own signs, else a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(sign if sign.isascii() else "?" for sign in lacking), error.end


codecs.register_error("plain", _plain)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Every error becomes words here."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain")
    command = "vaaldplan"
    try:
        lang, rest = _language(arguments)
        Language.say = catalogue(lang)
        if not rest:
            rest = ["--help"]
        if quick is not None and (run := quick.command(rest)):
            command = f"vaaldplan {rest[0]}"
            return _flushed(run())
        from . import commands

        command = f"vaaldplan {rest[0]}" if rest[0] in commands.names() else "vaaldplan"
        return _flushed(commands.run(rest))
    except VaaldplanError as error:
        explain(error)
        if error.code is Exit.USAGE:
            warn(Language.say.label("usage.hint", command=command))
        return error.code
    except KeyboardInterrupt:
        warn(Language.say.label("cli.interrupted"))
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except Exception as error:
        if os.environ.get("VAALDPLAN_DEBUG"):
            raise
        warn(f"{Language.say.label('cli.error')} {Language.say.label('error.internal')}")
        warn(f"{type(error).__name__}: {error} ({_spot(error)})")
        return Exit.FAILED


def _flushed(code: int) -> int:
    """The exit code, when all has been handed over: a reader that has gone away is found out while it can be told."""
    sys.stdout.flush()
    return code


def _spot(error: BaseException) -> str:
    """Where in the program an error arose: file and line, without the folders of this machine."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
