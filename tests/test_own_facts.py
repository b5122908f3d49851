"""The municipality's own ``fakta.toml``: rows it adds or corrects, what is wrong in it, and facts that have grown old."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaaldplan import facts
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.finding import Severity, Stage
from vaaldplan.texts.catalogue import base_example, catalogue

OWN = """\
# Kommunens egna fakta
[bidrag.hembygd]
namn = "Länets hembygdsbidrag"
ges_av = "Region Exempel"
ges_till = ["kommuner"]
ord = ["hembygdsbidrag"]
år = [2027, 2028]
källa = "Region Exempel, Bidrag"
länk = "https://exempel.se/bidrag"
kontrollerad = 2026-10-01

[laws."2023:196"]
valid_until = 2027-12-31
successor = "2028:1"
source = "Förslaget till ny lag"
checked = 2026-11-01

[nummer."0123456789"]
namn = "Jouren i Exempel"
telefon = "0123-45 67 89"
måste_finnas = true
källa = "jouren.se"
kontrollerad = 2026-10-01
"""
GRANT = (
    "    finansiering: {slag: statsbidrag, bidrag: hembygdsbidrag, status: sökt}\n    om_bidraget_uteblir: Inom ram.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(base_example(), "utf-8")
    return tmp_path


def codes(folder: Path, today: date | None = None) -> list[str]:
    found = check(folder, stage=Stage.PROPOSAL, today=today).report.findings
    return [".".join(filter(None, (f.code, f.variant))) for f in found]


def test_a_folder_without_the_file_has_the_programs_own_facts(tmp_path: Path) -> None:
    known = facts.read(tmp_path)
    assert known.faults == ()
    assert known.laws == facts.Facts().laws


def test_rows_are_added_and_corrected_by_id(folder: Path) -> None:
    (folder / facts.FILE).write_text(OWN, "utf-8")
    known = facts.read(folder)
    assert known.faults == ()
    assert known.grants["hembygd"].years == (2027, 2028)
    assert known.source(known.grants["hembygd"]).url == "https://exempel.se/bidrag"
    law = known.laws["2023:196"]
    assert (law.valid_from, law.valid_until) == ("2023-07-01", "2027-12-31")
    assert law.name == facts.Facts().laws["2023:196"].name
    assert known.source(law) == facts.Source("Förslaget till ny lag", "", date(2026, 11, 1))
    assert known.own("laws", "2023:196")
    assert not known.own("laws", "2025:400")


def test_the_check_judges_by_them(folder: Path) -> None:
    text = base_example().replace("    kostnad: {inom_ram: ks}\n", "    kostnad: {2027: 5 000, 2029: 5 000}\n" + GRANT)
    (folder / "plan.yaml").write_text(text, "utf-8")
    assert codes(folder) == ["J04.unknown"]
    (folder / facts.FILE).write_text(OWN, "utf-8")
    assert codes(folder) == ["J04.year"]
    (folder / facts.FILE).write_text(OWN.replace("[2027, 2028]", "[2027, 2028, 2029]"), "utf-8")
    assert codes(folder) == []
    (folder / "plan.yaml").write_text(base_example().replace("0123-45 67 89", "0123-45 67 80"), "utf-8")
    assert codes(folder) == ["G07.national"]


ROW = 'källa = "x"\nkontrollerad = 2026-01-01\n'


@pytest.mark.parametrize(
    ("text", "code", "variant", "line"),
    [
        ("[lagar", "X11", "", 1), ("# a\nlagar = ", "X11", "", 2), ("[lager]", "X12", "table-suggestion", 1),
        ("[qqq]", "X12", "table", 1), ("lagar = 3", "X13", "table", 1), ("[lagar]\nx = 3", "X13", "table", 1),
        (f'[lagar."2025:400"]\n{ROW}namm = "L"', "X12", "suggestion", 4), (f'[lagar."2025:400"]\n{ROW}telefon = "L"', "X12", "", 4),
        ('[lagar."2027:1"]\nnamn = "Lag"', "X13", "missing", 1), (f"[nummer.1]\nnamn = \"A\"\n{ROW}", "X13", "missing", 1),
        ('[lagar."2025:400"]\nnamn = "Lag"', "X13", "missing", 1), (f"[mål.6]\n{ROW}namn = 3.5", "X13", "text", 4),
        ('[mål.6]\nkälla = "x"\nkontrollerad = "i går"', "X13", "date", 3), (f"[mål.6]\n{ROW}gäller_till = true", "X13", "text", 4),
        (f"[mål.6]\n{ROW}våld = 1", "X13", "flag", 4), (f"[bidrag.a]\nnamn = \"A\"\n{ROW}år = \"2027\"", "X13", "year", 5),
        (f'[bidrag.a]\nnamn = "A"\n{ROW}ges_till = "alla"', "X13", "recipients", 5), (f"[delmål.18]\nnamn = \"A\"\n{ROW}sista_delmål = 0", "X13", "number", 5),
    ],
)  # fmt: skip
def test_a_fault_is_a_finding_in_the_file(folder: Path, text: str, code: str, variant: str, line: int) -> None:
    (folder / facts.FILE).write_text(text, "utf-8")
    [found] = check(folder, stage=Stage.PROPOSAL).report.findings
    assert (found.code, found.variant, found.severity) == (code, variant, Severity.ERROR)
    assert found.span
    assert found.span.file.endswith(facts.FILE)
    assert found.span.line == line
    for lang in ("sv", "en"):
        say = catalogue(lang)
        assert "{" not in say.message(found.code, found.variant, found.params)
        assert "{" not in say.mend(found.code, found.variant, found.params)
        assert variant in say.card(code).messages


def test_a_file_in_another_encoding_or_a_folder_is_a_finding(folder: Path) -> None:
    (folder / facts.FILE).write_bytes("# å".encode("latin-1"))
    assert codes(folder) == ["X11.encoding"]
    (folder / facts.FILE).unlink()
    (folder / facts.FILE).mkdir()
    assert codes(folder) == ["X11.not-file"]


@given(st.binary(max_size=60) | st.text('[]lagr."=#å1, \n', max_size=60).map(str.encode))
@example(b"a = " + b"[" * 100_000)
@example(b'[lagar."2025:400"]\nnamn = {}')
@example("[lagar]\nå.ä = 1".encode())
def test_any_bytes_give_faults_and_never_an_error(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / facts.FILE).write_bytes(raw)
        known = facts.read(Path(folder))
        assert len(known.laws) >= len(facts.Facts().laws)
        assert all(fault.place.line >= 1 for fault in known.faults)


def test_facts_that_nobody_has_checked_for_a_year_are_told_of_once_a_kind(folder: Path) -> None:
    assert codes(folder, date(2027, 11, 27)) == []
    later = check(folder, stage=Stage.PROPOSAL, today=date(2027, 11, 28)).report.findings
    assert {f.code for f in later} == {"X14"}
    assert {f.severity for f in later} == {Severity.ADVICE}
    assert [f.params["kind"] for f in later] == ["goals", "targets", "articles", "numbers"]
    assert catalogue("sv").message("X14", "", later[0].params).startswith("Planen vilar på fakta av slaget mål")
    own = '[nummer.112]\nkälla = "SOS"\nkontrollerad = 2027-10-01\n[nummer.116016]\nkälla = "NCK"\nkontrollerad = 2027-10-01\n'
    (folder / facts.FILE).write_text(own, "utf-8")
    assert codes(folder, date(2027, 11, 28)) == ["X14"] * 3


def test_old_facts_that_the_plan_does_not_rest_on_are_not_told_of(folder: Path) -> None:
    (folder / "plan.yaml").write_text("titel: Plan\nstatus: utkast\n", "utf-8")
    assert not any(code == "X14" for code in codes(folder, date(2030, 1, 1)))


def test_a_check_reads_neither_municipalities_nor_sources(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vaaldplan.facts import files, store

    files.read_file.cache_clear()
    store.usual.cache_clear()
    asked: list[str] = []
    real = store.read_file
    monkeypatch.setattr(store, "read_file", lambda name: asked.append(name) or real(name))
    check(folder, stage=Stage.PROPOSAL, today=date(2026, 11, 27))
    assert {"goals", "laws"} <= set(asked)
    assert not {"municipalities", "sources", "catalogue", "strategies", "grants"} & set(asked)


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    "kind", ["", "lagar", "mål", "mal", "delmål", "artiklar", "strategier", "bidrag", "nummer", "kommuner", "program"]
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_facts_are_shown(
    kind: str, lang: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["facts", *([kind] if kind else []), "--lang", lang, "--today", "2027-12-31"]) == 0
    shown = capsys.readouterr().out
    assert "{" not in shown
    assert ("bör kontrolleras igen" if lang == "sv" else "should be checked again") in " ".join(shown.split())
    assert ("Källa: " if lang == "sv" else "Source: ") in shown or not kind
    assert max(len(line) for line in shown.splitlines() if "://" not in line) <= 80


def test_own_facts_stand_among_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / facts.FILE).write_text(OWN, "utf-8")
    assert main(["facts", "bidrag", "--lang", "sv"]) == 0
    assert "Kommunens egen uppgift" in capsys.readouterr().out
    assert main(["facts", "--lang", "sv"]) == 0
    assert " ".join(capsys.readouterr().out.split()).count("Kommunens egna: 1.") == 3
    (folder / facts.FILE).write_text("[lagar", "utf-8")
    assert main(["facts", "--lang", "sv"]) == 0
    assert "fakta.toml" in capsys.readouterr().err


def test_facts_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert main(["facts", "--format", "json", "--today", "2026-12-07"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data["facts"]) == [*facts.KINDS, "municipalities", "programmes"]
    assert sum(map(len, data["facts"].values())) > 400
    assert all(
        row["source"]["name"] and row["source"]["url"] and row["checked"]
        for rows in data["facts"].values()
        for row in rows
    )
    [law] = [row for row in data["facts"]["laws"] if row["id"] == "2001:453"]
    assert law["valid_until"] == "2025-06-30"
    assert law["age_days"] == 10


def test_a_kind_that_does_not_exist_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "väder", "--lang", "sv"]) == 2
    assert "lagar, mål, delmål" in capsys.readouterr().err
    assert main(["facts", "--today", "i morgon"]) == 2
