"""The files of facts that come with the program, each read when first asked for; and the sources they name."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan import tables

FOLDER = Path(__file__).parent


class Source(NamedTuple):
    """Where a fact stands written."""

    name: str
    url: str
    checked: date


@cache
def read_file(name: str) -> Mapping[str, Any]:
    """A file of facts, as data; it is shared and must not be changed."""
    return tables.read(FOLDER / f"{name}.toml")


@cache
def sources() -> dict[str, Source]:
    """The sources by key."""
    data = read_file("sources")
    return {
        key: Source(row["name"], row["url"], row.get("checked", data["checked"]))
        for key, row in data["sources"].items()
    }
