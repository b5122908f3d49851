from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaaldplan.facts import word_table
from vaaldplan.finding import Severity
from vaaldplan.plan.load import Loaded, load, walk
from vaaldplan.plan.measures import Level, Measure, StaffLevel, Tier
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Word
from vaaldplan.plan.paper import PaperStatus
from vaaldplan.plan.quick import _one_line
from vaaldplan.plan.spelling import usual
from vaaldplan.plan.vocabulary import names, normal
from vaaldplan.reference.shapes import classes


def found(loaded: Loaded) -> list[tuple[str, str, tuple[Any, ...]]]:
    return [(f.code, f.variant, f.path) for f in loaded.findings]


def test_swedish_ascii_and_english_mean_the_same() -> None:
    swedish = {"titel": "P", "status": "förslag", "åtgärder": [{"id": "A1", "titel": "T", "nivå": "samhälle"}]}
    plain = {"titel": "P", "status": "forslag", "atgarder": [{"id": "A1", "titel": "T", "niva": "samhalle"}]}
    english = {"title": "P", "status": "proposal", "measures": [{"id": "A1", "title": "T", "level": "society"}]}
    loaded = [load(data) for data in (swedish, plain, english)]
    assert [x.findings for x in loaded] == [(), (), ()]
    assert [x.plan.status for x in loaded] == [PaperStatus.PROPOSAL] * 3
    assert [x.plan.measures[0].level for x in loaded] == [Level.SOCIETY] * 3
    assert [usual(x.written[""]) for x in loaded] == ["sv", "ascii", "en"]
    assert [x.plan.measures[0].at("tier") for x in loaded] == [
        ("åtgärder", 0, "preventionsnivå"), ("atgarder", 0, "preventionsnivå"), ("measures", 0, "preventionsnivå"),
    ]  # fmt: skip


def test_codes_and_words_stay_as_they_are_written() -> None:
    plan = load({"titel": "P", "kommunkod": "0114", "version": "2.10", "diarienummer": "no"}).plan
    assert (plan.municipality_code, plan.version, plan.case_number) == ("0114", "2.10", "no")


def test_a_misspelt_key_is_one_finding_with_a_suggestion() -> None:
    loaded = load({"titel": "P", "åtgärder": [{"id": "A1", "tittel": "Utbilda"}]})
    assert found(loaded) == [("S05", "suggestion", ("åtgärder", 0, "tittel"))]
    assert loaded.findings[0].params == {"key": "tittel", "suggestion": "titel"}


def test_an_unknown_key_lists_what_is_allowed_and_extensions_are_ignored() -> None:
    loaded = load({"titel": "P", "giltighet": {"qqq": "1", "x-anteckning": {"vad": "som helst"}}})
    assert found(loaded) == [("S05", "", ("giltighet", "qqq"))]
    assert "revideras_senast" in loaded.findings[0].params["allowed"]


def test_a_comma_between_braces_is_explained() -> None:
    loaded = load({"titel": "P", "risker": [{"text": "Ett", "två och tre": None}]})
    assert found(loaded) == [("S05", "comma", ("risker", 0, "två och tre"))]


def test_years_beside_a_series_that_is_none() -> None:
    cost = {"per_år": ["1"], "2027": "5"}
    loaded = load({"titel": "P", "åtgärder": [{"id": "A1", "titel": "T", "kostnad": cost}]})
    assert found(loaded) == [("S07", "one-value", ("åtgärder", 0, "kostnad", "per_år"))]


def test_a_slip_made_in_many_entries_is_said_of_each() -> None:
    measures = [{"id": f"A{i}", "tittel": "Utbilda", **({"titel": "T"} if i == 2 else {})} for i in range(4)]
    loaded = load({"titel": "P", "åtgärder": measures})
    assert [f.params.get("suggestion") for f in loaded.findings if f.code == "S05"] == [
        "titel",
        "titel",
        "tid",
        "titel",
    ]
    assert [f.meant for f in loaded.findings if f.code == "S05"] == ["titel", "titel", "", "titel"]


def test_the_same_field_in_two_spellings_is_a_duplicate() -> None:
    loaded = load({"titel": "P", "title": "Q"})
    assert found(loaded) == [("S04", "spelling", ("title",))]
    assert loaded.plan.title == "P"


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        ({"dnr": "KS 1"}, "diarienummer"), ({"nuläge": "x"}, "lägesbild"), ({"uppdrag": {"Beslutat av": "kf"}}, "organ"),
        ({"mål": [{"id": "M1", "rubrik": "x", "titel": "x"}]}, ""), ({"mål": [{"id": "M1", "rubrik": "x"}]}, "titel"),
        ({"aktörer": [{"id": "k", "namn": "K", "typ": "Förening"}]}, "civilsamhälle"),
    ],
)  # fmt: skip
def test_another_word_for_a_field_or_a_value_is_asked_about_and_never_mended(data: Any, meant: str) -> None:
    said = next(f for f in load({"titel": "P"} | data).findings if f.code in ("S05", "S07"))
    assert (said.params.get("suggestion", ""), said.meant) == (meant, "")


def test_what_other_words_stand_for_exists() -> None:
    words_of_the_format = {normal(name) for cls in classes() for name in names(cls).identifiers}
    words_of_the_format |= {normal(member.sv) for word in Word.__subclasses__() for member in word}
    listed = word_table("instead")
    assert len(listed) > 35
    assert [name for name in listed if normal(name) not in words_of_the_format] == []


@pytest.mark.parametrize(
    ("field", "value", "variant"),
    [
        ("nivå", "samhället", "word-suggestion"), ("nivå", "xyz", "word"), ("nivå", ["individ"], "one-value"),
        ("start", "2027-02-30", "impossible"), ("start", "om 3 veckor", "date"), ("beskrivning", {"a": "b"}, "no-entry"),
        ("utbildning", "ja", "entry"), ("jämbördiga", "kanske", "flag"), ("delåtgärder", "en", "list"),
        ("kostnad", "mycket", None), ("kostnad", "12.500", "amount"), ("leveranser", {"text": "x", "antal": "1,5"}, "count"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_one_finding_and_the_rest_is_read(
    field: str, value: Any, variant: str | None
) -> None:
    loaded = load(
        {"titel": "P", "åtgärder": [{"id": "A1", "titel": "Utbilda", field: value}, {"id": "A2", "titel": "B"}]}
    )
    assert [f.code for f in loaded.findings] == (["S07"] if variant else [])
    assert [f.variant for f in loaded.findings] == ([variant] if variant else [])
    assert [m.id for m in loaded.plan.measures] == ["A1", "A2"]


def test_an_entry_that_is_no_entry_is_left_out_and_the_places_of_the_others_hold() -> None:
    loaded = load({"titel": "P", "åtgärder": ["bara text", {"id": "A2", "titel": "B", "nivå": "fel"}]})
    assert found(loaded) == [("S07", "entry-item", ("åtgärder", 0)), ("S07", "word", ("åtgärder", 1, "nivå"))]
    assert [m.path for m in loaded.plan.measures] == [("åtgärder", 1)]


def test_missing_and_empty() -> None:
    loaded = load({"åtgärder": [{"id": "A1", "titel": None}]})
    assert found(loaded) == [("S06", "", ()), ("S06", "empty", ("åtgärder", 0))]


def test_facts_left_open_are_not_missing() -> None:
    data = {
        "titel": {"okänt": "ännu inte bestämd"},
        "giltighet": {"finns_inte": "gäller inte"},
        "uppdrag": {
            "datum": {"uppgifter": [{"värde": "27 februari", "källa": "protokollet"}, {"värde": "28 februari"}]}
        },
    }
    plan = load(data).plan
    assert load(data).findings == ()
    opened = plan.open("title")
    assert opened is not None
    assert (opened.kind, opened.reason) == ("unknown", "ännu inte bestämd")
    assert plan.title is None
    disputed = plan.mandate[0].open("date")
    assert disputed is not None
    assert [a.value for a in disputed.accounts] == ["27 februari", "28 februari"]


def test_tasks_are_not_accounts_that_differ() -> None:
    plan = load({"titel": "P", "organisation": {"styrgrupp": {"uppgifter": ["leder", "följer upp"]}}}).plan
    assert plan.organisation is not None
    assert plan.organisation.steering_group is not None
    assert plan.organisation.steering_group.tasks == ["leder", "följer upp"]


def test_short_forms() -> None:
    plan = load(
        {
            "titel": "P",
            "åtgärder": {
                "id": "A1",
            },
        }
    ).plan
    assert plan.measures == []
    measure = load(
        {
            "titel": "P",
            "åtgärder": [
                {
                    "id": "A1", "titel": "T", "status": "pågår", "målgrupp": "unga", "medverkande": ["ks", {"aktör": "kf", "roll": "stöd"}],
                    "kostnad": {"2027": "50 000", "2028": {"löner": "10 tkr", "material": "5 tkr"}}, "finansiering": "ram",
                    "utbildning": {"personalgrupper": "chefer"},
                }
            ],
        }
    ).plan.measures[0]  # fmt: skip
    assert measure.status[0].state == "ongoing"
    assert measure.target_group[0].group == "unga"
    assert [(p.actor, p.role) for p in measure.participants] == [("ks", None), ("kf", "stöd")]
    assert measure.cost is not None
    assert {y: c.kronor for y, c in measure.cost.per_year.items()} == {"2027": 50_000, "2028": 15_000}
    assert measure.training is not None
    assert measure.training.staff == [StaffLevel.MANAGERS]


def test_an_entry_in_the_place_of_a_reference_joins_its_register() -> None:
    loaded = load(
        {
            "titel": "P",
            "mål": [{"id": "M1", "titel": "T", "indikatorer": ["I1", {"titel": "Ny"}]}],
            "indikatorer": [{"id": "I1", "titel": "A"}],
        }
    )
    assert loaded.findings == ()
    assert [i.title for i in loaded.plan.indicators] == ["A", "Ny"]
    assert loaded.plan.indicators[1].path == ("mål", 0, "indikatorer", 1)


def test_references() -> None:
    data = {
        "titel": "P",
        "aktörer": [{"id": "ks", "namn": "Kommunstyrelsen"}, {"id": "sn", "namn": "Socialnämnden"}],
        "mål": [{"id": "M1", "titel": "T", "ansvarig": "Polisen"}],
        "åtgärder": [{"id": "A1", "titel": "T", "mål": ["M1", "Mål 1", "M11"], "ansvarig": "snn"}],
        "uppdrag": {"punkter": [{"id": "1", "text": "T", "uppfylls_av": ["A1", "organisation", "kapitel:x", "Q9"]}]},
    }
    assert sorted((f.variant, f.params["value"], f.severity) for f in load(data).findings) == [
        ("", "Mål 1", Severity.ERROR),
        ("", "Q9", Severity.ERROR),
        ("free", "Polisen", Severity.ADVICE),
        ("free-suggestion", "snn", Severity.WARNING),
        ("suggestion", "M11", Severity.ERROR),
        ("suggestion", "kapitel:x", Severity.ERROR),
    ]
    assert load(data, complete=False).findings == ()


def test_owners_may_be_words() -> None:
    loaded = load(
        {
            "titel": "P",
            "aktörer": [{"id": "ks", "namn": "K"}],
            "åtgärder": [{"id": "A1", "titel": "T", "ansvarig": "samtliga nämnder"}],
        }
    )
    assert loaded.findings == ()
    assert loaded.plan.measures[0].owner == ["@all committees"]


def test_every_entry_knows_its_place() -> None:
    plan = load({"titel": "P", "åtgärder": [{"id": "A1", "titel": "T", "kostnad": {"2027": {"löner": "1"}}}]}).plan
    places = {type(n).__name__: n.path for n in walk(plan)}
    assert places == {
        "Plan": (), "Measure": ("åtgärder", 0), "Cost": ("åtgärder", 0, "kostnad"), "YearCost": ("åtgärder", 0, "kostnad", "2027"),
    }  # fmt: skip


plain_data = st.recursive(
    st.none() | st.text(max_size=12) | st.sampled_from(["ks", "A1", "2027", "ja", "samhälle", "främjande", "250 tkr"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8)
            | st.sampled_from([*(f.meta.sv for c in (Plan, Measure) for f in c.model_fields.values())]),  # type: ignore[index, call-overload]
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([f.meta.sv for f in Plan.model_fields.values()]), plain_data, max_size=8))  # type: ignore[index, call-overload]
def test_any_data_gives_a_plan(data: dict[str, Any]) -> None:
    loaded = load(data)
    assert isinstance(loaded.plan, Plan)
    assert Tier.PROMOTIVE.sv == "främjande"


@pytest.mark.parametrize(
    "text", ["a b", "a  b", " a", "a ", "a\nb", "a\tb", "12\xa0000", "a\u2009b", "a\x1fb", "å", "a\xadb", ""]
)
def test_a_line_of_text_is_the_same_to_both_readers(text: str) -> None:
    assert _one_line(text) == " ".join(text.split())
