"""What reads plain Markdown quickly reads what the parser of Markdown reads, and gives up on all else."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from documents import example
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from vaaldplan.publish import commonmark, compose, documents, quick
from vaaldplan.publish.markup import BREAK, CAPTION, PROSE, TOC, escape, pieces
from vaaldplan.publish.source import Source
from vaaldplan.publish.words import Words

PIECES = [
    "ord", "å", "1", "²", "–", "”", " ", " ", "  ", "\n", "\n", "\n\n", "\n\n", "\xa0", "\u2003", "\u2028", "\x0b", "\t", "\r", "\0",
    *"*_`[]()!&#+-.:<>|=~^\\{}$'\"", "**", "***", "\\.", "\\|", "\\*", "\\\\", "& ", "&amp;", "&#65;", "- ", "1. ", "2. ", "# ", "## ", "> ",
    ": ", "::: card\n", "\n:::\n", "::: kort", "---", "===", "~~~", "    ", "[^1]", "[^1]: ", "^[not]", "[a]: #b\n",
    "[länk](#a)", "[l*ä*nk](#a)", "[länk](https://a.se/b_c)", "[länk](https://a.se/b?c=d&e)", "[länk](tel:+46)", "[l](<a> 'b')",
    "![bild](bild)", "\n![Bild\\. Och text](bild-1)\n", "**fet**", "**fet.**", "*lutad*", "*(lutad)*", "**[länk](#a)**", " {#id .klass}",
    "\nTerm\n: mening\n", "\n: mening till\n", "\n- punkt\n- punkt\n", "\n1. ett\n1. två\n", "\n# Rubrik {#r}\n", "\n## Under ##\n",
    "\n| a | b |\n|:---|---:|\n| c | **d** |\n", "| e | f |\n", "| g |\n", "|---|", "| |\n", "<https://a.se>", "<b>", "http://a.se",
    PROSE, BREAK, CAPTION, TOC, "\n\n::: summary\n# A\n\nText\\.\n\n:::\n\n",
]  # fmt: skip


def plain(nodes: Any) -> list[Any]:
    """What the document is made of, of nodes of either kind."""
    return [
        (
            node.type,
            node.tag if node.type == "heading" else "",
            node.content if node.type in ("text", "image") else "",
            dict(node.attrs),
            dict(node.meta),
            plain(node.children),
        )
        for node in nodes
        if node.type != "text" or node.content
    ]


@settings(max_examples=1500)
@given(st.booleans(), st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
def test_what_is_read_quickly_is_what_the_parser_reads(own: bool, text: str) -> None:
    found = quick.nodes(own, text)
    assert found is None or plain(found) == plain(commonmark.nodes(own, text)), text


@given(st.text(), st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_an_escaped_text_is_one_text(one: str, other: str) -> None:
    text = escape(" ".join((one + other).split()))
    found = quick.nodes(True, f"# {text}\n\n{text}")
    if found is not None and text:
        assert plain(found) == plain(commonmark.nodes(True, f"# {text}\n\n{text}"))
        assert [len(node.children[0].children) for node in found] == [1, 1]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nearly_all_of_our_documents_is_read_quickly(lang: str) -> None:
    read: Counter[tuple[bool, bool]] = Counter()
    for name in ("alingsas", "start"):
        plan, config = example(name)
        say = Words(plan, lang, config)
        for document in documents.DOCUMENTS:
            for view in document.views(plan, say):
                source = Source(view.sections, say.catalogue)
                written = compose.rendered(document, source)
                texts = [(True, piece) for piece in pieces(re.sub(r"\n{3,}", "\n\n", written))]
                for own, text in texts + [(False, text) for text in source.proses.texts]:
                    found = quick.nodes(own, text)
                    read[own, found is not None] += 1
                    assert found is None or plain(found) == plain(commonmark.nodes(own, text)), text
    assert read[True, True] > 400
    assert read[True, False] == 0
    assert read[False, True] > 120
    assert read[False, False] < 10, "those with tables and notes"


def test_everything_works_without_it(tmp_path: Path) -> None:
    """The accelerators can be taken away: the document is the same, and what is found in it."""
    without = shutil.ignore_patterns("__pycache__", "quick.py", "quick_page.py", "quick_jinja.py")
    shutil.copytree(ROOT / "src/vaaldplan", tmp_path / "src/vaaldplan", ignore=without)
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    build = "import sys; from vaaldplan.publish import build, jobs; from vaaldplan.publish.inspect import made; "
    build += f"from vaaldplan.check import check; plan = check({str(ROOT / 'examples/start')!r}).plan; "
    build += "from vaaldplan.publish.documents import DOCUMENTS; "
    build += "papers = list(build(jobs(plan, tuple(DOCUMENTS)), ('html', 'md', 'docx'))); "
    build += "assert ('jinja2' in sys.modules) is (sys.argv[1] == '1'); "
    build += "sys.stdout.write(repr((papers, made((p.name, p.data) for p in papers))))"

    def run(root: Path, *, jinja: bool | None) -> bytes:
        asserted = build if jinja is not None else build.replace("assert", "_ =")
        command = [sys.executable, "-c", asserted, str(int(jinja or 0))]
        return subprocess.run(command, env={"PYTHONPATH": str(root / "src")}, capture_output=True, check=True).stdout

    run(ROOT, jinja=None)  # the first time, templates are compiled, and kept
    found = run(ROOT, jinja=False)
    assert found == run(tmp_path, jinja=True)
    assert len(found) > 100_000
