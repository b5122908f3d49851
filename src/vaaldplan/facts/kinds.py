"""The kinds of facts: what a row says, and how its values are read."""

from collections.abc import Callable
from datetime import date
from typing import Any, dataclass_transform

from vaaldplan.patterns import regex


class Both(str):
    """A text in both languages: the English one is the value, ``sv`` the Swedish one."""

    sv: str

    @classmethod
    def of(cls, sv: str, en: str = "") -> "Both":
        """A text; without an English wording it is the same in both."""
        both = cls(en or sv)
        both.sv = sv
        return both


@dataclass_transform(kw_only_default=True)
class Row:
    """A class of this kind declares its fields; the library's own dataclasses cost a check more than its rules."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.items()))

    @classmethod
    def fields(cls) -> frozenset[str]:
        """The names of its fields."""
        from inspect import get_annotations  # asked for by a municipality's own facts only

        return frozenset(name for base in cls.__mro__ for name in get_annotations(base))


class Fact(Row):
    """A row: what it is, where it stands written, when that was checked, and when it holds."""

    id: str
    name: Both
    source: str
    """The key of a source, or its name in a row of the municipality's own."""
    checked: date
    url: str = ""
    """The address in a row of the municipality's own."""
    valid_from: str = ""
    """From which day, month or year, as far as the source tells: ``2025-07-01``, ``2025-09``."""
    valid_until: str = ""
    """The last day, month or year."""

    def over(self, day: str) -> bool:
        """Whether it no longer holds on a day, written ``2026-11-27``."""
        return bool(self.valid_until) and day[: len(self.valid_until)] > self.valid_until


class Law(Fact):
    """A statute or a regulation; the id is its number, with the series where that is not SFS: ``SOSFS 2014:4``."""

    short: tuple[str, ...] = ()
    """Its abbreviations: ``SoL``."""
    known_as: tuple[str, ...] = ()
    """Names that no other law has had."""
    successor: str = ""
    """The id of what holds in its place."""


class Goal(Fact):
    """A national goal; the name is its wording or a summary of it."""

    violence: bool = False
    """Whether a plan against violence links to it."""
    words: tuple[str, ...] = ()
    """Words by which a text that does not give the number shows that the goal is meant."""
    old_words: tuple[str, ...] = ()
    """Words of the wording it had before."""


class Target(Fact):
    """A target of Agenda 2030, or a whole goal with the numbers and letters of its targets."""

    last: int = 0
    letters: str = ""
    needed: bool = False
    """Whether a plan against violence links to it."""


class Article(Fact):
    """An article of the Istanbul Convention."""

    municipal: bool = False
    """Whether it falls on a municipality's plan."""


class Strategy(Fact):
    """One of the seven strategies of RESPECT; the id is its letter."""


class Grant(Fact):
    """A state grant."""

    giver: str = ""
    recipients: tuple[str, ...] = ()
    """Who may apply: ``municipalities``, ``regions``, ``municipal associations``, ``civil society``."""
    words: tuple[str, ...] = ()
    """Words by which a text names it, in small letters; the number of its ordinance among them."""
    years: tuple[int, ...] = ()
    """The years it is known to be given for, when it is not given until further notice."""
    apply_by: str = ""
    """The last day of the latest call that is known."""
    only_new: bool = False
    """Whether it may not pay for what the municipality does or must do already."""
    alone: bool = False
    """Whether it is not given for what another state grant pays for."""


class HelpNumber(Fact):
    """A telephone number for help, in the whole country."""

    phone: str
    needed: bool = False
    """Whether a plan carries it."""


class WrongError(Exception):
    """A value that cannot be used: the variant of the fault."""


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise WrongError("text")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongError("flag")
    return value


def _day(value: Any) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(_text(value))
    except ValueError as error:
        raise WrongError("date") from error


_YEAR_OR_MONTH = regex(r"\d{4}(-(0[1-9]|1[0-2]))?")


def _time(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    text = _text(value)
    if not _YEAR_OR_MONTH.fullmatch(text):
        return _day(text).isoformat()
    return text


def _years(value: Any) -> tuple[int, ...]:
    found = value if isinstance(value, list) else [value]
    if not found or not all(type(year) is int and 1900 < year < 2200 for year in found):
        raise WrongError("year")
    return tuple(found)


def _count(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise WrongError("number")
    return value


_RECIPIENTS = {
    "kommuner": "municipalities",
    "regioner": "regions",
    "kommunalförbund": "municipal associations",
    "civilsamhälle": "civil society",
}


def _recipients(value: Any) -> tuple[str, ...]:
    found = tuple(_RECIPIENTS.get(one, one) for one in _texts(value))
    if not set(found) <= set(_RECIPIENTS.values()):
        raise WrongError("recipients")
    return found


def _lower(value: Any) -> tuple[str, ...]:
    return tuple(one.casefold() for one in _texts(value))


Reader = Callable[[Any], Any]

FIELDS: dict[str, tuple[str, Reader]] = {
    "name": ("namn", _text),
    "name_en": ("namn_en", _text),
    "source": ("källa", _text),
    "url": ("länk", _text),
    "checked": ("kontrollerad", _day),
    "valid_from": ("gäller_från", _time),
    "valid_until": ("gäller_till", _time),
    "short": ("förkortningar", _texts),
    "known_as": ("kallas", _texts),
    "successor": ("efterföljare", _text),
    "violence": ("våld", _flag),
    "words": ("ord", _lower),
    "old_words": ("tidigare_ord", _lower),
    "last": ("sista_delmål", _count),
    "letters": ("bokstäver", _text),
    "needed": ("måste_finnas", _flag),
    "municipal": ("för_kommuner", _flag),
    "giver": ("ges_av", _text),
    "recipients": ("ges_till", _recipients),
    "years": ("år", _years),
    "apply_by": ("ansök_senast", _time),
    "only_new": ("bara_nytt", _flag),
    "alone": ("inte_med_andra_bidrag", _flag),
    "phone": ("telefon", _text),
}
"""The English key of a value → its Swedish key and what reads it."""
REQUIRED = ("name", "source", "checked")
"""What every row says; a number its ``phone`` too."""
