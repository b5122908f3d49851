"""Built papers → facts about them, for the rules to judge. Each format is read by a file of its own."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Finding, Severity, Span
from vaaldplan.paper import Built, Papers, UnreadableError

from . import files

LARGEST = 100_000_000
"""Bytes of a file; no paper has that many."""
_READERS = {".html": "html_facts", ".pdf": "pdf_facts", ".docx": "docx_facts", ".md": "markdown_facts"}


class Read(NamedTuple):
    """The papers that could be read, and findings about those that could not."""

    papers: Papers
    findings: tuple[Finding, ...] = ()


def folder(path: Path) -> Read:
    """Read the papers of a folder. Markdown that no plan was built into is none of them.

    Raises:
        VaaldplanError: ``not-found``: there is no such folder, or ``no-papers``: there are none in it.
    """
    if not path.is_dir():
        raise VaaldplanError("not-found", path=str(path))
    known = files.record(path)
    built, faults = [], []
    for file in sorted(path.iterdir()):
        if file.suffix.lower() not in _READERS or file.name.startswith((".", "~$")) or not file.is_file():
            continue
        name = file.as_posix()
        try:
            with file.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            found = _facts(name, data)
        except (OSError, UnicodeDecodeError, UnreadableError) as error:
            faults.append(_unread(name, error))
            continue
        if found.form != "md" or found.identity:
            edited = file.name in known and sha256(data).hexdigest() not in known[file.name]
            built.append(found._replace(edited=edited))
    if not built and not faults:
        raise VaaldplanError("no-papers", path=str(path))
    return Read(Papers(tuple(built), whole=True), tuple(faults))


def made(
    papers: Iterable[tuple[str, bytes]],
    *,
    known: Mapping[str, Built | None] = MappingProxyType({}),
    drawn: bool = False,
) -> Read:
    """Read papers just made.

    Args:
        papers: the names they are to have, and what is in them.
        known: those of which the writer has told what they are like, by name.
        drawn: whether the drawing of a PDF's pages is followed too, which a build has no time for.
    """
    built, faults = [], []
    for name, data in papers:
        try:
            built.append(known.get(name) or _facts(name, data, drawn=drawn))
        except UnreadableError as error:  # more than any paper has
            faults.append(_unread(name, error))
    return Read(Papers(tuple(built)), tuple(faults))


def _facts(name: str, data: bytes, *, drawn: bool = True) -> Built:
    if len(data) > LARGEST:
        raise UnreadableError("large")
    kind = Path(name).suffix.lower()
    reader = import_module(f"{__package__}.{_READERS[kind]}")
    found: Built = reader.facts(name, data, drawn=drawn) if kind == ".pdf" else reader.facts(name, data)
    return found


def _unread(name: str, error: Exception) -> Finding:
    match error:
        case OSError():
            variant = "closed"
        case UnicodeDecodeError():
            variant = "encoding"
        case _:
            variant = str(error)
    return Finding("P01", Severity.ERROR, (), {"paper": Path(name).name}, variant, span=Span(name, 1, 1, 1, 1))
