"""Own templates are rendered in a process apart: bounded in time and memory, without files; only text comes back.

A template can come with any pull request. Jinja's sandbox keeps it from running code; this keeps it from eating the
machine, and is a second wall behind the sandbox. What comes back is JSON, so nothing of it can run here.
"""

import contextlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from vaaldplan.finding import Finding, Severity, Span

from .markup import Figure
from .own import TemplateError
from .parse import Grown, grow
from .source import Sections, Source
from .templates_own import LARGEST_OUTPUT, Renderer, Stopped, StoppedError
from .view import View
from .words import Words


class Limits(NamedTuple):
    """What a child process may use."""

    seconds: int = 20
    """Of the processor's time; three times as many by the clock, for a machine that is busy with other things."""
    memory: int = 1_000_000_000
    """Bytes of address space, where the system can bound it."""


LIMITS = Limits()
LARGEST_ANSWER = 20 * LARGEST_OUTPUT
_MEMORY = 91


class Task(NamedTuple):
    """What a child process is given."""

    document: str
    lang: str
    words: Mapping[str, Any]
    headings: dict[str, str]
    order: tuple[str, ...]
    templates: dict[str, str]
    bodies: list[tuple[Sections, dict[str, Figure]]]
    cover: list[dict[str, str]]
    limits: Limits


def fault(variant: str, file: str, line: int, text: str, **params: str) -> Finding:
    """A finding in a template."""
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    start = len(shown) - len(shown.lstrip()) + 1
    span = Span(file, line, start, line, max(start, len(shown.rstrip())) + 1)
    return Finding("X26", Severity.ERROR, (), params, variant, span=span, line=shown)


def grown_apart(document: str, views: list[View], say: Words, limits: Limits | None = None) -> list[Grown]:
    """Render and parse a document for each of its views, in a child process.

    Raises:
        TemplateError: a template cannot be used.
    """
    own = say.own
    limits = limits or LIMITS
    cover = [
        {"title": v.cover.title, "subtitle": v.cover.subtitle, "municipality": v.cover.municipality, "of": v.of}
        for v in views
    ]
    bodies = [(view.sections, view.figures) for view in views]
    words = own.words.get(say.lang, {})
    task = Task(
        f"{document}.md",
        say.lang,
        dict(words),
        dict(say.settings.headings),
        say.settings.chapters,
        dict(own.templates),
        bodies,
        cover,
        limits,
    )
    answer = _asked(task)
    if "stopped" in answer:
        stopped = Stopped(*answer["stopped"])
        text = own.templates.get(stopped.file.partition("/")[2], "")
        params: dict[str, str] = {"seconds": str(limits.seconds), **stopped.params}
        raise TemplateError(fault(stopped.variant, stopped.file, stopped.line, text, **params))
    return [Grown(**grown) for grown in answer["grown"]]


def _asked(task: Task) -> dict[str, Any]:
    """What the child process answers; that it was stopped, when it does not."""
    first = next((n for n in (task.document, *task.templates) if n in task.templates), task.document)
    place = (f"mallar/{first}", 1)
    known = os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)
    kept = {k: v for k, v in os.environ.items() if k.upper() in ("SYSTEMROOT", "PATH", "TEMP", "TMP", "TMPDIR")}
    environment = {**kept, "PYTHONPATH": known, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", "vaaldplan.publish.sandbox"]
    with tempfile.TemporaryDirectory() as empty:
        try:
            run = subprocess.run(
                command, input=pickle.dumps(task), capture_output=True, timeout=3 * task.limits.seconds,
                cwd=empty, env=environment, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"stopped": ["time", *place, {}]}
    if run.returncode != 0 or len(run.stdout) > LARGEST_ANSWER:
        # By signal: 24 when the time is out, 9 when the system takes the memory back.
        variant = {-24: "time", -9: "memory", _MEMORY: "memory"}.get(run.returncode, "failed")
        return {"stopped": [variant, *place, {}]}
    try:
        answer = json.loads(run.stdout)
    except (ValueError, RecursionError):
        return {"stopped": ["failed", *place, {}]}
    return answer if isinstance(answer, dict) else {"stopped": ["failed", *place, {}]}


# ------------------------------------------------------------ in the child process


def _bound(limits: Limits) -> None:
    """Give up what the work does not need. Windows has no such bounds; there the time alone is bounded."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in wanted:
        with contextlib.suppress(ValueError, OSError):  # a system may not know a bound, or have a lower one already
            resource.setrlimit(what, (most, most + (what == resource.RLIMIT_CPU)))


def _done(task: Task) -> dict[str, Any]:
    from vaaldplan.texts.catalogue import catalogue

    words = catalogue(task.lang).with_words(task.words)
    found = []
    renderer = Renderer(task.templates)
    for (sections, figures), cover in zip(task.bodies, task.cover, strict=True):
        source = Source(sections, words, task.headings, renderer.override, task.order)
        try:
            text = renderer.render(task.document, {**source.names(), "cover": cover})
        except StoppedError as error:
            return {"stopped": error.stopped}
        try:
            found.append(grow(source.arranged(text), source.proses, figures)._asdict())
        except KeyError as error:
            return {"stopped": _unknown_picture(str(error.args[0])[:100], task)}
        except (ValueError, IndexError, RecursionError):
            return {"stopped": Stopped("markup", f"mallar/{task.document}", 1, {})}
    return {"grown": found}


def _unknown_picture(name: str, task: Task) -> Stopped:
    for file, text in task.templates.items():
        for number, line in enumerate(text.splitlines(), 1):
            if f"]({name}" in line:
                return Stopped("picture", f"mallar/{file}", number, {"name": name})
    return Stopped("picture", f"mallar/{task.document}", 1, {"name": name})


def _main() -> int:
    task: Task = pickle.load(sys.stdin.buffer)
    _bound(task.limits)
    try:
        answer = json.dumps(_done(task))
    except MemoryError:
        return _MEMORY
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))
    return 0


if __name__ == "__main__":
    # What was pickled names the classes of the module's own name, not of ``__main__``.
    from vaaldplan.publish.sandbox import _main as main

    main()
