"""Changing files: one file in the right layout, and single pieces of text replaced."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from yaml import YAMLError

from vaaldplan.finding import Edit, Finding, Path, Severity
from vaaldplan.patterns import regex

from .comments import comments
from .files import NODES
from .layout import Names, laid_out
from .marks import Marks
from .mends import replaced
from .reading import load_file
from .text import File, decode
from .tree import UnplainError

_BREAK = regex(r"\r\n?|\n")
_BOM = b"\xef\xbb\xbf"


class Alone(NamedTuple):
    """One file of a plan, read by itself."""

    name: str
    text: str
    """With ``\\n`` at the end of every line."""
    ends: str
    """How the file's lines end, judged by the first: ``\\r\\n`` is kept, because Git on Windows checks files out so."""
    data: dict[str, Any] | None
    """``None`` when the file cannot be read."""
    findings: tuple[Finding, ...]
    """What is wrong with the file as such."""
    comments: tuple[str, ...]


class UnsureError(Exception):
    """The file cannot be rewritten without a risk that it says something else afterwards."""


def alone(name: str, raw: bytes) -> Alone:
    """Read one file of a plan by itself; a part is a mapping with one key."""
    file = File(name, raw)
    found = decode(file)
    first = _BREAK.search(file.text)
    ends = "\r\n" if first and first[0] == "\r\n" else "\n"
    if found:
        return Alone(name, "", ends, None, (found,), ())
    text = _BREAK.sub("\n", file.text)
    text = text if text.endswith("\n") else text + "\n"
    file = File(name, text.encode())
    loaded = load_file(file, Marks(), NODES)
    data = loaded.data if isinstance(loaded.data, dict) else None
    said = tuple(text for _, _, text in comments(file, loaded.with_hash)) if loaded.with_hash is not None else ()
    return Alone(name, text, ends, data, tuple(loaded.findings), said)


def in_layout(file: Alone, names: Names) -> bytes:
    """The file in the right layout, with the spellings and the order asked for.

    Raises:
        UnsureError: it cannot be read, or the result would not say the same.
    """
    if file.data is None or any(f.severity is Severity.ERROR for f in file.findings):
        raise UnsureError(file.name)
    try:
        raw = laid_out(file.text, names).encode()
    except (UnplainError, YAMLError) as error:
        raise UnsureError(file.name) from error
    now = alone(file.name, raw)
    kept = now.comments == file.comments or (names.order and sorted(now.comments) == sorted(file.comments))
    if not kept or not _same(_renamed(file.data, names, ()), now.data, ordered=not names.order):
        raise UnsureError(file.name)
    return raw.replace(b"\n", b"\r\n") if file.ends == "\r\n" else raw


def _renamed(value: Any, names: Names, path: Path) -> Any:
    if isinstance(value, dict):
        return {names.keys.get((*path, k), k): _renamed(v, names, (*path, k)) for k, v in value.items()}
    if isinstance(value, list):
        return [_renamed(v, names, (*path, i)) for i, v in enumerate(value)]
    return names.values.get(path, value)


def _same(one: Any, other: Any, *, ordered: bool) -> bool:
    """Whether two pieces of data say the same, with their keys in the same order where that is asked for."""
    if isinstance(one, dict) and isinstance(other, dict):
        if ordered and list(one) != list(other):
            return False
        return one.keys() == other.keys() and all(_same(v, other[k], ordered=ordered) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b, ordered=ordered) for a, b in zip(one, other, strict=True))
    return bool(one == other)


class Change(NamedTuple):
    """One line of a file before and after."""

    line: int
    before: str
    after: str


def applied(name: str, raw: bytes, edits: Iterable[Edit]) -> tuple[bytes, list[Change]]:
    """Replace pieces of a file's text; of edits that overlap only the first is made.

    Args:
        name: the file's name, which the edits' spans carry.
        raw: the file.
        edits: what to replace. One that changes nothing stands for saving the file in UTF-8.

    Returns:
        the file in UTF-8, everything else as it was, and the lines that changed.
    """
    file = File(name, raw)
    decode(file)
    after = replaced(file, edits)
    changes = list(_changes(_BREAK.split(file.text), _BREAK.split(after), raw))
    return (_BOM if raw.startswith(_BOM) else b"") + after.encode(), changes


def _changes(before: list[str], after: list[str], raw: bytes) -> Iterable[Change]:
    if before == after:  # another encoding: the lines that looked otherwise
        shown = _BREAK.split(raw.decode("utf-8", "replace"))
        before = shown if len(shown) == len(after) else before
    for number, (one, other) in enumerate(zip(before, after, strict=False), 1):
        if one != other:
            yield Change(number, one, other)
