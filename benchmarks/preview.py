"""How long it takes from a save to the new page in a real browser, for a plan with 45 measures.

Needs Chromium and ChromeDriver: ``.venv/bin/python benchmarks/preview.py``. The limit is 0.5 s; the aim is 0.2 s.
"""

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/preview"), str(ROOT / "tests/browser/suite")]

from running import Preview  # noqa: E402

from browser import Browser  # noqa: E402

SAVES = 15

WAIT = """
const [marker] = arguments;
const page = document.querySelector("iframe").contentDocument;
window.seen = 0;
const look = () => {
  if (!page.body.textContent.includes(marker)) return;
  requestAnimationFrame(() => { window.seen = Date.now(); });
  watching.disconnect();
};
const watching = new MutationObserver(look);
watching.observe(page, { childList: true, subtree: true, characterData: true });
"""


def main() -> None:
    """Save some changes of one measure, and print how long each took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples/alingsas", folder / "plan", ignore=shutil.ignore_patterns("ut"))
        file = folder / "plan/individ.yaml"
        text = file.read_text("utf-8")
        first = re.search(r"(?m)^    titel: .*$", text)
        assert first
        with Preview("plan", folder=folder) as preview, Browser() as browser:
            browser.go(preview.address)
            browser.until("return !!document.querySelector('iframe').contentDocument?.querySelector('h1')")
            times, built = [], []
            for number in range(SAVES):
                marker = f"sparad gång {number:03}"
                browser.run(WAIT, marker)
                begun = time.time()
                file.write_text(text.replace(first[0], f"{first[0]} {marker}", 1), "utf-8")
                seen = browser.until("return window.seen") / 1000
                times.append(seen - begun)
                built.append(preview.line())
                time.sleep(0.3)
    sys.stdout.write("\n".join(built) + "\n")
    sys.stdout.write(f"save → new page: median {statistics.median(times):.3f} s, ")
    sys.stdout.write(f"best {min(times):.3f} s, worst {max(times):.3f} s, of {SAVES}\n")


if __name__ == "__main__":
    main()
