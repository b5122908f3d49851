"""Puts finished files in place: each replaced atomically, nothing overwritten that vaaldplan did not make.

What vaaldplan made is known by the record ``.vaaldplan.json`` in the output folder: the sha256 of every file it wrote.
The record names the new files before they are put in place, so an interrupted run leaves nothing unknown.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from vaaldplan.bounds import within
from vaaldplan.errors import VaaldplanError
from vaaldplan.storage import Staging, alone, explained

from . import Paper

RECORD = ".vaaldplan.json"


def put(folder: Path, papers: Iterable[Paper], *, force: bool = False, inside: Path | None = None) -> list[Path]:
    """Write the files into the folder, which is made if it is missing. Returns their paths.

    All files are made ready first; only then is anything replaced. Two runs at once take turns. A link is never
    followed: it was not made here, and may lead anywhere.

    Args:
        folder: the folder.
        papers: what to write.
        force: write also over what was not made here.
        inside: the folder that it must be in, when it is not the user who named it.

    Raises:
        VaaldplanError: ``output-outside``: the folder is a link out of the other.
        VaaldplanError: a file is there that vaaldplan did not make (and ``force`` is not given), or writing failed.
    """
    made = list(papers)
    targets: list[Path] = []
    with explained(folder):
        if inside is not None and not within(folder, inside):
            raise VaaldplanError("output-outside", path=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder), Staging(follow=False) as staging:
            known = record(folder)
            hashes = dict(known)
            for paper in made:
                target = folder / paper.name
                old = _held(target)
                if old is not None and not force and old not in known.get(paper.name, []):
                    raise VaaldplanError("foreign-file", path=str(target))
                staging.add(target, paper.data)
                targets.append(target)
                # What is there now, and not what was there before it: killed twice, the file may still be the oldest.
                kept = [h for h in known.get(paper.name, []) if h == old]
                hashes[paper.name] = [*kept, _digest(paper.data)]
            staging.add(folder / RECORD, json.dumps(hashes, indent=1).encode(), first=True)
            staging.replace()
    return targets


def _held(path: Path) -> str | None:
    """The hash of a file's content, empty for what is no file; ``None`` when nothing is there."""
    if not os.path.lexists(path):
        return None
    return _digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def record(folder: Path) -> dict[str, list[str]]:
    """What vaaldplan knows it made here; nothing when the record is missing, a link, or no record."""
    try:
        place = folder / RECORD
        found = json.loads(place.read_bytes()) if place.is_file() and not place.is_symlink() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return (
        {str(k): [str(h) for h in v] for k, v in found.items() if isinstance(v, list)}
        if isinstance(found, dict)
        else {}
    )
