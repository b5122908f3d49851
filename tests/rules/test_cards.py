"""Every rule has its cards in both languages; its wrong example raises it alone, its right one nothing."""

import pytest
from ruamel.yaml import YAML

from conftest import ROOT, Checker
from vaaldplan.finding import Stage
from vaaldplan.plan.vocabulary import normal
from vaaldplan.rules import registry
from vaaldplan.texts.catalogue import LANGUAGES, base_example, catalogue, example

CODES = list(registry.table())


def laid_over(fragment: str) -> str:
    """The base plan with the fragment's keys in place of its own; an empty key takes the base plan's away."""
    yaml = YAML(typ="safe", pure=True)
    top = yaml.load(fragment)
    kept: list[str] = []
    skip = False
    for line in base_example().splitlines():
        if line[:1].strip() and not line.startswith("#"):
            skip = normal(line.split(":")[0]) in {normal(k) for k in top}
        if not skip:
            kept.append(line)
    return "\n".join([*kept, fragment])


def test_every_rule_has_its_files_and_no_file_lacks_its_rule() -> None:
    assert len(CODES) >= 10
    texts = ROOT / "src/vaaldplan/texts"
    assert sorted(p.stem for p in (texts / "examples").glob("*.md")) == CODES
    for lang in LANGUAGES:
        cards = sorted(p.stem for p in (texts / lang / "rules").glob("*.md"))
        assert [c for c in cards if c[0] not in "SUX"] == CODES


def test_the_base_plan_is_clean(checked: Checker) -> None:
    assert checked(base_example(), Stage.PROPOSAL).report.findings == ()


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_raises_the_rule_and_nothing_else(code: str, checked: Checker) -> None:
    found = checked(laid_over(example(code).wrong), Stage.PROPOSAL).report.findings
    assert {f.code for f in found} == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_raises_nothing(code: str, checked: Checker) -> None:
    assert checked(laid_over(example(code).right), Stage.PROPOSAL).report.findings == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_card_has_all_its_parts(code: str, lang: str) -> None:
    card = catalogue(lang).card(code)
    assert card.title
    assert card.why
    assert "" in card.messages
    assert "" in card.mends
    assert card.messages.keys() == catalogue("sv").card(code).messages.keys()
    assert card.mends.keys() == catalogue("sv").card(code).mends.keys()
