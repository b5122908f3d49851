"""The built-in templates, ready to be rendered: as Jinja compiled them before, else by Jinja."""

from collections.abc import Callable
from typing import Any

from .templates import Kind

quick: Any
try:
    from . import quick_jinja as quick
except ImportError:
    quick = None  # an accelerator: all works without it


def template(kind: Kind, name: str, finalize: Callable[[Any], Any] | None = None) -> Any:
    """A built-in template; ``finalize`` passes every value of a ``markdown`` template."""
    found = quick.environment(kind, finalize).find(name) if quick else None
    if found is not None:
        return found
    from .templates_jinja import environment

    return environment(kind, finalize).get_template(name)
