"""The right layout of a file: the same data, every comment, the author's order; and single pieces replaced."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from vaaldplan.finding import Edit, Path, Severity, Span
from vaaldplan.source.edit import Alone, UnsureError, alone, applied, in_layout
from vaaldplan.source.layout import Names


def laid_out(text: str, names: Names = Names()) -> str:  # noqa: B008 - immutable
    return in_layout(alone("plan.yaml", text.encode()), names).decode()


CASES = [
    # indentation
    ("a:\n    b: 1\n    c:\n        d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
    ("a:\n- b: 1\n  c: 2\n- d: 3\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n"),
    ("a:\n     -   b: 1\n         c:   2\n", "a:\n  - b: 1\n    c: 2\n"),
    ("a:\n  -\n    b: 1\n  -\n    x\n", "a:\n  - b: 1\n  - x\n"),
    ("a:\n  - - x\n    - y\n  - - - z\n", "a:\n  - - x\n    - y\n  - - - z\n"),
    ("  a: 1\n  b: 2\n", "a: 1\nb: 2\n"),
    ("a:\n   text\nb:\n", "a: text\nb:\n"),
    ("a  :   1\n", "a: 1\n"),
    ("? a\n: b\n? c\n", "a: b\nc:\n"),
    # quotes
    ("a: 'x'\nb: \"z\"\n'c': 1\n", "a: x\nb: z\nc: 1\n"),
    ("a: 'x: y'\nb: 'x #y'\nc: '- x'\nd: ' x'\n", 'a: "x: y"\nb: "x #y"\nc: "- x"\nd: " x"\n'),
    ("a: '0114'\nb: 'no'\nc: '2026-01-02'\nd: ''\n", 'a: "0114"\nb: "no"\nc: "2026-01-02"\nd: ""\n'),
    ("a: 'säg \"hej: du\"'\nb: \"x\\ny\"\nc: 'c:\\d: e'\n", "a: 'säg \"hej: du\"'\nb: \"x\\ny\"\nc: 'c:\\d: e'\n"),
    ("a: ['x', 'y, z', 'k:l']\nb: {'c': 'd'}\n", 'a: [x, "y, z", "k:l"]\nb: {c: d}\n'),
    ('{"a":"b", "c": "d"}\n', '{"a":b, c: d}\n'),
    # lines
    ("\n\na: 1   \n\n\n\nb: 2", "a: 1\n\nb: 2\n"),
    ("a:\n\n  b: 1\n\n\n  c: 2\n\n\n", "a:\n  b: 1\n\n  c: 2\n"),
    ("%YAML 1.2\n---\na: 1\n...\n", "%YAML 1.2\n---\na: 1\n...\n"),
    ("--- # x\na: 1\n... \n# y\n", "--- # x\na: 1\n...\n# y\n"),
    # texts of several lines
    ("a: |\n      x\n        y\n\n      z\n\n\nb: >-\n x\n", "a: |\n  x\n    y\n\n  z\n\nb: >-\n  x\n"),
    ("a:\n    b: |2\n        x\n       y\n", "a:\n  b: |2\n      x\n     y\n"),
    ("a: |+\n   x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
    ("a: |  # k\n   x  \n", "a: |  # k\n  x  \n"),
    ("a: x\n      y\n\n      z\nb: 'x\n y'\n", "a: x\n  y\n\n  z\nb: 'x\n  y'\n"),
    ("a:\n      x\n      y\n", "a:\n  x\n  y\n"),
    ("a: [x,\n y, {b: 1,\n     c: 2},\n\n\n ]\n", "a: [x,\n  y, {b: 1,\n    c: 2},\n\n  ]\n"),
    # comments
    ("# top\n\n# a\na: 1 # x\n#y\nb: 2\n# end\n", "# top\n\n# a\na: 1 # x\n#y\nb: 2\n# end\n"),
    ("a:\n# x\n- b: 1\n# y\n- c: 2\n# z\nd: 1\n", "a:\n  # x\n  - b: 1\n  # y\n  - c: 2\n# z\nd: 1\n"),
    ("a:\n    - b: 1\n      # mer\n    # nästa\n# topp\n", "a:\n  - b: 1\n    # mer\n  # nästa\n# topp\n"),
    ("a: # x\n    - 1   # y\n    # z\n    -   # w\n        b: 1\n", "a: # x\n  - 1   # y\n  # z\n  -   # w\n    b: 1\n"),
    ("a: # x\n  1\nb:\n  # y\n  2\n", "a: # x\n  1\nb:\n  # y\n  2\n"),
    ("a:\n  -\n    # x\n    b: 1\n", "a:\n  # x\n  - b: 1\n"),
    ("a: [x, # k\n# l\n    y]\n", "a: [x, # k\n  # l\n  y]\n"),
    ("a: |\n  # text\n# k\nb: \"#\" # l\n", "a: |\n  # text\n# k\nb: \"#\" # l\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES)
def test_the_layout_of_a_file(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert laid_out(after) == after


def test_line_ends_are_those_of_the_first_line_and_a_byte_order_mark_goes() -> None:
    assert in_layout(alone("x", b"\xef\xbb\xbfa:   1\r\nb: |\r\n   x\r\n"), Names()) == b"a: 1\r\nb: |\r\n  x\r\n"
    assert in_layout(alone("x", b"a:   1\nb: 2\r\n"), Names()) == b"a: 1\nb: 2\n"
    assert in_layout(alone("x", "a\u030a: a\u030a\n".encode()), Names()) == "å: å\n".encode()


@pytest.mark.parametrize(
    "text",
    ["", "# x\n", "a: [\n", "a: &b 1\nc: *b\n", "a: !t 1\n", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "- a\n", "a:\t1\n",
     "<<: {a: 1}\n", "[a]: 1\n", "? a\n  b\n: 1\n", "a: x\u2028y\n", "a: " + "[" * 40],
)  # fmt: skip
def test_what_is_not_rewritten(text: str) -> None:
    with pytest.raises(UnsureError):
        laid_out(text)


def test_names_are_spelt_anew_with_quotes_where_they_need_them() -> None:
    names = Names({("atgarder",): "åtgärder", ("atgarder", 0, "niva"): "nivå"}, {("atgarder", 0, "niva"): "a: b"})
    assert laid_out("atgarder:\n- {niva: x, b: 1}\n", names) == 'åtgärder:\n  - {nivå: "a: b", b: 1}\n'


def test_keys_in_order_with_the_comments_above_them() -> None:
    text = "# topp\nb: 1 # ett\n\n# om c\nc:\n  # om y\n  y: 1\n  x: 2 # två\n\n  # sist\na:\n- e: |\n    x\n  # om d\n  d: 1\nz: 9\n"
    order = {("a",): 0, ("b",): 1, ("c",): 2, ("c", "x"): 0, ("c", "y"): 1, ("a", 0, "d"): 0, ("a", 0, "e"): 1}
    after = laid_out(text, Names(order=order))
    assert after == (
        "# topp\na:\n  # om d\n  - d: 1\n    e: |\n      x\nb: 1 # ett\n\n# om c\nc:\n  x: 2 # två\n  # om y\n  y: 1\n\n"
        "  # sist\nz: 9\n"
    )
    assert laid_out(after, Names(order=order)) == after


# ------------------------------------------------------------------ laws

PIECES = ["a:", "b: ", "c", "- ", "-", "  ", "    ", " ", "\n", "\n", "# k", "# l\n", "'x: y'", '"z"', "[a, 'b']",
          '{k: v, "l":1}', "|\n", "|+\n", ">-\n", "|2\n", "   text\n", "text", "? q", "[\n", "]", "{\n", "}", ",", "'\n",
          "d: \n", "e:\n", "id: A1\n", "  titel: x\n", "  - id: B\n", "---\n", "...\n", "\\", "\t", "\xa0", "å", "&x", "*x"]  # fmt: skip


class Writer:
    """Writes random data in a random layout, as people do."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0

    def mapping(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for i in range(self.chance.randint(1, 3)):
            lines += self.trivia(indent)
            key = self.chance.choice(["", "'", '"'])
            lines += self.entry(f"{key}k{i}{key}{' ' * self.chance.choice([0, 0, 1])}:", indent, depth, in_list=False)
        return lines

    def sequence(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.chance.randint(1, 3)):
            lines += self.trivia(indent)
            lines += self.entry("-", indent, depth, in_list=True)
        return lines

    def entry(self, head: str, indent: int, depth: int, *, in_list: bool) -> list[str]:
        start, kind = " " * indent + head, self.chance.randint(0, 9 if depth else 6)
        gap = " " * self.chance.randint(1, 3)
        if kind == 0:
            return [start + self.comment()]
        if kind == 1:
            deep = indent + self.chance.randint(1, 4)
            sign = self.chance.choice(["|", ">", "|-", ">+", "|+"])
            texts = ["text # x", "", "  mer", "- slut: x", " ", "\\"]
            return [start + gap + sign, *(" " * deep + t for t in ["x", *self.chance.sample(texts, 3)])]
        if kind == 2:
            quote = self.chance.choice(["", "'", '"'])
            return [start + gap + quote + "ett", "", " " * (indent + 2) + "två" + quote + self.comment()]
        if kind == 3:
            inside = self.chance.choice(["[a, 'b' , {c: 1}]", "{a: [x], 'b': y}", "[]", "[a,\n   'b, c', # k\n\n  d]"])
            return [start + gap + inside + self.comment()]
        if kind <= 6:
            return [
                start
                + gap
                + self.chance.choice(["x", "'x'", '"x: y"', "'it''s'", "x#y", "'01'", '"\\t"'])
                + self.comment()
            ]
        deep = indent + self.chance.randint(1, 4)
        if in_list and self.chance.random() < 0.7:
            lines = self.mapping(indent + self.chance.randint(2, 4), 0)
            first = next(i for i, line in enumerate(lines) if line.strip() and not line.strip().startswith("#"))
            return [" " * indent + "-" + lines[first][indent + 1 :], *lines[first + 1 :]]
        if kind == 7:
            return [start + self.comment(), *self.mapping(deep, depth - 1)]
        dashes = indent + self.chance.randint(1 if in_list else 0, 3)
        return [start + self.comment(), *self.sequence(dashes, depth - 1)]

    def comment(self) -> str:
        self.count += 1
        return self.chance.choice(["", "", "", f" # c{self.count}", f"   #c{self.count}  ", "  "])

    def trivia(self, indent: int) -> list[str]:
        self.count += 1
        return self.chance.choice(
            [[], [], [], [""], ["", "  ", ""], [" " * self.chance.randint(0, indent) + f"# t{self.count}"]]
        )


def keeps_the_laws(file: Alone, names: Names) -> None:
    raw = in_layout(file, names)  # refuses when data or comments differ
    again = alone(file.name, raw)
    assert again.data is not None
    assert sorted(again.comments) == sorted(file.comments)
    assert in_layout(again, names) == raw
    assert raw.endswith(b"\n")


def ranks(data: Any, path: Path = ()) -> dict[Path, int]:
    """The keys of all mappings in reverse alphabetical order."""
    found: dict[Path, int] = {}
    for i, (key, value) in enumerate(sorted(data.items(), reverse=True) if isinstance(data, dict) else enumerate(data)):
        if isinstance(data, dict):
            found[*path, key] = i
        if isinstance(value, dict | list):
            found |= ranks(value, (*path, key))
    return found


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_laws_for_what_people_write(seed: int) -> None:
    text = "\n".join(Writer(random.Random(seed)).mapping(0, 3))
    file = alone("plan.yaml", text.encode())
    assert file.data is not None, text
    keeps_the_laws(file, Names())
    keeps_the_laws(file, Names(order=ranks(file.data)))


@pytest.mark.parametrize("seed", range(40))
def test_a_strict_reader_reads_the_same_before_and_after(seed: int) -> None:
    text = "\n".join(Writer(random.Random(seed)).mapping(0, 2)) + "\n"
    strict = YAML(typ="safe", pure=True)
    assert strict.load(laid_out(text)) == strict.load(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_gives_a_result_or_is_refused(text: str) -> None:
    file = alone("plan.yaml", text.encode("utf-8", "surrogatepass"))
    try:
        in_layout(file, Names())
    except UnsureError:
        return
    assert not any(f.severity is Severity.ERROR for f in file.findings)
    keeps_the_laws(file, Names())


# ------------------------------------------------------------------ pieces


def test_pieces_are_replaced_and_the_rest_stays() -> None:
    raw = b"\xef\xbb\xbfa: 1\r\nb:  2 # x\r\n"
    edits = [Edit(Span("x", 2, 5, 2, 6), "3"), Edit(Span("x", 2, 5, 2, 6), "4"), Edit(Span("x", 1, 1, 1, 2), "c")]
    after, changes = applied("x", raw, edits)
    assert after == b"\xef\xbb\xbfc: 1\r\nb:  3 # x\r\n"
    assert changes == [(1, "a: 1", "c: 1"), (2, "b:  2 # x", "b:  3 # x")]


def test_another_encoding_is_saved_in_utf_8() -> None:
    after, changes = applied("x", "å: 1\nb: 2\n".encode("cp1252"), [Edit(Span("x", 1, 1, 1, 1), "")])
    assert after.decode() == "å: 1\nb: 2\n"
    assert changes == [(1, "\ufffd: 1", "å: 1")]
