"""The municipalities of Sweden."""

from functools import cache
from typing import NamedTuple

from .files import Source, read_file


class Municipality(NamedTuple):
    """A Swedish municipality."""

    code: str
    """SCB's four figures; the first two are the county's."""
    short: str
    """The name alone: ``Alingsås``, ``Lund``."""
    name: str
    """The name with its word: ``Alingsås kommun``, ``Lunds kommun``, ``Malmö stad``."""
    county: str


def _full_name(short: str) -> str:
    """``Lund`` → ``Lunds kommun``; a name that ends in a vowel or a hissing sound takes no s."""
    return f"{short}{'' if short[-1] in 'aeiouyåäösxz' else 's'} kommun"


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities in the order of their codes."""
    data = read_file("municipalities")
    return tuple(
        Municipality(code, short, data["names"].get(code) or _full_name(short), data["counties"][code[:2]])
        for code, short in data["municipalities"].items()
    )


def municipality_source() -> Source:
    """Where the list of municipalities stands."""
    data = read_file("municipalities")
    return Source(data["source"], data["url"], data["checked"])
