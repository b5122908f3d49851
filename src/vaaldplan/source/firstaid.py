"""Why a file cannot be read, as the person who wrote it would say it, and where to act."""

from yaml import YAMLError

from vaaldplan.finding import Finding

from .faults import fault
from .text import File


def diagnose(file: File, text: str, error: YAMLError) -> Finding:
    """The one finding for a file that is no YAML."""
    mark = getattr(error, "problem_mark", None)
    at = mark.index if mark else 0
    return fault("S03", "other", file.span(at, at), detail=str(getattr(error, "problem", "")))


def suspects(file: File, text: str) -> tuple[Finding | None, list[Finding]]:
    return None, []
