"""Statements: what an answer says, each with the places that say it, put together as an Answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.types import (
    SUPPORTED,
    Answer,
    Citation,
    Hit,
    IndicatorValue,
    Mark,
    Passage,
    Question,
    Reason,
    Sentence,
    Span,
    Status,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A place to cite: the span's words are quoted verbatim from the passage's document."""

    document_id: str
    passage_id: str
    span: Span
    quote: str
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with its sources; a remark of the assistant's own has none.

    ``support`` is ``computed`` for arithmetic, whose inputs the sources state.
    """

    text: str
    sources: tuple[Source, ...] = ()
    values: tuple[IndicatorValue, ...] = ()
    support: str = SUPPORTED
    mark: Mark = Mark.QUOTED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What answering came to: statements, or a reason to refuse with what may be said beside it.

    ``is_lookup`` says that the statements are complete as they were looked up (the indicator table, a
    document's own data, an article of a law), so that no model need put them into words.
    """

    statements: tuple[Statement, ...]
    reason: Reason | None = None
    confidence: float = field(default=1.0, compare=False)
    is_lookup: bool = field(default=False, compare=False)

    @property
    def status(self) -> Status:
        """Answered unless there is a reason to refuse."""
        return Status.REFUSED if self.reason else Status.ANSWERED


def source_at(passage: Passage, span: Span) -> Source:
    """Cite ``span`` (offsets of the document) inside of ``passage``."""
    start = passage.span.start
    quote = passage.text[span.start - start : span.end - start]
    return Source(passage.document_id, passage.id, span, quote, passage.heading_path)


def assemble(
    question: Question,
    outcome: Outcome,
    hits: Sequence[Hit],
    passage_at: Callable[[str, Span], str],
) -> Answer:
    """Number the sources in the order of their first use and build the answer.

    ``passage_at`` gives the id of the passage at a place of a document, empty where there is none.
    """
    numbers: dict[tuple[str, Span], int] = {}
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    for statement in outcome.statements:
        marks = []
        for source in statement.sources:
            key = (source.document_id, source.span)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                passage_id = source.passage_id or passage_at(*key)
                citations.append(_citation(numbers[key], source, passage_id))
            marks.append(numbers[key])
        sentences.append(_sentence(statement, tuple(dict.fromkeys(marks))))
    return Answer(
        question=question,
        status=outcome.status,
        reason=outcome.reason,
        sentences=tuple(sentences),
        citations=tuple(citations),
        values=tuple(value for statement in outcome.statements for value in statement.values),
        hits=tuple(hits),
    )


def _sentence(statement: Statement, marks: tuple[int, ...]) -> Sentence:
    mark = statement.mark if statement.sources else Mark.NOTE
    return Sentence(statement.text, marks, statement.support, mark)


def _citation(number: int, source: Source, passage_id: str) -> Citation:
    return Citation(
        number, source.document_id, passage_id, source.span, source.quote, source.heading_path
    )
