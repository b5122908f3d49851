"""The core set of rules: for each, the example of Alingsås broken in that one respect raises the rule, and it alone.

The codes are those that the domain reference stars. Nothing is written: the edits are made in the plain data. What breaks
built papers stands in ``paper_mutations``, and is run by ``test_paper``.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from edits import TAKEN, replaced
from paper_mutations import MUTATIONS as PAPER_MUTATIONS

from conftest import ROOT
from vaaldplan import source
from vaaldplan.finding import Stage
from vaaldplan.plan.load import load
from vaaldplan.plan.vocabulary import same_key
from vaaldplan.rules import registry

STARRED = re.findall(
    r"\w+",
    "A01 A02 A03 A04 A09 B01 B02 B03 B04 B05 B06 B07 C03 C04 C05 C06 C10 D02 D03 D04 D07 E01 E02 E03 E04 E05 E10 "
    "F01 F02 F03 F04 G01 G02 G03 G05 G06 G07 H01 H03 I01 I02 J01 J02 J03 J04 J05 J07 K01 K02 L01 L03 "
    "M01 M02 M03 M04 N01 N02 N03 N05",
)
PAPERS = {"M01", "M02", "M03", "M04", "N05"}
"""Rules that judge built papers."""

Edit = tuple[str, Any]


class Mutation(NamedTuple):
    """What is changed, and all that is said of it that was not said before."""

    edits: list[Edit]
    """Paths with slashes; a step into a list is a number, an id or a body. A function is given what stands there."""
    also: str = ""
    """Other rules that have to say the same thing from their side."""


def sub(pattern: str, by: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed = re.sub(pattern, by, text)
        assert changed != text, pattern
        return changed

    return change


def each(of: Callable[[dict[str, Any]], bool], **fields: Any) -> Callable[[list[Any]], list[Any]]:
    """Give those entries of a list other fields; ``TAKEN`` takes a field away."""

    def change(entries: list[Any]) -> list[Any]:
        chosen = [entry for entry in entries if of(entry)]
        assert chosen
        return [{k: v for k, v in (e | fields).items() if v is not TAKEN} if e in chosen else e for e in entries]

    return change


def in_cell(level: str, tier: str) -> Callable[[dict[str, Any]], bool]:
    return lambda measure: (measure["nivå"], measure["preventionsnivå"]) == (level, tier)


def untaught(measures: list[Any]) -> list[Any]:
    """No training tells of sexual harassment."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: changed(below) for key, below in value.items()}
        if isinstance(value, list):
            return [changed(below) for below in value]
        return re.sub("(?i)sexuella trakasserier", "kränkningar", value)

    return [changed(m) if "utbildning" in m else m for m in measures]


def mostly_targeted(measures: list[Any]) -> list[Any]:
    """One measure is left in each cell before the violence; the rest come after it."""
    kept: set[tuple[str, str]] = set()
    result = []
    for m in measures:
        cell = (m["nivå"], m["preventionsnivå"])
        result.append({**m, "preventionsnivå": "riktat"} if cell in kept else m)
        kept.add(cell)
    return result


def targeted_later(measures: list[Any]) -> list[Any]:
    """Nothing is done in the first year for those already affected."""
    moved = each(lambda m: m["preventionsnivå"] == "riktat" and m["start"] < "2028", start="2028-01")(measures)
    return each(lambda m: m["preventionsnivå"] == "riktat" and m["slut"] < "2028", slut="2028-12")(moved)


def gaps(*tiers: str) -> list[dict[str, str]]:
    return [{"nivå": "samhälle", "preventionsnivå": tier, "skäl": "görs av regionen"} for tier in tiers]


MUTATIONS: dict[str, Mutation] = {
    "A01": Mutation([("diarienummer", TAKEN)]),
    "A02": Mutation([("beslut/organ", "ks")]),
    "A03": Mutation([("beslut/datum", "2026-12-16")]),
    "A04": Mutation([("giltighet/till", TAKEN)]),
    "A09": Mutation([("vision", lambda text: f"{text}\nXX")]),
    "B01": Mutation([("uppdrag/paragraf", TAKEN)]),
    "B02": Mutation([("uppdrag/punkter/P2/uppfylls_av", TAKEN)]),
    "B03": Mutation([("styrdokument/handlingsprogram/efterföljare", TAKEN)]),
    "B04": Mutation([("kopplingar/nationella_mål", lambda goals: goals[:1])]),
    "B05": Mutation([("gränsdragning", sub(r"\(2025:400\)", "(2001:453)"))]),
    "B06": Mutation([("kopplingar/lag2023_196", TAKEN)]),
    "B07": Mutation([("kopplingar/agenda2030", lambda targets: [t for t in targets if t != "5.2"])]),
    "C03": Mutation([("lägesbild/iakttagelser/L1/källa", TAKEN)]),
    "C04": Mutation([("åtgärder/I1/iakttagelser", TAKEN)]),
    "C05": Mutation(
        [
            ("lägesbild/kartläggning", sub(" och prostitution", "")),
            ("lägesbild/iakttagelser/L8/våldstyp", "fysiskt"),
            ("lägesbild/iakttagelser/L8/text", "Våld mot unga i Alingsås är inte kartlagt."),
        ]
    ),
    "C06": Mutation([("definitioner", TAKEN)]),
    "C10": Mutation([("lägesbild/övrigt", lambda text: f"{text}\nEn kvinna, 19121212-1212, flyttade.")]),
    "D02": Mutation([("mål/M1/indikatorer", TAKEN)]),
    "D03": Mutation([("indikatorer/U1/källa", TAKEN)]),
    "D04": Mutation([("indikatorer/U1/riktning", TAKEN)]),
    "D07": Mutation([("åtgärder/I1/mål", TAKEN)]),
    "E01": Mutation([("lägesbild/förändringsfaktorer", lambda factors: [*factors, factors[0]])]),
    "E02": Mutation([("åtgärder/I1/ansvarig", TAKEN)]),
    "E03": Mutation([("åtgärder/I1/funktion", TAKEN)]),
    "E04": Mutation([("åtgärder", each(lambda m: m["id"] == "I1", start=TAKEN, slut=TAKEN, avstämning=TAKEN, tid="löpande"))]),
    "E05": Mutation([("åtgärder", each(lambda m: m["id"] == "I13", titel="Verka för trygghet", leveranser={"okänt": "väljs i januari"}))]),
    "E10": Mutation([("åtgärder/I1/preventionsnivå", TAKEN)]),
    "F01": Mutation([("åtgärder", each(in_cell("samhälle", "främjande"), nivå="organisation"))]),
    "F02": Mutation(
        [
            ("åtgärder", each(lambda m: m["nivå"] == "samhälle", nivå="organisation")),
            ("luckor", gaps("främjande", "förebyggande", "riktat")),
        ]
    ),
    "F03": Mutation([("åtgärder", mostly_targeted)]),
    "F04": Mutation([("åtgärder", targeted_later)]),
    "G01": Mutation([("åtgärder/O2/utbildning/personalgrupper", ["högsta ledning", "nyanställda"])]),
    "G02": Mutation([("åtgärder", untaught)]),
    "G03": Mutation([("åtgärder/I1/utbildning/timmar", TAKEN)]),
    "G05": Mutation([(f"åtgärder/{i}/utåtriktat/mottagare", ["föreningar"]) for i in ("S1", "S2", "S3")]),
    "G06": Mutation([("åtgärder/S1/utåtriktat/språk", TAKEN)]),
    "G07": Mutation([("kontakt/0", TAKEN)]),
    "H01": Mutation([("dokumentansvarig/politisk", TAKEN)], also="A05"),
    "H03": Mutation(
        [
            ("aktörer", lambda actors: [*actors, {"id": "energi", "namn": "Alingsås Energi", "typ": "bolag"}]),
            ("gäller_för", lambda bodies: [*bodies, "energi"]),
        ]
    ),
    "I01": Mutation([("aktörer/vgr/typ", "civilsamhälle")]),
    "I02": Mutation([("samverkan/0/överenskommelse/syfte", TAKEN)]),
    "J01": Mutation([("åtgärder/I7/kostnad", TAKEN)]),
    "J02": Mutation([("ekonomi/summa/2027", "2 100 000")]),
    "J03": Mutation([("åtgärder/I5/finansiering", TAKEN)]),
    "J04": Mutation([("åtgärder/S9/finansiering/bidrag", "statsbidrag för stadigvarande boende (2022:1416)")]),
    "J05": Mutation([("åtgärder/I3/om_bidraget_uteblir", TAKEN)]),
    "J07": Mutation([("åtgärder/I5/kostnad/2031", "10 000")]),
    "K01": Mutation([("uppföljning/tillfällen", lambda occasions: occasions[3:])]),
    "K02": Mutation([("uppföljning/tillfällen/0/mottagare", TAKEN)]),
    "L01": Mutation([("konsekvenser/barn", TAKEN)]),
    "L03": Mutation([("konsekvenser/ekonomi", TAKEN)]),
    "N01": Mutation([("beredning/instanser/ks", TAKEN)]),
    "N02": Mutation([("beredning/remiss", TAKEN)]),
    "N03": Mutation([("beredning/beslutsförslag/0", "Anta planen enligt bilaga.")]),
}  # fmt: skip


def said(data: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Every finding at the stage of a proposal: its code, its variant and where it stands."""
    loaded = load(data)
    found = [*loaded.findings, *(f for f in registry.run(registry.Context(loaded.plan)) if f.stage <= Stage.PROPOSAL)]
    return {(f.code, f.variant, repr(f.path)) for f in found}


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    data = source.read(ROOT / "examples/alingsas/plan.yaml", same_key=same_key).data
    assert data is not None
    return data


@pytest.fixture(scope="module")
def before(whole: dict[str, Any]) -> set[tuple[str, str, str]]:
    return said(whole)


@pytest.mark.parametrize("code", MUTATIONS)
def test_a_plan_broken_in_one_respect_raises_that_rule(
    code: str, whole: dict[str, Any], before: set[tuple[str, str, str]]
) -> None:
    mutation, data = MUTATIONS[code], whole
    for path, by in mutation.edits:
        steps = [int(step) if step.isdigit() and len(step) < 4 else step for step in path.split("/")]
        data = replaced(data, tuple(steps), by)
    assert {found[0] for found in said(data) - before} == {code, *mutation.also.split()}


def test_each_rule_of_the_core_set_has_a_mutation() -> None:
    assert len(STARRED) == len(set(STARRED)) == 59
    assert [code for code in STARRED if code not in registry.table()] == []
    assert set(MUTATIONS) == set(STARRED) - PAPERS
    assert len(MUTATIONS) == 54
    assert {mutation.code for mutation in PAPER_MUTATIONS} >= PAPERS
