"""An accelerator: starts ``check`` and ``build`` without Typer when they are written in their plainest form.

Importing Typer and letting it read one argument costs more than checking a plan. Whatever is not known here is left to
it: every other command, help, and all that is wrongly written. Without this file everything works as before, only
slower; a test holds the two together.
"""

from collections.abc import Callable
from functools import partial

TEXTS = {
    "check": {
        "--stage": "stage", "--fail-on": "fail_on", "--format": "form", "--output": "output", "-o": "output",
        "--changed-since": "changed_since", "--baseline": "baseline", "--write-baseline": "write_baseline",
        "--today": "today", "--document": "document",
    },
    "build": {
        "--to": "to", "--document": "document", "-d": "document", "--document-lang": "document_lang",
        "--pdf": "pdf", "--output": "output", "-o": "output",
    },
}  # fmt: skip
"""The options of a command that take a text, and the names of their parameters."""
NUMBERS = {"check": {"--jobs": "jobs"}, "build": {}}
"""Those that take a number, here of figures alone."""
FLAGS = {"check": {}, "build": {"--strict": "strict", "--force": "force"}}


def command(arguments: list[str]) -> Callable[[], int] | None:
    """What runs the command; ``None`` when it is not one of those, or not plainly written."""
    name = arguments[0]
    if name not in TEXTS:
        return None
    paths: list[str] = []
    values: dict[str, str | int] = {}
    waiting = iter(arguments[1:])
    for argument in waiting:
        if not argument.startswith("-"):
            paths.append(argument)
            continue
        option, equals, value = argument.partition("=")
        if option in FLAGS[name] and not equals:
            values[FLAGS[name][option]] = True
        elif option in TEXTS[name] and not (equals and option[:2] != "--"):
            value = value if equals else next(waiting, "-")
            if value.startswith("-"):
                return None
            values[TEXTS[name][option]] = value
        elif option in NUMBERS[name]:
            value = value if equals else next(waiting, "-")
            if not (value.isascii() and value.isdigit()):
                return None
            values[NUMBERS[name][option]] = int(value)
        else:
            return None
    if name == "check":
        from . import checking

        return partial(checking.run, paths, **values)  # type: ignore[arg-type]
    if len(paths) > 1:
        return None
    from . import building

    return partial(building.run, *paths, **values)  # type: ignore[arg-type]
