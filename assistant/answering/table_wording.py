"""How values of the indicator table are said: numbers as written, with year, scope and kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.indicators import CityValues, bare_scope
from assistant.text.numbers import Quantity, quantities
from assistant.types import IndicatorValue, Relation, ValueKind

KIND_WORDS = {ValueKind.TARGET: "目标", ValueKind.BASELINE: "基期", ValueKind.ACHIEVED: "实际"}
NO_YEAR = "未写明年份"
ONLY_WORDS = "仅有定性要求"
_REACHES = re.compile(
    r"^\s*(?:达到?|为|是|(?:提[高升]|上升|增加|下降|降低?|减少|缩短|压缩)?[到至]|新增|在)\s*"
)
_BINDS = re.compile(r"不[少低]于|至少|不超过|不高于|大于等于|小于等于|超过?|约|近|逾|力争")
_RANGE = re.compile(r"\d\s*[-—–~～至]\s*\d")


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one city for one scope, said together; ``document_id`` tells documents apart."""

    city: str
    scope: str
    document_id: str
    values: tuple[IndicatorValue, ...]


def written(value: IndicatorValue) -> str:
    """Say a value as its quote writes it: number, unit, qualifier; or its words."""
    quote = plain(value.quote)
    if value.value is None:
        return plain(value.words) or quote
    found = [q for q in quantities(quote) if value.value in (q.value, q.upper)]
    if not found:
        return f"{value.value:f}{value.unit}"
    return _bound(value, found[0], quote)


def _bound(value: IndicatorValue, quantity: Quantity, quote: str) -> str:
    number = quantity.span.of(quote)
    full = number if quantity.unit or value.unit in number else number + value.unit
    words = quantity.whole.of(quote).replace(number, full, 1).strip()
    words = _REACHES.sub("", words) or full
    if words == full and value.relation is not Relation.EQUAL:
        binding = _BINDS.search(value.words)
        return f"{binding[0]}{full}" if binding else full
    return words


def when(value: IndicatorValue) -> str:
    """Say for when a value is: its year, or the period as written; empty when neither is known."""
    return f"{value.year}年" if value.year is not None else plain(value.period)


def group(row: CityValues) -> tuple[Group, ...]:
    """Put together what is said of one scope in one document, in the order of the row."""
    values = (*row.targets, *row.baselines, *row.achieved)
    scopes = {(value.document_id, bare_scope(value)): value for value in values}
    return tuple(
        Group(
            row.city,
            scope,
            document,
            tuple(v for v in values if (v.document_id, bare_scope(v)) == (document, scope)),
        )
        for document, scope in scopes
    )


def said_series(values: Sequence[IndicatorValue]) -> str:
    """Say values kind by kind: 目标2023年1.00、2024年1.05；基期2022年0.95."""
    by_kind = groupby(values, key=lambda value: value.kind)
    return "；".join(f"{KIND_WORDS[kind]}{_listed(list(some))}" for kind, some in by_kind)


def _listed(values: Sequence[IndicatorValue]) -> str:
    return "、".join(dict.fromkeys(map(_with_time, values)))


def _with_time(value: IndicatorValue) -> str:
    only_words = value.value is None and not _RANGE.search(value.words)
    remark = f"（{ONLY_WORDS}）" if only_words else ""
    if value.year is not None:
        return f"{value.year}年{written(value)}{remark}"
    time = when(value) or (NO_YEAR if value.kind is ValueKind.TARGET else "")
    return f"{f'（{time}）' if time else ''}{written(value)}{remark}"


def said_one(value: IndicatorValue) -> str:
    """Say one value with kind and time, without its city: 2025年目标1.10."""
    time = when(value)
    if value.year is None and time:
        return f"{KIND_WORDS[value.kind]}（{time}）{written(value)}"
    return f"{time}{KIND_WORDS[value.kind]}{written(value)}"


def scope_words(value: IndicatorValue) -> str:
    """Say whose value it is, in brackets; empty when the document does not say."""
    return f"（{plain(value.scope)}）" if value.scope else ""


def widest_scope(values: Iterable[IndicatorValue]) -> str:
    """Return the fullest way in which ``values`` write their one scope (全市三级公立医院)."""
    return max((plain(value.scope) for value in values), key=len, default="")


def plain(text: str) -> str:
    """Put words that stand on several lines on one."""
    return re.sub(r"\s*\n\s*", "", text).strip()
