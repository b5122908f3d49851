"""``vaaldplan build`` on the examples, from the command line to the finished files."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from test_pdf import carried, faults

from conftest import ROOT
from vaaldplan.cli import main
from vaaldplan.publish import FORMATS

PLANS = ("alingsas", "start", "brister")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, copied and built beside themselves."""
    folder = tmp_path_factory.mktemp("planer")
    for name in PLANS:
        shutil.copytree(ROOT / "examples" / name, folder / name, ignore=shutil.ignore_patterns("ut"))
        assert main(["build", str(folder / name)]) == 0
    return folder


@pytest.mark.parametrize("name", PLANS)
def test_every_format_is_there_and_whole(built: Path, name: str) -> None:
    folder = built / name / "ut"
    assert sorted(p.name for p in folder.iterdir()) == sorted([".vaaldplan.json", *(f"plan.{f}" for f in FORMATS)])
    assert (folder / "plan.html").read_text("utf-8").rstrip().endswith("</html>")
    assert (folder / "plan.md").read_text("utf-8").startswith("# Handlingsplan")
    with zipfile.ZipFile(folder / "plan.docx") as word:
        assert word.testzip() is None
        assert "word/document.xml" in word.namelist()


@pytest.mark.parametrize("name", PLANS)
def test_the_pdf_follows_both_standards(built: Path, name: str) -> None:
    data = (built / name / "ut/plan.pdf").read_bytes()
    assert faults(data, "ua1") == []
    assert faults(data, "2a") == []


def test_two_builds_in_two_places_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    assert main(["build", str(ROOT / "examples/alingsas"), "-o", str(tmp_path)]) == 0
    for form in FORMATS:
        assert (tmp_path / f"plan.{form}").read_bytes() == (built / "alingsas/ut" / f"plan.{form}").read_bytes(), form


def test_the_plan_can_carry_its_yaml(tmp_path: Path) -> None:
    plan = ROOT / "examples/alingsas"
    built = ("build", str(plan), "--to", "pdf", "--pdf", "a-3a", "--document", "plan,kortversion", "-o", str(tmp_path))
    assert main(built) == 0
    data = (tmp_path / "plan.pdf").read_bytes()
    assert carried(data) == {file.name: file.read_bytes() for file in plan.glob("*.yaml")}
    assert len(carried(data)) > 5
    assert faults(data, "ua1") == faults(data, "3a") == []
    short = (tmp_path / "kortversion.pdf").read_bytes()
    assert carried(short) == {}
    assert faults(short, "3a") == []


def test_no_file_tells_who_built_it_or_where(built: Path) -> None:
    marks = {str(built), str(Path.home()), str(ROOT)} - {"/"}
    for form in FORMATS:
        data = (built / "alingsas/ut" / f"plan.{form}").read_bytes()
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as word:
                data = b"".join(word.read(n) for n in word.namelist())
        assert not [m for m in marks if m.encode() in data]


def test_the_council_paper_has_a_fitting_length(built: Path) -> None:
    """Ten to twenty-four pages before the appendices, as council plans have."""
    with pikepdf.open(built / "alingsas/ut/plan.pdf") as pdf:
        numbers = {p.objgen: i for i, p in enumerate(pdf.pages, 1)}
        places = pikepdf.NameTree(pdf.Root.Names.Dests)
        first_appendix = numbers[places["atgardskort"][0].objgen]
    assert 10 <= first_appendix - 1 <= 24


def test_what_is_said_after_a_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(ROOT / "examples/alingsas"), "-o", "ut", "--to", "pdf,md"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith("ut/plan.pdf")
    assert lines[0].endswith("sidor")
    assert lines[1].startswith("ut/plan.md")
    assert lines[-1] == "45 åtgärder, 3 nivåer × 3 preventionsnivåer, alla rutor ifyllda."
    assert said.err == ""


def test_someone_elses_file_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.md").write_text("mina anteckningar")
    start = str(ROOT / "examples/start")
    assert main(["build", start, "-o", ".", "--to", "md"]) == 3
    assert "--force" in capsys.readouterr().err
    assert Path("plan.md").read_text() == "mina anteckningar"
    assert main(["build", start, "-o", ".", "--to", "md", "--force"]) == 0
    assert main(["build", start, "-o", ".", "--to", "md"]) == 0


def test_the_contents_of_the_word_file_are_filled_whatever_else_is_built(tmp_path: Path) -> None:
    plan = str(ROOT / "examples/alingsas")
    assert main(["build", plan, "--to", "pdf,docx", "-o", str(tmp_path / "both")]) == 0
    assert main(["build", plan, "--to", "docx", "-o", str(tmp_path / "one")]) == 0
    both, one = ((tmp_path / folder / "plan.docx").read_bytes() for folder in ("both", "one"))
    assert both == one
    with zipfile.ZipFile(io.BytesIO(both)) as word:
        document = word.read("word/document.xml").decode()
    shown = re.findall(r' PAGEREF (\w+) .*?"separate"/></w:r><w:r><w:t[^>]*>(\d*)</w:t>', document)
    assert len(shown) > 40
    pages = [int(page) for _, page in shown]
    assert pages == sorted(pages)
    with pikepdf.open(tmp_path / "both/plan.pdf") as pdf:  # set in another font, but the same words
        assert abs(pages[-1] - len(pdf.pages)) < 0.15 * len(pdf.pages)
