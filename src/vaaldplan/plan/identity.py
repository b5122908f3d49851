"""What tells one plan, and one state of it, from every other."""

from enum import Enum
from typing import Any

from vaaldplan.paper import Identity

from .model import Plan
from .node import Node


def identity(plan: Plan) -> Identity:
    """The identity that every paper built from this plan carries.

    It depends on what the plan says alone: not on the layout of its files, their spelling or order of keys.
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
        case Node():
            fields = {name: _said(getattr(value, name)) for name in type(value).model_fields if value.stated(name)}
            left_open = {name: [o.kind, o.reason, *o.accounts] for name, o in sorted(value._open.items())}
            return [fields, left_open] if left_open else fields
        case list():
            return [_said(one) for one in value]
        case dict():
            return {str(k): _said(v) for k, v in value.items()}
        case Enum() | bool() | int() | float() | str() | None:
            return value
    return value.text  # an amount, a time or a figure: as the author wrote it
