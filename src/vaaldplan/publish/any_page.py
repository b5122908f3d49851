"""Any page at all, taken apart with the standard library."""

from html.parser import HTMLParser

from .html_page import Builder


def feed(page: str, builder: Builder) -> None:
    """Tell what stands in a page, from its beginning to its end."""
    reader = _Reader(builder)
    reader.feed(page)
    reader.close()


class _Reader(HTMLParser):
    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.begin(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.builder.finish(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.text(data)
