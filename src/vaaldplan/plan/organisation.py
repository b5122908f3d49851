"""Who is who, how the work is organised, with whom the municipality works, the money as a whole, and the follow-up."""

from .measures import Amounts, Level, Tier
from .node import Count, Date, Id, Node, Number, Prose, Text, Word, key


class ActorType(Word):
    """Kinds of bodies."""

    MUNICIPALITY = "municipality", "kommun"
    COMMITTEE = "committee", "nämnd"
    DEPARTMENT = "department", "förvaltning"
    COMPANY = "company", "bolag"
    UNIT = "unit", "enhet"
    GROUP = "group", "grupp"
    FUNCTION = "function", "funktion"
    COUNCIL = "council", "råd"
    REGION = "region", "region"
    AGENCY = "agency", "myndighet"
    MUNICIPAL_ASSOCIATION = "municipal association", "kommunförbund"
    COOPERATION_BODY = "cooperation body", "samverkansorgan"
    CIVIL_SOCIETY = "civil society", "civilsamhälle"
    BUSINESS = "business", "näringsliv"
    RESIDENTS = "residents", "invånare"


class Actor(Node):
    """A body of the register."""

    id: Id | None = key("id", required=True)
    name: Text | None = key("namn", required=True)
    type: ActorType | None = key("typ")
    part_of: Id | None = key("hör_till", ref="actors", free=True)
    members: list[Id] = key("ingår", ref="actors", free=True, one=True)
    until: Date | None = key("till")
    succeeded_by: Id | None = key("efterträds_av", ref="actors", free=True)
    not_concerned: Text | None = key("berörs_inte")


class Group(Node):
    """A steering or working group: who sits in it, how often it meets, what it may decide."""

    short = "name"

    name: Text | None = key("namn")
    actor: Id | None = key("aktör", ref="actors", free=True)
    convener: Id | None = key("sammankallande", ref="actors", free=True)
    members: list[Id] = key("ingår", ref="actors", free=True, one=True)
    meets: Text | None = key("möten")
    tasks: list[Text] = key("uppgifter", one=True)


class Coordinator(Node):
    """The coordinator: a function, with share of working time and a deputy."""

    short = "function"

    function: Text | None = key("funktion")
    actor: Id | None = key("placering", ref="actors", free=True)
    share: Number | None = key("tjänstgöringsgrad")
    deputy: Text | None = key("ersättare")
    tasks: list[Text] = key("uppgifter", one=True)


class YearlyStep(Node):
    """A step of the yearly cycle."""

    time: Text | None = key("tid", required=True)
    text: Text | None = key("text", required=True)
    actor: Id | None = key("aktör", ref="actors", free=True)


class Organisation(Node):
    """How the work is led and held together."""

    text: Prose | None = key("text")
    steering_group: Group | None = key("styrgrupp")
    working_group: Group | None = key("arbetsgrupp")
    coordinator: Coordinator | None = key("samordnare")
    coordination_function: Coordinator | None = key("samordningsfunktion")
    council: Group | None = key("råd")
    yearly_cycle: list[YearlyStep] = key("årshjul", many=True)


class Agreement(Node):
    """A written agreement (lag 2023:196, 9 §)."""

    purpose: Text | None = key("syfte")
    area: Text | None = key("område")
    date: Date | None = key("datum")
    status: Text | None = key("status")


class Partnership(Node):
    """A partner, what it does, and what has been agreed."""

    short = "actor"

    actor: Id | None = key("aktör", ref="actors", free=True, required=True)
    role: Text | None = key("roll")
    contact: Text | None = key("kontakt")
    agreement: Agreement | None = key("överenskommelse")
    confirmed: Date | None = key("bekräftad")


class Economy(Node):
    """The money as a whole."""

    total: Amounts | None = key("summa")
    staff: Prose | None = key("personal")
    text: Prose | None = key("text")


class Occasion(Node):
    """A dated follow-up of the plan."""

    date: Date | None = key("datum", required=True)
    compiled_by: Id | None = key("sammanställs_av", ref="actors", free=True)
    recipient: list[Id] = key("mottagare", ref="actors", free=True, one=True)
    form: Text | None = key("form")


class Deviation(Node):
    """Why and when the work departed from the plan."""

    cause: Text | None = key("orsak", required=True)
    year: Date | None = key("år")
    affects: list[Id] = key("berör", ref="measures", one=True)


class FinalEvaluation(Node):
    """The evaluation at the end."""

    date: Date | None = key("datum")
    method: Text | None = key("metod")
    completed: Count | None = key("genomförda")
    of: Count | None = key("av")
    text: Prose | None = key("text")


class FollowUp(Node):
    """How the plan is followed up."""

    text: Prose | None = key("text")
    occasions: list[Occasion] = key("tillfällen", many=True)
    deviations: list[Deviation] = key("avvikelser", many=True)
    final_evaluation: FinalEvaluation | None = key("slututvärdering")
    deviation_rule: Prose | None = key("avvikelsehantering")
    published: Text | None = key("publiceras")


class Gap(Node):
    """An empty cell of the nine, with its reason or the document that covers it."""

    level: Level | None = key("nivå", required=True)
    tier: Tier | None = key("preventionsnivå", required=True)
    reason: Text | None = key("skäl")
    covered_by: Id | None = key("täcks_av", ref="related_documents", free=True)
