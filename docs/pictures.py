"""Makes the pictures of the README: a page of a built plan, and ``vaaldplan check`` in a terminal.

Run it as ``.venv/bin/python docs/pictures.py``.
"""

import io
import re
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.text import Text

from vaaldplan.check import check
from vaaldplan.publish import pdf
from vaaldplan.publish.compose import compose
from vaaldplan.reports import Look, terminal
from vaaldplan.texts.catalogue import catalogue

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


def page() -> None:
    """The cover and the summary side by side."""
    plan = check(EXAMPLES / "alingsas").plan
    assert plan is not None
    tree = compose(plan, "sv")
    tree["blocks"] = [b for b in tree["blocks"] if b["t"] == "summary"]
    sheets = [Image.open(io.BytesIO(sheet)) for sheet in pdf.pictures(tree, ppi=84)[:2]]
    wide, high = sheets[0].size
    both = Image.new("RGB", (2 * wide + 72, high + 48), "#d9dee3")
    for i, sheet in enumerate(sheets):
        both.paste(sheet, (24 + i * (wide + 24), 24))
    both.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(HERE / "page.png", optimize=True)


def shell() -> None:
    """The first findings of the faulty example, as a terminal of 80 columns shows them."""
    report = check(EXAMPLES / "brister").report._replace(files=("plan.yaml",))
    chosen = {"S05", "E02", "A04", "S07"}
    seen: set[str] = set()
    shown = [f for f in report.findings if f.code in chosen and not (f.code in seen or seen.add(f.code))]
    shown = [
        f._replace(span=f.span._replace(file=Path(f.span.file).name), line=f.line.split(" # väntat")[0])
        for f in shown
        if f.span
    ]
    text = terminal.write([report._replace(findings=tuple(shown), waived=())], catalogue("sv"), Look(80, colour=True))
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(text.rsplit("\n", 2)[0]))
    svg = console.export_svg(title="vaaldplan check")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # a picture in a README fetches nothing
    (HERE / "check.svg").write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE) + "\n", "utf-8")


if __name__ == "__main__":
    page()
    shell()
