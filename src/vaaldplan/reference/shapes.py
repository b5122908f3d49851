"""What the model says of a field beyond its ``Shape``: which kind of text it takes, who declares it, its spellings."""

import re
from functools import cache
from typing import Any, get_args

from vaaldplan.plan import node
from vaaldplan.plan.bind import REGISTERS
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node
from vaaldplan.plan.vocabulary import PERIOD, names, normal, written_key
from vaaldplan.swedish import plain

_KINDS: dict[Any, str] = {
    node.Text: "text",
    node.Prose: "prose",
    node.Flag: "flag",
    node.Count: "count",
    node.Number: "number",
    node.Kronor: "amount",
    node.When: "time",
    node.Date: "date",
    node.Value: "figure",
    str: "text",
    bool: "flag",
}


def kind(cls: type[Node], name: str) -> str:
    """What a single value of the field is: ``text``, ``prose``, ``flag`` …; empty for entries and fixed values."""
    shape = names(cls).shapes[name]
    if shape.node or shape.word:
        return ""
    found: Any = cls.model_fields[name].annotation
    while get_args(found) and found not in _KINDS:
        found = next(a for a in reversed(get_args(found)) if a is not type(None))
    return _KINDS[found]


def declarer(cls: type[Node], name: str) -> type[Node]:
    """The class that declares a field which ``cls`` may inherit."""
    return next(c for c in cls.__mro__ if issubclass(c, Node) and name in c.__annotations__)


@cache
def classes() -> tuple[type[Node], ...]:
    """Every class of entries that a plan may hold, the plan first, in the order in which the fields lead to them."""
    found: list[type[Node]] = [Plan]
    for cls in found:
        for shape in names(cls).shapes.values():
            inner = shape.node or REGISTERS.get(shape.meta.ref)
            if inner and inner not in found:
                found.append(inner)
    return tuple(found)


def own_fields(cls: type[Node]) -> list[str]:
    """The fields of a class without those that every entry has."""
    return [name for name in names(cls).shapes if name not in Node.model_fields]


def spellings(cls: type[Node], name: str) -> list[str]:
    """The ways to write a key: Swedish, without diacritics, English; each once."""
    return list(dict.fromkeys(written_key(cls, name, spelling) for spelling in ("sv", "ascii", "en")))


_JOINT = r"[\s_\u2013-]+"
_ALIKE = {plain_letter: "".join(c for c in "åäöéü" if plain(c) == plain_letter) for plain_letter in "aoeu"}
PERIOD_PATTERN = rf"^\s*{PERIOD.pattern}\s*$"


def pattern(*words: str) -> str:
    """A regular expression for every spelling that the loader takes for one of the words.

    Upper and lower case, letters with and without diacritics, and the signs between words make no difference, see
    ``vocabulary.normal``. Written out, since JSON Schema has no flag for case.
    """
    forms = dict.fromkeys(normal(word) for word in words)
    return rf"^\s*(?:{'|'.join(_form(form) for form in forms)})\s*$"


def any_case(expression: str) -> str:
    """A regular expression that takes upper case letters for the lower case ones of ``expression`` too."""
    return re.sub(r"(?<!\\)[a-zåäö]", lambda m: f"[{m[0]}{m[0].upper()}]", expression)


def _form(form: str) -> str:
    return "".join(_JOINT if c == "_" else _letter(c) for c in form)


def _letter(char: str) -> str:
    if not char.isalpha():
        return rf"\{char}" if char in ".+*?()[]{}|^$/\\" else char
    alike = char + _ALIKE.get(char, "")
    return f"[{alike}{alike.upper()}]"
