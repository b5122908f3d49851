"""What is fuzzed: each target takes any bytes and must come to an end without an exception, save those that users see.

Nothing here needs the fuzzer: the tests give every target its seeds and every input that once broke it.
"""

import json
import math
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from vaaldplan import publish, source, swedish
from vaaldplan.check import check
from vaaldplan.finding import Stage
from vaaldplan.look.folder import FOLDER
from vaaldplan.plan import node
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import Shape, names, written_key, written_value
from vaaldplan.publish import sandbox
from vaaldplan.publish.parse import Proses, grow
from vaaldplan.source.edit import UnsureError, alone, in_layout
from vaaldplan.source.layout import Names

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
Target = Callable[[bytes], None]


@cache
def _folder() -> Path:
    """A folder of this process for the targets that need files; in memory where the system has such a place."""
    memory = Path("/dev/shm")
    held = tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
    _folders.append(held)
    return Path(held.name)


_folders: list[Any] = []


def _write(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def loader(data: bytes) -> None:
    """Any bytes as a plan's file: read, laid out anew, and read again as the same."""
    document = source.read_text(data)
    for finding in document.findings:
        document.line("plan.yaml", finding.span.line)
    if document.data is None or document.findings:
        return
    file = alone("plan.yaml", data)
    with suppress(UnsureError):  # says that it will not touch the file
        after = in_layout(file, Names({}, {}, {}))
        assert source.read_text(after).data == file.data  # as it is with a line end last
        assert in_layout(alone("plan.yaml", after), Names({}, {}, {})) == after


class _Choices:
    """Bytes as a row of choices; when they are out, the first is chosen each time."""

    def __init__(self, data: bytes) -> None:
        self._data = iter(data)

    def number(self, most: int) -> int:
        return next(self._data, 0) % most if most else 0

    def of(self, options: list[Any]) -> Any:
        return options[self.number(len(options))]


TEXTS = [
    "", "ja", "12", "1,5", "250 tkr", "2027-02-30", "2027-03", "våren 2027", "2027", "8–13", "ca 6 000", "A1", "KS",
    "Åsa Öberg", "19121212-1212", "x" * 300, "# rubrik\n\n- a\n  - b", "[a](file:///etc/passwd)", "SFS 2017:725", "-0",
    "jämställdhetsmål 9", "\u202e\u0000\ufeff", "🙂", "1" * 400, "1e999", "٣", "2026–2025", "{{namn}}",
]  # fmt: skip
_AWRY: list[Any] = [
    None, [], {}, ["x"], {"okänt": "x"}, {"finns_inte": "x"}, {"uppgifter": "x"}, {"x": {"y": "z"}}, [[[]]],
]  # fmt: skip


def vocabulary(data: bytes) -> None:
    """A plan of the vocabulary's own names, filled with what fits and what does not: checked, and put into trees."""
    choices = _Choices(data)
    plan = _entry(Plan, choices, 3)
    path = _write("plan.yaml", json.dumps(plan, ensure_ascii=False).encode("utf-8", "replace"))
    checked = check(path, stage=choices.of([None, Stage.PROPOSAL]))
    assert checked.plan is not None or checked.report.findings
    if checked.plan is not None:
        publish.jobs(checked.plan, publish.DOCUMENTS)


def _entry(cls: type[Node], choices: _Choices, depth: int) -> dict[str, Any]:
    known = names(cls)
    found: dict[str, Any] = {}
    for _ in range(choices.number(8) + (depth == 3)):
        name = choices.of(list(known.shapes))
        key = written_key(cls, name, choices.of(["sv", "ascii", "en"]))
        found[key] = _value(known.shapes[name], choices, depth - 1)
    return found


def _value(shape: Shape, choices: _Choices, depth: int) -> Any:
    if choices.number(12) == 11:
        return choices.of(_AWRY)
    if shape.series:
        return {choices.of(["2027", "2028", "2027-06"]): choices.of(TEXTS) for _ in range(choices.number(4))}
    many = range(choices.number(4)) if shape.many else [0]
    if shape.node and depth > 0:
        held: list[Any] = [_entry(shape.node, choices, depth) for _ in many]
    elif shape.word:
        held = [written_value(choices.of(list(shape.word)), choices.of(["sv", "en"])) for _ in many]
    else:
        held = [choices.of(TEXTS) for _ in many]
    return held if shape.many else held[0]


_READS = (node.Text, node.Flag, node.Count, node.Number, node.Kronor, node.When, node.Date, node.Value)


def values(data: bytes) -> None:
    """Dates, amounts and figures: a text is read or refused, never more; a number that is written is read back."""
    text = data.decode("utf-8", "replace")
    for kind in _READS:
        with suppress(ValueError):
            kind.__metadata__[0].read(text)  # type: ignore[attr-defined]
    found = swedish.read_number(text)
    if found is not None:
        assert math.isfinite(found), text
        for lang in ("sv", "en"):
            swedish.number(found, lang)
            swedish.kronor(found, lang)
    amount = swedish.read_amount(text)
    if amount is not None and abs(amount) < 10**15:
        assert swedish.read_amount(swedish.kronor(amount)) is not None, text
    swedish.sort_key(text)


def markdown(data: bytes) -> None:
    """An author's Markdown as HTML and Markdown; in a whole plan, and as Word or PDF, if the first byte says so."""
    which, text = data[:1], data[1:].decode("utf-8", "replace")
    formats = {b"\xff": publish.FORMATS, b"\xfe": ("html", "docx", "md")}.get(which)
    if formats is None:
        proses = Proses()
        grown = grow(f"# Kapitel\n{proses.mark(text)}", proses, {})
        job = _job()
        tree: Any = {**job.tree, "blocks": grown.blocks, "notes": grown.notes, "toc": grown.toc}
        papers = publish.build([job._replace(tree=tree)], ("html", "md"))
    else:
        plan = {"titel": "T", "vision": text, "åtgärder": [{"id": "A1", "titel": text[:40], "beskrivning": text}]}
        checked = check(_write("plan.yaml", json.dumps(plan).encode()))
        papers = publish.build(publish.jobs(checked.plan), formats) if checked.plan else iter(())
    for paper in papers:
        assert not paper.name.endswith(".html") or b"<script" not in paper.data.lower()


@cache
def _start() -> Plan:
    plan = check(ROOT / "examples/start").plan
    assert plan is not None
    return plan


@cache
def _job() -> publish.Job:
    return publish.jobs(_start())[0]


def template(data: bytes) -> None:
    """A municipality's own template. Rendered here, not in a process apart, so that the fuzzer sees its ways."""
    usual, sandbox._asked = sandbox._asked, lambda task: json.loads(json.dumps(sandbox._done(task)))  # type: ignore[assignment]
    try:
        text = data.decode("utf-8", "replace")
        name = "delar/economy.md" if text[:1] == "d" else "plan.md"
        with suppress(publish.TemplateError):
            jobs = publish.jobs(_start(), texts={name: text[1:]})
            for _ in publish.build(jobs, ("html", "md")):
                pass
    finally:
        sandbox._asked = usual


_FILES = ("vaaldplan.toml", "fakta.toml", f"{FOLDER}/ord.toml")


def settings(data: bytes) -> None:
    """The files a municipality configures with, the first byte says which; with them a plan is checked and built."""
    name = _FILES[(data[:1] or b"0")[0] % len(_FILES)]
    for other in _FILES:
        (_folder() / other).unlink(missing_ok=True)
    _write("plan.yaml", (ROOT / "examples/start/plan.yaml").read_bytes())
    _write(name, data[1:])
    checked = check(_folder())
    assert checked.plan is not None
    with suppress(publish.TemplateError):
        jobs = publish.jobs(checked.plan, settings=checked.settings, texts=checked.texts)
        assert all(job.name and "/" not in job.name and "\\" not in job.name for job in jobs)
        for _ in publish.build(jobs, ("html", "md")):
            pass
    (_folder() / name).unlink()


TARGETS: dict[str, Target] = {
    "loader": loader, "vocabulary": vocabulary, "values": values,
    "markdown": markdown, "template": template, "settings": settings,
}  # fmt: skip


def seeds(name: str) -> list[Path]:
    """The inputs a target begins with, and those that once broke it."""
    return sorted(p for folder in ("seeds", "crashes") for p in (HERE / folder / name).glob("*"))
