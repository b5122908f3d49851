"""The built papers: can everyone read them, are they this plan's, and can they be kept (M01–M04, M08, N05, N09)."""

import re
from itertools import pairwise

from vaaldplan.facts.language import either, words
from vaaldplan.finding import Basis, Severity, Stage
from vaaldplan.paper import Built, Papers, Spot
from vaaldplan.plan.identity import identity
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import Language
from vaaldplan.swedish import number

from .registry import Found, Key, hit, key_of, on, rule

WORDS_PER_PAGE = 500
"""A full page, where a format has no pages of its own."""
LEAST_CONTRAST = 4.5
"""WCAG 1.4.3, for text of ordinary size."""
UNDATED = "2000-01-01"
"""The date that a paper is given when its plan has none."""


@rule("M01", basis=Basis.STATUTE, limit=5)
def heading_order(built: Built, limit: float) -> Found:
    """One title, no level skipped, and a list of contents when the paper is long."""
    titles = [h for h in built.headings if h.level == 1]
    if not titles:
        yield on(built)
    elif len(titles) > 1:
        second = titles[1]
        yield on(built, "several", severity=Severity.WARNING, count=len(titles), heading=Spot(second.text, second.page))
    for above, heading in pairwise(built.headings):
        if heading.level > above.level + 1:
            at = Spot(heading.text, heading.page)
            yield on(built, "skipped", heading=at, level=heading.level, above=above.level)
    pages = built.pages if built.pages is not None else built.words // WORDS_PER_PAGE
    if pages > limit and not built.contents:
        yield on(built, "contents", severity=Severity.WARNING, longest=int(limit))


@rule("M02", basis=Basis.STATUTE, limit=8)
def tables(built: Built, limit: float) -> Found:
    """Tables have heads and a caption, no empty cells, and no more columns than a page holds."""
    for table in built.tables:
        at = Spot(table.name, table.page)
        if not table.heads:
            yield on(built, table=at)
        if not table.captioned:
            yield on(built, "caption", severity=Severity.WARNING, table=at)
        if table.empty:
            yield on(built, "empty", severity=Severity.WARNING, table=at, count=table.empty)
        if table.columns > limit:
            yield on(built, "wide", severity=Severity.WARNING, table=at, columns=table.columns, most=int(limit))


@rule("M03", basis=Basis.STATUTE)
def language_and_title(built: Built) -> Found:
    """The file says its language and its title, and every picture has its words."""
    if built.language is not None and built.language.lower().split("-")[0] not in list(Language):
        yield on(built, "other" if built.language else "", language=built.language)
    if built.title is not None and not built.title.strip():
        yield on(built, "title")
    for image in built.images:
        if not image.alt.strip():
            yield on(built, "picture", picture=Spot(image.name, image.page))


@rule("M04", basis=Basis.STATUTE)
def colours(built: Built) -> Found:
    """Text is told from its background, and no colour says something alone."""
    for pair in built.colours:
        if pair.contrast < LEAST_CONTRAST:
            contrast = Key(number(pair.contrast, "en", 2))
            contrast.sv = number(pair.contrast, "sv", 2)
            yield on(
                built, text=Spot(pair.shown, pair.page), contrast=contrast, colour=pair.text, background=pair.background
            )
    for text in built.colour_alone:
        yield on(built, "alone", text=Spot(text or "…"))


@rule("M08", Severity.WARNING, limit=24)
def too_many_pages(built: Built, limit: float) -> Found:
    """What comes before the appendices is no longer than people who decide can read."""
    first = next((h for h in built.headings if h.page and h.level == 2 and _starts_appendices(h.text)), None)
    pages = first.page - 1 if first and first.page else 0
    if pages > limit:
        yield on(built, pages=pages, most=int(limit))


def _starts_appendices(heading: str) -> bool:
    return re.match(rf"(?:{either(words('appendices')['first'])})\b", heading) is not None


@rule("N05")
def same_as_the_plan(papers: Papers, plan: Plan) -> Found:
    """Every paper was built from the plan as it stands, and the documents of the matter are listed and dated."""
    wanted = identity(plan)
    for built in papers.built:
        found = built.identity
        if found is None:
            yield on(built, "unmarked", severity=Severity.WARNING)
        elif found.version != wanted.version:
            yield on(built, "version", version=found.version or "–", wanted=wanted.version or "–")
        elif found.plan != wanted.plan:
            yield on(built, "other", plan=found.plan, wanted=wanted.plan)
        elif found.content != wanted.content:
            yield on(built)
        elif built.edited:
            yield on(built, "edited", severity=Severity.WARNING)
    preparation = plan.preparation
    if preparation and preparation.proposals and not preparation.stated("attachments"):
        yield hit(preparation.at("attachments"), "unlisted", severity=Severity.WARNING, stage=Stage.PROPOSAL)
    for one in preparation.attachments if preparation else ():
        if not one.stated("date"):
            yield hit(one.at("date"), "undated", severity=Severity.WARNING, stage=Stage.PROPOSAL, name=one.name or "…")


@rule("N09", Severity.WARNING, stage=Stage.PROPOSAL)
def format_to_keep(papers: Papers, plan: Plan) -> Found:
    """One of the papers is in a format that archives accept, and says its case number, date and version."""
    kept = [b for b in papers.built if b.form == "pdf"]
    if papers.whole and not kept:
        yield hit(())
    for built in kept:
        if not any(standard.startswith("PDF/A") for standard in built.standards):
            yield on(built, "format")
        said = f"{built.identity.plan if built.identity else ''} {built.properties}"
        missing = [
            name
            for name, there in (
                ("case_number", bool(plan.case_number) and str(plan.case_number) in said),
                ("date", built.date not in ("", UNDATED)),
                ("version", bool(built.identity and built.identity.version)),
            )
            if not there
        ]
        if missing:
            yield on(built, "properties", missing=[key_of(plan, name) for name in missing])
