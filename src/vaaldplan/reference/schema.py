"""The JSON Schema of the plan format (2020-12), for the completion, the explanations and the checks of editors.

It accepts all that ``plan.load`` reads without S05 or S07, in every spelling, and offers the spelling of one language.
Three things are shaped by what yaml-language-server, the engine of VS Code's YAML extension, does with a schema:

- List, mapping and single value are told apart with ``if``, not with ``type`` or ``anyOf``: a list of types would offer
  ``true``, ``false`` and ``null`` as values everywhere, and of alternatives the server may show the wrong one's fault.
- The keys of the language stand in ``properties`` and are offered, all spellings in ``patternProperties`` and are not.
- ``errorMessage`` is what the author reads about a fault; ``defaultSnippets``, ``anyOf`` and an empty ``properties``
  decide what the server inserts after a key. Other programs leave all of these alone.
"""

from collections.abc import Callable
from typing import Any

from vaaldplan.plan.bind import REGISTERS, AccountEntry, OpenFact
from vaaldplan.plan.measures import Cost
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Word
from vaaldplan.plan.vocabulary import Shape, names, values, written_key, written_value
from vaaldplan.swedish import time_words
from vaaldplan.texts.catalogue import catalogue

from .shapes import PERIOD_PATTERN, any_case, declarer, kind, own_fields, pattern

Schema = dict[str, Any]

_ANYTHING: Schema = {}
_YES_OR_NO = {"sv": ["ja", "nej"], "en": ["yes", "no"]}
_IMPOSSIBLE = (
    r"(?:19|20)\d\d-(?:0?2-30|0?[2469]-31|11-31|\d\d?-(?:0?0|3[2-9]|[4-9]\d)|(?:00|1[3-9]|[2-9]\d)(?:-\d\d?)?)"
    r"|(?:(?:19|20)(?:\d[13579]|[02468][26]|[13579][048])|1900)-0?2-29"
)
"""Days and months that do not exist: the thirtieth of February, the 29th outside leap years, a thirteenth month."""
_POSSIBLE = rf"^(?!\s*(?:{_IMPOSSIBLE})\s*$)"
_NO_LETTER = "[^A-Za-zÅÄÖåäö]"
_WORDS = "|".join(any_case(word).replace(r"\w", "[A-Za-zÅÄÖåäö]") for word in time_words())
_READABLE = rf"(?:\D*|{_NO_LETTER}*(?:(?:{_WORDS})(?={_NO_LETTER}|$){_NO_LETTER}*)*)$"
"""Words without figures, or figures with no other words than those of times."""
_NUMBER = r"^\s*[-+\u2212]?\d(?:[\d\s]*\d)?(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s*(?:%\s*)?$"
_MANY = 12
"""From this number on the keys are not listed in a message."""
_FIGURES = ["string", "number", "null"]
_KINDS: dict[str, Schema] = {
    "text": _ANYTHING,
    "prose": _ANYTHING,
    "figure": _ANYTHING,
    "flag": {
        "type": ["string", "boolean", "null"],
        "pattern": pattern("ja", "yes", "true", "sant", "nej", "no", "false", "falskt"),
    },
    "count": {"type": _FIGURES, "pattern": _NUMBER, "minimum": 0, "multipleOf": 1},
    "number": {"type": _FIGURES, "pattern": _NUMBER},
    "amount": {"type": _FIGURES, "pattern": r"^(?!\s*\d{1,3}(?:\.\d{3})+(?!\d))\D*\d(?:[\d\s.,]*\d)?\D*$"},
    "time": {"pattern": _POSSIBLE},
    "date": {"pattern": _POSSIBLE + _READABLE, "minimum": 1900, "maximum": 2099},
}
"""What a single value may be, as YAML 1.2 reads it: there ``0114`` and ``2027`` are numbers and ``true`` is no text."""


def schema(lang: str) -> Schema:
    """The schema of the plan format, its keys and explanations in a language."""
    return _Writer(lang).whole()


def _by_type(listed: Schema, mapping: Schema, single: Schema) -> Schema:
    """One schema for lists, one for mappings, one for all else."""
    return {
        "if": {"type": "array"},
        "then": listed,
        "else": {"if": {"type": "object"}, "then": mapping, "else": single},
    }


def _either(*alternatives: Schema) -> Schema:
    return {"anyOf": list(alternatives)} if len(alternatives) > 1 else alternatives[0]


class _Writer:
    """Writes one schema. What is used in several places becomes a definition."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.say = catalogue(lang)
        self.definitions: dict[str, Schema] = {}

    def whole(self) -> Schema:
        """The schema: the plan's own fields, and the definitions they lead to."""
        root = self._entry(Plan, self._fields(Plan))
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.say.label("schema.title"),
            "description": self.say.label("schema.description"),
            **root,
            "$defs": dict(sorted(self.definitions.items())),
        }

    def _defined(self, name: str, write: Callable[[], Schema]) -> Schema:
        """A reference to a definition, which is written at its first use."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = write()
        return {"$ref": f"#/$defs/{name}"}

    # ------------------------------------------------------------------ entries and their fields

    def _class(self, cls: type[Node]) -> Schema:
        return self._defined(cls.__name__, lambda: self._entry(cls, self._fields(cls)))

    def _fields(self, cls: type[Node]) -> dict[str, Schema]:
        return {name: self._field(cls, name) for name in [*own_fields(cls), *Node.model_fields]}

    def _field(self, cls: type[Node], name: str) -> Schema:
        return self._defined(
            f"{declarer(cls, name).__name__}.{name}", lambda: self._explained(cls, name, self._value(cls, name))
        )

    def _entry(self, cls: type[Node], fields: dict[str, Schema]) -> Schema:
        """The mapping that an entry is."""
        every = {pattern(*self._spelt(cls, name)): field for name, field in fields.items()}
        if cls.yearly:
            every[PERIOD_PATTERN] = self._period(cls, cls.yearly)
        return {
            "type": "object",
            "properties": {written_key(cls, name, self.lang): field for name, field in fields.items()},
            "patternProperties": {**every, "^[xX]-": _ANYTHING},
            "additionalProperties": False,
            "errorMessage": self._unknown_key(cls),
        }

    def _spelt(self, cls: type[Node], name: str) -> tuple[str, str]:
        return written_key(cls, name, "sv"), written_key(cls, name, "en")

    def _unknown_key(self, cls: type[Node]) -> str:
        if len(own_fields(cls)) > _MANY:
            return self.say.label("schema.entry_long")
        return self.say.label("schema.entry", keys=self._listed(cls))

    def _listed(self, cls: type[Node]) -> str:
        return ", ".join(written_key(cls, name, self.lang) for name in own_fields(cls))

    def _explained(self, cls: type[Node], name: str, value: Schema) -> Schema:
        """What may stand after a key, with the field's title and explanation."""
        words = self.say.field(declarer(cls, name).__name__, name)
        example = self.say.label("schema.example", field=written_key(cls, name, self.lang), value=words.example)
        return {
            "title": words.title,
            "description": words.text,
            "markdownDescription": f"{words.text}\n\n{example}",
            **value,
        }

    def _value(self, cls: type[Node], name: str) -> Schema:
        """What may stand after a field's key."""
        shape = names(cls).shapes[name]
        if shape.series:
            periods = self._series(cls, name)
            return {"properties": {}, **_by_type(self._never("series"), periods, self._single(cls, name, shape))}
        if shape.many and not shape.meta.one:
            others = (self._files(), self._open()) if cls is Plan else (self._open(),)
            value = _by_type(_ANYTHING, _either(*others), self._never("list"))
            skeleton = self._skeleton(shape.node) if shape.node else []
            return {
                "items": self._item(cls, name, shape),
                **value,
                **({"defaultSnippets": skeleton} if skeleton else {}),
            }
        entry = _entry_class(shape)
        listed = {"items": self._item(cls, name, shape)} if shape.meta.one else self._never("one")
        mapping = _either(self._class(entry), self._open()) if entry else self._open()
        value = _by_type(listed, mapping, self._single(cls, name, shape))
        fixed = self._fixed(cls, name, shape)
        if shape.node and not shape.node.short:
            return {"properties": {}, **value}
        suggestions = self._suggestions(shape)
        return {
            "anyOf": [*([fixed] if fixed else []), value, *([] if shape.node else [self._left_open()])],
            **({"defaultSnippets": suggestions} if suggestions else {}),
        }

    def _item(self, cls: type[Node], name: str, shape: Shape) -> Schema:
        """What an element of a list may be."""
        entry = _entry_class(shape)
        mapping = self._class(entry) if entry else self._never("text")
        value = _by_type(self._never("one"), mapping, self._single(cls, name, shape))
        suggestions = self._suggestions(shape)
        return {**value, "defaultSnippets": suggestions} if suggestions else value

    def _skeleton(self, cls: type[Node]) -> list[Schema]:
        """What an editor inserts as a new entry of a list: the keys that every such entry should have."""
        required = [name for name, shape in names(cls).shapes.items() if shape.meta.required]
        written = [written_key(cls, name, self.lang) for name in required]
        body = {key: f"${number}" for number, key in enumerate(written, 1)}
        return (
            [{"label": " ".join(f"{key}: …" for key in written), "type": "array", "body": body}]
            if len(written) > 1
            else []
        )

    def _suggestions(self, shape: Shape) -> list[Schema]:
        """The values an editor offers where others are allowed too, or in a list."""
        word = shape.meta.words or shape.meta.special or (shape.word if shape.many else None)
        return (
            [
                {"label": written, "markdownDescription": self.say.meaning(word.__name__, str(member)), "body": written}
                for member in word or ()
                for written in [written_value(member, self.lang)]
            ]
            if word
            else []
        )

    def _single(self, cls: type[Node], name: str, shape: Shape) -> Schema:
        """What a value that is neither list nor mapping may be."""
        if shape.node is Cost:
            return _ANYTHING  # an amount, or words
        if shape.node:
            short = shape.node.short
            return (
                self._single(shape.node, short, names(shape.node).shapes[short])
                if short
                else self._never("entry_wanted")
            )
        if word := shape.word:
            return self._defined(f"{word.__name__}.spelt", lambda: self._any_spelling(word))
        of = kind(cls, name)
        if not _KINDS[of]:
            return _ANYTHING
        return self._defined(of, lambda: {**_KINDS[of], "errorMessage": self.say.label(f"schema.{of}")})

    def _never(self, reason: str) -> Schema:
        """Nothing but an empty value; used where a list, a mapping or a text is out of place."""
        return self._defined(
            f"not.{reason}", lambda: {"type": "null", "errorMessage": self.say.label(f"schema.{reason}")}
        )

    # ------------------------------------------------------------------ fixed values

    def _fixed(self, cls: type[Node], name: str, shape: Shape) -> Schema | None:
        """The fixed values of a field that takes no others, as an editor offers them."""
        if shape.node:
            short = shape.node.short
            return self._fixed(shape.node, short, names(shape.node).shapes[short]) if short else None
        if kind(cls, name) == "flag":
            allowed = _YES_OR_NO[self.lang]
            return self._defined("yes-no", lambda: {"enum": allowed, "errorMessage": self.say.label("schema.flag")})
        word = shape.word
        return self._defined(word.__name__, lambda: self._word(word)) if word else None

    def _word(self, word: type[Word]) -> Schema:
        meanings = [self.say.meaning(word.__name__, str(member)) for member in word]
        return {
            "enum": [written_value(member, self.lang) for member in word],
            "enumDescriptions": meanings,
            "markdownEnumDescriptions": meanings,
            "errorMessage": self._word_message(word),
        }

    def _any_spelling(self, word: type[Word]) -> Schema:
        return {
            "type": ["string", "null"],
            "pattern": pattern(*values(word)),
            "errorMessage": self._word_message(word),
        }

    def _word_message(self, word: type[Word]) -> str:
        return self.say.label("schema.word", allowed=", ".join(written_value(member, self.lang) for member in word))

    # ------------------------------------------------------------------ periods, facts left open, part files

    def _series(self, cls: type[Node], name: str) -> Schema:
        """One value per year or period, in a mapping."""
        accounts = pattern(*self._spelt(OpenFact, "accounts"))
        return {
            "type": "object",
            "patternProperties": {accounts: _ANYTHING},
            "additionalProperties": self._period(cls, name),
        }

    def _period(self, cls: type[Node], name: str) -> Schema:
        """The value of one year or period."""
        shape = names(cls).shapes[name]
        mapping = _either(self._class(shape.node), self._open()) if shape.node else self._open()
        return _by_type(self._never("one"), mapping, self._single(cls, name, shape))

    def _open(self) -> Schema:
        """A fact left open on purpose: ``{okänt: skäl}``, ``{finns_inte: skäl}`` or ``{uppgifter: […]}``."""
        return self._defined("open", self._open_fact)

    def _open_fact(self) -> Schema:
        account = _by_type(self._never("one"), self._class(AccountEntry), _ANYTHING)
        fields = {
            name: self._explained(OpenFact, name, {"anyOf": [{"items": account} if name == "accounts" else _ANYTHING]})
            for name in own_fields(OpenFact)
        }
        fields |= {name: self._field(OpenFact, name) for name in Node.model_fields}
        entry = self._entry(OpenFact, fields)
        message = self.say.label("schema.open", keys=self._listed(OpenFact))
        return {**entry, "minProperties": 1, "errorMessage": message}

    def _left_open(self) -> Schema:
        """Matches nothing; makes an editor offer, after the key, that the answer is not known or that there is none."""

        def snippet(name: str) -> Schema:
            key = written_key(OpenFact, name, self.lang)
            text = self.say.field(OpenFact.__name__, name).text
            label = f"{{{key}: …}}"
            return {"label": label, "sortText": f"~{label}", "markdownDescription": text, "body": f"^{{{key}: $1}}"}

        return self._defined("left-open", lambda: {"not": {}, "defaultSnippets": [snippet("unknown"), snippet("none")]})

    def _files(self) -> Schema:
        """The files that a list of the plan is divided into."""
        offered = self.say.label("schema.files_key")
        field = {
            "title": self.say.label("schema.files_title"),
            "description": self.say.label("schema.files_text"),
            "items": {"type": "string"},
            **_by_type(_ANYTHING, self._never("text"), _ANYTHING),
        }
        return self._defined(
            "files",
            lambda: {
                "type": "object",
                "properties": {offered: field},
                "patternProperties": {"^(?:filer|files)$": field},
                "additionalProperties": False,
                "minProperties": 1,
            },
        )


def _entry_class(shape: Shape) -> type[Node] | None:
    """The class of the mapping that may stand for a value: its own, or that of the register it refers to."""
    return shape.node or REGISTERS.get(shape.meta.ref)
