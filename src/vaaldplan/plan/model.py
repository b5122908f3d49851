"""The plan as a whole. The fields' names, in both languages, are the format; ``vocabulary`` reads them from here."""

from .goals import Goal, Indicator, Situation
from .measures import Measure
from .node import Count, Date, Id, Node, Prose, Text, key
from .organisation import Actor, Economy, FollowUp, Gap, Organisation, Partnership
from .paper import (
    Appendix,
    Area,
    Chapter,
    Consequences,
    Contact,
    Decision,
    Definition,
    DocumentOwner,
    Language,
    Links,
    Mandate,
    PaperStatus,
    Preparation,
    RelatedDocument,
    Risk,
    Validity,
    Version,
)


class Plan(Node):
    """A municipality's action plan."""

    title: Text | None = key("titel", required=True)
    subtitle: Text | None = key("undertitel")
    notice: Text | None = key("upplysning")
    municipality: Text | None = key("kommun")
    municipality_code: Id | None = key("kommunkod")
    area: Area | None = key("område")
    document_type: Text | None = key("dokumenttyp")
    case_number: Id | None = key("diarienummer")
    language: Language | None = key("språk")
    status: PaperStatus | None = key("status")
    version: Id | None = key("version")
    versions: list[Version] = key("versioner", many=True)
    date: Date | None = key("datum")
    decision: list[Decision] = key("beslut", one=True)
    validity: Validity | None = key("giltighet")
    applies_to: list[Id] = key("gäller_för", ref="actors", free=True, one=True)
    document_owner: DocumentOwner | None = key("dokumentansvarig")
    contacts: list[Contact] = key("kontakt", one=True)
    mandate: list[Mandate] = key("uppdrag", one=True)
    related_documents: list[RelatedDocument] = key("styrdokument", many=True)
    links: Links | None = key("kopplingar")
    scope: Prose | None = key("avgränsning")
    boundary: Prose | None = key("gränsdragning")
    vision: Prose | None = key("vision")
    chapters: list[Chapter] = key("kapitel", many=True)
    definitions: list[Definition] = key("definitioner", many=True)
    situation: Situation | None = key("lägesbild")
    actors: list[Actor] = key("aktörer", many=True)
    organisation: Organisation | None = key("organisation")
    goals: list[Goal] = key("mål", many=True)
    indicators: list[Indicator] = key("indikatorer", many=True)
    measures: list[Measure] = key("åtgärder", many=True)
    declared_measures: Count | None = key("antal_åtgärder")
    gaps: list[Gap] = key("luckor", many=True)
    partnerships: list[Partnership] = key("samverkan", many=True)
    economy: Economy | None = key("ekonomi")
    follow_up: FollowUp | None = key("uppföljning")
    consequences: Consequences | None = key("konsekvenser")
    risks: list[Risk] = key("risker", one=True)
    preparation: Preparation | None = key("beredning")
    appendices: list[Appendix] = key("bilagor", one=True)
