"""The rule manual: found by code, name or words, whole, and pleasant to read in a narrow terminal."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from vaaldplan.cli import main
from vaaldplan.errors import VaaldplanError
from vaaldplan.reference.rules import entries, explained, find, listed
from vaaldplan.rules import registry
from vaaldplan.texts.catalogue import LANGUAGES, Catalogue, catalogue

SV = catalogue("sv")
BOTH = pytest.mark.parametrize("say", [catalogue(lang) for lang in LANGUAGES], ids=LANGUAGES)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("D02", ["D02"]), ("d02", ["D02"]), (registry.table()["D02"].rule.name, ["D02"]), ("s07", ["S07"]), ("U01", ["U01"]),
        ("våldet på nätet", ["F08"]), ("jämställdhetsmålen", ["B04"]), ("identifierar dokumentet", ["A01"]),
    ],
)  # fmt: skip
def test_a_rule_is_found_by_its_code_its_name_or_the_words_of_its_title(asked: str, codes: list[str]) -> None:
    assert [e.code for e in find(asked, SV)] == codes


@pytest.mark.parametrize(("asked", "suggestion"), [("D2", "D02"), ("goal-unmesured", ""), ("qqqq", None)])
def test_what_is_no_rule_is_explained(asked: str, suggestion: str | None) -> None:
    with pytest.raises(VaaldplanError) as caught:
        find(asked, SV)
    told = caught.value.params.get("suggestion")
    assert told == suggestion if suggestion != "" else told in {d.rule.name for d in registry.table().values()} | {None}


@BOTH
def test_every_rule_and_every_card_is_in_the_manual_once(say: Catalogue) -> None:
    codes = [e.code for e in entries(say)]
    assert set(registry.table()) < set(codes)
    assert len(codes) == len(set(codes)) >= 110
    manual = listed(say, form="markdown")
    assert re.findall(r"^### (\w\d\d) ", manual, flags=re.MULTILINE) == codes
    html = MarkdownIt("commonmark").render(manual)
    assert html.count("<h3>") == len(codes)
    assert "<em>" not in html
    unfilled = set(re.findall(r"\{\w+\}", re.sub(r"```.*?```", "", manual, flags=re.DOTALL)))
    assert unfilled <= {"{namn}", "{name}"}  # S09 says how a name is written in braces
    names = [e.name for e in entries(say) if e.name]
    assert len(names) == len(set(names)) == len(registry.table())


@BOTH
@pytest.mark.parametrize("width", [60, 80])
def test_no_card_is_wider_than_the_terminal_but_for_yaml(say: Catalogue, width: int) -> None:
    read = 0
    for entry in entries(say):
        text = explained(entry.code, say, width=width)
        told, _, _ = text.partition(f"  {say.label('rules.wrong')}\n")
        for line in told.splitlines():
            assert len(line) <= width, line
            read += 1
        assert len(text.splitlines()) < 150, entry.code
    assert read > 1000
    for line in listed(say, width=width).splitlines():
        assert len(line) <= width, line


@BOTH
def test_the_list_as_data(say: Catalogue) -> None:
    data = json.loads(listed(say, form="json"))
    assert [e["code"] for e in data] == say.codes()
    assert {e["severity"] for e in data if "severity" in e} == {"error", "warning", "advice"}


def test_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "E13"]) == 0
    card = capsys.readouterr().out
    assert card.startswith("E13  ")
    assert "Gräns: 15" in card
    assert main(["explain", "bland", "de", "nio"]) == 0
    assert "stämmer på 2 regler" in capsys.readouterr().out
    assert main(["explain", "B04", "--format", "markdown", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("# B04 ")
    assert main(["rules"]) == 0
    assert "De nio rutorna" in capsys.readouterr().out
    assert main(["explain", "Z99"]) == 2
    assert "vaaldplan" in capsys.readouterr().err


@BOTH
def test_the_manual_tells_how_sure_the_rules_on_text_are(say: Catalogue) -> None:
    told = [e.code for e in entries(say) if "measured" in e.facts]
    assert told == ["A09", "B05", "C10", "E05", "M05"]
    assert "67" in find("M05", say)[0].facts["measured"]
