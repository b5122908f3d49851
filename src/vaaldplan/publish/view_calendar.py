"""The view of the calendar: what must be done by which day for the council to decide, counted from its meeting."""

from datetime import date, timedelta
from typing import NamedTuple

from vaaldplan.facts.council import council_sources
from vaaldplan.plan.council import timeline
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Preparation
from vaaldplan.plan.vocabulary import written_key
from vaaldplan.swedish import NBSP, Time, write_date
from vaaldplan.workdays import weekday_before

from .markup import Markup, escape
from .matter import Matter
from .parts import Cell, Items, Line, Part, table
from .view import View, cover, title_of
from .words import Words


class Row(NamedTuple):
    """A step: its day, or what stands in place of one; what is to be done; how the day came about."""

    day: str
    step: str
    ground: str


def views(plan: Plan, say: Words) -> list[View]:
    """The calendar."""
    matter = Matter(plan, say)
    maker = _Maker(plan, matter, say)
    sections: dict[str, list[Part]] = {
        "lead": _lead(maker, say),
        "before": _table("t-fore", maker.before(), "before_table", say),
        "after": _table("t-efter", maker.after(), "after_table", say),
        "rules": _rules(say),
    }
    title = say.paper("calendar.title", title=title_of(plan, say))
    meta = [
        (say.label("meta.case_number"), say.fact(plan, "case_number")),
        (say.label("meta.body"), say.actor(matter.council)),
    ]
    return [View(cover(plan, say, title, say.paper("calendar.subtitle"), meta), sections, {})]


def _exact(time: Time | None) -> date | None:
    return time.first if time and time.precision == "day" else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Maker:
    """Makes the rows, backwards from the meeting."""

    def __init__(self, plan: Plan, matter: Matter, say: Words) -> None:
        self.plan, self.matter, self.say = plan, matter, say
        self.meeting = _exact(matter.when(matter.council))
        self.days = say.settings.calendar
        self.board, self.board_ground = self._meets(matter.board, "board", self.meeting)
        self.select, self.select_ground = self._meets(matter.select_committee, "select_committee", self.board)

    def _meets(self, body: str, key: str, later: date | None) -> tuple[date | None, str]:
        """When a body meets: as the plan says, else so many days before the next one meets."""
        planned = _exact(self.matter.when(body))
        if planned:
            return planned, self.say.paper("calendar.planned")
        return self._before(key, later)

    def _before(self, key: str, later: date | None) -> tuple[date | None, str]:
        """So many days before a meeting as the municipality has set; without that no day is made up."""
        days = self.days.get(key)
        if days is None:
            return None, self.say.paper("calendar.unset")
        ground = self.say.paper("calendar.set", days=f"{days:g}")
        return (weekday_before(later - timedelta(days=days)) if later else None), ground

    def shown(self, day: date | None, *, last: bool = False) -> str:
        """``onsdag 16 december 2026``, for a limit ``senast …``."""
        if day is None:
            return self.say.paper("calendar.undecided")
        text = f"{self.say.paper(f'calendar.weekday.{day.isoweekday()}')}{NBSP}{write_date(day, self.say.lang)}"
        return self.say.paper("calendar.by", day=text) if last else text

    def _row(self, key: str, day: date | None, ground: str, *, last: bool = False, **names: str) -> Row:
        text = self.say.paper(f"calendar.{key}", **names)
        return Row(_capital(self.shown(day, last=last)), _capital(text), ground)

    def _paper_in(self, key: str, meeting: date | None, body: str) -> Row:
        day, ground = self._before(f"papers_{key}", meeting)
        return self._row("papers_in", day, ground, last=True, body=self.name(body, key))

    def name(self, body: str, key: str) -> str:
        """A body inside a sentence; one that the plan does not name by what it is."""
        return self.matter.within(self.say.actor(body)) or self.say.paper(f"calendar.some_{key}")

    def before(self) -> list[Row]:
        """Up to and with the meeting."""
        say, matter = self.say, self.matter
        preparation = self.plan.preparation
        reply = preparation.reply_by if preparation else None
        rows = self._passed()
        if preparation and (reply or preparation.consultation):
            key = "planned" if reply else "unset_plan"
            day = say.time(reply) if reply and not _exact(reply) else self.shown(_exact(reply), last=True)
            ground = say.paper(f"calendar.{key}", field=written_key(Preparation, "reply_by", say.lang))
            rows.append(Row(_capital(day), say.paper("calendar.reply"), ground))
        first = self.select or self.board
        union, ground = self._before("unions", first)
        rows += [
            self._row("unions", union, f"{ground}. {say.paper('calendar.unions_law')}", last=True),
            self._paper_in("select_committee", self.select, matter.select_committee),
            self._row(
                "handles", self.select, self.select_ground, body=self.name(matter.select_committee, "select_committee")
            ),
            self._paper_in("board", self.board, matter.board),
            self._row(
                "proposes",
                self.board,
                f"{self.board_ground}. {say.paper('calendar.board_law')}",
                body=self.name(matter.board, "board"),
            ),
            self._paper_in("council", self.meeting, matter.council),
        ]
        notice = weekday_before(timeline(self.meeting).notice) if self.meeting else None
        council = self.name(matter.council, "council")
        planned = (
            say.paper("calendar.planned")
            if self.meeting
            else say.paper("calendar.unset_plan", field=written_key(Preparation, "meetings", say.lang))
        )
        return [
            *rows,
            self._row("notice", notice, say.paper("calendar.notice_law"), last=True),
            self._row("summons", notice, say.paper("calendar.summons_law"), last=True),
            self._row("decides", self.meeting, planned, body=council),
        ]

    def _passed(self) -> list[Row]:
        """What the plan itself dates before the bodies that decide take the matter up."""
        say, matter = self.say, self.matter
        own = (matter.council, matter.board, matter.select_committee)
        dated = [s for s in matter.steps if s.date and s.actor and s.actor not in own]
        planned = say.paper("calendar.planned")
        return [
            Row(
                _capital(self.shown(day)) if (day := _exact(s.date)) else say.time(s.date),
                ": ".join(t for t in (say.actor(s.actor), say.fact(s, "outcome")) if t),
                planned,
            )
            for s in sorted(dated, key=lambda s: (s.date and s.date.first) or date.max)
            if s.date
        ]

    def after(self) -> list[Row]:
        """From the meeting on, each step as late as the law allows."""
        days = timeline(self.meeting) if self.meeting else None
        law = ("minutes", "announced", "appeal")
        found = [(getattr(days, key, None), key, self.say.paper(f"calendar.{key}_law"), True) for key in law]
        force = days.legal_force if days else None
        found.append((force, "legal_force", self.say.paper("calendar.legal_force_law"), False))
        start = _exact(self.plan.validity.valid_from) if self.plan.validity else None
        if start:
            found.append((start, "valid", self.say.paper("calendar.planned"), False))
        found.sort(key=lambda f: f[0] or date.min)
        return [self._row(key, day, ground, last=last) for day, key, ground, last in found]


def _lead(maker: _Maker, say: Words) -> list[Part]:
    if maker.meeting:
        return [
            Line(
                say.paper(
                    "calendar.lead", body=maker.name(maker.matter.council, "council"), day=maker.shown(maker.meeting)
                )
            )
        ]
    return [Line(say.paper("calendar.no_meeting"))]


def _table(name: str, rows: list[Row], caption: str, say: Words) -> list[Part]:
    head = [say.paper(f"calendar.{k}") for k in ("day", "step", "ground")]
    cells: list[list[Cell]] = [list(row) for row in rows]
    return table(name, say.paper(f"calendar.{caption}"), head, cells, (32, 38, 30))


def _rules(say: Words) -> list[Part]:
    """How the days were counted, and where the laws stand."""
    sources: list[Cell] = [
        Markup(f"[{escape(s.name)}]({s.url}), {escape(_checked(s.checked, say))}") for s in council_sources()
    ]
    texts: list[Cell] = [say.paper(f"calendar.rule_{n}") for n in ("back", "forward", "late", "carried_out")]
    return [Items(texts), Line(say.paper("calendar.sources")), Items(sources)]


def _checked(day: date, say: Words) -> str:
    return say.paper("calendar.checked", date=write_date(day, say.lang))
