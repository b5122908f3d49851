"""A report as data for other programs; ``report.schema.json`` beside this file says what stands where."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vaaldplan import __version__
from vaaldplan.finding import Finding, Report
from vaaldplan.texts.catalogue import Catalogue

from . import Look

SCHEMA = Path(__file__).parent / "report.schema.json"


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """The reports as JSON: lines and columns count from 1, columns in Unicode code points, ends are exclusive."""
    data = {"vaaldplan": __version__, "language": say.language, "plans": [_plan(report, say) for report in reports]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _plan(report: Report, say: Catalogue) -> dict[str, Any]:
    return {
        "title": report.title,
        "files": report.files,
        "stage": report.stage.name.lower() if report.stage is not None else None,
        "checked": report.day.isoformat() if report.day else None,
        "fail_on": report.fail_on.name.lower(),
        "counts": dict(report.counts),
        "ready": dict(report.ready),
        "unchanged": report.unchanged,
        "findings": [_finding(f, say) for f in report.findings],
        "remaining": [_finding(f, say) for f in report.remaining],
        "known": [_finding(f, say) for f in report.known],
        "waived": [_finding(w.finding, say) | {"reason": w.reason, "comment": w.span._asdict()} for w in report.waived],
    }


def _finding(f: Finding, say: Catalogue) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity.name.lower(),
        "stage": f.stage.name.lower(),
        "title": say.card(f.code).title,
        "message": say.message(f.code, f.variant, f.params),
        "mend": say.mend(f.code, f.variant, f.params),
        "path": list(f.path),
        "fingerprint": f.fingerprint,
        "subject": f.subject._asdict() if f.subject.register else None,
        "place": f.span._asdict() if f.span else None,
    }
