"""Days: Easter, the holidays of Swedish law, and how a last day moves."""

from datetime import date, timedelta

import pytest

from vaaldplan.plan.council import timeline
from vaaldplan.workdays import easter, is_weekday, next_weekday, weekday_before


@pytest.mark.parametrize("day", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"])
def test_easter(day: str) -> None:
    assert easter(date.fromisoformat(day).year).isoformat() == day


def test_the_free_days_of_a_year() -> None:
    """Monday to Friday in 2026 that lag (1930:173) 2 § lets a last day pass by."""
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    free = [d.isoformat()[5:] for d in days if d.weekday() < 5 and not is_weekday(d)]
    assert free == ["01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25", "12-31"]


def test_days_move_to_weekdays() -> None:
    assert next_weekday(date(2026, 12, 24)) == date(2026, 12, 28)
    assert weekday_before(date(2027, 1, 3)) == date(2026, 12, 30)
    assert next_weekday(date(2026, 12, 16)) == weekday_before(date(2026, 12, 16)) == date(2026, 12, 16)


def test_the_days_around_a_meeting() -> None:
    days = timeline(date(2026, 12, 16))
    told = {name: day.isoformat() for name, day in days._asdict().items()}
    assert told == {
        "notice": "2026-12-09", "meeting": "2026-12-16", "minutes": "2026-12-30", "announced": "2027-01-04",
        "appeal": "2027-01-25", "legal_force": "2027-01-26",
    }  # fmt: skip
