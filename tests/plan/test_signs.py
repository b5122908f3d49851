"""A quick look may find too much, never too little: what a close look finds is always among what it points at."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaaldplan.plan.load import load
from vaaldplan.plan.signs import CUT, Signs, Words, figures_in_a_row, glance, lines_with
from vaaldplan.rules import registry

SIGNS = ["utsatt", "sökte stöd", "(ange", "__", " här", "00-00", "t.b.d.", "20..", "våld*", "hbtqi-personer", "en"]
TEXTS = st.lists(
    st.sampled_from([*(sign.rstrip("*") for sign in SIGNS), *" \n.,-–é“”Å3x", CUT, "Utsatt", "VÅLDET", "sen", "  "]), max_size=12
).map("".join)  # fmt: skip


def _lines(text: str) -> dict[tuple[int, int], str]:
    found, start = {}, 0
    for line in re.split(f"[\n{CUT}]", text):
        found[start, start + len(line)] = line
        start += len(line) + 1
    return found


@given(TEXTS, st.sampled_from(SIGNS))
def test_every_line_with_a_sign_at_the_beginning_of_a_word_is_found(text: str, sign: str) -> None:
    looked_for = sign.rstrip("*")
    before = r"(?<![^\W_])" if looked_for[0].isalnum() else ""
    wanted = {at for at, line in _lines(text).items() if re.search(before + re.escape(looked_for), line, re.IGNORECASE)}
    found = Signs([sign]).lines(text)
    assert wanted <= found <= _lines(text).keys()
    assert wanted <= lines_with(text, [looked_for])


@given(TEXTS, st.sampled_from([sign for sign in SIGNS if sign[0].isalnum() and sign[-1].isalnum()]))
def test_a_phrase_that_stands_in_a_text_is_present(text: str, phrase: str) -> None:
    if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
        assert Words([phrase, "annat"]).present(text)


def test_figures_of_any_script_may_be_figures() -> None:
    text = f"Nummer 850101-1234\ninget här{CUT}٨٥٠١٠١"
    assert [text[start:end] for start, end in sorted(figures_in_a_row(text, 6))] == ["Nummer 850101-1234", "٨٥٠١٠١"]


def test_the_places_of_letters_are_those_of_the_text() -> None:
    text = f"Å – ”é” İX{CUT}Ω\nslut"
    look = glance(text)
    assert len(look.letters) == len(text)
    assert look.letters.find(b"slut") == text.find("slut")
    assert look.letters[text.find(CUT)] == ord("\n")


LONG = {
    "one line": "Kvinnan Anna utsattes på Storgatan 12 enligt SoL (2001:453) – ”se huruvida” ANDTS [x](y) XX kr ",
    "many lines": "En kvinna misshandlades 2024, se https://a.se (jfr AB).\nTexten kompletteras senare\n",
    "brackets": "[a](http://b ",
    "few": "en kvinna utsattes ",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_text_of_twice_the_length_takes_no_more_than_twice_the_time(kind: str) -> None:
    def taken(letters: int) -> float:
        text = LONG[kind] * (letters // len(LONG[kind]))
        context = registry.Context(load({"titel": "P", "vision": text}).plan)
        begun = time.process_time()
        found = list(registry.run(context))
        assert found
        return time.process_time() - begun

    taken(1000)
    assert taken(120_000) < 8 * taken(30_000) + 0.1  # four times the text: sixteen times if all of it were read again
