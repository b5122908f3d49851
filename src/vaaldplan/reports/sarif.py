"""A report as SARIF 2.1.0 (OASIS), which GitHub, Azure DevOps and editors show at the lines of the plan."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vaaldplan import __version__
from vaaldplan.finding import Edit, Finding, Report, Rule, Severity, Span
from vaaldplan.texts.catalogue import Catalogue

from . import Look

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """The reports as one run. Known findings are ``unchanged``, waived ones are suppressed with their reason."""
    rules = _rules(reports)
    index = {code: i for i, code in enumerate(rules)}
    results = []
    for report in reports:
        results += [_result(f, say, index) for f in report.findings]
        results += [_result(f, say, index) | {"baselineState": "unchanged"} for f in report.known]
        for waived in report.waived:
            suppression = {
                "kind": "inSource",
                "status": "accepted",
                "justification": waived.reason,
                "location": _location(waived.span),
            }
            results.append(_result(waived.finding, say, index) | {"suppressions": [suppression]})
    driver = {
        "name": "vaaldplan",
        "version": __version__,
        "semanticVersion": __version__,
        "language": say.language,
        "rules": [_descriptor(code, rule, say) for code, rule in rules.items()],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": say.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": say.label("report.root")}}},
        "results": results,
    }
    data = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _rules(reports: Iterable[Report]) -> dict[str, Rule | None]:
    """Every rule that was run or found something, by code; the files' own faults have no rule."""
    rules: dict[str, Rule | None] = {}
    for report in reports:
        found = (*report.findings, *report.known, *(w.finding for w in report.waived))
        rules |= {f.code: None for f in found if f.code not in rules}
        rules |= {rule.code: rule for rule in report.rules}
    return dict(sorted(rules.items()))


def _descriptor(code: str, rule: Rule | None, say: Catalogue) -> dict[str, Any]:
    card = say.card(code)
    mend = card.mends.get("", next(iter(card.mends.values()), ""))
    found: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": f"{card.title}."},
        "fullDescription": {"text": card.why},
        "help": {"text": f"{mend}\n\n{card.why}", "markdown": f"**{mend}**\n\n{card.why}"},
    }
    if rule is not None:
        found["name"] = "".join(part.capitalize() for part in rule.name.split("-"))
        found["defaultConfiguration"] = {"level": _LEVEL[rule.severity]}
        found["properties"] = {"stage": rule.stage.name.lower(), "basis": rule.basis.name.lower()}
    return found


def _result(f: Finding, say: Catalogue, index: dict[str, int]) -> dict[str, Any]:
    mend = say.mend(f.code, f.variant, f.params)
    found: dict[str, Any] = {
        "ruleId": f.code,
        "ruleIndex": index[f.code],
        "level": _LEVEL[f.severity],
        "message": {"text": f"{say.message(f.code, f.variant, f.params)} {say.label('report.mend')} {mend}"},
        "partialFingerprints": {"vaaldplan/v1": f.fingerprint},
    }
    if f.span:
        location = _location(f.span)
        if f.path:
            name = ".".join(str(step) for step in f.path)
            location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
        found["locations"] = [location]
    if f.edits:
        found["fixes"] = [{"description": {"text": mend}, "artifactChanges": _changes(f.edits)}]
    return found


def _changes(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        by_file.setdefault(edit.span.file, []).append(replacement)
    return [{"artifactLocation": _artifact(file), "replacements": held} for file, held in by_file.items()]


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span.file), "region": _region(span)}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(file: str) -> dict[str, str]:
    path = Path(relative(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "ROOT"}


def relative(file: str) -> str:
    """A file below the folder the command was run in, named from there; services know their files so."""
    inside = os.path.relpath(file)
    return file if inside.startswith("..") else Path(inside).as_posix()
