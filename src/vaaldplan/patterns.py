"""Regular expressions that are compiled when first used: a run needs few of those that the rooms have at hand."""

import re
from typing import Any, cast

quick: Any
try:
    from . import quick_patterns as quick
except ImportError:
    quick = None  # an accelerator: all works without it

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as ``re.compile`` makes it, compiled when first used."""
    return cast(re.Pattern[str], _Waiting(pattern, flags))


def keep() -> None:
    """Keep what has been compiled for the next run, where that can be done."""
    if quick is not None:
        quick.keep()


class _Waiting:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What has not been asked for before; afterwards the methods are attributes of their own."""
        make = re.compile if quick is None else quick.compiled
        compiled = make(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)
