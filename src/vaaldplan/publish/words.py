"""Values of the plan in the document's words: bodies by name, times, money, what is left open."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from vaaldplan.config import Settings
from vaaldplan.patterns import regex
from vaaldplan.plan.goals import Indicator, Observation, Reading
from vaaldplan.plan.load import INLINE, ids
from vaaldplan.plan.measures import Cost, Owners, Work
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Amount, Node, Open, Word
from vaaldplan.plan.paper import Decision
from vaaldplan.swedish import MONTHS, NBSP, UNTIL, Figure, Time, join, kronor, number, plain, write_date

from .markup import Markup, escape
from .own import OWN, Own

DOCUMENTS = "styrdokument"
"""Where the other steering documents stand together."""

_ISO = regex(r"(\d{4})-(\d\d?)(?:-(\d\d?))?")


_FIGURE = regex(r"[\d\s.,]+")
_FIGURES = regex(r"[\d\s.,-]+")
"""One figure, or several with a hyphen between."""


@cache
def anchor(register: str, name: str) -> str:
    """The place in the document where an entry stands, safe as an id in every format."""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(name).casefold()).strip("-")
    return f"{register}-{slug or 'x' + name.encode().hex()[:12]}"


class Words:
    """Says things of one plan in one language."""

    def __init__(
        self,
        plan: Plan,
        lang: str,
        settings: Settings = Settings(),  # noqa: B008
        own: Own = OWN,
    ) -> None:
        self.lang = lang
        self.settings = settings
        self.plan = plan
        self.own = own
        self.catalogue = own.catalogue(lang)
        self._actors = {a.id: a.name or a.id for a in plan.actors if a.id}
        self._titles = {
            prefix: {i: self.fact(e, field) or i for i, e in ids(plan, register).items()}
            for prefix, register, field in (
                ("a", "measures", "title"), ("m", "goals", "title"), ("i", "indicators", "title"),
                ("d", "related_documents", "name"),
            )
        }  # fmt: skip

    def label(self, key: str, **params: Any) -> str:
        """A word or sentence of the document, by its label."""
        return self.catalogue.label(f"document.{key}", **params)

    def paper(self, key: str, **params: Any) -> str:
        """A word or sentence of the papers beside the plan, by its label."""
        return self.catalogue.label(f"papers.{key}", **params)

    def count(self, key: str, number_of: int) -> str:
        """A number with its noun."""
        return self.catalogue.count(key, number_of)

    def word(self, value: Word | None) -> str:
        """A fixed value as the document writes it."""
        if value is None:
            return ""
        return self.catalogue.label(f"value.{type(value).__name__}.{value.value.replace(' ', '_').replace('-', '_')}")

    def free(self, text: str, words: type[Word]) -> str:
        """A text that may be one of some fixed values."""
        return self.word(words(text)) if text in set(words) else text

    # ------------------------------------------------------------ bodies and references

    def actor(self, name: str | None) -> str:
        """A body by its name in the register, else as written."""
        if name and name.startswith("@"):
            return self.word(Owners(name[1:]))
        return self._actors.get(name or "", name or "")

    def actors(self, names: Iterable[str]) -> str:
        """Several bodies, joined with commas and *och*."""
        return join([self.actor(n) for n in names], self.lang)

    def link(self, prefix: str, name: str, *, title: bool = False) -> Markup:
        """A link to an entry by its id; ``prefix`` is its register's letter: ``a`` measure, ``m`` goal …"""
        known = self._titles.get(prefix, {}).get(name)
        if prefix == "d":
            return Markup(f"[{escape(known or name)}](#{DOCUMENTS})") if known else Markup(escape(name))
        shown = f"{name} {known}" if title and known and not name.startswith(INLINE) else name
        if name.startswith(INLINE):
            shown = known or ""
        return Markup(f"[{escape(shown)}](#{anchor(prefix, name)})") if known else Markup(escape(name))

    def links(self, prefix: str, names: Iterable[str], *, title: bool = False) -> Markup:
        """Several links with commas between."""
        return Markup(", ".join(self.link(prefix, n, title=title) for n in names))

    # ------------------------------------------------------------ facts

    def opened(self, fact: Open) -> str:
        """A fact left open on purpose."""
        if fact.kind == "disputed":
            accounts = [f"{a.value} ({a.source})" if a.source else a.value for a in fact.accounts]
            return self.label("open.disputed", accounts="; ".join(accounts))
        return self.label(f"open.{fact.kind}_reason" if fact.reason else f"open.{fact.kind}", reason=fact.reason)

    def fact(self, node: Node | None, name: str) -> str:
        """A field in words; that it is unknown, none or disputed; or empty when nothing is said of it."""
        if node is None:
            return ""
        if opened := node.open(name):
            return self.opened(opened)
        return self.value(getattr(node, name))

    def value(self, value: Any) -> str:
        """Any value in words."""
        match value:
            case None:
                return ""
            case bool():
                return self.label("yes" if value else "no")
            case Word():
                return self.word(value)
            case Time():
                return self.time(value)
            case Amount():
                return kronor(value.kronor, self.lang)
            case Figure():
                return self.figure(value)
            case int() | float():
                return number(value, self.lang)
            case list():
                return join([self.value(v) for v in value], self.lang)
            case _:
                return str(value)

    def time(self, value: Time) -> str:
        """A time as written; an ISO day or month in words, which is the same said better."""
        match = _ISO.fullmatch(value.text)
        if match is None or value.first is None:
            return value.text
        if match[3]:
            return write_date(value.first, self.lang)
        return f"{MONTHS[self.lang][value.first.month - 1]} {value.first.year}"

    def on(self, value: Time) -> str:
        """A time inside a sentence: ``den 16 december 2026``, ``december 2026``."""
        return self.label("on_day", day=self.time(value)) if value.precision == "day" else self.time(value)

    def decision(self, decision: Decision) -> str:
        """A decision in short: ``Kommunstyrelsen, 28 november 2026, § 176``."""
        body = self.actors(decision.body) or self.fact(decision, "body")
        return ", ".join(t for t in (body, self.fact(decision, "date"), self.section(decision)) if t)

    def section(self, node: Node) -> str:
        """The section sign and number of a decision: ``§ 294``."""
        text = self.fact(node, "section")
        return f"§ {text}" if text[:1].isdigit() else text

    def figure(self, value: Figure) -> str:
        """A figure as written, its thousands spaced as the language does it when it is a bare number."""
        if value.low is not None and value.low == value.high and _FIGURE.fullmatch(value.text):
            return number(value.low, self.lang)
        return value.text

    def sourced(self, node: Node, text: str) -> str:
        """``text`` with its source and how sure it is, in brackets."""
        remarks = [node.source or ""]
        remarks += [self.label("secondary")] if node.secondary else []
        remarks += [self.label("inferred")] if node.inferred else []
        known = [r for r in remarks if r]
        return f"{text} ({'; '.join(known)})" if known and text else text

    # ------------------------------------------------------------ measures

    def owner(self, work: Work) -> str:
        """Who answers for a measure; who leads when several do."""
        text = self.fact(work, "owner") if work.open("owner") else self.actors(work.owner)
        if work.convener:
            text = self.label("convened", owners=text, convener=self.actor(work.convener))
        elif work.equal:
            text = self.label("equals", owners=text)
        return text or self.label("not_stated")

    def when(self, work: Work) -> str:
        """The time of a measure: the paper's own words, else start and end, else rhythm or condition."""
        parts: list[str] = []
        if work.time or work.open("time"):
            parts.append(self.fact(work, "time"))
        else:
            start, end = self.fact(work, "start"), self.fact(work, "end")
            if start and end and start != end:
                parts.append(f"{start}{UNTIL}{end}")
            elif end and not start:
                parts.append(self.label("by", time=end))
            elif start:
                parts.append(start if start == end else self.label("since", time=start))
        if work.rhythm:
            parts.append(self.word(work.rhythm))
        if work.condition:
            parts.append(work.condition)
        if work.open_ended:
            parts.append(self.label("open_ended"))
        return ", ".join(parts) or self.label("not_stated")

    def cost(self, cost: Cost | None, opened: Open | None = None, *, holder: bool = True) -> str:
        """The whole cost of a measure in a few words; ``holder`` says whose budget it is within."""
        if opened:
            return self.opened(opened)
        if cost is None:
            return self.label("not_stated")
        total = cost.total.kronor if cost.total else sum(y.kronor or 0 for y in cost.per_year.values())
        parts = [kronor(total, self.lang)] if total or cost.total else []
        hours = cost.hours or sum(y.hours or 0 for y in cost.per_year.values())
        parts += [self.label("hours", hours=number(hours, self.lang))] if hours else []
        if cost.within_budget:
            holders = self.actors(cost.within_budget)
            parts.append(self.label("within_budget_of", holder=holders) if holder else self.label("within_budget"))
        parts += [t for t in (cost.set_aside, cost.text) if t]
        return ", ".join(parts) or self.label("not_stated")

    def reading(self, reading: Reading, unit: str = "") -> str:
        """One value of an indicator or finding."""
        parts = []
        for name in ("value", "at_least", "at_most"):
            figure: Figure | None = getattr(reading, name)
            if figure is not None:
                text = self.figure(figure)
                if unit and _FIGURES.fullmatch(text.replace("–", "-")):
                    text = f"{text}{NBSP if unit == '%' else ' '}{unit}"
                parts.append(text if name == "value" else self.label(name, figure=text))
        parts += [reading.text] if reading.text else []
        parts += [self.label("not_reported", reason=reading.not_reported)] if reading.not_reported else []
        return self.sourced(reading, ", ".join(parts))

    def series(self, node: Node, name: str, unit: str = "") -> str:
        """Values per year on one line: ``2027: 40 %; 2028: 60 %``."""
        if opened := node.open(name):
            return self.opened(opened)
        values: dict[str, Reading] = getattr(node, name)
        parts = [(f"{p}: " if p else "") + self.reading(r, unit) for p, r in values.items()]
        parts += [f"{key.split('.', 1)[1]}: {self.opened(o)}" for key, o in node.opened(name)]
        return "; ".join(parts)

    def breakdown(self, entry: Indicator | Observation) -> str:
        """A figure split by sex, age and period."""
        found = entry.breakdown
        if found is None:
            return self.fact(entry, "breakdown")
        parts = [
            f"{self.label(f'breakdown.{name}')} {self.fact(found, name)}"
            for name in ("women", "men", "girls", "boys", "ages")
            if found.stated(name)
        ]
        return ", ".join(t for t in (found.text, *parts, self.series(found, "periods")) if t)

    def unit(self, indicator: Indicator) -> str:
        """The unit as it stands after a figure."""
        unit = indicator.unit or ""
        return "%" if unit.casefold() in ("procent", "andel i procent", "percent") else unit
