"""The view of who does what: organisation, the register of bodies, the partners."""

from vaaldplan.plan.model import Plan
from vaaldplan.plan.organisation import Coordinator, Group
from vaaldplan.swedish import join, sort_key

from .parts import Cell, Part, facts, prose, table
from .view_work import lines
from .words import Words


def organisation(plan: Plan, say: Words) -> list[Part]:
    """Who leads, who coordinates, the yearly cycle, and the bodies of the register."""
    o = plan.organisation
    parts: list[Part] = []
    if o is not None:
        parts += prose(o.text)
        parts += facts(
            (say.label("organisation.steering_group"), _group(o.steering_group, say) or say.fact(o, "steering_group")),
            (say.label("organisation.working_group"), _group(o.working_group, say) or say.fact(o, "working_group")),
            (say.label("organisation.coordinator"), _coordinator(o.coordinator, say) or say.fact(o, "coordinator")),
            (
                say.label("organisation.coordination_function"),
                _coordinator(o.coordination_function, say) or say.fact(o, "coordination_function"),
            ),
            (say.label("organisation.council"), _group(o.council, say) or say.fact(o, "council")),
        )
        cycle: list[list[Cell]] = [[step.time or "", step.text or "", say.actor(step.actor)] for step in o.yearly_cycle]
        head = [say.label(f"organisation.{k}") for k in ("cycle_time", "cycle_text", "cycle_actor")]
        parts += table("t-arshjul", say.label("organisation.cycle"), head, cycle, (18, 54, 28))
    return parts


def _group(group: Group | None, say: Words) -> Cell:
    if group is None:
        return ""
    return lines(
        [
            ", ".join(t for t in (group.name, say.actor(group.actor)) if t),
            f"{say.label('organisation.convener')}: {say.actor(group.convener)}" if group.convener else "",
            f"{say.label('organisation.members')}: {say.actors(group.members)}" if group.members else "",
            f"{say.label('organisation.meets')}: {group.meets}" if group.meets else "",
            f"{say.label('organisation.tasks')}: {join(group.tasks, say.lang)}" if group.tasks else "",
        ]
    )


def _coordinator(one: Coordinator | None, say: Words) -> Cell:
    if one is None:
        return ""
    share = say.fact(one, "share")
    return lines(
        [
            ", ".join(t for t in (say.fact(one, "function"), say.actor(one.actor)) if t),
            say.label("organisation.share", share=share) if share else "",
            f"{say.label('organisation.deputy')}: {say.fact(one, 'deputy')}" if one.stated("deputy") else "",
            f"{say.label('organisation.tasks')}: {join(one.tasks, say.lang)}" if one.tasks else "",
        ]
    )


def actors(plan: Plan, say: Words) -> list[Part]:
    """The register of bodies, and what each leads and takes part in."""
    leads: dict[str, list[str]] = {}
    joins: dict[str, list[str]] = {}
    for m in plan.measures:
        for name in m.owner:
            leads.setdefault(name, []).append(m.id or "")
        for participant in m.participants:
            joins.setdefault(participant.actor or "", []).append(m.id or "")
    rows: list[list[Cell]] = []
    for a in sorted(plan.actors, key=lambda a: sort_key(a.name or a.id or "")):
        name, note = a.id or "", []
        note += [say.label("actors.part_of", body=say.actor(a.part_of))] if a.part_of else []
        note += [say.label("actors.members", bodies=say.actors(a.members))] if a.members else []
        note += [say.label("actors.not_concerned", reason=a.not_concerned)] if a.not_concerned else []
        note += [say.label("actors.until", date=say.fact(a, "until"))] if a.until else []
        note += [say.label("actors.succeeded_by", body=say.actor(a.succeeded_by))] if a.succeeded_by else []
        shown = lines([say.sourced(a, a.name or name), *note])
        rows.append([shown, say.word(a.type), say.links("a", leads.get(name, [])), say.links("a", joins.get(name, []))])
    head = [say.label(f"actors.{k}") for k in ("name", "type", "leads", "joins")]
    return table("t-aktorer", say.label("actors.table"), head, rows, (34, 16, 26, 24))


def partnerships(plan: Plan, say: Words) -> list[Part]:
    """The partners, and what has been agreed."""
    rows: list[list[Cell]] = []
    for p in plan.partnerships:
        a = p.agreement
        agreed = (
            [f"{say.fact(a, n)}" for n in ("purpose", "area", "date", "status")] if a else [say.fact(p, "agreement")]
        )
        state = (
            say.label("partners.confirmed", date=say.fact(p, "confirmed")) if p.confirmed else say.fact(p, "confirmed")
        )
        rows.append(
            [
                say.actor(p.actor),
                say.fact(p, "role"),
                say.fact(p, "contact"),
                lines(agreed),
                state or say.label("partners.planned"),
            ]
        )
    head = [say.label(f"partners.{k}") for k in ("name", "role", "contact", "agreement", "state")]
    return table("t-samverkan", say.label("partners.table"), head, rows, (22, 28, 16, 18, 16))
