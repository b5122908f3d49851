"""Text → plain data: libyaml's events read by a loader of our own that keeps every place.

Composing a tree in C recurses on the C stack and crashes on deep nesting; the events stream, so a bound stops at once.
Every scalar stays the text that stands there (``0114``, ``no``, ``2024-02-30``): the model gives types.
"""

import re
from itertools import islice
from sys import intern
from typing import Any

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

from .comments import Scalar, scalar_of
from .faults import fault
from .files import BLOCKS, DEPTH, NODES
from .marks import Marks
from .scalars import written
from .text import CONTROL, SPACES, File

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PROPERTY = regex(r"([&!*])[^\s,\[\]{}]*[ \t]*")
_PROPERTIES = {"&": "anchor", "!": "tag", "*": "alias"}
_QUOTED_KEY = regex(r"[”“„»](.*)[”“«»]", re.DOTALL)
_ODD_KEY = frozenset(("<", "-", "”", "“", "„", "»", *SPACES))
"""How a key begins that may be a merge key, stand in typographic quotes, or have lost a space."""
_ODD_VALUE = frozenset(("", "~", "n", "N", "-"))
"""How an unquoted value begins that may be empty or a list's element without space after its dash."""
_FIRST = 3
"""Where the marks of the first entry stand, after those of the whole."""


def _number_of(key: str, data: dict[str, Any], order: dict[str, int]) -> int:
    """Which key of a mapping it is; ``order`` remembers those that it has been asked of, for it may be asked often."""
    size = len(data)
    for behind, each in enumerate(islice(reversed(data), size - len(order)), 1):
        order[each] = size - behind
    return order[key]


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

    def __init__(self, file: File, text: str, marks: Marks, left: int = NODES) -> None:
        self.findings: list[Finding] = _Few()
        self.complete = True
        """False when something that stands in the file is not in the data."""
        self.left = left
        """How many more values may be read."""
        self.root: Any = None
        """The event the data begins with."""
        self.with_hash: list[Scalar] = []
        """The scalars that contain #, which is no comment there: start, end, style."""
        self._file = file
        self._text = text
        self._marks = marks
        self._number = marks.begin(file)
        self._get = CParser(text).get_event
        self._plain_keys: dict[str, str] = {}
        """The keys met that are as they seem; a plan has few different ones, each many times."""

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
        """Any value; the loops below read scalars without anchor and tag themselves, since most values are that."""
        self.left -= 1
        if event.__class__ is AliasEvent:
            self._report_properties(event, path)
            self.complete = False
            return None
        if event.anchor is not None or event.tag is not None:
            self._report_properties(event, path)
        if event.__class__ is ScalarEvent:
            if "#" in event.value:
                self.with_hash.append(scalar_of(event))
            if not event.style:
                self.complete &= bool(event.value) or (event.anchor is None and event.tag is None)
                return self._odd_value(event)
            return self._escaped(event, path) if event.style == '"' else event.value
        if len(path) >= DEPTH:
            raise Stop(fault("S10", "depth", self._file.event(event), path, limit=DEPTH))
        return self._mapping(path) if event.__class__ is MappingStartEvent else self._sequence(path)

    # The two loops below are run for every value of a plan: what they do is written out, not called.

    def _mapping(self, path: Path) -> dict[str, Any] | None:
        get, odd, plain, with_hash = self._get, _ODD_VALUE, self._plain_keys, self.with_hash
        scalar: Any = ScalarEvent
        ends: Any = MappingEndEvent
        data: dict[str, Any] = {}
        marks = [self._number, 0, 0]
        order: dict[str, int] = {}
        complex_key = False
        left = self.left
        at: Any
        value: Any
        while True:
            at = get()
            if at.__class__ is not scalar:
                if at.__class__ is ends:
                    break
                self.left = left
                self._complex_key(at, path)
                left = self.left
                complex_key = True
                continue
            key = plain.get(at.value)
            if key is None or at.style or at.anchor is not None or at.tag is not None:
                key = self._key(at, path)
            event: Any = get()
            if key is None or key in data:
                if key is not None:
                    first = self._file.place(marks[_FIRST + 4 * _number_of(key, data, order)])[0]
                    self.findings.append(fault("S04", "", self._file.event(at), (*path, key), key=key, first=first))
                self.left = left
                self._skip(event, path)
                left = self.left
                continue
            marks += (at.start_mark.index, at.end_mark.index, event.start_mark.index, event.end_mark.index)
            if event.__class__ is scalar and event.anchor is None and event.tag is None:
                value = event.value
                if "#" in value:
                    with_hash.append(scalar_of(event))
                style = event.style
                if not style:
                    if value[:1] in odd:
                        value = self._odd_value(event)
                elif style == '"':
                    value = self._escaped(event, (*path, key))
                data[key] = value
                left -= 1
            else:
                self.left = left
                data[key] = self._value(event, (*path, key))
                left = -1 if len(self._marks) > BLOCKS else self.left
            if left < 0:
                raise self._too_many(event, (*path, key))
        self.left = left
        if complex_key and not data and path:
            return None  # a blank to fill in, such as {{namn}}, is no mapping to find fault with
        marks[1:_FIRST] = at.start_mark.index, at.end_mark.index
        self._marks.add(data, marks)
        return data

    def _sequence(self, path: Path) -> list[Any]:
        get, odd, with_hash = self._get, _ODD_VALUE, self.with_hash
        scalar: Any = ScalarEvent
        ends: Any = SequenceEndEvent
        data: list[Any] = []
        marks = [self._number, 0, 0]
        left = self.left
        event: Any
        value: Any
        while True:
            event = get()
            if event.__class__ is ends:
                break
            marks += (event.start_mark.index, event.end_mark.index)
            if event.__class__ is scalar and event.anchor is None and event.tag is None:
                value = event.value
                if "#" in value:
                    with_hash.append(scalar_of(event))
                style = event.style
                if not style:
                    if value[:1] in odd:
                        value = self._odd_value(event)
                elif style == '"':
                    value = self._escaped(event, (*path, len(data)))
                data.append(value)
                left -= 1
            else:
                self.left = left
                data.append(self._value(event, (*path, len(data))))
                left = -1 if len(self._marks) > BLOCKS else self.left
            if left < 0:
                raise self._too_many(event, (*path, len(data) - 1))
        self.left = left
        marks[1:_FIRST] = event.start_mark.index, event.end_mark.index
        self._marks.add(data, marks)
        return data

    def _key(self, event: Any, path: Path) -> str | None:
        """A key that has not been met as plain text; ``None`` for a merge key."""
        key: str = intern(event.value)
        if "#" in key:
            self.with_hash.append(scalar_of(event))
        if event.anchor is not None or event.tag is not None:
            self._report_properties(event, (*path, key))
        if event.style == '"':
            return self._escaped(event, path)
        if event.style:
            return key
        if key[:1] in _ODD_KEY:
            return self._odd_key(event, path)
        if "#" not in key:
            self._plain_keys[key] = key
        return key

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
        return Stop(
            fault("S10", "nodes", self._file.event(event), path, limit=BLOCKS if len(self._marks) > BLOCKS else NODES)
        )
