"""The days that the Local Government Act (kommunallagen, 2017:725) sets around a meeting of the council."""

from datetime import date, timedelta
from typing import NamedTuple

from vaaldplan.workdays import next_weekday

NOTICE = 7
"""Days before the meeting by which it is announced, with the matters it will treat (5 kap. 13 §)."""
MINUTES = 14
"""Days after the meeting within which the minutes are adjusted (5 kap. 69 §)."""
ANNOUNCED = 2
"""Days after that within which the adjustment is announced on the notice board (8 kap. 12 §)."""
APPEAL = 21
"""Days from the announcement within which a member of the municipality may appeal (13 kap. 5 §)."""


class Timeline(NamedTuple):
    """The last day of each step around one meeting. Whoever is quicker gets a decision in legal force sooner."""

    notice: date
    meeting: date
    minutes: date
    announced: date
    appeal: date
    legal_force: date
    """The first day on which nobody can appeal any more, if every step took the time it may."""


def timeline(meeting: date) -> Timeline:
    """The days around a meeting of the council; a last day that is no weekday is the next one (lag 1930:173, 2 §)."""
    minutes = next_weekday(meeting + timedelta(days=MINUTES))
    announced = next_weekday(minutes + timedelta(days=ANNOUNCED))
    appeal = next_weekday(announced + timedelta(days=APPEAL))
    return Timeline(meeting - timedelta(days=NOTICE), meeting, minutes, announced, appeal, appeal + timedelta(days=1))
