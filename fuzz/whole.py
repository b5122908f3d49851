"""Targets that go through the whole program, file, check and documents. Each run is slow; see ``targets``."""

import json
import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from targets import ROOT, Choices, Target, chosen, entry
from vaaldplan import publish
from vaaldplan.check import check
from vaaldplan.finding import Stage
from vaaldplan.plan.model import Plan
from vaaldplan.publish import sandbox

_folders: list[Any] = []


@cache
def _folder() -> Path:
    """A folder of this process; in memory where the system has such a place."""
    memory = Path("/dev/shm")
    held = tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
    _folders.append(held)
    return Path(held.name)


def _write(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def plans(data: bytes) -> None:
    """A plan of the vocabulary's own names, filled with what fits and what does not: checked, and put into trees."""
    choices = Choices(data)
    plan = entry(Plan, choices, 3)
    path = _write("plan.yaml", json.dumps(plan, ensure_ascii=False).encode("utf-8", "replace"))
    checked = check(path, stage=choices.of([None, Stage.PROPOSAL]))
    assert checked.plan is not None or checked.report.findings
    if checked.plan is not None:
        publish.jobs(checked.plan, publish.DOCUMENTS)


def papers(data: bytes) -> None:
    """An author's Markdown in a whole plan; as PDF too, if the first byte says so."""
    which, text = data[:1], data[1:].decode("utf-8", "replace")
    formats = publish.FORMATS if which == b"\xff" else ("html", "docx", "md")
    plan = {"titel": "T", "vision": text, "åtgärder": [{"id": "A1", "titel": text[:40], "beskrivning": text}]}
    checked = check(_write("plan.yaml", json.dumps(plan).encode()))
    for paper in publish.build(publish.jobs(checked.plan), formats) if checked.plan else ():
        assert not paper.name.endswith(".html") or b"<script" not in paper.data.lower()


def municipality(data: bytes) -> None:
    """A file that a municipality configures with; with it a plan is checked and built, its template in this process."""
    name, raw = chosen(data)
    _write("plan.yaml", (ROOT / "examples/start/plan.yaml").read_bytes())
    file = _write(name, raw)
    answer = lambda task: json.loads(json.dumps(sandbox._done(task)))  # noqa: E731
    try:
        checked = check(_folder())
        assert checked.plan is not None
        with mock.patch.object(sandbox, "_asked", answer), suppress(publish.TemplateError):
            jobs = publish.jobs(checked.plan, settings=checked.settings, texts=checked.texts)
            assert all(job.name and "/" not in job.name and "\\" not in job.name for job in jobs)
            for _ in publish.build(jobs, ("html", "md")):
                pass
    finally:
        file.unlink()


TARGETS: dict[str, Target] = {"plans": plans, "papers": papers, "municipality": municipality}
