import pytest

from conftest import Checker
from vaaldplan.check import Checked
from vaaldplan.finding import Severity, Stage

HEAD = "titel: P\nstatus: förslag\nuppdrag:\n  - organ: kf\n    punkter:\n      - {id: U1, text: Utbilda, slag: utbildning, grund: beslutat}\nåtgärder:  # vaaldplan: avsteg G01 – hinns inte\n  - {id: A1, titel: Öva}\n"


def told(checked: Checked, code: str) -> list[str]:
    """Where findings of a rule stand: kept or waived, and the line."""
    report = checked.report
    kept = [f"kept {f.span.line}" for f in report.findings if f.code == code and f.span]
    return sorted(
        kept + [f"waived {w.finding.span.line}" for w in report.waived if w.finding.code == code and w.finding.span]
    )


def own(checked: Checked) -> list[tuple[str, Severity, int]]:
    """Findings about the waivers themselves."""
    return [(f.code, f.severity, f.span.line if f.span else 0) for f in checked.report.findings if f.code[0] == "U"]


TWO = "titel: P\nstatus: förslag\nåtgärder:\n{}  - id: A1{}\n    titel: Utbilda\n{}  - id: A2\n    titel: Öva\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO.format("", "", ""), ["kept 4", "kept 6"]),
        (TWO.format("", "  # vaaldplan: avsteg E10 – nivån bestäms i nämnden", ""), ["kept 6", "waived 4"]),
        (TWO.format("", "  # våldplan: Avsteg e10: nivån bestäms i nämnden", ""), ["kept 6", "waived 4"]),
        (TWO.format("", "  # vaaldplan: waiver E10, D07 - the committee decides", ""), ["kept 6", "waived 4"]),
        (TWO.format("  # vaaldplan: avsteg E10 — nivån bestäms i nämnden\n", "", ""), ["kept 7", "waived 5"]),
        (TWO.format("", "", "  # vaaldplan: avsteg E10 och E02 – ska bort\n"), ["kept 4", "waived 7"]),
        (TWO.format("", "", "").replace("åtgärder:", "åtgärder:  # vaaldplan: avsteg E10 – alla nivåer bestäms senare"), ["waived 4", "waived 6"]),
    ],
)  # fmt: skip
def test_where_a_waiver_holds(text: str, expected: list[str], checked: Checker) -> None:
    assert told(checked(text), "E10") == expected


def test_before_the_first_key_it_holds_for_the_plan_as_a_whole(checked: Checker) -> None:
    without = checked(TWO.format("", "", ""))
    assert told(without, "B06") == ["kept 1"]
    waived = checked("# vaaldplan: avsteg B06 – förhållandet utreds\n" + TWO.format("", "", ""))
    assert told(waived, "B06") == ["waived 1"]
    assert own(waived) == []
    [one] = waived.report.waived
    assert (one.reason, one.span.line) == ("förhållandet utreds", 1)
    last = checked(TWO.format("", "", "") + "# vaaldplan: avsteg B06 – förhållandet utreds\n")
    assert told(last, "B06") == ["kept 1"]


@pytest.mark.parametrize(
    ("comment", "code", "severity"),
    [
        ("avsteg E10", "U01", Severity.ERROR), ("avsteg E10 –", "U01", Severity.ERROR), ("avsteg E10 – ?!", "U01", Severity.ERROR),
        ("avsteg E11 – gäller inte här", "U02", Severity.WARNING), ("avsteg Q99 – finns inte", "U03", Severity.ERROR),
        ("avsteg S05 – får inte", "U04", Severity.ERROR), ("avstg E10 – felstavat", "U05", Severity.ERROR), ("hej", "U05", Severity.ERROR),
    ],
)  # fmt: skip
def test_a_wrong_waiver_is_a_finding_and_waives_nothing(
    comment: str, code: str, severity: Severity, checked: Checker
) -> None:
    found = checked(TWO.format("", f"  # vaaldplan: {comment}", ""))
    assert own(found) == [(code, severity, 4)]
    assert told(found, "E10") == ["kept 4", "kept 6"]
    assert found.report.waived == ()


def test_what_a_statute_demands_and_what_was_decided_cannot_be_waived(checked: Checker) -> None:
    statute = checked("# vaaldplan: avsteg L01 – hinns inte\ntitel: P\nstatus: förslag\n")
    assert told(statute, "L01") == ["kept 1"]
    assert own(statute) == [("U04", Severity.ERROR, 1)]
    decided = checked(HEAD)
    assert set(told(decided, "G01")) == {"kept 7", "waived 7"}  # the elected members are only a warning
    assert own(decided) == [("U04", Severity.ERROR, 7)]
    argued = checked(HEAD.replace("beslutat", "motiverat"))
    assert set(told(argued, "G01")) == {"waived 7"}
    assert own(argued) == []


def test_a_waiver_counts_for_what_remains_and_is_never_unused_in_a_broken_plan(checked: Checker) -> None:
    draft = checked(TWO.replace("förslag", "utkast").format("", "  # vaaldplan: avsteg E10 – bestäms senare", ""))
    assert [w.finding.stage for w in draft.report.waived] == [Stage.PROPOSAL]
    broken = checked(TWO.format("", "  # vaaldplan: avsteg E11 – gäller inte", "") + "mål: [\n")
    assert not [f for f in broken.report.findings if f.code == "U02"]


def test_a_text_with_a_hash_is_no_waiver(checked: Checker) -> None:
    found = checked('titel: "P # vaaldplan: avsteg E10"\nvision: |\n  # vaaldplan: avsteg hej\n  text\n')
    assert own(found) == []


def test_of_many_comments_at_one_place_one_is_used(checked: Checker) -> None:
    comments = "  # vaaldplan: avsteg E10 – nivån bestäms i nämnden\n" * 3000
    found = checked(TWO.format(comments, "", comments))
    assert told(found, "E10") == ["waived 3004", "waived 6006"]
    assert [code for code, _, _ in own(found)] == ["U02"] * 5998
