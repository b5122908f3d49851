"""A tree is made fit for paper without losing or hiding text."""

import copy

import pytest
import sample as s
import strange

from vaaldplan.publish.printable import LONG_WORD, Characters, printable

SMALL = frozenset(range(0x20, 0x17F))


@pytest.mark.parametrize(("character", "shown"), strange.UNSAFE.items())
def test_unsafe_characters_are_shown_by_number_in_every_format(character: str, shown: str) -> None:
    assert character.translate(Characters()) == character.translate(Characters(SMALL)) == shown


@pytest.mark.parametrize(("character", "shown"), strange.GLYPHLESS.items())
def test_characters_without_a_glyph_are_shown_by_number_in_pdf_only(character: str, shown: str) -> None:
    assert character.translate(Characters()) == character
    assert character.translate(Characters(SMALL)) == shown


@pytest.mark.parametrize("character", strange.SPACES)
def test_breaks_and_tabs_are_spaces(character: str) -> None:
    assert character.translate(Characters()) == character.translate(Characters(SMALL)) == " "


@pytest.mark.parametrize("character", strange.INVISIBLE)
def test_invisible_characters_vanish_where_they_have_no_glyph(character: str) -> None:
    assert character.translate(Characters()) == character
    assert character.translate(Characters(SMALL)) == ""


def test_a_byte_order_mark_vanishes_and_a_wide_space_is_a_space() -> None:
    assert "\ufeffa\u3000b".translate(Characters(SMALL | {0xFEFF})) == "a b"


def test_ordinary_text_is_left_as_it_is() -> None:
    tree = s.tree()
    before = copy.deepcopy(tree)
    clean = printable(tree)
    assert tree == before
    assert clean["title"] == tree["title"]
    assert clean["words"] == tree["words"]
    assert clean["meta"] == [list(pair) for pair in tree["meta"]]


def test_only_very_long_words_get_places_to_break_and_only_in_pdf() -> None:
    ordinary, long = "y" * (LONG_WORD - 1), "z" * LONG_WORD
    tree = s.tree(subtitle=f"{ordinary} {long}")
    assert printable(tree)["subtitle"] == tree["subtitle"]
    broken = printable(tree, SMALL)["subtitle"]
    assert broken.startswith(ordinary + " z")
    assert broken.replace("\u200b", "") == tree["subtitle"]
    assert broken.count("\u200b") == 2


def test_pictures_and_addresses_are_not_broken() -> None:
    address = "https://www.exempel.se/" + "a" * 200
    tree = s.tree(blocks=[s.p(s.link(address, "b")), s.matrix() | {"svg": f"<svg d='{'M' * 200}'/>"}])
    clean = printable(tree, SMALL)
    assert clean["blocks"][0]["c"][0]["to"] == address
    assert clean["blocks"][1]["svg"] == tree["blocks"][1]["svg"]


def test_links_that_lead_nowhere_or_could_run_something_lose_their_target() -> None:
    clean = printable(s.tree(blocks=strange.LINKS))
    targets = [x["to"] for x in clean["blocks"][1]["c"]]
    assert targets == ["", "", "", "", "#lankar", "https://www.exempel.se/å?a=1&b=2"]


def test_no_level_of_heading_is_skipped() -> None:
    clean = printable(s.tree(blocks=strange.SKIPPED))
    assert [b["level"] for b in clean["blocks"]] == [1, 1, 2]


def test_a_second_reference_to_a_footnote_is_marked() -> None:
    clean = printable(s.tree(blocks=[s.p(s.note(1), s.note(0)), s.ul([s.p(s.note(1))])]))
    first, second = clean["blocks"][0]["c"], clean["blocks"][1]["items"][0][0]["c"]
    assert [x["again"] for x in [*first, *second]] == [False, False, True]
