"""Every field of the format has a place in the document: with the field's example the document says something else."""

import json
from typing import Any

import pytest
import test_fields as fields

from vaaldplan.plan.load import load
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import written_key
from vaaldplan.publish.compose import compose
from vaaldplan.source import read_text

NOT_SHOWN = {
    ("Plan", "language"): "decides the document's own words",
    ("Plan", "status"): "the example is what a plan without a status is taken for",
    ("Goal", "kind"): "the example is the plain kind, which goes without saying",
    ("Measure", "kind"): "the example is the plain kind, which goes without saying",
    ("Chapter", "placement"): "the example is where a chapter without it stands",
    ("Point", "kind"): "decides how strictly rules judge, not what the reader sees",
    ("Actor", "id"): "bodies are shown by name",
    ("RelatedDocument", "id"): "documents are shown by name",
}
"""Fields whose example changes no word, and why."""

TOGETHER = {
    ("Gap", "level"): {"skäl": "Skolans plan täcker rutan."},
    ("Gap", "tier"): {"skäl": "Skolans plan täcker rutan."},
    ("Observation", "unit"): {"värde": "12"},
    ("Part", "convener"): {"ansvarig": "[ks, sn]"},
    ("Part", "equal"): {"ansvarig": "[ks, sn]"},
    ("Measure", "equal"): {"ansvarig": "[ks, sn]"},
    ("FinalEvaluation", "of"): {"genomförda": "30"},
}
"""Fields that say something only together with another."""


def document(plan: Any) -> tuple[str, str]:
    """All that the document says, and the hash it carries."""
    data = read_text("\n".join(fields.yaml(plan))).data
    assert data is not None
    tree = compose(load(data).plan, "sv")
    content = tree["identity"].pop("content")
    return json.dumps(tree, ensure_ascii=False), content


def held(plan: Any, cls: type[Node]) -> list[tuple[Any, str]]:
    """The mappings on the way to the entry of a class, each with the key that leads on; the entry itself last."""
    way, node = [], plan
    for parent, step in fields.ROUTES[cls]:
        key = written_key(parent, step, "sv")
        way.append((node, key))
        node = node[key]
        node = node[0] if isinstance(node, list) else node.get("2027", node)
    return [*way, (node, "")]


@pytest.mark.parametrize("cls", fields.ROUTES, ids=lambda c: c.__name__)
def test_every_field_shows(cls: type[Node]) -> None:
    own = [n for n in cls.model_fields if n not in Node.model_fields or cls is Plan]
    assert own
    for name in own:
        plan = fields.plan_with(cls, name, "sv")
        way = held(plan, cls)
        entry = way[-1][0]
        entry.update(TOGETHER.get((cls.__name__, name), {}))
        there = document(plan)
        del entry[written_key(cls, name, "sv")]
        for holder, key in reversed(way[:-1]):
            if not entry:
                del holder[key]  # an entry with nothing in it is no entry
            entry = holder
        without = document(plan)
        shown = without[0] != there[0]
        assert without[1] != there[1], f"{cls.__name__}.{name} is not part of the identity"
        assert shown != ((cls.__name__, name) in NOT_SHOWN), f"{cls.__name__}.{name}"


def test_the_exceptions_are_fields() -> None:
    known = {(c.__name__, n) for c in fields.ROUTES for n in c.model_fields}
    assert NOT_SHOWN.keys() | TOGETHER.keys() <= known
    assert len(fields.ROUTES) == 59
