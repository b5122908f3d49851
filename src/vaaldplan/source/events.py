"""Text → plain data: libyaml's events read by a loader of our own that keeps every place.

Composing a tree in C recurses on the C stack and crashes on deep nesting; the events stream, so a bound stops at once.
Every scalar stays the text that stands there (``0114``, ``no``, ``2024-02-30``): the model gives types.
"""

import re
from sys import intern
from typing import Any, NamedTuple

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from vaaldplan.finding import MOST_FINDINGS, Edit, Finding, Path
from vaaldplan.patterns import regex

from .faults import fault
from .scalars import written
from .text import CONTROL, SPACES, File

DEPTH = 32
"""How many levels of lists and mappings may stand inside each other; a plan needs about ten."""
NODES = 1_000_000
"""How many values a plan may have; 4,500 measures have about 190,000."""
BLOCKS = 300_000
"""How many of them may be lists or mappings, which take ten times as much memory."""
ENTRIES = 100_000
"""How many entries the lists of a plan may have together, which take most: a gigabyte and a half is enough for all."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PROPERTY = regex(r"([&!*])[^\s,\[\]{}]*[ \t]*")
_PROPERTIES = {"&": "anchor", "!": "tag", "*": "alias"}
_QUOTED_KEY = regex(r"[”“„»](.*)[”“«»]", re.DOTALL)
_ODD_KEY = frozenset(("<", "-", "”", "“", "„", "»", *SPACES))
"""How a key begins that may be a merge key, stand in typographic quotes, or have lost a space."""
_ODD_VALUE = frozenset(("", "~", "n", "N", "-"))
"""How an unquoted value begins that may be empty or a list's element without space after its dash."""

Piece = int
"""Where something stands, in a single number: the index of its start and of its end, and whether it is a block of text.

A plan has a hundred thousand of them, and libyaml's events take ten times the room.
"""
_BITS = 33
_LITERAL = ("|", ">")


def piece(event: Any) -> Piece:
    """Where one of PyYAML's events stands."""
    literal = getattr(event, "style", None) in _LITERAL
    return int(event.start_mark.index << _BITS | event.end_mark.index << 1 | literal)


def start_of(piece: Piece) -> int:
    """The index where a piece begins."""
    return piece >> _BITS


def end_of(piece: Piece) -> int:
    """The index where a piece ends, by libyaml's reckoning: a block of text runs to the start of what follows."""
    return (piece & (1 << _BITS) - 1) >> 1


def is_block(piece: Piece) -> bool:
    """Whether it is a text that begins with ``|`` or ``>``."""
    return bool(piece & 1)


Mapped = dict[str, tuple[Piece, Piece]]
"""Key → where it and its value stand."""


class Block(NamedTuple):
    """Where a mapping or list stands: its beginning and its end, and what is in it."""

    file: File
    start: Piece
    end: Piece
    keys: Mapped
    items: list[Piece]
    files: tuple[File, ...] = ()
    """For a list joined from several files: which file each element stands in."""
    stands_for: Any = None
    """For a list joined from several files: the mapping in the main file that names them."""


Blocks = dict[int, Block]
"""``id`` of a mapping or list → where it stands. Valid as long as the data lives and is not changed."""


class Stop(Exception):  # noqa: N818 - it ends the reading, the finding is the fault
    """The rest of the file cannot be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class _Few(list[Finding]):
    """The findings of one file; when there are too many it is not read to its end."""

    def append(self, finding: Finding) -> None:
        if len(self) >= MOST_FINDINGS and finding.span:
            raise Stop(fault("S10", "findings", finding.span, finding.path, limit=MOST_FINDINGS))
        super().append(finding)


class Loader:
    """Reads the events of one file."""

    def __init__(self, file: File, text: str, blocks: Blocks, left: int = NODES) -> None:
        self.findings: list[Finding] = _Few()
        self.complete = True
        """False when something that stands in the file is not in the data."""
        self.left = left
        """How many more values may be read."""
        self.root: Any = None
        """The event the data begins with."""
        self.with_hash: list[Any] = []
        """The scalars that contain #, which is no comment there."""
        self._file = file
        self._text = text
        self._blocks = blocks
        self._get = CParser(text).get_event

    def load(self) -> Any:
        """The data of the first document; ``None`` when the file is empty.

        Raises:
            Stop: a bound is passed.
            yaml.YAMLError: the text is no YAML.
        """
        self._get()
        start: Any = self._get()
        if start.__class__ is StreamEndEvent:
            return None
        if start.tags:
            at = self._text.index("%TAG")
            self.findings.append(fault("S09", "tag", self._file.span(at, at + 4), name="%TAG"))
        self.root = self._get()
        data = self._value(self.root, ())
        self._get()
        end = self._get()
        if end.__class__ is DocumentStartEvent:
            self.complete = False
            self.findings.append(fault("S09", "documents", self._file.event(end)))
        return data

    def _value(self, event: Any, path: Path) -> Any:
        """Any value; the loops below read plain scalars themselves, since most values are that."""
        self.left -= 1
        if event.__class__ is AliasEvent:
            self._report_properties(event, path)
            self.complete = False
            return None
        if event.anchor is not None or event.tag is not None:
            self._report_properties(event, path)
        if event.__class__ is ScalarEvent:
            if "#" in event.value:
                self.with_hash.append(event)
            if not event.style:
                self.complete &= bool(event.value) or (event.anchor is None and event.tag is None)
                return self._odd_value(event)
            return self._escaped(event, path) if event.style == '"' else event.value
        if len(path) >= DEPTH:
            raise Stop(fault("S10", "depth", self._file.event(event), path, limit=DEPTH))
        return self._mapping(event, path) if event.__class__ is MappingStartEvent else self._sequence(event, path)

    def _mapping(self, start: Any, path: Path) -> dict[str, Any] | None:
        get, scalar, odd, literal, with_hash = self._get, ScalarEvent, _ODD_VALUE, _LITERAL, self.with_hash
        data: dict[str, Any] = {}
        entries: Mapped = {}
        complex_key = False
        key: Any
        at: Any
        while True:
            at = get()
            if at.__class__ is not scalar:
                if at.__class__ is MappingEndEvent:
                    break
                self._complex_key(at, path)
                complex_key = True
                continue
            key = intern(at.value)  # a plan has few different keys, each many times
            if "#" in key:
                with_hash.append(at)
            if at.anchor is not None or at.tag is not None:
                self._report_properties(at, (*path, key))
            if at.style == '"':
                key = self._escaped(at, path)
            elif key[:1] in _ODD_KEY and not at.style:
                key = self._odd_key(at, path)
            event: Any = get()
            if key is None:
                self._skip(event, path)
                continue
            if key in entries:
                first = self._file.place(start_of(entries[key][0]))[0]
                self.findings.append(fault("S04", "", self._file.event(at), (*path, key), key=key, first=first))
                self._skip(event, path)
                continue
            # The same as ``piece``, written out: this line is run for nearly every value.
            entries[key] = (
                at.start_mark.index << _BITS | at.end_mark.index << 1,  # type: ignore[union-attr]
                event.start_mark.index << _BITS
                | event.end_mark.index << 1
                | (type(event) is scalar and event.style in literal),
            )
            if event.__class__ is scalar and event.anchor is None and event.tag is None:
                value: Any = event.value
                if "#" in value:
                    with_hash.append(event)
                if event.style == '"':
                    value = self._escaped(event, (*path, key))
                elif not event.style and value[:1] in odd:
                    value = self._odd_value(event)
                data[key] = value
                self.left -= 1
            else:
                data[key] = self._value(event, (*path, key))
            if self.left < 0 or len(self._blocks) > BLOCKS:
                raise self._too_many(event, (*path, key))
        if complex_key and not data and path:
            return None  # a blank to fill in, such as {{namn}}, is no mapping to find fault with
        self._blocks[id(data)] = Block(self._file, piece(start), piece(at), entries, [])
        return data

    def _sequence(self, start: Any, path: Path) -> list[Any]:
        get = self._get
        data: list[Any] = []
        entries: list[Piece] = []
        while True:
            event = get()
            if event.__class__ is SequenceEndEvent:
                break
            entries.append(piece(event))
            data.append(self._value(event, (*path, len(data))))
            if self.left < 0 or len(self._blocks) > BLOCKS:
                raise self._too_many(event, (*path, len(data) - 1))
        self._blocks[id(data)] = Block(self._file, piece(start), piece(event), {}, entries)
        return data

    def _complex_key(self, event: Any, path: Path) -> None:
        """A list, a mapping or an alias as key: neither it nor its value can be in the data."""
        if event.__class__ is AliasEvent:
            self._report_properties(event, path)
        else:
            self.findings.append(fault("S09", "key", self._file.event(event), path))
            self._skip(event, path)
        self._skip(self._get(), path)

    def _escaped(self, event: Any, path: Path) -> str:
        """A value in double quotes, where a control character can be written as \\0 or so; no document takes them."""
        value: str = event.value
        if value.isprintable():
            return value
        found = CONTROL.search(value)
        if found:
            self.findings.append(fault("S03", "control", self._file.event(event), path, sign=f"U+{ord(found[0]):04X}"))
        return CONTROL.sub(" ", value)

    def _odd_value(self, event: Any) -> str | None:
        """An unquoted value that may be empty, or a list's element whose dash lacks its space."""
        value: str = event.value
        if value[:1] == "-":
            self._check_dash(event)
        return None if value in _NULLS else value

    def _check_dash(self, event: Any) -> None:
        """A dash with a letter or an invisible sign right after it, where a line begins."""
        start = event.start_mark.index
        follows = self._text[start + 1 : start + 2]
        before = self._text[start - event.start_mark.column : start]
        if before.strip(" ") or not follows:
            return
        from .lines import dash, no_break_space

        if follows.isalpha():
            raise Stop(dash(self._file, start))
        if follows in SPACES:
            raise Stop(no_break_space(self._file, start + 1, start + 2))

    def _odd_key(self, event: Any, path: Path) -> str | None:
        """The key without typographic quotes; ``None`` for a merge key."""
        key: str = event.value
        if key[0] == "-":
            self._check_dash(event)
        elif key[0] in SPACES:
            from .lines import no_break_space

            start = event.start_mark.index
            raise Stop(no_break_space(self._file, start, start + len(key) - len(key.lstrip(SPACES))))
        if key == "<<":
            self.findings.append(fault("S09", "merge", self._file.event(event), path))
            return None
        quoted = _QUOTED_KEY.fullmatch(key)
        if quoted is None:
            return key
        inside = quoted[1].strip()
        span = self._file.event(event)
        finding = fault("S03", "smart-quote", span, (*path, inside), suggestion=f"{inside}:")
        self.findings.append(finding._replace(edits=(Edit(span, written(inside, in_brackets=True)),)))
        return inside

    def _skip(self, event: Any, path: Path) -> None:
        """Read past a value; what is wrong inside it is not reported, since it has to be rewritten anyway."""
        kept = len(self.findings)
        self._value(event, (*path, ""))
        if self.left < 0:
            raise self._too_many(event, path)
        del self.findings[kept:]
        self.complete = False

    def _report_properties(self, event: Any, path: Path) -> None:
        """One finding for each anchor, tag or alias where the value begins."""
        at = event.start_mark.index
        while found := _PROPERTY.match(self._text, at):
            span = self._file.span(at, at + len(found[0].rstrip()))
            self.findings.append(fault("S09", _PROPERTIES[found[1]], span, path, name=found[0].rstrip()))
            at = found.end()

    def _too_many(self, event: Any, path: Path) -> Stop:
        return Stop(fault("S10", "nodes", self._file.event(event), path, limit=NODES if self.left < 0 else BLOCKS))
