"""Every rule has its cards in both languages; its wrong example raises it alone, its right one nothing."""

import re
from pathlib import Path

import pytest

from conftest import ROOT, Checker
from vaaldplan import publish
from vaaldplan.check import judge
from vaaldplan.finding import Finding, Stage
from vaaldplan.plan.vocabulary import normal
from vaaldplan.publish.inspect import made
from vaaldplan.rules import registry
from vaaldplan.texts.catalogue import LANGUAGES, base_example, catalogue, example

RULES = list(registry.table())
UNSHOWN = ("P01", "S01", "S02", "S10", "X14", "X22", "X23", "X24", "X25", "X26")
"""Faults of whole files, of bytes and of time, which no fragment of a plan shows; their own tests do."""
CODES = [code for code in catalogue(LANGUAGES[0]).codes() if code not in UNSHOWN]


def laid_over(fragment: str) -> str:
    """The base plan with the fragment's keys in place of its own; an empty key takes the base plan's away."""
    keys = {normal(key) for key in re.findall(r"^([^\s#-][^:]*):", fragment, flags=re.MULTILINE)}
    kept: list[str] = []
    skip = False
    for line in base_example().splitlines():
        if line[:1].strip() and not line.startswith("#"):
            skip = normal(line.split(":")[0]) in keys
        if not skip:
            kept.append(line)
    return "\n".join([*kept, fragment])


def test_every_rule_has_its_files_and_no_file_lacks_its_rule() -> None:
    assert len(RULES) >= 118
    assert len(CODES) >= 139
    texts = ROOT / "src/vaaldplan/texts"
    assert sorted(p.stem for p in (texts / "examples").glob("*.md")) == CODES
    for lang in LANGUAGES:
        cards = catalogue(lang).codes()
        assert [c for c in cards if c[0] not in "SUXP"] == RULES
        assert cards == sorted([*CODES, *UNSHOWN])


def test_the_base_plan_is_clean(checked: Checker) -> None:
    assert checked(base_example(), Stage.PROPOSAL).report.findings == ()


def found_in(code: str, fragment: str, checked: Checker, tmp_path: Path) -> tuple[Finding, ...]:
    """What is found with a fragment of a rule; for rules that judge papers the plan is built, and they are judged too."""
    form = example(code).form
    html = form == "html"
    text = laid_over(fragment) if form == "yaml" else base_example()
    if form == "toml":
        text += "\nversion: 0.3\n"  # without it N09 has something to say of a PDF
        (tmp_path / fragment.splitlines()[0].removeprefix("# ")).write_text(fragment, "utf-8")
    done = checked(text, Stage.PROPOSAL)
    if code not in RULES or not registry.table()[code].judges_papers:
        return done.report.findings
    assert done.plan is not None
    (paper,) = publish.build(publish.jobs(done.plan), ("html",) if html else ("pdf",))
    data = paper.data.replace(b"</main>", fragment.encode() + b"</main>") if html else paper.data
    assert fragment.encode() in data or not html
    return (*done.report.findings, *judge(done, *made([(paper.name, data)])))


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_raises_the_rule_and_nothing_else(code: str, checked: Checker, tmp_path: Path) -> None:
    assert {f.code for f in found_in(code, example(code).wrong, checked, tmp_path)} == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_raises_nothing(code: str, checked: Checker, tmp_path: Path) -> None:
    assert found_in(code, example(code).right, checked, tmp_path) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*CODES, *UNSHOWN])
def test_a_card_has_all_its_parts(code: str, lang: str) -> None:
    card = catalogue(lang).card(code)
    assert card.title
    assert card.why
    assert "" in card.messages
    assert "" in card.mends
    assert card.messages.keys() == catalogue("sv").card(code).messages.keys()
    assert card.mends.keys() == catalogue("sv").card(code).mends.keys()
