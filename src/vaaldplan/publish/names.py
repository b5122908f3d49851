"""What the files are called: plain names, or after the municipality's own pattern."""

import re
import unicodedata
from string import Formatter

from vaaldplan.patterns import regex
from vaaldplan.plan.model import Plan
from vaaldplan.plan.paper import PaperStatus
from vaaldplan.swedish import plain

from .documents import DOCUMENTS, Document
from .view import paper_date
from .words import Words

LONGEST = 150
"""Characters of a file's name: Windows gives the whole path 260."""
_UNSAFE = regex(r'[\x00-\x1f\x7f<>:"/\\|?*]|[\ud800-\udfff]')
"""What Windows or the web cannot have in the name of a file."""
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


class Names:
    """Gives every file of a build a name of its own."""

    def __init__(self, plan: Plan, say: Words, pattern: str) -> None:
        self.pattern = pattern
        self.used: set[str] = set()
        self.facts = {
            "case_number": plan.case_number or "",
            "title": plan.title or "",
            "status": say.word(plan.status or PaperStatus.DRAFT).lower(),
            "date": paper_date(plan).isoformat() if plan.date or plan.decision or plan.versions else "",
            "version": plan.version or "",
        }
        self.say = say

    def name(self, document: Document, of: str) -> str:
        """The name of a document without the suffix of its format."""
        found = self._after_pattern(document, of) if self.pattern else self._plain(document, of)
        found = safe(found) or self._plain(document, of)
        unique, number = found, 2
        while unique.casefold() in self.used:
            unique, number = f"{found} ({number})", number + 1
        self.used.add(unique.casefold())
        return unique

    def _plain(self, document: Document, of: str) -> str:
        """``namndutdrag-socialnamnden``: small letters without diacritics, fit for any disk and address."""
        kind = document.swedish if self.say.lang == "sv" else document.name
        words = plain(" ".join(t for t in (kind, of) if t)).casefold()
        return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:LONGEST]

    def _after_pattern(self, document: Document, of: str) -> str:
        """The plan itself is known by its title; other documents say what they are, whatever the pattern."""
        kind = (
            "" if document is DOCUMENTS[0] else " ".join(t for t in (self.say.paper(f"{document.name}.file"), of) if t)
        )
        fields = [field for _, field, *_ in Formatter().parse(self.pattern)]
        pattern = self.pattern if "document" in fields or not kind else self.pattern + " {document}"
        return pattern.format(document=kind, **self.facts)


def safe(text: str) -> str:
    """A text as the name of a file on any disk: no signs with a meaning there, no space or dot at its ends."""
    if not (text.isascii() and text.replace("-", "").isalnum()):
        text = unicodedata.normalize("NFC", text)
        text = "".join(c for c in _UNSAFE.sub("-", text) if unicodedata.category(c) not in ("Cf", "Cn", "Co"))
        text = " ".join(text.split()).strip(" .")
    text = text[:LONGEST].rstrip(" .")
    return f"_{text}" if _RESERVED.match(text) else text
