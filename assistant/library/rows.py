"""Values to and from the catalogue's columns: pure functions, no connection."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from sqlite3 import Row as Record
from typing import Any

from assistant.library.cards import DocumentCard
from assistant.types import (
    Cell,
    Damage,
    DamageKind,
    Document,
    DocumentKind,
    Heading,
    IndicatorValue,
    Passage,
    Relation,
    Row,
    Span,
    Table,
    ValueKind,
)

CARD_COLUMNS = (
    "id, title, kind, issuer, city, number, index_number, signed, printed, published, source, "
    'origin, chars, passages, "values", damage, indexed_at'
)
PASSAGE_COLUMNS = (
    'p.id, d.id AS document_id, p.start, p."end", p.heading_path, p.text, p.header, p.cells'
)
VALUE_COLUMNS = (
    "v.city, v.indicator, v.name_as_written, v.scope, v.year, v.period, v.kind, v.relation, "
    "v.value, v.unit, v.words, v.departments, d.id AS document_id, v.heading_path, v.start, "
    'v."end", v.quote, v.also_at'
)


def to_json(value: Any) -> str:
    """Write compact JSON with Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pair(span: Span) -> tuple[int, int]:
    return (span.start, span.end)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def day_text(value: date | None) -> str | None:
    """Write a date as ISO 8601, or None."""
    return value.isoformat() if value else None


# --- cells and tables --------------------------------------------------------------------------


def cells_to_list(cells: Iterable[Cell]) -> list[list[Any]]:
    """Flatten cells to ``[text, start, end, header]``."""
    return [[cell.text, cell.span.start, cell.span.end, cell.header] for cell in cells]


def cells_from_list(rows: Iterable[Sequence[Any]]) -> tuple[Cell, ...]:
    """Rebuild cells from what ``cells_to_list`` made."""
    return tuple(Cell(text, Span(start, end), header) for text, start, end, header in rows)


def _table_to_list(table: Table) -> list[Any]:
    rows = [[_pair(row.span), cells_to_list(row.cells)] for row in table.rows]
    return [table.title, _pair(table.span), list(table.header), rows]


def _table_from_list(parts: Sequence[Any]) -> Table:
    title, span, header, rows = parts
    found = tuple(Row(Span(*row_span), cells_from_list(cells)) for row_span, cells in rows)
    return Table(title, Span(*span), tuple(header), found)


# --- documents ---------------------------------------------------------------------------------


def structure_blob(document: Document) -> bytes:
    """Pack outline, tables, damage and apparatus."""
    outline = [
        [h.level, h.label, h.title, _pair(h.span), _pair(h.section)] for h in document.outline
    ]
    structure = {
        "outline": outline,
        "tables": [_table_to_list(table) for table in document.tables],
        "damage": [[_pair(damage.span), damage.kind.name] for damage in document.damage],
        "apparatus": [_pair(span) for span in document.apparatus],
    }
    return zlib.compress(to_json(structure).encode(), 1)


def text_blob(text: str) -> bytes:
    """Pack the stored text; lone surrogates survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _heading(parts: Sequence[Any]) -> Heading:
    level, label, title, span, section = parts
    return Heading(level, label, title, Span(*span), Span(*section))


def document_from_record(record: Record) -> Document:
    """Rebuild a document, equal to the one that was stored."""
    structure = json.loads(zlib.decompress(record["structure"]))
    return Document(
        id=record["id"],
        title=record["title"],
        kind=DocumentKind(record["kind"]),
        issuer=record["issuer"],
        city=record["city"],
        number=record["number"],
        index_number=record["index_number"],
        signed=_day(record["signed"]),
        printed=_day(record["printed"]),
        published=_day(record["published"]),
        source=record["source"],
        text=zlib.decompress(record["text"]).decode("utf-8", "surrogatepass"),
        outline=tuple(_heading(parts) for parts in structure["outline"]),
        tables=tuple(_table_from_list(parts) for parts in structure["tables"]),
        damage=tuple(Damage(Span(*span), DamageKind[kind]) for span, kind in structure["damage"]),
        apparatus=_spans(structure["apparatus"]),
    )


def card_from_record(record: Record) -> DocumentCard:
    """Rebuild a card from ``CARD_COLUMNS``."""
    return DocumentCard(
        id=record["id"],
        title=record["title"],
        kind=DocumentKind(record["kind"]),
        issuer=record["issuer"],
        city=record["city"],
        number=record["number"],
        index_number=record["index_number"],
        signed=_day(record["signed"]),
        printed=_day(record["printed"]),
        published=_day(record["published"]),
        source=record["source"],
        origin=record["origin"],
        chars=record["chars"],
        passages=record["passages"],
        values=record["values"],
        damage=record["damage"],
        indexed_at=datetime.fromisoformat(record["indexed_at"]),
    )


# --- passages and values -----------------------------------------------------------------------


def passage_from_record(record: Record) -> Passage:
    """Rebuild a passage from ``PASSAGE_COLUMNS``."""
    return Passage(
        id=record["id"],
        document_id=record["document_id"],
        span=Span(record["start"], record["end"]),
        heading_path=tuple(json.loads(record["heading_path"])),
        text=record["text"],
        header=tuple(json.loads(record["header"])),
        cells=cells_from_list(json.loads(record["cells"])),
    )


def passage_row(passage: Passage, document: int, vector: bytes) -> tuple[Any, ...]:
    """Flatten a passage for its table; ``document`` is the document's key."""
    return (
        passage.id,
        document,
        passage.span.start,
        passage.span.end,
        to_json(passage.heading_path),
        passage.text,
        to_json(passage.header),
        to_json(cells_to_list(passage.cells)),
        vector,
    )


def value_row(value: IndicatorValue, document: int) -> tuple[Any, ...]:
    """Flatten an indicator value; the decimal is kept as text, every digit as it was."""
    return (
        document,
        value.city,
        value.indicator,
        value.name_as_written,
        value.scope,
        value.year,
        value.period,
        value.kind.value,
        value.relation.value,
        None if value.value is None else str(value.value),
        value.unit,
        value.words,
        to_json(value.departments),
        to_json(value.heading_path),
        value.span.start,
        value.span.end,
        value.quote,
        to_json([_pair(span) for span in value.also_at]),
    )


def value_from_record(record: Record) -> IndicatorValue:
    """Rebuild an indicator value from ``VALUE_COLUMNS``."""
    return IndicatorValue(
        city=record["city"],
        indicator=record["indicator"],
        name_as_written=record["name_as_written"],
        scope=record["scope"],
        year=record["year"],
        period=record["period"],
        kind=ValueKind(record["kind"]),
        relation=Relation(record["relation"]),
        value=None if record["value"] is None else Decimal(record["value"]),
        unit=record["unit"],
        words=record["words"],
        departments=tuple(json.loads(record["departments"])),
        document_id=record["document_id"],
        heading_path=tuple(json.loads(record["heading_path"])),
        span=Span(record["start"], record["end"]),
        quote=record["quote"],
        also_at=_spans(json.loads(record["also_at"])),
    )
