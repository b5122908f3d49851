"""The preview's own page: the document in a frame, and beside it what was found."""

from collections.abc import Iterable, Iterator
from html import escape

from vaaldplan.finding import Finding, Severity
from vaaldplan.publish.words import anchor
from vaaldplan.reports import summary
from vaaldplan.texts.catalogue import Catalogue

from .rebuild import State

_ANCHORS = {"measures": "a", "goals": "m", "chapters": "k", "indicators": "i"}
"""What the document's places for the entries of a register begin with."""


def page(state: State, say: Catalogue) -> str:
    """The whole page."""
    return f"""<!DOCTYPE html>
<html lang="{say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title(state, say))}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/preview.css">
<script src="/preview.js" defer></script>
</head>
<body data-built="{state.built}">
<aside aria-label="{escape(say.label("preview.panel"))}" tabindex="0">
<p id="lost" role="alert" hidden>{escape(say.label("preview.lost"))}</p>
<div id="panel">{panel(state, say)}</div>
</aside>
<main><iframe name="plan" src="/plan" title="{escape(say.label("preview.frame"))}"></iframe></main>
</body>
</html>
"""


def title(state: State, say: Catalogue) -> str:
    """The name of the window."""
    found = state.report.title if state.report else ""
    return say.label(
        "preview.title" if state.good else "preview.title_broken", title=found or say.label("report.unnamed")
    )


def empty(say: Catalogue) -> str:
    """What stands in the document's place before there has been any."""
    text = escape(say.label("preview.nothing"))
    head = f'<meta charset="utf-8"><title>{text}</title>'
    style = "<style>p { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }</style>"
    return f'<!DOCTYPE html>\n<html lang="{say.language}"><head>{head}{style}</head><body><p>{text}</p></body></html>\n'


def panel(state: State, say: Catalogue) -> str:
    """What was found, the worst first; before it what keeps the plan from being shown as it stands."""
    return "\n".join(_panel(state, say))


def _panel(state: State, say: Catalogue) -> Iterator[str]:
    report = state.report
    yield f"<h1>{escape(say.label('preview.heading'))}</h1>"
    if not state.good:
        yield '<section class="broken" role="alert">'
        yield f"<h2>{escape(say.label('preview.broken'))}</h2>"
        yield f"<p>{escape(say.label('preview.kept' if state.html else 'preview.waiting'))}</p>"
        if state.fault:
            yield f"<p><strong>{escape(state.fault)}</strong></p>"
        yield from _list(state.broken, state, say)
        yield "</section>"
    if report is None or report.stage is None:
        return
    left = [f for f in report.findings if f not in state.broken]
    yield f'<p role="status">{escape(summary.total(left, say))} {escape(summary.verdict(report, say))}</p>'
    yield f"<details open><summary>{escape(say.label('preview.findings'))}</summary>"
    for severity in sorted(Severity, reverse=True):
        yield from _group(
            say.label(f"severity.{severity.name}"), [f for f in left if f.severity is severity], state, say
        )
    yield "</details>"
    for stage, findings in summary.remaining(report).items():
        head = say.label(f"report.before.{stage.name}", findings=say.count("findings", len(findings)))
        yield f"<details><summary>{escape(head)}</summary>"
        yield from _list(sorted(findings, key=lambda f: -f.severity), state, say)
        yield "</details>"


def _group(heading: str, findings: list[Finding], state: State, say: Catalogue) -> Iterator[str]:
    if findings:
        yield f"<h2>{escape(heading)} <span>({len(findings)})</span></h2>"
        yield from _list(findings, state, say)


def _list(findings: Iterable[Finding], state: State, say: Catalogue) -> Iterator[str]:
    yield "<ul>"
    for finding in findings:
        yield f'<li class="{finding.severity.name.lower()}">{"".join(_finding(finding, state, say))}</li>'
    yield "</ul>"


def _finding(f: Finding, state: State, say: Catalogue) -> Iterator[str]:
    mark = escape(f"{say.label(f'severity.{f.severity.name}')} {f.code}")
    yield f'<p class="what"><span class="mark">{mark}</span> <strong>{escape(say.card(f.code).title)}</strong></p>'
    if place := summary.place(f):
        yield f'<p class="place"><code>{escape(place)}</code></p>'
    if subject := summary.subject(f, say):
        yield f"<p>{_linked(f, subject, state)}</p>"
    yield f"<p>{escape(say.message(f.code, f.variant, f.params))}</p>"
    mend = escape(say.mend(f.code, f.variant, f.params))
    yield f'<p class="mend"><span>{escape(say.label("report.mend"))}</span> {mend}</p>'


def _linked(f: Finding, text: str, state: State) -> str:
    """The entry's name, leading to its place in the document when it has one."""
    start = _ANCHORS.get(f.subject.register)
    place = anchor(start, f.subject.id or f.subject.title) if start else ""
    if place and f'id="{place}"'.encode() in state.html:
        return f'<a href="/plan#{escape(place)}" target="plan">{escape(text)}</a>'
    return escape(text)
