"""What takes our own pages apart quickly finds what Python's reader finds, and gives up on all other pages."""

from typing import Any

import pytest
from documents import example
from hypothesis import given, settings
from hypothesis import strategies as st

from vaaldplan import publish
from vaaldplan.paper import UnreadableError
from vaaldplan.publish import any_page, html_page, quick_page
from vaaldplan.publish.html_page import Builder, Element

PIECES = [
    "ord", " ", "\n", "å", "&", "&amp;", "&amp", "&#65;", "&#x41;", "&#65", "&lt", "&copy=1", "<", ">", "/", "'", '"', "=", "</", "<!",
    "<p>", "</p>", "<p class=\"a b\">", "<P>", "</P>", "<td>", "<tr>", "<table>", "</table>", "<li>", "<br>", "<br/>", "<svg viewBox=\"0 0\">",
    "<path d=\"a\"/>", "</svg>", "<a href=\"#b\" hidden>", "</a>", "<a\nid=\"c\" id=\"d\" >", "<img alt=\"a > b\">", "<img alt=\"&quot;&amp\">",
    "<i a='b'>", "<i a=b>", "<i a=\"b\"c>", "<style>", "a > b { & }", "</style>", "<script>", "</script>", "<title>", "</title>", "<textarea>",
    "<!-- x -->", "<!--", "<!DOCTYPE html>", "<?x?>", "</p >", "</>", "<>", "<1>", "<h1>", "</h1>", "<linearGradient id=\"g\" />",
]  # fmt: skip


def slow(page: str) -> Element:
    builder = Builder()
    any_page.feed(page, builder)
    return builder.root


def content(element: Element) -> list[Any]:
    found: list[Any] = []
    for child in element.children:
        if isinstance(child, Element):
            assert child.parent is element
            found.append((child.tag, child.attributes, content(child)))
        elif found and isinstance(found[-1], str):
            found[-1] += child
        else:
            found.append(child)
    assert element.elements == [child for child in element.children if isinstance(child, Element)]
    return found


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_is_read_quickly_is_what_python_reads(text: str) -> None:
    page = f"<!DOCTYPE html>\n<html>{text}</html>\n"
    builder = Builder()
    if quick_page.feed(page, builder):
        assert content(builder.root) == content(slow(page)), text


@pytest.mark.parametrize("name", ["alingsas", "brister", "start"])
def test_our_own_pages_are_read_quickly(name: str) -> None:
    plan, config = example(name)
    papers = list(publish.build(publish.jobs(plan, publish.DOCUMENTS, settings=config), ("html",)))
    assert len(papers) >= 7
    for paper in papers:
        page = paper.data.decode()
        builder = Builder()
        assert quick_page.feed(page, builder), paper.name
        assert content(builder.root) == content(slow(page)), paper.name


def test_a_page_may_not_have_more_elements_than_any_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MOST", 3)
    for start in ("<!DOCTYPE html>\n", ""):
        with pytest.raises(UnreadableError):
            html_page.read(f"{start}<p>1</p><p>2</p><p>3</p><p>4</p>\n")
