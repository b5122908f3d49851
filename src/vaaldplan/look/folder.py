"""The folder ``mallar`` beside a plan: the municipality's own templates and words, read within bounds."""

from pathlib import Path
from typing import NamedTuple

from vaaldplan import bounds

FOLDER = "mallar"
PARTS = "delar"
"""The folder in it with what stands in a section instead of what the plan gives."""
LARGEST = 200_000
"""Bytes in a file."""
MOST_FILES = 100
SUFFIXES = (".md", ".toml")


class FolderFault(NamedTuple):
    """A file that was not read: its path in the plan's folder, and why."""

    file: str
    variant: str


class Found(NamedTuple):
    """The texts by their path in the folder, and what could not be read."""

    texts: dict[str, str]
    faults: list[FolderFault]


def read(plan_folder: Path) -> Found:
    """Read the folder; one that is not there holds nothing."""
    found = Found({}, [])
    root = plan_folder / FOLDER
    if not root.is_dir():
        return found
    if not bounds.within(root, plan_folder):
        found.faults.append(FolderFault(FOLDER, "outside"))
        return found
    files = sorted(path for path in _below(root, 0) if path.suffix in SUFFIXES)
    for number, path in enumerate(files):
        name = path.relative_to(root).as_posix()
        try:
            if number < MOST_FILES:
                found.texts[name] = bounds.text(path, LARGEST, inside=plan_folder)
                continue
            variant = "huge"
        except (OSError, UnicodeDecodeError) as error:
            variant = bounds.variant(error, "not-file")
        found.faults.append(FolderFault(f"{FOLDER}/{name}", variant))
        if number >= MOST_FILES:
            break
    return found


def _below(folder: Path, depth: int) -> list[Path]:
    """The files of a folder and its folders; links to folders are not followed."""
    files: list[Path] = []
    for path in folder.iterdir():
        if path.is_dir():
            files += _below(path, depth + 1) if depth < 3 and not path.is_symlink() else []
        else:
            files.append(path)
    return files
