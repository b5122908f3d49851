"""A document in another language than its plan: what the author has worded is marked, in every format, and nothing else."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pdf_text
import pytest
from documents import example, read
from test_pdf import faults

from vaaldplan.facts.help import help_numbers
from vaaldplan.publish import DOCUMENTS, FORMATS, build, html_page, jobs
from vaaldplan.publish.parse import plain_text
from vaaldplan.publish.printable import each
from vaaldplan.publish.tree import Tree
from vaaldplan.swedish import MONTHS
from vaaldplan.texts.catalogue import catalogue

ALONE = ("April", "November", "December")
"""Cells of the largest example's yearly cycle: months in Swedish, which happen to be called the same."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAN = """\
titel: Handlingsplan mot våld
kommun: Lövhamra kommun
språk: sv
status: utkast
avgränsning: |
  Planen gäller **alla**[^1] i [kommunen](https://exempel.se/) och *en* till.

  Helt **svenskt** stycke,
  på två rader.

  | Rubrik | Tal |
  |---|---|
  | Chefer | 8 |

  : Utbildning per grupp

  [^1]: Också nämnderna.
åtgärder:
  - {id: A1, titel: Utbilda alla chefer, ansvarig: [Socialnämnden, Program], tid: senast våren 2028}
  - {id: A2, titel: Program, nivå: individ}
"""


def marks(value: Any) -> list[str]:
    """What is marked, in reading order."""
    found: list[str] = []
    each(value, lambda part: found.append(plain_text([part])) if part["t"] == "lang" else None)
    return found


def rest(value: Any) -> Iterator[str]:
    """What is not; neither pictures nor captions."""
    if isinstance(value, dict) and value.get("t") != "lang":
        yield value.get("v", "")
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from rest(inner)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold()))


# ------------------------------------------------------------ which texts


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_document_in_the_plans_language_has_no_marks(lang: str) -> None:
    tree = jobs(read(PLAN.replace("språk: sv", f"språk: {lang}")))[0].tree
    assert tree["lang"] == lang
    assert "said" not in tree
    assert marks(tree) == []


def test_the_authors_texts_are_marked() -> None:
    tree = jobs(read(PLAN), lang="en")[0].tree
    prose = [block for block in tree["blocks"] if block["t"] == "p"][:2]
    assert marks(prose) == [
        "Planen gäller",
        "alla",
        "i",
        "kommunen",
        "och",
        "en",
        "till.",
        "Helt svenskt stycke, på två rader.",
    ]
    assert "".join(rest(prose)).split() == []
    assert marks(tree["notes"]) == ["Också nämnderna."]
    table = next(block for block in tree["blocks"] if block.get("id") == "t-alla")
    first, second = table["rows"]
    assert marks(first) == ["A1 Utbilda alla chefer", "Socialnämnden", "Program", "senast våren 2028"]
    assert [t for t in rest(first) if t] == [" and ", "Not stated", "With the plan"]
    assert marks(second) == ["A2 Program"]
    assert tree["said"] == {
        text: [{"t": "lang", "lang": "sv", "c": [{"t": "text", "v": text}]}]
        for text in ("Handlingsplan mot våld", "Lövhamra kommun", "Utbildning per grupp")
    }


def test_a_word_that_the_document_has_too_is_the_authors_where_it_stands_alone() -> None:
    plan = read(
        "titel: Plan\nspråk: sv\nåtgärder:\n  - {id: A1, titel: Plan, ansvarig: Plan, kostnad: {inom_ram: Plan}}\n"
    )
    tree = jobs(plan, lang="en")[0].tree
    row = next(block for block in tree["blocks"] if block.get("id") == "t-alla")["rows"][0]
    assert marks(row) == ["Plan"]
    assert [t for t in rest(row) if t][:1] == ["A1 Plan"]


@cache
def english(name: str) -> list[Tree]:
    plan, settings = example(name)
    return [job.tree for job in jobs(plan, DOCUMENTS, lang="en", settings=settings)]


@pytest.mark.parametrize(("name", "count", "least"), [("alingsas", 11, 3000), ("brister", 8, 60)])
def test_every_word_of_the_examples_is_marked_or_the_programs_own(name: str, count: int, least: int) -> None:
    said = [label for part in ("document", "value", "count", "papers") for label in strings(catalogue("en").tree(part))]
    said += [text for number in help_numbers() for text in (number.name["en"], number.text["en"])]
    own = words(" ".join([*said, *MONTHS["en"], "SEK"]))
    assert len(english(name)) == count
    found = 0
    for tree in english(name):
        parts = [tree["blocks"], tree["notes"]]
        assert words(" ".join(rest(parts))) - own == set()
        texts = marks(parts)
        assert [t for t in texts if words(t) and words(t) <= own and t not in ALONE] == []
        found += len(texts)
    assert found > least


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else ():
        yield from strings(inner)


# ------------------------------------------------------------ how each format says it


@cache
def built() -> dict[str, bytes]:
    plan = read(PLAN.replace("Helt", "Våldsförebyggande handlingsplansarbete är " * 20 + "helt"))
    return dict(zip(FORMATS, (paper.data for paper in build(jobs(plan, lang="en"))), strict=True))


SWEDISH = ("Handlingsplan mot våld", "Lövhamra kommun", "Utbildning per grupp", "Socialnämnden", "Också nämnderna.")
ENGLISH = ("Responsible", "Contents", "Not stated", "The plan's measures")


def test_html_says_it_with_lang() -> None:
    elements = list(html_page.read(built()["html"].decode()).all())
    assert [e.attributes["lang"] for e in elements if e.tag == "html"] == ["en"]
    spans = [e for e in elements if "lang" in e.attributes and e.tag != "html"]
    assert {(e.tag, e.attributes["lang"]) for e in spans} == {("span", "sv")}
    swedish = "\n".join(e.text for e in spans)
    assert [t for t in SWEDISH if t not in swedish] == []
    assert [t for t in ENGLISH if t in swedish] == []


def test_word_says_it_of_each_run() -> None:
    with zipfile.ZipFile(io.BytesIO(built()["docx"])) as archive:
        roots = [ElementTree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    runs: dict[str, list[str]] = {"": [], "sv-SE": []}
    for run in (run for root in roots for run in root.iter(f"{W}r")):
        language = run.find(f"{W}rPr/{W}lang")
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        runs["" if language is None else language.get(f"{W}val", "")].append(text)
    assert [t for t in SWEDISH if t not in runs["sv-SE"]] == []
    assert [t for t in ENGLISH if t not in runs[""] and t != "The plan's measures"] == []
    assert not {*SWEDISH} & {*runs[""]}


def test_a_pdf_says_it_of_each_piece_and_divides_words_so() -> None:
    data = built()["pdf"]
    assert faults(data, "ua1") == []
    spoken: dict[str, str] = {}
    for text, language in pdf_text.spoken(data):
        spoken[language] = spoken.get(language, "") + text
    assert set(spoken) == {"en-GB", "sv-SE"}
    squeezed = {language: pdf_text.squeezed(text) for language, text in spoken.items()}
    assert [t for t in SWEDISH if pdf_text.squeezed(t) not in squeezed["sv-SE"]] == []
    assert [t for t in ENGLISH if pdf_text.squeezed(t) not in squeezed["en-GB"]] == []
    assert [t for t in ENGLISH if pdf_text.squeezed(t) in squeezed["sv-SE"]] == []
    assert "handlings\xadplansarbete" in spoken["sv-SE"]


def test_markdown_has_no_languages() -> None:
    swedish = next(paper for paper in build(jobs(read(PLAN), lang="en"), ("md",)))
    assert b"lang" not in swedish.data
    assert "Planen gäller **alla**[^1] i [kommunen](<https://exempel.se/>) och *en* till." in swedish.data.decode()
