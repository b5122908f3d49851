"""The laws behind the days around a meeting of the council."""

from functools import cache

from .files import Source, read_file


@cache
def council_sources() -> tuple[Source, ...]:
    """The laws behind the days around a meeting of the council."""
    data = read_file("council")
    return tuple(Source(row["name"], row["url"], data["checked"]) for row in data["sources"].values())
