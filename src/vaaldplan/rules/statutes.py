"""Which statutes a text cites, and whether it cites a repealed one as if it still held.

Only sure forms count: ``(2001:453)`` after words, ``SFS 2001:453``, ``SoL 2001:453``, ``SOSFS 2014:4``. Case numbers
and bills have numbers of the same shape. A text that tells of the past is left alone: it says that the law was
replaced, or speaks of a year in which it was in force.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from vaaldplan.facts import Law
from vaaldplan.patterns import regex
from vaaldplan.plan.signs import Signs

_NUMBER = regex(r"(?<![\d:/.-])(?:19|20)\d\d:\d{1,4}(?![\d:/])(?!-\d)")
_COLON = regex(r":\d")
_SERIES = regex(r"([A-ZÅÄÖ]{2,}(?:-[A-ZÅÄÖ]{2,})?)\s*\(?\s*(?:nr\.?\s*)?$")
_LAW_WORD = r"\w*(?:lag(?:en|ar|arna|stiftning(?:en)?)?|förordning(?:en)?|balk(?:en)?|föreskrift(?:er|erna)?)s?"
_AFTER_LAW_WORD = regex(rf"\b{_LAW_WORD}\s*\(?\s*(?:nr\.?\s*)?$", re.IGNORECASE)
_OTHER_NUMBER = regex(
    r"(?:\b(?:prop|bet|skr|rskr|dir|dnr|diarienr|diarienummer|diarieförd|ärende|ärendenummer|beslut|mål|dok|motion|ref|"
    r"case|case number|sid|s|kl|klockan|NJA|RÅ|HFD)\b\.?:?|§)\s*(?:nr\.?\s*)?\(?\s*$",
    re.IGNORECASE,
)
_ADDRESS = regex(r"://\S*$")
_OPEN = regex(r"(\S+)\s*\(\s*$")
_CLOSE = regex(r"\s*(?:[,;][^()]{0,60})?\)")
_CHAPTER = regex(r"\)?,?\s*\d+\s*kap\b")

_SENTENCE = regex(
    r"(?<!\bkap)(?<!\bbl\.a)(?<!\bt\.ex)(?<!\bm\.m)(?<!\bs\.k)(?<!\bf\.d)(?<!\bjfr)[.!?][\"”)]*\s+(?=[A-ZÅÄÖ\"”*])"
    r"|\n\s*\n|\n\s*[-*>\d]"
)
_OLD = (
    r"(?:tidigare|dåvarande|då gällande|förra|förutvarande|gamla|äldre(?= \S*(?:lag|bestämm|föreskr|förordn|regl))|"
    r"upphävda|f\.d\.|\d{4} års|former|previous|old|repealed|then)"
)
_JOIN = r"(?!(?:enligt|med|av|som|för|utifrån|och|under|with|and)\b)"
_OLD_LAW = regex(
    rf"\b{_OLD}\s+(?:lydelse\w*\s+(?:av\s+)?)?(?:{_JOIN}\S+\s+){{0,6}}\(?$"
    rf"|\b{_OLD}\s+(?:{_JOIN}\S+\s+){{0,2}}?(?:{_LAW_WORD}|\w*råd(?:en)?|regl\w+|act|ordinance|regulations?)\b[^.;]*$",
    re.IGNORECASE,
)
_REPLACED = regex(
    r"\b(?:ersatt\w*|ersätter|ersätts|upphäv\w*|upphör\w* att gälla|upphörda|upphörde(?! med)|avlös(?:te\w*|ts|er|es)|"
    r"efterträd\w*|slutade? gälla|gällde|gällt|(?:var|varit) i kraft|ur kraft|numera|föregångare\w*|"
    r"byt\w* ut|om ändring i|innan (?:den |en )?nya?|(?:äldre|tidigare|inledda) ärenden|"
    r"(?:inte|ej|ingen|inget|inga)\b[^.;]{0,40}?\blängre|i stället för|instead of|"
    r"replac(?:e[sd]?|ing)|repeal\w*|supersede[sd]?|no longer|was in force)(?!\w)",
    re.IGNORECASE,
)
_BEFORE = regex(
    r"^\W*(?:tidigare|förr|förut|dittills|formerly|previously)\b"
    r"|\btidigare (?:reglerades|fanns|stod|hette|kallades|styrdes)\b",
    re.IGNORECASE,
)
_SINCE = regex(r"\b(?:sedan|från|från och med|fr\.o\.m\.|since|from)\s+(?:\w+\s+){0,2}(?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = regex(
    r"(?:^\W*|(?<=\d[-\u2013])|\b(?:under|år|åren|året|hösten|våren|sommaren|vintern|mellan|och|till|"
    r"till och med|t\.o\.m\.|före|innan|until|before|"
    r"i (?:början|slutet) av|during|in|between|and|to|"
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\s+"
    r"|\b\w{3,}(?:des|ts|ade|dde|tte)\s+)((?:19|20)\d\d)(?![\d:])"
    r"|\b((?:19|20)\d\d)-\d\d-\d\d\b",
    re.IGNORECASE,
)
_PAST = regex(
    r"\b(?:\w{2,}(?:ade|ades|ddes?|ttes?|ldes?|ndes?|rdes?)|fanns|angav|gavs?|fick|var|stod|skrev|skrevs|utgick|hette|låg)\b",
    re.IGNORECASE,
)
_ANY_YEAR = regex(r"\b((?:19|20)\d\d)\b(?!:)")
_WAY = 200
"""How far the words beside a number are looked at."""
_REACH, _LINE = 1000, 20_000
"""So many letters before and after a citation its sentence may reach, and back to the beginning of its line."""


def cited(text: str, laws: Mapping[str, Law], *, sure: bool = True) -> Iterator[tuple[int, int, Law]]:
    """The known laws that a text cites by number: where, and which.

    Args:
        text: any text.
        laws: the laws by number.
        sure: whether the number must stand in a form that only statutes have; not in a field for laws.
    """
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - _WAY) : found.start()]
        series = _SERIES.search(before)
        name = series[1] if series else ""
        number = found[0] if name == "SFS" else f"{name} {found[0]}".strip()
        law = laws.get(number)
        if law and name:
            yield found.start() - len(before) + series.start() if series else 0, found.end(), law
            continue
        law = laws.get(found[0])
        if law and (not sure or _sure(before, text[found.end() : found.end() + _WAY], law, name)):
            yield found.start(), found.end(), law


def _sure(before: str, after: str, law: Law, series: str) -> bool:
    """Whether what stands around a number shows that it is a statute's."""
    if _OTHER_NUMBER.search(before) or (series and series not in law.short) or _ADDRESS.search(before):
        return False
    if series or _AFTER_LAW_WORD.search(before):
        return True
    if any(re.search(rf"\b{re.escape(short)}\s*\(?\s*$", before) for short in law.short):
        return True
    return bool(_OPEN.search(before) and _CLOSE.match(after)) or bool(_CHAPTER.match(after))


def repealed(text: str, laws: Mapping[str, Law], *, once: bool = False) -> list[tuple[int, int, Law]]:
    """Where a text cites a repealed law as if it were in force: start, end and the law; ``once`` for each law."""
    over = {key: law for key, law in laws.items() if law.valid_until}
    found = list(cited(text, over))
    taken = {law.id for _, _, law in found}
    small = text.lower()
    for law in over.values():
        for name in (n for n in law.known_as if n.lower() in small) if law.id not in taken else ():
            flags = re.NOFLAG if name[:2].isupper() or name != name.lower() else re.IGNORECASE
            found += [(m.start(), m.end(), law) for m in re.finditer(rf"\b{re.escape(name)}s?\b", text, flags)]
    told: list[tuple[int, int, Law]] = []
    for start, end, law in sorted(found, key=lambda hit: hit[:2]):
        if not (once and any(law is other for *_, other in told)) and not history(text, start, end, law):
            told.append((start, end, law))
    return told


def suspects(text: str, laws: Mapping[str, Law]) -> Iterator[int]:
    """Where something stands that may cite a repealed law: quick to find in a long text, then to be looked at."""
    yield from (found.start() for found in _COLON.finditer(text))
    names = tuple([name for law in laws.values() if law.valid_until for name in law.known_as])
    yield from _signs(names).places(text)


@lru_cache(8)  # nearly always the program's own
def _signs(names: tuple[str, ...]) -> Signs:
    return Signs(names)


def history(text: str, start: int, end: int, law: Law) -> bool:
    """Whether the sentence around a citation tells of the past."""
    reach = max(0, start - _REACH)
    first = max((m.end() for m in _SENTENCE.finditer(text, reach, start)), default=reach)
    following = _SENTENCE.search(text, end, end + _REACH)
    sentence = text[first : following.start() if following else end + _REACH]
    before = text[first:start]
    line = max(text.rfind("\n", 0, start) + 1, start - _LINE)
    quoted = text[line:start].lstrip().startswith(">") or sum(text.count(mark, line, start) for mark in '”“"»') % 2 == 1
    if quoted or _OLD_LAW.search(before) or _REPLACED.search(sentence) or _BEFORE.search(sentence):
        return True
    if law.successor and law.successor in sentence:
        return True
    if _PAST.search(sentence):
        years = [int(m[1]) for m in _ANY_YEAR.finditer(sentence)]
    else:
        years = [int(m[1] or m[2]) for m in _YEAR.finditer(_SINCE.sub("", sentence))]
    return bool(years) and max(years) <= int(law.valid_until[:4])


def laws_in(texts: Iterable[str], laws: Mapping[str, Law]) -> Iterator[Law]:
    """The known laws that a field for laws names."""
    for text in texts:
        for _, _, law in cited(text, laws, sure=False):
            yield law
