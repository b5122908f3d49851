"""The one exception that reaches the user, and the table of exit codes."""

from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """The exit codes. With several plans the worst (the largest) counts."""

    OK = 0
    FINDINGS = 1
    """Findings at or above the threshold: what could be read is wrong."""
    USAGE = 2
    """The command was written wrong."""
    FAILED = 3
    """The work could not be done: a file is missing, cannot be opened or cannot be written."""


class VaaldplanError(Exception):
    """The work could not be done. Carries no words: ``cli`` looks ``error.<key>`` up in the catalogue."""

    def __init__(self, key: str, code: Exit = Exit.FAILED, **params: Any) -> None:
        super().__init__(key, params)
        self.key = key
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent from one process to another."""
        return _again, (self.key, self.code, self.params)


def _again(key: str, code: Exit, params: dict[str, Any]) -> VaaldplanError:
    return VaaldplanError(key, code, **params)
