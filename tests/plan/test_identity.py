"""The identity of a plan: another whenever the plan says something else, the same however it is written.

That every single field counts is tested with what the document shows, in ``test_shown``.
"""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.paper import Identity
from vaaldplan.plan.identity import identity
from vaaldplan.plan.load import load
from vaaldplan.source import read_text

PLAN = """\
titel: Plan mot våld
kommun: Lövhamra kommun
diarienummer: KS 2026/12
version: 0.3
mål:
  - {id: M1, titel: Fler frågar}
åtgärder:
  - id: A1
    titel: Utbilda chefer
    mål: M1
    start: 2027-03
    nivå: organisation
    kostnad: {2027: 50 000}
    slut: {okänt: beror på budgeten}
"""


def of(text: str) -> Identity:
    data = read_text(text).data
    assert data is not None
    return identity(load(data).plan)


def test_it_names_the_plan_and_its_version() -> None:
    assert of(PLAN)[:2] == ("Lövhamra kommun · KS 2026/12 · Plan mot våld", "0.3")
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", of(PLAN).content)
    assert of("område: {namn: Södra länsdelen}\n")[:2] == ("Södra länsdelen", "")


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace("mål: M1", "mål: [M1]  # en kommentar"),
        PLAN.replace("titel: Plan mot våld\nkommun: Lövhamra kommun", "kommun:   Lövhamra kommun\n\ntitel: >-\n  Plan mot\n  våld"),
        PLAN.replace("åtgärder:", "measures:").replace("nivå: organisation", "level: organisation"),
        PLAN.replace("å", "a").replace("ö", "o").replace("ä", "a")
        .replace("mot vald", "mot våld").replace("Lovhamra", "Lövhamra").replace("fragar", "frågar").replace("pa budg", "på budg"),
    ],
    ids=["list and comment", "order and folding", "English", "ASCII"],
)  # fmt: skip
def test_it_stays_when_only_the_writing_changes(text: str) -> None:
    assert text != PLAN
    assert of(text) == of(PLAN)


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace("2027-03", "2027-04"),
        PLAN.replace("50 000", "50 001"),
        PLAN.replace("på budgeten", "på beslutet"),
        PLAN.replace("{okänt:", "{finns_inte:"),
        PLAN.replace("    slut: {okänt: beror på budgeten}\n", ""),
        PLAN.replace("kostnad: {2027:", "kostnad: {2028:"),
    ],
)
def test_it_is_another_when_the_plan_says_something_else(text: str) -> None:
    assert text != PLAN
    assert of(text).content != of(PLAN).content


def test_a_folder_read_from_another_place_has_the_same(tmp_path: Path) -> None:
    found = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        for part in (ROOT / "examples/alingsas").glob("*.yaml"):
            (folder / part.name).write_bytes(part.read_bytes().replace(b"\n", b"\r\n" if folder.name == "b" else b"\n"))
        plan = check(folder).plan
        assert plan is not None
        found.append(identity(plan))
    assert found[0] == found[1]
