"""The document of the examples: the goldens say who moved, the view or a writer; every text of the tree stands in every format."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.plan.model import Plan
from vaaldplan.publish import html, markdown
from vaaldplan.publish.compose import compose
from vaaldplan.publish.parse import plain_text
from vaaldplan.publish.tree import Tree

Golden = Callable[[str, str], None]


def plan_of(name: str) -> Plan:
    plan = check(ROOT / "examples" / name).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def alingsas() -> Tree:
    return compose(plan_of("alingsas"), "sv")


def test_the_start_plan_as_tree_page_and_markdown(golden: Golden) -> None:
    tree = compose(plan_of("start"), "sv")
    golden("start.tree.json", json.dumps(tree, ensure_ascii=False, indent=1) + "\n")
    golden("start.html", html.write(tree).decode())
    golden("start.md", markdown.write(tree).decode())


def headings(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for block in blocks:
        if block["t"] == "h":
            found.append(block)
        if block["t"] == "card":
            found.append(block["h"])
        found += headings(block.get("blocks", []))
    return found


def test_the_document_has_its_parts_in_order(alingsas: Tree) -> None:
    assert alingsas["status"] == {"mark": "FÖRSLAG", "text": "Förslag till beslut. Inte beslutat."}
    assert "exempel" in alingsas["notice"]
    labels = [label for label, _ in alingsas["meta"]]
    wanted = [
        "Typ av styrdokument",
        "Beslutande instans",
        "Datum för beslut",
        "Diarienummer",
        "Gäller för",
        "Giltighetstid",
        "Revideras senast",
        "Dokumentansvarig",
    ]
    assert [x for x in labels if x in wanted] == wanted
    assert [b["t"] for b in alingsas["blocks"][:2]] == ["summary", "toc"]
    names = [h["id"] for h in headings(alingsas["blocks"]) if h["level"] == 1]
    order = [
        "sammanfattning",
        "uppdrag",
        "lagesbild",
        "atgarder",
        "rutor",
        "tidslinje",
        "ekonomi",
        "organisation",
        "uppfoljning",
        "atgardskort",
        "indikatorer",
    ]
    assert [n for n in names if n in order] == order
    tables = [b for b in alingsas["blocks"] if b["t"] == "table" and b["id"].startswith("t-m-")]
    assert len(tables) == len(plan_of("alingsas").goals)
    for table in tables:
        assert [plain_text(c) for c in table["head"]] == ["Åtgärd", "Ansvarig", "Tid", "Kostnad", "Uppföljning"]


def test_headings_skip_no_level_and_no_cell_is_empty(alingsas: Tree) -> None:
    level = 0
    for heading in headings(alingsas["blocks"]):
        assert heading["level"] <= level + 1
        level = heading["level"]
    cells = [c for b in alingsas["blocks"] if b["t"] == "table" for row in b["rows"] for c in row]
    assert len(cells) > 300
    assert all(plain_text(c).strip() for c in cells)


def test_every_measure_stands_in_one_goal_table_and_on_one_card(alingsas: Tree) -> None:
    plan = plan_of("alingsas")
    tables = [b for b in alingsas["blocks"] if b["t"] == "table" and b["id"].startswith("t-m-")]
    listed = [plain_text(row[0]).split()[0] for b in tables for row in b["rows"]]
    assert sorted(listed) == sorted(m.id or "" for m in plan.measures)
    cards = [
        plain_text(b["h"]["c"]).split()[0]
        for b in alingsas["blocks"]
        if b["t"] == "card" and b["h"]["id"].startswith("a-")
    ]
    assert sorted(cards) == sorted(listed)


def test_the_sums_are_the_measures(alingsas: Tree) -> None:
    table = next(b for b in alingsas["blocks"] if b.get("id") == "t-finansiering")

    def number(cell: Any) -> int:
        return int(plain_text(cell).replace("\u00a0", ""))

    for column in range(1, len(table["head"])):
        assert sum(number(row[column]) for row in table["rows"][:-1]) == number(table["rows"][-1][column])
    measures = sum(y.kronor or 0 for m in plan_of("alingsas").measures if m.cost for y in m.cost.per_year.values())
    assert number(table["rows"][-1][-1]) == measures


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("style", "title", "desc")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title", "desc")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def texts(value: Any) -> list[str]:
    """Every text of a tree."""
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    if isinstance(value, dict):
        own = [value[k] for k in ("v", "caption") if isinstance(value.get(k), str)]
        return own + [t for v in value.values() if isinstance(v, list | dict) for t in texts(v)]
    return []


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_text_of_the_tree_stands_on_the_page_and_in_the_markdown(alingsas: Tree) -> None:
    parser = _Words()
    parser.feed(html.write(alingsas).decode())
    page = squeezed("".join(parser.words))
    plain = squeezed(markdown.write(alingsas).decode().replace("\\", ""))
    found = [squeezed(t) for t in texts(alingsas["blocks"])]
    assert len(found) > 2000
    assert [t for t in found if t not in page] == []
    assert [t for t in found if t not in plain] == []


def test_a_plan_in_english_has_no_swedish_words_of_the_programs_own() -> None:
    tree = compose(plan_of("start"), "en")
    assert tree["lang"] == "en"
    assert tree["status"] == {"mark": "DRAFT", "text": "Draft. Not decided."}
    own = [plain_text(h["c"]) for h in headings(tree["blocks"]) if h["level"] == 1]
    assert "Goals and measures" in own
    assert not any(word in " ".join(own) for word in ("Åtgärd", "Mål", "Uppföljning"))


def test_an_empty_plan_is_a_document() -> None:
    tree = compose(Plan(), "sv")
    assert tree["title"] == "Handlingsplan"
    assert tree["status"] is not None
    assert html.write(tree)
    assert markdown.write(tree)


def test_the_faulty_plan_is_a_document_with_unique_ids() -> None:
    tree = compose(plan_of("brister"), "sv")
    ids = [h["id"] for h in headings(tree["blocks"])]
    assert len(ids) == len(set(ids))
