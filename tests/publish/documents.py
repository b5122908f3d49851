"""What the tests of the documents share: the examples as plans, their documents, and how to look in them."""

from functools import cache
from typing import Any

from test_compose import headings, texts

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.config import Settings
from vaaldplan.plan.load import load
from vaaldplan.plan.model import Plan
from vaaldplan.publish import Job, jobs, named
from vaaldplan.publish.parse import plain_text
from vaaldplan.publish.tree import Tree
from vaaldplan.source import read_text


@cache
def example(name: str) -> tuple[Plan, Settings]:
    checked = check(ROOT / "examples" / name)
    assert checked.plan is not None
    return checked.plan, checked.settings


def made(plan: Plan, name: str, **options: Any) -> list[Job]:
    (document,) = named(name)
    return jobs(plan, (document,), **options)


def alingsas(name: str, lang: str = "") -> Tree:
    plan, settings = example("alingsas")
    return made(plan, name, lang=lang, settings=settings)[0].tree


def read(text: str) -> Plan:
    data = read_text(text).data
    assert data is not None
    return load(data).plan


def said(tree: Tree) -> str:
    """All words of a tree, the title and the facts of its head among them."""
    return "\n".join([tree["title"], tree["subtitle"], *(f"{k} {v}" for k, v in tree["meta"]), *texts(tree["blocks"])])


def chapters(tree: Tree) -> list[str]:
    return [plain_text(h["c"]) for h in headings(tree["blocks"]) if h["level"] == 1]


def under(tree: Tree, name: str) -> list[Any]:
    """The blocks of a chapter, by the id of its heading."""
    blocks = tree["blocks"]
    start = next(i for i, b in enumerate(blocks) if b.get("id") == name)
    end = next((i for i, b in enumerate(blocks) if i > start and b["t"] == "h" and b["level"] == 1), len(blocks))
    return blocks[start + 1 : end]
