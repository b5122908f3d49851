"""What tells a finding from others and survives moved lines: code, and a path with identities in place of numbers."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path as FilePath

from vaaldplan.finding import Finding, Path
from vaaldplan.plan.load import INLINE, walk
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import names, normal


class Places:
    """Where every entry of a plan stands, in words that stay the same when lines move or the spelling changes."""

    def __init__(self, plan: Plan | None) -> None:
        self._nodes: dict[Path, Node] = {}
        if plan is not None:
            for node in walk(plan):
                self._nodes.setdefault(node.path, node)

    def lasting(self, path: Path) -> str:
        """A path in the identifiers of the model, with ids where the text has places in a list."""
        steps: list[str] = []
        cls: type[Node] | None = Plan
        for end, step in enumerate(path, 1):
            if isinstance(step, int):
                name = getattr(self._nodes.get(path[:end]), "id", None) or ""
                steps.append(f"[{step if not name or name.startswith(INLINE) else name}]")
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
