"""A made-up document with every kind of block and inline, shared by the tests of all writers."""

from typing import Any, cast

from vaaldplan.publish.tree import Block, Inline, Toc, Tree

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 90" role="img" aria-labelledby="prov-title prov-desc">'
    '<title id="prov-title">Antal åtgärder</title><desc id="prov-desc">Samhälle 4, organisation 2, individ 0.</desc>'
    '<g font-family="Source Sans 3, Lato, sans-serif" font-size="14">'
    '<rect x="0.5" y="8" width="100" height="74" fill="#14486e"/><text x="50" y="50" fill="#ffffff" '
    'text-anchor="middle">4</text>'
    '<rect x="108" y="8" width="100" height="74" fill="#bcd6e8"/><text x="158" y="50" fill="#1a1a1a" '
    'text-anchor="middle">2</text>'
    '<rect x="216" y="8" width="100" height="74" fill="none" stroke="#7b8894" stroke-dasharray="4 3"/>'
    '<text x="266" y="50" fill="#1a1a1a" text-anchor="middle">0</text></g></svg>'
)

WORDS = {
    "page": "Sida",
    "of": "av",
    "contents": "Innehåll",
    "figure": "Figur",
    "table": "Tabell",
    "notes": "Noter",
    "note": "Not",
    "skip": "Hoppa till innehållet",
    "backlink": "Tillbaka till texten",
    "facts": "Uppgifter om dokumentet",
    "card": "Uppgifter om {title}",
}


def text(value: str) -> Inline:
    return {"t": "text", "v": value}


def strong(value: str) -> Inline:
    return {"t": "strong", "c": [text(value)]}


def em(value: str) -> Inline:
    return {"t": "em", "c": [text(value)]}


def link(to: str, value: str) -> Inline:
    return {"t": "link", "to": to, "c": [text(value)]}


def note(number: int) -> Inline:
    return {"t": "note", "n": number}


BR: Inline = {"t": "br"}
BOLD_ITALIC: Inline = {"t": "strong", "c": [text("fet och "), em("kursiv")]}


def p(*content: Inline | str) -> Block:
    return {"t": "p", "c": [text(c) if isinstance(c, str) else c for c in content]}


def h(level: int, title: str, name: str, nr: str = "", *, toc: bool = True) -> Block:
    return {"t": "h", "level": level, "c": [text(title)], "id": name, "nr": nr, "toc": toc}


def ul(*items: list[Block]) -> Block:
    return {"t": "ul", "items": list(items), "start": 1}


def ol(*items: list[Block], start: int = 1) -> Block:
    return {"t": "ol", "items": list(items), "start": start}


def dl(*items: tuple[str, list[list[Inline]]]) -> Block:
    return {"t": "dl", "items": [{"term": [text(term)], "desc": desc} for term, desc in items]}


def table(
    name: str,
    nr: int,
    caption: str,
    head: list[str],
    rows: list[list[list[Inline]]],
    *,
    align: list[str] | None = None,
    widths: list[int] | None = None,
    sums: int = 0,
) -> Block:
    return {
        "t": "table",
        "id": name,
        "nr": nr,
        "caption": caption,
        "align": align or ["left"] * len(head),
        "widths": widths or [1] * len(head),
        "head": [[text(cell)] for cell in head],
        "rows": rows,
        "sums": sums,
    }


def row(*cells: Inline | str | list[Inline]) -> list[list[Inline]]:
    return [c if isinstance(c, list) else [text(c) if isinstance(c, str) else c] for c in cells]


OWNERS = ("Socialnämnden", "Barn- och utbildningsnämnden", "Kommunstyrelsen", "Kultur- och fritidsnämnden")
TITLES = (
    "Frågor om våld i varje nybesök hos socialtjänsten",
    "Våldspreventivt program i årskurs 4–9",
    "Trygghetsvandringar i Björkängen och centrum",
    "Samtalsmottagning för den som utövar våld",
    "Utbildning för chefer och arbetsledare",
    "Samverkansteam mot hedersrelaterat våld och förtryck",
)


def card(number: int) -> Block:
    """One measure in full."""
    title = TITLES[(number - 1) % len(TITLES)]
    return {
        "t": "card",
        "h": h(2, f"Å{number} {title}", f"a-{number}", toc=False),
        "blocks": [
            p("Alla får frågan om våld vid nybesök, enligt en rutin som hela gruppen känner till."),
            dl(
                ("Ansvarig", [[text(OWNERS[number % len(OWNERS)])]]),
                ("Medverkan", [[text("Polismyndigheten"), BR, text("Region Exempel")]]),
                ("Tid", [[text("1 januari 2027 – 31 december 2028")]]),
                ("Kostnad", [[text("250 000 kr ("), em("statsbidrag"), text(")")]]),
                ("Följs upp med", [[link("#t-budget", "Tabell 2")], [strong("Utgångsvärde"), text(": 41 %")]]),
            ),
        ],
    }


def summary() -> Block:
    return {
        "t": "summary",
        "blocks": [
            h(1, "Planen på en sida", "sammanfattning"),
            p("Planen har ", strong("6 åtgärder"), " och ", strong("3 mål"), " för åren 2027–2030."),
            {
                "t": "figure",
                "id": "fig-rutor",
                "nr": 1,
                "caption": "Antal åtgärder per nivå. Mörkare ruta betyder fler åtgärder.",
                "svg": SVG,
                "alt": "Antal åtgärder per nivå: samhälle 4, organisation 2, individ 0.",
            },
            ul(
                [p("Färre utsätts: ", link("#mal-1", "mål 1"))],
                [p("Fler får stöd tidigt.")],
                [p("Den som utövar våld får hjälp att sluta.")],
            ),
        ],
    }


def blocks() -> list[Block]:
    return [
        summary(),
        {"t": "toc"},
        h(1, "Inledning", "inledning", "1"),
        p(
            "Våld är ett folkhälsoproblem som drabbar enskilda, familjer och hela lokalsamhällen. "
            "Kommunen har ansvar enligt ",
            em("socialtjänstlagen"),
            note(0),
            " och enligt lagen om kommuners ansvar för brottsförebyggande arbete",
            note(1),
            ". Läs mer hos ",
            link("https://www.exempel.se/vald?del=1&sida=2", "länsstyrelsen"),
            ", ring ",
            link("tel:+46101234567", "010-123 45 67"),
            " eller skriv till ",
            link("mailto:trygg@exempel.se", "trygg@exempel.se"),
            ".",
        ),
        p(
            "Stycke med en rad",
            BR,
            "och nästa rad, med ",
            BOLD_ITALIC,
            " text.",
        ),
        {"t": "callout", "blocks": [p(strong("Akut fara?"), " Ring 112."), p("Kvinnofridslinjen: 020-50 50 50.")]},
        h(2, "Så läser du planen", "lasa", "1.1"),
        ul(
            [p("Målen säger vad som ska ha förändrats.")],
            [
                p("Åtgärderna säger vad kommunen gör:"),
                ol([p("främjande, för alla")], [p("förebyggande, för grupper i risk")], [p("riktat, för utsatta")]),
            ],
            [p("Indikatorerna visar om det går åt rätt håll."), p("De läses av varje år i mars.")],
        ),
        ol([p("Beslut i nämnd")], [p("Redovisning i kommunfullmäktige")], start=3),
        {
            "t": "quote",
            "blocks": [p("Ingen ska behöva vara rädd hemma."), p("Ur dialogmötet i Björkängen, ", em("mars 2026"))],
        },
        h(3, "Begrepp", "begrepp", toc=False),
        dl(
            ("Våld", [[text("Varje handling som skadar, skrämmer eller kränker.")]]),
            ("Främjande", [[text("Gäller alla.")], [text("Kallas även "), em("universell prevention"), text(".")]]),
        ),
        h(4, "Avgränsning", "avgransning", toc=False),
        p("Självskada ingår inte i planen."),
        h(1, "Mål och åtgärder", "mal", "2"),
        h(2, "Färre utsätts för våld i nära relationer", "mal-1", "2.1"),
        table(
            "t-mal-1",
            1,
            "Åtgärder för målet Färre utsätts för våld i nära relationer",
            ["Åtgärd", "Vad", "Ansvarig", "Tid", "Kostnad"],
            [
                row(
                    link(f"#a-{i}", f"Å{i}"),
                    TITLES[i - 1],
                    [text(OWNERS[i % len(OWNERS)]), *([BR, text("Polismyndigheten"), note(2)] if i == 2 else [])],
                    "2027–2028",
                    "250 000 kr",
                )
                for i in range(1, 7)
            ],
            align=["left", "left", "left", "left", "right"],
            widths=[8, 40, 24, 14, 14],
        ),
        h(1, "Ekonomi", "ekonomi", "3"),
        p("Kostnaden ryms i budgeten", note(0), ". Se ", link("#t-budget", "tabell 2"), "."),
        table(
            "t-budget",
            2,
            "Kostnad per nämnd och år, kronor",
            ["Nämnd", "2027", "2028", "2029", "Summa"],
            [
                *(
                    row(owner, "1 250 000", "900 000", [strong("–")], "2 150 000")
                    for owner in (*OWNERS[:3], "Gemensamma nämnden för räddningstjänst och samhällsskydd")
                ),
                row("Summa", "5 000 000", "3 600 000", "–", "8 600 000"),
            ],
            align=["left", "right", "right", "right", "right"],
            widths=[40, 15, 15, 15, 15],
            sums=1,
        ),
        table("t-r-1", 0, "", ["Författarens tabell", "utan rubrik"], [row("Ruta", [text("med "), em("kursiv")])]),
        h(1, "Bilaga 1. Åtgärderna i sin helhet", "atgardskort"),
        *(card(number) for number in range(1, 7)),
    ]


NOTES: list[list[Inline]] = [
    [text("Socialtjänstlag (2025:400), "), link("https://www.exempel.se/sol", "2025:400"), text(".")],
    [
        text("Lag (2023:196) om kommuners ansvar för "),
        em("brottsförebyggande"),
        text(" arbete."),
        BR,
        text("Gäller 2023."),
    ],
    [text("Enligt samverkansöverenskommelsen, "), strong("avsnitt 4"), text(".")],
]


def _contents(found: list[Block]) -> list[Toc]:
    lines: list[Toc] = []
    for block in found:
        for b in [block, *(i for i in block.get("blocks", ()) if block["t"] == "summary")]:
            if b["t"] == "h" and b["toc"]:
                lines.append({"nr": b["nr"], "c": b["c"], "id": b["id"], "level": b["level"]})
    return lines


def tree(**changes: Any) -> Tree:
    """The sample; ``changes`` replace whole fields."""
    found = changes.get("blocks", blocks())
    whole: dict[str, Any] = {
        "lang": "sv",
        "title": "Handlingsplan mot våld 2027–2030",
        "subtitle": "Våldsförebyggande arbete och stöd till våldsutsatta",
        "municipality": "Lövhamra kommun",
        "status": {"mark": "FÖRSLAG", "text": "Förslag till handlingsplan. Inte beslutat."},
        "notice": "Lövhamra är en påhittad kommun. Planen är ett exempel.",
        "meta": [
            ("Dokumenttyp", "Handlingsplan"),
            ("Beslutas av", "Kommunfullmäktige"),
            ("Diarienummer", "KS 2026/00417"),
            ("Gäller", "1 januari 2027 – 31 december 2030"),
            ("Gäller för", "Samtliga nämnder och kommunala bolag"),
            ("Dokumentansvarig", "Säkerhets- och trygghetschefen"),
        ],
        "date": "2026-11-16",
        "footer": "Lövhamra kommun · KS 2026/00417",
        "words": WORDS,
        "toc": _contents(found),
        "blocks": found,
        "notes": NOTES,
        "keywords": ["handlingsplan", "våldsförebyggande arbete"],
    }
    return cast(Tree, whole | changes)
