"""A document's metadata without its text, for lists and for wording what is indexed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assistant.types import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What the library says of a document; ``chars``, ``passages``, ``values`` and ``damage`` count.

    ``source`` is the file as it was named, ``origin`` is ``corpus`` (found in corpus/documents, goes
    when the file goes) or ``added`` (named by a user, stays until removed).
    """

    id: str
    title: str
    kind: DocumentKind
    issuer: str
    city: str
    number: str
    index_number: str
    signed: date | None
    printed: date | None
    published: date | None
    source: str
    origin: str
    chars: int
    passages: int
    values: int
    damage: int
    indexed_at: datetime

    @property
    def issued(self) -> date | None:
        """The date to show: signed, else printed, else published."""
        return self.signed or self.printed or self.published
