"""What tells a finding from others and survives moved lines: code, and a path with identities in place of numbers."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path as FilePath

from vaaldplan.finding import Finding, Path, Subject
from vaaldplan.plan.load import INLINE, REGISTERS, by_class
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import names, normal
from vaaldplan.texts.catalogue import cut

_REGISTER_OF: dict[type[Node], str] = {cls: name for name, cls in REGISTERS.items()}
_TITLES = ("title", "name", "heading", "text")
_LONGEST = 200
"""Letters of a name: what is longer is cut in messages, and a fingerprint has the place in its stead."""


class Places:
    """Where every entry of a plan stands, in words that stay the same when lines move or the spelling changes."""

    def __init__(self, plan: Plan | None) -> None:
        found = by_class(plan) if plan is not None else {}
        named = [nodes for cls, nodes in found.items() if cls in _REGISTER_OF or "id" in cls.model_fields]
        self._nodes: dict[Path, Node] = {node._path: node for nodes in named for node in nodes}

    def subject(self, path: Path) -> Subject:
        """The entry of a register that a place is in, as messages call it."""
        for end in range(len(path), 0, -1):
            node = self._nodes.get(path[:end])
            if node is not None and (register := _REGISTER_OF.get(type(node))):
                title = next((t for t in (getattr(node, n, None) for n in _TITLES) if t), "")
                name = getattr(node, "id", None) or ""
                return Subject(register, "" if name.startswith(INLINE) else cut(name, _LONGEST), cut(title, _LONGEST))
        return Subject()

    def entries(self) -> list[Path]:
        """Where the entries of registers stand."""
        return [path for path, node in self._nodes.items() if type(node) in _REGISTER_OF]

    def lasting(self, path: Path) -> str:
        """A path in the identifiers of the model, with ids where the text has places in a list."""
        steps: list[str] = []
        cls: type[Node] | None = Plan
        for end, step in enumerate(path, 1):
            if isinstance(step, int):
                name = getattr(self._nodes.get(path[:end]), "id", None) or ""
                named = name and not name.startswith(INLINE) and len(name) <= _LONGEST
                steps.append(f"[{name if named else step}]")
                continue
            field = names(cls).identifiers.get(normal(step), step) if cls else step
            shape = names(cls).shapes.get(field) if cls else None
            steps.append(field)
            cls = shape.node if shape else None
        return ".".join(steps)


def marked(findings: Iterable[Finding], places: Places) -> list[Finding]:
    """Give every finding its fingerprint; findings alike in all are counted."""
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        fixed = sorted(f"{k}={v.value}" for k, v in finding.params.items() if isinstance(v, Enum))
        where = places.lasting(finding.path)
        if not where and finding.span:
            where = FilePath(finding.span.file).name
        text = "|".join((finding.code, finding.variant, where, *fixed))
        seen[text] += 1
        found.append(finding._replace(mark=f"{text}|{seen[text]}"))
    return found
