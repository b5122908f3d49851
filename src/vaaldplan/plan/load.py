"""Plain data → always a plan, and findings about what could not be read.

1. ``Binder`` translates names to identifiers and sets aside facts that are left open.
2. Pydantic validates. Each of its errors becomes a finding, the faulty value is taken out, and it validates again.
3. Every entry learns where it stands; required fields and references are looked up.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from vaaldplan.finding import Finding, Path, Severity

from .goals import ChangeFactor, Goal, Indicator, Observation
from .measures import Measure
from .model import Plan
from .node import Account, Node, Open, Text, key
from .organisation import Actor
from .paper import Chapter, RelatedDocument
from .vocabulary import PERIOD, Shape, names, nearest, normal, spelling_of, values, written_key, written_value

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


class _AccountEntry(Node):
    """One of several accounts that differ."""

    value: Text | None = key("värde")


class _OpenFact(Node):
    """A fact left open on purpose."""

    unknown: Text | None = key("okänt")
    none: Text | None = key("finns_inte")
    accounts: list[_AccountEntry] = key("uppgifter", many=True)


class Loaded(NamedTuple):
    """A plan, what could not be read of it, and in which spelling it is written."""

    plan: Plan
    findings: tuple[Finding, ...]
    spelling: str


class _Place(NamedTuple):
    path: Path
    written: dict[str, str]
    opened: dict[str, Open]


class Binder:
    """Translates the author's names to identifiers, guided by the model; remembers where everything stood."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.places: dict[int, _Place] = {}
        self.elements: dict[int, list[Path]] = {}
        self.inline: dict[str, list[dict[str, Any]]] = {}
        self.spellings: Counter[str] = Counter()
        self.suggested: set[tuple[Path, str]] = set()
        """Fields that a misspelt key probably meant: they are not reported as missing too."""
        self._keep: list[Any] = []

    def entry(self, data: dict[str, Any], cls: type[Node], path: Path) -> dict[str, Any]:
        """Bind a mapping to a class."""
        identifiers, shapes = names(cls)
        place = _Place(path, {}, {})
        bound: dict[str, Any] = {}
        for raw, value in data.items():
            name = identifiers.get(normal(raw))
            here = (*path, raw)
            if name is None:
                if cls.yearly and PERIOD.fullmatch(raw.strip()):
                    gathered = bound.setdefault(cls.yearly, {})
                    self._period(gathered, raw, value, shapes[cls.yearly], here, cls.yearly, place)
                elif not raw.casefold().startswith("x-"):
                    self._unknown(raw, cls, here, data)
                continue
            if name in place.written:
                self._find("S04", here, variant="spelling", key=raw, other=place.written[name])
                continue
            place.written[name] = raw
            if spelling := spelling_of(raw, shapes[name].meta, name):
                self.spellings[spelling] += 1
            if value is None:
                continue
            if opened := self._opened(value, here):
                place.opened[name] = opened
                continue
            bound[name] = self._value(value, shapes[name], here, name, place)
        self.places[id(bound)] = place
        self._keep.append(bound)
        return bound

    def _value(self, value: Any, shape: Shape, path: Path, name: str, place: _Place) -> Any:
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
        self, into: dict[str, Any], period: str, value: Any, shape: Shape, path: Path, name: str, place: _Place
    ) -> None:
        if opened := self._opened(value, path):
            place.opened[f"{name}.{period}"] = opened
        elif value is not None:
            into[period] = self._item(value, shape, path)

    def _item(self, value: Any, shape: Shape, path: Path) -> Any:
        meta = shape.meta
        if shape.node is not None:
            if isinstance(value, str) and shape.node.short:
                bound = self.entry(dict(shape.node.expand(value)), shape.node, path)
                self.places[id(bound)].written.clear()  # the author wrote no keys
                return bound
            return self.entry(value, shape.node, path) if isinstance(value, dict) else value
        if meta.ref in REGISTERS and isinstance(value, dict):
            return self._inline(value, meta.ref, path)
        if isinstance(value, str):
            if word := shape.word or meta.words:
                return values(word).get(normal(value), value)
            if meta.special and (special := values(meta.special).get(normal(value))):
                return f"@{special}"
        return value

    def _inline(self, value: dict[str, Any], register: str, path: Path) -> str:
        """An entry written in the place of a reference moves to its register; a made-up id stands in its place."""
        bound = self.entry(value, REGISTERS[register], path)
        bound.setdefault("id", f"{INLINE}{register}-{len(self._keep)}")
        self.inline.setdefault(register, []).append(bound)
        return str(bound["id"])

    def _opened(self, value: Any, path: Path) -> Open | None:
        """``{okänt: skäl}``, ``{finns_inte: skäl}`` or ``{uppgifter: […]}``; anything else gives ``None``."""
        if not isinstance(value, dict):
            return None
        identifiers = names(_OpenFact).identifiers
        fields = {identifiers.get(normal(k)): v for k, v in value.items()}
        kinds = {"unknown", "none", "accounts"} & fields.keys()
        if len(kinds) != 1 or None in fields:
            return None
        kind = kinds.pop()
        if kind != "accounts":
            reason = fields[kind]
            return Open(str(kind), reason if isinstance(reason, str) else "", (), path)
        accounts = []
        for account in fields["accounts"] if isinstance(fields["accounts"], list) else []:
            if isinstance(account, dict):
                parts = {names(_AccountEntry).identifiers.get(normal(k)): v for k, v in account.items()}
                accounts.append(Account(str(parts.get("value") or ""), str(parts.get("source") or "")))
            elif isinstance(account, str):
                accounts.append(Account(account, ""))
        return Open("disputed", "", tuple(accounts), path)

    def _unknown(self, raw: str, cls: type[Node], path: Path, data: dict[str, Any]) -> None:
        identifiers, shapes = names(cls)
        if data[raw] is None and " " in raw.strip():
            self._find("S05", path, variant="comma", key=raw)  # a comma in a text between braces cuts it in two
            return
        used = {identifiers.get(normal(k)) for k in data}
        free = [n for n in shapes if n not in used]
        spelling = self.spelling
        guess = nearest(raw, [s for n in free for s in (written_key(cls, n), written_key(cls, n, "en"))])
        if guess:
            name = identifiers[normal(guess)]
            guess = written_key(cls, name, spelling)
            self.suggested.add((path[:-1], name))
            self._find("S05", path, variant="suggestion", key=raw, suggestion=guess)
        else:
            common = set(Node.model_fields)
            allowed = ", ".join(written_key(cls, n, spelling) for n in shapes if n not in common)
            self._find("S05", path, key=raw, allowed=allowed)

    @property
    def spelling(self) -> str:
        """The spelling most keys so far are written in."""
        return self.spellings.most_common(1)[0][0] if self.spellings else "sv"

    def _find(self, code: str, path: Path, *, variant: str = "", **params: Any) -> None:
        self.findings.append(Finding(code, Severity.ERROR, path, params, variant))


def load(data: dict[str, Any], *, complete: bool = True) -> Loaded:
    """Load plain data (mappings, lists, texts, ``None``) into a plan.

    Args:
        data: what ``source`` read.
        complete: whether all of it could be read; if not, nothing is said of what seems to be missing.
    """
    binder = Binder()
    bound = binder.entry(data, Plan, ())
    for register, entries in binder.inline.items():
        _adopt(bound, register, entries, binder)
    plan = _validate(bound, binder)
    _locate(plan, bound, binder)
    if complete:
        binder.findings += _missing(plan, binder)
        binder.findings += _references(plan)
    return Loaded(plan, tuple(binder.findings), binder.spelling)


def _adopt(bound: dict[str, Any], register: str, entries: list[dict[str, Any]], binder: Binder) -> None:
    """Add the inline entries to the end of their register."""
    holder = bound.setdefault("situation", {}) if register in ("observations", "change_factors") else bound
    if not isinstance(holder, dict):
        return
    binder.places.setdefault(id(holder), _Place((*binder.places[id(bound)].path, "lägesbild"), {}, {}))
    there = holder.setdefault(register, [])
    if isinstance(there, list):
        paths = binder.elements.setdefault(id(there), [])
        for entry in entries:
            there.append(entry)
            paths.append(binder.places[id(entry)].path)


def _validate(bound: dict[str, Any], binder: Binder) -> Plan:
    """Validate; put every error into a finding, take the faulty value out, and validate again."""
    while True:
        try:
            return Plan.model_validate(bound)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False, include_context=False)
            removals: dict[int, tuple[Any, set[Any]]] = {}
            for fault in faults:
                _fault(bound, fault["loc"], fault["type"], binder, removals)
            for container, keys in removals.values():
                _remove(container, keys, binder)


def _remove(container: Any, keys: set[Any], binder: Binder) -> None:
    if isinstance(container, dict):
        for one in keys:
            container.pop(one, None)
    else:
        paths = binder.elements[id(container)]
        for i in sorted(keys, reverse=True):
            del container[i], paths[i]


def _fault(
    bound: dict[str, Any],
    loc: tuple[int | str, ...],
    kind: str,
    binder: Binder,
    removals: dict[int, tuple[Any, set[Any]]],
) -> None:
    """Turn one pydantic error into a finding and note what to take out."""
    node: Any = bound
    cls: type[Node] | None = Plan
    shape: Shape | None = None
    path: Path = ()
    container, step = node, loc[0]
    for step in loc:
        container = node
        if isinstance(node, dict) and id(node) in binder.places and cls is not None:
            place = binder.places[id(node)]
            shape = names(cls).shapes[str(step)]
            path = (*place.path, place.written.get(str(step), ""))
            if not path[-1]:
                path = place.path  # the value came from a bare text in place of the entry, or from gathered years
            node, cls = node[step], shape.node
        elif isinstance(node, list):
            path = binder.elements[id(node)][int(step)]
            node = node[int(step)]
        else:
            path = (*path, step) if step else path
            node = node[step]
    held = removals.setdefault(id(container), (container, set()))
    if step in held[1]:
        return
    held[1].add(step)
    binder.findings.append(_worded(kind, node, shape, path, binder.spelling))


def _worded(kind: str, value: Any, shape: Shape | None, path: Path, spelling: str) -> Finding:
    """The finding S07 with the variant that fits the fault."""
    written = value if isinstance(value, str) else ""
    field = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    params: dict[str, Any] = {"key": field, "value": written}
    if kind == "enum" and isinstance(value, str) and shape and shape.word:
        allowed = [written_value(m, spelling) for m in shape.word]
        guess = nearest(value, allowed)
        params |= {"allowed": ", ".join(allowed), "suggestion": guess}
        variant = "word-suggestion" if guess else "word"
    elif isinstance(value, list):
        variant = "one-value"
    elif isinstance(value, dict):
        variant = "no-entry"
    elif kind in ("model_type", "model_attributes_type") and shape and shape.node:
        common = set(Node.model_fields)
        params["allowed"] = ", ".join(
            written_key(shape.node, n, spelling) for n in names(shape.node).shapes if n not in common
        )
        variant = "entry"
    elif kind == "list_type":
        variant = "list"
    else:
        variant = kind
    return Finding("S07", Severity.ERROR, path, params, variant)


def _locate(node: Node, bound: dict[str, Any], binder: Binder) -> None:
    """Tell every entry where it stands, walking the model and the bound data side by side."""
    node.locate(*binder.places[id(bound)])
    for name, value in bound.items():
        attribute = getattr(node, name)
        if isinstance(attribute, Node):
            _locate(attribute, value, binder)
        elif isinstance(attribute, list) and attribute and isinstance(attribute[0], Node):
            for child, data in zip(attribute, value, strict=True):
                _locate(child, data, binder)
        elif isinstance(attribute, dict):
            for period, child in attribute.items():
                if isinstance(child, Node):
                    _locate(child, value[period], binder)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and every entry below it, in the order of the model."""
    yield node
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield from walk(value)
        elif isinstance(value, list) and value and isinstance(value[0], Node):
            for child in value:
                yield from walk(child)
        elif isinstance(value, dict):
            for child in value.values():
                if isinstance(child, Node):
                    yield from walk(child)


def _missing(plan: Plan, binder: Binder) -> Iterator[Finding]:
    for node in walk(plan):
        for name, shape in names(type(node)).shapes.items():
            if shape.meta.required and not node.stated(name) and (node.path, name) not in binder.suggested:
                wanted = written_key(type(node), name, binder.spelling)
                yield Finding(
                    "S06", Severity.ERROR, node.path, {"key": wanted}, "empty" if name in node._written else ""
                )


def ids(plan: Plan, register: str) -> dict[str, Node]:
    """The entries of a register by id; the first of each id."""
    held: Any = plan.situation if register in ("observations", "change_factors") else plan
    entries: list[Any] = getattr(held, register, []) if held is not None else []
    found: dict[str, Node] = {}
    for entry in entries:
        if entry.id:
            found.setdefault(entry.id, entry)
    return found


def _sections(plan: Plan) -> set[str]:
    """What ``uppfylls_av`` may name besides ids: the sections of the paper, and single chapters."""
    chapters = {f"{prefix}:{normal(c)}" for c in ids(plan, "chapters") for prefix in ("kapitel", "chapter", "chapters")}
    return set(names(Plan).identifiers) | chapters


def _references(plan: Plan) -> Iterator[Finding]:
    """Every text that should be an id of a register and is none."""
    registers = {name: ids(plan, name) for name in REGISTERS}
    anything = set().union(*registers.values())
    sections = _sections(plan)
    section_names = [written_key(Plan, n) for n in names(Plan).shapes]
    for node in walk(plan):
        for name, shape in names(type(node)).shapes.items():
            meta = shape.meta
            if not meta.ref:
                continue
            value = getattr(node, name)
            for i, text in enumerate(value if isinstance(value, list) else [value]):
                if not text or text.startswith("@"):
                    continue
                known = anything if meta.ref == "any" else registers[meta.ref].keys()
                if text in known or (meta.ref == "any" and normal(text) in sections):
                    continue
                path = node.at(name, i) if isinstance(value, list) else node.at(name)
                candidates = [*known, *section_names] if meta.ref == "any" else list(known)
                finding = _reference(text, candidates, free=meta.free, path=path)
                if finding:
                    yield finding


def _reference(text: str, known: list[str], *, free: bool, path: Path) -> Finding | None:
    if free and not known:
        return None  # a plan without a register writes its bodies as free text
    guess = nearest(text, [k for k in known if not k.startswith(INLINE)])
    params = {"value": text, "suggestion": guess}
    if free:
        severity = Severity.WARNING if guess else Severity.ADVICE
        return Finding("S08", severity, path, params, "free-suggestion" if guess else "free")
    return Finding("S08", Severity.ERROR, path, params, "suggestion" if guess else "")
