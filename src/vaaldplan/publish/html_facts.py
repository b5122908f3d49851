"""What an HTML paper is like."""

from collections.abc import Iterator

from vaaldplan.paper import SHOWN, Built, Colours, Heading, Identity, Image, Table

from .html_page import Element, read
from .html_style import UNKNOWN, Sheet

_HIDDEN = ("head", "script", "style", "svg", "template", "noscript")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_RUNNING = ("p", "li", "dd", "td")
"""Where a link stands among other words."""
_FIELDS = ("td", "th", "span", "i", "b", "em", "strong", "mark")
"""What may be a coloured field without words."""


def facts(name: str, data: bytes) -> Built:
    """Read an HTML file.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        UnreadableError: it has more elements than any paper.
    """
    page = read(data.decode("utf-8-sig"))
    elements = list(page.all())
    metas = {e.attributes["name"]: e.attributes.get("content", "") for e in elements if "name" in e.attributes}
    title = next((e.text for e in elements if e.tag == "title" and "svg" not in _tags_above(e)), "")
    language = next((e.attributes.get("lang", "") for e in elements if e.tag == "html"), "")
    sheet = Sheet(page)
    shown = list(_shown(page))
    texts = [(element, text) for element in shown if (text := element.own_text)]
    return Built(
        name,
        "html",
        _identity(metas),
        title=title,
        language=language,
        date=metas.get("dcterms.date", ""),
        properties=metas.get("keywords", ""),
        headings=tuple(_headings(shown)),
        contents=any(_is_contents(e) for e in shown if e.tag in ("nav", "ul", "ol")),
        words=sum(text.count(" ") + 1 for _, text in texts),
        tables=tuple(_table(e) for e in shown if e.tag == "table" and e.attributes.get("role") != "presentation"),
        images=tuple(_images(elements)),
        colours=tuple(_colours(texts, sheet)),
        colour_alone=tuple(_colour_alone(shown, sheet)),
    )


def _identity(metas: dict[str, str]) -> Identity | None:
    if "dcterms.source" not in metas:
        return None
    return Identity(metas.get("dcterms.identifier", ""), metas.get("version", ""), metas["dcterms.source"])


def _tags_above(element: Element) -> set[str]:
    return {above.tag for above in element.above()}


def _shown(page: Element) -> Iterator[Element]:
    """The elements with words of the document: neither hidden nor within a picture."""
    waiting = [page]
    while waiting:
        element = waiting.pop()
        if element.tag in _HIDDEN or "hidden" in element.attributes:
            continue
        yield element
        waiting += element.elements[::-1]


def _headings(shown: list[Element]) -> Iterator[Heading]:
    for element in shown:
        role = element.attributes.get("role")
        if role == "heading":
            level = element.attributes.get("aria-level", "2")
            yield Heading(int(level) if level.isdecimal() else 2, element.text)
        elif element.tag in _LEVELS and not role:
            yield Heading(_LEVELS[element.tag], element.text)


def _is_contents(element: Element) -> bool:
    """Whether it is a list of links to places in the page and little else."""
    links = [e for e in element.all() if e.tag == "a"]
    inward = sum(e.attributes.get("href", "").startswith("#") for e in links)
    items = sum(e.tag == "li" for e in element.all())
    return inward >= 3 and inward == len(links) and inward >= items


def _table(table: Element) -> Table:
    caption = next((e.text for e in table.elements if e.tag == "caption"), "")
    caption = caption or table.attributes.get("aria-label", "")
    rows = [e for e in table.all() if e.tag == "tr" and next(a for a in e.above() if a.tag == "table") is table]
    cells = [[c for c in row.elements if c.tag in ("td", "th")] for row in rows]
    empty = 0
    for number, row in enumerate(cells):
        for place, cell in enumerate(row):
            corner = number == place == 0
            empty += not (corner or cell.text or any(e.tag in ("img", "svg", "input") for e in cell.all()))
    first = next((c.text for row in cells for c in row if c.text), "")
    return Table(
        (caption or first)[: 2 * SHOWN],
        max((sum(_span(c) for c in row) for row in cells), default=0),
        any(c.tag == "th" for row in cells for c in row),
        bool(caption),
        empty,
    )


def _span(cell: Element) -> int:
    number = cell.attributes.get("colspan", "1")
    return min(int(number), 1000) if number.isdecimal() else 1


def _images(elements: list[Element]) -> Iterator[Image]:
    """The pictures, but for those that are marked as decoration."""
    for element in elements:
        attributes = element.attributes
        hidden = attributes.get("aria-hidden") == "true" or attributes.get("role") in ("presentation", "none")
        if hidden or element.tag not in ("img", "svg"):
            continue
        alt = attributes.get("aria-label", "")
        if element.tag == "img":
            if attributes.get("alt") == "":
                continue  # an empty text says that it is decoration
            yield Image(attributes.get("src", "")[:SHOWN], alt or attributes.get("alt", ""))
        elif "svg" not in _tags_above(element):
            titles = [e.text for e in element.elements if e.tag in ("title", "desc")]
            yield Image(_figure_name(element), alt or " ".join(t for t in titles if t))


def _figure_name(element: Element) -> str:
    figure = next((e for e in element.above() if e.tag == "figure"), None)
    captions = [e.text for e in figure.elements if e.tag == "figcaption"] if figure else []
    return "".join(captions)[: 2 * SHOWN]


def _colours(texts: list[tuple[Element, str]], sheet: Sheet) -> Iterator[Colours]:
    seen = set()
    for element, text in texts:
        if (pair := sheet.style(element)[:2]) not in seen and UNKNOWN not in pair:
            seen.add(pair)
            yield Colours(*pair, text[:SHOWN])


def _colour_alone(shown: list[Element], sheet: Sheet) -> Iterator[str]:
    lengths: dict[int, int] = {}
    for element in shown:
        if element.tag in _FIELDS and not element.children and sheet.style(element).field:
            if not (element.attributes.get("aria-label") or element.attributes.get("title")):
                yield (element.parent.text if element.parent else "")[:SHOWN]
        elif element.tag == "a" and element.attributes.get("href") and _among_words(element, lengths):
            style, around = sheet.style(element), sheet.style(element.parent or element)
            if not style.underlined and style.background == around.background:
                yield element.text[:SHOWN]


def _among_words(link: Element, lengths: dict[int, int]) -> bool:
    """Whether a link stands in running text, where only its look tells it from the words around it.

    ``lengths`` keeps how long the texts are that have been looked at: one may hold thousands of links.
    """
    parent = link.parent
    if parent is None or parent.tag not in _RUNNING or not link.text:
        return False
    if id(parent) not in lengths:
        lengths[id(parent)] = len(parent.own_text)
    return lengths[id(parent)] > len(link.text) and not _tags_above(link) & {"nav", "sup"}
