"""Gold quotes become places: the spans where they stand, in every document that states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.text.match import find_all
from assistant.types import Span
from eval.questions import GoldQuestion, GoldQuote

Group = tuple["Place", ...]
"""The places that each state one fact; any of them proves it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the document whose source file is named ``document``."""

    document: str
    span: Span

    def overlaps(self, other: Place) -> bool:
        """Say whether the two share a code point of the same document."""
        return self.document == other.document and self.span.overlaps(other.span)


class EvidenceError(LookupError):
    """A gold quote does not stand in its document; the message names question and document."""


def resolve(question: GoldQuestion, texts: Mapping[str, str]) -> tuple[Group, ...]:
    """Find all places of each fact in ``texts``, the stored texts by file name.

    Every occurrence of a quote counts. Raises EvidenceError where a quote is not found.
    """
    return tuple(
        tuple(place for quote in fact for place in _places(question.id, quote, texts))
        for fact in question.evidence
    )


def _places(question_id: str, quote: GoldQuote, texts: Mapping[str, str]) -> Group:
    spans = find_all(texts.get(quote.document, ""), quote.quote)
    if not spans:
        raise EvidenceError(f"{question_id}: a quote does not stand in {quote.document}")
    return tuple(Place(quote.document, span) for span in spans)


def proves(place: Place, group: Group) -> bool:
    """Say whether ``place`` touches one of the places that state the fact."""
    return any(place.overlaps(gold) for gold in group)


def proves_any(place: Place, groups: tuple[Group, ...]) -> bool:
    """Say whether ``place`` touches a place of any fact."""
    return any(proves(place, group) for group in groups)
