"""Puts finished files in place: each replaced atomically, nothing overwritten that vaaldplan did not make.

What vaaldplan made is known by the record ``.vaaldplan.json`` in the output folder: the sha256 of every file it wrote.
The record names the new files before they are put in place, so an interrupted run leaves nothing unknown.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from vaaldplan.errors import VaaldplanError
from vaaldplan.storage import Staging, explained

from . import Paper

RECORD = ".vaaldplan.json"


def put(folder: Path, papers: Iterable[Paper], *, force: bool = False) -> list[Path]:
    """Write the files into the folder, which is made if it is missing. Returns their paths.

    All files are made ready first; only then is anything replaced.

    Raises:
        VaaldplanError: a file is there that vaaldplan did not make (and ``force`` is not given), or writing failed.
    """
    targets: list[Path] = []
    with explained(folder), Staging() as staging:
        folder.mkdir(parents=True, exist_ok=True)
        known = record(folder)
        hashes = dict(known)
        for paper in papers:
            target = folder / paper.name
            if target.exists() and not force and _digest(target.read_bytes()) not in known.get(paper.name, []):
                raise VaaldplanError("foreign-file", path=str(target))
            staging.add(target, paper.data)
            targets.append(target)
            hashes[paper.name] = [*known.get(paper.name, [])[-1:], _digest(paper.data)]
        staging.add(folder / RECORD, json.dumps(hashes, indent=1).encode(), first=True)
        staging.replace()
    return targets


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def record(folder: Path) -> dict[str, list[str]]:
    """What vaaldplan knows it made here; nothing when the record is missing or is not one."""
    try:
        found = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return (
        {str(k): [str(h) for h in v] for k, v in found.items() if isinstance(v, list)}
        if isinstance(found, dict)
        else {}
    )
