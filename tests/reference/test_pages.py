"""The field reference: found under any spelling, whole, and pleasant to read in a narrow terminal."""

import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from vaaldplan.cli import main
from vaaldplan.errors import VaaldplanError
from vaaldplan.plan.vocabulary import names, written_key
from vaaldplan.reference.fields import every, find, path
from vaaldplan.reference.pages import reference
from vaaldplan.reference.schema import schema
from vaaldplan.reference.shapes import classes, declarer, own_fields
from vaaldplan.texts.catalogue import Catalogue, catalogue

SV, EN = catalogue("sv"), catalogue("en")


def places(asked: str) -> list[str]:
    return [path(field.places[0], "sv") for field in find(asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("åtgärder", ["åtgärder"]),
        ("atgarder", ["åtgärder"]),
        ("Measures", ["åtgärder"]),
        ("åtgärder.ansvarig", ["åtgärder.ansvarig"]),
        ("measures.owner", ["åtgärder.ansvarig"]),
        ("åtgärder.delåtgärder.ansvarig", ["åtgärder.ansvarig"]),
        ("ansvarig", ["mål.ansvarig", "åtgärder.ansvarig", "risker.ansvarig"]),
        ("utbildning.timmar", ["åtgärder.utbildning.timmar"]),
        ("mål", ["mål"]),
        ("okänt", ["okänt"]),
        ("källa", ["källa"]),
        ("gäller för", ["gäller_för"]),
    ],
)
def test_a_field_is_found_by_its_place_or_its_name_in_any_spelling(asked: str, found: list[str]) -> None:
    assert places(asked) == found


@pytest.mark.parametrize(
    ("asked", "suggestion"),
    [
        ("ansvaring", "ansvarig"),
        ("åtgärder.nivo", "åtgärder.nivå"),
        ("atgarder.levle", "atgarder.level"),
        ("qqq.nivo", "nivå"),
        ("mesures", "measures"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(asked: str, suggestion: str) -> None:
    with pytest.raises(VaaldplanError) as error:
        find(asked)
    assert error.value.params == {"name": asked, "suggestion": suggestion}


def test_every_field_is_in_the_reference_once() -> None:
    declared = {(declarer(cls, name), name) for cls in classes() for name in own_fields(cls)}
    referred = [(declarer(f.cls, f.name), f.name) for f in every()]
    assert len(referred) == len(set(referred))
    assert declared <= set(referred)
    assert len(referred) - len(declared) == 6  # what all entries have, and what is left open


def test_a_card_says_all_there_is_to_say() -> None:
    card = reference("åtgärder.nivå", SV)
    assert card.startswith("åtgärder.nivå\nNivå\n")
    for words in (
        "Skriv: ett av de fasta värdena.",
        "Exempel: nivå: ",
        "Stavas: nivå, niva, level",
        "samhälle",
        "Normer,",
    ):
        assert words in card
    assert "Samma namn finns också i: luckor.nivå." not in card
    assert "Samma namn finns också i: åtgärder.mål." in reference("mål", SV)
    assert "ett id ur lägesbild.iakttagelser. Flera skrivs" in reference("åtgärder.iakttagelser", SV)
    assert "ett värde per år" in reference("indikatorer.utfall", SV)
    assert "en bara en text" not in reference("status", SV)
    assert "(ska finnas)" in reference("titel", SV)


def test_the_reference_in_english() -> None:
    card = reference("ansvarig", EN)
    assert "measures.owner" in card
    assert "Spelt: ansvarig, owner" in card
    assert "Example: owner: " in card


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
@pytest.mark.parametrize("width", [60, 80])
def test_nothing_is_wider_than_the_terminal_but_what_cannot_be_broken(say: Catalogue, width: int) -> None:
    asked = {"", *(written_key(f.cls, f.name, say.language) for f in every())}
    assert len(asked) > 200
    for name in asked:
        for line in reference(name, say, width=width).splitlines():
            assert len(line) <= width or " " not in line.strip(), line
            assert line == line.rstrip()


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
def test_the_manual_holds_every_field_and_value_and_is_clean_markdown(say: Catalogue) -> None:
    manual = reference("", say, form="markdown")
    headings = re.findall(r"^### `(.+)`$", manual, flags=re.MULTILINE)
    assert sorted(headings) == sorted(path(f.places[0], say.language) for f in every())
    assert len(headings) >= 390
    assert len(re.findall(r"^## ", manual, flags=re.MULTILINE)) >= 20
    html = MarkdownIt("commonmark").render(manual)
    assert "<em>" not in html
    assert html.count("<h3>") == len(headings)
    for cls in classes():
        for shape in names(cls).shapes.values():
            for member in shape.word or ():
                written = member.sv if say.language == "sv" else member.value
                assert f"  - `{written}`: " in manual


def test_one_field_as_markdown() -> None:
    page = reference("titel", SV, form="markdown")
    assert page.startswith("# `titel`\n\n**Titel** (ska finnas). ")


# ------------------------------------------------------------------ the commands


def test_fields_prints_a_card_and_refuses_what_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "measures.owner", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("measures.owner\n")
    assert main(["fields", "ansvaring"]) == 2
    assert "Fältet ansvaring finns inte. Menar du ansvarig?" in capsys.readouterr().err
    assert main(["fields", "qqqqqqq"]) == 2
    assert "Se alla fält med: vaaldplan fields" in capsys.readouterr().err
    assert main(["fields", "--format", "pdf"]) == 2


def test_schema_is_printed_or_written_and_only_a_schema_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == schema("sv")
    target = tmp_path / "plan.schema.json"
    for lang in ("sv", "en"):
        assert main(["schema", "-o", str(target), "--lang", lang]) == 0
        assert json.loads(target.read_text("utf-8")) == schema(lang)
    assert str(target) in capsys.readouterr().out
    plan = tmp_path / "plan.yaml"
    for text in ("titel: Plan\n", "{}", "[1]"):
        plan.write_text(text, "utf-8")
        assert main(["schema", "-o", str(plan)]) == 3
        assert plan.read_text("utf-8") == text
    assert "är inget schema" in capsys.readouterr().err
    assert main(["schema", "-o", str(tmp_path / "saknas" / "s.json")]) == 3
    assert "saknas" in capsys.readouterr().err
