"""The paper itself: who decides, for how long, on whose assignment, beside which papers; the road to the council."""

from .node import Count, Date, Flag, Id, Node, Prose, Text, Word, key


class PaperStatus(Word):
    """How far the paper has come."""

    DRAFT = "draft", "utkast"
    CONSULTATION = "consultation", "remiss"
    PROPOSAL = "proposal", "förslag"
    ADOPTED = "adopted", "antagen"
    SUPERSEDED = "superseded", "ersatt"
    EXPIRED = "expired", "utgången"
    REPEALED = "repealed", "upphävd"


class Language(Word):
    """The language of the document."""

    SWEDISH = "sv", "sv"
    ENGLISH = "en", "en"


class Version(Node):
    """A line of this paper's own log."""

    version: Id | None = key("version", required=True)
    date: Date | None = key("datum")
    change: Text | None = key("ändring")


class DecisionForm(Word):
    """How the paper is adopted."""

    RESOLUTION = "resolution", "beslut"
    SIGNATURES = "signatures", "undertecknande"


class Decision(Node):
    """A decision on this paper, or on a measure."""

    body: list[Id] = key("organ", ref="actors", free=True, one=True)
    date: Date | None = key("datum")
    section: Id | None = key("paragraf")
    form: DecisionForm | None = key("form")
    announced: Date | None = key("meddelat")
    votes: Text | None = key("röster")
    signatories: list[Text] = key("undertecknare", ref="actors", free=True, one=True)


class Validity(Node):
    """From when, until when."""

    valid_from: Date | None = key("från", en="from")
    valid_until: Date | None = key("till", en="until")
    until_further_notice: Flag | None = key("tills_vidare")
    revise_by: Date | None = key("revideras_senast")
    renewed: Text | None = key("förnyas")
    reason: Text | None = key("skäl")


class Area(Node):
    """A county or districts, beside or instead of a municipality."""

    short = "name"

    name: Text | None = key("namn", required=True)
    code: Id | None = key("kod")
    kind: Text | None = key("slag")


class DocumentOwner(Node):
    """Who answers for the paper: on political and on official level."""

    political: list[Id] = key("politisk", ref="actors", free=True, one=True)
    official: list[Text] = key("tjänsteperson", one=True)
    parties: list[Id] = key("parter", ref="actors", free=True, one=True)
    revision: Text | None = key("revidering")


class Contact(Node):
    """Where to turn: the municipality's own contacts and help numbers."""

    name: Text | None = key("namn", required=True)
    phone: Id | None = key("telefon")
    web: Text | None = key("webb")
    email: Text | None = key("e_post")
    text: Text | None = key("text")
    checked: Date | None = key("kontrollerad")


class PointBasis(Word):
    """Whether a point of the assignment was decided, argued for in the preparation, or is a condition."""

    DECIDED = "decided", "beslutat"
    REASONED = "reasoned", "motiverat"
    CONDITION = "condition", "villkor"


class PointKind(Word):
    """What a point of the assignment asks for; decides which rules become stricter."""

    TRAINING = "training", "utbildning"
    OUTREACH = "outreach", "utåtriktat"
    CELLS = "cells", "nivåer"
    ROLES = "roles", "roller"
    OWNERSHIP = "ownership", "ägarskap"
    RESOURCES = "resources", "resurser"
    PARTNERS = "partners", "samverkan"
    SUSTAINABILITY = "sustainability", "social_hållbarhet"
    AGENDA2030 = "agenda2030", "agenda2030"
    BOUNDARY = "boundary", "gränsdragning"
    METHOD = "method", "metod"
    PLAN = "plan", "plan"
    OTHER = "other", "annat"


class Point(Node):
    """One point of the assignment, and what in the plan meets it."""

    id: Id | None = key("id", required=True)
    text: Text | None = key("text", required=True)
    basis: PointBasis | None = key("grund")
    kind: PointKind | None = key("slag")
    body: list[Id] = key("organ", ref="actors", free=True, one=True)
    met_by: list[Id] = key("uppfylls_av", ref="any", one=True)
    answer: Prose | None = key("svar")


class Step(Node):
    """A body that has handled the matter."""

    actor: Id | None = key("aktör", ref="actors", free=True, required=True)
    date: Date | None = key("datum")
    section: Id | None = key("paragraf")
    outcome: Text | None = key("utfall")


class Attachment(Node):
    """A document of the matter."""

    short = "name"

    name: Text | None = key("namn", required=True)
    date: Date | None = key("datum")
    case_number: Id | None = key("diarienummer")
    file: Text | None = key("fil")


class Mandate(Node):
    """The assignment the plan answers, with its own history."""

    title: Text | None = key("titel")
    body: Id | None = key("organ", ref="actors", free=True)
    date: Date | None = key("datum")
    section: Id | None = key("paragraf")
    case_number: Id | None = key("diarienummer")
    ruling: Text | None = key("beslut")
    raised_by: Text | None = key("väckt_av")
    actors: list[Step] = key("instanser", many=True)
    attachments: list[Attachment] = key("underlag", many=True)
    points: list[Point] = key("punkter", many=True)
    text: Prose | None = key("text")


class Relation(Word):
    """How another steering document stands to this one."""

    REPLACES = "replaces", "ersätter"
    REPLACED_BY = "replaced by", "ersätts av"
    EXTENDS = "extends", "utökar"
    PROLONGS = "prolongs", "förlänger"
    COMPLEMENTS = "complements", "kompletterar"
    PARALLEL = "parallel", "parallell"
    IMPLEMENTS = "implements", "genomför"
    IMPLEMENTED_BY = "implemented by", "genomförs av"
    SUPERIOR = "superior", "överordnad"


class Act2023196(Word):
    """How the plan stands to the action plan of lag (2023:196)."""

    FULFILS = "fulfils", "uppfyller"
    COMPLEMENTS = "complements", "kompletterar"
    SEPARATE = "separate", "fristående"


class Links(Node):
    """Goals, targets and articles above the plan."""

    national_goals: list[Text] = key("nationella_mål", one=True)
    agenda2030: list[Id] = key("agenda2030", one=True)
    istanbul: list[Id] = key("istanbul", one=True)
    laws: list[Text] = key("lagar", one=True)
    local: list[Id] = key("lokala", ref="related_documents", free=True, one=True)
    act_2023_196: Act2023196 | None = key("lag2023_196")


class RelatedDocument(Node):
    """Another steering document."""

    id: Id | None = key("id", required=True)
    name: Text | None = key("namn", required=True)
    relation: list[Relation] = key("förhållande", one=True)
    valid_from: Date | None = key("från", en="from")
    valid_until: Date | None = key("till", en="until")
    successor: Text | None = key("efterföljare")
    status: Text | None = key("status")
    decision: Decision | None = key("beslut")
    case_number: Id | None = key("diarienummer")
    owner: list[Id] = key("ägare", ref="actors", free=True, one=True)
    links: Links | None = key("kopplingar")
    text: Prose | None = key("text")


class Placement(Word):
    """Where a chapter stands."""

    FOREWORD = "foreword", "förord"
    INTRODUCTION = "introduction", "inledning"
    BEFORE_GOALS = "before goals", "före mål"
    AFTER_GOALS = "after goals", "efter mål"
    CLOSING = "closing", "avslutning"
    APPENDIX = "appendix", "bilaga"


class Chapter(Node):
    """A chapter of prose, freely named."""

    id: Id | None = key("id")
    heading: Text | None = key("rubrik", required=True)
    text: Prose | None = key("text", required=True)
    placement: Placement | None = key("placering")


class Definition(Node):
    """A term and what the plan means by it."""

    term: Text | None = key("term", required=True)
    meaning: Prose | None = key("betydelse", required=True)


class Consultation(Node):
    """A body the proposal was sent to."""

    actor: Id | None = key("aktör", ref="actors", free=True, required=True)
    sent: Date | None = key("skickad")
    answer: Text | None = key("svar")
    date: Date | None = key("datum")
    handling: Text | None = key("hantering")


class Proposal(Node):
    """A point of the proposal for decision."""

    short = "text"

    text: Text | None = key("text", required=True)
    body: Id | None = key("organ", ref="actors", free=True)


class Rejected(Node):
    """A proposal that was considered and not taken."""

    short = "text"

    text: Text | None = key("text", required=True)
    reason: Text | None = key("skäl")
    body: Id | None = key("organ", ref="actors", free=True)
    date: Date | None = key("datum")


class Preparation(Node):
    """The road to the decision."""

    actors: list[Step] = key("instanser", many=True)
    consultation: list[Consultation] = key("remiss", many=True)
    reply_by: Date | None = key("svar_senast")
    proposals: list[Proposal] = key("beslutsförslag", many=True)
    rejected: list[Rejected] = key("avslag", many=True)
    attachments: list[Attachment] = key("underlag", many=True)
    recipients: list[Id] = key("expedieras", ref="actors", free=True, one=True)
    meetings: list[Step] = key("sammanträden", many=True)


class ChildrenTest(Node):
    """The test of the child's best."""

    short = "conclusion"

    affected: Prose | None = key("berörda")
    facts: Prose | None = key("fakta")
    heard: Prose | None = key("hörda")
    conclusion: Prose | None = key("slutsats")


class Consequences(Node):
    """What the plan leads to, for whom."""

    children: ChildrenTest | None = key("barn")
    gender_equality: Prose | None = key("jämställdhet")
    economy: Prose | None = key("ekonomi")
    unions: Prose | None = key("facklig")
    other: Prose | None = key("övriga")


class Risk(Node):
    """What may go wrong, and what is done about it."""

    short = "text"

    text: Text | None = key("text", required=True)
    action: Text | None = key("hantering")
    owner: Id | None = key("ansvarig", ref="actors", free=True)


class Appendix(Node):
    """A document attached to the plan."""

    short = "name"

    name: Text | None = key("namn", required=True)
    text: Prose | None = key("text")
    pages: Count | None = key("sidor")
