"""Word by word, the formats say the same, and all that the view says."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pdf_text
import pytest
from documents import example, read

from vaaldplan.publish import DOCUMENTS, Document, build, html_page, jobs, parts
from vaaldplan.publish.view import View
from vaaldplan.publish.words import Words

PROSE = """\
titel: Plan med *stjärnor* & <taggar> 1. [x](y)
kommun: Lövhamra kommun
status: utkast
vision: |
  En kommun **utan** våld.[^a] Ingen `kod`, men \\*stjärnor\\* och 3 < 4.[^b]

  > Citat[^a] ur [lagen](https://selex.se/eli/sfs/2023/196), med
  > två rader.

  1. Först
  2. Sedan
     - inuti
     - och mer

  | Grupp | Timmar |
  |---|---:|
  | Chefer | 8 |

  : Utbildning per grupp

  ### En rubrik i texten

  Sist. Enradarkommunalförbundssamverkansöverenskommelsemallsutkastversion 2.

  [^a]: Första noten, med [länk](https://selex.se/).
  [^b]: Andra noten.
åtgärder:
  - {id: A1, titel: "Utbilda chefer | nu", beskrivning: "Ett  stycke\\noch ett till."}
  - {id: A2, titel: 2. Andra}
"""
"""Author's text with all that Markdown knows."""
INLINE = {"a", "b", "strong", "em", "span", "wbr", "sup"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Said(NamedTuple):
    """What a plan's documents say: the cover in no order, then the text in its order, then the notes."""

    cover: Counter[str]
    text: list[str]
    notes: list[str]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# ------------------------------------------------------------ HTML: what the others are compared with


def block_texts(element: html_page.Element, *, without: tuple[str, ...] = ()) -> Iterator[str]:
    """The text of each paragraph, heading and cell within, in reading order; neither pictures nor contents."""
    open_text: list[str] = []

    def visit(one: html_page.Element | str) -> Iterator[str]:
        if isinstance(one, str):
            open_text.append(one)
        elif one.tag not in ("svg", "nav", *without) and one.attributes.get("class") != "notes":
            if one.tag not in INLINE:
                yield "".join(open_text)
                open_text.clear()
            for child in one.children:
                yield from visit(child)
            if one.tag not in INLINE:
                yield "".join(open_text)
                open_text.clear()

    for text in (*visit(element), "".join(open_text)):
        if text.strip():
            yield text


def page_of(data: bytes) -> html_page.Element:
    return html_page.read(data.decode())


def within(page: html_page.Element, tag: str, **attributes: str) -> list[html_page.Element]:
    return [e for e in page.all() if e.tag == tag and attributes.items() <= e.attributes.items()]


def notes_in(page: html_page.Element) -> list[html_page.Element]:
    sections = within(page, "section", **{"class": "notes"})
    return [e for section in sections for e in section.all() if e.tag == "li"]


def main_texts(page: html_page.Element, *, without: tuple[str, ...] = ()) -> Iterator[str]:
    """The text of the document itself. In a paper without a cover, where help is stands above all on a page."""
    (main,) = within(page, "main")
    for above in within(page, "aside") if within(page, "div", **{"class": "cover low"}) else []:
        yield above.attributes["aria-label"]
        yield from block_texts(next(e for e in above.all() if e.tag == "dl"))
    yield from block_texts(main, without=without)


def in_html(page: html_page.Element) -> Said:
    (header,) = within(page, "header")
    return Said(
        Counter(words(" ".join(block_texts(header)))),
        words(" ".join(main_texts(page, without=("sup",)))),
        words(" ".join(text for note in notes_in(page) for text in block_texts(note, without=("sup",)))),
    )


# ------------------------------------------------------------ DOCX


def in_docx(data: bytes, cover: int) -> Said:
    """The same of a Word file, of which so many words stand on the cover."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
        notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
    shown = words("".join(t for e in body if e.tag != f"{W}sdt" for t in (*_word_texts(e), " ")))  # without contents
    return Said(Counter(shown[:cover]), shown[cover:], words("".join(_word_texts(notes))))


def _word_texts(element: Any) -> Iterator[str]:
    marks = element.iterfind(f".//{W}rStyle[@{W}val='FootnoteReference']/../..")
    numbers = {id(text) for run in marks for text in run.iter(f"{W}t")}
    for one in element.iter():
        if one.tag == f"{W}t" and id(one) not in numbers:
            yield one.text or ""
        elif one.tag in (f"{W}p", f"{W}br", f"{W}tc"):
            yield " "


# ------------------------------------------------------------ Markdown


def in_markdown(data: bytes, alternatives: list[str], cover: int) -> Said:
    """The same of Markdown, which says in words what the pictures show."""
    text = re.sub(r"<!-- vaaldplan .*? -->\n$", "", data.decode())
    text, _, notes = text.partition("\n\n[^1]: ")
    if notes:
        text = text.rpartition("\n\n## ")[0]
    text = re.sub(r"\n\n## [^\n]+\n\n(?:\s*- \[.*\]\(<#.*>\)\n)+", "\n\n", text)  # the contents
    text = re.sub(r'<a id="[^"]*"></a>|\[\^\d+\](?!:)|\]\(<[^>]*>\)', "", text)
    text = re.sub(r"\\(.)", r"\1", re.sub(r"<br>|\\\n", " ", text))
    text = re.sub(
        r"^\s*\d+\. ", "", text, flags=re.MULTILINE
    )  # the other formats count the points of a list themselves
    for alternative in alternatives:
        assert f" {alternative}\n" in text
        text = text.replace(f" {alternative}\n", "\n", 1)
    shown = words(text)
    notes = re.sub(r"^\[\^\d+\]: |\]\(<[^>]*>\)", "", re.sub(r"\\(.)", r"\1", notes), flags=re.MULTILINE)
    return Said(Counter(shown[:cover]), shown[cover:], words(notes))


# ------------------------------------------------------------ the tests


class Papers(NamedTuple):
    """A document in every format, and what it is to say."""

    view: View
    page: html_page.Element
    pdf: bytes
    docx: bytes
    md: bytes


class Case(NamedTuple):
    """A plan, the documents of it, and their language."""

    plan: str
    documents: tuple[Document, ...] = DOCUMENTS[:1]
    lang: str = "sv"


CASES = (
    *(Case(plan, DOCUMENTS, lang) for plan in ("alingsas", "brister") for lang in ("sv", "en")),
    Case("start"),
    Case("prosa"),
)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case.plan}-{case.lang}")
def papers(request: pytest.FixtureRequest) -> list[Papers]:
    case: Case = request.param
    plan = read(PROSE) if case.plan == "prosa" else example(case.plan)[0]
    say = Words(plan, case.lang)
    views = [view for document in case.documents for view in document.views(plan, say)]
    made = [paper.data for paper in build(jobs(plan, case.documents, lang=case.lang))]
    forms = [made[i : i + 4] for i in range(0, len(made), 4)]
    return [
        Papers(view, html_page.read(html.decode()), *rest) for view, (html, *rest) in zip(views, forms, strict=True)
    ]


def test_the_papers_are_there(papers: list[Papers], request: pytest.FixtureRequest) -> None:
    case: Case = request.node.callspec.params["papers"]
    assert len(papers) == {"alingsas": 11, "brister": 8}.get(case.plan, 1)
    notes = [bool(in_html(paper.page).notes) for paper in papers]
    assert notes[0] == (case.plan == "prosa")


def test_html_and_word_say_the_same(papers: list[Papers]) -> None:
    for paper in papers:
        html = in_html(paper.page)
        assert len(html.text) > 40
        assert in_docx(paper.docx, html.cover.total()) == html


def test_html_and_markdown_say_the_same(papers: list[Papers]) -> None:
    for paper in papers:
        html = in_html(paper.page)
        alternatives = [figure.alt for figure in paper.view.figures.values()]
        assert in_markdown(paper.md, alternatives, html.cover.total()) == html


def test_html_and_pdf_say_the_same(papers: list[Papers]) -> None:
    """A PDF knows no spaces, and its notes stand at the foot of the page."""
    count = 0
    for paper in papers:
        read = "".join(words("".join(pdf_text.read(paper.pdf))))
        (header,) = within(paper.page, "header")
        for text in block_texts(header):
            assert "".join(words(text)) in read
        position = 0
        for text in main_texts(paper.page):
            sought = "".join(words(text))
            found = read.find(sought, position)
            assert found >= 0, text
            position = found + len(sought)
            count += 1
        for note in notes_in(paper.page):
            for text in block_texts(note, without=("sup",)):
                assert "".join(words(text)) in read
    assert count > 60


def test_all_that_the_view_says_is_there(papers: list[Papers]) -> None:
    count = 0
    for paper in papers:
        page, cover = paper.page, paper.view.cover
        notes = (text for note in notes_in(page) for text in block_texts(note))
        read = "".join(words(" ".join((*block_texts(page, without=("sup", "head", "style")), *notes))))
        texts = [cover.title, cover.subtitle, cover.municipality, cover.notice, cover.footer]
        texts += [text for pair in cover.meta for text in pair]
        texts += [text for section in paper.view.sections.values() for part in section for text in said_by(part)]
        pieces = [piece for text in texts for piece in unmarked(text)]
        assert [p for p in pieces if "".join(words(p)) not in read] == []
        count += len(pieces)
    assert count > 50


def said_by(part: parts.Part) -> Iterator[str]:
    match part:
        case parts.Prose(text) | parts.Line(text):
            yield text
        case parts.Items(texts, _):
            yield from texts
        case parts.Facts(facts):
            for fact in facts:
                yield from (fact.label, fact.text)
        case parts.Table():
            yield from (part.caption, *part.head, *(cell for row in part.rows for cell in row))
        case parts.Picture(_, caption):
            yield caption
        case parts.Section():
            yield part.heading
            for inner in part.parts:
                yield from said_by(inner)


def unmarked(text: str) -> list[str]:
    """A text of the view without its Markdown, in pieces between which a sign of the document may stand."""
    text = re.sub(r"\]\((?:[^()]|\([^()]*\))*\)|\{[^}]*\}", "", text)
    return re.split(r"\[\^\w+\]:?|\n\n|\n(?=\W*\|)|\ue001|^\s*(?:\d+\.|[-*]) ", text, flags=re.MULTILINE)
