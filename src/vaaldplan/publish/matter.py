"""The plan as a matter before the council: who decides, who prepares, who writes and when they meet."""

from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Actor, ActorType
from vaaldplan.plan.paper import Attachment, Step
from vaaldplan.plan.vocabulary import normal
from vaaldplan.swedish import Time, join
from vaaldplan.texts.catalogue import LANGUAGES, catalogue

from .words import Words

_ENDS = "fullmäktige|styrelsen|nämnden|nämnd|förvaltningen|kontoret|utskottet|arbetsutskott"
_COMMON = regex(rf"(?:\w+- och |Kommunstyrelsens )?\w*(?:{_ENDS})")
"""Names of bodies that are common nouns, whole; a proper name before them (*Alingsås …*) keeps its capital."""


class Matter:
    """What the plan says of its own road to the decision. A body that it does not name is an empty name."""

    def __init__(self, plan: Plan, say: Words) -> None:
        self.plan, self.say = plan, say
        self.register: dict[str, Actor] = {a.id: a for a in plan.actors if a.id}
        found = plan.preparation
        self.steps: list[Step] = [*found.actors, *found.meetings] if found else []
        bodies = plan.decision[0].body if plan.decision else []
        self.council = bodies[0] if bodies else ""
        self.board = self._board()
        self.select_committee = self._select_committee()

    def _kind(self, name: str | None) -> ActorType | None:
        actor = self.register.get(name or "")
        return actor.type if actor else None

    def _board(self) -> str:
        """The board that lays the matter before the council: the last committee it passed, else who answers for it."""
        passed = [s.actor for s in self.steps if s.actor and s.actor != self.council]
        committees = [a for a in passed if self._kind(a) is ActorType.COMMITTEE and not self.register[a].part_of]
        political = self.plan.document_owner.political if self.plan.document_owner else []
        return next(iter([*reversed(committees), *political]), "")

    def _select_committee(self) -> str:
        """The committee of the board's own that handles the matter first: one it passes, else one of the register."""
        below = [i for i, a in self.register.items() if a.type is ActorType.COMMITTEE and a.part_of == self.board]
        passed = [i for i in below if any(s.actor == i for s in self.steps)]
        return next(iter([*passed, *below]), "") if self.board else ""

    def sender(self) -> str:
        """The department that writes."""
        departments = [s.actor for s in self.steps if s.actor and self._kind(s.actor) is ActorType.DEPARTMENT]
        coordinator = self.plan.organisation.coordinator if self.plan.organisation else None
        placed = [coordinator.actor] if coordinator and coordinator.actor else []
        return self.say.actor(next(iter([*departments, *placed]), ""))

    def official(self) -> str:
        """The function of the one who writes; never a name."""
        owner = self.plan.document_owner
        if owner and owner.official:
            return join(owner.official, self.say.lang)
        coordinator = self.plan.organisation.coordinator if self.plan.organisation else None
        return self.say.fact(coordinator, "function")

    def when(self, body: str) -> Time | None:
        """When a body takes the matter up."""
        planned = next((s.date for s in self.steps if body and s.actor == body and s.date), None)
        decided = self.plan.decision[0].date if body == self.council and self.plan.decision else None
        return decided or planned

    def letter(self) -> Attachment | None:
        """The official's own letter among the matter's documents, which tells its date."""
        found = self.plan.preparation.attachments if self.plan.preparation else []
        marks = [normal(catalogue(lang).label("papers.case-paper.letter")) for lang in LANGUAGES]
        return next((a for a in found if any(mark in normal(a.name or "") for mark in marks)), None)

    def within(self, name: str) -> str:
        """A body's shown name inside a sentence: Swedish writes *kommunstyrelsen* there with a small letter."""
        return name[:1].lower() + name[1:] if self.say.lang == "sv" and _COMMON.fullmatch(name) else name

    def or_unknown(self, text: str) -> str:
        """A text, or that the plan does not say."""
        return text or self.say.label("not_stated")
