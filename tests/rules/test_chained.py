"""The quick look for nouns in a row passes over none that a close look would find, and does not take for ever."""

import random

from vaaldplan.rules import plain

WORDS = [
    "utredning", "planering", "genomförande", "av", "för", "i", "inom", "hemmet", "kommunens", "frihet", "och", "skolan",
    "bedömningen", "Utbildning", "ARBETSFÖRDELNING", "likabehandling", "ł", "żądanie", "a-b",
]  # fmt: skip
BETWEEN = [*[" "] * 14, ". ", "! ", "? ", ", ", "\n", "; ", " – ", "."]


def test_no_chain_is_passed_over() -> None:
    chance = random.Random(5)
    met = 0
    for _ in range(30_000):
        text = "".join(chance.choice(WORDS) + chance.choice(BETWEEN) for _ in range(chance.randint(5, 40)))
        places = plain._chained(text)
        for start, sentence in plain._sentences(text):
            if plain._chain().search(sentence):
                met += 1
                assert any(begins < start + len(sentence) and start < ends for begins, ends in places), text
    assert met > 200


def test_most_sentences_are_not_looked_at_closely() -> None:
    assert plain._chained("Kommunen ger stöd till barn. Utbildning ges i skolan, och en utredning görs.") == []
    assert plain._chained("Genomförande av utredning av frihet.") == [(8, 35)]


def test_each_piece_of_a_text_without_end_is_read_once() -> None:
    """Were each noun's sentence read to its end, this would take hours."""
    assert plain._chained("ning " * 200_000) == []
    assert len(plain._chained("ning av " * 200_000)) == 1
    assert len(plain._chained("ning av ning av ning. " * 50_000)) == 50_000
