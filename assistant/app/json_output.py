"""The JSON of the command line: a contract, every name here is relied on by scripts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.library import DocumentCard, Library
from assistant.types import Answer, Citation, Hit, IndicatorValue, Passage, Sentence, Span, Writing

Json = dict[str, Any]


def answer_json(answer: Answer, library: Library, *, row_id: str | int | None = None) -> Json:
    """Return the answer as the object that ``assistant ask --json`` prints.

    ``row_id`` is the id of the batch row, None outside of a batch. Where a language model was asked,
    each sentence has its ``mark`` too and the answer its ``writing``.
    """
    writing = answer.writing
    cards = {card.id: card for card in library.documents()}
    passages = library.passages(tuple(citation.passage_id for citation in answer.citations))
    texts = {passage.id: passage_text(passage) for passage in passages}
    return {
        "id": row_id,
        "question": answer.question.text,
        "standalone_question": answer.question.standalone,
        "status": answer.status.value,
        "reason": answer.reason.value if answer.reason else None,
        "text": answer.text,
        "sentences": [_sentence_json(s, marked=writing is not None) for s in answer.sentences],
        "citations": [
            citation_json(citation, cards.get(citation.document_id), texts.get(citation.passage_id))
            for citation in answer.citations
        ],
        "indicator_values": [value_json(value) for value in answer.values],
        "model": answer.model,
        "timings_ms": {stage: round(ms, 3) for stage, ms in asdict(answer.timings).items()},
        **({"writing": writing_json(writing)} if writing else {}),
    }


def _sentence_json(sentence: Sentence, *, marked: bool) -> Json:
    shown = {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "support": sentence.support,
    }
    return {**shown, "mark": sentence.mark.value} if marked else shown


def writing_json(writing: Writing) -> Json:
    """Return what a language model did for an answer, in counts: what failed the check stays inside."""
    return {
        "model": writing.model,
        "written": len(writing.drafted),
        "dropped": writing.dropped,
        "markers": asdict(writing.faults),
        "tokens": writing.tokens,
        "trouble": writing.trouble,
    }


def citation_json(citation: Citation, card: DocumentCard | None, passage: str | None) -> Json:
    """Return one citation with what identifies its document; ``passage`` is the passage's text."""
    return {
        "number": citation.number,
        "document_id": citation.document_id,
        "title": card.title if card else "",
        "city": card.city if card else "",
        "number_of_document": card.number if card else "",
        "issued": _iso(card.issued if card else None),
        "heading_path": list(citation.heading_path),
        "quote": citation.quote,
        "passage": passage if passage is not None else citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def passage_text(passage: Passage) -> str:
    """Return the passage's words; a table row gets a line with its columns first."""
    head = " | ".join(passage.header)
    return f"{head}\n{passage.text}" if head else passage.text


def value_json(value: IndicatorValue) -> Json:
    """Return every field of an indicator value; the value as a decimal string, spans as offsets."""
    return {
        "city": value.city,
        "indicator": value.indicator,
        "name_as_written": value.name_as_written,
        "scope": value.scope,
        "year": value.year,
        "period": value.period,
        "kind": value.kind.value,
        "relation": value.relation.value,
        "value": None if value.value is None else f"{value.value:f}",
        "unit": value.unit,
        "words": value.words,
        "departments": list(value.departments),
        "document_id": value.document_id,
        "heading_path": list(value.heading_path),
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.quote,
        "also_at": [_span_json(span) for span in value.also_at],
    }


def hit_json(hit: Hit, card: DocumentCard | None) -> Json:
    """Return one hit as ``assistant search --json`` prints it; ``source`` is the file's name."""
    return {
        "rank": hit.rank,
        "document_id": hit.passage.document_id,
        "source": card.source if card else "",
        "title": card.title if card else "",
        "city": card.city if card else "",
        "passage": passage_text(hit.passage),
        "heading_path": list(hit.passage.heading_path),
        "score": round(hit.score, 6),
        "legs": list(hit.legs),
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
    }


def hits_json(hits: tuple[Hit, ...], library: Library) -> list[Json]:
    """Return the hits in order, each with its document's file name, title and city."""
    cards = {card.id: card for card in library.documents()}
    return [hit_json(hit, cards.get(hit.passage.document_id)) for hit in hits]


def card_json(card: DocumentCard) -> Json:
    """Return a document's metadata and counts."""
    return {
        "document_id": card.id,
        "title": card.title,
        "kind": card.kind.value,
        "issuer": card.issuer,
        "city": card.city,
        "number_of_document": card.number,
        "index_number": card.index_number,
        "signed": _iso(card.signed),
        "printed": _iso(card.printed),
        "published": _iso(card.published),
        "issued": _iso(card.issued),
        "source": card.source,
        "chars": card.chars,
        "passages": card.passages,
        "indicator_values": card.values,
        "damage": card.damage,
        "indexed_at": card.indexed_at.isoformat(timespec="seconds"),
    }


def _span_json(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
