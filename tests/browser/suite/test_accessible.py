"""Every page that the program makes, in a real browser: axe-core finds nothing, nothing is wider than the window, and
nothing is fetched from elsewhere. Windows as wide as a computer's and as a small telephone's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from everything import made
from running import Preview

from browser import Browser
from conftest import ROOT

AXE = (Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js").read_text("utf-8")
WIDTHS = (1280, 320)
JUDGE = "return axe.run(document, {iframes: false}).then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`)))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("papers"))


def violations(browser: Browser) -> list[str]:
    """What axe-core has against the page as it is shown."""
    browser.run(f"{AXE}; window.axe = axe")
    found: list[str] = browser.run(JUDGE)
    return found


def faults(browser: Browser, address: str) -> list[str]:
    """What is wrong with the page at an address, in both widths."""
    own = address.rpartition("/")[0]
    found = []
    for width in WIDTHS:
        browser.size(width, 900)
        browser.go("about:blank")  # what the last page still said and asked for is not this one's
        browser.complaints(), browser.fetched()
        browser.go(address)
        found += [f"{width}: {one}" for one in violations(browser)]
        wide = browser.run("return document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{width}: the page is {wide} wide")
        found += [f"{width}: fetched {one}" for one in browser.fetched() if not one.startswith((own, "data:"))]
        found += [f"{width}: {one}" for one in browser.complaints()]
    return found


def test_every_document_and_report(papers: Path, browser: Browser) -> None:
    pages = sorted(papers.rglob("*.html"))
    assert len(pages) > 20
    wrong = {f"{page.parent.name}/{page.name}": found for page in pages if (found := faults(browser, page.as_uri()))}
    assert wrong == {}


@pytest.mark.parametrize("plan", ["alingsas", "brister"])
def test_the_preview(plan: str, tmp_path: Path, browser: Browser) -> None:
    shutil.copytree(ROOT / "examples" / plan, tmp_path / "plan", ignore=shutil.ignore_patterns("ut"))
    with Preview("plan", folder=tmp_path) as running:
        assert faults(browser, running.address) == []


def test_faults_are_seen(tmp_path: Path, browser: Browser) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><html><title>x</title><main><h1>x</h1><img src=http://127.0.0.1:1/x.png>"
        "<p style='width: 2000px'>wide",
        "utf-8",
    )
    found = "\n".join(faults(browser, page.as_uri()))
    for fault in ("html-has-lang", "image-alt", "wide", "fetched http://127.0.0.1:1/x.png"):
        assert fault in found
