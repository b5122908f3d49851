"""A plan in one file: plain data, exact places, comments, bounds, and never an exception."""

import gc
import hashlib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaaldplan.errors import VaaldplanError
from vaaldplan.finding import Path, Span
from vaaldplan.source import Document, events, find, read, read_text
from vaaldplan.source.files import SIZE
from vaaldplan.source.marks import Marks
from vaaldplan.source.text import File

PLAN = """\
# Plan – å # ä
titel: Våld 😀 och inte   # slut
kommunkod: 0114
å😀ä: "😀 # inte" # men
tomt:
lista:
  - ett
  - nyckel: värde
    inre: [a, {b: 'c''d'}, ]  # hej

# före text
text: |  # rubrik
  Rad # ett
    två

# efter text
vikt: >-
  Veckad
  text

"citerad": "x\\ty"
flera: ord på
  två rader
sist: {}
"""


def slices(document: Document, text: str, span: Span) -> str:
    """The text at a span, found by counting lines and columns."""
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: span.line - 1])) + span.column - 1
    end = sum(map(len, lines[: span.end_line - 1])) + span.end_column - 1
    assert span.file == document.files[0]
    return text[start:end]


def paths(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path of the data with its value."""
    yield path, data
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield from paths(value, (*path, step))


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_text_at_every_span_is_the_value(ends: str) -> None:
    text = PLAN.replace("\n", ends)
    document = read_text("\ufeff" + text)
    assert document.findings == ()
    expected = {
        ("titel",): "Våld 😀 och inte",
        ("kommunkod",): "0114",
        ("å😀ä",): '"😀 # inte"',
        ("tomt",): "",
        ("lista",): "- ett\n  - nyckel: värde\n    inre: [a, {b: 'c''d'}, ]",
        ("lista", 0): "ett",
        ("lista", 1): "nyckel: värde\n    inre: [a, {b: 'c''d'}, ]",
        ("lista", 1, "nyckel"): "värde",
        ("lista", 1, "inre"): "[a, {b: 'c''d'}, ]",
        ("lista", 1, "inre", 0): "a",
        ("lista", 1, "inre", 1): "{b: 'c''d'}",
        ("lista", 1, "inre", 1, "b"): "'c''d'",
        ("text",): "|  # rubrik\n  Rad # ett\n    två",
        ("vikt",): ">-\n  Veckad\n  text",
        ("citerad",): '"x\\ty"',
        ("flera",): "ord på\n  två rader",
        ("sist",): "{}",
    }
    seen = 0
    for path, _ in paths(document.data):
        if path:
            want = expected[path].replace("\n", ends)
            assert slices(document, text, document.span(path)) == want
            assert document.raw(path) == want
            key = slices(document, text, document.span(path, key=True))
            assert key == (want if isinstance(path[-1], int) else '"citerad"' if path[-1] == "citerad" else path[-1])
            seen += 1
    assert seen == len(expected)


def test_a_path_that_does_not_exist_is_shown_at_its_nearest_parent() -> None:
    document = read_text("a: 1\nb:\n  - c: 2\n    d:\n  - x\n")
    file = "plan.yaml"
    assert document.span(()) == document.span(("z",)) == document.span((0,)) == Span(file, 1, 1, 1, 1)
    assert document.span(("b", 0, "d", "e", 3)) == Span(file, 4, 5, 4, 6)
    assert document.span(("b", 0, "e")) == Span(file, 3, 5, 4, 7)
    assert document.span(("b", 7)) == document.span(("b", "e")) == Span(file, 2, 1, 2, 2)
    assert document.span(("b", 1, "e")) == document.span(("b", 1), key=True) == Span(file, 5, 5, 5, 6)
    assert document.span(("a", "e")) == Span(file, 1, 1, 1, 2)
    assert document.raw(("b", 7)) == document.raw(()) == ""
    unread = read_text("a: b: c\n")
    assert unread.span(("a",)) == Span(file, 1, 1, 1, 1)


@pytest.mark.parametrize("odd", ["", "odd: |2\n   x\n"])  # which is not read quickly
def test_a_value_is_pointed_at_when_it_is_whole_on_the_line_of_its_key(odd: str) -> None:
    document = read_text("a: [b, {c: [d, 'e']}]\nb:\n  - c: 2\n    d: x\nf: |\n  g\n  h\n" + odd)
    file = "plan.yaml"
    assert document.spot(("a",)) == document.span(("a",)) == Span(file, 1, 4, 1, 22)
    assert document.spot(("b",)) == document.span(("b",), key=True) == Span(file, 2, 1, 2, 2)
    assert document.spot(("b", 0)) == document.span(("b", 0)) == Span(file, 3, 5, 4, 9)
    assert document.spot(("f",)) == document.span(("f",), key=True) == Span(file, 5, 1, 5, 2)
    assert document.span(("f",)) == Span(file, 5, 4, 7, 4)
    assert document.spot(("b", 0, "z")) == document.spot(("b", 0))
    assert document.spot(("b", "z")) == document.spot(("b",))


def test_every_scalar_is_the_text_that_stands_there() -> None:
    written = [
        "0114",
        "2.10",
        "no",
        "ja",
        "true",
        "2026",
        "2024-02-30",
        "1_000",
        "0x1F",
        "1e3",
        ".inf",
        "12:30:45",
        "=",
        "nULL",
    ]
    document = read_text("".join(f"k{i}: {w}\n" for i, w in enumerate(written)))
    assert document.data == {f"k{i}": w for i, w in enumerate(written)}
    empty = read_text(
        "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: ''\ng: 'null'\nh: \"~\"\ni: [~, , 'x']\n".replace(", ,", ",")
    )
    assert empty.data == {
        "a": None,
        "b": None,
        "c": None,
        "d": None,
        "e": None,
        "f": "",
        "g": "null",
        "h": "~",
        "i": [None, "x"],
    }
    assert read_text("1: a\nnull: b\n2026-01-01: c\n").data == {"1": "a", "null": "b", "2026-01-01": "c"}


def test_text_is_composed_before_it_is_compared() -> None:
    document = read_text("a\u030atga\u0308rder: a\u030a\nb: 1\n")
    assert document.data == {"åtgärder": "å", "b": "1"}
    assert document.span(("åtgärder",)) == Span("plan.yaml", 1, 11, 1, 12)
    assert document.line("plan.yaml", 1) == "åtgärder: å"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_comments_are_not_confused_with_text(ends: str) -> None:
    text = PLAN.replace("\n", ends)
    assert list(read_text(text).comments("plan.yaml")) == [
        (1, 1, "# Plan – å # ä"),
        (2, 26, "# slut"),
        (4, 17, "# men"),
        (9, 31, "# hej"),
        (11, 1, "# före text"),
        (12, 10, "# rubrik"),
        (16, 1, "# efter text"),
    ]
    assert list(read_text("a: b#c\nd#e: f # g\n# h").comments("plan.yaml")) == [(2, 8, "# g"), (3, 1, "# h")]
    assert list(read_text("# a\nb: c: d\n").comments("plan.yaml")) == []
    assert list(read_text("").comments("plan.yaml")) == []


def test_lines_and_digest() -> None:
    document = read_text(b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\n", name="x.yaml")
    assert [document.line("x.yaml", n) for n in range(6)] == ["", "a: 1", "b: 2", "c: 3", "", ""]
    assert document.digest() == hashlib.sha256(b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\n").hexdigest()
    assert document.files == ("x.yaml",)
    assert read_text("a: å: b".encode("cp1252")).line("plan.yaml", 1) == "a: å: b"


def test_bounds(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plan.yaml"
    with file.open("wb") as stream:
        stream.truncate(SIZE + 1)
    for document in (read(file, same_key=str.__eq__), read_text(b"#" * (SIZE + 1))):
        assert [(f.code, f.variant, f.params) for f in document.findings] == [("S10", "size", {"limit": 16})]
    for bomb in (
        "a: " + "[" * 100_000,
        "- " * 50_000,
        "\n".join(" " * i + "a:" for i in range(3000)),
        "a: " + "{b: " * 40,
    ):
        assert [(f.code, f.variant) for f in read_text(bomb).findings] == [("S10", "depth")]
    levels = "".join("  " * i + "a:\n" for i in range(events.DEPTH)) + "  " * events.DEPTH + "b"
    assert read_text(levels).findings == ()
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {f.variant for f in read_text(laughs).findings} == {"anchor", "alias"}
    assert read_text("a: &x [*x]\n").data == {"a": [None]}
    monkeypatch.setattr(events, "NODES", 10)
    for many in (
        "a: [" + "x," * 20 + "]",
        "{" + ",".join(f"a{i}: 1" for i in range(20)) + "}",
        "? [" + "x," * 20 + "]\n: 1",
    ):
        loader = events.Loader(*_file(many), Marks(), 10)
        with pytest.raises(events.Stop) as stop:
            loader.load()
        assert (stop.value.finding.code, stop.value.finding.variant) == ("S10", "nodes")


def _file(text: str) -> tuple[File, str]:
    file = File("x", text.encode())
    file.text = text
    return file, text


def test_many_unreadable_signs_are_reported_a_hundred_at_a_time() -> None:
    assert len(read_text("a: \x07\n" + "# \x07\n" * 500).findings) == 100


def test_reading_leaves_no_garbage_and_the_collector_as_it_was() -> None:
    bad = "a: b: c\n"
    read_text(PLAN), read_text(bad)
    gc.collect()
    gc.disable()
    try:
        read_text(PLAN)
        assert not gc.isenabled()
        read_text(bad)
        assert gc.collect() == 0
    finally:
        gc.enable()
    read_text(PLAN)
    assert gc.isenabled()


def test_what_cannot_be_opened(tmp_path: FilePath) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    cases = [
        (tmp_path / "saknas.yaml", "not-found", None),
        (tmp_path / "a\0b", "not-found", None),
        (tmp_path / "pipe.yaml", "not-openable", "not-a-file"),
        (tmp_path / "loop.yaml", "not-openable", "other"),
    ]
    for path, key, reason in cases:
        for call in (lambda p: read(p, same_key=str.__eq__), find):
            with pytest.raises(VaaldplanError) as error:
                call(path)
            assert (error.value.key, error.value.params.get("reason")) == (key, reason)
            assert error.value.params["path"] == str(path)
    with pytest.raises(VaaldplanError, match="not-a-file"):
        read(tmp_path, same_key=str.__eq__)
    empty = tmp_path / "empty"
    empty.mkdir()
    for name, near in (("", None), ("Plan.yml", "Plan.yml"), (".x.yaml", "Plan.yml"), ("del.yaml", None)):
        if name:
            (empty / name).write_text("titel: A\n", "utf-8")
        with pytest.raises(VaaldplanError) as error:
            find(empty)
        assert (error.value.key, error.value.params.get("near")) == ("no-plan-near" if near else "no-plan", near)


def test_a_file_that_shrinks_or_grows_while_it_is_read(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes(b"a: 1\n")
    usual = FilePath.open

    def grown(self: FilePath, *args: Any) -> Any:
        with usual(file, "wb") as stream:
            stream.truncate(SIZE + 5)
        return usual(self, *args)

    monkeypatch.setattr(FilePath, "open", grown)
    assert [f.variant for f in read(file, same_key=str.__eq__).findings] == ["size"]


YAMLISH = st.text(st.sampled_from("ab:-#\n\n  \t\"'[]{},|>&*!%@`?.~\\ \xa0åä”\u2028\x00\r😀"), max_size=80)


@given(st.one_of(st.binary(max_size=200), YAMLISH.map(lambda t: t.encode()), YAMLISH.map(lambda t: t.encode("utf-16"))))
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_data_or_findings(raw: bytes) -> None:
    document = read_text(raw)
    assert (document.data is not None) or document.findings
    for finding in document.findings:
        assert finding.span
        lines = document.line(finding.span.file, finding.span.line)
        assert 1 <= finding.span.column <= len(lines) + 1
        assert (finding.span.line, finding.span.column) <= (finding.span.end_line, finding.span.end_column)
    for path, value in paths(document.data):
        assert value is None or isinstance(value, str | list | dict)
        document.span(path), document.span(path, key=True), document.raw(path)
    for line, column, comment in document.comments("plan.yaml"):
        assert document.line("plan.yaml", line)[column - 1 :].startswith(comment)


@given(st.dictionaries(st.text(), st.lists(st.text(max_size=30), max_size=3), min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_what_another_writer_writes_is_read_back(data: dict[str, list[str]]) -> None:
    """ruamel writes; what it cannot write or we report (control characters) is left out."""
    import unicodedata
    from io import StringIO

    from ruamel.yaml import YAML

    def clean(text: str) -> str:
        return unicodedata.normalize("NFC", "".join(c for c in text if c.isprintable() or c == " "))

    # A key after a dash or in typographic quotes is taken for a slip of the fingers.
    wanted = {clean(k).lstrip("-”“„»"): [clean(v) for v in values] for k, values in data.items()}
    stream = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.allow_unicode = True
    writer.default_flow_style = False  # libyaml reads [?x] in its own way
    writer.dump(wanted, stream)
    document = read_text(stream.getvalue())
    assert document.findings == ()
    assert document.data == wanted


def test_the_first_of_keys_that_are_there_twice_is_known_however_many_there_are() -> None:
    keys = "abacbdcad"
    document = read_text("".join(f"{key}: {i}\n" for i, key in enumerate(keys)))
    assert document.data == {"a": "0", "b": "1", "c": "3", "d": "5"}
    said = [(f.span.line, f.params["key"], f.params["first"]) for f in document.findings if f.span]
    assert said == [(i + 1, key, keys.index(key) + 1) for i, key in enumerate(keys) if keys.index(key) < i]
    assert [document.span((key,)).line for key in "abcd"] == [1, 2, 4, 6]
