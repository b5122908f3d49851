"""What is fuzzed: each target takes any bytes and must come to an end without an exception, save those that users see.

These call one function each, with no file and no process, so that a fuzzer gets through many inputs; ``whole`` has
those that go through the whole program. Nothing here needs the fuzzer: the tests give every target its seeds and every
input that once broke it.
"""

import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from alike import file_of, quickly, thoroughly
from vaaldplan import config, facts, source, swedish, workdays
from vaaldplan.check import own_facts
from vaaldplan.facts.store import written as own_rows
from vaaldplan.plan import node, strict
from vaaldplan.plan.load import load, spelt, walk
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.spelling import by_file
from vaaldplan.plan.vocabulary import Shape, names, written_key, written_value
from vaaldplan.publish import html, markdown, sandbox
from vaaldplan.publish.markup import Proses
from vaaldplan.publish.own import read as read_own
from vaaldplan.publish.parse import grow
from vaaldplan.publish.parts import Line, Prose
from vaaldplan.publish.templates_own import Renderer
from vaaldplan.publish.tree import Tree
from vaaldplan.source import firstaid
from vaaldplan.source.edit import UnsureError, alone, in_layout
from vaaldplan.source.layout import Names
from vaaldplan.texts import own
from vaaldplan.texts.catalogue import catalogue

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
Target = Callable[[bytes], None]
T = TypeVar("T")
LATE = (firstaid, strict)
"""What is imported only when something is wrong; here at once, so that the fuzzer sees it."""


def loader(data: bytes) -> None:
    """Any bytes as a plan's file: read and loaded; laid out anew, and read again as the same."""
    read = file_of(data)
    if read is not None and (told := quickly(read)) is not None:
        assert told == thoroughly(read)
    document = source.read_text(data)
    for finding in document.findings:
        document.line("plan.yaml", finding.span.line)
    if document.data is None:
        return
    loaded = load(document.data, complete=document.complete)
    for finding in loaded.findings:
        document.span(finding.path)
        if finding.meant:
            document.edit(finding.path, finding.meant, key=True)
    if document.findings:
        return
    file = alone("plan.yaml", data)
    with suppress(UnsureError):  # says that it will not touch the file
        after = in_layout(file, Names({}, {}, {}))
        assert source.read_text(after).data == file.data  # as it is with a line end last
        assert in_layout(alone("plan.yaml", after), Names({}, {}, {})) == after


class Choices:
    """Bytes as a row of choices; when they are out, the first is chosen each time."""

    def __init__(self, data: bytes) -> None:
        self._data = iter(data)

    def number(self, most: int) -> int:
        """A number below the most."""
        return next(self._data, 0) % most if most else 0

    def of(self, options: Sequence[T]) -> T:
        """One of some things."""
        return options[self.number(len(options))]

    def key(self, cls: type[Node], name: str) -> str:
        """A field's name in one of its spellings."""
        return written_key(cls, name, self.of(["sv", "ascii", "en"]))

    def text(self) -> str:
        """A value."""
        return self.of(TEXTS)


class _Slips(Choices):
    """The same, with slips in the keys and texts that the bytes themselves hold."""

    def key(self, cls: type[Node], name: str) -> str:
        key = super().key(cls, name)
        if self.number(4) != 3:
            return key
        at = self.number(len(key) + 1)
        return key[:at] + self._own(6) + key[at + self.number(3) :]

    def text(self) -> str:
        return super().text() if self.number(2) else self._own(20)

    def _own(self, most: int) -> str:
        return bytes(self.number(256) for _ in range(self.number(most))).decode("utf-8", "replace")


TEXTS = [
    "", "ja", "12", "1,5", "250 tkr", "2027-02-30", "2027-03", "våren 2027", "2027", "8–13", "ca 6 000", "A1", "KS",
    "Åsa Öberg", "19121212-1212", "x" * 300, "# rubrik\n\n- a\n  - b", "[a](file:///etc/passwd)", "SFS 2017:725", "-0",
    "jämställdhetsmål 9", "\u202e\u0000\ufeff", "🙂", "1" * 400, "1e999", "٣", "2026–2025", "{{namn}}",
]  # fmt: skip
_AWRY: list[Any] = [
    None, [], {}, ["x"], {"okänt": "x"}, {"finns_inte": "x"}, {"uppgifter": "x"}, {"x": {"y": "z"}}, [[[]]],
]  # fmt: skip


def entry(cls: type[Node], choices: Choices, depth: int) -> dict[str, Any]:
    """An entry of the vocabulary's own names, filled with what fits and what does not."""
    known = names(cls)
    found: dict[str, Any] = {}
    for _ in range(choices.number(8) + (depth == 3)):
        name = choices.of(list(known.shapes))
        key = choices.key(cls, name)
        found[key] = _value(known.shapes[name], choices, depth - 1)
    return found


def _value(shape: Shape, choices: Choices, depth: int) -> Any:
    if choices.number(12) == 11:
        return choices.of(_AWRY)
    if shape.series:
        return {choices.of(["2027", "2028", "2027-06"]): choices.text() for _ in range(choices.number(4))}
    many = range(choices.number(4)) if shape.many else [0]
    if shape.node and depth > 0:
        held: list[Any] = [entry(shape.node, choices, depth) for _ in many]
    elif shape.word:
        held = [written_value(choices.of(list(shape.word)), choices.of(["sv", "en"])) for _ in many]
    else:
        held = [choices.text() for _ in many]
    return held if shape.many else held[0]


def vocabulary(data: bytes) -> None:
    """A plan of the vocabulary's own names, with slips: each is known, or what it may mean is said."""
    plan = entry(Plan, _Slips(data), 3)
    loaded = load(plan)
    for each in walk(loaded.plan):
        each.at(next(iter(names(type(each)).shapes)))
    assert by_file(spelt(plan), lambda _: "") == loaded.written


def dates(data: bytes) -> None:
    """A text as a time is read or refused, never more; what is computed is a span of days."""
    text = data.decode("utf-8", "replace")
    _read(text, node.When, node.Date)
    with suppress(swedish.ImpossibleDateError):
        time = swedish.read_time(text)
        assert time.text == text
        assert time.first is None or time.last is None or time.first <= time.last
        for day in (time.first, time.last):
            if day is not None:
                assert swedish.read_time(swedish.write_date(day)).first == day
                assert workdays.weekday_before(day) <= day <= workdays.next_weekday(day)
                assert isinstance(day, date)


def amounts(data: bytes) -> None:
    """A text as an amount or a figure is read or refused; a number that is written is read back."""
    text = data.decode("utf-8", "replace")
    _read(text, node.Text, node.Flag, node.Count, node.Number, node.Kronor, node.Value)
    found = swedish.read_number(text)
    if found is not None:
        assert math.isfinite(found), text
        for lang in ("sv", "en"):
            swedish.number(found, lang)
            swedish.kronor(found, lang)
    amount = swedish.read_amount(text)
    if amount is not None and abs(amount) < 10**15:
        assert swedish.read_amount(swedish.kronor(amount)) == amount, text
    figure = swedish.read_figure(text)
    assert figure.low is None or figure.high is None or figure.low <= figure.high
    swedish.sort_key(text)


def _read(text: str, *kinds: Any) -> None:
    for kind in kinds:
        with suppress(node.UnreadableError):
            kind.__metadata__[0].read(text)


@cache
def _tree() -> Tree:
    """A document with nothing in it."""
    words = catalogue("sv").labels("writer")
    return {
        "lang": "sv", "title": "T", "subtitle": "", "municipality": "", "status": None, "notice": "", "meta": [],
        "date": "", "footer": "", "words": words, "toc": [], "blocks": [], "notes": [], "keywords": [],
    }  # fmt: skip


def prose(data: bytes) -> None:
    """An author's Markdown, parsed and written as Markdown; every eighth as HTML too, which takes longer."""
    text = data.decode("utf-8", "replace")
    proses = Proses()
    grown = grow(f"# Kapitel\n{proses.mark(text)}", proses, {})
    tree: Any = {**_tree(), "blocks": grown.blocks, "notes": grown.notes, "toc": grown.toc}
    json.dumps(tree)
    markdown.write(tree)
    if len(data) % 8 == 0:
        assert b"<script" not in html.write(tree).lower()


class _Kept(BytecodeCache):
    """Compiled templates in memory: the standard ones are the same each time."""

    held: dict[str, bytes] = {}  # noqa: RUF012

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.held:
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self.held) < 50:
            self.held[bucket.key] = bucket.bytecode_to_string()


class _Renderer(Renderer):
    def __init__(self, own: dict[str, str]) -> None:
        super().__init__(own)
        self.environment.bytecode_cache = _Kept()


_SECTIONS: sandbox.Sections = {name: [Line("Rad"), Prose("Text **fet**.")] for name in ("vision", "economy")}


def template(data: bytes) -> None:
    """A municipality's own template, rendered and parsed; here, not in a process apart."""
    text = data[1:].decode("utf-8", "replace")
    name = "delar/economy.md" if data[:1] == b"d" else "plan.md"
    usual = '<< part("vision") >>\n\n<< chapter("economy", "Ekonomi", "ekonomi") >>'
    own = {"plan.md": usual, name: text}
    task = sandbox.Task("plan.md", "sv", {}, {}, (), own, [(_SECTIONS, {})], [{"municipality": "K"}], sandbox.LIMITS)
    with mock.patch.object(sandbox, "Renderer", _Renderer):
        answer = json.loads(json.dumps(sandbox._done(task)))
    assert answer.keys() <= {"grown", "stopped"}
    if "stopped" in answer:
        stopped = sandbox.Stopped(*answer["stopped"])
        sandbox.fault(stopped.variant, stopped.file, stopped.line, text, **stopped.params)


FILES = ("vaaldplan.toml", "fakta.toml", "mallar/ord.toml", "mallar/plan.md", "mallar/delar/economy.md")


def chosen(data: bytes) -> tuple[str, bytes]:
    """Which of the municipality's files the first byte says, and what is in it."""
    return FILES[(data[:1] or b"0")[0] % 8 % len(FILES)], data[1:]


def settings(data: bytes) -> None:
    """What a municipality configures with: settings, facts and words, each from its text; the first byte says which."""
    name, raw = chosen(data)
    text = raw.decode("utf-8", "replace")
    nowhere = ROOT / "fuzz/seeds/loader"  # a logotype or font is looked for, and not found
    if name == FILES[0]:
        read = config.written(text, nowhere)
        assert all(finding.span for finding in read.findings)
        for code in read.settings.limits:
            read.span(code, "limits")
        config.Settings(**read.settings._asdict())
    elif name == FILES[1]:
        known = own_rows(text)
        list(own_facts.faults(known, name))
        for kind in facts.KINDS:
            for fact in known.of(kind).values():
                known.source(fact)
        for law in known.laws.values():
            known.successor(law)
    else:
        found = own.words({"ord.toml": text, "ord.en.toml": text})
        say = read_own({"ord.toml": text}).catalogue("sv")
        for section in found.words.get("sv", {}):
            say.tree(section)


TARGETS: dict[str, Target] = {
    "loader": loader, "vocabulary": vocabulary, "dates": dates, "amounts": amounts,
    "markdown": prose, "template": template, "settings": settings,
}  # fmt: skip


def seeds(name: str) -> list[Path]:
    """The inputs a target begins with, and those that once broke it."""
    return sorted(p for folder in ("seeds", "crashes") for p in (HERE / folder / name).glob("*"))
