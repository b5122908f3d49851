"""Every fault of a file as such: its variant, its exact place, and its words in both languages."""

import string

import pytest

from vaaldplan.finding import Finding, Severity
from vaaldplan.source import read_text
from vaaldplan.source.faults import VARIANTS, fault
from vaaldplan.texts.catalogue import LANGUAGES, catalogue


def brief(finding: Finding) -> str:
    """Code, variant and span in one line."""
    assert finding.span
    _, line, column, end_line, end_column = finding.span
    end = f"{end_column}" if end_line == line else f"{end_line}:{end_column}"
    return f"{finding.code} {finding.variant} {line}:{column}-{end}".replace("  ", " ")


UNREADABLE = [
    # what no plan can be read from
    ("", "S01 empty 1:1-1"),
    ("# bara en kommentar\n", "S01 empty 1:1-1"),
    ("---\n", "S01 empty 1:1-1"),
    ("~\n", "S01 empty 1:1-1"),
    ("- a\n- b\n", "S01 not-mapping 1:1-1"),
    ("Detta är en text.\nPå två rader.\n", "S01 not-mapping 1:1-1"),
    ("# x\n'a: b'\n", "S01 not-mapping 2:1-1"),
    # tabs
    ("\ta: 1\n", "S03 tab 1:1-2"),
    ("a:\n\tb: 1\n", "S03 tab 2:1-2"),
    ("a:\n  - b: 1\n  \t\tc: 2\n", "S03 tab 3:3-5"),
    ("a: 1\n\t\nb: 2\n", "S03 tab 2:1-2"),
    ("a: |\n  x\n\ty\n", "S03 tab 3:1-2"),
    ("a:\n  -\tx\n", "S03 tab 2:4-5"),
    # colons
    ("titel: Kaffe: gratis\n", "S03 colon 1:13-14"),
    ("a: 1\n  \ntitel: Kaffe: gratis\nb: 2\n", "S03 colon 3:13-14"),
    ("titel: Mål: att: x\n", "S03 colon 1:11-12"),
    ("a: http://x.se: y\n", "S03 colon 1:15-16"),
    ("a: [b: c: d]\n", "S03 colon 1:9-10"),
    ("a: {b: c: d}\n", "S03 colon 1:9-10"),
    ("a: x och\n  y z: å\n", "S03 colon-lines 2:6-7"),
    ("titel:Kaffe\n", "S03 colon-space 1:6-7"),
    ("titel:Kaffe\nb: 2\n", "S03 colon-space 1:6-7"),
    ("a: 1\ntitel:Kaffe\n", "S03 colon-space 2:6-7"),
    ("å:\n  - id:A1\n    titel: x\n", "S03 colon-space 2:7-8"),
    ("å:\n  - id: A1\n    titel:x\n    b: 1\n", "S03 colon-space 3:10-11"),
    ("a\nb: 1\n", "S03 no-colon 1:1-2"),
    ("b: 1\nåtta ord\nc: 1\n", "S03 no-colon 2:1-9"),
    ("b: 1\nhttps://x.se\n", "S03 no-colon 2:1-13"),
    # indentation
    ("titel: x\n kommun: y\n", "S03 indent 2:2-8"),
    ("titel:\n  x: 1\n y: 2\n", "S03 indent 3:2-6"),
    ("å:\n  - id: A1\n    titel: x\n   ansvarig: y\n", "S03 indent 4:4-15"),
    ("å:\n  - id: A1\n    titel: x\n     ansvarig: y\n", "S03 indent 4:6-14"),
    ("å:\n  - id: A1\n  titel: x\n", "S03 indent 3:3-11"),
    ("å:\n  - id: A1\n - id: A2\n", "S03 indent 3:2-10"),
    (" a: 1\nb: 2\n", "S03 indent 1:1-2"),
    ("a: >\n  text\n text2\nb: 1\n", "S03 indent 3:2-7"),
    ("b: 1\n- a\n", "S03 indent 2:1-4"),
    # dashes
    ("å:\n  -id: A1\n   titel: x\n", "S03 dash 2:3-4"),
    ("å:\n  -id: A1\n  -id: A2\n", "S03 dash 2:3-4"),
    ("å:\n  - id: A1\n  -id: A2\n", "S03 dash 3:3-4"),
    ("å:\n  - A1\n  -A2\n", "S03 dash 3:3-4"),
    ("å:\n  -Ale\n  -Bo\nb: 1\n", "S03 dash 2:3-4"),
    ("-id: A1\n", "S03 dash 1:1-2"),
    # quotes
    ('a: "x\nb: 1\n', "S03 quote 1:4-5"),
    ('a: "x\nb: "y"\nc: 1\n', "S03 quote 1:4-5"),
    ("a: 'x\nb: 1\n", "S03 quote 1:4-5"),
    ('a:\n  - "x\n  - "y"\n', "S03 quote 2:5-6"),
    ('a: ["x, "y"]\n', "S03 quote 1:5-6"),
    ('a: "x\n---\nb: 1\n', "S03 quote 1:4-5"),
    ('a: "x" y\nb: 1\n', "S03 after-quote 1:8-9"),
    ('a: "x": y\n', "S03 after-quote 1:7-8"),
    ("a: 'det's'\n", "S03 after-quote 1:9-10"),
    ('a: "x\n  y" z\n', "S03 after-quote-lines 2:6-7"),
    ("a: ”x: y”\n", "S03 smart-quote 1:4-5"),
    ('a: "C:\\Users"\n', "S03 escape 1:7-9"),
    ('a: "\\å"\n', "S03 escape 1:5-7"),
    # brackets
    ("a: [1, 2\nb: 3\n", "S03 bracket 1:4-5"),
    ("a: [1, 2\nb: 3\nc: ]\n", "S03 bracket 1:4-5"),
    ("a: {b: 1\nc: 2\n", "S03 bracket 1:4-5"),
    ("a: [x\n", "S03 bracket 1:4-5"),
    ("a: [b, {c: d]\n", "S03 bracket 1:8-9"),
    ('a: ["x" "y"]\n', "S03 comma 1:9-10"),
    ('a: [\n  "x"\n  "y"\n]\n', "S03 comma 3:3-4"),
    ("a: [a, , b]\n", "S03 comma 1:8-9"),
    ('a: {b: "c" d: e}\n', "S03 comma 1:12-13"),
    # signs with a meaning
    ("a: @x\n", "S03 start 1:4-5"),
    ("a: `x`\n", "S03 start 1:4-5"),
    ("a: %x\n", "S03 start 1:4-5"),
    ("% av alla\n", "S03 start 1:1-2"),
    ("a: *viktigt*\n", "S03 start 1:4-5"),
    ("- **åtta**\n", "S03 start 1:3-4"),
    ("a: *x y\n", "S03 start 1:4-5"),
    ("a: & x\n", "S03 start 1:4-5"),
    ("a: !ö\n", "S03 start 1:4-5"),
    ("a: [x] y\nb: 1\n", "S03 start 1:4-5"),
    ("a: ]x\n", "S03 start 1:4-5"),
    ("a: >80 %\n", "S03 start 1:4-5"),
    ("a: - x\n", "S03 start 1:4-5"),
    ("a: ?\n", "S03 start 1:4-5"),
    ("a: [x]: y\n", "S03 start 1:4-5"),
    ("a: b\n: x\n", "S03 start 2:1-2"),
    ("a: | text\n", "S03 block-start 1:4-5"),
    ("a: > text\n", "S03 block-start 1:4-5"),
    # signs that are not seen
    ("a:\n\xa0\xa0b: 1\n", "S03 nbsp 2:1-3"),
    ("c: d\na:\xa0b\n", "S03 nbsp 2:3-4"),
    ("a:\xa0b\n", "S03 nbsp 1:3-4"),
    ("a:\n  -\xa0b: 1\n    c: 2\n", "S03 nbsp 2:4-5"),
    ("a:\n  -\u202fb\n  -\u202fc\n", "S03 nbsp 2:4-5"),
    ("a:\n  - b: 1\n  \xa0\xa0c: 2\n    d: 1\n", "S03 nbsp 3:3-5"),
    ("a: 1\n\u2028b: 2\n", "S03 linebreak 2:1-2"),
    ("\u2029a: 1\nb: 2\n", "S03 linebreak 1:1-2"),
    ("a: x\u2028y\nb: c: d\n", "S03 colon 2:5-6"),
    # the rest
    ("[a]\nb: 1\n", "S03 other 2:1-2"),
    ("%YAML 1.3\n---\na: 1\n", "S03 other 1:1-2"),
    ("a: 1\n...\nb: 2\n", "S09 documents 3:1-1"),
    ("a: " + "[" * 40, "S10 depth 1:35-36"),
]


@pytest.mark.parametrize(("text", "expected"), UNREADABLE)
def test_a_file_that_cannot_be_read_has_one_finding(text: str, expected: str) -> None:
    for ends in (text, text.replace("\n", "\r\n")):
        document = read_text(ends)
        assert [brief(f) for f in document.findings] == [expected]
        assert document.data is None
        assert not document.complete
        assert document.findings[0].severity is Severity.ERROR


READABLE = [
    ("a:\tb\n", {"a": "b"}, ["S03 tab 1:3-4"]),
    ("a: 1\n---\n\t", {"a": "1"}, ["S09 documents 2:1-4", "S03 tab-after 3:1-2"]),
    ("a:\t|\n  x\n", {"a": "x\n"}, ["S03 tab 1:3-4"]),
    ("a: b\t\nc: d\te\n", {"a": "b", "c": "d\te"}, ["S03 tab-after 1:5-6", "S03 tab-after 2:5-6"]),
    ("a: b\t# c\td\n", {"a": "b"}, ["S03 tab-after 1:5-6"]),
    ('a: "b\tc" # \td\nc: |\n  d\te\n', {"a": "b\tc", "c": "d\te\n"}, []),
    ("”a”: x\n", {"a": "x"}, ["S03 smart-quote 1:1-4"]),
    ("a: ”x” y\n", {"a": "”x” y"}, []),
    ("a: x\u2028y\nb: \x85z\u2029\n", {"a": "x y", "b": "z"}, ["S03 linebreak 1:5-6", "S03 linebreak 2:4-5"]),
    ("a: x\x0by\nb: \x07z\n", {"a": "x y", "b": "z"}, ["S03 control 1:5-6", "S03 control 2:4-5"]),
    ('"a\\0": 1\n', {"a ": "1"}, ["S03 control 1:1-6"]),
    ('a: "x\\0y\\n"\n', {"a": "x y\n"}, ["S03 control 1:4-12"]),
    ("a: -utkast-\nb: -5\nc: |\n  -x\n  \xa0y\n", {"a": "-utkast-", "b": "-5", "c": "-x\n\xa0y\n"}, []),
    ("a: 1\xa0200\nb: \xa0x\n", {"a": "1\xa0200", "b": "\xa0x"}, []),
    ("a: 1\nb: 1\na: 2\na: {c: *x}\n", {"a": "1", "b": "1"}, ["S04 3:1-2", "S04 4:1-2"]),
    ("b: [{a: 1, a: 2}]\n", {"b": [{"a": "1"}]}, ["S04 1:12-13"]),
    ("a: &x !t 1\n", {"a": "1"}, ["S09 anchor 1:4-6", "S09 tag 1:7-9"]),
    ("&x a: 1\n", {"a": "1"}, ["S09 anchor 1:1-3"]),
    ("a: &x\n  b: !t\n    - 1\n", {"a": {"b": ["1"]}}, ["S09 anchor 1:4-6", "S09 tag 2:6-8"]),
    ("a: *x\nb: [*y, z]\n", {"a": None, "b": [None, "z"]}, ["S09 alias 1:4-6", "S09 alias 2:5-7"]),
    ("a: !viktigt\n", {"a": None}, ["S09 tag 1:4-12"]),
    ("%TAG ! x:\n---\na: 1\n", {"a": "1"}, ["S09 tag 1:1-5"]),
    ("%YAML 1.2\n---\na: 1\n", {"a": "1"}, []),
    ("<<: *x\na: 1\n", {"a": "1"}, ["S09 merge 1:1-3"]),
    ('"<<": 1\n', {"<<": "1"}, []),
    ("a: 1\n---\nb: [2\n", {"a": "1"}, ["S09 documents 2:1-4"]),
    ("? [a]\n: {b: *x}\nc: 1\n", {"c": "1"}, ["S09 key 1:3-4"]),
    ("a: {{namn}}\n", {"a": None}, ["S09 key 1:5-6"]),
    ("*x : 1\nb: 2\n", {"b": "2"}, ["S09 alias 1:1-3"]),
]


@pytest.mark.parametrize(("text", "data", "expected"), READABLE)
def test_reading_goes_on_where_nothing_has_to_be_guessed(text: str, data: object, expected: list[str]) -> None:
    document = read_text(text)
    assert [brief(f) for f in document.findings] == expected
    assert document.data == data
    lost = any(v in finding for finding in expected for v in ("S04", "alias", "merge", "documents", "key"))
    assert document.complete == (not lost and "!viktigt" not in text)
    for finding in document.findings:
        assert finding.severity is (Severity.WARNING if finding.variant == "tab-after" else Severity.ERROR)


BYTES = [
    ("a: å\n".encode("utf-16"), "S02 utf-16 1:1-1", {}),
    ("a: åtgärd\n".encode("utf-16-le"), "S02 utf-16 1:1-1", {}),
    ("a: åtgärd\n".encode("utf-16-be"), "S02 utf-16 1:1-1", {}),
    ("a: 1\r\nb: – åtgärd\r\n".encode("cp1252"), "S02 windows-1252 2:4-5", {"line": 2, "sample": "b: – åtgärd"}),
    ("ä: å\n".encode() + "b: Våld\n".encode("cp1252"), "S02 windows-1252 2:5-6", {"line": 2, "sample": "b: Våld"}),
    ("a: åäö\n".encode("mac-roman"), "S02 other 1:4-5", {"line": 1, "byte": "8C"}),
    ("a: å".encode()[:-1], "S02 other 1:4-5", {"line": 1, "byte": "C3"}),
    (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml word/document.xml", "S01 binary 1:1-1", {"kind": "docx"}),
    (b"PK\x03\x04\x14\0\x06\0other", "S01 binary 1:1-1", {"kind": "zip"}),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "S01 binary 1:1-1", {"kind": "pdf"}),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "S01 binary 1:1-1", {"kind": "png"}),
    (b"{\\rtf1\\ansi Plan}", "S01 binary 1:1-1", {"kind": "rtf"}),
    (b"a: 1\nb: \0\0\n", "S01 binary-unknown 1:1-1", {}),
]


@pytest.mark.parametrize(("raw", "expected", "params"), BYTES)
def test_what_is_no_text_in_utf_8(raw: bytes, expected: str, params: dict[str, object]) -> None:
    document = read_text(raw)
    assert [brief(f) for f in document.findings] == [expected]
    assert document.findings[0].params == params
    assert document.data is None


SUGGESTIONS = [
    ("  titel: Kaffe: gratis # tills vidare", 'titel: "Kaffe: gratis" # tills vidare'),
    ('titel: "Kaffe" är: gott', "titel: '\"Kaffe\" är: gott'"),
    ('titel: "Kaffe" är gott', "titel: '\"Kaffe\" är gott'"),
    ('titel: "Säg "ja" till det"', "titel: 'Säg \"ja\" till det'"),
    ("titel: ”Kaffe: gratis”", 'titel: "Kaffe: gratis"'),
    ('titel: Det är Bo\'s: "x"', "titel: 'Det är Bo''s: \"x\"'"),
    ("titel:Kaffe och te\nb: 1", "titel: Kaffe och te"),
    ("å:\n  -id: A1\n  -id: A2", "- id: A1"),
    ("@id: x", '"@id": x'),
    ("a: [@x, y]", 'a: ["@x", y]'),
    ("a: {b: c: d}", 'a: {b: "c: d"}'),
    ("a: " + "ord " * 40 + ": b", 'a: "ord ord ord ord ord ord ord ord ord ord ord ord ord … ord ord ord : b"'),
]


@pytest.mark.parametrize(("text", "expected"), SUGGESTIONS)
def test_the_suggestion_is_what_to_type(text: str, expected: str) -> None:
    (finding,) = read_text(text).findings
    assert finding.params["suggestion"] == expected


def test_a_fault_is_counted_over_the_file() -> None:
    (finding,) = read_text("a:\n\tb: 1\n\tc: 2\n  -\td\n").findings
    assert finding.params == {"count": 3}
    (finding,) = read_text("a:\n\xa0b: 1\n\xa0c: 2\n").findings
    assert finding.params == {"count": 2}
    assert [f.params["count"] for f in read_text("a:\t1\nb:\t2\n").findings] == [2, 2]


def test_the_path_of_a_finding_is_known_where_it_can_be() -> None:
    found = read_text("a:\n  - b: *x\n    b: 2\n  - !t c\n”d”: 1\n").findings
    assert [f.path for f in found] == [("a", 0, "b"), ("a", 0, "b"), ("a", 1), ("d",)]
    assert found[1].params == {"key": "b", "first": 2}


def test_every_variant_that_is_declared_is_met_and_has_its_words() -> None:
    """The other files of these tests meet the variants of several files and of the bounds."""
    met = {tuple(case[1].split()[:2]) for case in UNREADABLE} | {tuple(case[1].split()[:2]) for case in BYTES}
    met |= {tuple(finding.split()[:2]) for case in READABLE for finding in case[2] if not finding.startswith("S04")}
    declared = {(code, variant) for code in ("S01", "S02", "S03", "S09") for variant in VARIANTS[code]}
    assert met - {("S10", "depth")} == declared
    asked = 0
    for language in LANGUAGES:
        for code, variants in VARIANTS.items():
            card = catalogue(language).card(code)
            assert card.title
            assert card.why
            for variant, names in variants.items():
                for wording in (card.messages[variant], card.mends[variant]):
                    fields = {name for _, name, _, _ in string.Formatter().parse(wording) if name}
                    assert fields <= set(names), (language, code, variant)
                    asked += 1
            for wordings in (card.messages, card.mends):
                assert set(wordings) - {"", "spelling"} == set(variants) - {""}, (language, code)
    assert asked == 2 * 2 * 54


def test_a_fault_that_is_not_declared_is_refused() -> None:
    span = read_text("").span(())
    with pytest.raises(KeyError):
        fault("S03", "colon", span)
    with pytest.raises(KeyError):
        fault("S03", "semicolon", span)
