"""The readiness report as an accessible page of HTML that needs nothing else."""

from collections.abc import Iterator, Sequence
from html import escape

from vaaldplan.finding import Report
from vaaldplan.texts.catalogue import Catalogue

from . import Look
from .readiness import Block, Heading, Paragraph, blocks

_LOOK = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff;
  max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; }
h2, h3 { margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
th, td { text-align: left; vertical-align: top; hyphens: auto;
  padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #767676; }
td:last-child { overflow-wrap: anywhere; min-width: 7rem; }
h1, p { overflow-wrap: anywhere; }
.number { text-align: right; }
@media print { body { max-width: none; } }
"""


def write(reports: Sequence[Report], say: Catalogue, _: Look) -> str:
    """The page."""
    parts = list(blocks(reports, say))
    title = next(block.text for block in parts if isinstance(block, Heading))
    body = "\n".join(line for block in parts for line in _html(block))
    return f"""<!DOCTYPE html>
<html lang="{say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_LOOK}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _html(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        return
    if isinstance(block, Paragraph):
        text = escape(block.text)
        yield f"<p><strong>{text}</strong></p>" if block.strong else f"<p>{text}</p>"
        return
    first = len(block.head) - block.numbers
    kinds = [' class="number"' if i >= first else "" for i in range(len(block.head))]
    yield f'<div class="scroll" role="region" aria-label="{escape(block.caption)}" tabindex="0"><table>'
    yield f"<caption>{escape(block.caption)}</caption>"
    head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in zip(kinds, block.head, strict=True))
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in block.rows:
        cells = "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds[1:], row[1:], strict=True))
        yield f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'
    yield "</tbody></table></div>"
