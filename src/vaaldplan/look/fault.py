"""What is wrong with a setting of the look: a code and a place, no words."""

from typing import Any, NamedTuple

from vaaldplan.finding import Severity


class Fault(NamedTuple):
    """Something that cannot be used, or that lacks something."""

    code: str
    variant: str
    key: tuple[str, ...]
    """The keys that lead to the setting, as written."""
    params: dict[str, Any]
    severity: Severity = Severity.ERROR


class FaultError(Exception):
    """A file that cannot be used: the variant of the fault, and what fills its message."""

    def __init__(self, variant: str, **params: Any) -> None:
        super().__init__(variant)
        self.variant = variant
        self.params = params
