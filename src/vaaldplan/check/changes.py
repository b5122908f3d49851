"""What has changed since a commit: only findings on changed entries, and findings that were not there before."""

import contextlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path as FilePath
from typing import Any

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Finding, Path, Report, Stage

from . import Checked, check
from .fingerprints import Places

_READ = (".yaml", ".yml", ".toml")
"""The kinds of files that a plan is read from."""


def since(revision: str, checked: Checked, *, stage: Stage | None = None) -> Report:
    """The report with only what concerns the changes since a commit.

    A finding is kept when its entry (measure, goal, …) has changed, or when the plan did not have it then.

    Args:
        revision: a commit, branch or tag.
        checked: the plan as it is now.
        stage: as given to ``check``.

    Raises:
        VaaldplanError: ``no-git``, ``not-in-git`` or ``no-revision``.
    """
    report = checked.report
    with tempfile.TemporaryDirectory(prefix="vaaldplan-") as name:
        file = _then(revision, checked.folder, FilePath(report.files[0]).name, FilePath(name))
        if file is None:
            return report._replace(unchanged=0)
        before = check(file, stage=report.stage if stage is None else stage)
    was = {f.fingerprint for f in (*before.report.findings, *before.report.remaining)}
    was |= {w.finding.fingerprint for w in before.report.waived}
    now, then = Places(checked.plan), Places(before.plan)
    entries = _entries(checked, now)
    old = {then.lasting(path): value for path, value in _entries(before, then).items()}
    changed = {path for path, value in entries.items() if old.get(now.lasting(path)) != value}

    def kept(finding: Finding) -> bool:
        ends = range(len(finding.path), 0, -1)
        entry = next((finding.path[:end] for end in ends if finding.path[:end] in entries), None)
        return entry in changed or finding.fingerprint not in was

    findings = tuple(filter(kept, report.findings))
    return report._replace(
        findings=findings,
        remaining=tuple(filter(kept, report.remaining)),
        waived=tuple(w for w in report.waived if kept(w.finding)),
        unchanged=len(report.findings) - len(findings),
    )


def _entries(checked: Checked, places: Places) -> dict[Path, Any]:
    """What stands in every entry of a register, by its place."""
    return {path: _value(checked.document.data, path) for path in places.entries()}


def _value(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _git(folder: FilePath, *arguments: str) -> bytes:
    """What git answers.

    Raises:
        VaaldplanError: ``no-git``: it is not installed.
        CalledProcessError: git says no.
    """
    try:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout
    except OSError as error:
        raise VaaldplanError("no-git") from error


def touched(revision: str, folder: FilePath) -> bool:
    """Whether anything that a plan in this folder may be read from has changed since a commit, or is new.

    Raises:
        VaaldplanError: ``no-git``, ``not-in-git`` or ``no-revision``.
    """
    commit = _commit(revision, folder)
    wanted = ["--", *(f":(glob)**/*{suffix}" for suffix in _READ)]
    changed = _git(folder, "diff", "--name-only", "--no-ext-diff", "-z", "--relative", commit, *wanted)
    return bool(changed or _git(folder, "ls-files", "--others", "--exclude-standard", "-z", *wanted))


def _commit(revision: str, folder: FilePath) -> str:
    try:
        _git(folder, "rev-parse", "--show-prefix")
    except subprocess.CalledProcessError as error:
        raise VaaldplanError("not-in-git", path=str(folder)) from error
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    except subprocess.CalledProcessError as error:
        raise VaaldplanError("no-revision", Exit.USAGE, value=revision) from error
    return found.decode().strip()


def _then(revision: str, folder: FilePath, main: str, into: FilePath) -> FilePath | None:
    """Put the plan's files as they were into a folder; ``None`` when there was no such plan."""
    tree = _commit(revision, folder)
    prefix = _git(folder, "rev-parse", "--show-prefix").decode().rstrip("\n")
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", tree).decode("utf-8", "surrogateescape").split("\0")
    names = [name for name in listed if name.endswith(_READ)]
    if main not in names:
        return None
    archive = _git(folder, "--literal-pathspecs", "archive", "--format=tar", tree, "--", *names)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            with contextlib.suppress(tarfile.FilterError):  # a link out of the folder: then that part is not read
                tar.extract(member, into, filter="data")
    return next(p for p in (into / main, into / prefix / main) if p.is_file())
