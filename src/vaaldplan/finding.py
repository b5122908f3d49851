"""The shared nouns: a place, how serious, a rule, a finding, a report.

Nothing here knows YAML, plans or words. Named tuples, because they are immutable and cost nothing to import.
"""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""A place in the plan: keys as the author wrote them, list indexes from 0: ``("åtgärder", 3, "ansvarig")``."""


class Span(NamedTuple):
    """A place in the text. Lines and columns count from 1, columns in Unicode code points, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Severity(IntEnum):
    """How serious a finding is; SARIF calls them error, warning and note."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3


class Stage(IntEnum):
    """How far the plan has come. A rule counts from its stage; before that it is listed as what remains."""

    NONE = 0
    """A plan that no longer holds: no rule counts."""
    DRAFT = 1
    CONSULTATION = 2
    PROPOSAL = 3


class Basis(IntEnum):
    """What a rule rests on. STATUTE cannot be waived; ASSIGNMENT cannot where the point was decided."""

    STRUCTURE = 1
    PRACTICE = 2
    ASSIGNMENT = 3
    STATUTE = 4


class Rule(NamedTuple):
    """What produces findings. Its words are in the card ``texts/<language>/rules/<code>.md``."""

    code: str
    severity: Severity
    stage: Stage
    basis: Basis
    name: str = ""
    """What it finds, in English: ``goal-without-indicator``."""


class Subject(NamedTuple):
    """The entry a finding is about: which register it stands in, its id and its title; each may be empty."""

    register: str = ""
    id: str = ""
    title: str = ""


class Edit(NamedTuple):
    """A piece of text, and what to put in its place."""

    span: Span
    text: str


MOST_FINDINGS = 50_000
"""How many findings are gathered: nobody reads so many, and a plan made to have more would fill the memory."""


class Finding(NamedTuple):
    """One remark about a plan. ``params`` fill the card's message; ``variant`` picks one of its wordings."""

    code: str
    severity: Severity
    path: Path = ()
    params: Mapping[str, Any] = MappingProxyType({})
    variant: str = ""
    stage: Stage = Stage.DRAFT
    """From which stage it counts."""
    span: Span | None = None
    line: str = ""
    """The line of text where the span begins."""
    subject: Subject = Subject()
    edits: tuple[Edit, ...] = ()
    """What mends it, when there is one mend only; all of them belong together."""
    meant: str = ""
    """What the author surely meant in place of the key or value at ``path``; ``check`` makes an edit of it."""
    mark: str = ""
    """What tells the finding from others and stays the same when lines move; no line number is in it."""

    @property
    def fingerprint(self) -> str:
        """The mark as other programs want it, in figures; empty before ``check`` has given the finding its mark."""
        from hashlib import sha256  # only some reports show it

        return sha256(self.mark.encode()).hexdigest()[:32] if self.mark else ""


class Waived(NamedTuple):
    """A finding that the plan's author accepts, with the reason (*motiverat avsteg*)."""

    finding: Finding
    reason: str
    span: Span
    """The comment that says so."""


class Report(NamedTuple):
    """The findings of one plan, file by file in the order of the text."""

    files: tuple[str, ...]
    stage: Stage | None
    """How far the plan was judged to have come; ``None`` when it could not be read at all."""
    findings: tuple[Finding, ...]
    remaining: tuple[Finding, ...] = ()
    """What does not count yet at this stage but will later."""
    counts: Mapping[str, int] = MappingProxyType({})
    """What was read: how many measures, goals and indicators, by register."""
    ready: Mapping[str, int] = MappingProxyType({})
    """How many of them have no finding that counts, by register."""
    waived: tuple[Waived, ...] = ()
    """What counts or will count, but is accepted with a reason."""
    known: tuple[Finding, ...] = ()
    """What counts, but stood in the plan already when the baseline was written."""
    unchanged: int | None = None
    """How many findings were left out because they stand on what has not changed; ``None``: nothing was compared."""
    title: str = ""
    """The plan's title."""
    rules: tuple[Rule, ...] = ()
    """The rules that were run; empty when the plan could not be read."""
    day: date | None = None
    """The day of the check."""
    fail_on: Severity = Severity.ERROR
    """From which severity the run fails."""
