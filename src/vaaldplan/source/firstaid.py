"""Why a file cannot be read, in terms of what the person who wrote it typed, and where to act.

libyaml says at which sign it gave up and what it was doing. The cause is often another sign, on the line before or
where a quote was opened; the functions below look for it, the most certain first.
"""

import re
from collections.abc import Callable
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from vaaldplan.finding import Edit, Finding
from vaaldplan.patterns import regex

from .faults import fault
from .lines import no_space, tab, typed_badly
from .text import File, shortened

_LARGEST_SECOND_OPINION = 300_000
"""Characters; ruamel reads some 700 a millisecond."""

_KEY_LINE = regex(r"( *)(?:- |[^\s\"'#:][^\"':]*:(?:\s|$))")
_LEAD = regex(r"[ \t]*(?:-[ \t]+)*")
_FLOW_END = regex(r"[ \t]*[,\]}]|[ \t]+#|$", re.MULTILINE)
_LINE_END = regex(r"[ \t]+#|[ \t]*$", re.MULTILINE)
_QUOTE_END = regex(r"(?<=[\"'])(?=[ \t]*[,\]}])")
_KEY_END = regex(r"[ \t]*:(?=\s|$)", re.MULTILINE)
_SCANNING = {f"while scanning {what}" for what in ("an alias", "an anchor", "a tag", "a block scalar", "a directive")}
_AT_START = ("cannot start any token", "block sequence entries", "mapping keys", "undefined tag handle")
_UNEXPECTED = ("did not find expected", "mapping values are not allowed")
_OPENERS = {"”", "“", "„", "»"}
_CLOSING = {"[": "]", "{": "}"}


def diagnose(file: File, text: str, error: YAMLError) -> Finding:
    """The one finding for a file that is no YAML.

    Args:
        file: the file.
        text: its text as it was given to the parser.
        error: what the parser said.
    """
    case = _Case(file, text, error)
    for look in _LOOKS:
        found = look(case)
        if found:
            return found
    return case.other()


class _Case:
    """What is known of a syntax error. All places are indexes of the text, lines count from 1."""

    def __init__(self, file: File, text: str, error: YAMLError) -> None:
        self.file = file
        self.text = text
        self.context: str = getattr(error, "context", None) or ""
        self.problem: str = getattr(error, "problem", None) or ""
        self.at = _index(error, "problem_mark", 0)
        self.opened = _index(error, "context_mark", self.at)
        self.line = file.place(self.at)[0]
        self.sign = text[self.at : self.at + 1]
        self.scalar: Any = None
        """The last scalar before the error."""
        self.brackets: list[int] = []
        """Where the brackets were opened that are not closed before the error."""
        self._read_again()

    def _read_again(self) -> None:
        parser: Any = CParser(self.text)
        try:
            while event := parser.get_event():
                last = event.end_mark.index - 1
                if isinstance(event, ScalarEvent):
                    self.scalar = event
                elif last < event.start_mark.index:
                    continue  # a block has no sign of its own
                elif isinstance(event, CollectionStartEvent) and self.text[last] in _CLOSING:
                    self.brackets.append(last)
                elif isinstance(event, CollectionEndEvent):
                    self.brackets.pop()
        except YAMLError:
            pass

    def start(self, line: int) -> int:
        """The index at which a line's own text begins, after indentation and dashes."""
        lead = _LEAD.match(self.file.line(line))
        return self.file.index(line) + (lead.end() if lead else 0)

    def quoted(self, start: int, end: re.Pattern[str] | None = None) -> str:
        """The line with the value that begins at ``start`` in quotes: what to type."""
        whole, column, stop = self._value(start, end)
        value = shortened(whole[column - 1 : stop])
        return f"{whole[: column - 1].lstrip()}{_in_quotes(value)}{shortened(whole[stop:], 30)}".rstrip()

    def quoting(self, start: int, end: re.Pattern[str] | None = None) -> tuple[Edit, ...]:
        """The edit that sets the value in quotes; none when its text may go on below."""
        whole, column, stop = self._value(start, end)
        line = self.file.place(start)[0]
        following = next((text for text in self.text[self.file.index(line) :].splitlines()[1:] if text.strip()), "")
        own = self.start(line) - self.file.index(line)
        if self.brackets or len(following) - len(following.lstrip(" ")) > own:
            return ()
        span = self.file.span(start, start + stop - column + 1)
        return (Edit(span, _in_quotes(whole[column - 1 : stop])),)

    def _value(self, start: int, end: re.Pattern[str] | None) -> tuple[str, int, int]:
        """The line of the value that begins at ``start``, its column, and the index in the line where it ends."""
        line, column = self.file.place(start)
        if end is None:
            end = _FLOW_END if self.brackets else _LINE_END
            if start == self.start(line) and _KEY_END.search(self.file.line(line), column):
                end = _KEY_END
        whole = self.file.line(line)
        found = end.search(whole, column - 1)
        return whole, column, found.start() if found else len(whole)

    def finding(self, variant: str, start: int, end: int | None = None, **params: Any) -> Finding:
        """A finding S03, by default one sign wide."""
        if end is None:
            end = start + (self.text[start : start + 1] not in ("", "\r", "\n"))
        return fault("S03", variant, self.file.span(start, end), **params)

    def other(self) -> Finding:
        """None of the common faults: what the second parser says, in its own words."""
        detail = self.problem
        if len(self.text) <= _LARGEST_SECOND_OPINION:
            from ruamel.yaml import YAML

            try:
                for _ in YAML(typ="safe", pure=True).parse(self.text):
                    pass
            except Exception as error:  # it also fails in other ways than its own on broken text
                detail = getattr(error, "problem", None) or detail
        return self.finding("other", self.at, detail=detail)


def _index(error: YAMLError, name: str, default: int) -> int:
    mark: Any = getattr(error, name, None)
    return default if mark is None else int(mark.index)


def _in_quotes(value: str) -> str:
    if value[:1] in _OPENERS:
        value = value.strip("”“„»«")
    elif len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'{}'".format(value.replace("'", "''"))


def _tab(case: _Case) -> Finding | None:
    if case.sign != "\t":
        return None
    return tab(case.file, case.at)


def _unclosed_quote(case: _Case) -> Finding | None:
    """A quote that is never closed, or is closed by the next quote, lines below."""
    if case.context == "while scanning a quoted scalar":
        return case.finding("quote", case.opened, sign=case.text[case.opened])
    scalar = case.scalar
    if scalar is None or scalar.style not in ("'", '"') or scalar.start_mark.line == scalar.end_mark.line:
        return None
    first, last = scalar.start_mark.line + 1, scalar.end_mark.line + 1
    if last != case.line:
        return None
    for line in range(first + 1, last + 1):
        key = _KEY_LINE.match(case.file.line(line))
        start = scalar.start_mark.index
        if key and len(key[1]) <= case.start(first) - case.file.index(first):
            return case.finding("quote", start, sign=case.text[start])
    return None


def _unclosed_bracket(case: _Case) -> Finding | None:
    """A list or mapping in brackets that goes on into the next key."""
    if not case.brackets:
        return None
    opened = case.brackets[-1]
    sign = case.text[opened]
    line, column = case.file.place(opened)
    indent = len(case.file.line(line)) - len(case.file.line(line).lstrip(" "))
    if _CLOSING[sign] in case.file.line(line)[column:]:
        return None
    for text in case.text[case.file.index(line) :].splitlines()[1:]:
        key = _KEY_LINE.match(text)
        if key and len(key[1]) <= indent:
            break
        if _CLOSING[sign] in text:
            return None
    return case.finding("bracket", opened, sign=sign, closing=_CLOSING[sign])


def _escape(case: _Case) -> Finding | None:
    if case.context != "while parsing a quoted scalar":
        return None
    start = case.text.rfind("\\", 0, case.at + 1)
    return case.finding("escape", max(start, 0), start + 2)


def _after_quote(case: _Case) -> Finding | None:
    """Text after the closing quote."""
    scalar = case.scalar
    if scalar is None or scalar.style not in ("'", '"') or not case.problem.startswith(_UNEXPECTED):
        return None
    between = case.text[scalar.end_mark.index : case.at]
    if between.strip(" ") or "\n" in between or case.sign in ("", "\r", "\n"):
        return None
    if case.brackets and (case.sign in ("'", '"') or _KEY_END.search(case.text[case.at :].split("\n")[0])):
        return case.finding("comma", case.at)
    start = scalar.start_mark.index
    if case.brackets and case.file.line(case.line).count(scalar.style) % 2:
        return case.finding("quote", start, sign=scalar.style)
    if scalar.start_mark.line != scalar.end_mark.line:
        return case.finding("after-quote-lines", case.at)
    return case.finding(
        "after-quote", case.at, suggestion=case.quoted(start, _QUOTE_END if case.brackets else _LINE_END)
    )


def _typed_badly(case: _Case) -> Finding | None:
    """A tab, a no-break space or a dash without space on one of the lines that the parser could not make sense of."""
    first = case.line
    if case.problem.startswith("could not find expected ':'"):
        first = case.file.place(case.opened)[0]
    elif case.scalar is not None and not case.scalar.style:
        first = min(first, case.scalar.start_mark.line + 1)
    elif case.scalar is not None and case.scalar.end_mark.line + 1 > first:
        return None
    for line in range(first, case.line + 1):
        if found := typed_badly(case.file, line):
            return found
    return None


def _start(case: _Case) -> Finding | None:
    """A value that begins with a sign of YAML's own."""
    start = -1
    if case.context in _SCANNING:
        start = case.opened
    elif any(problem in case.problem for problem in _AT_START) or _misplaced(case):
        start = case.at
    elif case.problem.startswith(_UNEXPECTED) and not case.brackets:
        # text after an alias or after a closing bracket
        begin, text = case.file.index(case.line), case.file.line(case.line)
        found = re.match(r"[ \t]*(?:- +)*(?:[^\s:]+: +)?(?=[\[{*&!])", text)
        if found and begin + found.end() < case.at:
            start = begin + found.end()
    if start < 0 or case.text[start : start + 1] in ("", "\r", "\n"):
        return None
    sign = case.text[start]
    if sign in "|>" and re.match(r"[-+]?[1-9]? +[^\s\d]", case.text[start + 1 : start + 9]):
        return case.finding("block-start", start, sign=sign)
    return case.finding("start", start, sign=sign, suggestion=case.quoted(start))._replace(edits=case.quoting(start))


def _misplaced(case: _Case) -> bool:
    """A sign that can only stand in brackets, or a colon with no key before it."""
    if case.brackets:
        return False
    return "expected node content" in case.problem or (case.sign == ":" and "expected key" in case.problem)


def _colon(case: _Case) -> Finding | None:
    """A colon with a space after it, in text."""
    scalar = case.scalar
    if case.sign != ":" or scalar is None or scalar.style:
        return None
    start = scalar.start_mark.index
    line = scalar.start_mark.line + 1
    if line == case.line:
        variant = "smart-quote" if case.text[start] in _OPENERS else "colon"
        at = start if variant == "smart-quote" else case.at
        end = None if case.brackets else _LINE_END
        edits = case.quoting(start, end) if variant == "smart-quote" or not _two_tasks(case, start) else ()
        return case.finding(variant, at, suggestion=case.quoted(start, end))._replace(edits=edits)
    if start == case.start(line):
        return _line_without_colon(case, line)
    if " " in case.text[case.start(case.line) : case.at]:
        return case.finding("colon-lines", case.at)
    return case.finding("indent", case.start(case.line), case.at)


def _two_tasks(case: _Case, start: int) -> bool:
    """Whether the word before the colon is a key elsewhere in the file: then a line break may be what is missing."""
    word = case.text[start : case.at].split()[-1:]
    return bool(word) and bool(
        re.search(rf"^[ \t]*(?:- +)*{re.escape(word[0])}:(?:\s|$)", case.text, re.MULTILINE | re.IGNORECASE)
    )


def _no_colon(case: _Case) -> Finding | None:
    if not case.problem.startswith("could not find expected ':'"):
        return None
    return _line_without_colon(case, case.file.place(case.opened)[0])


def _line_without_colon(case: _Case, line: int) -> Finding:
    """A line where a key is expected: no colon, or one without a space after it."""
    end = case.file.index(line) + len(case.file.line(line))
    return no_space(case.file, line) or case.finding("no-colon", case.start(line), end)


def _comma(case: _Case) -> Finding | None:
    return case.finding("comma", case.at) if case.brackets else None


def _documents(case: _Case) -> Finding | None:
    """The document ended too early: at three dots, or because its first line is indented and the next is not."""
    if "<document start>" not in case.problem:
        return None
    if re.search(r"^\.\.\.", case.text[: case.at], re.MULTILINE):
        return fault("S09", "documents", case.file.span(case.at, case.at))
    first = re.compile(r"^( *)[^\s#]", re.MULTILINE).search(case.text)
    return case.finding("indent", *first.span(1)) if first and first[1] else None


def _indent(case: _Case) -> Finding | None:
    """A line that is further in or out than its neighbours."""
    if not case.context.startswith("while parsing a block"):
        return None
    text = case.file.line(case.line)
    return case.finding("indent", case.at, case.file.index(case.line) + len(text))


_LOOKS: tuple[Callable[[_Case], Finding | None], ...] = (
    _tab,
    _unclosed_quote,
    _unclosed_bracket,
    _escape,
    _after_quote,
    _typed_badly,
    _start,
    _colon,
    _no_colon,
    _comma,
    _documents,
    _indent,
)
