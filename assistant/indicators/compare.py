"""Comparison: who set what, who is ahead, by how much. Nothing unlike is ever subtracted silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.indicators.areas import is_of_wider_area
from assistant.indicators.lexicon import Lexicon
from assistant.types import IndicatorValue, ValueKind


class Obstacle(StrEnum):
    """Why two values cannot be subtracted, or only with a warning; the value is what readers see."""

    NO_NUMBER = "其中一项只有定性表述，没有数值"
    UNITS = "计量单位不同"
    INDICATORS = "指标不同"
    SCOPES = "适用范围不同"


def _by_year(value: IndicatorValue) -> int:
    return value.year or 0


@dataclass(frozen=True, slots=True)
class CityValues:
    """What one city says about one indicator, each tuple ordered by year (no year last)."""

    city: str
    baselines: tuple[IndicatorValue, ...]
    targets: tuple[IndicatorValue, ...]
    achieved: tuple[IndicatorValue, ...]

    @property
    def only_words(self) -> bool:
        """Say whether the city has targets, but none with a number."""
        return bool(self.targets) and all(value.value is None for value in self.targets)

    def target(self, year: int | None = None) -> IndicatorValue | None:
        """Return the target for ``year``, or the last one; a number counts before words."""
        fitting = [v for v in self.targets if year is None or v.year == year]
        numbers = [v for v in fitting if v.value is not None]
        return max(numbers or fitting, key=_by_year, default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator across cities: who set a target, who set none, and whether scopes differ."""

    indicator: str
    rows: tuple[CityValues, ...]
    without_target: tuple[str, ...]
    scopes: tuple[str, ...]

    @property
    def scopes_differ(self) -> bool:
        """Say whether the values are about different bodies (三级公立医院, 三甲综合医院)."""
        return len(self.scopes) > 1


@dataclass(frozen=True, slots=True)
class Difference:
    """``minuend`` minus ``subtrahend``: what, in which unit, and what to warn of."""

    minuend: IndicatorValue
    subtrahend: IndicatorValue
    value: Decimal
    unit: str
    warnings: tuple[Obstacle, ...]


def compare(values: Iterable[IndicatorValue], indicator: str, cities: Iterable[str]) -> Comparison:
    """Compare what ``cities`` say about ``indicator`` for themselves; rows in the order of ``cities``."""
    about = [v for v in values if v.indicator == indicator and not is_of_wider_area(v)]
    rows = tuple(_row(city, about) for city in cities)
    scopes = dict.fromkeys(bare_scope(v) for row in rows for v in row.targets if v.scope)
    return Comparison(
        indicator,
        tuple(row for row in rows if row.targets or row.baselines or row.achieved),
        tuple(row.city for row in rows if not row.targets),
        tuple(scopes),
    )


def _row(city: str, values: list[IndicatorValue]) -> CityValues:
    def of(kind: ValueKind) -> tuple[IndicatorValue, ...]:
        found = [v for v in values if v.city == city and v.kind is kind]
        return tuple(sorted(found, key=lambda v: (v.year is None, v.year or 0, v.span)))

    return CityValues(city, of(ValueKind.BASELINE), of(ValueKind.TARGET), of(ValueKind.ACHIEVED))


def bare_scope(value: IndicatorValue) -> str:
    """Return the scope without words that say only 'here' (全市三级公立医院, 三级公立医院)."""
    scope = value.scope
    for here in ("全市", "全省", "全区", "全县", "我市", "本市"):
        scope = scope.removeprefix(here)
    return scope.removesuffix("的")


def difference(one: IndicatorValue, other: IndicatorValue) -> Difference | Obstacle:
    """Subtract ``other`` from ``one``, or say why that cannot be done.

    Different scopes are no obstacle, but a warning. The difference of two percentages is in
    percentage points.
    """
    if one.value is None or other.value is None:
        return Obstacle.NO_NUMBER
    if one.indicator != other.indicator:
        return Obstacle.INDICATORS
    if one.unit != other.unit and one.unit and other.unit:
        return Obstacle.UNITS
    unit = one.unit or other.unit
    scopes = {bare_scope(value) for value in (one, other) if value.scope}
    warnings = (Obstacle.SCOPES,) if len(scopes) > 1 else ()
    return Difference(
        one, other, one.value - other.value, "个百分点" if unit == "%" else unit, warnings
    )


def change(row: CityValues, year: int | None = None) -> Difference | None:
    """Return how far a city's target is from its last baseline; None without both as numbers."""
    target = row.target(year)
    starts = [v for v in row.baselines if v.value is not None]
    if target is None or not starts:
        return None
    moved = difference(target, starts[-1])
    return moved if isinstance(moved, Difference) else None


def ahead(values: Iterable[IndicatorValue]) -> tuple[IndicatorValue, ...]:
    """Return the values with the best number, by the direction that the lexicon names.

    All of them when several are equal; nothing when units differ or no value has a number. An
    indicator whose direction is unknown is ordered by height.
    """
    numbers = [value for value in values if value.value is not None]
    if not numbers or len({value.unit for value in numbers}) > 1:
        return ()
    entry = Lexicon.load().entry(numbers[0].indicator)
    pick = min if entry is not None and entry.better == "lower" else max
    best = pick(value.value for value in numbers if value.value is not None)
    return tuple(value for value in numbers if value.value == best)


def shared_indicators(values: Iterable[IndicatorValue], cities: Iterable[str]) -> tuple[str, ...]:
    """Return the indicators that every one of ``cities`` set a target for, in text order."""
    wanted = set(cities)
    setters: dict[str, set[str]] = {}
    for value in values:
        if value.kind is ValueKind.TARGET and value.city in wanted:
            setters.setdefault(value.indicator, set()).add(value.city)
    return tuple(name for name, found in setters.items() if found == wanted)
