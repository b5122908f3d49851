"""What a person sees who writes a plan in VS Code: the real language server, with the schema beside the plan."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from server import CURSOR, Server

from vaaldplan.reference.schema import schema

EXAMPLES = Path(__file__).parents[3] / "examples"
HEAD = "# yaml-language-server: $schema={}.schema.json\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("plan")
    for lang in ("sv", "en"):
        text = json.dumps(schema(lang), ensure_ascii=False, indent=2)
        (folder / f"{lang}.schema.json").write_text(text, "utf-8")
    with Server(folder) as server:
        yield server


def written(text: str, lang: str = "sv") -> str:
    """A text as an editor has it, with the line that names its schema."""
    return HEAD.format(lang) + text


def asked(text: str, lang: str = "sv") -> str:
    """The same with the cursor where the bar is."""
    return written(text.replace("|", CURSOR), lang)


OPEN = {"{okänt: …}", "{finns_inte: …}"}


# ------------------------------------------------------------------ completion


def test_an_empty_plan_offers_every_field_of_the_plan_and_no_other_spelling(editor: Server) -> None:
    offered = editor.completions(asked("|\n"))
    assert {"titel", "kommun", "åtgärder", "mål", "lägesbild", "källa"} <= offered.keys()
    assert not {"title", "atgarder", "measures", "Titel", "x-"} & offered.keys()
    assert len(offered) == 44
    assert all(shown.explains for shown in offered.values())


@pytest.mark.parametrize(
    ("text", "key", "inserts", "explains"),
    [
        ("titel: x\nåt|\n", "åtgärder", "åtgärder:\n  - ", "Det som ska göras."),
        ("titel: x\ngil|\n", "giltighet", "giltighet:\n  ", "Från när och till när planen gäller."),
        ("ko|\n", "kommun", "kommun: ", "Kommunens namn"),
        ("åtgärder:\n  - id: A1\n    ni|\n", "nivå", "nivå: ", "Var åtgärden gör skillnad"),
        ("åtgärder:\n  - |\n", "titel", "titel: ", "Vad som ska göras"),
        ("giltighet:\n  |\n", "revideras_senast", "revideras_senast: ", "Exempel: `revideras_senast: "),
        ("lägesbild:\n  iakttagelser:\n    - id: I1\n      vå|\n", "våldstyp", "våldstyp: ", "våld"),
        ("åtgärder:\n  - id: A1\n    kostnad:\n      |\n", "inom_ram", "inom_ram: ", "Exempel: `inom_ram: "),
        ("indikatorer:\n  - id: I1\n    utfall:\n      2027:\n        |\n", "ej_redovisat", "ej_redovisat: ", "Varför"),
        ("Åtgärder:\n  - id: A1\n    ni|\n", "nivå", "nivå: ", "Var åtgärden gör skillnad"),
        ("åtgärder:\n  |\n", "filer", "filer:\n  - ${1}", "nämnder/"),
        ("kommun:\n  |\n", "okänt", "okänt: ", "i stället för ett svar"),
    ],
)
def test_keys_are_offered_with_their_explanation(
    editor: Server, text: str, key: str, inserts: str, explains: str
) -> None:
    shown = editor.completions(asked(text))[key]
    assert shown.inserts == inserts
    assert explains in shown.explains


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("åtgärder:\n  - id: A1\n    nivå: |\n", {"individ", "organisation", "samhälle"}),
        ("åtgärder: [{id: A1, preventionsnivå: |}]\n", {"främjande", "förebyggande", "riktat"}),
        ("giltighet:\n  tills_vidare: |\n", {"ja", "nej"}),
        ("språk: |\n", {"sv", "en"}),
        ("mål:\n  - id: M1\n    slag: |\n", {"mål", "löfte", "fokusområde", "långsiktigt"}),
        ("titel: |\n", set()),
        ("datum: |\n", set()),
        ("vision: |\n", set()),
    ],
)
def test_fixed_values_are_offered_and_nothing_that_is_none(editor: Server, text: str, values: set[str]) -> None:
    assert editor.completions(asked(text)).keys() == values | OPEN


def test_values_are_explained(editor: Server) -> None:
    offered = editor.completions(asked("åtgärder:\n  - id: A1\n    status: |\n"))
    assert offered["försenad"].explains == "Arbetet har inte kommit så långt som planen säger."
    assert offered["ej påbörjad"].inserts == "ej påbörjad"
    offered = editor.completions(asked("titel: |\n"))
    assert offered["{okänt: …}"].inserts == "{okänt: $1}"


@pytest.mark.parametrize("place", ["[|]", "\n        - |", "[chefer, |]"])
def test_values_are_offered_in_lists(editor: Server, place: str) -> None:
    offered = editor.completions(asked(f"åtgärder:\n  - utbildning:\n      personalgrupper: {place}\n"))
    assert offered.keys() == {"medarbetare", "chefer", "högsta ledning", "förtroendevalda", "nyanställda"}


def test_free_values_are_offered_as_suggestions(editor: Server) -> None:
    offered = editor.completions(asked("åtgärder:\n  - id: A1\n    våldstyper: |\n"))
    assert {"fysiskt", "eftervåld", "hedersrelaterat"} <= offered.keys()
    assert "Allowed Values" not in editor.hover(asked("åtgärder:\n  - id: A1\n    vålds|typer: annat\n"))


@pytest.mark.parametrize(
    ("text", "inserts"),
    [
        ("åtgärder:\n  - |\n", "id: $1\n  titel: $2"),
        ("åtgärder:\n  - id: A1\n  |\n", "- id: $1\n  titel: $2"),
        ("åtgärder:\n  |\n", "- id: $1\n  titel: $2"),
        ("åtgärder: |\n", "\n  - id: $1\n    titel: $2"),
    ],
)
def test_a_new_entry_of_a_list_can_be_inserted(editor: Server, text: str, inserts: str) -> None:
    assert editor.completions(asked(text))["id: … titel: …"].inserts == inserts


def test_inside_an_entry_only_what_is_missing_is_inserted(editor: Server) -> None:
    offered = editor.completions(asked("åtgärder:\n  - id: A1\n    ansvarig: ks\n    |\n"))
    assert offered["id: … titel: …"].inserts == "titel: $2"
    offered = editor.completions(asked("åtgärder:\n  - id: A1\n    titel: Ett\n    |\n"))
    assert "id: … titel: …" not in offered
    assert "ansvarig" in offered


def test_english_keys_and_values_are_offered_by_the_english_schema(editor: Server) -> None:
    offered = editor.completions(asked("measures:\n  - id: A1\n    le|\n", "en"))
    assert offered["level"].inserts == "level: "
    assert "Where" in offered["level"].explains
    offered = editor.completions(asked("measures:\n  - id: A1\n    level: |\n", "en"))
    assert {"individual", "organisation", "society"} <= offered.keys()


# ------------------------------------------------------------------ hover


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ti|tel: Plan\n", ["#### Titel", "Planens namn", "Exempel: `titel: "]),
        ("Kommun|kod: 0114\n", ["#### Kommunkod", "fyra siffror"]),
        ("giltig|het:\n  från: 2027\n", ["#### Giltighet", "Från när och till när"]),
        ("åtgärder:\n  - id: A1\n    ni|vå: individ\n", ["#### Nivå", "* `samhälle`: Normer"]),
        ("atgarder:\n  - id: A1\n    ni|va: individ\n", ["#### Nivå", "* `samhälle`: Normer"]),
        ("åtgärder:\n  - id: A1\n    kost|nad: {2027: 150 tkr}\n", ["#### Kostnad"]),
        ("measures:\n  - id: A1\n    ow|ner: ks\n", ["#### Ansvarig"]),
        ("datum: {okä|nt: sätts i juni}\n", ["#### Okänt", "i stället för ett svar"]),
        ("må|l: {filer: [mål.yaml]}\n", ["#### Mål"]),
    ],
)
def test_every_key_is_explained_where_the_pointer_rests(editor: Server, text: str, shown: list[str]) -> None:
    hover = editor.hover(asked(text))
    for words in shown:
        assert words in hover
    assert "||" not in hover


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize("name", ["alingsas", "start"])
def test_the_good_examples_and_each_of_their_parts_have_no_faults(editor: Server, name: str) -> None:
    files = sorted((EXAMPLES / name).glob("*.yaml"))
    assert len(files) >= (5 if name == "alingsas" else 1)
    for path in files:
        for lang in ("sv", "en"):
            assert editor.faults(written(path.read_text("utf-8"), lang)) == [], path.name


def test_all_ways_to_write_a_value_are_without_faults(editor: Server) -> None:
    text = """\
Titel: 2027
kommunkod: 0114
undertitel:
vision: true
atgarder:
  - {id: 1, niva: Samhälle, tier: promotive, kostnad: 250 tkr, status: pågår, ansvarig: {namn: Kommunstyrelsen}}
  - {id: 2.10, kostnad: {2027: 100 000, 2027-2028: {okänt: budget i juni}}, våldstyper: [annat, fysiskt], tid: vid behov}
giltighet: {från: hösten 2027, till: {finns inte: gäller tills vidare}, tills_vidare: nej}
x-eget: {a: 1}
"""
    assert editor.faults(written(text)) == []


def structural(text: str) -> list[int]:
    """The lines at which a faulty example says that something does not belong there."""
    return [number for number, line in enumerate(text.split("\n"), 1) if re.search(r"# väntat:.* S0[57]", line)]


@pytest.mark.parametrize("name", ["plan.yaml", "åtgärder.yaml"])
def test_the_faulty_example_and_its_part_show_their_faults_at_their_lines(editor: Server, name: str) -> None:
    text = (EXAMPLES / "brister" / name).read_text("utf-8")
    expected = [line for line in structural(text) if "12.500" not in text.split("\n")[line - 1]]  # YAML reads 12.5
    assert len(expected) >= 5
    head = HEAD.count("\n")
    assert sorted(line - head for line, *_ in editor.faults(written(text))) == expected


def test_a_fault_says_what_to_write_instead(editor: Server) -> None:
    text = (EXAMPLES / "brister/plan.yaml").read_text("utf-8")
    said = {marked: message for _, marked, message in editor.faults(written(text))}
    assert said["nämd"].startswith("Värdet finns inte. Välj mellan: kommun, nämnd, förvaltning")
    assert said["kanske"] == "Skriv ja eller nej."
    assert said["komun"].startswith("Nyckeln finns inte här.")
    assert said["2027-02-30"].startswith("Skriv ett datum som finns")


def test_faults_can_be_mended_with_the_lamp(editor: Server) -> None:
    keys, values = editor.mends(written("komun: x\nstatus: remis\n"))[::-1]
    assert {"kommun", "titel"} <= set(keys)
    assert not {"municipality", "status"} & set(keys)
    assert values == ["utkast", "remiss", "förslag", "antagen", "ersatt", "utgången", "upphävd"]


def test_every_message_is_in_the_language_of_the_schema(editor: Server) -> None:
    text = "titel: [a]\ntils: 1\nåtgärder: en\nmål: [a]\nstatus: klart\ndatum: {a: b}\ngiltighet: 2027\n"
    swedish, english = editor.faults(written(text)), editor.faults(written(text, "en"))
    assert len(swedish) == len(english) == 7
    for _, _, message in swedish:
        assert message.startswith(("Här ska", "Nyckeln finns", "Värdet finns"))
    for _, _, message in english:
        assert message.startswith(("Write", "This key", "There is no"))
