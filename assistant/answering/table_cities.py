"""Across cities: who set a target for an indicator, and what it is; who set none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.statements import Outcome, Statement
from assistant.answering.table_asked import Asked
from assistant.answering.table_sources import mention, sources_of, state
from assistant.answering.table_wording import (
    KIND_WORDS,
    group,
    said_series,
    widest_scope,
    written,
)
from assistant.indicators import CityValues, Comparison, Lexicon, bare_scope, compare
from assistant.library import Library
from assistant.types import IndicatorValue, Reason, ValueKind

_MOST_ASKED = 6
_MOST_NAMED = 60


def list_cities(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    """Say city by city what each set, then where scopes differ, then who set none."""
    said: list[Statement] = []
    reasons: list[Reason | None] = []
    for indicator in asked.indicators:
        compared = compared_by(asked, values, indicator, library)
        if not _is_settled(asked, compared, indicator):
            return None
        outcome = _one_indicator(asked, compared, library)
        said.extend(outcome.statements)
        reasons.append(outcome.reason)
    return Outcome(tuple(said), None if None in reasons else reasons[0])


def compared_by(
    asked: Asked, values: Sequence[IndicatorValue], indicator: str, library: Library
) -> Comparison:
    """Compare the cities asked about, or all of the library but those spoken of before."""
    cities = [c for c in asked.cities or library.cities() if c not in asked.others]
    return compare(values, indicator, cities)


def _is_settled(asked: Asked, compared: Comparison, indicator: str) -> bool:
    """Say whether the table settles it: a name that is in no lexicon must be every city's name."""
    if Lexicon.load().entry(indicator):
        return True
    return len(compared.rows) == len(asked.cities) if asked.cities else bool(compared.rows)


def _one_indicator(asked: Asked, compared: Comparison, library: Library) -> Outcome:
    shown = [(row, values) for row in compared.rows if (values := fitting(asked, row))]
    if not shown or not _in_time(asked, shown):
        return _nothing(asked, compared, library)
    said = [
        s
        for row, values in shown
        for s in _lines(asked, _with_baselines(asked, row, values), library)
    ]
    said += _remarks([values for _, values in shown], library)
    said += _others(asked, compared, {row.city for row, _ in shown}, library)
    return Outcome(tuple(said))


def fitting(asked: Asked, row: CityValues) -> list[IndicatorValue]:
    """Return a city's values of the kind and for the years asked; targets without a year too."""
    if asked.kind is None:
        own = list(all_of(row))
        return [v for v in own if v.year in asked.years] or own
    own = [v for v in all_of(row) if v.kind is asked.kind]
    if asked.kind is not ValueKind.TARGET:
        return [v for v in own if v.year in asked.years] or own
    for years in (asked.years, asked.hoped_years):
        kept = [v for v in own if v.year in years or v.year is None]
        if years and (kept or asked.years):
            return kept
    return own


def _in_time(asked: Asked, shown: list[tuple[CityValues, list[IndicatorValue]]]) -> bool:
    """Say whether some value is for a year that this turn asks for (True where it asks for none)."""
    years = {v.year for _, values in shown for v in values}
    return asked.kind is not ValueKind.TARGET or not asked.years or bool(years & set(asked.years))


def all_of(row: CityValues) -> tuple[IndicatorValue, ...]:
    """Return all that a city says: targets, baselines, what it reached."""
    return (*row.targets, *row.baselines, *row.achieved)


def _with_baselines(asked: Asked, row: CityValues, values: list[IndicatorValue]) -> CityValues:
    kept = values if asked.kind is not ValueKind.TARGET else [*values, *row.baselines]
    return compare(kept, row_indicator(values), (row.city,)).rows[0]


def row_indicator(values: Sequence[IndicatorValue]) -> str:
    """Return the indicator that ``values`` are about."""
    return values[0].indicator


def _lines(asked: Asked, row: CityValues, library: Library, words: str = "") -> Iterator[Statement]:
    """Say what a city says, a sentence for each scope, for each document where there are several."""
    groups = group(row)
    several = len({one.document_id for one in groups}) > 1
    for one in groups:
        scope = widest_scope(one.values)
        name = row_indicator(one.values) if len(asked.indicators) > 1 else ""
        source = f"（《{library.document(one.document_id).title}》）" if several else ""
        lead = f"{row.city}{name}{f'（{scope}）' if scope else ''}{words}"
        yield state(f"{lead}：{said_series(one.values)}{source}。", one.values, library)


def _remarks(shown: list[list[IndicatorValue]], library: Library) -> Iterator[Statement]:
    """Warn where what is listed is not alike: scopes, units."""
    firsts = [values[0] for values in shown]
    if len({bare_scope(v) for v in firsts if v.scope}) > 1:
        listed = "，".join(f"{v.city}为{v.scope}" for v in firsts if v.scope)
        sources = sources_of([v for v in firsts if v.scope], library)
        yield Statement(f"注意口径不同：{listed}，不宜直接比较。", sources)
    units = {v.unit for v in firsts if v.value is not None}
    if len(units) > 1:
        listed = "，".join(f"{v.city}为{written(v)}" for v in firsts if v.value is not None)
        yield Statement(f"注意计量单位不同：{listed}。", sources_of(firsts, library))


def _others(
    asked: Asked, compared: Comparison, shown: set[str], library: Library
) -> Iterator[Statement]:
    """Say what is with the cities that are not listed: something else, or nothing."""
    kind = KIND_WORDS[asked.kind or ValueKind.TARGET]
    rest = [row for row in compared.rows if row.city not in shown]
    for row in rest:
        yield from _lines(asked, row, library, f"没有所问的{kind}，文件中有的是")
    silent = _unspoken(asked, compared, library)
    near = {city: _alike(asked, city, compared.indicator, library) for city in silent[:_MOST_ASKED]}
    without = [row.city for row in rest if not any(v.kind is asked.kind for v in all_of(row))]
    yield from (line for lines in near.values() for line in lines)
    if listed := [*without, *(city for city in silent if not near.get(city))]:
        names = "、".join(listed[:_MOST_NAMED]) + ("等" if len(listed) > _MOST_NAMED else "")
        yield Statement(f"没有设定「{compared.indicator}」{kind}的城市：{names}。")
        yield from _mentions([c for c in silent if not near.get(c)], compared.indicator, library)


def _unspoken(asked: Asked, compared: Comparison, library: Library) -> list[str]:
    """Return the cities that say nothing of the indicator at all."""
    speaking = {row.city for row in compared.rows}
    wanted = [c for c in asked.cities or library.cities() if c not in asked.others]
    return [city for city in wanted if city not in speaking]


def _alike(asked: Asked, city: str, indicator: str, library: Library) -> list[Statement]:
    """Say what a city set under a name that holds the one asked for (门诊患者满意度, 患者满意度)."""
    names = [name for name in library.indicators() if indicator in name and name != indicator]
    kinds = (asked.kind,) if asked.kind else ()
    near = library.indicator_values(cities=(city,), indicators=names, kinds=kinds) if names else ()
    lead = f"{city}没有名为「{indicator}」的指标，相近的有"
    return [
        state(f"{lead}「{name}」：{said_series(own)}。", own, library)
        for name in dict.fromkeys(v.indicator for v in near)
        if (own := [v for v in near if v.indicator == name])
    ]


def _mentions(cities: Sequence[str], indicator: str, library: Library) -> Iterator[Statement]:
    """Quote what a few cities without any value say of the indicator."""
    if len(cities) <= _MOST_ASKED:
        yield from (said for city in cities if (said := mention(city, indicator, library)))


def only_of_others(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome:
    """Refuse: what there is is of another scope than the one asked about. Shows it."""
    name = "、".join(dict.fromkeys(v.indicator for v in values))
    whose = "、".join(asked.cities) or "文件库中各城市"
    first = Statement(f"{whose}的文件中没有所问范围的「{name}」。")
    words = "没有所问范围的目标或数值，文件中有的是"
    rows = (
        row
        for name in asked.indicators
        for row in compare(values, name, asked.cities or library.cities()).rows
    )
    beside = (line for row in rows for line in _lines(asked, row, library, words))
    return Outcome((first, *beside), Reason.TARGET_NOT_SET)


def _nothing(asked: Asked, compared: Comparison, library: Library) -> Outcome:
    """Refuse: nobody set it, or not for that year."""
    kind = asked.kind or ValueKind.TARGET
    name, word = compared.indicator, KIND_WORDS[kind]
    whose = "、".join(asked.cities) or ("其他城市" if asked.others else "文件库中各城市")
    has = [v for row in compared.rows for v in all_of(row) if v.kind is kind]
    if has and asked.years:
        years = "、".join(f"{year}年" for year in asked.years)
        first = Statement(f"{whose}的文件中没有「{name}」{years}的{word}。")
        rows = [compare(has, name, (row.city,)).rows for row in compared.rows]
        there = (s for found in rows for row in found for s in _lines(asked, row, library))
        return Outcome((first, *there), Reason.YEAR_NOT_IN_DOCUMENTS)
    first = Statement(f"{whose}的文件中没有设定「{name}」的{word}。")
    beside = [s for s in _others(asked, compared, set(), library) if s.sources]
    return Outcome((first, *beside), Reason.TARGET_NOT_SET)
