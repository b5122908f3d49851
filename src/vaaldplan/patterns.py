"""Regular expressions that are compiled when first used: a run needs few of those that the rooms have at hand."""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as ``re.compile`` makes it, compiled when first used."""
    return cast(re.Pattern[str], _Waiting(pattern, flags))


class _Waiting:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What has not been asked for before; afterwards the methods are attributes of their own."""
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)
