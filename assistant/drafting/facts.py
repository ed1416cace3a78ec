"""Facts: sentences of documents for the draft, each with its role, its document and its year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answering.grounding import around
from assistant.answering.table_wording import KIND_WORDS, when, written
from assistant.drafting.ages import title_span, year_of
from assistant.drafting.items import Item, Told, plain, without_label
from assistant.drafting.places import stretch_of
from assistant.drafting.proposal import Role
from assistant.drafting.roles import role_of
from assistant.errors import QuestionError
from assistant.library import Library
from assistant.types import Citation, Document, Passage, Span

FITS = 0.48
_LONG_CHARS, _LONG_FITS = 120, 0.6


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence for the draft: where it stands, its role, its document's year, how well it fits.

    ``insisted`` marks one that the user wants used.
    """

    told: Told
    document: Document
    role: Role
    year: int | None
    fit: float
    insisted: bool = False

    @property
    def city(self) -> str:
        """The city whose document it is."""
        return self.document.city

    @property
    def is_on_point(self) -> bool:
        """Say whether it speaks of the point itself."""
        return self.insisted or (self.fit >= FITS and not self.is_by_chance)

    @property
    def is_by_chance(self) -> bool:
        """Say whether it may name the point's words by chance, as a long sentence does."""
        return not self.insisted and len(self.told.text) > _LONG_CHARS and self.fit < _LONG_FITS

    @property
    def place(self) -> tuple[str, Span]:
        """Its document's id and where it stands in it: what tells facts apart."""
        return self.document.id, self.told.span


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts on one point; ``fit`` is that of the best one of the replying city."""

    own: tuple[Fact, ...]
    elsewhere: tuple[Fact, ...]

    @property
    def fit(self) -> float:
        """How well the best fact of the replying city fits, 0 where there is none."""
        return max((fact.fit for fact in self.own), default=0.0)

    @property
    def is_firm(self) -> bool:
        """Say whether the replying city's documents speak of the point itself."""
        return self.fit >= FITS


def facts_at(
    library: Library, place: str, items: Callable[[str], tuple[Item, ...]]
) -> tuple[Fact, ...]:
    """Return a fact for each whole sentence and each table row with values at ``place``.

    Each fits a point at least as well as it must. Raises QuestionError for what names no place, and
    DocumentNotFoundError.
    """
    stretch = stretch_of(place)
    if stretch is None:
        raise QuestionError(
            f"「{place}」不是段落编号。段落编号见引文，或 assistant search --json。"
        )
    document, span = library.document(stretch[0]), stretch[1]
    told = [t for item in items(document.id) for t in item.told if t.span.overlaps(span)]
    told += _rows_at(library, document, span)
    return tuple(_fact(one, document) for one in sorted(told, key=lambda one: one.span))


def _fact(told: Told, document: Document) -> Fact:
    role = role_of(told.text, told.passage.heading_path, document.kind)
    return Fact(told, document, role, year_of(document), FITS)


def _rows_at(library: Library, document: Document, span: Span) -> Iterator[Told]:
    for passage in library.passages_of(document.id):
        if passage.is_row and passage.span.overlaps(span):
            words = _row_words(library, passage)
            if words:
                yield Told(passage, passage.span, words)


def _row_words(library: Library, passage: Passage) -> str:
    """Say the values of a table row in one sentence, empty where it has none."""
    values = [
        value
        for value in library.indicator_values(documents=(passage.document_id,))
        if passage.span.contains(value.span)
    ]
    if not values:
        return ""
    name = plain(values[0].name_as_written)
    said = "，".join(f"{when(v)}{KIND_WORDS[v.kind]}为{written(v)}" for v in values)
    return f"{name}{said}。"


def cited_facts(library: Library, citations: tuple[Citation, ...]) -> tuple[Fact, ...]:
    """Return the facts that citations quote; the title of a document is none beside another."""
    found = []
    for citation in citations:
        document = library.document(citation.document_id)
        passages = library.passages((citation.passage_id,))
        if citation.span == title_span(document) and len(citations) > 1:
            continue
        for passage in passages:
            told = Told(passage, citation.span, without_label(plain(citation.quote)))
            found.append(_fact(told, document))
    return tuple(found)


def context_of(fact: Fact) -> str:
    """Return what the fact stands under and beside, as the verifier reads it."""
    passage = fact.told.passage
    return around(passage) if passage.is_row else "\n".join((passage.text, *passage.heading_path))
