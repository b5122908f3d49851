"""How Swedish writes numbers, money, dates and alphabetical order; both ways, with English as the second language.

Reading never guesses: what cannot be read for certain gives ``None`` and is kept as written by the caller.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from vaaldplan.patterns import regex

NBSP = "\N{NO-BREAK SPACE}"
UNTIL = f"{NBSP}– "
"""Between two times; no line begins with the dash."""
MINUS = "\N{MINUS SIGN}"

MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}


class ImpossibleDateError(ValueError):
    """A date that does not exist, such as 30 February."""


# ------------------------------------------------------------------ numbers


def number(value: float, lang: str = "sv", decimals: int | None = None) -> str:
    """Write a number: ``12 345,6`` in Swedish (no-break space), ``12,345.6`` in English.

    Args:
        value: the number.
        lang: ``sv`` or ``en``.
        decimals: how many decimals; as many as needed, two at most, when not given.
    """
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    if lang == "sv":
        text = text.replace(",", NBSP).replace(".", ",")
    return text.replace("-", MINUS)


def kronor(value: float, lang: str = "sv") -> str:
    """Write an amount in whole kronor: ``250 000 kr``, in English ``SEK 250,000``."""
    text = number(round(value), lang)
    return f"{text}{NBSP}kr" if lang == "sv" else f"SEK{NBSP}{text}"


_THOUSANDS = regex(r"\d{1,3}(?: \d{3})+(?=\D|$)")
_NUMBER = regex(r"[-+\u2212]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_COMMA_THOUSANDS = regex(r",\d{3}$")
_DOT_THOUSANDS = regex(r"\d{1,3}(?:\.\d{3})+")


def _joined(text: str) -> str:
    """``text`` with all kinds of space as one and the spaces between thousands removed."""
    text = " ".join(text.split())
    return _THOUSANDS.sub(lambda m: m[0].replace(" ", ""), text) if " " in text else text


def read_number(text: str) -> float | None:
    """Read ``12 500``, ``12,5`` or ``0.5``; ``None`` when it is no number.

    ``12.500`` may mean two things and is not read.
    """
    plain = _joined(text)
    if not plain.isdecimal() and (not _NUMBER.fullmatch(plain) or _DOT_THOUSANDS.fullmatch(plain)):
        return None
    value = float(plain.replace(",", ".").replace("\u2212", "-"))
    return value if abs(value) < 1e15 else None


_UNITS = {
    "": 1, "kr": 1, "kronor": 1, "sek": 1, ":-": 1, "tkr": 1_000, "ksek": 1_000, "tusen": 1_000, "tusen kr": 1_000,
    "tusen kronor": 1_000, "mkr": 1_000_000, "mnkr": 1_000_000, "msek": 1_000_000, "miljoner": 1_000_000,
    "miljon": 1_000_000, "miljoner kr": 1_000_000, "miljoner kronor": 1_000_000, "miljon kronor": 1_000_000,
}  # fmt: skip
_AMOUNT = regex(r"([-+\u2212]?[\d.,]+) ?([^\d]*)")


@lru_cache(4096)  # a plan says the same many times
def read_amount(text: str) -> int | None:
    """Read an amount in kronor: ``250 tkr``, ``1,5 mkr``, ``12 500 kr``, ``SEK 12500``; ``None`` when it is none.

    ``12,500`` kronor may mean two things and is not read.
    """
    plain = _joined(text).casefold().removeprefix("sek ").rstrip(".")
    if plain.isdecimal():
        value = read_number(plain)
        return None if value is None else round(value)
    match = _AMOUNT.fullmatch(plain)
    unit = _UNITS.get(match[2].strip()) if match else None
    value = read_number(match[1]) if match else None
    if match is None or unit is None or value is None or (unit == 1 and _COMMA_THOUSANDS.search(match[1])):
        return None
    return round(value * unit)


class Figure(NamedTuple):
    """A figure as people write it (``8–13``, ``ca 6 000``, ``minst 80 %``) and what can be computed of it."""

    text: str
    low: float | None
    high: float | None


_RANGE = regex(rf"(?<!\d)({_NUMBER.pattern}) ?%? ?(?:[-\u2013]|till|to) ?({_NUMBER.pattern})")


@lru_cache(4096)  # a plan says the same many times
def read_figure(text: str) -> Figure:
    """Read the number or the two ends of a range in ``text``; without one both ends are ``None``. Never fails."""
    plain = _joined(text)
    if plain.isdecimal():
        value = read_number(plain)
        return Figure(text, value, value)
    if match := _RANGE.search(plain):
        low, high = read_number(match[1]), read_number(match[2])
        if low is not None and high is not None and low <= high:
            return Figure(text, low, high)
    found = _NUMBER.findall(plain)
    value = read_number(found[0]) if len(found) == 1 else None
    return Figure(text, value, value)


# ------------------------------------------------------------------ words


def join(words: Iterable[str], lang: str = "sv") -> str:
    """Join with commas and *och* (*and*): ``a, b och c``."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} {'och' if lang == 'sv' else 'and'} {last}" if head else last


_ORDER = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "é": "e", "è": "e", "ü": "u", "æ": "{b", "ø": "{c"})
_DIGITS = regex(r"(\d+)")


def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts å, ä, ö last, ignores case, and puts ``A2`` before ``A10``."""
    parts = _DIGITS.split(text.casefold().translate(_ORDER))
    figures = ((p, p.lstrip("0")) for p in parts if p)  # as text: ``int`` refuses thousands of figures
    return tuple((0, len(plain), plain) if p.isdecimal() else (1, 0, p) for p, plain in figures)


_PLAIN = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU")


def plain(text: str) -> str:
    """``text`` without diacritics: ``åtgärder`` → ``atgarder``."""
    return text.translate(_PLAIN)


# ------------------------------------------------------------------ dates and times


def write_date(value: date, lang: str = "sv") -> str:
    """Write a day: ``1 mars 2026``, in English ``1 March 2026``."""
    return f"{value.day}{NBSP}{MONTHS[lang][value.month - 1]} {value.year}"


class Time(NamedTuple):
    """A time as written, and what can be computed of it. ``first`` and ``last`` are its first and last possible day."""

    text: str
    first: date | None = None
    last: date | None = None
    precision: str = ""
    """``day``, ``week``, ``month``, ``quarter``, ``season``, ``half``, ``year``, ``range`` or empty."""
    ongoing: bool = False
    """Goes on ("löpande"), or has a start and no end."""
    rhythm: str = ""
    """``week``, ``month``, ``quarter``, ``term``, ``year`` or empty: how often it comes back."""
    conditional: bool = False
    """Happens on a condition ("vid behov")."""


_MONTH_NUMBER = {
    name: i % 12 + 1
    for lang in MONTHS
    for i, long in enumerate(MONTHS[lang])
    for name in (long.casefold(), long.casefold()[:3], long.casefold()[:3] + ".")
} | {"sept": 9, "sept.": 9}
_SEASONS = {
    # The seasons of municipal planning: spring and autumn are the two halves of the year, as the school terms are.
    "vår": (1, 6), "våren": (1, 6), "vårterminen": (1, 6), "vårtermin": (1, 6), "vt": (1, 6), "spring": (1, 6),
    "sommar": (6, 8), "sommaren": (6, 8), "summer": (6, 8),
    "höst": (7, 12), "hösten": (7, 12), "höstterminen": (7, 12), "hösttermin": (7, 12), "ht": (7, 12),
    "autumn": (7, 12),
}  # fmt: skip
_ORDINALS = {
    "första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "1:a": 1, "2:a": 2, "3:e": 3, "4:e": 4,
}  # fmt: skip
_ONGOING = regex(
    r"\b(löpande|fortlöpande|kontinuerligt|kontinuerlig|tills vidare|hela (?:plan)?perioden"
    r"|under (?:hela )?planperioden|pågår|pågående|ongoing|continuously|until further notice"
    r"|throughout the (?:plan )?period)\b"
)
_RHYTHMS = (
    ("week", regex(r"\b(?:veckovis|varje vecka|en gång i veckan|weekly)\b")),
    ("month", regex(r"\b(?:månadsvis|månatligen|varje månad|en gång i månaden|monthly)\b")),
    ("quarter", regex(r"\b(?:kvartalsvis|varje kvartal|en gång per kvartal|quarterly)\b")),
    (
        "term",
        regex(
            r"\b(?:terminsvis|varje termin|halvårsvis|varje halvår"
            r"|två gånger om året|every term|twice a year)\b"
        ),
    ),
    (
        "year",
        regex(
            r"\b(?:årligen|årsvis|varje år|en gång (?:per|om) år(?:et)?"
            r"|yearly|annually|every year|once a year)\b"
        ),
    ),
)
_CONDITION = regex(r"\b(vid behov|vid nyanställning\w*|vid förfrågan|vid misstanke|when needed|as needed|on request)\b")
_OPEN_START = regex(r"^(?:från och med|från|fr\.? ?o\.? ?m\.?|med start|start|from|starting)\s+")
_DEADLINE = regex(r"^(?:senast|till och med|t\.? ?o\.? ?m\.?|före|innan|klart?|by|until|no later than)\s+")
_LOOSE = regex(
    r"^(?:den|under|i|på|omkring|början av|mitten av|slutet av|tidigt|sent|in|during|the beginning of|the end of)\s+"
)
_BETWEEN = regex(r"\s*(?:\u2013|\u2014|\s-\s|\still och med\s|\still\s|\st\.?o\.?m\.?\s|\sto\s|/)\s*")


def _month_span(year: int, first: int, last: int, precision: str) -> tuple[date, date, str]:
    following = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), following - timedelta(days=1), precision


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> tuple[date, date, str]:
    try:
        value = date(year, month, day)
    except ValueError as error:
        raise ImpossibleDateError from error
    return value, value, "day"


def _week(year: int, week: int) -> tuple[date, date, str]:
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise ImpossibleDateError from error
    return first, first + timedelta(days=6), "week"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], object], ...]:
    """The forms of a date, each with what it means; compiled at first use."""
    year, short = r"((?:19|20)\d\d)", r"((?:19|20)?\d\d)"
    month = "(" + "|".join(re.escape(m) for m in sorted(_MONTH_NUMBER, key=len, reverse=True)) + ")"
    season = "(" + "|".join(sorted(_SEASONS, key=len, reverse=True)) + ")"
    ordinal = "(" + "|".join(_ORDINALS) + r"|[1-4])"
    months = _MONTH_NUMBER

    def quarter(y: str, q: str) -> tuple[date, date, str]:
        n = _ORDINALS.get(q) or int(q)
        return _month_span(_year(y), 3 * n - 2, 3 * n, "quarter")

    def half(y: str, h: str) -> tuple[date, date, str]:
        n = _ORDINALS.get(h) or int(h)
        if n > 2:
            raise ImpossibleDateError
        return _month_span(_year(y), 6 * n - 5, 6 * n, "half")

    def whole_month(y: str, m: int) -> tuple[date, date, str]:
        if not 1 <= m <= 12:
            raise ImpossibleDateError
        return _month_span(int(y), m, m, "month")

    forms: list[tuple[str, object]] = [
        (rf"{year}-(\d\d?)-(\d\d?)", lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
        (rf"{year}-(\d\d)", lambda m: whole_month(m[1], int(m[2]))),
        (year, lambda m: _month_span(int(m[1]), 1, 12, "year")),
        (rf"(\d\d?)(?:\.|:e)? {month} {year}", lambda m: _day(int(m[3]), months[m[2]], int(m[1]))),
        (rf"{month} (\d\d?),? {year}", lambda m: _day(int(m[3]), months[m[1]], int(m[2]))),
        (rf"(\d\d?)/(\d\d?) {year}", lambda m: _day(int(m[3]), int(m[2]), int(m[1]))),
        (rf"{month} {year}", lambda m: whole_month(m[2], months[m[1]])),
        (rf"{season} ?-?{short}", lambda m: _month_span(_year(m[2]), *_SEASONS[m[1]], "season")),
        (rf"(?:kvartal|kv\.?|q|quarter) ?([1-4])[ ,]+{year}", lambda m: quarter(m[2], m[1])),
        (rf"{year}[ ,-]*(?:kvartal|kv\.?|q|quarter) ?([1-4])", lambda m: quarter(m[1], m[2])),
        (rf"{ordinal} (?:kvartalet|quarter)(?: of)? {year}", lambda m: quarter(m[2], m[1])),
        (rf"{ordinal} (?:halvåret|half(?: of)?) {year}", lambda m: half(m[2], m[1])),
        (rf"(?:h|halvår) ?([12]) {year}", lambda m: half(m[2], m[1])),
        (rf"(?:v\.?|vecka|week) ?(\d\d?)[ ,]+{year}", lambda m: _week(int(m[2]), int(m[1]))),
        (rf"{year} (?:v\.?|vecka|week) ?(\d\d?)", lambda m: _week(int(m[1]), int(m[2]))),
    ]
    return tuple((regex(pattern), meaning) for pattern, meaning in forms)


def _one(text: str) -> tuple[date, date, str] | None:
    text = _LOOSE.sub("", text.strip(" ,.;"))
    for pattern, meaning in _forms():
        if match := pattern.fullmatch(text):
            return meaning(match)  # type: ignore[no-any-return, operator]
    return None


_AROUND = regex(r"^[\s,;()]+|[\s,;()]+$|\boch\b(?! med\b)|\band\b")
_TRAILING_YEAR = regex(r"(?:^|\s)((?:19|20)\d\d)$")
_LONGEST = 200
"""Characters in a time that is computed; the longest way to write an interval has half as many."""
_ISO_RANGE = regex(r"((?:19|20)\d\d(?:-\d\d){0,2})-((?:19|20)\d\d(?:-\d\d){0,2})")


def _interval(text: str) -> tuple[date | None, date | None, str, bool] | None:
    """First day, last day, precision and whether it is open at the end; ``None`` when it cannot be read."""
    if found := _one(text):
        return *found, False
    if opened := _OPEN_START.match(text):
        inner = _interval(text[opened.end() :])
        if inner and not inner[3]:
            return (inner[0], inner[1], inner[2], False) if inner[2] == "range" else (inner[0], None, inner[2], True)
    if deadline := _DEADLINE.match(text):
        inner = _interval(text[deadline.end() :])
        if inner and not inner[3]:
            return None, inner[1], inner[2], False
    if match := _ISO_RANGE.fullmatch(text.strip(" ,.;")):
        ends = [match[1], match[2]]
    else:
        ends = _BETWEEN.split(text.strip(" ,.;"))
    if len(ends) != 2 or not all(ends):
        return None
    if not _TRAILING_YEAR.search(ends[0]) and (year := _TRAILING_YEAR.search(ends[1])):
        ends[0] = f"{ends[0]} {year[1]}"  # "mars–juni 2026" lends its year to the first month
    first, last = _one(ends[0]), _one(ends[1])
    if not first or not last or first[0] > last[1]:
        return None
    return first[0], last[1], "range", False


@lru_cache(4096)  # a plan says the same many times
def read_time(text: str) -> Time:
    """Read a time as people write it; what cannot be computed is left empty, the text is always kept.

    Raises:
        ImpossibleDateError: the text is a date in form, but no such day exists.
    """
    low = " ".join(text.split()).casefold()
    rhythm, ongoing, conditional = "", False, False
    if any(map(str.isalpha, low)):
        for name, pattern in _RHYTHMS:
            if pattern.search(low):
                rhythm, low = name, pattern.sub(" ", low)
                break
        ongoing = bool(_ONGOING.search(low))
        conditional = bool(_CONDITION.search(low))
        low = _CONDITION.sub(" ", _ONGOING.sub(" ", low))
        low = " ".join(_AROUND.sub(" ", low).split())
    else:
        low = low.strip(" ,;()")
    found = _interval(low) if 0 < len(low) <= _LONGEST else None
    if found is None:
        return Time(text, None, None, "", ongoing, rhythm, conditional)
    first, last, precision, opened = found
    return Time(text, first, last, precision, ongoing or opened, rhythm, conditional)


def time_words() -> list[str]:
    """Every word that may stand beside the figures of a time that ``read_time`` can compute, as regular expressions."""
    forms = [pattern.pattern for pattern, _ in _forms()]
    around = [p.pattern for p in (_ONGOING, _CONDITION, _OPEN_START, _DEADLINE, _LOOSE, _BETWEEN)]
    written = " ".join([*forms, *around, *(pattern.pattern for _, pattern in _RHYTHMS), "och and"])
    whole = re.sub(r"\(\?:([a-zåäö]+)\)\?|([a-zåäö])\?", r"\1\2", written)  # "år(?:et)?" as "året", "klart?" as "klart"
    short = re.sub(r"\(\?:([a-zåäö]+)\)\?|([a-zåäö])\?", "", written)
    text = re.sub(r"\\[^w]", " ", f"{whole} {short}")
    return sorted(set(re.findall(r"[a-zåäö]+(?:\\w\*)?", text)))
