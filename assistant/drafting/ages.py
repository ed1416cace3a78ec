"""How old what a document says is: the year it speaks of, and whether that must be said."""

from __future__ import annotations

import re
from collections import Counter

from assistant.text.dates import find_years
from assistant.text.match import find_all
from assistant.types import Document, DocumentKind, Span

MOST_YEARS_APART = 2
_PERIOD = re.compile(r"(?:19|20)\d\d\s*[-—－~～至]+\s*(?:19|20)\d\d")


def year_of(document: Document) -> int | None:
    """Return the year a document speaks from: issued, in its title, or the one it names most.

    A report without a date names the year it was written in more often than others; of two alike the
    later one. A plan without a date has none: it names the years of its targets.
    """
    if document.issued:
        return document.issued.year
    if document.kind not in (DocumentKind.REPORT, DocumentKind.REPLY):
        return None
    bare = _PERIOD.sub(" ", document.text)
    named = Counter(year.year for year in find_years(bare) if 1980 <= year.year <= 2100)
    return max(named, key=lambda year: (named[year], year)) if named else None


def is_old(year: int | None, newest: int | None) -> bool:
    """Say whether a document's facts need their date: more than two years before the newest."""
    return bool(year and newest and newest - year > MOST_YEARS_APART)


def title_span(document: Document) -> Span | None:
    """Return where the document's title stands in its own text, None where it does not."""
    found = find_all(document.text, document.title) if document.title else ()
    return found[0] if found else None
