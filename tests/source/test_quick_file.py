"""What reads plain files line by line tells exactly what libyaml's reader tells, or gives up."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alike import file_of, quickly, thoroughly
from conftest import ROOT
from vaaldplan.source import quick
from vaaldplan.source.text import _COMMON, normal

EXAMPLES = [*sorted(ROOT.glob("examples/**/*.yaml")), ROOT / "src/vaaldplan/texts/examples/base.yaml"]
PLAIN = [path for path in EXAMPLES if "trasig" not in path.parts]
LINES = [line for path in PLAIN for line in path.read_text("utf-8").split("\n")]
STARTS = [i for i, line in enumerate(LINES) if line and not line.startswith((" ", "#"))]
SIGNS = (
    *["", ":", "#", ",", "[", "]", "{", "}", "'", '"', "|", ">", "&", "*", "!", "?", "-", "~", "%", "@", "`", "\\", "<", "(", ")", "=", "å", "1"], " ", "  ", "- ", ": ", " #", ", ", "\n", "\n\n",
    "\n  ", "  \n", "|-", ">-", "|+", ">2", "\t", "\r", "\r\n", "null", "0,75", "---", "...", "<<: ", "''", "%YAML 1.2",
    "\xa0", "\xad", "\x85", "\u2028", "\ufeff", "😀", "e\u0301", "\0",
)  # fmt: skip
"""What is put somewhere in a text."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A few lines of a plan, in order or thrown together, with a sign put in here and there."""
    if draw(st.booleans()):
        start = draw(st.sampled_from(STARTS))
        lines = LINES[start : start + draw(st.integers(1, 30))]
    else:
        drawn = draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(LINES)), min_size=1, max_size=6))
        lines = ["a: b", *("  " * depth + line.strip() for depth, line in drawn)]
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "\n", "", "\n\n", " "]))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at + draw(st.integers(0, 2)) :]
    return text.replace("\n", "\r\n") if draw(st.integers(0, 9)) == 0 else text


def test_both_tell_the_same() -> None:
    taken = 0

    @settings(max_examples=1500, deadline=None)
    @given(texts())
    def compare(text: str) -> None:
        nonlocal taken
        file = file_of(text)
        if file is not None and (told := quickly(file)) is not None:
            assert told == thoroughly(file)
            taken += 1

    compare()
    assert taken > 150


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_files_as_people_write_them_are_read(path: Path, end: str) -> None:
    file = file_of(path.read_text("utf-8").replace("\n", end))
    assert file is not None
    assert quickly(file) == thoroughly(file)


def test_common_signs_need_no_closer_look() -> None:
    assert len(_COMMON) > 200
    for sign in _COMMON:
        assert normal(f"a{sign}a") == f"a{sign}a" != normal(f"a{sign}a\u0301")
        assert sign.isprintable() or sign in quick._UNSEEN


def test_no_example_is_missed() -> None:
    assert len(PLAIN) == 13


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n",
        "# x\n\na: b # y\nc: d   \ne: f",
        "a:\n- b\n- c: d\ne:\n  - f\n\n  - g:\n      h: i\n",
        "a:\nb:\n  c:\n  d: # e\n",
        "a: ~\nb: null\nc: ''\nd: \"x # y\"\n".replace(" # ", " "),
        "a: [b, c]\nd: {e: f, 2027: 0,75}\ng: [[h], {i: [j]}, \"k: l\", 'm']\nn: []\no: {}\n",
        "a: >-\n  b\n  c\n\n  d\n\n\nb: |\n  x\n    y\n  z # w\nc: >\n  d\n",
        "a: 12:30\nb: http://x.se/å\nc: x#y\n".replace("#", ""),
        "a: b\r\nc:\r\n  - d\r\n",
        "a: 12\xa0000\n",
    ],
)
def test_ways_to_write_are_known(text: str) -> None:
    file = file_of(text)
    assert file is not None
    told = quickly(file)
    assert told is not None
    assert told == thoroughly(file)


@pytest.mark.parametrize(
    "text",
    [
        "", "# x\n", "a\n", "- a\n", "a: b: c\n", "a: b\n c: d\n", "a: b\n  c\n", "a: b\na: c\n", "a: &x b\n", "a: *x\n",
        "a: !t b\n", "? a\n: b\n", "a: {b: c\n", "a: [b: c]\n", "a: 'b''c'\n", 'a: "b\\n"\n', "a: b\n---\nc: d\n",
        "a: >-\n", "a: |\nb: c\n", "a: >\n  b\n    c\n", "a: |2\n  b\n", "\ta: b\n", "a: b\tc\n", "a: b\0c\n", "a: b\x85c\n",
        "a: b\u2028c\n", "<<: a\n", "”a”: b\n", "-a: b\n", "a: -\n", "a: - b\n", "a:\n  b\n", "%TAG ! x\n---\na: b\n",
        "a: {b: c, b: d}\n", "a: [b, c]d\n", "a: [b #c\n", "a: C#\n", "a: |\n  b", "a : b\n", "a: {b:", "a: {b: ", "a: [", "a: [b, ", "a: b\nc\n", "a:\n  - b: c\n    d: e\n  - b: c\n    d\n", "a:   b\n", "a:\n    b: c\n  d: e\n",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_libyaml(text: str) -> None:
    file = file_of(text)
    assert file is None or quickly(file) is None


def test_a_list_that_nobody_writes_is_left_to_libyaml() -> None:
    for text, plain in (("a: [" + "b, " * 1_000 + "b]\n", True), ("a: [" + "b, " * 5_000 + "b]\n", False)):
        file = file_of(text)
        assert file is not None
        assert (quickly(file) is not None) is plain


def test_a_plan_nested_too_deeply_is_left_to_the_reader_that_knows_the_bound() -> None:
    for text in (
        "".join("  " * i + "a:\n" for i in range(40)) + "  " * 40 + "a: b\n",
        "a: " + "[" * 40 + "]" * 40 + "\n",
    ):
        file = file_of(text)
        assert file is not None
        assert quickly(file) is None
