"""The JSON Schema of the plan format (2020-12), for the completion, the explanations and the checks of editors.

It accepts all that ``plan.load`` reads without S05 or S07, in every spelling, and offers the spelling of one language.
Three things are shaped by what yaml-language-server, the engine of VS Code's YAML extension, does with a schema:

- What may stand in a place is told apart with ``if``/``then``, not ``type`` or ``anyOf``: a list of types would offer
  ``true``, ``false`` and ``null`` as values everywhere, and of alternatives the server shows the wrong one's fault.
- The keys of the language stand in ``properties`` and are offered, other spellings in ``patternProperties`` and are not.
- ``errorMessage`` is what the author reads about a fault, ``defaultSnippets`` and an empty ``properties`` say what is
  inserted after a key. Other programs leave all of these alone.
"""

from typing import Any

from vaaldplan.plan.load import REGISTERS, _AccountEntry, _OpenFact
from vaaldplan.plan.measures import Cost
from vaaldplan.plan.model import Plan
from vaaldplan.plan.node import Node, Word
from vaaldplan.plan.vocabulary import Shape, names, values, written_key, written_value
from vaaldplan.texts.catalogue import catalogue

from .shapes import PERIOD_PATTERN, declarer, keys, kind, pattern

Schema = dict[str, Any]

_ANYTHING: Schema = {}
_YES_OR_NO = {"sv": ["ja", "nej"], "en": ["yes", "no"]}
_SCALARS = ["string", "number", "boolean", "null"]
_IMPOSSIBLE_DAY = (
    r"(?:19|20)\d\d-(?:0?2-30|0?[2469]-31|11-31|\d\d?-(?:00|3[2-9]|[4-9]\d)|(?:00|1[3-9]|[2-9]\d)(?:-\d\d?)?)"
    r"|(?:(?:19|20)(?:\d[13579]|[02468][26]|[13579][048])|1900)-0?2-29"
)
_NUMBER = r"^\s*[-+\u2212]?\d[\d\s]*(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s*%?\s*$"
_KINDS: dict[str, Schema] = {
    "text": _ANYTHING,
    "prose": _ANYTHING,
    "figure": _ANYTHING,
    "flag": {
        "type": ["string", "boolean", "null"],
        "pattern": pattern("ja", "yes", "true", "sant", "nej", "no", "false", "falskt"),
    },
    "count": {"type": ["string", "number", "null"], "pattern": _NUMBER, "minimum": 0, "multipleOf": 1},
    "number": {"type": ["string", "number", "null"], "pattern": _NUMBER},
    "amount": {"type": ["string", "number", "null"], "pattern": r"^[^\d]*\d[\d\s.,]*[^\d]*$"},
    "time": {"pattern": rf"^(?!\s*(?:{_IMPOSSIBLE_DAY})\s*$)"},
    "date": {"pattern": rf"^(?!\s*(?:{_IMPOSSIBLE_DAY})\s*$)", "minimum": 1900, "maximum": 2099},
}
"""What a single value of each kind may be, as YAML 1.2 reads it: ``0114`` is a number and ``true`` no text there."""


def schema(lang: str) -> Schema:
    """The schema of the plan format, its keys and explanations in a language."""
    return _Writer(lang).whole()


class _Writer:
    """Writes one schema. What is used in several places becomes a definition."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.say = catalogue(lang)
        self.definitions: dict[str, Schema] = {}

    def whole(self) -> Schema:
        root = self._entry(Plan)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.say.label("schema.title"),
            "description": self.say.label("schema.description"),
            **root,
            "$defs": dict(sorted(self.definitions.items())),
        }

    # ------------------------------------------------------------------ entries and their fields

    def _defined(self, name: str, write: Any) -> Schema:
        """A reference to a definition, which is written at its first use."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = write()
        return {"$ref": f"#/$defs/{name}"}

    def _class(self, cls: type[Node]) -> Schema:
        return self._defined(cls.__name__, lambda: self._entry(cls))

    def _entry(self, cls: type[Node]) -> Schema:
        """The mapping that an entry is."""
        written = keys(cls, self.lang)
        fields = {name: self._field(cls, name) for name in written}
        own = [key for name, key in written.items() if name not in Node.model_fields]
        other = {pattern(*self._names(cls, name)): field for name, field in fields.items()}
        if cls.yearly:
            other[PERIOD_PATTERN] = self._period(cls, cls.yearly)
        return {
            "type": "object",
            "properties": {written[name]: field for name, field in fields.items()},
            "patternProperties": {**other, "^[xX]-": _ANYTHING},
            "additionalProperties": False,
            "errorMessage": self.say.label("schema.entry", keys=", ".join(own)),
        }

    def _names(self, cls: type[Node], name: str) -> tuple[str, str]:
        return written_key(cls, name, "sv"), written_key(cls, name, "en")

    def _field(self, cls: type[Node], name: str) -> Schema:
        owner = declarer(cls, name)
        return self._defined(f"{owner.__name__}.{name}", lambda: self._explained(owner, cls, name))

    def _explained(self, owner: type[Node], cls: type[Node], name: str) -> Schema:
        """A field with its title and explanation, and all that may stand after its key."""
        words = self.say.field(owner.__name__, name)
        key = written_key(cls, name, self.lang)
        example = self.say.label("schema.example", line=f"{key}: {words.example}")
        return {
            "title": words.title,
            "description": words.text,
            "markdownDescription": f"{words.text}\n\n{example}",
            **self._value(cls, name),
        }

    def _value(self, cls: type[Node], name: str) -> Schema:
        shape = names(cls).shapes[name]
        if shape.series:
            return {"properties": {}, **_by_type(self._never("mapping"), self._series(cls, name), _ANYTHING)}
        entry = shape.node or REGISTERS.get(shape.meta.ref)
        single = self._single(cls, name, shape)
        mapping = [self._class(entry)] if entry else []
        if shape.many and not shape.meta.one:
            item = _by_type(self._never("entry"), self._class(entry) if entry else self._open(), single)
            names_files = [self._files()] if cls is Plan else []
            return {
                "items": {"properties": {}, **item, **self._skeleton(entry)},
                **_by_type(_ANYTHING, _any_of(*names_files, self._open()), self._never("list", null=True)),
            }
        elements: Schema = {"items": _by_type(self._never("one"), *mapping or [self._never("one")], single)}
        listed = elements if shape.meta.one else self._never("one")
        rest = _by_type(listed, _any_of(*mapping, self._open()), single)
        offered = self._offered(cls, name, shape)
        if offered:
            rest = {"anyOf": [offered, rest]}
        if entry and shape.node and not entry.short:
            return {"properties": {}, **rest}
        return {**rest, "defaultSnippets": self._snippets()}

    def _single(self, cls: type[Node], name: str, shape: Shape) -> Schema:
        """What a value that is neither list nor mapping may be."""
        if shape.node is Cost:
            return _ANYTHING  # an amount, or words
        if shape.node:
            short = shape.node.short
            return self._single(shape.node, short, names(shape.node).shapes[short]) if short else self._never("entry")
        if shape.word:
            return self._defined(f"{shape.word.__name__}.spelt", lambda: self._spelt(shape.word))
        of = kind(cls, name)
        return self._defined(of, lambda: self._kind(of)) if _KINDS[of] else _ANYTHING

    def _kind(self, name: str) -> Schema:
        return {**_KINDS[name], "errorMessage": self.say.label(f"schema.{name}")}

    def _spelt(self, word: type[Word] | None) -> Schema:
        """A fixed value in any spelling."""
        assert word
        allowed = ", ".join(written_value(member, self.lang) for member in word)
        return {
            "type": ["string", "null"],
            "pattern": pattern(*values(word)),
            "errorMessage": self.say.label("schema.word", allowed=allowed),
        }

    def _offered(self, cls: type[Node], name: str, shape: Shape) -> Schema | None:
        """The fixed values that an editor offers for the field, each with its meaning."""
        if kind(cls, name) == "flag":
            return {"enum": _YES_OR_NO[self.lang], "errorMessage": self.say.label("schema.flag")}
        if shape.node and shape.node.short:
            return self._offered(shape.node, shape.node.short, names(shape.node).shapes[shape.node.short])
        word = shape.word or shape.meta.words or shape.meta.special
        return self._defined(word.__name__, lambda: self._word(word)) if word else None

    def _word(self, word: type[Word]) -> Schema:
        meanings = [self.say.meaning(word.__name__, str(member)) for member in word]
        allowed = [written_value(member, self.lang) for member in word]
        return {
            "enum": allowed,
            "enumDescriptions": meanings,
            "markdownEnumDescriptions": meanings,
            "errorMessage": self.say.label("schema.word", allowed=", ".join(allowed)),
        }

    # ------------------------------------------------------------------ periods, facts left open, part files

    def _series(self, cls: type[Node], name: str) -> Schema:
        """One value per year or period, in a mapping."""
        accounts = pattern(*self._names(_OpenFact, "accounts"))
        return {
            "patternProperties": {accounts: self._field(_OpenFact, "accounts")},
            "additionalProperties": self._period(cls, name),
        }

    def _period(self, cls: type[Node], name: str) -> Schema:
        """The value of one year or period."""
        shape = names(cls).shapes[name]
        mapping = _any_of(*([self._class(shape.node)] if shape.node else []), self._open())
        owner = declarer(cls, name).__name__
        return self._defined(
            f"{owner}.{name}.period",
            lambda: _by_type(self._never("one"), mapping, self._single(cls, name, shape)),
        )

    def _open(self) -> Schema:
        """A fact left open on purpose: ``{okänt: skäl}``, ``{finns_inte: skäl}`` or ``{uppgifter: […]}``."""
        return self._defined("open", self._open_fact)

    def _open_fact(self) -> Schema:
        kinds = keys(_OpenFact, self.lang)
        kinds = {name: kinds[name] for name in _OpenFact.__annotations__}
        account = self._entry(_AccountEntry)
        fields = {name: self._fact(name) for name in kinds}
        fields["accounts"]["items"] = {"properties": {}, **_by_type(self._never("one"), account, _ANYTHING)}
        return {
            "type": "object",
            "properties": {kinds[name]: field for name, field in fields.items()},
            "patternProperties": {pattern(*self._names(_OpenFact, name)): field for name, field in fields.items()},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
            "errorMessage": self.say.label("schema.open", keys=", ".join(kinds.values())),
        }

    def _files(self) -> Schema:
        return self._defined(
            "files",
            lambda: {
                "type": "object",
                "properties": {
                    name: {
                        "title": self.say.label("schema.files_title"),
                        "description": self.say.label("schema.files_text"),
                        "doNotSuggest": name != {"sv": "filer", "en": "files"}[self.lang],
                        "items": {"type": "string"},
                    }
                    for name in ("filer", "files")
                },
                "additionalProperties": False,
                "minProperties": 1,
            },
        )
