"""What stands together on a page: the marks, and that both writers follow them."""

import io
import zipfile
from typing import Any

import pdf_text
import pytest
import sample as s

from vaaldplan.publish import docx, pdf, together
from vaaldplan.publish.tree import Block


def table(count: int, text: str = "rad") -> Block:
    return s.table("t", 1, "Tabell", ["Ett", "Två"], [s.row(f"{text} {i}", "x") for i in range(count)])


def terms(count: int, text: str = "ord") -> Block:
    return s.dl(*((f"Term{i}", [[s.text(f"{text}{i}")]]) for i in range(count)))


def marked(*blocks: Block, **tree: Any) -> list[Block]:
    made = s.tree(blocks=list(blocks), **tree)
    together.mark(made)
    return made["blocks"]


def test_small_tables_and_lists_of_terms_are_whole() -> None:
    found = marked(table(8), table(9), table(2, "x" * 700), terms(12), terms(13))
    assert [b["whole"] for b in found] == [True, False, False, True, False]


def test_where_pages_are_few_tables_may_be_divided() -> None:
    assert [b["whole"] for b in marked(table(8), terms(12), most_pages=2)] == [False, False]


def test_what_leads_over_stands_with_what_comes_next() -> None:
    bold, plain, long = s.p(s.strong("Punkter")), s.p("Text."), s.p("Text. " * 90)
    heading = s.h(2, "Rubrik", "r")
    for blocks, wanted in (
        ((bold, s.ul([plain])), True),
        ((bold, plain), False),
        ((plain, s.ul([plain])), False),
        ((heading, plain, terms(2)), True),
        ((heading, long, terms(2)), False),
        ((plain, plain, terms(2)), False),
    ):
        found = marked(*(dict(b) for b in blocks))
        assert found[-2]["sticky"] is wanted
    inside = marked({"t": "summary", "blocks": [s.p(s.strong("Punkter")), s.ul([s.p("a")])]})
    assert inside[0]["blocks"][0]["sticky"] is True


def test_the_first_appendix_is_apart_in_a_document_with_a_cover() -> None:
    def chapters() -> list[Block]:
        return [s.h(1, "Översikt", "o"), s.h(1, "Kapitel", "k", "1"), s.h(1, "Bilaga 1", "b"), s.h(1, "Bilaga 2", "c")]

    assert [b.get("apart", False) for b in marked(*chapters())] == [False, False, True, False]
    assert not any(b.get("apart") for b in marked(*chapters(), opening="head"))
    assert not any(b.get("apart") for b in marked(s.h(1, "Kapitel", "k", "1")))


@pytest.mark.parametrize("before", range(18, 30))
def test_the_paper_keeps_them_together(before: int) -> None:
    blocks = [*(s.p(f"Stycke {i}.") for i in range(before)), s.p(s.strong("Leder över")), table(6)]
    pages = pdf_text.read(pdf.write(s.tree(blocks=blocks, toc=[])).data)
    last = next(page for page in pages if "rad 0" in page)
    assert "rad 5" in last
    assert "Leder över" in last


def test_the_word_file_keeps_them_together() -> None:
    blocks = [s.h(1, "Kapitel", "k", "1"), table(3), s.p("Efter."), s.h(1, "Bilaga 1", "b")]
    with zipfile.ZipFile(io.BytesIO(docx.write(s.tree(blocks=blocks)))) as word:
        document = word.read("word/document.xml").decode()
    rows = document.partition("rad 0")[0].rpartition("<w:p>")[2], document.partition("rad 2")[0].rpartition("<w:p>")[2]
    assert all("<w:keepNext/>" in row for row in rows)
    assert "<w:keepNext/>" not in document.partition("Efter.")[0].rpartition("</w:tbl>")[2]
    assert "<w:pageBreakBefore/>" in document.partition("Bilaga 1")[0].rpartition("<w:p>")[2]
