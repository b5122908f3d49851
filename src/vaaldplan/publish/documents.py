"""The documents a plan is built to. A new one is a line here, a module that says what stands in it, and a template."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from vaaldplan.plan.model import Plan
from vaaldplan.plan.vocabulary import normal

if TYPE_CHECKING:
    from .view import View
    from .words import Words


class Document(NamedTuple):
    """A kind of document."""

    name: str
    """Its English name: of its template, and of its words in ``papers.toml``."""
    swedish: str
    module: str
    """Which module makes its views; it is imported when the document is built."""
    cover: bool = False
    """Whether title and facts have a page of their own."""
    public: bool = False
    """Whether people who may be in danger will read it: as a web page it opens with help and a way out."""
    most_pages: int = 0

    def views(self, plan: Plan, say: "Words") -> "list[View]":
        """What stands in it, once for each body that it is made for."""
        made: Callable[[Plan, Words], list[View]] = import_module(f"{__package__}.{self.module}").views
        return made(plan, say)


DOCUMENTS = (
    Document("plan", "plan", "view", cover=True, public=True),
    Document("short", "kortversion", "view_short", public=True, most_pages=2),
    Document("extract", "nämndutdrag", "view_extract"),
    Document("case-paper", "tjänsteskrivelse", "view_case_paper"),
    Document("calendar", "kalender", "view_calendar"),
    Document("follow-up", "uppföljning", "view_follow_up"),
    Document("consultation", "remiss", "view_consultation"),
)
ALL = ("all", "alla")


def named(name: str) -> tuple[Document, ...]:
    """The documents of a name in Swedish or English, with or without diacritics; none when there is no such."""
    if normal(name) in ALL:
        return DOCUMENTS
    return tuple(d for d in DOCUMENTS if normal(name) in (normal(d.name), normal(d.swedish)))
