"""The documents a plan is built to. A new one is a line here, a module that says what stands in it, and a template."""

from collections.abc import Callable
from typing import NamedTuple

from vaaldplan.plan.model import Plan
from vaaldplan.plan.vocabulary import normal

from . import view_calendar, view_case_paper, view_consultation, view_extract, view_follow_up, view_short
from .view import View, view
from .words import Words


class Document(NamedTuple):
    """A kind of document."""

    name: str
    """Its English name: of its template, and of its words in ``papers.toml``."""
    swedish: str
    views: Callable[[Plan, Words], list[View]]
    """What stands in it, once for each body that it is made for."""
    cover: bool = False
    """Whether title and facts have a page of their own."""
    public: bool = False
    """Whether people who may be in danger will read it: as a web page it opens with help and a way out."""
    most_pages: int = 0


def _plan(plan: Plan, say: Words) -> list[View]:
    return [view(plan, say)]


DOCUMENTS = (
    Document("plan", "plan", _plan, cover=True, public=True),
    Document("short", "kortversion", view_short.views, public=True, most_pages=2),
    Document("extract", "nämndutdrag", view_extract.views),
    Document("case-paper", "tjänsteskrivelse", view_case_paper.views),
    Document("calendar", "kalender", view_calendar.views),
    Document("follow-up", "uppföljning", view_follow_up.views),
    Document("consultation", "remiss", view_consultation.views),
)
ALL = ("all", "alla")


def named(name: str) -> tuple[Document, ...]:
    """The documents of a name in Swedish or English, with or without diacritics; none when there is no such."""
    if normal(name) in ALL:
        return DOCUMENTS
    return tuple(d for d in DOCUMENTS if normal(name) in (normal(d.name), normal(d.swedish)))
