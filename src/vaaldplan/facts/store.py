"""Facts by kind: the program's own rows, with the municipality's added or put in their place."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from vaaldplan import bounds, tables

from .files import Source, read_file, sources
from .kinds import (
    FIELDS,
    REQUIRED,
    Article,
    Both,
    Fact,
    Goal,
    Grant,
    HelpNumber,
    Law,
    Strategy,
    Target,
    WrongError,
)

FILE = "fakta.toml"
"""The municipality's own facts, beside the plan."""

KINDS: dict[str, tuple[str, type[Fact]]] = {
    "laws": ("lagar", Law),
    "goals": ("mål", Goal),
    "targets": ("delmål", Target),
    "articles": ("artiklar", Article),
    "strategies": ("strategier", Strategy),
    "grants": ("bidrag", Grant),
    "numbers": ("nummer", HelpNumber),
}
"""The English name of a kind, which is its file's too → its Swedish name and what its rows are."""
_ASCII = str.maketrans("åäö", "aao")
_KIND = {name: kind for kind, (sv, _) in KINDS.items() for name in (sv, sv.translate(_ASCII), kind)}
_FIELD = {key: field for field, (sv, _) in FIELDS.items() for key in (sv, sv.translate(_ASCII), field)}

Rows = dict[str, dict[str, Any]]
"""Values by English key, by the id of the row."""
F = TypeVar("F", bound=Fact)


class Fault(NamedTuple):
    """What is wrong with the municipality's own file."""

    kind: str
    """``unreadable``, ``unknown`` or ``value``."""
    variant: str
    place: tables.Place
    params: Mapping[str, Any] = MappingProxyType({})


class Facts:
    """What is known of the world. Each kind is read when first asked for."""

    def __init__(
        self, own: Mapping[str, Rows] = MappingProxyType({}), faults: tuple[Fault, ...] = (), text: str = ""
    ) -> None:
        self._own = own
        self.faults = faults
        """What is wrong with the municipality's own file; what is named here does not count."""
        self.text = text
        """The municipality's own file as it stands."""

    @cached_property
    def laws(self) -> dict[str, Law]:
        """Statutes and regulations, in force and repealed, by number."""
        return self._read("laws", Law)

    @cached_property
    def goals(self) -> dict[str, Goal]:
        """The goals of the national policy for gender equality, by number."""
        return self._read("goals", Goal)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The goals of Agenda 2030 and those of its targets that touch violence, by number."""
        return self._read("targets", Target)

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Articles of the Istanbul Convention, by number."""
        return self._read("articles", Article)

    @cached_property
    def strategies(self) -> dict[str, Strategy]:
        """The strategies of RESPECT, by letter."""
        return self._read("strategies", Strategy)

    @cached_property
    def grants(self) -> dict[str, Grant]:
        """State grants by id."""
        return self._read("grants", Grant)

    @cached_property
    def numbers(self) -> dict[str, HelpNumber]:
        """Telephone numbers for help, by their figures."""
        return self._read("numbers", HelpNumber)

    def of(self, kind: str) -> Mapping[str, Fact]:
        """The rows of a kind by id."""
        rows: Mapping[str, Fact] = getattr(self, kind)
        return rows

    def source(self, fact: Fact) -> Source:
        """Where a row stands written."""
        known = sources().get(fact.source)
        return Source(known.name, known.url, fact.checked) if known else Source(fact.source, fact.url, fact.checked)

    def own(self, kind: str, identity: str) -> bool:
        """Whether a row is the municipality's own, wholly or in part."""
        return identity in self._own.get(kind, {})

    def added(self, kind: str, identity: str) -> bool:
        """Whether a row is known to the municipality alone."""
        return self.own(kind, identity) and identity not in read_file(kind)[kind]

    def successor(self, law: Law) -> Law | None:
        """What holds in place of a law: the last in the row of those that followed it."""
        seen = {law.id}
        found = None
        while law.successor in self.laws and law.successor not in seen:
            found = law = self.laws[law.successor]
            seen.add(law.id)
        return found

    def _read(self, kind: str, cls: type[F]) -> dict[str, F]:
        data = read_file(kind)
        rows: Rows = {key: {"checked": data["checked"], **row} for key, row in data[kind].items()}
        for key, row in self._own.get(kind, {}).items():
            rows[key] = {**rows.get(key, {}), **row}
        return {key: _made(cls, key, row) for key, row in rows.items()}


def _made(cls: type[F], identity: str, row: dict[str, Any]) -> F:
    values = {field: FIELDS[field][1](value) for field, value in row.items()}
    values["name"] = Both.of(values["name"], values.pop("name_en", ""))
    return cls(id=identity, **values)


@cache
def usual() -> Facts:
    """What the program knows by itself; shared, and read once for all plans of a run."""
    return Facts()


def read(folder: Path) -> Facts:
    """The facts for the plans of a folder: the program's, and the municipality's own in ``fakta.toml``.

    What is wrong with that file is in ``faults``; the rest of it counts.
    """
    try:
        text = bounds.text(folder / FILE, tables.LARGEST, inside=folder)
    except FileNotFoundError:
        return usual()
    except (OSError, UnicodeDecodeError) as error:
        kind = bounds.variant(error, "closed")
        return Facts({}, (Fault("unreadable", kind, tables.START),))
    return written(text)


def written(text: str) -> Facts:
    """The facts with those of a text in the form of ``fakta.toml``."""
    try:
        data = tables.parse(text)
    except tables.UnreadableError as error:
        return Facts({}, (Fault("unreadable", "", error.place),), text)
    own: dict[str, Rows] = {}
    faults: list[Fault] = []
    nearest = tables.Nearest()
    for name, held in data.items():
        kind = _KIND.get(name, "")
        if not kind:
            allowed = ", ".join(sv for sv, _ in KINDS.values())
            near = nearest(name, _KIND)
            faults.append(_unknown(name, near, allowed, "table", tables.place(text, name)))
        elif not isinstance(held, dict) or not all(isinstance(row, dict) for row in held.values()):
            faults.append(Fault("value", "table", tables.place(text, name), {"key": name}))
        else:
            rows = own.setdefault(kind, {})
            for identity, row in held.items():
                found = list(_faults(kind, identity, row, text, name, nearest))
                faults += found
                if not found:
                    rows[identity] = {_FIELD[key]: value for key, value in row.items()}
    return Facts(own, tuple(faults), text)


def _faults(
    kind: str, identity: str, row: dict[str, Any], text: str, table: str, nearest: tables.Nearest
) -> Iterator[Fault]:
    """What is wrong with a row of the municipality's own; a row with a fault does not count."""
    cls = KINDS[kind][1]
    fitting = cls.fields() - {"id"} | {"name_en"}
    heads = (f"{table}.{identity}",)
    names = {key: field for key, field in _FIELD.items() if field in fitting}
    allowed = ", ".join(sv for field, (sv, _) in FIELDS.items() if field in fitting)
    for key, value in row.items():
        place = tables.place(text, key, heads)
        if key not in names:
            yield _unknown(key, nearest(key, names), allowed, "", place)
            continue
        try:
            FIELDS[names[key]][1](value)
        except WrongError as wrong:
            yield Fault("value", wrong.args[0], place, {"key": key})
    stated = {_FIELD[key] for key in row if key in names}
    new = identity not in read_file(kind)[kind]
    wanted = [*REQUIRED, *(["phone"] if kind == "numbers" else [])] if new else ["source", "checked"]
    if missing := [FIELDS[field][0] for field in wanted if field not in stated]:
        params = {"key": identity, "missing": ", ".join(missing)}
        yield Fault("value", "missing", tables.place(text, f"{table}.{identity}"), params)


def _unknown(key: str, near: str, allowed: str, variant: str, place: tables.Place) -> Fault:
    variant = "-".join(part for part in (variant, "suggestion" if near else "") if part)
    return Fault("unknown", variant, place, {"key": key, "allowed": allowed, "suggestion": near})


def oldest(facts: list[Fact]) -> date | None:
    """When the row that has not been checked for the longest time was checked."""
    return min((fact.checked for fact in facts), default=None)
