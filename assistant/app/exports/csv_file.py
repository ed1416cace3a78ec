"""Indicator values as CSV that Excel opens: UTF-8 with a mark, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.app.exports.rows import COLUMNS, target_row
from assistant.app.exports.safe_cells import guarded
from assistant.types import IndicatorValue

_NUMBERS = frozenset({"year", "value", "start", "end"})


def csv_bytes(values: Iterable[IndicatorValue], titles: Mapping[str, str]) -> bytes:
    """Write a row for each value under the names of ``COLUMNS``.

    Lists are written in one cell: departments with 、, headings with › , places as start-end with ；.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for value in values:
        row = target_row(value, titles)
        table.writerow([_cell(name, row[name]) for name in COLUMNS])
    return written.getvalue().encode("utf-8-sig", errors="replace")


def _cell(name: str, content: Any) -> Any:
    if content is None or name in _NUMBERS:
        return content
    if name == "also_at":
        return "；".join(f"{place['start']}-{place['end']}" for place in content)
    if isinstance(content, list):
        return guarded((" › " if name == "heading_path" else "、").join(content))
    return guarded(content)
