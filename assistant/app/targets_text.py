"""Indicator values as text for a terminal: a block for each indicator, a line for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.answering.table_wording import KIND_WORDS, NO_YEAR, plain, when, written
from assistant.app.terminal import styled
from assistant.types import IndicatorValue


def targets_text(values: Sequence[IndicatorValue], titles: Mapping[str, str]) -> str:
    """Write the values by city and indicator, with scope, time, kind and document."""
    if not values:
        return "没有符合条件的指标值。"
    ordered = sorted(values, key=lambda v: (v.city, v.document_id))
    blocks = (
        _document(city, titles.get(document_id, ""), list(some))
        for (city, document_id), some in groupby(ordered, key=lambda v: (v.city, v.document_id))
    )
    return "\n\n".join(blocks)


def _document(city: str, title: str, values: Sequence[IndicatorValue]) -> str:
    head = styled(" · ".join(part for part in (city, f"《{title}》" if title else "") if part), "1")
    return "\n".join([head, *map(_line, values)])


def _line(value: IndicatorValue) -> str:
    scope = f"（{plain(value.scope)}）" if value.scope else ""
    kind = KIND_WORDS[value.kind]
    time = f"{value.year}年{kind}" if value.year else f"{kind}（{when(value) or NO_YEAR}）"
    return f"  {plain(value.indicator)}{scope}  {time}  {written(value)}"
