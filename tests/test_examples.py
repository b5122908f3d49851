"""The examples: the faulty ones say exactly what is written at their lines, the others have no errors."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check
from vaaldplan.cli import main
from vaaldplan.finding import Severity, Stage

EXAMPLES = ROOT / "examples"
EXPECTED = re.compile(r"# väntat: ((?:[A-Z]\d\d[\w.-]* ?)+)")


def expected(folder: Path) -> list[tuple[str, int, str]]:
    found = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".toml")):
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        for number, line in enumerate(text.split("\n"), 1):
            if match := EXPECTED.search(line):
                found += [(path.name, number, code) for code in match[1].split()]
    return found


@pytest.mark.parametrize("name", ["brister", "brister/trasig"])
def test_the_faulty_plans_say_what_is_written_at_their_lines(name: str) -> None:
    report = check(EXAMPLES / name).report
    said = [
        (Path(f.span.file).name, f.span.line, ".".join(filter(None, (f.code, f.variant))))
        for f in report.findings
        if f.span
    ]
    assert sorted(said) == sorted(expected(EXAMPLES / name))


def test_the_faulty_plan_waives_what_it_gives_a_reason_for() -> None:
    waived = check(EXAMPLES / "brister").report.waived
    assert [(w.finding.code, w.finding.variant) for w in waived] == [("D07", "goal"), ("K01", "dates")]
    assert all(w.reason for w in waived)


def test_the_faulty_plans_show_many_kinds() -> None:
    kinds = {code for name in ("brister", "brister/trasig") for *_, code in expected(EXAMPLES / name)}
    assert len(kinds) == 118
    assert len({k.split(".")[0] for k in kinds}) == 81


def test_the_start_plan_has_no_errors_at_its_stage() -> None:
    report = check(EXAMPLES / "start").report
    assert report.stage is Stage.DRAFT
    assert [f for f in report.findings if f.severity is Severity.ERROR] == []


def test_the_municipality_with_a_look_of_its_own_has_no_findings() -> None:
    assert check(EXAMPLES / "exempelkommun").report.findings == ()


def test_the_alingsas_plan_is_fit_for_the_council() -> None:
    checked = check(EXAMPLES / "alingsas")
    assert checked.report.stage is Stage.PROPOSAL
    assert [f for f in checked.report.findings if f.severity is Severity.ERROR] == []
    assert checked.plan is not None
    cells = {(m.level, m.tier) for m in checked.plan.measures}
    assert len(cells) == 9
    assert len(checked.plan.measures) >= 40
    points = checked.plan.mandate[0].points
    assert all(p.met_by or p.answer for p in points)
    assert all(p.basis for p in points)


@pytest.mark.parametrize("name", ["alingsas", "start", "exempelkommun"])
def test_the_good_plans_are_laid_out_as_fmt_does(name: str) -> None:
    assert main(["fmt", "--check", str(EXAMPLES / name)]) == 0
