"""An accelerator: binds and reads a plan that fits in one walk, without pydantic and without a note of every key.

It knows only what fits. On anything else it gives up, and ``bind`` and ``strict`` say what is wrong. Without this file
everything works as before, only slower; a property test holds the two together.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from vaaldplan.finding import Path

from .bind import REGISTERS, Binder, key_of, made_up
from .model import Plan
from .node import Node, Open, Prose, Reads, Text, Word, entry_of
from .spelling import Written
from .vocabulary import PERIOD, Shape, names

Reader = Callable[[str], Any]

_MOST = 1000
"""So many layouts, and so many texts of a field, are remembered; a plan has few different ones."""
_LARGEST = 200
"""A layout of more keys than this is not remembered."""
_SHORT = 40
"""Nor is a day or an amount of more letters: a run over many plans keeps what it remembers."""


class UnfitError(ValueError):
    """The data does not fit, or is of a kind that is not known here."""


class Field(NamedTuple):
    """A field of a class, and how its values are read."""

    name: str
    shape: Shape
    word: type[Word] | None
    """Fixed values that a text of it may be."""
    text: Reader | None
    """Reads a text; ``None`` when it stands for an entry or must be a fixed value."""
    forms: dict[str, tuple[Any, Written]]
    """The texts met that are fixed values, what they are, and in which spellings."""


Slot = tuple[str, str, Reader | None, dict[str, tuple[Any, Written]], Field | None]
"""A key in a layout, and what is needed to read most of its values without a further question.

The key; the field's name; what reads a text into its value; its texts that are fixed values; the field, ``None`` when
the key is unknown, a year, or means what another key means already. A named tuple takes twice as long to take apart.
"""


class Layout:
    """The keys of an entry, as they are written. Most entries of a class have one of few layouts."""

    def __init__(self, slots: list[Slot], written: dict[str, str], names: list[Written]) -> None:
        self.slots = slots
        self.written = written
        self.names = names


_LAYOUTS: dict[tuple[Any, ...], Layout] = {}


def _laid_out(cls: type[Node], keys: tuple[str, ...]) -> Layout:
    fields = _fields(cls)
    written: dict[str, str] = {}
    slots: list[Slot] = []
    said = []
    for key in keys:
        known = key_of(cls, key)
        if known is None or known.name in written:
            slots.append((key, "", None, {}, None))
            continue
        written[known.name] = key
        said.append((key, known.sv, known.en))
        field = fields[known.name]
        alone = not (field.shape.many or field.shape.series)
        text = field.text if not field.word else None
        if text and field.shape.many:
            text = _in_list(text)
        slots.append((key, field.name, None if field.shape.series else text, field.forms if alone else {}, field))
    layout = Layout(slots, written, said)
    if len(keys) <= _LARGEST and len(_LAYOUTS) < _MOST:
        _LAYOUTS[cls, *keys] = layout
    return layout


def _one_line(text: str) -> str:
    if text.isprintable() and "  " not in text and text.strip(" ") is text:
        return text  # as most are; a line end and every other space is not printable
    return " ".join(text.split())


_OF_TEXTS: dict[Callable[[object], Any], Reader] = {
    get_args(Text)[1].read: _one_line,
    get_args(Prose)[1].read: str.strip,
}
"""What reads texts alone, in place of what asks first whether it is given one."""


@cache
def _remembering(read: Callable[[object], Any]) -> Reader:
    """The same for texts alone, which remembers short ones: the same days and amounts are said many times."""
    remembered = lru_cache(_MOST)(read)
    return lambda text: remembered(text) if len(text) <= _SHORT else read(text)


def _in_list(read: Reader) -> Reader:
    return lambda text: [read(text)]


@cache
def _fields(cls: type[Node]) -> dict[str, Field]:
    fields = {}
    for name, shape in names(cls).shapes.items():
        word = shape.word or shape.meta.words or shape.meta.special
        text = None if shape.node or shape.word else _reader(cls.model_fields[name].annotation)
        fields[name] = Field(name, shape, word, text, {})
    return fields


def _reader(annotation: Any) -> Reader:
    """What reads a text of a declared type, or of the lists and series of it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        [found] = [a.read for a in arguments[1:] if isinstance(a, Reads)]
        return _OF_TEXTS.get(found) or _remembering(found)
    [only] = [a for a in arguments[-1:] if origin in (list, dict)] or [a for a in arguments if a is not type(None)]
    return _reader(only)


class QuickBinder(Binder):
    """Makes entries at once of what an author wrote, and counts the keys and fixed values instead of noting each."""

    def __init__(self, home: Callable[[Path], str] = lambda _: "") -> None:
        super().__init__(home)
        self._homes: defaultdict[str, defaultdict[Any, int]] = defaultdict(lambda: defaultdict(int))
        self._counts = self._homes[home(())]
        """How often each layout and each fixed value was met in the file that is being read."""
        self._number = 0
        self._written: dict[str, Mapping[Written, int]] = {}
        self.moved: dict[str, list[Node]] = {}
        """The entries that were written in the place of references, by their register."""

    def plan(self, data: dict[str, Any]) -> Plan:
        """The plan that the data is.

        Raises:
            ValueError: it does not fit.
        """
        plan: Plan = self.made(data, Plan, ())
        self.finish()
        for register, entries in self.moved.items():
            _adopt(plan, register, entries)
        return plan

    def made(self, data: dict[str, Any], cls: type[Node], path: Path, *, expanded: bool = False) -> Any:
        """A mapping as an entry.

        Raises:
            ValueError: it does not fit.
        """
        layout = _LAYOUTS.get((cls, *data)) or _laid_out(cls, tuple(data))
        counts = self._counts
        if not expanded:
            counts[layout] += 1
        held: dict[str, Any] = {}
        opened: dict[str, Open] = {}
        for (key, name, text, forms, field), value in zip(layout.slots, data.values(), strict=True):
            if type(value) is str:
                if text is not None:
                    held[name] = text(value)
                    continue
                if value in forms:
                    held[name], written = forms[value]
                    counts[written] += 1
                    continue
            if field is None:
                self._unusual(key, value, cls, path, data, held, opened)
            elif value is not None:
                here = (*path, key)
                if type(value) is dict and (found := self._opened(value, here)):
                    opened[name] = found
                elif type(value) is list and field.shape.many:
                    held[name] = self._list(value, field, here)
                else:
                    held[name] = self._held(value, field, here, opened)
        return entry_of(cls, held, path, {} if expanded else layout.written, opened)

    def _unusual(
        self,
        key: str,
        value: Any,
        cls: type[Node],
        path: Path,
        data: dict[str, Any],
        held: dict[str, Any],
        opened: dict[str, Open],
    ) -> None:
        """A key that is a year, unknown, or there already in another spelling."""
        here = (*path, key)
        known = key_of(cls, key)
        if known is not None:
            other = next(raw for raw in data if (k := key_of(cls, raw)) and k.name == known.name)
            self._twice(here, other)
        elif cls.yearly and PERIOD.fullmatch(key.strip()):
            series = held.setdefault(cls.yearly, {})
            self._period_of(series, key, value, _fields(cls)[cls.yearly], here, opened)
        else:
            self._not_known(key, cls, here, data)

    def _held(self, value: Any, field: Field, path: Path, opened: dict[str, Open]) -> Any:
        shape = field.shape
        if shape.series:
            series: dict[str, Any] = {}
            if type(value) is str:
                series[""] = self._one(value, field, path)
            elif type(value) is dict:
                for period, one in value.items():
                    self._period_of(series, period, one, field, (*path, period), opened)
            else:
                raise UnfitError
            return series
        if not shape.many:
            return self._one(value, field, path)
        if not shape.meta.one:
            raise UnfitError
        return [self._one(value, field, path)]

    def _list(self, values: list[Any], field: Field, path: Path) -> list[Any]:
        found = []
        text = None if field.word else field.text
        forms = field.forms
        cls = field.shape.node
        at_top = len(path) == 1  # only lists there are put together from several files
        for i, value in enumerate(values):
            if type(value) is str and text is not None:
                found.append(text(value))
            elif type(value) is str and value in forms and not at_top:
                one, written = forms[value]
                self._counts[written] += 1
                found.append(one)
            elif value is not None:
                where = (*path, i)
                if at_top:
                    self._counts = self._homes[self._home(where)]
                if type(value) is dict and cls is not None:
                    found.append(self.made(value, cls, where))
                else:
                    found.append(self._one(value, field, where))
        if at_top:
            self._counts = self._homes[self._home(path)]
        return found

    def _period_of(
        self, into: dict[str, Any], period: str, value: Any, field: Field, path: Path, opened: dict[str, Open]
    ) -> None:
        if type(value) is dict and (found := self._opened(value, path)):
            opened[f"{field.name}.{period}"] = found
        elif value is not None:
            into[period] = self._one(value, field, path)

    def _one(self, value: Any, field: Field, path: Path) -> Any:
        """A value that is no list."""
        cls = field.shape.node
        if type(value) is dict:
            if cls is not None:
                return self.made(value, cls, path)
            if field.shape.meta.ref in REGISTERS and field.text:
                return field.text(self._move(value, field.shape.meta.ref, path))
        elif type(value) is str:
            if cls is not None and cls.short:
                return self.made(cls.expand(value), cls, path, expanded=True)
            if field.word is not None:
                return self._fixed(value, field, path)
            if field.text is not None:
                return field.text(value)
        raise UnfitError

    def _fixed(self, value: str, field: Field, path: Path) -> Any:
        """A fixed value, or a text where both may stand."""
        assert field.word
        if value in field.forms:
            found, written = field.forms[value]
            self._counts[written] += 1
            return found
        word = self._word(value, field.word, path)
        if field.text is None:
            if word is None:
                raise UnfitError
            found = field.word(word)
        else:
            found = field.text(value if word is None else f"@{word}" if field.shape.meta.special else word)
        if word is not None and len(field.forms) < _MOST:
            field.forms[value] = found, (value, field.word(word).sv, word)
        return found

    def _move(self, value: dict[str, Any], register: str, path: Path) -> str:
        """An entry written in the place of a reference moves to its register."""
        entry = self.made(value, REGISTERS[register], path)
        self._number += 1
        entry.__dict__.setdefault("id", made_up(register, self._number))
        self.moved.setdefault(register, []).append(entry)
        return str(entry.id)

    def _note(self, _: Path, text: str, sv: str, en: str, _rank: int = -1) -> None:
        self._counts[text, sv, en] += 1

    def written(self) -> Mapping[str, Mapping[Written, int]]:
        """How often each key and each fixed value is written so, by file; to be asked when all is bound."""
        for home, counts in () if self._written else self._homes.items():
            names: defaultdict[Written, int] = defaultdict(int)
            for what, number in counts.items():
                for written in what.names if type(what) is Layout else (what,):
                    names[written] += number
            if names:
                self._written[home] = names
        return self._written


def _adopt(plan: Plan, register: str, entries: list[Node]) -> None:
    """Add entries to the end of their register."""
    holder: Node = plan
    if register in ("observations", "change_factors"):
        cls = names(Plan).shapes["situation"].node
        assert cls
        empty = entry_of(cls, {}, (*plan.path, "lägesbild"), {}, {})
        holder = plan.__dict__.setdefault("situation", empty)
    holder.__dict__[register] = [*getattr(holder, register), *entries]
