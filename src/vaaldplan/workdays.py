"""Which days a step with a legal time limit may fall on. Lag (1930:173) 2 §: a last day that is a Saturday, a Sunday,
another public holiday, Midsummer Eve, Christmas Eve or New Year's Eve gives way to the next weekday. Lag (1989:253)
says which days are public holidays.
"""

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian rule (Butcher's algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def _free(year: int) -> frozenset[date]:
    """The public holidays that may fall on any day of the week, and the three eves."""
    sunday = easter(year)
    midsummer = next(date(year, 6, d) for d in range(20, 27) if date(year, 6, d).weekday() == 5)
    moving = {sunday + timedelta(days=n) for n in (-2, 1, 39)} | {midsummer - _DAY}
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    return frozenset(moving | {date(year, month, day) for month, day in fixed})


def is_weekday(day: date) -> bool:
    """Whether the day is an ordinary weekday. Other holidays than those above are always Saturdays or Sundays."""
    return day.weekday() < 5 and day not in _free(day.year)


def next_weekday(day: date) -> date:
    """The day itself, or the first weekday after it."""
    while not is_weekday(day):
        day += _DAY
    return day


def weekday_before(day: date) -> date:
    """The day itself, or the last weekday before it."""
    while not is_weekday(day):
        day -= _DAY
    return day
