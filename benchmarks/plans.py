"""Plans of any size to measure on: the small clean plan that the rules' examples are laid over, with made-up measures.

The same number of measures gives the same text, byte for byte. 45 measures are 60 KB.
"""

import random
import re
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent / "src/vaaldplan/texts/examples/base.yaml"

EVERYWHERE = (
    ("aktörer", "aktörer:\n", "aktörer:\n  - {id: sn, namn: Socialnämnden, typ: nämnd}\n"
     "  - {id: bun, namn: Barn- och utbildningsnämnden, typ: nämnd}\n"),
    ("gäller_för", "[ks]", "[ks, sn, bun]"),
    ("beredning", "  remiss:\n", "  remiss:\n"
     "    - {aktör: sn, skickad: 2026-08-31, svar: tillstyrker, datum: 2026-09-21, hantering: ingen ändring}\n"
     "    - {aktör: bun, skickad: 2026-08-31, svar: tillstyrker, datum: 2026-09-21, hantering: ingen ändring}\n"),
    ("beredning", "expedieras: [ks,", "expedieras: [ks, sn, bun,"),
)  # fmt: skip
"""Two more committees, wherever the base plan names all who have measures."""
PLACES = tuple(
    first + last
    for last in ("torp", "vik", "berg", "dala", "hult", "näs", "stad", "by", "fors", "sund", "holm", "ryd", "lunda")
    for first in ("Norr", "Söder", "Väster", "Öster", "Björk", "Gran", "Ek", "Lind", "Sten", "Sand", "Å", "Kung", "Rön")
)
LEVELS = ("individ", "organisation", "samhälle")
TIERS = ("främjande", "förebyggande", "riktat")
WHAT = (
    "Utbilda {who} om våld i nära relationer", "Införa frågor om våld i möten med {who}",
    "Skriva en rutin för hur {who} får stöd", "Bjuda in {who} till samtal om jämställdhet och respekt",
    "Informera {who} om vart man vänder sig", "Pröva gruppsamtal för {who}", "Se över lokaler där {who} tas emot",
    "Samordna stödet till {who}", "Ta fram ett studiematerial för {who}", "Erbjuda {who} en fast kontaktperson",
)  # fmt: skip
WHO = tuple(
    f"{group} {where}"
    for where in (
        "i skolan", "i hemtjänsten", "på familjecentralen", "på fritidsgården", "på socialkontoret", "på biblioteket",
        "i räddningstjänsten", "på vuxenutbildningen", "i förskolan", "på äldreboendet", "på ungdomsmottagningen",
    )
    for group in (
        "chefer", "medarbetare", "besökare", "nyanställda", "vikarier", "anhöriga", "skyddsombud", "handledare",
        "kontaktpersoner", "tolkar", "volontärer", "praktikanter",
    )
)  # fmt: skip
WHY = (
    "Medarbetarenkäten visar att få vet vad de ska göra när de misstänker att någon utsätts för våld.",
    "Skolenkäten visar att elever sällan berättar om våld för en vuxen.",
    "Socialnämndens statistik visar att de flesta söker stöd först när våldet har pågått länge.",
    "Polisen i kommunen möter samma familjer flera gånger utan att de får kontakt med socialtjänsten.",
    "Flera verksamheter möter samma personer, men de känner inte till varandras arbete.",
)
HOW = (
    "Deltagarna övar på att ställa frågor och på att ta emot svaret.",
    "Arbetet prövas först i två verksamheter och utvärderas innan det sprids.",
    "Rutinen tas fram tillsammans med dem som ska följa den.",
    "Materialet finns på lättläst svenska, arabiska och engelska.",
    "Varje verksamhet utser en person som håller frågan levande.",
    "Samtalen leds av två personer, och minst en av dem har utbildning i metoden.",
    "Kvinnojouren och polisen deltar vid två tillfällen varje år.",
)
MORE = (
    "Folkhälsostrategen följer upp hur många som deltar och vad de säger att de har haft för nytta av det.",
    "Chefen tar upp frågan vid arbetsplatsträffar och ser till att nya medarbetare får samma kunskap.",
    "Tiden räcker till två grupper om året, och den som inte får plats erbjuds nästa tillfälle.",
    "Varje verksamhet berättar i verksamhetsberättelsen vad den har gjort och vad som återstår.",
)
METHODS = (
    "Samtal i grupp med material från Jämställdhetsmyndigheten, två timmar varannan vecka",
    "Webbkurs från Nationellt centrum för kvinnofrid",
    "Rådgivning enskilt och i grupp, med en mall från socialkontoret",
)
NOTES = ("Stäms av med förvaltningen", "Samma upplägg som i skolan", "Tiden gäller om medlen beviljas")
SETTINGS = ("skola", "fritid", "arbetsplats", "digitalt", "hemmet")
VIOLENCE = ("psykiskt", "fysiskt", "digitalt", "ekonomiskt")
OWNERS = ("ks", "sn", "bun")
CALLED = {
    "ks": "Folkhälsostrategen", "sn": "Enhetschefen på socialkontoret", "bun": "Elevhälsans chef",
}  # fmt: skip


def text(measures: int, number: int = 0) -> str:
    """A plan with so many measures, and a goal and an indicator for every nine of them.

    Plans of different numbers say different things, as those of different municipalities do.
    """
    parts, each = _plan(measures, number)
    return "".join({**parts, "åtgärder": "åtgärder:\n" + "".join(each)}.values())


def write(folder: Path, measures: int) -> None:
    """Put such a plan into a folder, the measures in files of five thousand: one file may have 16 MB."""
    parts, each = _plan(measures)
    names = [f"{n}.yaml" for n in range(0, measures, 5000)]
    for name in names:
        begin = int(name.removesuffix(".yaml"))
        (folder / name).write_text("åtgärder:\n" + "".join(each[begin : begin + 5000]), "utf-8")
    parts["åtgärder"] = f"åtgärder: {{filer: [{', '.join(names)}]}}\n"
    (folder / "plan.yaml").write_text("".join(parts.values()), "utf-8")


def _plan(measures: int, number: int = 0) -> tuple[dict[str, str], list[str]]:
    """The plan's parts by their key, and its measures."""
    chance = random.Random(2026 + number)
    goals = max(1, measures // 9)
    parts = _sections(BASE.read_text("utf-8"))
    for key, old, new in EVERYWHERE:
        assert old in parts[key], key
        parts[key] = parts[key].replace(old, new)
    parts["mål"] = "mål:\n" + "".join(_goal(n) for n in range(1, goals + 1))
    parts["indikatorer"] = "indikatorer:\n" + "".join(_indicator(n) for n in range(1, goals + 1))
    first = parts["åtgärder"].removeprefix("åtgärder:\n")
    del parts["luckor"]  # every cell of the matrix has measures
    return parts, [first, *(_measure(n, goals, chance) for n in range(2, measures + 1))]


def _sections(plan: str) -> dict[str, str]:
    """The plan's parts by their key, in order."""
    pieces = re.split(r"^(?=\w)", plan, flags=re.MULTILINE)
    return {piece.partition(":")[0]: piece for piece in pieces if piece}


def _goal(n: int) -> str:
    return f"""\
  - id: M{n}
    titel: Fler upptäcker våld tidigt, del {n}
    ansvarig: {OWNERS[n % 3]}
    indikatorer: I{n}
    kopplingar: {{agenda2030: [5.2]}}
    effektkedja:
      prestation: Alla chefer är utbildade.
      medellång_sikt: Fler frågar om våld.
      lång_sikt: Våldet upptäcks tidigt.
"""


def _indicator(n: int) -> str:
    return f"""\
  - id: I{n}
    titel: Andel som vet vad de ska göra vid misstanke om våld, grupp {n}
    typ: resultat
    enhet: procent
    utgångsvärde: {{okänt: mäts hösten 2027}}
    målvärden: {{2029: {60 + n % 35}}}
    riktning: öka
    källa: medarbetarenkäten
    insamlare: ks
    intervall: varje år
"""


def _measure(n: int, goals: int, chance: random.Random) -> str:
    pick = chance.choice
    who, owner, year = pick(WHO), pick(OWNERS), 2027 + n % 2
    how = chance.sample(HOW, 3)
    goal = 1 + n % goals
    lines = [f"  # {pick(NOTES)}"] if n % 3 == 0 else []
    lines += [
        f"  - id: A{n}",
        f"    titel: {pick(WHAT).format(who=who)} i {pick(PLACES)}",
        f"    beskrivning: {'|' if n % 2 else '>-'}",
        f"      {pick(WHY)}",
        f"      {how[0]}",
        f"      {how[1]}",
        f"      {chance.choice(MORE)}",
        *(["", f"      {how[2]} Arbetet leds av **{CALLED[owner].lower()}**."] if n % 2 else []),
        f"    mål: [M{goal}]",
        f"    ansvarig: {owner}",
        f"    funktion: {CALLED[owner]}",
        f"    medverkande: [{', '.join(chance.sample(('regionen', 'polisen', 'jouren'), 2))}]",
        f"    start: {year}-{1 + n % 9:02}",
        *([f"    slut: {year + 1}-{3 + n % 9:02}"] if n % 11 else []),  # a few faults, as real plans have
        f"    nivå: {LEVELS[n % 3]}",
        f"    preventionsnivå: {TIERS[n // 3 % 3]}",
        f"    vänder_sig_till: [{who}, män och pojkar]",
        f"    arenor: [{', '.join(chance.sample(SETTINGS, 2))}]",
        f"    våldstyper: [{', '.join(chance.sample(VIOLENCE, 2))}]",
        "    leveranser:",
        f"      - {{text: personer som har deltagit, antal: {20 + n % 180}, datum: {year + 1}-{2 + n % 9:02}}}",
        *([f"    indikatorer: [I{goal}]"] if n % 13 else []),
        f"    metod: {pick(METHODS)}",
        *(["    evidens: {grad: beprövad, källa: socialstyrelsen.se}"] if n % 7 else []),
    ]
    if n % 4 == 0:
        lines += [
            "    kostnad:",
            f"      {year}: {20 + n % 60} 000",
            f"      {year + 1}: {{löner: {15 + n % 40} 000, material: 5 000}}",
            f"    finansiering: {{slag: ram, från_aktör: {owner}, status: beslutad}}",
        ]
    else:
        lines += [f"    kostnad: {{inom_ram: {owner}}}"]
    if n % 5 == 0:
        lines += [
            "    delåtgärder:",
            f"      - {{titel: Planera omgång {n}, ansvarig: {owner}, slut: {year}-{2 + n % 9:02}}}",
            f"      - {{titel: Följa upp omgång {n}, ansvarig: {owner}, slut: {year + 1}-{1 + n % 9:02}}}",
        ]
    return "\n".join(lines) + "\n"
