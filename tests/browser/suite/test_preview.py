"""The preview as a person sees it in a real browser: what changes, what stays, and how it is heard and held."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Preview

from browser import Browser
from conftest import ROOT

FRAME = "const page = document.querySelector('iframe').contentDocument, view = page.defaultView;"
ESCAPE, TAB, ENTER = "\ue00c", "\ue004", "\ue007"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/alingsas", tmp_path / "plan", ignore=shutil.ignore_patterns("ut"))
    return tmp_path / "plan"


@pytest.fixture
def preview(plan: Path, browser: Browser) -> Iterator[Preview]:
    with Preview("plan", folder=plan.parent) as running:
        browser.size(1280, 900)
        browser.go(running.address)
        browser.until(f"{FRAME} return !!page.querySelector('h1')")
        browser.complaints()
        yield running


def replaced(file: Path, pattern: str, by: str) -> str:
    """Change the first place in a file, and return what stood there."""
    text = file.read_text("utf-8")
    found = re.search(pattern, text, flags=re.MULTILINE)
    assert found, pattern
    file.write_text(text[: found.start()] + by + text[found.end() :], "utf-8")
    return found[0]


def test_a_save_changes_the_page_in_place(plan: Path, preview: Preview, browser: Browser) -> None:
    browser.run(
        f"{FRAME} window.mark = 1; page.mark = 1; page.getElementById('a-i1').mark = 1;"
        "page.getElementById('m-m3').scrollIntoView(); view.scrollBy(0, -40)"  # the titles that change stand above it
    )
    before = browser.run(f"{FRAME} return [view.scrollY, page.getElementById('m-m3').getBoundingClientRect().top]")
    assert before[0] > 3000
    replaced(plan / "individ.yaml", r"^    titel: .*$", "    titel: En alldeles ny titel")
    browser.until(f"{FRAME} return page.body.textContent.includes('En alldeles ny titel')")
    kept = "return [window.mark, page.mark, page.getElementById('a-i1').mark]"
    assert browser.run(f"{FRAME} {kept}") == [1, 1, 1]
    replaced(plan / "plan.yaml", r"^titel: .*$", "titel: Planen heter något annat nu")
    browser.until(f"{FRAME} return page.querySelector('h1').textContent === 'Planen heter något annat nu'")
    assert browser.run(f"{FRAME} {kept}") == [1, 1, 1]
    assert abs(browser.run(f"{FRAME} return page.getElementById('m-m3').getBoundingClientRect().top") - before[1]) < 3
    browser.until("return document.title === 'Förhandsvisning: Planen heter något annat nu'")
    assert browser.complaints() == []


def test_the_place_in_the_text_stays_though_much_is_added_above(plan: Path, preview: Preview, browser: Browser) -> None:
    spot = "page.getElementById('a-s3').getBoundingClientRect().top"
    browser.run(f"{FRAME} page.getElementById('a-s3').scrollIntoView(); view.scrollBy(0, -40)")
    before = browser.run(f"{FRAME} return {spot}")
    more = "".join(f"\n\n  Stycke {number} om visionen." for number in range(30))
    replaced(plan / "plan.yaml", r"^vision: \|$", "vision: |" + more.removeprefix("\n") + "\n")
    browser.until(f"{FRAME} return page.body.textContent.includes('Stycke 29 om visionen')")
    assert abs(browser.run(f"{FRAME} return {spot}") - before) < 3


def test_what_breaks_the_plan_is_shown_on_top_and_the_last_good_page_stays(
    plan: Path, preview: Preview, browser: Browser
) -> None:
    good = browser.run(f"{FRAME} return page.body.textContent")
    number = len((plan / "samhalle.yaml").read_text("utf-8").splitlines()) + 1
    with (plan / "samhalle.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  - {id: S99, titel: Halv\n")
    shown = browser.until("return document.querySelector('.broken')?.innerText")
    assert "Planen går inte att läsa som den är nu" in shown
    assert f"plan/samhalle.yaml:{number}" in shown
    assert "Måste åtgärdas S03" in shown
    assert browser.run(f"{FRAME} return page.body.textContent") == good
    box = browser.run("const b = document.querySelector('.broken').getBoundingClientRect(); return [b.top, b.height]")
    assert 0 <= box[0] < 200
    assert browser.run("return document.title").startswith("Går inte att läsa")
    replaced(plan / "samhalle.yaml", r"^  - \{id: S99.*\n", "")
    browser.until("return !document.querySelector('.broken')")
    assert browser.run(f"{FRAME} return page.body.textContent") == good


def test_the_findings_stand_beside_the_text_with_file_and_line(plan: Path, preview: Preview, browser: Browser) -> None:
    replaced(plan / "organisation.yaml", r"^    ansvarig: .*$", "    ansvarig: finns-inte")
    line = (plan / "organisation.yaml").read_text("utf-8").split("\n").index("    ansvarig: finns-inte") + 1
    browser.until(f"return document.querySelector('#panel').innerText.includes('plan/organisation.yaml:{line}')")
    browser.click("a[href='/plan#a-s14']")
    browser.until(f"{FRAME} return Math.abs(page.getElementById('a-s14').getBoundingClientRect().top) < 60")
    left, right = browser.run(
        "return ['main', 'aside'].map(name => document.querySelector(name).getBoundingClientRect().left)"
    )
    assert left < right
    assert browser.run("return document.location.pathname") == "/"
    assert browser.complaints() == []


def test_links_to_elsewhere_open_beside_the_preview_before_and_after_a_save(
    plan: Path, preview: Preview, browser: Browser
) -> None:
    count = (
        f"{FRAME} const all = [...page.querySelectorAll('a[href]:not([href^=\"#\"])')];"
        "return [all.length, all.filter(a => a.target === '_blank' && a.rel === 'noreferrer').length]"
    )
    browser.until(f"{FRAME} return !!page.querySelector('a[target=_blank]')")
    number, outward = browser.run(count)
    assert number == outward > 5
    replaced(plan / "plan.yaml", r"^titel: .*$", "titel: Med [länk](https://example.org)")
    browser.until(f"{FRAME} return page.querySelector('h1').textContent.includes('länk')")
    number, outward = browser.run(count)
    assert number == outward > 5
    assert browser.run(f"{FRAME} return page.querySelectorAll('a[href^=\"#\"][target]').length") == 0


def test_it_works_on_a_narrow_screen(preview: Preview, browser: Browser) -> None:
    for width in (320, 390, 700):
        browser.size(width, 700)
        wide = browser.run("return [document.documentElement.scrollWidth, document.querySelector('aside').scrollWidth]")
        assert max(wide) <= width
        boxes = browser.run(
            "return ['aside', 'main'].map(n => document.querySelector(n).getBoundingClientRect()).map(b => [b.top, b.height])"
        )
        assert boxes[0][0] == 0
        assert boxes[1][0] >= boxes[0][1] - 1
        assert boxes[1][1] > 250
        assert browser.run(f"{FRAME} return page.documentElement.scrollWidth") <= width


def test_it_can_be_heard_and_used_without_a_mouse(preview: Preview, browser: Browser) -> None:
    nodes = [node for node in browser.tree() if not node.get("ignored")]
    named = {(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if "role" in n}
    assert ("complementary", "Påpekanden") in named
    assert ("Iframe", "Dokumentet") in named
    assert ("heading", "Förhandsvisning") in named
    assert any(role == "status" for role, _ in named)
    browser.run("document.querySelector('aside').focus()")
    browser.press(TAB)
    assert browser.run("return document.activeElement.tagName") == "SUMMARY"
    browser.press(ENTER)
    assert browser.run("return document.querySelector('details').open") is False
    outline = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_what_the_reader_has_closed_stays_closed(plan: Path, preview: Preview, browser: Browser) -> None:
    browser.click("summary")
    assert browser.run("return document.querySelector('details').open") is False
    replaced(plan / "plan.yaml", r"^titel: .*$", "titel: Ny")
    browser.until("return document.title.endsWith(': Ny')")
    assert browser.run("return document.querySelector('details').open") is False


def test_text_and_marks_have_contrast(plan: Path, preview: Preview, browser: Browser) -> None:
    replaced(plan / "plan.yaml", r"^titel: .*$", "titel: [")
    browser.until("return !!document.querySelector('.broken')")
    colours = browser.run(
        """
        const ground = (e) => { const c = getComputedStyle(e).backgroundColor;
          return c === "rgba(0, 0, 0, 0)" && e.parentElement ? ground(e.parentElement) : c; };
        return [...document.querySelectorAll("#panel *")].filter((e) => e.innerText)
          .map((e) => [getComputedStyle(e).color, ground(e)]);
        """
    )
    assert len(colours) > 8
    for pair in {tuple(pair) for pair in colours}:
        light, dark = sorted((luminance(colour) for colour in pair), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, pair


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG counts it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_page_left_open_says_so_when_the_preview_ends_and_finds_its_way_to_the_next(
    plan: Path, preview: Preview, browser: Browser
) -> None:
    assert browser.run("return document.querySelector('#lost').hidden") is True
    assert preview.interrupt() == 0
    browser.until("return !document.querySelector('#lost').hidden")
    assert "ingen kontakt" in browser.run("return document.querySelector('#lost').innerText")
    replaced(plan / "plan.yaml", r"^titel: .*$", "titel: Ändrad under tiden")
    with Preview("plan", "--port", str(preview.port), folder=plan.parent):
        browser.until("return document.querySelector('#lost').hidden")
        browser.until(f"{FRAME} return page.querySelector('h1').textContent === 'Ändrad under tiden'")


def test_the_page_is_in_english_when_asked(plan: Path, browser: Browser) -> None:
    (plan / "plan.yaml").write_text("title: [\n", "utf-8")
    with Preview("plan", "--lang", "en", folder=plan.parent) as preview:
        browser.go(preview.address)
        assert "The plan cannot be read as it is now" in browser.until(
            "return document.querySelector('.broken').innerText"
        )
        waiting = "The document will be shown here when the plan can be read."
        browser.until(f"{FRAME} return page.body.innerText.trim() === arguments[0]", waiting)
        (plan / "plan.yaml").write_text("title: A plan at last\nlanguage: en\n", "utf-8")
        browser.until(f"{FRAME} return page.querySelector('h1')?.textContent === 'A plan at last'")
        browser.until("return document.title === 'Preview: A plan at last'")
        browser.until("return !document.querySelector('.broken')")
        assert browser.run(f"{FRAME} return page.documentElement.lang") == "en"
