"""The one door to Jinja for the built-in templates."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2 import __version__ as VERSION  # noqa: N812 - a constant of theirs
from jinja2.bccache import Bucket

from . import templates

__all__ = ["VERSION", "environment"]


@cache
def environment(kind: templates.Kind, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """The Jinja environment of a kind; ``finalize`` passes every value of a ``markdown`` template."""
    loader = FileSystemLoader(templates.folder() / "standard")
    kept = _Compiled(kind)
    if kind == "html":
        found = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=kept,
        )
        found.globals["look"] = templates.look(templates.USUAL)
        return found
    return Environment(
        loader=loader, undefined=StrictUndefined, finalize=finalize, bytecode_cache=kept, **templates.MARKDOWN_SYNTAX
    )


class _Compiled(FileSystemBytecodeCache):
    """The built-in templates in compiled form, in a ``__pycache__`` beside them as Python's own modules have theirs.

    Compiling takes longer than writing the document. Where nothing can be kept, they are compiled each time.
    """

    def __init__(self, kind: templates.Kind) -> None:
        super().__init__(str(templates.compiled()), f"{kind}-%s.jinja-{VERSION}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        try:
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError:
            pass  # a folder that only an administrator may write to
