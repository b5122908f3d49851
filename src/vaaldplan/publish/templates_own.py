"""A municipality's own templates in Jinja's sandbox. Runs in the child process of ``sandbox``, never in the program.

A template reaches the other templates in ``mallar``, the standard ones, and the few names that ``Source`` hands out.
What it writes is escaped like everything else: it can set words and order, but no marks of the document's own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vaaldplan.look.folder import FOLDER, PARTS

from . import templates
from .markup import Markup, escape
from .source import UnknownError

STANDARD = "standard/"
LARGEST_VALUE = 1_000_000
"""Characters or items that one operation may make."""
LARGEST_OUTPUT = 8_000_000
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Stopped(NamedTuple):
    """Why a template cannot be used, and where."""

    variant: str
    file: str
    line: int
    params: dict[str, str]


class StoppedError(Exception):
    """Carries a ``Stopped``."""

    def __init__(self, stopped: Stopped) -> None:
        super().__init__(stopped)
        self.stopped = stopped


class _TooLargeError(Exception):
    """An operation or the output goes beyond its bound."""


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, with bounds on the two operations that make much of little."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, raise or format, unless the result would be large."""
        sizes = [len(v) if isinstance(v, str | bytes | list | tuple) else None for v in (left, right)]
        if operator == "*" and any(size is not None for size in sizes):
            size = next(s for s in sizes if s is not None)
            times = right if sizes[0] is not None else left
            if isinstance(times, int) and size * times > LARGEST_VALUE:
                raise _TooLargeError
        elif operator == "**" or (operator == "*" and all(isinstance(v, int) for v in (left, right))):
            bits = [v.bit_length() if isinstance(v, int) else 64 for v in (left, right)]
            if (bits[0] * max(1, abs(right)) if operator == "**" else sum(bits)) > 4096:
                raise _TooLargeError
        elif operator == "%" and isinstance(left, str) and re.search(r"\d{5}|\*", left):
            raise _TooLargeError
        return super().call_binop(context, operator, left, right)


def _environment(own: Mapping[str, str]) -> _Environment:
    shipped = {path.name: path for path in (templates.folder() / "standard").glob("*.md")}

    def load(name: str) -> tuple[str, str, None] | None:
        if name in own:
            return _PRIVATE.sub("", own[name]), f"{FOLDER}/{name}", None
        plain = name.removeprefix(STANDARD)
        return (shipped[plain].read_text("utf-8"), f"{STANDARD}{plain}", None) if plain in shipped else None

    return _Environment(
        loader=FunctionLoader(load), undefined=StrictUndefined, finalize=escape, **templates.MARKDOWN_SYNTAX
    )


class Renderer:
    """Renders the templates of one document."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own
        self.environment = _environment(own)
        self.names: dict[str, Any] = {}
        self.open: list[str] = []

    def override(self, name: str, usual: Callable[[], Markup]) -> Markup | None:
        """What the municipality has in place of a section, if it has a template for it."""
        file = f"{PARTS}/{name}.md"
        if file not in self.own or file in self.open:
            return None
        self.open.append(file)
        try:
            return Markup(self._text(file, {**self.names, "standard": usual}))
        finally:
            self.open.pop()

    def render(self, name: str, names: dict[str, Any]) -> str:
        """Render a document's template.

        Raises:
            StoppedError: it cannot be used.
        """
        self.names = names
        try:
            return self._text(name, names)
        except Exception as error:
            raise StoppedError(self._why(error, name)) from error

    def _text(self, name: str, names: dict[str, Any]) -> str:
        pieces: list[str] = []
        size = 0
        for piece in self.environment.get_template(name).generate(names):
            size += len(piece)
            if size > LARGEST_OUTPUT:
                raise _TooLargeError
            pieces.append(piece)
        return "".join(pieces)

    def _why(self, error: Exception, name: str) -> Stopped:
        file, line = self._where(error, name)
        reason = {"reason": " ".join(str(error).split()).rstrip(".")[:200]}
        match error:
            case TemplateNotFound():
                return Stopped("missing", file, line, {"name": str(error.name or "")[:100]})
            case TemplateSyntaxError():
                return Stopped("", file, line, reason)
            case SecurityError():
                return Stopped("unsafe", file, line, reason)
            case UndefinedError():
                return Stopped("undefined", file, line, reason)
            case UnknownError():
                return Stopped(error.kind, file, line, {"name": error.name[:100], "allowed": error.allowed})
            case _TooLargeError():
                return Stopped("size", file, line, {})
            case MemoryError():
                return Stopped("memory", file, line, {})
            case TemplateRuntimeError() | TypeError() | ValueError() | ArithmeticError() | LookupError():
                return Stopped("", file, line, reason)
            case RecursionError():
                return Stopped("memory", file, line, {})
        return Stopped("", file, line, {"reason": type(error).__name__})

    def _where(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost place in a template of the municipality's own."""
        place = (f"{FOLDER}/{name}" if name in self.own else f"{STANDARD}{name}", 1)
        for file, line in _frames(error):
            if file.startswith(f"{FOLDER}/"):
                place = (file, line)
        if isinstance(error, TemplateSyntaxError) and error.filename:
            place = (error.filename, error.lineno)
        return place


def _frames(error: BaseException) -> Iterator[tuple[str, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
