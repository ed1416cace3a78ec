"""Extraction: every indicator value of a document, from its tables and its running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.indicators.context import Surroundings
from assistant.indicators.found import Found
from assistant.indicators.from_prose import read_prose
from assistant.indicators.from_tables import CellValue, read_table
from assistant.indicators.kinds import written_in
from assistant.indicators.lexicon import Lexicon
from assistant.indicators.merge import merged
from assistant.indicators.names import clean_start, measures, split_scope
from assistant.indicators.times import NO_TIME, Time
from assistant.text.numbers import RATIO
from assistant.types import Document, IndicatorValue, Relation, Span, ValueKind


def extract(document: Document) -> tuple[IndicatorValue, ...]:
    """Return the indicator values of a document in text order.

    What the document states in several places is one value with ``also_at``; where its places
    disagree, each is kept. Every ``quote`` is the document's text at ``span``.
    """
    around = Surroundings(document)
    found = [*_from_tables(document, around), *_from_prose(document, around)]
    return merged(found, document)


def _from_tables(document: Document, around: Surroundings) -> Iterator[IndicatorValue]:
    issued = written_in(document)
    for table in document.tables:
        for value in read_table(table, issued):
            if value.prose:
                yield from _cell_prose(document, around, value)
            elif value.found is not None and not around.damaged(value.cell.span):
                yield _cell_value(document, around, value, value.found)


def _cell_prose(
    document: Document, around: Surroundings, value: CellValue
) -> Iterator[IndicatorValue]:
    """Read a cell of running text; a measure that only makes sense in its row gets the row's name."""
    for one in _prose(document, around, value.cell.span, value.time, value.departments):
        known = Lexicon.load().known(one.name_as_written)
        relative = not known and len(one.indicator) <= 8 and one.indicator.endswith(("率", "比例"))
        yield replace(one, scope=value.row_name) if relative and not one.scope else one


def _cell_value(
    document: Document, around: Surroundings, value: CellValue, found: Found
) -> IndicatorValue:
    span = value.cell.span
    kind = value.kind or around.stance(span.start).kind("", value.time.year)
    return _value(document, around, found, span, kind, value.departments)


def _from_prose(document: Document, around: Surroundings) -> Iterator[IndicatorValue]:
    for span in _prose_spans(document):
        yield from _prose(document, around, span, NO_TIME, None)


def _prose_spans(document: Document) -> Iterator[Span]:
    """Yield what is neither table nor apparatus."""
    taken = sorted([t.span for t in document.tables] + list(document.apparatus))
    start = 0
    for span in taken:
        if span.start > start:
            yield Span(start, span.start)
        start = max(start, span.end)
    if start < len(document.text):
        yield Span(start, len(document.text))


def _prose(
    document: Document,
    around: Surroundings,
    span: Span,
    column: Time,
    departments: tuple[str, ...] | None,
) -> Iterator[IndicatorValue]:
    damaged = [d.span for d in document.damage if d.span.overlaps(span)]
    base = (lambda _: column) if column else around.heading_time
    text = one_line(document.text, span) if departments is not None else document.text
    for found, clause, lead in read_prose(text, span, base, damaged):
        if found.quantity is None and around.is_heading(clause):
            continue
        if around.rules and not _is_level(found):
            continue
        stance = around.stance(clause.start)
        words = clause.of(text)
        kind = found.kind or stance.kind(words, found.time.year, lead)
        named = departments if departments is not None else around.departments(clause.start)
        yield _value(document, around, found, clause, kind, named)


def _is_level(found: Found) -> bool:
    """Say whether a number of a rule book is a level to reach, and no condition or rate of pay."""
    return bool(found.time) and (
        Lexicon.load().has(found.name) or (measures(found.name) and found.time.year is not None)
    )


def one_line(text: str, span: Span) -> str:
    """Return the text with the line breaks under ``span`` as spaces, offsets unchanged."""
    return text[: span.start] + span.of(text).replace("\n", " ") + text[span.end :]


def _value(
    document: Document,
    around: Surroundings,
    found: Found,
    span: Span,
    kind: ValueKind,
    departments: tuple[str, ...],
) -> IndicatorValue:
    lexicon = Lexicon.load()
    scope, measure = ("", found.name) if lexicon.has(found.name) else split_scope(found.name)
    measure = clean_start(measure) if scope else measure
    indicator = lexicon.known(found.name) or lexicon.known(found.scope + found.name) or measure
    quantity = found.quantity
    in_words = quantity is None or quantity.upper is not None
    written = ""
    if quantity is None:
        written = found.words
    elif in_words:
        quote = span.of(document.text)
        written = quote[quantity.span.start : quantity.whole.end]
    else:
        written = quantity.qualifier
    return IndicatorValue(
        city=document.city,
        indicator=indicator,
        name_as_written=found.name,
        scope=found.scope or scope,
        year=found.time.year,
        period=found.time.period,
        kind=kind,
        relation=Relation.WORDS if in_words or quantity is None else quantity.relation,
        value=None if in_words or quantity is None else quantity.value,
        unit=quantity.unit if quantity and quantity.unit != RATIO else "",
        words=written,
        departments=departments,
        document_id=document.id,
        heading_path=around.heading_path(span.start),
        span=span,
        quote=span.of(document.text),
    )
