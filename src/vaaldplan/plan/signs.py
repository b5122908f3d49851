"""A quick look at a text before a closer one: which words it holds, and the lines in which something may stand.

Most of what the rules on language look for stands nowhere in a plan. One byte per letter is searched several times
faster than text, and the different words of a plan are a small part of it. What has no byte becomes a question mark.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import AnyStr, NamedTuple

from vaaldplan.last import also

CUT = "\0"
"""Stands between two pieces of text when all are read at once; no pattern may cross it."""

_BREAK = ord("\n")
_SPACE = ord(" ")
_SMALL = bytes(_BREAK if chr(code) == CUT else ord(chr(code).lower()) for code in range(256))
_APART = bytes(_SPACE if chr(code) == CUT else code for code in range(256))
_WORDS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else _SPACE for code in range(256))
_FIGURES = bytes(ord("0") if chr(code).isdigit() or chr(code) == "?" else code for code in range(256))
_AT_A_TIME = 8_000
"""So many letters are cut into words at a time: what is at hand already is the quickest to use again."""
_HEAD = 4
"""So many letters of a word tell most words apart."""


class Glance(NamedTuple):
    """What a text holds."""

    letters: bytes
    """The text in small letters; each line, and each of several texts at once, ends with a line break."""
    pieces: str
    """What stands between spaces, every different piece once, as it is written."""
    small: bytes
    """The same in small letters."""
    words: frozenset[bytes]
    """Every different word, in small letters and without signs around it."""
    listed: bytes
    """The words with a space before and after each."""
    heads: frozenset[bytes]
    """The first letters of every word."""


_last: list[tuple[str, Glance]] = []
also(_last.clear)


def glance(text: str) -> Glance:
    """Take a look at a text; the last one is kept, for several rules read the same text, one after the other."""
    for seen, look in _last:
        if seen is text:
            return look
    look = _looked_at(text)
    _last[:] = [(text, look)]
    return look


def _looked_at(text: str) -> Glance:
    letters = text.encode("latin-1", "replace")
    found: set[bytes] = set()
    start = 0
    while start < len(letters):
        end = letters.find(b" ", start + _AT_A_TIME)
        end = len(letters) if end < 0 else end
        found.update(letters[start:end].translate(_APART).split())
        start = end
    pieces = b" %b " % b" ".join(found)
    words = frozenset(pieces.translate(_WORDS).split())
    return Glance(
        letters.translate(_SMALL),
        pieces.decode("latin-1"),
        pieces.translate(_SMALL),
        words,
        b" %b " % b" ".join(words),
        frozenset([word[:_HEAD] for word in words]),
    )


def small(text: str) -> str:
    """A long text in small letters, in a tenth of the time that ``lower`` takes."""
    return text.encode("latin-1", "replace").translate(_SMALL).decode("latin-1")


class Sign(NamedTuple):
    """Something to look for. Letters at its beginning stand at the beginning of a word."""

    letters: bytes
    whole: frozenset[bytes]
    """The words that it goes on after."""
    begun: bytes
    """A space and the word that it ends with; empty when it ends with a sign or has no word."""
    parts: tuple[bytes, ...]
    """What stands between its spaces, if there are signs in it."""


@lru_cache(4096)  # the words that rules look for are few, and always the same
def _sign(text: str) -> Sign:
    letters = text.lower().encode("latin-1", "replace")
    plain = letters.translate(_WORDS)
    *whole, last = plain.split(b" ")
    parts = () if plain == letters else tuple(letters.split())
    return Sign(letters, frozenset(filter(None, whole)), b" " + last if last else b"", parts)


class Signs:
    """Words and signs to look for, made ready once."""

    def __init__(self, signs: Iterable[str]) -> None:
        self._by_head: dict[bytes, list[Sign]] = {}
        self._others: list[Sign] = []
        for sign in map(_sign, dict.fromkeys(sign.rstrip("*") for sign in signs)):
            if len(sign.begun) > _HEAD:
                self._by_head.setdefault(sign.begun[1 : _HEAD + 1], []).append(sign)
            else:
                self._others.append(sign)

    def present(self, text: str) -> list[bytes]:
        """Those that may stand in a text."""
        _, _, small, words, listed, heads = glance(text)
        likely = [sign for head in heads.intersection(self._by_head) for sign in self._by_head[head]]
        found = []
        for letters, whole, begun, parts in (*likely, *self._others):
            if whole <= words and begun in listed:
                for part in parts:
                    if part not in small:
                        break
                else:
                    found.append(letters)
        return found

    def lines(self, text: str) -> set[tuple[int, int]]:
        """Where the lines that hold any of them begin and end."""
        return _lines(text, glance(text).letters, self.present(text))

    def places(self, text: str) -> Iterable[int]:
        """Where any of them stands, in order."""
        letters, present = glance(text).letters, self.present(text)
        if len(present) == 1:
            return places_of(letters, present[0])
        return sorted({place for sign in present for place in places_of(letters, sign)})


class Words:
    """Whole words and phrases to look for, made ready once; ``*`` stands for any ending."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._single: set[bytes] = set()
        self._several: list[frozenset[bytes]] = []
        begun = []
        for phrase in phrases:
            words = phrase.lower().encode("latin-1", "replace").translate(_WORDS).split()
            if "*" in phrase or not words:
                begun.append(phrase.partition("*")[0])
            elif len(words) == 1:
                self._single.add(words[0])
            else:
                self._several.append(frozenset(words))
        self._signs = Signs(begun)

    def present(self, text: str) -> bool:
        """Whether any of them may stand in a text."""
        words = glance(text).words
        return (
            not self._single.isdisjoint(words)
            or any(several <= words for several in self._several)
            or bool(self._signs.present(text))
        )


def line_of(text: str, place: int) -> tuple[int, int]:
    """Where the line that a place stands in begins and ends."""
    letters = glance(text).letters
    end = letters.find(b"\n", place)
    return letters.rfind(b"\n", 0, place) + 1, len(letters) if end < 0 else end


def lines_with(text: str, signs: Iterable[str], *, exact: bool = False) -> set[tuple[int, int]]:
    """The lines that hold any of the signs anywhere in a word, in small letters or capitals unless it is exact."""
    if exact:
        return _lines(text, text, signs)
    return _lines(text, glance(text).letters, [sign.lower().encode("latin-1", "replace") for sign in signs])


def figures_in_a_row(text: str, number: int) -> set[tuple[int, int]]:
    """The lines in which so many figures, or signs that may be figures, stand in a row."""
    row = b"0" * number
    look = glance(text)
    if row not in look.small.translate(_FIGURES):
        return set()
    return _lines(text, look.letters.translate(_FIGURES), [row])


def places_of(letters: bytes, sign: bytes) -> Iterator[int]:
    """Where a sign stands, in order."""
    place = letters.find(sign)
    while place >= 0:
        yield place
        place = letters.find(sign, place + 1)


def _lines(text: str, letters: AnyStr, signs: Iterable[AnyStr]) -> set[tuple[int, int]]:
    found = set()
    for sign in signs:
        place = letters.find(sign)
        while place >= 0:
            found.add(line := line_of(text, place))
            place = letters.find(sign, line[1])
    return found
