"""A report as data for machines."""

import json
from typing import Any

from vaaldplan import __version__
from vaaldplan.finding import Finding, Report
from vaaldplan.texts.catalogue import Catalogue


def as_json(report: Report, say: Catalogue) -> str:
    """The report as JSON: lines and columns count from 1, columns in Unicode code points, ends are exclusive."""
    return json.dumps(
        {
            "vaaldplan": __version__,
            "language": say.language,
            "files": report.files,
            "stage": report.stage.name.lower() if report.stage is not None else None,
            "counts": report.counts,
            "findings": [_finding(f, say) for f in report.findings],
            "remaining": [_finding(f, say) for f in report.remaining],
        },
        ensure_ascii=False,
        indent=2,
    ) + "\n"  # fmt: skip


def _finding(f: Finding, say: Catalogue) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity.name.lower(),
        "stage": f.stage.name.lower(),
        "title": say.card(f.code).title,
        "message": say.message(f.code, f.variant, f.params),
        "mend": say.mend(f.code, f.variant, f.params),
        "path": list(f.path),
        "subject": f.subject._asdict() if f.subject.register else None,
        "place": f.span._asdict() if f.span else None,
    }
