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

from conftest import ROOT
from vaaldplan import publish
from vaaldplan.check import check
from vaaldplan.plan.load import load
from vaaldplan.publish import html_page, parts
from vaaldplan.publish.view import view
from vaaldplan.publish.words import Words
from vaaldplan.source import read_text

PLANS = ("alingsas", "brister", "start", "prosa")
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


def in_html(data: bytes) -> Said:
    page = page_of(data)
    (header,), (main,) = within(page, "header"), within(page, "main")
    return Said(
        Counter(words(" ".join(block_texts(header)))),
        words(" ".join(block_texts(main, without=("sup",)))),
        words(" ".join(text for note in notes_in(page) for text in block_texts(note, without=("sup",)))),
    )


# ------------------------------------------------------------ DOCX


def in_docx(data: bytes) -> Said:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
        notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
    cover: list[str] = []
    text: list[str] = []
    into = cover
    for child in body:
        if child.tag == f"{W}sdt":
            continue  # the contents
        if child.find(f".//{W}pageBreakBefore") is not None:
            into = text
        into += words("".join(_word_texts(child)))
    return Said(Counter(cover), text, words("".join(_word_texts(notes))))


def _word_texts(element: Any) -> Iterator[str]:
    marks = element.iterfind(f".//{W}rStyle[@{W}val='FootnoteReference']/../..")
    numbers = {id(text) for run in marks for text in run.iter(f"{W}t")}
    for one in element.iter():
        if one.tag == f"{W}t" and id(one) not in numbers:
            yield one.text or ""
        elif one.tag in (f"{W}p", f"{W}br", f"{W}tc"):
            yield " "


# ------------------------------------------------------------ Markdown


def in_markdown(data: bytes, alternatives: list[str]) -> Said:
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
    cover, text = text.split("\n\n## ", 1)
    notes = re.sub(r"^\[\^\d+\]: |\]\(<[^>]*>\)", "", re.sub(r"\\(.)", r"\1", notes), flags=re.MULTILINE)
    return Said(Counter(words(cover)), words(text), words(notes))


# ------------------------------------------------------------ the tests


class Papers(NamedTuple):
    plan: Any
    html: bytes
    pdf: bytes
    docx: bytes
    md: bytes


@pytest.fixture(scope="module", params=PLANS)
def papers(request: pytest.FixtureRequest) -> Papers:
    if request.param == "prosa":
        data = read_text(PROSE).data
        assert data is not None
        plan = load(data).plan
    else:
        found = check(ROOT / "examples" / request.param).plan
        assert found is not None
        plan = found
    return Papers(plan, *(paper.data for paper in publish.build(publish.jobs(plan))))


def test_html_and_word_say_the_same(papers: Papers) -> None:
    html, docx = in_html(papers.html), in_docx(papers.docx)
    assert len(html.text) > 150
    assert docx == html
    assert bool(html.notes) == ("[^a]" in (papers.plan.vision or ""))


def test_html_and_markdown_say_the_same(papers: Papers) -> None:
    alternatives = [figure.alt for figure in view(papers.plan, Words(papers.plan, "sv")).figures.values()]
    assert in_markdown(papers.md, alternatives) == in_html(papers.html)


def test_html_and_pdf_say_the_same(papers: Papers) -> None:
    """A PDF knows no spaces, and its notes stand at the foot of the page."""
    read = "".join(words("".join(pdf_text.read(papers.pdf))))
    page = page_of(papers.html)
    (header,), (main,) = within(page, "header"), within(page, "main")
    for text in block_texts(header):
        assert "".join(words(text)) in read
    position = count = 0
    for text in block_texts(main):
        sought = "".join(words(text))
        found = read.find(sought, position)
        assert found >= 0, text
        position = found + len(sought)
        count += 1
    assert count > 60
    for note in notes_in(page):
        for text in block_texts(note, without=("sup",)):
            assert "".join(words(text)) in read


def test_all_that_the_view_says_is_there(papers: Papers) -> None:
    found = view(papers.plan, Words(papers.plan, "sv"))
    page = page_of(papers.html)
    shown = (*block_texts(page, without=("sup", "head", "style")), *(t for n in notes_in(page) for t in block_texts(n)))
    read = "".join(words(" ".join(shown)))
    cover = found.cover
    texts = [cover.title, cover.subtitle, cover.municipality, cover.notice, cover.footer]
    texts += [text for pair in cover.meta for text in pair]
    texts += [text for section in found.sections.values() for part in section for text in said_by(part)]
    assert len(texts) > 50
    pieces = [piece for text in texts for piece in unmarked(text)]
    assert [p for p in pieces if "".join(words(p)) not in read] == []


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
