"""What the grader reads of a library: documents, passages, and the words under a citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant.types import Answer, Citation, Document, Passage, Span
from eval.evidence import Place


class Shelf(Protocol):
    """The part of a library that grading needs."""

    def document(self, document_id: str) -> Document:
        """Return a document by id."""

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return a document's passages in order."""


def place_of(shelf: Shelf, document_id: str, span: Span) -> Place:
    """Return the place that a citation or hit points to, by the name of its source file."""
    return Place(Path(shelf.document(document_id).source).name, span)


def passage_words(passage: Passage) -> str:
    """Return a passage as it reads by itself: heading path, column heads, cells, text."""
    cells = (" ".join(f"{cell.header} {cell.text}".split()) for cell in passage.cells)
    return "\n".join((*passage.heading_path, *passage.header, *cells, passage.text))


def document_words(document: Document) -> str:
    """Return what the library says of a document: title, numbers, city, issuer, dates."""
    dates = (document.signed, document.printed, document.published)
    return "\n".join(
        (
            document.title,
            document.number,
            document.index_number,
            document.city,
            document.issuer,
            *(written for day in dates if day for written in _written(day)),
        )
    )


def _written(day: date) -> tuple[str, str]:
    return day.isoformat(), f"{day.year}年{day.month}月{day.day}日"


def cited_passages(shelf: Shelf, answer: Answer, citation: Citation) -> tuple[Passage, ...]:
    """Return the passage that a citation names; if no such is known, those that its span touches."""
    held = shelf.passages_of(citation.document_id)
    known = (*(hit.passage for hit in answer.hits), *held)
    named = [passage for passage in known if passage.id == citation.passage_id][:1]
    return tuple(named or (p for p in held if p.span.overlaps(citation.span)))


def cited_words(shelf: Shelf, answer: Answer, numbers: Iterable[int]) -> str:
    """Return all that stands under the citations ``numbers``: quotes, passages, metadata."""
    wanted = set(numbers)
    return "\n".join(
        words
        for citation in answer.citations
        if citation.number in wanted
        for words in _under(shelf, answer, citation)
    )


def _under(shelf: Shelf, answer: Answer, citation: Citation) -> Iterator[str]:
    yield citation.quote
    yield from citation.heading_path
    yield document_words(shelf.document(citation.document_id))
    yield from map(passage_words, cited_passages(shelf, answer, citation))
