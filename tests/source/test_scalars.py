"""A text written as a value is read back as the same text, by libyaml and by a strict reader with types."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from vaaldplan.source import read_text
from vaaldplan.source.scalars import is_safe_bare, requoted, written

SIGNS = "aåZ09.:-#,[]{}'\"\\ |>&*!%@`?~=<+/§()_TxX½é😀\xa0"
TYPED = [
    "1e3",
    "0x1f",
    "0o7",
    ".5",
    "12:30",
    "2026-01-02",
    "null",
    "Yes",
    "no",
    "~",
    "+1",
    ".inf",
    "1_0",
    "0114",
    "2.10",
    "1,5",
]
TEXTS = st.text(alphabet=SIGNS, max_size=8) | st.sampled_from(TYPED)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, in_brackets=st.booleans())
def test_every_reader_reads_what_was_meant(text: str, in_brackets: bool) -> None:
    assume(text.isprintable())
    value = written(text, in_brackets=in_brackets)
    file = f"k: [{value}, z]\n" if in_brackets else f"k: {value}\n"
    said: Any = [text, "z"] if in_brackets else text
    assert (read_text(file).data or {})["k"] == said
    assert YAML(typ="safe", pure=True).load(file)["k"] == said


@pytest.mark.parametrize(
    "text", ["Utbilda", "1,5 mkr", "hösten 2027", "§ 114", "A1", "2027–2030", "a#b", "c:d", "Åse, Bo"]
)
def test_what_needs_no_quotes(text: str) -> None:
    assert is_safe_bare(text)


def test_quotes_stay_where_they_are_needed_or_say_something() -> None:
    assert requoted("'x: y'", "x: y") == '"x: y"'
    assert requoted("'0114'", "0114") == '"0114"'
    assert requoted('"a\\tb"', "a\tb") == '"a\\tb"'
    assert requoted("'säg \"hej: du\"'", 'säg "hej: du"') == "'säg \"hej: du\"'"
    assert requoted("'a, b'", "a, b") == "a, b"
    assert requoted("'a, b'", "a, b", in_brackets=True) == '"a, b"'
