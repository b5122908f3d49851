"""The facts: complete, consistent, and each with its source and the date it was checked."""

import re
import tomllib
from collections import Counter
from datetime import date

import pytest

from conftest import ROOT
from vaaldplan.facts import KINDS, Fact, Facts, sources
from vaaldplan.facts.places import municipalities
from vaaldplan.facts.starters import Starter, starters
from vaaldplan.plan.goals import ViolenceType
from vaaldplan.plan.measures import EvidenceGrade, Level, StaffLevel, Tier

FACTS = ROOT / "src/vaaldplan/facts"

# As in SCB's own table of the population by municipality on 31 December 2024.
KNOWN = {
    "0123": "Järfälla", "0125": "Ekerö", "0126": "Huddinge", "0127": "Botkyrka", "0136": "Haninge", "0162": "Danderyd",
    "0182": "Nacka", "0186": "Lidingö", "1489": "Alingsås",
}  # fmt: skip
# The seat of each county has the figures 80 after the county's (sv.wikipedia.org, Kommunkod).
SEATS = [
    "Stockholm",
    "Uppsala",
    "Nyköping",
    "Linköping",
    "Jönköping",
    "Växjö",
    "Kalmar",
    "Gotland",
    "Karlskrona",
    "Malmö",
    "Halmstad",
    "Göteborg",
    "Karlstad",
    "Örebro",
    "Västerås",
    "Falun",
    "Gävle",
    "Härnösand",
    "Östersund",
    "Umeå",
    "Luleå",
]


def test_every_file_says_when_it_was_checked() -> None:
    files = sorted(FACTS.glob("*.toml"))
    for path in files:
        if path.name == "help.toml":  # words only; its facts stand in numbers.toml
            continue
        assert tomllib.loads(path.read_text("utf-8"))["checked"] >= date(2026, 11, 1), path
        assert path.read_text("utf-8").startswith("# "), path
    assert len(files) >= 3


def test_the_municipalities() -> None:
    found = municipalities()
    assert (
        len(found)
        == len({m.code for m in found})
        == len({m.short for m in found})
        == len({m.name for m in found})
        == 290
    )
    assert len({m.county for m in found}) == len({m.code[:2] for m in found}) == 21
    assert all(len(m.code) == 4 and m.code.isdigit() and m.county.endswith(" län") for m in found)
    assert [m.code for m in found] == sorted(m.code for m in found)
    by_code = {m.code: m.short for m in found}
    assert {code: by_code[code] for code in KNOWN} == KNOWN
    assert [by_code[code + "80"] for code in sorted({m.code[:2] for m in found})] == SEATS
    assert Counter(m.county for m in found)["Västra Götalands län"] == 49


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1489", "Alingsås kommun"), ("1281", "Lunds kommun"), ("1440", "Ale kommun"), ("1267", "Höörs kommun"),
        ("2514", "Kalix kommun"), ("0880", "Kalmar kommun"), ("0980", "Region Gotland"), ("1280", "Malmö stad"),
        ("1438", "Dals-Eds kommun"), ("1462", "Lilla Edets kommun"), ("0114", "Upplands Väsby kommun"),
    ],
)  # fmt: skip
def test_the_full_names(code: str, name: str) -> None:
    assert next(m.name for m in municipalities() if m.code == code) == name


def test_the_starter_measures_fill_the_nine_cells_twice() -> None:
    found = starters()
    cells = Counter((Level(one.level), Tier(one.tier)) for one in found)
    assert len(cells) == 9
    assert min(cells.values()) >= 2
    assert 18 <= len(found) <= 27
    assert list(cells) == [(level, tier) for level in Level for tier in Tier]
    assert len({one.id for one in found}) == len(found)
    assert not any(one.id.isdigit() for one in found)


@pytest.mark.parametrize("one", starters(), ids=lambda one: one.id)
def test_a_starter_measure_is_whole(one: Starter) -> None:
    assert one.sources
    assert set(one.wording) == {"sv", "en"}
    for wording in one.wording.values():
        assert wording.title[0].isupper()
        assert not wording.title.endswith(".")
        assert wording.description.endswith(".")
        assert wording.target
        assert wording.unknown
        assert not wording.unknown.endswith(".")
        assert bool(wording.audience) >= bool(one.times_per_year)
    assert bool(one.wording["sv"].method) == bool(one.wording["en"].method)
    for staff in one.staff:
        StaffLevel(staff)
    for violence in one.violence:
        ViolenceType(violence)
    if one.evidence:
        assert one.evidence.text["sv"]
        assert one.evidence.text["en"]
        if one.evidence.grade:
            EvidenceGrade(one.evidence.grade)


def test_the_sources_are_used_and_have_addresses() -> None:
    used = {s for one in starters() for s in (*one.sources, *([one.evidence.source] if one.evidence else []))}
    names = {s.name for s in used} | {sources()[fact.source].name for fact in ROWS}
    assert names == {s.name for s in sources().values()}
    assert all(s.url.startswith(("https://", "http://")) and s.name for s in sources().values())
    assert len(sources()) > 60


ROWS = [fact for kind in KINDS for fact in Facts().of(kind).values()]
LEAST = {"laws": 35, "goals": 8, "targets": 25, "articles": 30, "strategies": 7, "grants": 7, "numbers": 8}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kinds_have_their_rows(kind: str) -> None:
    assert len(Facts().of(kind)) >= LEAST[kind]
    assert LEAST.keys() == KINDS.keys()


@pytest.mark.parametrize("fact", ROWS, ids=lambda fact: f"{type(fact).__name__} {fact.id}")
def test_a_fact_has_its_source_and_dates(fact: Fact) -> None:
    source = Facts().source(fact)
    assert source.name
    assert source.url.startswith(("https://", "http://"))
    assert fact.source in sources()
    assert date(2026, 11, 1) <= fact.checked <= date(2027, 12, 31)
    assert fact.name
    assert fact.name.sv
    assert not fact.name.endswith(".")
    for time in (fact.valid_from, fact.valid_until):
        assert not time or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", time)
    assert not (fact.valid_from and fact.valid_until) or fact.valid_from <= fact.valid_until


def test_a_repealed_law_says_what_holds_instead() -> None:
    facts = Facts()
    repealed = [law for law in facts.laws.values() if law.valid_until]
    assert len(repealed) >= 15
    without = [law.id for law in repealed if facts.successor(law) is None]
    assert without == ["2022:1416"]  # a grant that nothing has followed
    for law in repealed:
        follower = facts.successor(law)
        assert follower is None or not follower.valid_until
    assert {law.successor for law in repealed} - {""} <= facts.laws.keys()
    assert facts.laws["2001:453"].valid_until == "2025-06-30"
    assert facts.laws["2001:453"].over("2025-07-01")
    assert not facts.laws["2001:453"].over("2025-06-30")


def test_agenda_2030_has_169_targets() -> None:
    goals = [target for target in Facts().targets.values() if target.last]
    assert len(goals) == 17
    assert sum(goal.last + len(goal.letters) for goal in goals) == 169
