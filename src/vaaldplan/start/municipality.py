"""Which municipality is meant by a name or a code."""

import re
from difflib import get_close_matches

from vaaldplan.facts.places import Municipality, municipalities
from vaaldplan.swedish import plain

_WORD = re.compile(r"\s+(kommun|stad)$|^region\s+", re.IGNORECASE)


def find(text: str) -> Municipality | None:
    """The municipality called so: ``Alingsås``, ``alingsas``, ``Alingsås kommun``, ``Malmö stad``, ``1489``."""
    wanted = _bare(text).casefold()
    for form in (str.casefold, _folded):  # å, ä, ö count first: Habo and Håbo are two municipalities
        for one in municipalities():
            if form(wanted) in {form(name) for name in (one.code, one.short, one.short + "s", _bare(one.name))}:
                return one
    return None


def near(text: str) -> list[Municipality]:
    """The municipalities whose names or codes are most like the text, three at most, best first."""
    wanted = _folded(_bare(text))
    by_form = {_folded(m.short): m for m in municipalities()} | {m.code: m for m in municipalities()}
    begins = [m for m in municipalities() if len(wanted) >= 3 and _folded(m.short).startswith(wanted)]
    alike = [by_form[form] for form in get_close_matches(wanted, by_form, n=3, cutoff=0.7)]
    return list(dict.fromkeys([*begins, *alike]))[:3]


def _bare(text: str) -> str:
    return _WORD.sub("", " ".join(text.split()))


def _folded(text: str) -> str:
    return plain(text.casefold()).replace("-", " ")
