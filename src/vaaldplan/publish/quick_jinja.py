"""An accelerator: renders the built-in templates as Jinja has compiled them, without importing Jinja.

Jinja brings its compiler along, which takes longer to import than most documents take to write. What a compiled
template asks of Jinja is little and stands here; a template that asks for more is left to Jinja. Without this file
everything works as before, only slower; a test holds the two together.
"""

import marshal
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, NoReturn

from markupsafe import Markup, escape

from . import templates

_VERSION = "3.1."
"""How the versions of Jinja begin that compile as is known here."""
_BEGINS = "from jinja2.runtime import "
_ASKED = {
    "KeyError", "LoopContext", "Macro", "Markup", "TemplateRuntimeError", "Undefined", "add", "append", "autoescape",
    "blocks", "call", "close", "concat", "debug_info", "environment", "escape", "eval_ctx", "exported_vars", "extend",
    "filters", "finalize", "get_all", "get_template", "getattr", "getitem", "identity", "internalcode", "markup_join",
    "missing", "name", "new_context", "resolve_or_missing", "root", "root_render_func", "str", "str_join", "tests",
    "undefined", "vars",
}  # fmt: skip
"""The names that a compiled template may use; those of its blocks begin with ``block_``. Two of them it uses only where
a filter is not there, which is seen beforehand."""
_MISSING = object()

Finalize = Callable[[Any], Any]


@cache
def environment(kind: templates.Kind, finalize: Finalize | None = None) -> "Environment":
    """What renders the templates of a kind; see ``templates_jinja``."""
    return Environment(kind, finalize)


class Environment:
    """What a compiled template asks of its environment."""

    concat = staticmethod("".join)

    def __init__(self, kind: templates.Kind, finalize: Finalize | None) -> None:
        self.kind = kind
        self.finalize = finalize
        self.filters = _FILTERS
        self.tests = {"defined": lambda value: not isinstance(value, _Undefined)}
        self.globals: dict[str, Any] = dict(_GLOBALS)
        if kind == "html":
            self.globals["look"] = templates.look(templates.USUAL)
        self._templates: dict[str, Template | None] = {}

    def find(self, name: str) -> "Template | None":
        """A template; ``None`` when it is to be left to Jinja."""
        if name not in self._templates:
            code = _code(self, name)
            self._templates[name] = Template(self, code) if code else None
        return self._templates[name]

    def get_template(self, name: str, _parent: str = "") -> "Template":
        """A template that another one includes."""
        found = self.find(name)
        assert found, name
        return found

    def undefined(self, _hint: str = "", name: str = "") -> "_Undefined":
        """What stands for a name that is not known."""
        return _Undefined(name)

    def getattr(self, held: Any, name: str) -> Any:
        """``held.name`` in a template: an attribute, else an entry."""
        try:
            return getattr(held, name)
        except AttributeError:
            try:
                return held[name]
            except (TypeError, LookupError):
                return _Undefined(name)

    def getitem(self, held: Any, key: Any) -> Any:
        """``held[key]`` in a template."""
        try:
            return held[key]
        except (TypeError, LookupError):
            return _Undefined(str(key))


class Template:
    """A template, ready to be rendered."""

    def __init__(self, environment: Environment, code: CodeType) -> None:
        self._globals = environment.globals
        self._autoescape = environment.kind == "html"
        held = {**_RUNTIME, "environment": environment}
        exec(code, held)
        self.root_render_func = held["root"]
        self.blocks = {name: [block] for name, block in held["blocks"].items()}
        self._module: SimpleNamespace | None = None

    def new_context(self, names: Mapping[str, Any], _shared: bool = False, _local: object = None) -> "_Context":
        """What the template may ask for, by name."""
        return _Context({**self._globals, **names}, self.blocks, self._autoescape)

    def render(self, *given: Mapping[str, Any], **names: Any) -> str:
        """The text, with values for the names in the template."""
        return "".join(self.root_render_func(self.new_context(dict(*given, **names))))

    def make_module(self, names: Mapping[str, Any]) -> SimpleNamespace:
        """The macros of the template."""
        context = self.new_context(names)
        for _ in self.root_render_func(context):
            pass
        return SimpleNamespace(**{name: context.vars[name] for name in context.exported_vars})

    @property
    def module(self) -> SimpleNamespace:
        """The macros, with the usual look."""
        if self._module is None:
            self._module = self.make_module({})
        return self._module


class _Context:
    """The names that a template knows while it is rendered."""

    def __init__(self, names: dict[str, Any], blocks: dict[str, list[Any]], autoescape: bool) -> None:
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.blocks = blocks
        self.eval_ctx = SimpleNamespace(autoescape=autoescape)
        self._names = names

    def resolve_or_missing(self, name: str) -> Any:
        return self.vars[name] if name in self.vars else self._names.get(name, _MISSING)

    def get_all(self) -> dict[str, Any]:
        return self._names | self.vars

    def call(self, called: Callable[..., Any], *values: Any, **named: Any) -> Any:
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*values, **named)


class _Undefined:
    """A name that is not known: it may be asked whether it is, and nothing else."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _fail(self, *_: object) -> NoReturn:
        raise LookupError(self._name)

    __getattr__ = __getitem__ = __call__ = __str__ = __iter__ = __len__ = __bool__ = __contains__ = _fail
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __int__ = __float__ = _fail
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _fail


class _Loop:
    """The entries of a loop, each with what the template may ask of its turn."""

    def __init__(self, entries: Iterable[Any], _undefined: object) -> None:
        self._entries = list(entries)
        self.length = len(self._entries)
        self.index0 = -1

    def __iter__(self) -> Iterator[tuple[Any, "_Loop"]]:
        for entry in self._entries:
            self.index0 += 1
            yield entry, self

    @property
    def index(self) -> int:
        return self.index0 + 1

    @property
    def first(self) -> bool:
        return self.index0 == 0

    @property
    def last(self) -> bool:
        return self.index == self.length


class _Macro:
    """A macro: called with its arguments, it gives its text."""

    def __init__(
        self, _environment: object, function: Callable[..., str], name: str, arguments: tuple[str, ...], *kinds: bool
    ) -> None:
        *_, self._escaped = kinds
        self._function, self._name, self._arguments = function, name, arguments

    def __call__(self, *values: Any, **named: Any) -> str:
        given = [*values, *(named.pop(name, _MISSING) for name in self._arguments[len(values) :])]
        if named or len(given) > len(self._arguments):
            raise TypeError(self._name)
        text = self._function(*given)
        return Markup(text) if self._escaped else text


def _joined(context: Any, values: Iterable[Any], between: str = "") -> str:
    found = list(values)
    if context.autoescape and any(hasattr(one, "__html__") for one in found):
        return escape(between).join(found)
    return between.join(map(str, found))


def _together(values: Iterable[Any]) -> str:
    """What ``~`` joins."""
    found = list(values)
    if any(hasattr(one, "__html__") for one in found):
        return Markup("").join(found)
    return "".join(map(str, found))


_FILTERS: dict[str, Callable[..., Any]] = {
    "int": int,
    "join": _joined,
    "length": len,
    "round": round,
    "safe": Markup,
    "select": lambda _, values: filter(None, values),
}
_GLOBALS = {"range": range, "dict": dict}
_UNKNOWN = ("lipsum", "cycler", "joiner", "namespace")
"""What Jinja gives to every template and is not known here."""
_RUNTIME: dict[str, Any] = {
    "LoopContext": _Loop,
    "Macro": _Macro,
    "Markup": Markup,
    "Undefined": _Undefined,
    "escape": escape,
    "identity": lambda value: value,
    "markup_join": _together,
    "missing": _MISSING,
    "str_join": lambda values: "".join(map(str, values)),
}


def _code(environment: Environment, name: str) -> CodeType | None:
    """A template in compiled form: as it was kept, else as Jinja compiles it, which is then kept."""
    finalize = environment.finalize
    named = "-".join([environment.kind, *([finalize.__qualname__] if finalize else []), name.replace("/", "-")])
    file = templates.compiled() / f"{named}.quick"
    try:
        digest = _digest((templates.folder() / "standard" / name).read_bytes(), finalize)
    except (OSError, ValueError):
        return None  # no such template, or Jinja is no folder of files: it will say so itself
    with suppress(OSError, EOFError, ValueError, TypeError):  # nothing there, or not as it was written
        kept = file.read_bytes()
        if kept.startswith(digest):
            found: CodeType | None = marshal.loads(kept[len(digest) :])
            return found
    found = _compiled(environment, name)
    if not sys.dont_write_bytecode:
        _keep(file, digest + marshal.dumps(found))
    return found


def _digest(text: bytes, finalize: Finalize | None) -> bytes:
    """What tells what a template compiles to: its text, and all that has a hand in compiling it."""
    spec = PathFinder.find_spec("jinja2")
    files = [Path((spec and spec.origin) or "").with_name("compiler.py"), Path(__file__)]
    if finalize:  # constants pass it already then
        files.append(Path(finalize.__code__.co_filename))
    told = (sys.version, [(file.stat().st_size, file.stat().st_mtime_ns) for file in files])
    return sha256(f"{told}\n".encode() + text).digest()


def _compiled(environment: Environment, name: str) -> CodeType | None:
    """A template as Jinja compiles it; ``None`` when it asks for what is not known here."""
    from . import templates_jinja as jinja

    if not jinja.VERSION.startswith(_VERSION):
        return None
    compiler = jinja.environment(environment.kind, environment.finalize)
    assert compiler.loader
    text, file, _ = compiler.loader.get_source(compiler, name)
    made = compiler.compile(text, name, file, raw=True)
    first, _, rest = made.partition("\n")
    code = compile(f"\n{rest}", file or name, "exec")
    asked = {name for name in _names(code) if not name.startswith("block_")}
    applied = set(re.findall(r"environment\.(?:filters|tests)\['(\w+)'\]", made))
    named = set(re.findall(r"resolve\('(\w+)'\)", made))
    fits = asked <= _ASKED and applied <= {*_FILTERS, *environment.tests} and named.isdisjoint(_UNKNOWN)
    return code if first.startswith(_BEGINS) and fits and "caller" not in made else None


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for held in code.co_consts:
        if isinstance(held, CodeType):
            yield from _names(held)


def _keep(file: Path, data: bytes) -> None:
    """Put a compiled template in its place, whole; where nothing can be kept, it is compiled each time."""
    ready = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        ready.write_bytes(data)
        ready.replace(file)
    except OSError:
        with suppress(OSError):
            ready.unlink()
