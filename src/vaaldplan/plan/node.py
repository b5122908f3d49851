"""What every entry of a plan is made of: a field with a Swedish and an English name, a place, and what is left open.

A field is declared in one line of the model::

    case_number: str | None = key("diarienummer")

The identifier is the English name, the argument the Swedish one. The vocabulary, the JSON Schema, the field reference
and the order of ``fmt`` are derived from these lines.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar

from vaaldplan.finding import Path
from vaaldplan.swedish import Figure, ImpossibleDateError, Time, read_amount, read_figure, read_number, read_time


class Word(StrEnum):
    """A fixed value: the English word is the value, ``sv`` the Swedish one.

    Members are declared ``SOCIETY = "society", "samhälle"``.
    """

    sv: str

    def __new__(cls, value: str, sv: str = "") -> Self:
        """A member with both its names; looked up by value alone."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sv = sv
        return member


class Account(NamedTuple):
    """One of several accounts that differ: what it says, and who says so."""

    value: str
    source: str


class Open(NamedTuple):
    """A fact that is left open on purpose: unknown or none with a reason, or accounts that differ."""

    kind: str
    """``unknown``, ``none`` or ``disputed``."""
    reason: str
    accounts: tuple[Account, ...] = ()
    path: Path = ()


class Meta(NamedTuple):
    """What a field declaration says beside its type."""

    sv: str
    en: str = ""
    """The English name where it differs from the identifier, e.g. ``from``, which Python reserves."""
    required: bool = False
    ref: str = ""
    """The register its texts are ids of, e.g. ``actors``; ``any`` for all of them and the sections of the paper."""
    free: bool = False
    """Free text is allowed in place of an id."""
    special: type[Word] | None = None
    """Words that may stand in place of an id."""
    words: type[Word] | None = None
    """Fixed values that a free text may also be."""
    one: bool = False
    """A single value may stand without being written as a list."""


class Field(NamedTuple):
    """A field of an entry, as declared."""

    meta: Meta
    empty: Callable[[], Any] | None = None
    """What makes its value when it is left out: ``list`` or ``dict``; ``None`` leaves ``None``."""
    annotation: Any = None


def key(sv: str, *, many: bool = False, **meta: Any) -> Any:
    """Declare a field by its Swedish name; ``meta`` are the further parts of ``Meta``.

    ``many`` gives an empty list instead of ``None`` when the field is left out, and so does ``one``.
    """
    return Field(Meta(sv, **meta), list if many or meta.get("one") else None)


def series(sv: str) -> Any:
    """Declare a field that holds one value per year or period."""
    return Field(Meta(sv), dict)


# ------------------------------------------------------------------ what a text may mean


class Reads(NamedTuple):
    """Marks a type with the function that reads its values."""

    read: Callable[[object], Any]


class UnreadableError(ValueError):
    """A value that does not mean what its field holds; the argument says what it is not."""


class Amount(NamedTuple):
    """An amount as written and in kronor."""

    text: str
    kronor: int


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableError("text")
    return value.strip()


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).casefold()
    if word in ("ja", "yes", "true", "sant"):
        return True
    if word in ("nej", "no", "false", "falskt"):
        return False
    raise UnreadableError("flag")


def _count(value: object) -> int:
    number = read_number(_text(value)) if not isinstance(value, int) else float(value)
    if number is None or number != int(number) or number < 0:
        raise UnreadableError("count")
    return int(number)


def _number(value: object) -> float:
    number = read_number(_text(value).removesuffix("%")) if not isinstance(value, int | float) else float(value)
    if number is None:
        raise UnreadableError("number")
    return number


def _amount(value: object) -> Amount:
    if isinstance(value, Amount):
        return value
    text = str(value) if isinstance(value, int) else _text(value)
    kronor = read_amount(text)
    if kronor is None:
        raise UnreadableError("amount")
    return Amount(text, kronor)


def _time(value: object) -> Time:
    if isinstance(value, Time):
        return value
    try:
        return read_time(_line(value))
    except ImpossibleDateError as error:
        raise UnreadableError("impossible") from error


def _date(value: object) -> Time:
    time = _time(value)
    if time.first is None and time.last is None and re.search(r"\d", time.text):
        raise UnreadableError("date")
    return time


def _figure(value: object) -> Figure:
    return value if isinstance(value, Figure) else read_figure(_line(value))


Text = Annotated[str, Reads(_line)]
"""One line of text."""
Prose = Annotated[str, Reads(_text)]
"""Paragraphs, lists, emphasis, links, footnotes and small tables in Markdown."""
Id = Annotated[str, Reads(_line)]
"""A name that other entries refer to: read as it stands (``0114``, ``2.10``, ``no``)."""
Flag = Annotated[bool, Reads(_flag)]
"""``ja`` or ``nej``."""
Count = Annotated[int, Reads(_count)]
"""A whole number."""
Number = Annotated[float, Reads(_number)]
"""A number, with decimal comma or point; a share in percent may carry its sign."""
Kronor = Annotated[Amount, Reads(_amount)]
"""An amount: ``250 tkr``, ``1,5 mkr``, ``12 500``."""
When = Annotated[Time, Reads(_time)]
"""A time in the paper's own words; computed where it can be."""
Date = Annotated[Time, Reads(_date)]
"""A day, a month, a season, a year, or words without figures (``undertecknandet``)."""
Value = Annotated[Figure, Reads(_figure)]
"""A figure, a range or words: ``6 000``, ``8–13``, ``ca 6 000``."""


# ------------------------------------------------------------------ entries


NOTHING_OPEN: dict[str, Open] = {}
"""What is left open in most entries."""


class Entry(type):
    """Gathers the fields that a class of entries declares, after those of the class it builds on."""

    model_fields: dict[str, Field]
    """The fields by identifier, those that every entry may have first."""

    def __init__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> None:
        super().__init__(name, bases, space)
        cls.model_fields = dict(getattr(bases[0], "model_fields", {})) if bases else {}
        for field, annotation in cls.__annotations__.items():
            declared = space.get(field)
            if isinstance(declared, Field):
                cls.model_fields[field] = declared._replace(annotation=annotation)
                setattr(cls, field, declared.empty() if declared.empty else None)  # what a field left out holds


class Node(metaclass=Entry):
    """An entry of the plan. Every field may be left out; what is required is a finding, never an error here.

    The classes declare; ``strict`` makes pydantic models of the declarations, which say what fits.
    """

    short: ClassVar[str] = ""
    """The field that a bare text in place of the entry means, e.g. ``state`` for ``status: pågår``."""
    yearly: ClassVar[str] = ""
    """The field that gathers keys which are years or periods, e.g. ``per_year`` for ``kostnad: {2027: 50 000}``."""
    model_fields: ClassVar[dict[str, Field]] = {}
    """The fields by identifier, those that every entry may have first."""

    source: Text | None = key("källa")
    secondary: Flag | None = key("andrahand")
    inferred: Flag | None = key("tolkad")

    _path: Path
    _written: dict[str, str]
    _open: dict[str, Open]

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values, _path=(), _written={}, _open=NOTHING_OPEN)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is not to be changed")

    @classmethod
    def expand(cls, text: str) -> dict[str, str]:
        """The fields that a bare text in place of the entry stands for."""
        return {cls.short: text}

    @property
    def path(self) -> Path:
        """Where the entry stands in the plan."""
        return self._path

    def at(self, name: str, *further: str | int) -> Path:
        """Where the field ``name`` stands, or would stand: its key as written, else its Swedish name."""
        return (*self._path, self._written.get(name) or meta_of(type(self), name).sv, *further)

    def open(self, name: str, period: str = "") -> Open | None:
        """What is said of a field, or of one period of a series, that is left open on purpose."""
        return self._open.get(f"{name}.{period}" if period else name)

    def opened(self, name: str) -> list[tuple[str, Open]]:
        """The periods of a series that are left open, as ``name.period`` and what is said."""
        return [(k, o) for k, o in self._open.items() if k.startswith(f"{name}.")]

    def opens(self) -> Iterable[tuple[str, Open]]:
        """Everything in this entry that is left open, by field or ``field.period``."""
        return self._open.items()

    def stated(self, name: str) -> bool:
        """Whether anything at all is said of the field: a value, or that it is unknown, none or disputed."""
        held = self.__dict__
        if held.get(name) or name in held["_open"]:
            return True
        value = getattr(self, name)
        return value is not None and value != [] and value != {}

    def locate(self, path: Path, written: dict[str, str], opened: dict[str, Open]) -> None:
        """Tell the entry where it stands. Called by ``load`` only."""
        self.__dict__.update(_path=path, _written=written, _open=opened)


N = TypeVar("N", bound=Node)


def entry_of(cls: type[N], held: dict[str, Any], path: Path, written: dict[str, str], opened: dict[str, Open]) -> N:
    """An entry of a class, with the place where it stands; ``held`` becomes its own."""
    held["_path"], held["_written"], held["_open"] = path, written, opened or NOTHING_OPEN
    entry = _new(cls)
    _set(entry, "__dict__", held)
    return entry


_new, _set = object.__new__, object.__setattr__


def meta_of(cls: type[Node], name: str) -> Meta:
    """The declaration of a field."""
    return cls.model_fields[name].meta
