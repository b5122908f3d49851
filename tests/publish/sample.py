"""A made-up document with every kind of block and inline, shared by the tests of all writers."""

from typing import Any, cast

from vaaldplan.publish import figures
from vaaldplan.publish.tree import Block, Inline, Toc, Tree

WORDS = {
    "section": "Avsnitt",
    "page": "Sida",
    "before_pages": "(",
    "after_pages": ")",
    "attached": "Planen som YAML",
    "contents": "Innehåll",
    "figure": "Figur",
    "table": "Tabell",
    "notes": "Noter",
    "note": "Not",
    "skip": "Hoppa till innehållet",
    "backlink": "Tillbaka till texten",
    "logotype": "Logotyp för",
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


LEVELS = ["Samhälle", "Organisation", "Individ"]
TIERS = [("promotive", "Främjande"), ("preventive", "Förebyggande"), ("targeted", "Riktat")]


def figure(name: str, nr: int, caption: str, svg: str, alt: str) -> Block:
    return {"t": "figure", "id": f"fig-{name}", "nr": nr, "caption": caption, "svg": svg, "alt": alt}


def matrix() -> Block:
    alt = "Antal åtgärder per nivå och preventionsnivå. Samhälle: 2, 1, 0. Organisation: 0, 1, 0. Individ: 0, 1, 1."
    cells = [[2, 1, 0], [0, 1, 0], [0, 1, 1]]
    svg = figures.matrix(LEVELS, [name for _, name in TIERS], cells, title="De nio rutorna", alt=alt, uid="rutor")
    return figure("rutor", 1, "Antal åtgärder i varje ruta. Mörkare ruta betyder fler åtgärder.", svg, alt)


def timeline() -> Block:
    alt = "Varje rad är en åtgärd, från Å1 till Å6, med start och slut 2027–2030."
    bars = [
        figures.Bar(
            f"Å{i}",
            2026.6 + 0.4 * i,
            2031.0 if i % 3 == 0 else 2028.0 + 0.4 * i,
            TIERS[i % 3][0],
            i % 3 == 0,
            (2027.5 + 0.4 * i,) if i % 2 else (),
            LEVELS[(i - 1) // 2],
        )
        for i in range(1, 7)
    ]
    legend = [*TIERS, ("mark", "Avstämning"), ("open", "Pågår utan bestämt slut")]
    svg = figures.timeline([2027, 2028, 2029, 2030], bars, title="Tidslinje", alt=alt, uid="tidslinje-1", legend=legend)
    return figure("tidslinje-1", 2, "När åtgärderna görs.", svg, alt)


def money() -> Block:
    alt = "Kostnad per år. 2027: 5 000 000 kr. 2028: 3 600 000 kr. 2029: 0 kr."
    series = [("Egen budget", [3_750_000, 2_400_000, 0]), ("Statsbidrag", [1_250_000, 1_200_000, 0])]

    def kronor(amount: int) -> str:
        return f"{amount:,} kr".replace(",", "\u00a0").replace(" ", "\u00a0")

    svg = figures.bars(["2027", "2028", "2029"], series, title="Kostnad", alt=alt, uid="kostnad", number=kronor)
    return figure("kostnad", 3, "Kostnad per år och källa.", svg, alt)


def summary() -> Block:
    return {
        "t": "summary",
        "blocks": [
            h(1, "Planen på en sida", "sammanfattning"),
            p("Planen har ", strong("6 åtgärder"), " och ", strong("3 mål"), " för åren 2027–2030."),
            matrix(),
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
        timeline(),
        h(1, "Ekonomi", "ekonomi", "3"),
        money(),
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
        "identity": {
            "plan": "Lövhamra kommun · KS 2026/00417 · Handlingsplan mot våld",
            "version": "0.3",
            "content": "sha256:ab12",
        },
    }
    return cast(Tree, whole | changes)
