"""Builds the plan's page anew in this process, where templates and words are warm, and keeps the last good one."""

import gc
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from vaaldplan import check, publish, source
from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Finding, Report, Severity
from vaaldplan.texts.catalogue import Catalogue


class State(NamedTuple):
    """What is shown."""

    number: int
    """Which build this is, from 1."""
    html: bytes
    """The page of the last plan that could be built; empty when there has been none."""
    built: int
    """Which build made the page."""
    report: Report | None
    """What the check found; ``None`` when there was nothing to check."""
    broken: tuple[Finding, ...] = ()
    """What keeps the plan from being built as it stands."""
    fault: str = ""
    """The same in words, when it is no finding."""
    seconds: float = 0

    @property
    def good(self) -> bool:
        """Whether the page shows the plan as it stands."""
        return not self.broken and not self.fault


class Builder:
    """Builds one plan again and again."""

    def __init__(self, path: str, say: Catalogue, today: Callable[[], date]) -> None:
        self.path = path
        self.files: list[Path] = []
        """Where the plan's files are, as they were last read."""
        self._say = say
        self._today = today
        self._state = State(0, b"", 0, None)

    def build(self) -> State:
        """Read, check and build the plan. Whatever is wrong with it is in the state, never an exception."""
        collecting = gc.isenabled()
        gc.disable()  # a third of the time would go to looking for garbage, of which there is little
        begun = time.perf_counter()
        last = self._state
        number = last.number + 1
        try:
            state = self._built(number)
        except VaaldplanError as error:
            state = last._replace(number=number, report=None, broken=(), fault=self._say.error(error))
        except Exception as error:
            spot = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}: {error} ({Path(spot.filename).name}:{spot.lineno})"
            fault = f"{self._say.label('error.internal')} {where}"
            state = last._replace(number=number, report=None, broken=(), fault=fault)
        finally:
            if collecting:
                gc.enable()
        self._state = state._replace(seconds=time.perf_counter() - begun)
        if number == 1:
            gc.freeze()  # what is loaded now stays: templates, words, the model
        return self._state

    def _built(self, number: int) -> State:
        last = self._state
        checked = check.check(self.path, today=self._today())
        document = checked.document
        self.files = [path for name in document.files if (path := document.on_disk(name)[0]) is not None]
        whole = checked.plan is not None and document.complete
        broken = () if whole else _broken(checked.report)
        if checked.plan is None or (broken and last.html):
            return last._replace(number=number, report=checked.report, broken=broken, fault="")
        try:
            jobs = publish.jobs(checked.plan, settings=checked.settings, texts=checked.texts)
        except publish.TemplateError as error:
            stopped = error.within(source.shown_name(checked.folder))
            return last._replace(number=number, report=checked.report, broken=(stopped,), fault="")
        [html] = publish.build(jobs, ("html",))
        return State(number, html.data, number, checked.report, broken)


def _broken(report: Report) -> tuple[Finding, ...]:
    """What of the findings keeps the files from being read whole."""
    return tuple(f for f in report.findings if f.code[0] == "S" and f.severity is Severity.ERROR)
