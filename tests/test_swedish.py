from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaaldplan.swedish import (
    Figure,
    ImpossibleDateError,
    join,
    kronor,
    number,
    read_amount,
    read_figure,
    read_number,
    read_time,
    sort_key,
    write_date,
)


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [(1234567.5, "1 234 567,5", "1,234,567.5"), (0.25, "0,25", "0.25"), (-12, "−12", "−12"), (1000, "1 000", "1,000")],
)
def test_numbers_are_written_as_the_language_does(value: float, sv: str, en: str) -> None:
    assert number(value).replace("\u00a0", " ") == sv
    assert number(value, "en") == en


def test_amounts_and_days() -> None:
    assert kronor(250000) == "250\u00a0000\u00a0kr"
    assert kronor(250000, "en") == "SEK\u00a0250,000"
    assert write_date(date(2026, 3, 1)) == "1\u00a0mars 2026"
    assert write_date(date(2026, 3, 1), "en") == "1\u00a0March 2026"


@given(st.integers(-(10**14), 10**14))
def test_a_written_number_reads_back(value: int) -> None:
    assert read_number(number(value)) == value


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_day_reads_back(value: date) -> None:
    for lang in ("sv", "en"):
        time = read_time(write_date(value, lang))
        assert (time.first, time.last, time.precision) == (value, value, "day")


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("250 tkr", 250_000), ("1,5 mkr", 1_500_000), ("12 500", 12_500), ("12500", 12_500), ("12 500 kr", 12_500),
        ("12 500:-", 12_500), ("0", 0), ("SEK 12500", 12_500), ("2 miljoner kronor", 2_000_000), ("12.500", None),
        ("12,500", None), ("mycket", None), ("", None), ("250 euro", None), ("1 2 3", None),
    ],
)  # fmt: skip
def test_amounts(text: str, kronor: int | None) -> None:
    assert read_amount(text) == kronor


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("8–13", 8, 13), ("8-13 %", 8, 13), ("ca 6 000", 6000, 6000), ("minst 800", 800, 800), ("81,5", 81.5, 81.5),
        ("3 av 4", None, None), ("ja", None, None),
    ],
)  # fmt: skip
def test_figures(text: str, low: float | None, high: float | None) -> None:
    assert read_figure(text) == Figure(text, low, high)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2026-03-01", "2026-03-01", "2026-03-01", "day"),
        ("den 1 mars 2026", "2026-03-01", "2026-03-01", "day"),
        ("1/3 2026", "2026-03-01", "2026-03-01", "day"),
        ("2026-03", "2026-03-01", "2026-03-31", "month"),
        ("Juni 2023", "2023-06-01", "2023-06-30", "month"),
        ("hösten 2025", "2025-07-01", "2025-12-31", "season"),
        ("VT26", "2026-01-01", "2026-06-30", "season"),
        ("kvartal 2 2026", "2026-04-01", "2026-06-30", "quarter"),
        ("andra kvartalet 2026", "2026-04-01", "2026-06-30", "quarter"),
        ("första halvåret 2027", "2027-01-01", "2027-06-30", "half"),
        ("v. 47 2026", "2026-11-16", "2026-11-22", "week"),
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("2025–2027", "2025-01-01", "2027-12-31", "range"),
        ("mars–juni 2026", "2026-03-01", "2026-06-30", "range"),
        ("ht 2026 – vt 2027", "2026-07-01", "2027-06-30", "range"),
        ("2026-01-01 till 2026-06-30", "2026-01-01", "2026-06-30", "range"),
        ("senast 2026-12-31", None, "2026-12-31", "day"),
        ("from 2026", "2026-01-01", None, "year"),
        ("autumn 2025", "2025-07-01", "2025-12-31", "season"),
        ("kvartal 2", None, None, ""),
        ("så snart som möjligt", None, None, ""),
    ],
)
def test_times(text: str, first: str | None, last: str | None, precision: str) -> None:
    time = read_time(text)
    assert time.text == text
    assert (time.first and time.first.isoformat(), time.last and time.last.isoformat()) == (first, last)
    assert time.precision == precision


def test_times_that_go_on_come_back_or_depend() -> None:
    assert read_time("löpande").ongoing
    assert read_time("från hösten 2026").ongoing
    assert read_time("v. 47 årligen").rhythm == "year"
    assert read_time("varje termin 2027–2028").last == date(2028, 12, 31)
    assert read_time("vid behov").conditional


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "31 april 2026", "v. 54 2026", "2026-13"])
def test_impossible_days(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        read_time(text)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_an_impossible_day(text: str) -> None:
    try:
        assert read_time(text).text == text
    except ImpossibleDateError:
        assert any(c.isdigit() for c in text)


def test_order_and_lists() -> None:
    words = ["Öckerö", "Ale", "Åre", "Älmhult", "A10", "A2", "zink"]
    assert sorted(words, key=sort_key) == ["A2", "A10", "Ale", "zink", "Åre", "Älmhult", "Öckerö"]
    assert join([]) == ""
    assert join(["a"]) == "a"
    assert join(["a", "b", "c"]) == "a, b och c"
    assert join(["a", "b"], "en") == "a and b"


def test_texts_without_end_are_read_at_once() -> None:
    """Each would take hours, or more of the stack than there is, if it were read piece by piece from every place."""
    figures = "1" * 1_000_000
    assert read_figure(figures).low is None
    assert read_number(figures) is None
    assert read_amount(figures) is None
    for word in ("från ", "senast ", "1 mars "):
        text = word * 100_000 + "2027"
        assert read_time(text)[:3] == (text, None, None)
    assert read_time("från och med den 15 september 2027 till och med den 30 november 2028").last == date(2028, 11, 30)
