"""A text in lines of a width is what the library makes of it."""

from textwrap import TextWrapper

from hypothesis import given
from hypothesis import strategies as st

from vaaldplan.screen import wrapped

PIECES = st.sampled_from(
    ["å", "ett", "vart-annat", "  ", " ", "\t", "\n", "\u00a0", "en", "kommunfullmäktige", "", "."]
)


@given(
    st.lists(PIECES, max_size=30), st.integers(8, 40), st.sampled_from(["", "  ", "    "]), st.sampled_from(["", "  "])
)
def test_lines_are_those_of_the_library(pieces: list[str], width: int, indent: str, more: str) -> None:
    library = TextWrapper(width, initial_indent=indent, subsequent_indent=more, break_on_hyphens=False)
    for between in ("", " "):
        text = between.join(pieces)
        assert wrapped(text, width, indent, more) == library.wrap(text)
