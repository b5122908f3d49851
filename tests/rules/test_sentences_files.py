"""The corpora of sentences that measure the text rules: enough, different, and without any real person's number.

The second set, in `sentences/second`, was written for each rule after it had been mended, by someone who had seen
neither the rules' code nor the first set.

The personal numbers are test numbers: their birth numbers (the three figures before the check figure) are 238, 239 or
980-989, which Skatteverket uses in its published series of test numbers and gives to no person. Their check figures and
dates are right, so that a rule that looks at either meets what it would meet in a plan.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from conftest import ROOT

FOLDER = ROOT / "tests/rules/sentences"
FIRST = ["A09", "B05", "C10", "E05", "M05"]
SECOND = [f"second/{code}" for code in FIRST]
CODES = FIRST + SECOND
LISTS = ["wrong", "right"]
LEAST = dict.fromkeys(FIRST, 120) | dict.fromkeys(SECOND, 105)
LEAST_KINDS = 8
PLAIN = "plain-"  # kinds of right sentences that nothing makes hard

TEN_OR_TWELVE_FIGURES = re.compile(r"(?<![\d-])((?:\d\d)?\d{6})[-–+ ]?(\d{4})(?![\d-])")
TEST_BIRTH_NUMBERS = {238, 239, *range(980, 990)}
LONGEST_SENTENCE = 40


def read(code: str) -> dict[str, list[dict[str, str]]]:
    """One corpus: its two lists of sentences."""
    return tomllib.loads((FOLDER / f"{code}.toml").read_bytes().decode())


def same(text: str) -> str:
    """What makes two sentences the same: letters and figures, not capitals, spaces or the last full stop."""
    return " ".join(text.casefold().split()).rstrip(".")


def check_figure_is_right(ten: str) -> bool:
    products = [int(figure) * (2 - place % 2) for place, figure in enumerate(ten)]
    return sum(product // 10 + product % 10 for product in products) % 10 == 0


def personal_numbers(text: str) -> list[str]:
    """The ten last figures of what could be a personal or coordination number: a right check figure and a day."""
    found = []
    for birth, last in TEN_OR_TWELVE_FIGURES.findall(text):
        ten = birth[-6:] + last
        if check_figure_is_right(ten) and is_a_day(ten):
            found.append(ten)
    return found


def is_a_day(ten: str) -> bool:
    """Whether the number begins with a day; in a coordination number the day is raised by 60."""
    year, month, day = 2000 + int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    try:
        date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def sentences_in(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n", text) if part]


def test_there_are_five_corpora_and_a_second_set_of_each() -> None:
    corpora = [path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*") if path.is_file()]
    assert sorted(corpora) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_corpus_has_enough_sentences_of_many_kinds(code: str) -> None:
    corpus = read(code)
    assert sorted(corpus) == sorted(LISTS)
    for name in LISTS:
        assert len(corpus[name]) >= LEAST[code]
        assert len({row["kind"] for row in corpus[name]}) >= LEAST_KINDS
        for row in corpus[name]:
            assert sorted(row) == ["kind", "text"]
            assert row["text"].strip() == row["text"] != ""
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["kind"])


@pytest.mark.parametrize("code", CODES)
def test_no_kind_stands_in_both_lists(code: str) -> None:
    corpus = read(code)
    wrong, right = ({row["kind"] for row in corpus[name]} for name in LISTS)
    assert not wrong & right


@pytest.mark.parametrize("code", CODES)
def test_at_least_half_of_the_right_sentences_are_hard(code: str) -> None:
    right = read(code)["right"]
    plain = [row for row in right if row["kind"].startswith(PLAIN)]
    assert 0 < len(plain) <= len(right) / 2


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_stands_twice(code: str) -> None:
    corpus = read(code)
    times = Counter(same(row["text"]) for name in LISTS for row in corpus[name])
    assert [text for text, count in times.items() if count > 1] == []


def test_the_two_sets_share_no_sentence() -> None:
    first, second = (
        {same(row["text"]) for code in codes for name in LISTS for row in read(code)[name]} for codes in (FIRST, SECOND)
    )
    assert len(second) >= 2 * sum(LEAST[code] for code in SECOND)
    assert first & second == set()


@pytest.mark.parametrize("code", CODES)
def test_a_corpus_is_composed_utf_8_text(code: str) -> None:
    text = (FOLDER / f"{code}.toml").read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not text.startswith("\ufeff")


def test_every_personal_number_is_a_test_number() -> None:
    numbers = {
        code: [n for name in LISTS for row in read(code)[name] for n in personal_numbers(row["text"])] for code in CODES
    }
    assert {code: len(found) for code, found in numbers.items() if found} == {"C10": 25, "second/C10": 18}
    every = [n for found in numbers.values() for n in found]
    assert [n for n in every if int(n[6:9]) not in TEST_BIRTH_NUMBERS] == []
    assert len(every) == len(set(every))


@pytest.mark.parametrize("code", ["C10", "second/C10"])
def test_what_is_called_a_number_holds_one_and_the_right_side_none(code: str) -> None:
    corpus = read(code)
    called = [row for row in corpus["wrong"] if row["kind"] in {"personal-number", "coordination-number"}]
    assert [row["text"] for row in called if len(personal_numbers(row["text"])) != 1] == []
    assert [row["text"] for row in corpus["right"] if personal_numbers(row["text"])] == []
    days = {row["kind"]: set[bool]() for row in called}
    for row in called:
        days[row["kind"]].add(int(personal_numbers(row["text"])[0][4:6]) > 60)
    assert days == {"personal-number": {False}, "coordination-number": {True}}


@pytest.mark.parametrize(("code", "least"), [("M05", 25), ("second/M05", 20)])
def test_long_sentences_stand_where_their_kind_says(code: str, least: int) -> None:
    corpus = read(code)
    long = {
        row["text"]: max(len(s.split()) for s in sentences_in(row["text"])) > LONGEST_SENTENCE
        for name in LISTS
        for row in corpus[name]
    }
    assert sum(long.values()) >= least
    assert [row["text"] for row in corpus["wrong"] if row["kind"].startswith("long-") != long[row["text"]]] == []
    assert [row["text"] for row in corpus["right"] if long[row["text"]]] == []


@pytest.mark.parametrize("code", CODES)
def test_sentences_of_one_kind_stand_together(code: str) -> None:
    corpus = read(code)
    for name in LISTS:
        kinds = [row["kind"] for row in corpus[name]]
        starts = [kinds[0], *(after for before, after in pairwise(kinds) if before != after)]
        assert len(starts) == len(set(starts))
