"""On which pages the headings of a Word file are reckoned to stand. ``benchmarks/word_pages.py`` compares with LibreOffice."""

from types import MappingProxyType

import pytest
import sample as s

from vaaldplan.publish.docx_package import TEXT_HEIGHT, TEXT_WIDTH, NewDocument
from vaaldplan.publish.docx_pages import Sheets, said

LINES = 44
"""Lines of running text that a page holds: 680 points, 15.4 each."""


@pytest.fixture
def sheets() -> Sheets:
    return Sheets(NewDocument(s.tree()).styles, TEXT_WIDTH, TEXT_HEIGHT, MappingProxyType({}))


def lines(count: int) -> str:
    return "\n".join(["rad"] * count)


def test_what_fits_stands_on_the_page_and_the_next_on_another(sheets: Sheets) -> None:
    sheets.paragraph("", lines(LINES), name="fills")
    sheets.paragraph("", "Nästa.", name="next")
    assert sheets.found() == {"fills": 1, "next": 2}


def test_a_long_paragraph_goes_on_over_pages(sheets: Sheets) -> None:
    sheets.paragraph("", lines(3 * LINES - 10), name="begins")
    sheets.paragraph("", lines(LINES), name="after")
    sheets.paragraph("", lines(LINES), name="last")
    assert sheets.found() == {"begins": 1, "after": 3, "last": 4}


def test_two_lines_are_not_left_alone(sheets: Sheets) -> None:
    sheets.paragraph("", lines(LINES - 2))
    sheets.paragraph("", lines(3), name="whole")
    assert sheets.found() == {"whole": 2}


def test_a_heading_stands_with_what_follows(sheets: Sheets) -> None:
    sheets.paragraph("", lines(LINES - 3))
    sheets.paragraph("Heading2", "Rubrik", name="heading")
    sheets.paragraph("", lines(4), name="text")
    assert sheets.found() == {"heading": 2, "text": 2}


def test_what_is_kept_together_stands_together_until_it_is_let_go(sheets: Sheets) -> None:
    sheets.paragraph("", lines(LINES - 10))
    for i in range(4):
        sheets.paragraph("", lines(3), keep=True, name=f"kept {i}")
    sheets.let_go()
    sheets.paragraph("", "Fritt.", name="free")
    assert sheets.found() == {**{f"kept {i}": 2 for i in range(4)}, "free": 2}


def test_more_than_a_page_cannot_be_kept_together(sheets: Sheets) -> None:
    sheets.paragraph("", lines(20))
    for i in range(4):
        sheets.paragraph("", lines(15), keep=True, name=str(i))
    assert sheets.found() == {"0": 1, "1": 1, "2": 2, "3": 2}


def test_a_page_is_begun_where_it_is_asked_for_but_none_is_left_empty(sheets: Sheets) -> None:
    sheets.paragraph("", "Först.", new_page=True, name="first")
    sheets.paragraph("", "Sedan.", new_page=True, name="second")
    sheets.cell("TableText", "Cell", TEXT_WIDTH, new_page=True)
    sheets.end_row(keep=False)
    sheets.paragraph("", "Sist.", name="last")
    assert sheets.found() == {"first": 1, "second": 2, "last": 3}


def test_rows_are_whole_and_their_head_is_repeated(sheets: Sheets) -> None:
    def row(text: str, *, head: bool = False) -> None:
        sheets.cell("TableText", text, TEXT_WIDTH)
        sheets.end_row(keep=False, head=head)

    row(lines(20), head=True)
    for _ in range(4):
        row(lines(20))
    sheets.paragraph("", "Efter.", name="after")
    assert sheets.found() == {"after": 4}  # a head and one row on each page; without the head they would take 3


def test_footnotes_and_pictures_take_room(sheets: Sheets) -> None:
    sheets.note(lines(26))
    sheets.picture("Picture", 340)
    sheets.paragraph("", lines(3), name="after")
    assert sheets.found() == {"after": 2}


def test_words_are_put_on_lines_by_their_width(sheets: Sheets) -> None:
    look = sheets.style("Normal")
    narrow, wide = ("il" * 15 + " ") * 20, ("mw" * 15 + " ") * 20
    assert 3 * sheets.lines(narrow, look, TEXT_WIDTH) < sheets.lines(wide, look, TEXT_WIDTH)
    assert sheets.lines("x" * 1000, look, TEXT_WIDTH) > 8
    assert sheets.lines("", look, TEXT_WIDTH) == 1
    assert sheets.lines(said([s.text("Ett"), s.BR, s.BOLD_ITALIC]), look, TEXT_WIDTH) == 2
    assert sheets.lines(narrow, sheets.style("Heading1"), TEXT_WIDTH) > sheets.lines(narrow, look, TEXT_WIDTH)


def test_styles_are_those_of_the_template_by_their_names_there() -> None:
    theirs = NewDocument(s.tree()).styles.replace('w:styleId="Heading1"', 'w:styleId="Rubrik1"')
    sheets = Sheets(theirs, TEXT_WIDTH, TEXT_HEIGHT, {"Heading1": "Rubrik1"})
    assert sheets.style("Heading1").size == 19
    assert sheets.style("Heading1").keep
    assert sheets.style("unknown") == sheets.style("Normal")


def test_styles_without_sense_do_no_harm() -> None:
    styles = NewDocument(s.tree()).styles.replace('w:sz w:val="22"', 'w:sz w:val="0"')
    styles = styles.replace('w:line="200"', 'w:line="0"').replace('w:basedOn w:val="Normal"', 'w:basedOn w:val="Title"')
    sheets = Sheets(styles, 100, 100, MappingProxyType({}))
    for style in ("", "Normal", "Title", "NoSpacing", "CardText"):
        sheets.paragraph(style, lines(3), left=5000, name=style)
        sheets.cell(style, "ord och ord", 1)
        sheets.end_row(keep=False, head=True)
    pages = list(sheets.found().values())
    assert pages == sorted(pages)
    assert len(pages) == 4
