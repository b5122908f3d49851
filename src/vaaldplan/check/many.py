"""Many plans at once: which are meant, and checking them side by side."""

import copyreg
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vaaldplan import source
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Report, Stage
from vaaldplan.last import forget

from . import Checked, check


def _proxy(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


copyreg.pickle(MappingProxyType, lambda held: (_proxy, (dict(held),)))  # what a worker sends back; its type has no name

FEWEST = 4
"""Fewer plans than this are checked one after the other: a worker takes longer to start."""

_AT_A_TIME = 6
"""So many plans at most are given to a worker at once: sending each by itself takes longer, and many keep the first
waiting."""

Answer = Report | VaaldplanError
Finish = Callable[[Checked], Report]


def plans(paths: Iterable[str]) -> list[str]:
    """The plans that are meant, each once: patterns that the shell has not expanded (Windows) are expanded here.

    Raises:
        VaaldplanError: ``no-match``: a pattern fits no file.
    """
    found: dict[object, str] = {}
    for path in paths:
        if any(sign in path for sign in "*?[") and not os.path.lexists(path):
            import glob

            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
            if path.endswith("**"):  # everything below: the plans of the folders there
                matches = [match for match in matches if (Path(match) / source.MAIN).is_file()]
            if not matches:
                raise VaaldplanError("no-match", pattern=path)
        else:
            matches = [path]
        for match in matches:
            found.setdefault(_which(match), match)
    return list(found.values())


def _which(path: str) -> object:
    """What tells a plan from every other, however it is named."""
    try:
        told = os.stat(os.path.join(path, source.MAIN))  # noqa: PTH116, PTH118 - asked for each of a country's plans
    except (OSError, ValueError):
        try:
            told = source.find(path).stat()
        except (OSError, VaaldplanError):
            return path  # it means none, and checking it will say so
    return told.st_dev, told.st_ino


def touched(paths: Iterable[str], revision: str) -> list[str]:
    """The plans that have changed since a commit; what is no plan stays, and checking it will say so.

    Raises:
        VaaldplanError: ``no-git``, ``not-in-git`` or ``no-revision``.
    """
    from . import changes

    return [path for path in paths if not (file := _main(path)).is_file() or changes.touched(revision, file.parent)]


def _main(path: str) -> Path:
    """The plan that a path means; the path itself when it means none, and checking it will say so."""
    try:
        return source.find(path).resolve()
    except VaaldplanError:
        return Path(path)


def check_all(
    paths: list[str],
    *,
    stage: Stage | None = None,
    today: date | None = None,
    finish: Finish | None = None,
    jobs: int | None = None,
) -> Iterator[Answer]:
    """Check plans side by side; the answers come in the order of ``paths``.

    Args:
        paths: the plans.
        stage: as for ``check``.
        today: as for ``check``.
        finish: what is done with each checked plan; must be one that can be sent to a process.
        jobs: how many at a time; by default one for each processor.
    """
    run = partial(answer, stage=stage, today=today, finish=finish)
    jobs = min(jobs or os.cpu_count() or 1, len(paths))
    if jobs < 2 or len(paths) < FEWEST:
        yield from map(run, paths)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        for answers in pool.map(partial(_several, run), portions(paths, jobs)):
            yield from answers


def portions(paths: list[str], jobs: int) -> Iterator[list[str]]:
    """The plans, some at a time: fewer towards the end, so that no worker waits long for the last of another."""
    start = 0
    while start < len(paths):
        some = paths[start : start + max(1, min(_AT_A_TIME, (len(paths) - start) // (4 * jobs)))]
        yield some
        start += len(some)


def _several(run: Callable[[str], Answer], paths: list[str]) -> list[Answer]:
    return [*map(run, paths)]


def answer(path: str, *, stage: Stage | None, today: date | None, finish: Finish | None) -> Answer:
    """Check one plan; why it cannot be checked is an answer too."""
    try:
        checked = check(path, stage=stage, today=today)
        return finish(checked) if finish else checked.report
    except VaaldplanError as error:
        return error
    finally:
        forget()
