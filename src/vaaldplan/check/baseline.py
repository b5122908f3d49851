"""A baseline: the findings a plan had on a certain day, so that an adopted plan is only judged by what is new in it."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from vaaldplan import __version__, bounds
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Report
from vaaldplan.storage import Staging, explained

_KIND = "vaaldplan-baseline"
_LARGEST = 50_000_000


def content(path: Path, reports: Iterable[Report]) -> bytes:
    """What a baseline file holds: every finding that counts, plan by plan.

    Args:
        path: where the file is to be; plans are named relative to its folder.
        reports: what was found.
    """
    plans = {
        _name(path, report): [{"code": f.code, "fingerprint": f.fingerprint} for f in (*report.findings, *report.known)]
        for report in reports
    }
    data = {"kind": _KIND, "vaaldplan": __version__, "plans": plans}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write(path: Path, reports: Iterable[Report]) -> None:
    """Write the baseline; only an older baseline is written over.

    Raises:
        VaaldplanError: ``not-a-baseline``, or ``not-writable``.
    """
    with explained(path.parent), Staging() as staging:
        if path.exists():
            _read(path)
        staging.add(path, content(path, reports))
        staging.replace()


class Baseline:
    """What was known when the baseline was written."""

    def __init__(self, path: Path, *, inside: Path | None = None) -> None:
        """Read the file.

        Args:
            path: the file.
            inside: the folder it must be in, when it is not the user who named it.

        Raises:
            VaaldplanError: ``not-a-baseline``.
        """
        self._path = path
        self._plans = _read(path, inside)

    def set_aside(self, report: Report) -> Report:
        """The report with what was known already set aside."""
        known = self._plans.get(_name(self._path, report), set())
        return report._replace(
            findings=tuple(f for f in report.findings if f.fingerprint not in known),
            known=tuple(f for f in report.findings if f.fingerprint in known),
        )


def _name(path: Path, report: Report) -> str:
    """The plan's main file as the baseline names it."""
    return Path(os.path.relpath(report.files[0], path.parent)).as_posix()


def _read(path: Path, inside: Path | None = None) -> dict[str, set[str]]:
    try:
        data = json.loads(bounds.read(path, _LARGEST, inside=inside))
        if data["kind"] != _KIND:
            raise ValueError
        return {str(name): {str(f["fingerprint"]) for f in held} for name, held in data["plans"].items()}
    except FileNotFoundError as error:
        raise VaaldplanError("not-found", path=str(path)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VaaldplanError("not-a-baseline", Exit.FAILED, path=str(path)) from error
