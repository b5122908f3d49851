"""One file → plain data and findings: what is written plainly is read at once, the rest by libyaml."""

from typing import Any, NamedTuple

from vaaldplan.finding import Finding, Span

from .comments import Scalar
from .faults import fault
from .files import SIZE
from .marks import Marks
from .text import File, decode

quick: Any
try:
    from . import quick
except ImportError:
    quick = None  # an accelerator: all works without it


class Loaded(NamedTuple):
    """What came of one file."""

    data: Any
    """``None`` when the file is empty or cannot be read."""
    top: Span
    """Where the data begins; of no use when there is none."""
    findings: list[Finding]
    complete: bool
    with_hash: list[Scalar] | None
    """The scalars that contain #; ``None`` when the file cannot be read."""
    left: int
    """How many more values the plan may have."""


def load_file(file: File, marks: Marks, left: int) -> Loaded:
    """Read one file; every fault is a finding, and after a fault in the writing it is the only one."""
    start = Span(file.name, 1, 1, 1, 1)
    if file.too_large or len(file.raw) > SIZE:
        return unread(fault("S10", "size", start, limit=SIZE // 1024**2), left)
    found = decode(file)
    if found:
        return unread(found, left)
    if quick and (read := quick.read(file, marks, left)):
        return Loaded(read.data, file.span(read.top, read.top), [], True, read.with_hash, read.left)
    from .thorough import load

    return load(file, marks, left)


def unread(finding: Finding, left: int) -> Loaded:
    """What comes of a file that cannot be read."""
    return Loaded(None, Span("", 1, 1, 1, 1), [finding], False, None, left)
