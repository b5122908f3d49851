"""Declaring a rule, the table of rules, and the walk that runs them over a plan."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from vaaldplan.facts import Facts
from vaaldplan.finding import Basis, Finding, Path, Rule, Severity, Span, Stage
from vaaldplan.paper import Built, Papers
from vaaldplan.plan.load import INLINE, by_class
from vaaldplan.plan.measures import Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, meta_of
from vaaldplan.plan.paper import Act2023196, PointBasis, PointKind
from vaaldplan.plan.wording import Wording

FAMILIES = {
    "A": "identity placeholders",
    "B": "mandate",
    "C": "situation secrecy",
    "D": "goals",
    "E": "measures verbs",
    "F": "matrix",
    "G": "audience",
    "H": "organisation",
    "I": "partners",
    "J": "money",
    "K": "follow_up",
    "L": "consequences",
    "M": "paper plain wording",
    "N": "case paper",
}
"""The letter of each family's codes and the files its rules stand in, separated by spaces."""


class Hit(NamedTuple):
    """What a rule found: where, and what the message needs. The rest overrides the rule's own declaration."""

    path: Path
    params: dict[str, Any]
    variant: str = ""
    severity: Severity | None = None
    stage: Stage | None = None
    file: str = ""
    """The built paper it stands in, when it does not stand in the plan."""


Found = Iterator[Hit]


def hit(
    path: Path, variant: str = "", *, severity: Severity | None = None, stage: Stage | None = None, **params: Any
) -> Hit:
    """Say what was found at ``path``; ``params`` are the names in the card's message."""
    return Hit(path, params, variant, severity, stage)


def on(built: Built, variant: str = "", *, severity: Severity | None = None, **params: Any) -> Hit:
    """Say what was found in a built paper."""
    return Hit((), {"paper": built.name.rpartition("/")[2], **params}, variant, severity, file=built.name)


class Key(str):
    """A word inside a message, such as a field's name: the English one is the value, ``sv`` the Swedish one."""

    sv: str


def key_of(node: Node, name: str) -> Key:
    """The name of a field of an entry, for the card's message."""
    meta = meta_of(type(node), name)
    found = Key(meta.en or name)
    found.sv = meta.sv
    return found


def called(entry: Node) -> str:
    """What a message calls an entry: its title, name or text, else the id its author gave it, else three dots."""
    words = (getattr(entry, name, None) for name in ("title", "name", "text"))
    name: str = next((text for text in words if text), None) or getattr(entry, "id", None) or ""
    return name if name and not name.startswith(INLINE) else "…"


class Terms(NamedTuple):
    """What the municipality itself has settled, in its ``vaaldplan.toml``."""

    deciding_body: str = ""
    """Who decides on this type of document, e.g. ``kommunfullmäktige``."""
    forbidden: tuple[str, ...] = ()
    """Words that may not stand in a plan, beside the placeholders that A09 knows."""
    limits: Mapping[str, float] = MappingProxyType({})
    """Own limits, by the code of the rule."""


class Context(NamedTuple):
    """What a rule may ask for beside the entry it visits, by the name of its parameter."""

    plan: Plan
    facts: Facts = Facts()
    """What the program and the municipality know of the world."""
    today: date | None = None
    terms: Terms = Terms()
    papers: Papers = Papers()


_LIMIT = "limit"


class Declared(NamedTuple):
    """A rule and the function behind it."""

    rule: Rule
    run: Callable[..., Iterable[Hit]]
    visits: type[Node | Wording | Built | Papers]
    asks: tuple[str, ...]
    """Which parts of ``Context`` it takes, in the order of its parameters; ``limit`` is the rule's own."""
    assigned: PointKind | None
    act: bool
    binding: bool
    limit: float | None
    """The number that a municipality may set in its place."""

    @property
    def judges_papers(self) -> bool:
        """Whether it looks at what was built from the plan."""
        return self.visits in (Built, Papers)


_TABLE: dict[str, Declared] = {}


def rule(
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    stage: Stage = Stage.DRAFT,
    basis: Basis = Basis.PRACTICE,
    assigned: PointKind | None = None,
    act: bool = False,
    binding: bool = False,
    limit: float | None = None,
) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Declare a rule. The function's first parameter says which entries it visits; ``Wording`` is all text at once.

    Its further parameters are filled by name: the parts of ``Context``, and ``limit``.

    Args:
        code: letter of the family and two figures.
        severity: how serious its findings are when nothing raises or lowers them.
        stage: from which stage it counts.
        basis: what it rests on.
        assigned: the kind of assignment point that raises it: an error when this plan's assignment has such a
            point that was decided, a warning when it was only argued for, else advice.
        act: whether it is an error only in a plan that is to fulfil lag (2023:196), else a warning.
        binding: whether it visits only the measures that the plan itself commits to.
        limit: a number of the rule that a municipality may set otherwise.
    """

    def declare(run: Callable[..., Found]) -> Callable[..., Found]:
        if code in _TABLE:
            raise ValueError(f"{code} is declared twice")
        if run.__module__.rpartition(".")[2] not in FAMILIES[code[0]].split():
            raise ValueError(f"{code} stands in {run.__module__}")
        visited, *asks = run.__code__.co_varnames[: run.__code__.co_argcount]
        if unknown := set(asks) - {*Context._fields, _LIMIT}:
            raise ValueError(f"{code} asks for {unknown}")
        visits = run.__annotations__[visited]
        if binding and visits is not Measure:
            raise ValueError(f"{code} visits no measures")
        declared = Rule(code, severity, stage, basis, run.__name__.strip("_").replace("_", "-"))
        _TABLE[code] = Declared(declared, run, visits, tuple(asks), assigned, act, binding, limit)
        return run

    return declare


@cache
def table() -> dict[str, Declared]:
    """Every rule by code, in the order of the codes; it is shared and must not be changed."""
    for file in " ".join(FAMILIES.values()).split():
        import_module(f"vaaldplan.rules.{file}")
    return dict(sorted(_TABLE.items()))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, without what runs it; the reports of many plans share it, so that it is sent once for several."""
    return tuple(declared.rule for declared in table().values())


@cache
def judging_papers() -> frozenset[str]:
    """The codes of the rules that look at what was built from the plan."""
    return frozenset(code for code, declared in table().items() if declared.judges_papers)


def points(plan: Plan, kind: PointKind) -> set[PointBasis | None]:
    """On which grounds this plan's assignment asks for a kind of thing."""
    return {point.basis for mandate in plan.mandate for point in mandate.points if point.kind is kind}


def severity_of(declared: Declared, plan: Plan) -> Severity:
    """How serious a rule's findings are in this plan: what the plan itself claims raises it."""
    if declared.assigned is not None:
        grounds = points(plan, declared.assigned)
        if PointBasis.DECIDED in grounds:
            return Severity.ERROR
        return Severity.WARNING if grounds else Severity.ADVICE
    if declared.act:
        fulfils = plan.links is not None and plan.links.act_2023_196 is Act2023196.FULFILS
        return Severity.ERROR if fulfils else Severity.WARNING
    return declared.rule.severity


def excusable(declared: Declared, severity: Severity, plan: Plan) -> bool:
    """Whether a finding may be set aside with a reason.

    Never what a statute demands, and never what the assignment decided; a milder case of such a rule may.
    """
    if severity < severity_of(declared, plan):
        return True
    if declared.act:
        return severity_of(declared, plan) < Severity.ERROR  # the plan itself says that the act does not bear on it
    if declared.rule.basis is Basis.STATUTE:
        return False
    return declared.rule.basis is not Basis.ASSIGNMENT or severity < Severity.ERROR


def run(context: Context, *, complete: bool = True, only_papers: bool = False) -> Iterator[Finding]:
    """Run the rules over the plan and its papers.

    Args:
        context: the plan, and what the rules may ask for.
        complete: whether all of it could be read; if not, rules that judge the plan as a whole are held back: what
            they miss may stand in the part that could not be read.
        only_papers: judge the papers alone: the plan has been judged already.
    """
    plan = context.plan
    to_visit: dict[type, Iterable[Any]] = {Built: context.papers.built}
    if context.papers.built:
        to_visit[Papers] = [context.papers]
    if not only_papers:
        to_visit |= by_class(plan)
        to_visit[Wording] = [Wording(plan)]
    severity = cache(lambda declared: severity_of(declared, plan))
    asked = _Asked(context)
    for (visited, binding), visiting in _visiting().items():
        if visited not in to_visit or (visited is Plan and not complete):
            continue
        ready = [(one, one.run, asked.of(one)) for one in visiting]
        for node in [each for each in to_visit[visited] if each.binding] if binding else to_visit[visited]:
            for declared, judge, further in ready:  # an entry that was just looked at is at hand
                for found in judge(node, *further) if further else judge(node):
                    yield Finding(
                        declared.rule.code,
                        found.severity or severity(declared),
                        found.path,
                        found.params,
                        found.variant,
                        found.stage or declared.rule.stage,
                        Span(found.file, 1, 1, 1, 1) if found.file else None,
                    )


@cache
def _visiting() -> dict[tuple[type, bool], list[Declared]]:
    """The rules by the class of entries that they visit, and whether only those that bind."""
    found: dict[tuple[type, bool], list[Declared]] = {}
    for declared in table().values():
        found.setdefault((declared.visits, declared.binding), []).append(declared)
    return found


class _Asked:
    """What rules ask for beside the entry they visit; most ask for the same."""

    def __init__(self, context: Context) -> None:
        self._context = context._asdict()
        self._found: dict[tuple[str, ...], tuple[Any, ...]] = {(): ()}

    def of(self, declared: Declared) -> tuple[Any, ...]:
        asks = declared.asks
        if _LIMIT in asks:
            own = self._context["terms"].limits.get(declared.rule.code, declared.limit)
            return tuple([own if name == _LIMIT else self._context[name] for name in asks])
        found = self._found.get(asks)
        if found is None:
            found = self._found[asks] = tuple([self._context[name] for name in asks])
        return found
