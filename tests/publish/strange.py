"""Trees that no one would write on purpose, for the tests of every paper format: each must build and lose no text."""

from typing import Any

import sample as s

HOSTILE = r"""#let x = 1 *a* _b_ [c](d) <script>alert(1)</script> $x$ \ @ref ~ ^ `k` & &amp; "q" ' {{ 7*7 }} <% x %> ]]> // k"""
UNSAFE = {
    "\x00": "[U+0000]",
    "\x07": "[U+0007]",
    "\x1b": "[U+001B]",
    "\x7f": "[U+007F]",
    "\u202e": "[U+202E]",
    "\u2066": "[U+2066]",
    "\ud800": "[U+D800]",
    "\ufffe": "[U+FFFE]",
    "\ufdd0": "[U+FDD0]",
}
"""Characters that no format can hold, or that would change what the text says, and what is shown instead."""
GLYPHLESS = {"😀": "[U+1F600]", "ש": "[U+05E9]", "中": "[U+4E2D]", "\ue000": "[U+E000]"}
"""Characters that the shipped fonts cannot show."""
SPACES = "\t\n\r\x0b\x0c\x85\u2028\u2029"
INVISIBLE = "\u200d\ufe0f\u200e\u061c\U000e0041"
LONG = "x" * 5000


def everywhere(text: str) -> dict[str, Any]:
    """The sample with a text in every place that holds one."""
    figure = s.matrix()
    blocks = [
        {"t": "toc"},
        s.h(1, text, "kapitel", "1"),
        s.p(text, s.strong(text), s.em(text), s.link("https://www.exempel.se/", text), s.note(0)),
        s.ul([s.p(text)]),
        {"t": "quote", "blocks": [s.p(text)]},
        {"t": "callout", "blocks": [s.p(text)]},
        s.dl((text, [[s.text(text)]])),
        s.table("t", 1, text, [text, text], [s.row(text, text)]),
        {**figure, "caption": text, "alt": text, "svg": figure["svg"].replace("Individ", _in_xml(text))},
        {"t": "card", "h": s.h(2, text, "kort", toc=False), "blocks": [s.p(text)]},
    ]
    whole = dict.fromkeys(("title", "subtitle", "municipality", "notice", "footer"), text)
    status = {"mark": text[:30], "text": text}
    words = {**s.WORDS, "figure": text[:30], "table": text[:30], "contents": text}
    return {
        **whole, "status": status, "meta": [(text, text)], "keywords": [text], "notes": [[s.text(text)]],
        "blocks": blocks, "words": words,
    }  # fmt: skip


def words(value: Any) -> list[str]:
    """Every text of a part of the tree that is to be seen on paper."""
    if isinstance(value, dict):
        hidden = ("t", "id", "to", "svg", "alt", "align")
        return [w for k, v in value.items() if k not in hidden for w in words(v)]
    if isinstance(value, list | tuple):
        return [w for v in value for w in words(v)]
    return [value] if isinstance(value, str) else []


def _in_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _card(*blocks: s.Block) -> s.Block:
    return {"t": "card", "h": s.h(2, "Kort", "kort", toc=False), "blocks": list(blocks)}


def _small_table(name: str) -> s.Block:
    return s.table(name, 1, "Tabell i något", ["a", "b"], [s.row("c", "d")])


def _figure(name: str) -> s.Block:
    return s.matrix() | {"id": name}


NESTED = [
    s.h(1, "Nästlat", "nastlat"),
    s.ul(
        [
            s.h(4, "Rubrik i punkt", "i-punkt"),
            _small_table("t-1"),
            _figure("f-1"),
            s.dl(("Term", [[s.text("Förklaring")]])),
            {"t": "quote", "blocks": [s.ol([s.p("Citerad punkt")]), {"t": "callout", "blocks": [_small_table("t-2")]}]},
        ]
    ),
    {"t": "callout", "blocks": [s.ul([s.p("Punkt i ruta")]), _figure("f-2")]},
    _card(_small_table("t-3"), _figure("f-3"), {"t": "callout", "blocks": [s.p("Ruta i kort")]}, s.ul([s.p("I kort")])),
]
EMPTY = [
    s.h(1, "", "tom"),
    s.h(1, "Tomt", "tomt"),
    s.p(),
    s.ul(),
    s.ul([]),
    s.dl(),
    s.dl(("", [])),
    s.dl(("Term", [[]])),
    s.table("t-1", 1, "Tomma celler", ["", ""], [s.row("", "")]),
    s.table("t-2", 0, "", ["a", "b"], []),
    {"t": "quote", "blocks": []},
    {"t": "callout", "blocks": []},
    _card(),
]
SKIPPED = [s.h(3, "Tre", "tre"), s.h(1, "Ett", "ett"), s.h(4, "Fyra", "fyra")]
TALL_CARD = [s.h(1, "Kort", "k"), _card(*(s.p(f"Stycke{i} " + "ord " * 60) for i in range(90)))]
TALL_ROW = [s.h(1, "Rad", "r"), s.table("t", 1, "Hög rad", ["a", "b"], [s.row("c", "ord " * 3000 + "slutord")])]
HUGE_SUMMARY = [
    {"t": "summary", "blocks": [s.h(1, "Allt", "allt"), *(s.p(f"Stycke{i} " + "ord " * 80) for i in range(60))]},
    {"t": "toc"},
    s.h(1, "Sedan", "sedan"),
]
LINKS = [
    s.h(1, "Länkar", "lankar"),
    s.p(
        s.link("#finns-inte", "död"),
        s.link("javascript:alert(1)", "skript"),
        s.link("file:///etc/passwd", "fil"),
        s.link("https://www.exempel.se/a b", "mellanslag"),
        s.link("#lankar", "intern"),
        s.link("https://www.exempel.se/å?a=1&b=2", "extern"),
    ),
]
TREES: dict[str, dict[str, Any]] = {
    "nested": {"blocks": NESTED},
    "empty": {"blocks": EMPTY},
    "no blocks": {"blocks": []},
    "bare": {"status": None, "notice": "", "subtitle": "", "footer": "", "meta": [], "keywords": []},
    "skipped levels": {"blocks": SKIPPED},
    "tall card": {"blocks": TALL_CARD},
    "tall row": {"blocks": TALL_ROW},
    "huge summary": {"blocks": HUGE_SUMMARY},
    "links": {"blocks": LINKS},
    "english": {"lang": "en"},
    "hostile": everywhere(HOSTILE),
    "unsafe": everywhere("".join([*UNSAFE, *GLYPHLESS, "a", *SPACES, "b", *INVISIBLE])),
    "long": everywhere(LONG[:700]),
}
