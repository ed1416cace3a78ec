"""One city over the years: from its baseline to its target, year by year, several indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering import arithmetic
from assistant.answering.statements import Outcome, Statement
from assistant.answering.table_asked import Asked, Route
from assistant.answering.table_cities import all_of
from assistant.answering.table_sources import sources_of, state
from assistant.answering.table_wording import (
    group,
    said_one,
    said_series,
    widest_scope,
)
from assistant.indicators import CityValues, Difference, bare_scope, compare, difference
from assistant.library import Library
from assistant.types import COMPUTED, IndicatorValue, Reason, ValueKind

_FIRST_AND_LAST = 2


def over_years(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    """Say how far each city goes from one year to another, or from its baseline to its target."""
    rows = [row for name in asked.indicators for row in _rows(asked, values, name, library)]
    if not rows:
        return None
    missing = _missing_years(asked, rows)
    if missing:
        return _year_missing(missing, rows, library)
    said = [statement for row in rows for statement in _changes(asked, row, library)]
    if any(statement.support == COMPUTED for statement in said):
        return Outcome(tuple(said))
    return Outcome(tuple(said), Reason.NOT_IN_DOCUMENTS)


def series(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    """Say every value of the indicators of one city; None where there is none."""
    rows = [row for name in asked.indicators for row in _rows(asked, values, name, library)]
    if len(rows) < len(asked.indicators) or (asked.route is Route.TOGETHER and asked.others):
        return None
    missing = _missing_years(asked, rows)
    if missing:
        return _year_missing(missing, rows, library)
    years = asked.years if asked.route is Route.TOGETHER else ()
    said = (s for row in rows for s in _series(row, years, library))
    return Outcome(tuple(said))


def _rows(
    asked: Asked, values: Sequence[IndicatorValue], indicator: str, library: Library
) -> tuple[CityValues, ...]:
    return compare(values, indicator, asked.cities or library.cities()).rows


def _missing_years(asked: Asked, rows: Sequence[CityValues]) -> list[int]:
    there = {v.year for row in rows for v in all_of(row)}
    timeless = any(v.year is None for row in rows for v in row.targets)
    return [] if timeless else [year for year in asked.years if year not in there]


def _year_missing(years: list[int], rows: Sequence[CityValues], library: Library) -> Outcome:
    asked = "、".join(f"{year}年" for year in years)
    values = [v for row in rows for v in all_of(row)]
    there = "、".join(f"{year}年" for year in sorted({v.year for v in values if v.year}))
    whose = "、".join(dict.fromkeys(row.city for row in rows))
    first = Statement(f"{whose}的文件中没有「{values[0].indicator}」{asked}的数值。")
    if not there:
        return Outcome((first,), Reason.YEAR_NOT_IN_DOCUMENTS)
    second = state(f"文件中有这一指标的年份：{there}。", values, library)
    return Outcome((first, second), Reason.YEAR_NOT_IN_DOCUMENTS)


def _changes(asked: Asked, row: CityValues, library: Library) -> Iterator[Statement]:
    pairs = _pairs(asked, row)
    for earlier, later in pairs:
        found = difference(later, earlier)
        if isinstance(found, Difference):
            yield _said(asked, found, library)
        else:
            inputs = f"{row.city}：{said_one(earlier)}，{said_one(later)}"
            yield state(f"{inputs}。{arithmetic.remark(found)}。", (earlier, later), library)
    if not pairs:
        yield from _series(row, (), library)
        yield Statement(f"{row.city}的文件没有同时写明起点和终点的数值，无法计算变化。")


def _pairs(asked: Asked, row: CityValues) -> list[tuple[IndicatorValue, IndicatorValue]]:
    """Choose start and end: the years asked for, else the baselines and the last target.

    Where a document gives two baselines for one scope, each makes a pair.
    """
    if len(asked.years) >= _FIRST_AND_LAST:
        return _alike(_in_year(row, min(asked.years)), _in_year(row, max(asked.years)))
    ends = _in_year(row, asked.years[0]) if asked.years else _last(row.targets or row.achieved)
    starts = [v for v in row.baselines if v not in ends]
    return _alike(starts, ends or _last(row.targets))


def _in_year(row: CityValues, year: int) -> list[IndicatorValue]:
    return [v for v in all_of(row) if v.year == year]


def _last(values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    """Return, for every scope, the value of the last year, a number first."""
    best: dict[str, IndicatorValue] = {}
    for value in sorted(values, key=lambda v: (v.value is not None, v.year or 0)):
        best[bare_scope(value)] = value
    return list(best.values())


def _alike(
    starts: Sequence[IndicatorValue], ends: Sequence[IndicatorValue]
) -> list[tuple[IndicatorValue, IndicatorValue]]:
    pairs = [(start, end) for start in starts for end in ends]
    same = [(s, e) for s, e in pairs if bare_scope(s) == bare_scope(e)]
    return same or pairs


def _said(asked: Asked, found: Difference, library: Library) -> Statement:
    later, earlier = found.minuend, found.subtrahend
    falls = found.value < 0
    shown = difference(earlier, later) if falls else found
    assert isinstance(shown, Difference)  # turned round, it stays a difference
    scope = widest_scope((earlier, later))
    lead = f"{later.city}{later.indicator}{f'（{scope}）' if scope else ''}"
    inputs = f"{said_one(earlier)}，{said_one(later)}"
    size = f"{shown.value:f}{shown.unit}"
    moved = "没有变化" if not shown.value else f"{'下降' if falls else '提高'}{size}"
    remarks = [arithmetic.remark(warning) for warning in found.warnings]
    if arithmetic.is_bounded(found):
        remarks.append("其中有带“左右”“以上”等限定的数，差值也只是约数")
    if "百分点" in asked.text and "百分点" not in shown.unit:
        remarks.append("这一指标不是百分数，差值不以百分点计")
    note = f"（{'；'.join(remarks)}）" if remarks else ""
    text = f"{lead}：{inputs}；{arithmetic.shown(shown)}，{moved}{note}。"
    pair = (earlier, later)
    return Statement(text, sources_of(pair, library), pair, COMPUTED)


def _series(row: CityValues, years: Sequence[int], library: Library) -> Iterator[Statement]:
    for one in group(row):
        kept = [v for v in one.values if not years or v.year in years or v.year is None]
        kept = [v for v in kept if v.kind is not ValueKind.BASELINE or not years or v.year in years]
        if kept:
            scope = widest_scope(kept)
            lead = f"{row.city}{kept[0].indicator}{f'（{scope}）' if scope else ''}"
            yield state(f"{lead}：{said_series(kept)}。", kept, library)
