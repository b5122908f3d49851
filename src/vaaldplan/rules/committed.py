"""Questions that several families ask of the measures: which of them bind, when they run, what they say."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from vaaldplan.last import of_last
from vaaldplan.plan.measures import Measure
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.organisation import Actor, ActorType
from vaaldplan.plan.paper import Act2023196
from vaaldplan.swedish import Time

from .registry import Key, key_of

OUTSIDE = (
    ActorType.REGION,
    ActorType.AGENCY,
    ActorType.MUNICIPAL_ASSOCIATION,
    ActorType.COOPERATION_BODY,
    ActorType.CIVIL_SOCIETY,
    ActorType.BUSINESS,
)
"""Bodies that a municipality cannot instruct."""


def missing(entry: Node, fields: Iterable[str]) -> list[Key]:
    """Those of the fields of which nothing is said."""
    return [key_of(entry, name) for name in fields if not entry.stated(name)]


@of_last  # many rules ask
def committed(plan: Plan) -> Sequence[Measure]:
    """The measures that the plan itself commits to."""
    return [measure for measure in plan.measures if measure.binding]


def name_of(measure: Measure) -> str:
    """What a message calls a measure."""
    return measure.title or measure.id or ""


def first_day(time: Time | None) -> date | None:
    """The first possible day of a time, if it can be computed."""
    return time.first if time else None


def last_day(time: Time | None) -> date | None:
    """The last possible day of a time, if it can be computed."""
    return time.last if time else None


def years(series: Iterable[str]) -> list[int]:
    """The keys of a series that are single years."""
    return sorted(int(period) for period in series if period.isascii() and period.isdigit() and len(period) == 4)


def validity_years(plan: Plan) -> tuple[int, int] | None:
    """The first and last year of the plan's validity, when both can be computed and stand in the right order."""
    if plan.validity is None:
        return None
    start, end = first_day(plan.validity.valid_from), last_day(plan.validity.valid_until)
    return (start.year, end.year) if start and end and start <= end else None


def mentions(texts: Iterable[str | None], pattern: re.Pattern[str]) -> bool:
    """Whether the pattern is found in any of the texts."""
    return any(pattern.search(text) for text in texts if text)


def actor_names(plan: Plan, ids: Iterable[str | None]) -> list[str]:
    """The names of bodies; what is not in the register is a name already."""
    register = {actor.id: actor for actor in plan.actors}
    return [(register[i].name or i) if i in register else i for i in ids if i]


@of_last  # rules ask for each measure
def actors_of(plan: Plan) -> dict[str, Actor]:
    """The register of bodies by id, the first of each."""
    found: dict[str, Actor] = {}
    for actor in plan.actors:
        if actor.id:
            found.setdefault(actor.id, actor)
    return found


def names_council(plan: Plan, ids: Iterable[str]) -> bool:
    """Whether one of the bodies is the council, by id or by name."""
    names = {actor.id: actor.name or "" for actor in plan.actors}
    return any(word in f"{i} {names.get(i, '')}".casefold() for i in ids for word in ("fullmäktige", "council"))


def everyone(texts: Iterable[str]) -> bool:
    """Whether a body's name holds all of them, as *samtliga nämnder* does."""
    return any(text.casefold().startswith(("samtliga ", "alla ", "all ")) for text in texts)


def reach(plan: Plan, start: Iterable[str]) -> set[str]:
    """The bodies named, the members of groups among them, and what belongs to any of them.

    A name such as *samtliga nämnder* holds every committee.
    """
    members = {actor.id: actor.members for actor in plan.actors if actor.id}
    new = set(start)
    if everyone(actor_names(plan, new)):
        new |= {actor.id for actor in plan.actors if actor.id and actor.type is ActorType.COMMITTEE}
    found: set[str] = set()
    while new:
        found |= new
        below = {a.id for a in plan.actors if a.id and a.part_of in found}
        new = ({m for i in found for m in members.get(i, ())} | below) - found
    return found


def _stated(part: Node, field: str) -> bool:
    """Whether a part says something of a field; it lacks some of those of a measure."""
    return field in type(part).model_fields and part.stated(field)


def said_in_parts(measure: Measure, field: str) -> bool:
    """Whether something is said of the field, for the measure as a whole or for each of its parts."""
    return measure.stated(field) or (bool(measure.parts) and all(_stated(part, field) for part in measure.parts))


def apart(plan: Plan) -> bool:
    """Whether the plan says that it stands apart from lag (2023:196)."""
    return plan.links is not None and plan.links.act_2023_196 is Act2023196.SEPARATE
