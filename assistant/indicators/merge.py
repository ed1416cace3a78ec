"""One value, several places: what a document says twice is one value; what disagrees stays two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.indicators.lexicon import name_key
from assistant.types import Document, IndicatorValue, Span, ValueKind

Key = tuple[bool, Decimal | str, str]
_RARE_DIGITS = 3
_SHARED_END = 4


def merged(values: Iterable[IndicatorValue], document: Document) -> tuple[IndicatorValue, ...]:
    """Join equal values, and put them in the order of the text (tables count before prose).

    Equal: the same indicator and number, both wanted or both past, and years that do not differ (a sentence without a
    year joins the value of the last year). Scopes must not contradict each other, and two rows of
    one table are never one value.
    """
    rows = _rows(document)
    kept: list[IndicatorValue] = []
    also: list[set[Span]] = []
    by_key: dict[Key, dict[Span, list[int]]] = {}
    once = dict.fromkeys(values)  # 6%和6%: a place says the same thing twice
    for value in sorted(once, key=lambda value: value.year is None):
        alike = by_key.setdefault(_key(value), {})
        same = [
            i
            for span, indexes in alike.items()
            if span != value.span
            for i in indexes
            if _same(kept[i], value)
            and _named_alike(kept[i], value)
            and not _two_rows(kept[i].span, value.span, rows)
        ]
        if same:
            index = max(same, key=lambda i: (kept[i].year or 0, -i))
            kept[index] = _join(kept[index], value)
            also[index].add(value.span)
        else:
            alike.setdefault(value.span, []).append(len(kept))
            kept.append(value)
            also.append(set())
    found = [
        replace(value, also_at=tuple(sorted(spans))) if spans else value
        for value, spans in zip(kept, also, strict=True)
    ]
    return tuple(sorted(found, key=lambda value: (value.span, value.year or 0)))


def _rows(document: Document) -> list[tuple[Span, int]]:
    """Return the rows of the tables in text order, with the number of their table."""
    return sorted((row.span, n) for n, table in enumerate(document.tables) for row in table.rows)


def _two_rows(one: Span, other: Span, rows: list[tuple[Span, int]]) -> bool:
    """Say whether two places stand in different rows of one table."""
    first, second = _row_of(one, rows), _row_of(other, rows)
    return first is not None and second is not None and first[1] == second[1] and first != second


def _row_of(place: Span, rows: list[tuple[Span, int]]) -> tuple[Span, int] | None:
    index = bisect_right(rows, place.start, key=lambda row: row[0].start) - 1
    return rows[index] if index >= 0 and rows[index][0].contains(place) else None


def _key(value: IndicatorValue) -> Key:
    """Return what two values share, at least, that are one: ``_named_alike`` compares the rest."""
    number = value.words if value.value is None else value.value.normalize()
    ending = name_key(value.indicator)[-_SHARED_END:]
    return value.kind is not ValueKind.TARGET, number, ending


def _named_alike(one: IndicatorValue, other: IndicatorValue) -> bool:
    """Say whether two names are one: the same, or of one thing with a number that is no accident.

    联通全市医疗卫生机构303家 and 一网联通303家医疗卫生机构 are one; 新增5个 and 立项5个 are not.
    """
    name, other_name = name_key(one.indicator), name_key(other.indicator)
    if name == other_name:
        return True
    rare = one.value is not None and len(one.value.as_tuple().digits) >= _RARE_DIGITS
    return rare and one.unit not in ("", "%") and name[-_SHARED_END:] == other_name[-_SHARED_END:]


def _same(one: IndicatorValue, other: IndicatorValue) -> bool:
    years = {one.year, other.year} - {None}
    units = {one.unit, other.unit} - {""}
    scopes = {one.scope, other.scope} - {""}
    return len(years) < 2 and len(units) < 2 and (len(scopes) < 2 or _agree(*scopes))


def _agree(one: str, other: str) -> bool:
    """Say whether two scopes mean the same: 全市三级公立医院, 三级公立医院."""
    return one.endswith(other) or other.endswith(one)


def _join(one: IndicatorValue, other: IndicatorValue) -> IndicatorValue:
    return replace(
        one,
        year=one.year if one.year is not None else other.year,
        scope=max(one.scope, other.scope, key=len),
        unit=one.unit or other.unit,
        words=one.words or (other.words if one.relation is other.relation else ""),
        departments=one.departments or other.departments,
    )


def places(value: IndicatorValue) -> tuple[Span, ...]:
    """Return every span that states the value, the cited one first."""
    return (value.span, *value.also_at)
