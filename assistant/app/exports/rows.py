"""One row for each indicator value, under names that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.types import IndicatorValue

COLUMNS = (
    "city",
    "indicator",
    "name_as_written",
    "scope",
    "year",
    "period",
    "kind",
    "relation",
    "value",
    "unit",
    "departments",
    "document_id",
    "title",
    "heading_path",
    "quote",
    "start",
    "end",
    "also_at",
)


def target_row(value: IndicatorValue, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return a value as the object that ``assistant targets --json`` prints.

    ``value`` is a decimal string; where the document has no number it is null, and ``relation`` has
    its words. ``titles`` are the documents' titles by id. Offsets are code points.
    """
    is_number = value.value is not None
    return {
        "city": value.city,
        "indicator": value.indicator,
        "name_as_written": value.name_as_written,
        "scope": value.scope,
        "year": value.year,
        "period": value.period,
        "kind": value.kind.value,
        "relation": value.relation.value if is_number else value.words,
        "value": f"{value.value:f}" if value.value is not None else None,
        "unit": value.unit,
        "departments": list(value.departments),
        "document_id": value.document_id,
        "title": titles.get(value.document_id, ""),
        "heading_path": list(value.heading_path),
        "quote": value.quote,
        "start": value.span.start,
        "end": value.span.end,
        "also_at": [{"start": span.start, "end": span.end} for span in value.also_at],
    }
