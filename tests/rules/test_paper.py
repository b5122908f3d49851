"""The rules about built papers: the papers of a real plan are faultless, and each fault in one of them is told alone."""

import shutil
from pathlib import Path

import pytest
from paper_mutations import MUTATIONS, Mutation

from conftest import ROOT, Checker
from vaaldplan import check, publish
from vaaldplan.check import Checked
from vaaldplan.cli import main
from vaaldplan.publish import inspect
from vaaldplan.rules import registry
from vaaldplan.texts.catalogue import LANGUAGES, base_example, catalogue

JUDGING = [code for code, declared in registry.table().items() if declared.judges_papers]


@pytest.fixture(scope="module")
def alingsas() -> Checked:
    return check.check(ROOT / "examples/alingsas")


@pytest.fixture(scope="module")
def papers(alingsas: Checked) -> dict[str, bytes]:
    assert alingsas.plan is not None
    return {paper.name: paper.data for paper in publish.build(publish.jobs(alingsas.plan))}


def test_there_is_a_mutation_of_every_variant() -> None:
    there = {(m.code, m.variant) for m in MUTATIONS}
    cards = {(code, variant) for code in JUDGING for variant in catalogue("sv").card(code).messages}
    assert cards - there == {("N05", "edited"), ("N05", "undated"), ("N05", "unlisted"), ("N09", "")}  # tested below
    assert there <= cards
    assert {m.form for m in MUTATIONS} == set(publish.FORMATS)
    assert len(MUTATIONS) == len({m.change for m in MUTATIONS}) == 39


def test_the_papers_of_a_good_plan_are_faultless(alingsas: Checked, papers: dict[str, bytes]) -> None:
    assert check.judge(alingsas, *inspect.made(papers.items(), drawn=True)) == ()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.change.__name__)
def test_one_fault_is_told_alone(mutation: Mutation, alingsas: Checked, papers: dict[str, bytes]) -> None:
    name = f"plan.{mutation.form}"
    changed = mutation.change(papers[name])
    assert changed != papers[name]
    found = check.judge(alingsas, *inspect.made({**papers, name: changed}.items(), drawn=True))
    assert {(f.code, f.variant) for f in found} == {(mutation.code, mutation.variant)}
    for finding in found:
        assert finding.span is not None
        assert (finding.span.file, finding.span.line) == (name, 1)
        for lang in LANGUAGES:
            message = catalogue(lang).message(finding.code, finding.variant, finding.params)
            assert name in message
            assert "None" not in message
            assert catalogue(lang).mend(finding.code, finding.variant, finding.params)


def test_each_starred_rule_has_a_mutation_by_code() -> None:
    assert {m.code for m in MUTATIONS} == set(JUDGING) == {"M01", "M02", "M03", "M04", "M08", "N05", "N09"}


# ------------------------------------------------------------ a folder of papers


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A clean plan with its papers in ``ut``."""
    (tmp_path / "plan.yaml").write_text(f"{base_example()}\nversion: 0.3\n", "utf-8")
    assert main(["build", str(tmp_path), "--strict", "--to", "html,pdf,docx,md"]) == 0
    return tmp_path


def codes(plan: Path, *, papers: str = "ut") -> list[tuple[str, str, str]]:
    read = inspect.folder(plan / papers)
    found = check.check(plan, papers=read.papers, faults=read.findings).report.findings
    return [(f.code, f.variant, Path(f.span.file).name if f.span else "") for f in found]


def test_papers_just_built_are_faultless(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(plan) == []
    assert main(["check", str(plan), "--document", str(plan / "ut"), "--fail-on", "advice"]) == 0


def test_papers_are_stale_when_the_plan_says_something_else(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (plan / "plan.yaml").read_text("utf-8")
    (plan / "plan.yaml").write_text("# en kommentar\n" + text.replace("start: 2027-03", "start:   2027-03"), "utf-8")
    assert codes(plan) == []
    (plan / "plan.yaml").write_text(text.replace("start: 2027-03", "start: 2027-04"), "utf-8")
    assert codes(plan) == [("N05", "", f"plan.{form}") for form in ("docx", "html", "md", "pdf")]
    capsys.readouterr()
    assert main(["check", str(plan), "--document", str(plan / "ut")]) == 1
    assert "plan.pdf är byggt före den senaste ändringen" in " ".join(capsys.readouterr().out.split())
    assert main(["check", str(plan)]) == 0  # without the papers nothing is said of them
    assert main(["build", str(plan)]) == 0
    assert codes(plan) == []


def test_a_paper_edited_by_hand_is_told(plan: Path) -> None:
    page = plan / "ut/plan.html"
    page.write_bytes(page.read_bytes().replace(b"Alla chefer", b"Alla rektorer"))
    assert codes(plan) == [("N05", "edited", "plan.html")]


def test_what_is_no_paper_is_left_alone(plan: Path) -> None:
    (plan / "ut/README.md").write_text("# Läs mig\n\n#### Hopp\n", "utf-8")
    (plan / "ut/~$plan.docx").write_bytes(b"Word")
    (plan / "ut/karta.png").write_bytes(b"")
    assert codes(plan) == []


def test_without_a_pdf_nothing_can_be_kept(plan: Path) -> None:
    (plan / "ut/plan.pdf").unlink()
    assert codes(plan) == [("N09", "", "plan.yaml")]


LISTED = "  underlag:\n    - {namn: Kommunledningskontorets skrivelse, datum: 2026-10-05}\n"


@pytest.mark.parametrize(
    ("listed", "variant"), [("  underlag: [Skrivelsen]\n", "undated"), ("", "unlisted")], ids=["undated", "unlisted"]
)
def test_documents_are_listed_with_dates_which_is_told_only_with_the_papers(
    listed: str, variant: str, checked: Checker
) -> None:
    assert LISTED in base_example()
    done = checked(base_example().replace(LISTED, listed))
    assert done.report.findings == ()
    assert done.plan is not None
    (page,) = publish.build(publish.jobs(done.plan), ("html",))
    found = check.judge(done, *inspect.made([(page.name, page.data)]))
    assert [(f.code, f.variant) for f in found] == [("N05", variant)]


@pytest.mark.parametrize(
    ("name", "data", "variant"),
    [
        ("a.pdf", b"", ""),
        ("a.pdf", b"%PDF-1.7\nhej", ""),
        ("a.docx", b"PK", ""),
        ("a.html", b"\xff\xfe", "encoding"),
        ("a.md", b"\xe5", "encoding"),
    ],
)
def test_a_paper_that_cannot_be_read(plan: Path, name: str, data: bytes, variant: str) -> None:
    (plan / "ut" / name).write_bytes(data)
    assert codes(plan) == [("P01", variant, name)]


def test_a_folder_that_cannot_be_judged(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plan / "tom").mkdir()
    assert main(["check", str(plan), "--document", str(plan / "tom")]) == 3
    assert "innehåller inga dokument" in capsys.readouterr().err
    assert main(["check", str(plan), "--document", str(plan / "finns-inte")]) == 3
    other = plan / "annan.yaml"
    shutil.copy(plan / "plan.yaml", other)
    assert main(["check", str(plan), str(other), "--document", str(plan / "ut")]) == 2
    assert "en plan" in capsys.readouterr().err


def test_no_comment_sets_a_finding_on_a_paper_aside(checked: Checker) -> None:
    found = checked(f"# vaaldplan: avsteg M02 – tabellen är sådan\n{base_example()}").report.findings
    assert [(f.code, f.params["rule"]) for f in found] == [("U04", "M02")]


def test_strict_writes_no_faulty_papers(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (plan / "ut/plan.html").read_bytes()
    from vaaldplan.publish import html

    write = html.write
    monkeypatch.setattr(
        html, "write", lambda *given, **named: write(*given, **named).replace(b"--muted: #4d5a66", b"--muted: #9aa5b1")
    )
    assert main(["build", str(plan), "--to", "html", "--strict"]) == 1
    assert "M04" in capsys.readouterr().out
    assert (plan / "ut/plan.html").read_bytes() == before
    assert main(["build", str(plan), "--to", "html"]) == 0
    assert "påpekanden i dokumenten" in capsys.readouterr().out


def test_the_author_gives_a_table_its_caption(checked: Checker) -> None:
    table = "vision: |\n  | Grupp | Timmar |\n  |---|---|\n  | Chefer | 8 |\n"
    for caption, expected in (("", [("M02", "caption")]), ("\n  : Timmar per *grupp*\n", [])):
        done = checked(base_example().replace("vision: En kommun fri från våld.\n", table + caption))
        assert done.plan is not None
        (page,) = publish.build(publish.jobs(done.plan), ("html",))
        found = check.judge(done, *inspect.made([(page.name, page.data)]))
        assert [(f.code, f.variant) for f in found] == expected
        assert ("Timmar per grupp</span></caption>" in page.data.decode()) == bool(caption)
