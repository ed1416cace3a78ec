"""Where values of the indicator table stand: the table row, or the clause, and what else is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answering.statements import Source, Statement, source_at
from assistant.indicators import Lexicon
from assistant.library import Library
from assistant.text.match import match_key
from assistant.text.sentences import clauses, sentences
from assistant.types import IndicatorValue, Passage, Span

_LOOKED_AT = 4
_LONG_SENTENCE_CHARS = 120


def source_of(value: IndicatorValue, library: Library) -> Source:
    """Cite a value: a cell by its row, so that the quote reads by itself, else its clause."""
    passage_id = library.passage_id_at(value.document_id, value.span)
    passages = library.passages((passage_id,)) if passage_id else ()
    if not passages:
        return Source(value.document_id, "", value.span, value.quote, value.heading_path)
    passage = passages[0]
    is_cell = any(cell.span == value.span for cell in passage.cells)
    return source_at(passage, passage.span if is_cell else value.span)


def sources_of(values: Iterable[IndicatorValue], library: Library) -> tuple[Source, ...]:
    """Cite several values, each place once."""
    found = {(s.document_id, s.span): s for v in values for s in (source_of(v, library),)}
    return tuple(found.values())


def state(text: str, values: Iterable[IndicatorValue], library: Library) -> Statement:
    """Make a statement of ``text`` that cites ``values`` and carries them."""
    said = tuple(values)
    return Statement(text, sources_of(said, library), said)


def mention(city: str, indicator: str, library: Library) -> Statement | None:
    """Quote what a city's documents say about an indicator that they set no value for."""
    entry = Lexicon.load().entry(indicator)
    names = (indicator, *(entry.aliases if entry else ()))
    hits = library.search_terms(" ".join(names), k=_LOOKED_AT, city=city)
    for passage in library.passages([passage_id for passage_id, _ in hits]):
        place = next(_places(passage, tuple(map(match_key, names))), None)
        if place is not None:
            source = source_at(passage, place)
            words = "".join(source.quote.split("\n")).strip("，,；;。 ")
            return Statement(f"{city}的文件对此的表述：「{words}」。", (source,))
    return None


def _places(passage: Passage, names: tuple[str, ...]) -> Iterator[Span]:
    """Yield the sentences of a passage that name the indicator, long ones cut to the clause."""
    for span in sentences(passage.text):
        long = len(span) > _LONG_SENTENCE_CHARS
        for place in clauses(passage.text, span) if long else (span,):
            if any(name in match_key(place.of(passage.text)) for name in names):
                start = passage.span.start
                yield Span(start + place.start, start + place.end)
