"""Plain data in the author's words → the same data under the model's identifiers, guided by the model."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from vaaldplan.finding import MOST_FINDINGS, Finding, Path, Severity

from .goals import ChangeFactor, Goal, Indicator, Observation
from .measures import Measure
from .node import NOTHING_OPEN, Account, Node, Open, Text, Word, key
from .organisation import Actor
from .paper import Chapter, RelatedDocument
from .spelling import Name, Written, by_file, usual
from .vocabulary import PERIOD, Shape, certain, names, normal, suggested, values, written_key

REGISTERS: dict[str, type[Node]] = {
    "actors": Actor,
    "goals": Goal,
    "indicators": Indicator,
    "observations": Observation,
    "change_factors": ChangeFactor,
    "related_documents": RelatedDocument,
    "measures": Measure,
    "chapters": Chapter,
}
"""The registers that references point into, and the class of their entries."""

INLINE = "~"
"""Begins the id of an entry that was written in the place of a reference and has no id of its own."""


class AccountEntry(Node):
    """One of several accounts that differ."""

    value: Text | None = key("värde")


class OpenFact(Node):
    """A fact left open on purpose."""

    unknown: Text | None = key("okänt")
    none: Text | None = key("finns_inte")
    accounts: list[AccountEntry] = key("uppgifter", many=True)


class Place(NamedTuple):
    """Where an entry stands, its keys as written, and what is left open in it."""

    path: Path
    written: dict[str, str]
    opened: dict[str, Open]


class Key(NamedTuple):
    """What a key means: a field, what it holds, its names in both languages, and its rank."""

    name: str
    shape: Shape
    sv: str
    en: str
    rank: int
    stays: bool
    """Whether a text stays as it is."""


_MOST_KEYS = 1000
"""So many keys of a class are remembered; a plan has few different ones."""


_MET: defaultdict[type[Node], dict[str, Key]] = defaultdict(dict)
"""The keys of each class that have been met, as written, and what they mean."""


def key_of(cls: type[Node], raw: str) -> Key | None:
    """What a key of a class means; ``None`` when it means nothing."""
    known = _MET[cls]
    if raw in known:
        return known[raw]
    identifiers, shapes, ranks = names(cls)
    name = identifiers.get(normal(raw))
    if name is None:
        return None
    shape = shapes[name]
    meta = shape.meta
    stays = not (shape.node or shape.series or shape.many or shape.word or meta.words or meta.special)
    found = Key(name, shape, meta.sv, meta.en or name, ranks[name], stays)
    if len(known) < _MOST_KEYS:
        known[raw] = found
    return found


def made_up(register: str, number: int) -> str:
    """The id of an entry that was written in the place of a reference and has none of its own."""
    return f"{INLINE}{register}-{number}"


@lru_cache(_MOST_KEYS)
def _fact(raw: str) -> str | None:
    """What a key of a fact left open means."""
    return names(OpenFact).identifiers.get(normal(raw))


@lru_cache(_MOST_KEYS)  # a slip is often made in many entries
def _guess(raw: str, cls: type[Node], used: frozenset[str]) -> tuple[str, bool]:
    """The field that an unknown key probably means, of those that are not used, and whether it surely does."""
    meanings = _meanings(cls, used)
    guess = suggested(raw, list(meanings))
    return (names(cls).identifiers[normal(guess)], certain(raw, meanings)) if guess else ("", False)


@lru_cache(_MOST_KEYS)
def _meanings(cls: type[Node], used: frozenset[str]) -> dict[str, str]:
    """The keys of the fields that are not used, in both languages, and the fields."""
    free = [n for n in names(cls).shapes if n not in used]
    return {spelt: n for n in free for spelt in (written_key(cls, n), written_key(cls, n, "en"))}


@lru_cache(_MOST_KEYS)
def _allowed(cls: type[Node], spelling: str) -> str:
    """The keys that an entry may have, beside those that every entry may."""
    return ", ".join(written_key(cls, n, spelling) for n in names(cls).shapes if n not in Node.model_fields)


class Binder:
    """Translates the author's names to identifiers, guided by the model; remembers where everything stood."""

    def __init__(self, home: Callable[[Path], str] = lambda _: "") -> None:
        self.findings: list[Finding] = []
        self.places: dict[int, Place] = {}
        self.elements: dict[int, list[Path]] = {}
        self.inline: dict[str, list[dict[str, Any]]] = {}
        self.names: list[Name] = []
        """Every key and fixed value that was understood."""
        self.doubled: set[Path] = set()
        """Keys whose field is there once more in another spelling."""
        self.suggested: set[tuple[Path, str]] = set()
        """Fields that a misspelt key probably meant: they are not reported as missing too."""
        self._keep: list[Any] = []
        self._alike: dict[tuple[object, ...], dict[str, str]] = {}
        self._home = home
        self._unknown: list[tuple[str, type[Node], Path, dict[str, Any]]] = []
        self._spellings: dict[str, str] = {}

    def entry(self, data: dict[str, Any], cls: type[Node], path: Path) -> dict[str, Any]:
        """Bind a mapping to a class."""
        known = _MET[cls]
        place = Place(path, {}, {})
        written = place.written
        bound: dict[str, Any] = {}
        for raw, value in data.items():
            here = (*path, raw)
            found = known.get(raw) or key_of(cls, raw)
            if found is None:
                if cls.yearly and PERIOD.fullmatch(raw.strip()):
                    gathered = bound.setdefault(cls.yearly, {})
                    if isinstance(gathered, dict):
                        self._period(gathered, raw, value, names(cls).shapes[cls.yearly], here, cls.yearly, place)
                else:
                    self._not_known(raw, cls, here, data)
                continue
            name, shape, sv, en, rank, stays = found
            if name in written:
                self._twice(here, written[name])
                continue
            written[name] = raw
            self.names.append(Name(here, raw, sv, en, rank))
            if value is None:
                continue
            if stays and type(value) is str:
                bound[name] = value
            elif isinstance(value, dict) and (opened := self._opened(value, here)):
                place.opened[name] = opened
            else:
                bound[name] = self._value(value, shape, here, name, place)
        # Most entries of a class are written with the same keys: they share what says so.
        written = self._alike.setdefault((cls, *written.values()), written)
        self.places[id(bound)] = Place(path, written, place.opened or NOTHING_OPEN)
        self._keep.append(bound)
        return bound

    def _twice(self, path: Path, other: str) -> None:
        """A key whose field is there already, in another spelling."""
        self._find("S04", path, variant="spelling", key=path[-1], other=other)
        self.doubled.add((*path[:-1], other))

    def _not_known(self, raw: str, cls: type[Node], path: Path, data: dict[str, Any]) -> None:
        if not raw.casefold().startswith("x-"):
            self._unknown.append((raw, cls, path, data))

    def _value(self, value: Any, shape: Shape, path: Path, name: str, place: Place) -> Any:
        if shape.series:
            gathered: dict[str, Any] = {}
            if isinstance(value, dict):
                for period, one in value.items():
                    self._period(gathered, period, one, shape, (*path, period), name, place)
            elif isinstance(value, str):
                gathered[""] = self._item(value, shape, path)
            else:
                return value
            return gathered
        if not shape.many:
            return self._item(value, shape, path)
        if isinstance(value, list):
            kept = [(item, (*path, i)) for i, item in enumerate(value) if item is not None]
        elif shape.meta.one:
            kept = [(value, path)]
        else:
            return value
        bound = [self._item(item, shape, where) for item, where in kept]
        self.elements[id(bound)] = [where for _, where in kept]
        self._keep.append(bound)
        return bound

    def _period(
        self, into: dict[str, Any], period: str, value: Any, shape: Shape, path: Path, name: str, place: Place
    ) -> None:
        if opened := self._opened(value, path):
            place.opened[f"{name}.{period}"] = opened
        elif value is not None:
            into[period] = self._item(value, shape, path)

    def _item(self, value: Any, shape: Shape, path: Path) -> Any:
        meta = shape.meta
        if shape.node is not None:
            if isinstance(value, str) and shape.node.short:
                return self._expanded(value, shape.node, path)
            return self.entry(value, shape.node, path) if isinstance(value, dict) else value
        if meta.ref in REGISTERS and isinstance(value, dict):
            return self._inline(value, meta.ref, path)
        if isinstance(value, str):
            if word := shape.word or meta.words:
                return self._word(value, word, path) or value
            if meta.special and (special := self._word(value, meta.special, path)):
                return f"@{special}"
        return value

    def _word(self, value: str, word: type[Word], path: Path) -> str | None:
        """The fixed value that a text is."""
        found = values(word).get(normal(value))
        if found:
            self._note(path, value, word(found).sv, found)
        return found

    def _note(self, path: Path, text: str, sv: str, en: str, rank: int = -1) -> None:
        """Remember how a key or a fixed value is written."""
        self.names.append(Name(path, text, sv, en, rank))

    def _expanded(self, text: str, cls: type[Node], path: Path) -> dict[str, Any]:
        """A bare text in place of an entry."""
        before = len(self.names)
        bound = self.entry(dict(cls.expand(text)), cls, path)
        self.places[id(bound)] = self.places[id(bound)]._replace(written={})  # the author wrote no keys
        written = [n._replace(path=path) for n in self.names[before:] if not n.is_key and n.text == text]
        self.names[before:] = written
        return bound

    def _inline(self, value: dict[str, Any], register: str, path: Path) -> str:
        """An entry written in the place of a reference moves to its register; a made-up id stands in its place."""
        bound = self.entry(value, REGISTERS[register], path)
        bound.setdefault("id", made_up(register, len(self._keep)))
        self.inline.setdefault(register, []).append(bound)
        return str(bound["id"])

    def _opened(self, value: Any, path: Path) -> Open | None:
        """``{okänt: skäl}``, ``{finns_inte: skäl}`` or ``{uppgifter: […]}``; anything else gives ``None``."""
        if not isinstance(value, dict):
            return None
        fields: dict[str, str] = {}
        for raw in value:
            name = _fact(raw)
            if name is None:
                return None
            fields[name] = raw
        kinds = {"unknown", "none", "accounts"} & fields.keys()
        if len(kinds) != 1:
            return None
        kind = kinds.pop()
        written = fields[kind]
        inside = value[written]
        if kind == "accounts" and not (isinstance(inside, list) and any(isinstance(a, dict) for a in inside)):
            return None  # a list of texts is something else called the same, such as the tasks of a steering group
        for name, raw in fields.items():
            self._name(OpenFact, name, raw, (*path, raw))
        if kind != "accounts":
            return Open(kind, inside if isinstance(inside, str) else "", (), path)
        accounts = []
        for i, account in enumerate(inside if isinstance(inside, list) else []):
            if isinstance(account, dict):
                parts: dict[str, Any] = {}
                for raw, said in account.items():
                    if name := names(AccountEntry).identifiers.get(normal(raw)):
                        parts[name] = said
                        self._name(AccountEntry, name, raw, (*path, written, i, raw))
                accounts.append(Account(str(parts.get("value") or ""), str(parts.get("source") or "")))
            elif isinstance(account, str):
                accounts.append(Account(account, ""))
        return Open("disputed", "", tuple(accounts), path)

    def _name(self, cls: type[Node], name: str, raw: str, path: Path) -> None:
        meta = names(cls).shapes[name].meta
        self._note(path, raw, meta.sv, meta.en or name, names(cls).ranks[name])

    def finish(self) -> None:
        """Say which keys are unknown, in the spelling of their files, which is known only when all is read."""
        meant: set[tuple[Path, str]] = set()
        used: dict[int, frozenset[str]] = {}
        for raw, cls, path, data in self._unknown:
            if len(self.findings) >= MOST_FINDINGS:
                break
            if data[raw] is None and " " in raw.strip():
                self._find("S05", path, variant="comma", key=raw)  # a comma in a text between braces cuts it in two
                continue
            if id(data) not in used:
                used[id(data)] = frozenset(known.name for each in data if (known := key_of(cls, each)))
            name, sure = _guess(raw, cls, used[id(data)])
            spelling = self.spelling(path)
            if not name:
                self._find("S05", path, key=raw, allowed=_allowed(cls, spelling))
                continue
            guess = written_key(cls, name, spelling)
            sure = sure and (path[:-1], name) not in meant
            meant.add((path[:-1], name))
            self.suggested.add((path[:-1], name))
            self._find("S05", path, variant="suggestion", meant=guess if sure else "", key=raw, suggestion=guess)

    def spelling(self, path: Path = ()) -> str:
        """The spelling of the file that a place stands in; to be asked when all is bound."""
        home = self._home(path)
        if home not in self._spellings:
            self._spellings[home] = usual(self.written().get(home, {}))
        return self._spellings[home]

    def written(self) -> Mapping[str, Mapping[Written, int]]:
        """How often each key and each fixed value is written so, by file."""
        return by_file(self.names, self._home)

    def _find(self, code: str, path: Path, *, variant: str = "", meant: str = "", **params: Any) -> None:
        self.tell(Finding(code, Severity.ERROR, path, params, variant, meant=meant))

    def tell(self, finding: Finding) -> None:
        """Add a finding, unless there are more than anybody reads."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)
