"""Bad input gives one clear finding in Swedish with its line, or one clear error; never a traceback."""

from pathlib import Path

import pytest

from vaaldplan.cli import main

GOOD = "titel: Plan\nåtgärder:\n  - id: A1\n    titel: Utbilda\n"


@pytest.mark.parametrize(
    ("raw", "place", "words"),
    [
        (b"", "plan.yaml:1:1", "S01"),
        (b"# bara en kommentar\n", "plan.yaml:1:1", "S01"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "plan.yaml:1:1", "S01"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "plan.yaml:1:1", "S01"),
        (b"- bara\n- en lista\n", "plan.yaml:1:1", "S01"),
        (GOOD.encode("utf-16"), "plan.yaml:1:1", "S02"),
        (GOOD.encode("utf-16-le"), "plan.yaml:1:1", "S02"),
        (GOOD.encode("cp1252"), "plan.yaml:2:1", "S02"),
        (b"titel: Plan\nvision:\n\tIndragen\n", "plan.yaml:3:1", "S03"),
        (b"titel: Plan: en plan\n", "plan.yaml:1:12", "S03"),
        (b"titel: Plan\ntitel: Igen\n", "plan.yaml:2:1", "S04"),
        (b"titel: Plan\ndatum: 2026-02-30\n", "plan.yaml:2:8", "S07"),
        (b"titel: Plan\nversion: &a 1\n", "plan.yaml:2:10", "S09"),
        (b"titel: " + b"[" * 100_000, "plan.yaml:1:", "S10"),
    ],
)
def test_each_is_one_finding_with_its_place(
    raw: bytes,
    place: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_bytes(raw)
    assert main(["check", "plan.yaml"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert f"Måste åtgärdas {words}" in said.out
    assert place in said.out
    assert "Gör så här:" in said.out
    assert "1 påpekande:" in said.out


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_is_not_there_cannot_be_done(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, words in (("saknas.yaml", "Det finns ingen fil"), (".", "innehåller ingen plan.yaml")):
        assert main([command, path]) == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert words in said.err


def test_a_plan_that_cannot_be_read_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text("titel: Plan: en plan\n", "utf-8")
    assert main(["build"]) == 1
    said = capsys.readouterr()
    assert "inget att bygga" in said.err
    assert said.out.startswith("plan.yaml: går inte att läsa\n")
    assert not Path("ut").exists()


def test_strict_refuses_a_plan_with_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(GOOD + "    nivå: fel\n", "utf-8")
    assert main(["build", "--strict", "--to", "md"]) == 1
    assert "byggs inte" in capsys.readouterr().err
    assert not Path("ut").exists()
    assert main(["build", "--to", "md"]) == 0
    assert Path("ut/plan.md").exists()
