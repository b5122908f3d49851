"""The view of where help is: the two national numbers and the municipality's own contacts, the most urgent first."""

import re

from vaaldplan.facts.help import help_numbers as national
from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Contact

from .markup import Markup, escape
from .parts import Cell, Part, facts
from .words import Words

_PHONE = regex(r"\+?[\d \-]{3,20}")
_SITE = regex(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+(?:/[\w./-]*)?)", re.ASCII)

CUT = " …"
"""What a text that was cut ends with."""


def help_numbers(plan: Plan, say: Words, longest: int = 1000) -> list[Part]:
    """112 and 116 016, with the plan's own words about them if it has such; then its other contacts.

    Args:
        plan: the plan.
        say: the words.
        longest: how many characters a contact's number, address and text may have each.
    """
    own = {_digits(c.phone or ""): c for c in plan.contacts}
    pairs: list[tuple[str, Cell]] = []
    for number in national():
        contact = own.get(_digits(number.fact.phone))
        if contact:
            pairs.append((contact.name or number.name[say.lang], _where(contact, say, longest)))
        else:
            pairs.append((number.name[say.lang], _line(call(number.fact.phone), "", number.text[say.lang])))
    urgent = {_digits(n.fact.phone) for n in national()}
    local = [c for c in plan.contacts if _digits(c.phone or "") not in urgent]
    pairs += [(c.name or say.paper("help.local"), _where(c, say, longest)) for c in local]
    if not local:
        pairs.append((say.paper("help.local"), say.paper("help.local_missing")))
    return facts(*pairs)


def call(phone: str) -> Cell:
    """A number that can be called with a tap, if it is one."""
    if not _PHONE.fullmatch(phone):
        return phone
    return Markup(f"**[{escape(phone)}](tel:{'+' if phone.startswith('+') else ''}{_digits(phone)})**")


def _site(address: str) -> Cell:
    found = _SITE.fullmatch(address)
    return Markup(f"[{escape(address)}](https://{found[1]})") if found else address


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _where(contact: Contact, say: Words, longest: int) -> Cell:
    phone, site, text = (cut(say.fact(contact, name), longest) for name in ("phone", "web", "text"))
    return _line(call(phone), _site(site), text)


def cut(text: str, longest: int) -> str:
    """A text that is at most so long, cut between two words."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(",.;: ") + CUT


def _line(phone: Cell, site: Cell, text: str) -> Cell:
    """``116 016, kvinnofridslinjen.se. Numret går till …``."""
    where = Markup(", ".join(escape(t) for t in (phone, site) if t))
    return Markup(". ".join(escape(t) for t in (where, text) if t))
