"""What tells one plan, and one state of it, from every other."""

from enum import Enum
from typing import Any

from vaaldplan.last import of_last
from vaaldplan.paper import Identity

from .model import Plan
from .node import Node


@of_last
def identity(plan: Plan) -> Identity:
    """The identity that every paper built from this plan carries.

    It depends on what the plan says alone: not on the layout of its files, their spelling or order of keys. It is
    reckoned once for the plan that was last asked of, which nothing changes: each paper needs it, and who judges them.
    """
    import json  # these two are needed by the papers only, and cost a check more than its rules
    from hashlib import sha256

    place = plan.municipality or (plan.area.name if plan.area else None)
    name = " · ".join(t for t in (place, plan.case_number, plan.title) if t)
    said = json.dumps(_said(plan), ensure_ascii=False, separators=(",", ":"))
    return Identity(name, plan.version or "", f"sha256:{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}")


def _said(value: Any) -> Any:
    """A value as JSON data, in the order of the model; what is left out is left out."""
    match value:
        case str() | None | bool() | int() | float() | Enum():
            return value
        case list():
            return [_said(one) for one in value]
        case Node():
            held, left_open = vars(value), dict(value.opens())
            names = [name for name in type(value).model_fields if name in held or name in left_open]
            fields = {name: _said(getattr(value, name)) for name in names if value.stated(name)}
            if not left_open:
                return fields
            return [fields, {name: [o.kind, o.reason, *o.accounts] for name, o in sorted(left_open.items())}]
        case dict():
            return {str(k): _said(v) for k, v in value.items()}
    return value.text  # an amount, a time or a figure: as the author wrote it
