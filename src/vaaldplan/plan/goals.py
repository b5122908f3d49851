"""The problem picture, the goals, and the indicators that tell whether they are reached."""

from .node import Date, Flag, Id, Node, Prose, Text, Value, Word, key, series
from .paper import Links


class ViolenceType(Word):
    """Kinds of violence; other kinds may be written in free text."""

    PHYSICAL = "physical", "fysiskt"
    PSYCHOLOGICAL = "psychological", "psykiskt"
    SEXUAL = "sexual", "sexuellt"
    ECONOMIC = "economic", "ekonomiskt"
    MATERIAL = "material", "materiellt"
    LATENT = "latent", "latent"
    NEGLECT = "neglect", "försummelse"
    DIGITAL = "digital", "digitalt"
    AFTER_SEPARATION = "after separation", "eftervåld"
    PARTNER = "partner", "våld i nära relation"
    HONOUR = "honour", "hedersrelaterat"
    TRAFFICKING = "prostitution and trafficking", "prostitution och människohandel"
    HARASSMENT = "sexual harassment", "sexuella trakasserier"


class Reading(Node):
    """A value of an indicator or a finding: a figure, a bound, words, or that it is not reported."""

    short = "value"

    value: Value | None = key("värde")
    at_least: Value | None = key("minst")
    at_most: Value | None = key("högst")
    text: Text | None = key("text")
    not_reported: Text | None = key("ej_redovisat")


class Breakdown(Node):
    """A figure split by sex and age."""

    yearly = "periods"

    women: Value | None = key("kvinnor")
    men: Value | None = key("män")
    girls: Value | None = key("flickor")
    boys: Value | None = key("pojkar")
    ages: Text | None = key("åldrar")
    text: Text | None = key("text")
    periods: dict[str, Reading] = series("perioder")

    short = "text"


class Observation(Node):
    """A finding of the problem picture."""

    id: Id | None = key("id", required=True)
    text: Prose | None = key("text", required=True)
    violence_type: list[Text] = key("våldstyp", words=ViolenceType, one=True)
    group: Text | None = key("grupp")
    place: Text | None = key("plats")
    value: Reading | None = key("värde")
    values: dict[str, Reading] = series("värden")
    unit: Text | None = key("enhet")
    year: Date | None = key("år")
    breakdown: Breakdown | None = key("uppdelning")
    change: Text | None = key("förändring")
    uncertainty: Text | None = key("osäkerhet")
    causes: list[Text] = key("orsaker", one=True)
    priority: Flag | None = key("prioriterad")


class FactorKind(Word):
    """Whether a factor raises or lowers the risk."""

    RISK = "risk", "risk"
    PROTECTIVE = "protective", "skydd"


class ChangeFactor(Node):
    """A risk or protective factor that the measures try to change."""

    id: Id | None = key("id", required=True)
    text: Text | None = key("text", required=True)
    kind: FactorKind | None = key("slag")


class Situation(Node):
    """The problem picture: mapping, other information, analysis (lag 2023:196, 4 §)."""

    mapping: Prose | None = key("kartläggning")
    other: Prose | None = key("övrigt")
    analysis: Prose | None = key("analys")
    date: Date | None = key("datum")
    method: Prose | None = key("metod")
    sources: list[Text] = key("källor", one=True)
    observations: list[Observation] = key("iakttagelser", many=True)
    change_factors: list[ChangeFactor] = key("förändringsfaktorer", many=True)


class GoalKind(Word):
    """What kind of goal."""

    GOAL = "goal", "mål"
    PROMISE = "promise", "löfte"
    FOCUS_AREA = "focus area", "fokusområde"
    LONG_TERM = "long-term", "långsiktigt"


class TargetGroup(Node):
    """Whom it is for, and how many they are."""

    short = "group"

    group: Text | None = key("grupp", required=True)
    size: Value | None = key("storlek")


class ResultsChain(Node):
    """From what is done to what it leads to."""

    output: Text | None = key("prestation")
    medium_term: Text | None = key("medellång_sikt")
    long_term: Text | None = key("lång_sikt")


class Goal(Node):
    """A goal of the plan."""

    id: Id | None = key("id", required=True)
    title: Text | None = key("titel", required=True)
    text: Prose | None = key("text")
    kind: GoalKind | None = key("slag")
    under: Id | None = key("under", ref="goals")
    owner: list[Id] = key("ansvarig", ref="actors", free=True, one=True)
    period: Date | None = key("period")
    places: list[Text] = key("platser", one=True)
    settings: list[Text] = key("arenor", one=True)
    target_group: list[TargetGroup] = key("målgrupp", one=True)
    indicators: list[Id] = key("indikatorer", ref="indicators", one=True)
    links: Links | None = key("kopplingar")
    status: Text | None = key("status")
    without_measures: Text | None = key("utan_åtgärder")
    results_chain: ResultsChain | None = key("effektkedja")


class IndicatorType(Word):
    """What an indicator measures."""

    STRUCTURE = "structure", "struktur"
    OUTPUT = "output", "prestation"
    RESULT = "result", "resultat"
    EFFECT = "effect", "effekt"


class Direction(Word):
    """The wanted direction."""

    INCREASE = "increase", "öka"
    DECREASE = "decrease", "minska"
    KEEP = "keep", "behålla"


class Indicator(Node):
    """What is measured to see whether a goal is reached."""

    id: Id | None = key("id", required=True)
    title: Text | None = key("titel", required=True)
    type: IndicatorType | None = key("typ")
    unit: Text | None = key("enhet")
    baseline: dict[str, Reading] = series("utgångsvärde")
    targets: dict[str, Reading] = series("målvärden")
    actuals: dict[str, Reading] = series("utfall")
    direction: Direction | None = key("riktning")
    interpretation: Text | None = key("tolkning")
    no_data_source: Text | None = key("datakälla_saknas")
    collector: Id | None = key("insamlare", ref="actors", free=True)
    frequency: Text | None = key("intervall")
    place: Text | None = key("plats")
    per: Text | None = key("per")
    breakdown: Breakdown | None = key("uppdelning")
    share_of: Id | None = key("andel_av", ref="indicators", free=True)
