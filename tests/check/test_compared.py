"""Fingerprints, the baseline, and what has changed since a commit."""

import json
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from vaaldplan.check import check, many
from vaaldplan.check.baseline import Baseline, write
from vaaldplan.check.changes import since
from vaaldplan.cli import main
from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Report, Stage

PLAN = """titel: P
status: förslag
mål:
  - id: M1
    titel: Trygghet
åtgärder:
  - id: A1
    titel: Utbilda
    nivå: individ
  - id: A2
    titel: Öva
"""


def prints(report: Report) -> set[str]:
    return {f.fingerprint for f in report.findings}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    return path


def test_a_fingerprint_survives_moved_lines_order_and_spelling(file: Path) -> None:
    before = prints(check(file).report)
    assert len(before) == len(check(file).report.findings) > 30
    file.write_text("# en kommentar\n\n" + PLAN.replace("titel: Trygghet", "\n    titel: Trygghet"), "utf-8")
    assert prints(check(file).report) == before
    first, second = PLAN.index("  - id: A1"), PLAN.index("  - id: A2")
    file.write_text(PLAN[:first] + PLAN[second:] + PLAN[first:second], "utf-8")
    assert prints(check(file).report) == before
    file.write_text(PLAN.replace("åtgärder:", "atgarder:").replace("nivå:", "niva:"), "utf-8")
    assert before <= prints(check(file).report)


def test_every_finding_of_the_examples_has_a_fingerprint_of_its_own() -> None:
    for name in ("alingsas", "brister", "start"):
        report = check(ROOT / "examples" / name, stage=Stage.PROPOSAL).report
        found = [f.fingerprint for f in (*report.findings, *report.remaining)]
        assert len(found) == len(set(found)) > 3


def test_a_baseline_leaves_what_is_new(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = tmp_path / "baslinje.json"
    assert main(["check", str(file), "--write-baseline", str(known)]) == 0
    assert "baslinje.json" in capsys.readouterr().out
    assert main(["check", str(file), "--baseline", str(known)]) == 0
    assert "fanns redan tidigare" in capsys.readouterr().out
    file.write_text(PLAN + "  - id: A3\n    titel: Resa\n", "utf-8")
    report = Baseline(known).set_aside(check(file).report)
    assert {f.subject.id for f in report.findings} == {"A3"}
    assert main(["check", str(file), "--baseline", str(known)]) == 1
    (tmp_path / "vaaldplan.toml").write_text('baslinje = "baslinje.json"', "utf-8")
    capsys.readouterr()
    main(["check", str(file), "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)["plans"][0]["known"]) > 30


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"kind": "x"}', '{"kind": "vaaldplan-baseline", "plans": {"a": 3}}', "\xff"]
)
def test_what_is_no_baseline_is_refused_and_never_written_over(text: str, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, "latin-1")
    with pytest.raises(VaaldplanError) as caught:
        Baseline(path)
    assert caught.value.key == "not-a-baseline"
    with pytest.raises(VaaldplanError):
        write(path, [check(file).report])
    assert path.read_text("latin-1") == text


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(file: Path) -> Path:
    git(file.parent, "init", "-q")
    git(file.parent, "add", ".")
    git(file.parent, "commit", "-qm", "plan")
    return file


def test_only_what_concerns_the_change_is_reported(committed: Path) -> None:
    everything = check(committed).report.findings
    assert since("HEAD", check(committed)).findings == ()
    assert since("HEAD", check(committed)).unchanged == len(everything)
    committed.write_text("\n# flyttat\n" + PLAN.replace("Öva", "Öva mer"), "utf-8")
    report = since("HEAD", check(committed))
    assert {f.subject.id for f in report.findings} == {"A2"}
    assert report.unchanged == len(everything) - len(report.findings) > 20
    committed.write_text(
        PLAN.replace("status: förslag\n", "status: förslag\ndiarienummer: x\n").replace(
            "titel: P\n", "titel: P\nfärg: 3\n"
        ),
        "utf-8",
    )
    new = {f.code for f in since("HEAD", check(committed)).findings}
    assert "S05" in new
    assert "E10" not in new


def test_a_plan_that_is_new_is_judged_whole(committed: Path) -> None:
    new = committed.parent / "ny" / "plan.yaml"
    new.parent.mkdir()
    new.write_text(PLAN, "utf-8")
    report = since("HEAD", check(new))
    assert report.findings == check(new).report.findings
    assert report.unchanged == 0


def test_a_commit_that_is_not_there_is_explained(
    committed: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(committed), "--changed-since", "finns-inte"]) == Exit.USAGE
    assert "finns-inte" in capsys.readouterr().err
    assert main(["check", str(committed), "--changed-since", "--output=/tmp/x"]) == Exit.USAGE
    assert "/tmp/x" in capsys.readouterr().err
    outside = tmp_path_factory.mktemp("outside") / "plan.yaml"
    outside.write_text(PLAN, "utf-8")
    assert main(["check", str(outside), "--changed-since", "HEAD"]) == Exit.FAILED
    assert "git" in capsys.readouterr().err.lower()


def test_many_plans_side_by_side_give_one_report_and_one_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        folder = Path(f"planer/{number}")
        folder.mkdir(parents=True)
        (folder / "plan.yaml").write_text(PLAN if number == 3 else "titel: P\n", "utf-8")
    assert main(["check", "planer/**/plan.yaml", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [Path(p["files"][0]).as_posix() for p in data["plans"]] == [f"planer/{n}/plan.yaml" for n in range(6)]
    side = list(many.check_all(many.plans(["planer/**/plan.yaml", "planer/2"]), jobs=2))
    alone = list(many.check_all(many.plans(["planer/*"]), jobs=1))
    assert side == alone
    assert len(side) == 6
    assert main(["check", "planer/0", "planer/finns-inte", "planer/3"]) == Exit.FAILED
    said = capsys.readouterr()
    assert "finns-inte" in said.err
    assert "2 planer granskade" in said.out
    assert main(["check", "planer/*/plan.yml"]) == Exit.FAILED
    assert "planer/*/plan.yml" in capsys.readouterr().err


@pytest.mark.parametrize(("plans", "jobs"), [(1, 1), (4, 2), (5, 8), (290, 2), (1000, 16)])
def test_workers_get_all_plans_in_order_and_fewer_at_a_time_towards_the_end(plans: int, jobs: int) -> None:
    paths = [str(n) for n in range(plans)]
    portions = list(many.portions(paths, jobs))
    assert [path for some in portions for path in some] == paths
    sizes = [len(some) for some in portions]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1
    assert max(sizes) <= 6


def test_reports_in_files(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "rapport"
    assert main(["check", str(file), "--format", "terminal,markdown,sarif", "-o", str(folder)]) == 1
    assert sorted(p.name for p in folder.iterdir()) == ["granskning.md", "granskning.sarif"]
    assert "Måste åtgärdas" in capsys.readouterr().out
    assert main(["check", str(file), "--format", "json", "-o", str(folder / "r.json")]) == 1
    assert json.loads((folder / "r.json").read_text("utf-8"))["plans"]
    assert main(["check", str(file), "--format", "json,html"]) == Exit.USAGE
    assert main(["check", str(file), "--format", "json", "-o", str(file)]) == Exit.USAGE
    assert file.read_text("utf-8") == PLAN
