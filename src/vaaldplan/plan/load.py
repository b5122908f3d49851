"""Plain data → always a plan, and findings about what could not be read.

1. ``quick`` makes a plan at once of data that fits. On anything else:
2. ``Binder`` translates names to identifiers and sets aside facts that are left open.
3. Pydantic validates. Each of its errors becomes a finding, the faulty value is taken out, and it validates again.
4. Every entry learns where it stands. Then required fields and references are looked up.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from vaaldplan.finding import Finding, Path, Severity
from vaaldplan.last import of_last

from .bind import INLINE, REGISTERS, Binder, Place
from .model import Plan
from .node import Meta, Node
from .spelling import Name, Written, by_file
from .vocabulary import Shape, certain, names, nearest, normal, suggested, written_key, written_value

quick: Any
try:
    from . import quick
except ImportError:
    quick = None  # an accelerator: all works without it

__all__ = ["INLINE", "REGISTERS", "Loaded", "ids", "load", "spelt", "walk"]


class Loaded(NamedTuple):
    """A plan, what could not be read of it, and how it is spelt."""

    plan: Plan
    findings: tuple[Finding, ...]
    written: Mapping[str, Mapping[Written, int]]
    """How often each key and fixed value is written so, by file; those of ``spelt``."""


def load(data: dict[str, Any], *, complete: bool = True, home: Callable[[Path], str] = lambda _: "") -> Loaded:
    """Load plain data (mappings, lists, texts, ``None``) into a plan.

    Args:
        data: what ``source`` read.
        complete: whether all of it could be read; if not, nothing is said of what seems to be missing.
        home: which file a place stands in; messages use the spelling of that file.
    """
    plan, binder = _quickly(data, home) or _thoroughly(data, home)
    if complete:
        for finding in chain(_missing(plan, binder), _references(plan)):
            binder.tell(finding)
    written = by_file(spelt(data), home) if binder.doubled else binder.written()
    return Loaded(plan, tuple(binder.findings), written)


def spelt(data: dict[str, Any]) -> tuple[Name, ...]:
    """The keys and fixed values as written, without those that stand there twice in different spellings.

    A part of a plan is such a file too.
    """
    binder = Binder()
    binder.entry(data, Plan, ())
    return tuple(n for n in binder.names if n.path not in binder.doubled)


def _quickly(data: dict[str, Any], home: Callable[[Path], str]) -> tuple[Plan, Binder] | None:
    """The plan, when all of the data fits."""
    if quick is None:
        return None
    binder = quick.QuickBinder(home)
    try:
        return binder.plan(data), binder
    except ValueError:
        return None


def _thoroughly(data: dict[str, Any], home: Callable[[Path], str]) -> tuple[Plan, Binder]:
    """A plan without what does not fit, and the binder with what there is to say of that."""
    binder = Binder(home)
    bound = binder.entry(data, Plan, ())
    binder.finish()
    for register, entries in binder.inline.items():
        _adopt(bound, register, entries, binder)
    plan = _validate(bound, binder)
    _locate(plan, bound, binder)
    return plan, binder


def _adopt(bound: dict[str, Any], register: str, entries: list[dict[str, Any]], binder: Binder) -> None:
    """Add the inline entries to the end of their register."""
    holder = bound.setdefault("situation", {}) if register in ("observations", "change_factors") else bound
    if not isinstance(holder, dict):
        return
    binder.places.setdefault(id(holder), Place((*binder.places[id(bound)].path, "lägesbild"), {}, {}))
    there = holder.setdefault(register, [])
    if isinstance(there, list):
        paths = binder.elements.setdefault(id(there), [])
        for entry in entries:
            there.append(entry)
            paths.append(binder.places[id(entry)].path)


def _validate(bound: dict[str, Any], binder: Binder) -> Plan:
    """Validate; put every error into a finding, take the faulty value out, and validate again."""
    from . import strict

    while True:
        try:
            return strict.read(Plan, bound)
        except strict.ValidationError as error:
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
    binder.tell(_worded(kind, node, shape, path, binder.spelling(path)))


def _worded(kind: str, value: Any, shape: Shape | None, path: Path, spelling: str) -> Finding:
    """The finding S07 with the variant that fits the fault."""
    written = value if isinstance(value, str) else ""
    field = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    params: dict[str, Any] = {"key": field, "value": written}
    meant = ""
    if kind == "enum" and isinstance(value, str) and shape and shape.word:
        allowed = [written_value(m, spelling) for m in shape.word]
        guess = suggested(value, allowed)
        params |= {"allowed": ", ".join(allowed), "suggestion": guess}
        variant = "word-suggestion" if guess else "word"
        if guess and certain(value, {s: m.value for m in shape.word for s in (m.sv, m.value)}):
            meant = guess
    elif isinstance(value, list):
        variant = "one-value"
    elif isinstance(value, dict):
        variant = "no-entry"
    elif kind in ("model_type", "model_attributes_type") and shape and shape.node:
        common = set(Node.model_fields)
        params["allowed"] = ", ".join(
            written_key(shape.node, n, spelling) for n in names(shape.node).shapes if n not in common
        )
        variant = "entry-item" if path and isinstance(path[-1], int) else "entry"
    elif kind == "list_type":
        variant = "list"
    else:
        variant = kind
    return Finding("S07", Severity.ERROR, path, params, variant, meant=meant)


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


@cache
def _branches(cls: type[Node]) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that hold entries, and whether those hold entries in their turn."""
    below = ((name, shape.node) for name, shape in names(cls).shapes.items() if shape.node)
    return tuple((name, any(shape.node for shape in names(held).shapes.values())) for name, held in below)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and every entry below it, in the order of the model."""
    return iter(_gathered(node))


@of_last  # several rooms ask, one after the other
def by_class(node: Node) -> Mapping[type[Node], list[Any]]:
    """The same by their class."""
    found: defaultdict[type[Node], list[Any]] = defaultdict(list)
    for each in _gathered(node):
        found[type(each)].append(each)
    return dict(found)


@of_last  # several rooms walk the same plan, one after the other
def _gathered(node: Node) -> list[Node]:
    found: list[Node] = []
    _gather(node, found)
    return found


def _gather(node: Node, found: list[Node]) -> None:
    found.append(node)
    held = node.__dict__
    for name, further in _branches(type(node)):
        value = held.get(name)
        if not value:
            continue
        below = (value,) if isinstance(value, Node) else value.values() if type(value) is dict else value
        if not further:
            found += below
            continue
        for child in below:
            _gather(child, found)


@cache
def _required(cls: type[Node]) -> tuple[str, ...]:
    """The fields that every entry of a class has."""
    return tuple(name for name, shape in names(cls).shapes.items() if shape.meta.required)


@cache
def _referring(cls: type[Node]) -> tuple[tuple[str, Meta], ...]:
    """The fields of a class that hold ids of a register."""
    return tuple((name, shape.meta) for name, shape in names(cls).shapes.items() if shape.meta.ref)


def _missing(plan: Plan, binder: Binder) -> Iterator[Finding]:
    for cls, nodes in by_class(plan).items():
        for name in _required(cls):
            for node in [node for node in nodes if not node.__dict__.get(name)]:
                if not node.stated(name) and (node.path, name) not in binder.suggested:
                    wanted = written_key(cls, name, binder.spelling(node.path))
                    variant = "empty" if name in node._written else ""
                    yield Finding("S06", Severity.ERROR, node.path, {"key": wanted}, variant)


def entries(plan: Plan, register: str) -> list[Any]:
    """The entries of a register, those without an id too."""
    held: Any = plan.situation if register in ("observations", "change_factors") else plan
    found: list[Any] = getattr(held, register, []) if held is not None else []
    return found


def ids(plan: Plan, register: str) -> dict[str, Node]:
    """The entries of a register by id; the first of each id."""
    found: dict[str, Node] = {}
    for entry in entries(plan, register):
        if entry.id:
            found.setdefault(entry.id, entry)
    return found


def _sections(plan: Plan) -> set[str]:
    """What ``uppfylls_av`` may name besides ids: the sections of the paper, and single chapters."""
    chapters = {f"{prefix}:{normal(c)}" for c in ids(plan, "chapters") for prefix in ("kapitel", "chapter", "chapters")}
    return set(names(Plan).identifiers) | chapters


@cache
def _section_names() -> tuple[str, ...]:
    return tuple(written_key(Plan, name) for name in names(Plan).shapes)


def _references(plan: Plan) -> Iterator[Finding]:
    """Every text that should be an id of a register and is none."""
    registers: dict[str, Collection[str]] = {name: ids(plan, name) for name in REGISTERS}
    registers["any"] = set().union(*registers.values())
    sections: set[str] = set()
    for cls, nodes in by_class(plan).items():
        for name, meta in _referring(cls):
            known = registers[meta.ref]
            for path, text in _unknown(nodes, name, known):
                if meta.ref == "any":
                    sections = sections or _sections(plan)
                    if normal(text) in sections:
                        continue
                candidates = [*known, *_section_names()] if meta.ref == "any" else [*known]
                finding = _reference(text, candidates, free=meta.free, path=path)
                if finding:
                    yield finding


def _unknown(nodes: list[Any], name: str, known: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Where entries refer in a field to what is not known, and to what."""
    for node in nodes:
        value = node.__dict__.get(name)
        if not value or (type(value) is list and all(map(known.__contains__, value))):
            continue
        for i, text in enumerate(value if isinstance(value, list) else [value]):
            if text not in known and text and not text.startswith("@"):
                yield (node.at(name, i) if isinstance(value, list) else node.at(name)), text


def _reference(text: str, known: list[str], *, free: bool, path: Path) -> Finding | None:
    if free and not known:
        return None  # a plan without a register writes its bodies as free text
    guess = nearest(text, [k for k in known if not k.startswith(INLINE)])
    params = {"value": text, "suggestion": guess}
    if free:
        severity = Severity.WARNING if guess else Severity.ADVICE
        return Finding("S08", severity, path, params, "free-suggestion" if guess else "free")
    sure = guess and certain(text, {k: k for k in known})
    return Finding("S08", Severity.ERROR, path, params, "suggestion" if guess else "", meant=guess if sure else "")
