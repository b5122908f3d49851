"""What surely fits on paper, judged by its letters, and that Typst follows the marks."""

from typing import Any

import pytest
import sample as s

from vaaldplan.publish import pdf, pdf_letters
from vaaldplan.publish.tree import Block


def marked(*blocks: Block) -> list[Block]:
    made = list(blocks)
    pdf_letters.mark(made)
    return made


def terms(*pairs: tuple[str, str]) -> Block:
    return s.dl(*((term, [[s.text(words)]]) for term, words in pairs))


def test_a_description_that_fits_on_a_line_is_not_divided() -> None:
    def items(block: Block) -> list[Any]:
        return [(item["fits"], item["divided"]) for item in block["items"]]

    def some() -> Block:
        return terms(("x" * 20, "y" * 35), ("x" * 21, "y" * 36), ("x" * 35, "y" * 56))

    (alone, callout) = marked(some(), {"t": "callout", "blocks": [some()]})
    assert items(alone) == [(True, False), (False, True), (False, True)]
    assert items(callout["blocks"][0]) == [(True, False), (True, True), (False, True)]


def test_a_table_is_told_its_names_tall_rows_and_long_headings() -> None:
    def table(name: str, cell: str, head: str) -> Block:
        return s.table("t", 1, "Tabell", [head, "Två"], [s.row(name, cell)])

    found = marked(table("n" * 40, "c" * 700, "h" * 12), table("n" * 41, "c" * 701, "h" * 13))
    assert [(t["names"], t["tall"], t["divided"]) for t in found] == [
        (True, [False], [False, False]),
        (False, [True], [True, False]),
    ]


@pytest.mark.parametrize(("count", "few"), [(39, True), (40, False)])
def test_only_a_card_of_few_lines_surely_fits(count: int, few: bool) -> None:
    card: Block = {"t": "card", "h": s.h(3, "Åtgärd", "a"), "blocks": [terms(*[("Term", "ord")] * count)]}
    assert marked(card)[0]["few"] is few


def drawn_with(rules: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pages of a text, with the rules for marks on letters as the template has them or set by force."""
    drawn = pdf._drawn

    def forced(source: bytes, *args: Any, **options: Any) -> Any:
        assert source.count(b"#let marked = ") == 1
        return drawn(source.replace(b"#let marked = ", b"#let marked = " + rules), *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "_drawn", forced)
        return pdf.pictures(s.tree(blocks=[s.p(words)]), 60)


ALWAYS, NEVER = b"true or ", b"false\n#let unused = "
LETTERS = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x250), *range(0x2010, 0x2040)]))


def test_marks_on_letters_are_set_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Ett x\u030c och ett y\u0323\u030c."
    always, never, usual = (drawn_with(rules, words, monkeypatch) for rules in (ALWAYS, NEVER, b""))
    assert usual == always != never


def test_other_letters_look_the_same_without_the_rules_for_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (LETTERS, " ".join(LETTERS), "Åtgärder mot våld: fjärde, affär, off, fött och col·lega."):
        always, usual = (drawn_with(rules, words, monkeypatch) for rules in (ALWAYS, b""))
        assert usual == always
