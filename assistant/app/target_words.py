"""How the values of a matrix are named, for the page and for files."""

from __future__ import annotations

from assistant.answering.table_wording import KIND_WORDS, NO_YEAR, when
from assistant.indicators import MatrixRow, bare_scope
from assistant.types import IndicatorValue, ValueKind

SCOPES_DIFFER = "各市口径不同"


def time_of(value: IndicatorValue) -> str:
    """Name the year and the kind of a value shortly: 2025年, 2022年基期, 通过5年努力."""
    time = when(value)
    if value.kind is ValueKind.TARGET:
        return time or NO_YEAR
    return f"{time}{KIND_WORDS[value.kind]}"


def scopes_differ(row: MatrixRow) -> bool:
    """Say whether cities set the indicator for different bodies."""
    scopes = [{bare_scope(v) for v in cell.targets if bare_scope(v)} for cell in row.cells]
    named = [scope for scope in scopes if scope]
    return any(one.isdisjoint(other) for one in named for other in named)
