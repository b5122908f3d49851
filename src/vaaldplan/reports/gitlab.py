"""A report as GitLab's Code Quality file: a remark at the line in a merge request."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from vaaldplan.finding import Finding, Report, Severity
from vaaldplan.texts.catalogue import Catalogue

from . import Look
from .sarif import relative

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """The findings as GitLab wants them; the fingerprints are unique over all the plans."""
    found = [_finding(f, relative(report.files[0]), say) for report in reports for f in report.findings]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _finding(f: Finding, plan: str, say: Catalogue) -> dict[str, Any]:
    mend = f"{say.label('report.mend')} {say.mend(f.code, f.variant, f.params)}"
    span = f.span
    return {
        "description": f"{say.card(f.code).title}. {say.message(f.code, f.variant, f.params)} {mend}",
        "check_name": f.code,
        "fingerprint": sha256(f"{plan}|{f.fingerprint}".encode()).hexdigest()[:32],
        "severity": _SEVERITY[f.severity],
        "location": {
            "path": relative(span.file) if span else plan,
            "lines": {"begin": span.line if span else 1, "end": span.end_line if span else 1},
        },
    }
