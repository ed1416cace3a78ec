"""What reading a clause yields, before it becomes a value of a document."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.indicators.times import NO_TIME, Time
from assistant.text.numbers import Quantity
from assistant.types import Span, ValueKind


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to be read.

    ``text`` has the clause's length, with holes where brackets with values of their own stand;
    ``span`` is where it stands in the document; ``quantities`` have offsets in ``text``. ``lead``
    is the sentence before it, ``following`` the clause after it.
    """

    text: str
    span: Span
    quantities: tuple[Quantity, ...]
    time: Time = NO_TIME
    lead: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a clause: a quantity, or words; ``kind`` only where its shape says so."""

    name: str
    quantity: Quantity | None
    words: str
    time: Time
    scope: str = ""
    kind: ValueKind | None = None


@dataclass(slots=True)
class Memory:
    """What later clauses of a sentence may leave out: the subject, and whose value it is."""

    subject: str = ""
    scope: str = ""
    maker: str = ""
    adding: str = ""

    def forget(self) -> None:
        """Begin a new sentence."""
        self.subject = self.scope = self.maker = ""
        self.adding = ""
