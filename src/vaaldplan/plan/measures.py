"""The measures: what is done, at which level and tier, by whom, when, for what money, and how it goes."""

from .goals import TargetGroup, ViolenceType
from .node import Count, Date, Flag, Id, Kronor, Node, Number, Prose, Text, When, Word, key, series
from .paper import Decision, Links, Risk


class Level(Word):
    """At which level a measure works."""

    INDIVIDUAL = "individual", "individ"
    ORGANISATION = "organisation", "organisation"
    SOCIETY = "society", "samhälle"


class Tier(Word):
    """How early a measure works: for all, for groups at risk, for those affected."""

    PROMOTIVE = "promotive", "främjande"
    PREVENTIVE = "preventive", "förebyggande"
    TARGETED = "targeted", "riktat"


class MeasureKind(Word):
    """What kind of measure."""

    MEASURE = "measure", "åtgärd"
    PRECONDITION = "precondition", "förutsättning"
    ASSIGNMENT = "assignment to others", "uppdrag till annan"
    ADVICE = "advice", "råd"


class Newness(Word):
    """What the plan intends: something new, something developed, something that goes on."""

    NEW = "new", "ny"
    DEVELOPED = "developed", "utvecklas"
    ONGOING = "ongoing", "pågår"
    PILOT = "pilot", "pilot"


class Owners(Word):
    """Words that may stand in place of an owner's id."""

    ALL_COMMITTEES = "all committees", "samtliga nämnder"
    AS_APPLIES_TO = "as applies_to", "enligt gäller_för"


class Participant(Node):
    """Someone who takes part, in a named role."""

    short = "actor"

    actor: Id | None = key("aktör", ref="actors", free=True, required=True)
    role: Text | None = key("roll")


class Rhythm(Word):
    """How often something comes back."""

    WEEKLY = "weekly", "varje vecka"
    MONTHLY = "monthly", "varje månad"
    QUARTERLY = "quarterly", "varje kvartal"
    TERMLY = "every term", "varje termin"
    YEARLY = "yearly", "varje år"


class EvidenceGrade(Word):
    """How well the method is proven."""

    EVIDENCE_BASED = "evidence-based", "evidensbaserad"
    PROVEN = "proven", "beprövad"
    PROMISING = "promising", "lovande"
    OWN = "own", "egen"


class Evidence(Node):
    """How well the method is proven, and who says so (``källa``)."""

    short = "grade"

    grade: EvidenceGrade | None = key("grad")
    text: Text | None = key("text")


class Deliverable(Node):
    """Something countable that the measure gives."""

    short = "text"

    text: Text | None = key("text", required=True)
    number: Count | None = key("antal")
    date: Date | None = key("datum")


class StaffLevel(Word):
    """Whom a training is for."""

    EMPLOYEES = "employees", "medarbetare"
    MANAGERS = "managers", "chefer"
    TOP_MANAGEMENT = "top management", "högsta ledning"
    ELECTED = "elected members", "förtroendevalda"
    NEW = "new employees", "nyanställda"


class Training(Node):
    """What is special to a training."""

    staff: list[StaffLevel] = key("personalgrupper", one=True)
    themes: list[Text] = key("teman", one=True)
    hours: Number | None = key("timmar")
    form: Text | None = key("form")
    mandatory: Flag | None = key("obligatorisk")
    cycle: Text | None = key("intervall")
    number: Count | None = key("antal")


class Outreach(Node):
    """What is special to a measure directed to residents."""

    audience: list[Text] = key("mottagare", one=True)
    channels: list[Text] = key("kanaler", one=True)
    languages: list[Text] = key("språk", one=True)
    formats: list[Text] = key("format", one=True)
    times_per_year: Number | None = key("gånger_per_år")


class YearCost(Node):
    """The cost of one year, in all or by kind."""

    short = "amount"

    amount: Kronor | None = key("belopp")
    staff: Kronor | None = key("löner")
    services: Kronor | None = key("köpta_tjänster")
    materials: Kronor | None = key("material")
    premises: Kronor | None = key("lokaler")
    other: Kronor | None = key("övrigt")
    hours: Number | None = key("timmar")

    @property
    def kronor(self) -> int | None:
        """The year's cost in kronor: the amount, else the sum of the kinds, else ``None``."""
        if self.amount is not None:
            return self.amount.kronor
        kinds = [k for k in (self.staff, self.services, self.materials, self.premises, self.other) if k is not None]
        return sum(k.kronor for k in kinds) if kinds else None


class Cost(Node):
    """The cost: per year, as a total, in hours, within budget, or set aside without an amount."""

    short = "total"
    yearly = "per_year"

    total: Kronor | None = key("totalt")
    per_year: dict[str, YearCost] = series("per_år")
    within_budget: list[Id] = key("inom_ram", ref="actors", free=True, one=True)
    hours: Number | None = key("timmar")
    set_aside: Text | None = key("avsatt")
    text: Text | None = key("text")

    @classmethod
    def expand(cls, text: str) -> dict[str, str]:
        """A bare text is an amount, or words such as ``inom ram`` which name no budget holder."""
        return {"total": text} if any(c.isdigit() for c in text) else {"text": text}


class FundingKind(Word):
    """Where money comes from."""

    BUDGET = "budget", "ram"
    ADDITION = "addition", "tillskott"
    GRANT = "grant", "statsbidrag"
    EXTERNAL = "external", "extern part"


class FundingStatus(Word):
    """How sure money is."""

    DECIDED = "decided", "beslutad"
    APPLIED = "applied", "sökt"
    PLANNED = "planned", "planerad"


class Amounts(Node):
    """An amount in all or per year."""

    short = "total"
    yearly = "per_year"

    total: Kronor | None = key("totalt")
    per_year: dict[str, Kronor] = series("per_år")


class Funding(Node):
    """A source of money for a measure."""

    short = "kind"

    kind: FundingKind | None = key("slag", required=True)
    from_actor: Id | None = key("från_aktör", ref="actors", free=True)
    amount: Amounts | None = key("belopp")
    status: FundingStatus | None = key("status")
    grant: Text | None = key("bidrag")


class State(Word):
    """How a measure goes."""

    NOT_STARTED = "not started", "ej påbörjad"
    ONGOING = "ongoing", "pågår"
    DELAYED = "delayed", "försenad"
    DONE = "done", "klar"
    DROPPED = "dropped", "utgår"
    PROLONGED = "prolonged", "förlängd"
    IN_CONSULTATION = "in consultation", "på remiss"
    PROPOSED = "proposed", "föreslagen"
    NOT_REPORTED = "not reported", "ej redovisad"


class Status(Node):
    """A dated report of how a measure goes."""

    short = "state"

    state: State | None = key("läge", required=True)
    date: Date | None = key("datum")
    result: Text | None = key("resultat")
    comment: Text | None = key("kommentar")


class Arose(Node):
    """When and from where a measure came during the period."""

    short = "text"

    date: Date | None = key("datum")
    text: Text | None = key("text")


class Handover(Node):
    """To whom and when a measure is handed over."""

    to: Id | None = key("till", ref="actors", free=True)
    date: Date | None = key("datum")


class Work(Node):
    """What a measure and its parts have in common."""

    id: Id | None = key("id", required=True)
    title: Text | None = key("titel", required=True)
    description: Prose | None = key("beskrivning")
    owner: list[Id] = key("ansvarig", ref="actors", free=True, special=Owners, one=True)
    convener: Id | None = key("sammankallande", ref="actors", free=True)
    equal: Flag | None = key("jämbördiga")
    participants: list[Participant] = key("medverkande", one=True)
    function: Text | None = key("funktion")
    time: When | None = key("tid")
    start: Date | None = key("start")
    end: Date | None = key("slut")
    rhythm: Rhythm | None = key("rytm")
    condition: Text | None = key("villkor")
    checkpoint: Text | None = key("avstämning")
    open_ended: Flag | None = key("öppen")
    status: list[Status] = key("status", one=True)


class Part(Work):
    """A sub-measure, with its own owner, time and status."""

    id: Id | None = key("id")


class Measure(Work):
    """A measure of the plan."""

    heading: Text | None = key("avsnitt")
    kind: MeasureKind | None = key("slag")
    newness: Newness | None = key("karaktär")
    level: Level | None = key("nivå")
    tier: Tier | None = key("preventionsnivå")
    period: Date | None = key("period")
    from_document: Id | None = key("ur", ref="related_documents", free=True)
    predecessors: list[Id] = key("föregångare", one=True)
    continues: Id | None = key("fortsätter", ref="measures", free=True)
    arose: Arose | None = key("tillkom")
    handover: Handover | None = key("överlämnas")
    decision_point: Id | None = key("beslutspunkt")
    decision: list[Decision] = key("beslut", one=True)
    goals: list[Id] = key("mål", ref="goals", one=True)
    observations: list[Id] = key("iakttagelser", ref="observations", one=True)
    change_factors: list[Id] = key("förändringsfaktorer", ref="change_factors", free=True, one=True)
    target_group: list[TargetGroup] = key("målgrupp", one=True)
    aimed_at: list[Text] = key("vänder_sig_till", one=True)
    links: Links | None = key("kopplingar")
    settings: list[Text] = key("arenor", one=True)
    places: list[Text] = key("platser", one=True)
    violence_types: list[Text] = key("våldstyper", words=ViolenceType, one=True)
    method: Text | None = key("metod")
    evidence: Evidence | None = key("evidens")
    deliverables: list[Deliverable] = key("leveranser", one=True)
    indicators: list[Id] = key("indikatorer", ref="indicators", one=True)
    risks: list[Risk] = key("risker", one=True)
    depends_on: list[Id] = key("beror_på", ref="measures", one=True)
    examples: list[Text] = key("exempel", one=True)
    parts: list[Part] = key("delåtgärder", many=True)
    training: Training | None = key("utbildning")
    outreach: Outreach | None = key("utåtriktat")
    cost: Cost | None = key("kostnad")
    positions: dict[str, Number] = series("tjänster")
    funding: list[Funding] = key("finansiering", one=True)
    if_refused: Text | None = key("om_bidraget_uteblir")

    @property
    def binding(self) -> bool:
        """Whether the plan itself commits to the measure: advice and other documents' measures are only shown."""
        return self.kind is not MeasureKind.ADVICE and self.from_document is None
