"""Places in documents as a user names them: a whole document, or a stretch of one.

A passage's id is the name of a stretch already: ``document:start-end``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import Span

_STRETCH = re.compile(r"(?P<document>.+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Places:
    """Whole documents and stretches of documents."""

    documents: frozenset[str]
    stretches: tuple[tuple[str, Span], ...]

    @classmethod
    def read(cls, ids: Iterable[str]) -> Places:
        """Read ids of documents, passages and stretches; what is no stretch is a document's id."""
        found = {one: stretch_of(one) for one in ids}
        whole = frozenset(one for one, stretch in found.items() if stretch is None)
        return cls(whole, tuple(stretch for stretch in found.values() if stretch))

    def has_document(self, document_id: str) -> bool:
        """Say whether the whole document is among them."""
        return document_id in self.documents

    def has(self, document_id: str, span: Span) -> bool:
        """Say whether any of ``span`` is among them."""
        return document_id in self.documents or any(
            one == document_id and place.overlaps(span) for one, place in self.stretches
        )


def stretch_of(place: str) -> tuple[str, Span] | None:
    """Return the document's id and the span of a stretch, None for anything else."""
    match = _STRETCH.fullmatch(place)
    if not match or int(match["start"]) > int(match["end"]):
        return None
    return match["document"], Span(int(match["start"]), int(match["end"]))


def place_name(document_id: str, span: Span) -> str:
    """Name a stretch of a document as a passage is named."""
    return f"{document_id}:{span.start}-{span.end}"
