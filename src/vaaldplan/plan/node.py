"""What every entry of a plan is made of: a field with a Swedish and an English name, a place, and what is left open.

A field is declared in one line of the model::

    case_number: str | None = key("diarienummer")

The identifier is the English name, the argument the Swedish one. The vocabulary, the JSON Schema, the field reference
and the order of ``fmt`` are derived from these lines.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, PrivateAttr
from pydantic_core import PydanticCustomError

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


def key(sv: str, *, many: bool = False, **meta: Any) -> Any:
    """Declare a field by its Swedish name; ``meta`` are the further parts of ``Meta``.

    ``many`` gives an empty list instead of ``None`` when the field is left out, and so does ``one``.
    """
    extra: Any = {"meta": Meta(sv, **meta)}
    if many or meta.get("one"):
        return Field(default_factory=list, json_schema_extra=extra)
    return Field(default=None, json_schema_extra=extra)


def series(sv: str) -> Any:
    """Declare a field that holds one value per year or period."""
    extra: Any = {"meta": Meta(sv)}
    return Field(default_factory=dict, json_schema_extra=extra)


# ------------------------------------------------------------------ what a text may mean


class Amount(NamedTuple):
    """An amount as written and in kronor."""

    text: str
    kronor: int


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "not a text")
    return value.strip()


def _line(value: object) -> str:
    return re.sub(r"\s+", " ", _text(value))


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).casefold()
    if word in ("ja", "yes", "true", "sant"):
        return True
    if word in ("nej", "no", "false", "falskt"):
        return False
    raise PydanticCustomError("flag", "not yes or no")


def _count(value: object) -> int:
    number = read_number(_text(value)) if not isinstance(value, int) else float(value)
    if number is None or number != int(number) or number < 0:
        raise PydanticCustomError("count", "not a whole number")
    return int(number)


def _number(value: object) -> float:
    number = read_number(_text(value).removesuffix("%")) if not isinstance(value, int | float) else float(value)
    if number is None:
        raise PydanticCustomError("number", "not a number")
    return number


def _amount(value: object) -> Amount:
    if isinstance(value, Amount):
        return value
    text = str(value) if isinstance(value, int) else _text(value)
    kronor = read_amount(text)
    if kronor is None:
        raise PydanticCustomError("amount", "not an amount")
    return Amount(text, kronor)


def _time(value: object) -> Time:
    if isinstance(value, Time):
        return value
    try:
        return read_time(_line(value))
    except ImpossibleDateError as error:
        raise PydanticCustomError("impossible", "no such day") from error


def _date(value: object) -> Time:
    time = _time(value)
    if time.first is None and time.last is None and re.search(r"\d", time.text):
        raise PydanticCustomError("date", "not a date")
    return time


def _figure(value: object) -> Figure:
    return value if isinstance(value, Figure) else read_figure(_line(value))


Text = Annotated[str, PlainValidator(_line)]
"""One line of text."""
Prose = Annotated[str, PlainValidator(_text)]
"""Paragraphs, lists, emphasis, links, footnotes and small tables in Markdown."""
Id = Annotated[str, PlainValidator(_line)]
"""A name that other entries refer to: read as it stands (``0114``, ``2.10``, ``no``)."""
Flag = Annotated[bool, PlainValidator(_flag)]
"""``ja`` or ``nej``."""
Count = Annotated[int, PlainValidator(_count)]
"""A whole number."""
Number = Annotated[float, PlainValidator(_number)]
"""A number, with decimal comma or point; a share in percent may carry its sign."""
Kronor = Annotated[Amount, PlainValidator(_amount)]
"""An amount: ``250 tkr``, ``1,5 mkr``, ``12 500``."""
When = Annotated[Time, PlainValidator(_time)]
"""A time in the paper's own words; computed where it can be."""
Date = Annotated[Time, PlainValidator(_date)]
"""A day, a month, a season, a year, or words without figures (``undertecknandet``)."""
Value = Annotated[Figure, PlainValidator(_figure)]
"""A figure, a range or words: ``6 000``, ``8–13``, ``ca 6 000``."""


# ------------------------------------------------------------------ entries


class Node(BaseModel):
    """An entry of the plan. Every field may be left out; what is required is a finding, never an error here."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    short: ClassVar[str] = ""
    """The field that a bare text in place of the entry means, e.g. ``state`` for ``status: pågår``."""
    yearly: ClassVar[str] = ""
    """The field that gathers keys which are years or periods, e.g. ``per_year`` for ``kostnad: {2027: 50 000}``."""

    source: Text | None = key("källa")
    secondary: Flag | None = key("andrahand")
    inferred: Flag | None = key("tolkad")

    _path: Path = PrivateAttr(default=())
    _written: dict[str, str] = PrivateAttr(default_factory=dict)
    _open: dict[str, Open] = PrivateAttr(default_factory=dict)

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
        value = getattr(self, name)
        return (value is not None and value != [] and value != {}) or name in self._open

    def locate(self, path: Path, written: dict[str, str], opened: dict[str, Open]) -> None:
        """Tell the entry where it stands. Called by ``load`` only."""
        self._path, self._written, self._open = path, written, opened


def meta_of(cls: type[Node], name: str) -> Meta:
    """The declaration of a field."""
    extra = cls.model_fields[name].json_schema_extra
    assert isinstance(extra, dict)
    meta = extra["meta"]
    assert isinstance(meta, Meta)
    return meta
