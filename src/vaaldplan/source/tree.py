"""One readable file as a tree of nodes with their places, for rewriting it."""

from typing import Any, NamedTuple

from yaml._yaml import CParser
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


class UnplainError(Exception):
    """The file has what no plan has: an anchor, an alias, a tag, a key that is no text, or no content."""


class Node(NamedTuple):
    """A value or a key. Indexes are those of the text; ``end`` is exact for scalars and for what stands in brackets."""

    start: int
    end: int
    column: int
    """Counts from 0."""
    style: str
    """Of a scalar: its quote, ``|``, ``>`` or empty. Of a mapping or list: ``flow`` or ``block``."""
    text: str | None = None
    """What a scalar says."""
    entries: tuple[tuple["Node", "Node"], ...] | None = None
    """A mapping's keys and values."""
    items: tuple["Node", ...] | None = None
    """A list's elements."""

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or list that stands on lines of its own."""
        return self.style == "block"


def compose(text: str) -> Node:
    """The tree of a file that ``load_file`` could read without findings, so its depth is bounded.

    Raises:
        UnplainError: it is no plain YAML.
        yaml.YAMLError: it is no YAML.
    """
    get: Any = CParser(text).get_event
    get()
    if get().__class__ is not DocumentStartEvent:
        raise UnplainError
    node = _node(get(), get)
    if get().__class__ is not DocumentEndEvent or get().__class__ is DocumentStartEvent:
        raise UnplainError
    return node


def _node(event: Any, get: Any) -> Node:
    if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
        raise UnplainError
    kind: Any = event.__class__
    start, column = event.start_mark.index, event.start_mark.column
    if kind is ScalarEvent:
        return Node(start, event.end_mark.index, column, event.style or "", event.value)
    style = "flow" if getattr(event, "flow_style", False) else "block"
    if kind is MappingStartEvent:
        entries = []
        while not isinstance(at := get(), MappingEndEvent):
            key = _node(at, get)
            if key.text is None or key.style in ("|", ">") or at.start_mark.line != at.end_mark.line:
                raise UnplainError
            entries.append((key, _node(get(), get)))
        return Node(start, _end(at), column, style, entries=tuple(entries))
    if kind is SequenceStartEvent:
        items = []
        while not isinstance(at := get(), SequenceEndEvent):
            items.append(_node(at, get))
        return Node(start, _end(at), column, style, items=tuple(items))
    raise UnplainError


def _end(event: Any) -> int:
    return int(event.end_mark.index)
