"""The comparison of indicators across cities as a matrix: rows of indicators, columns of cities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.indicators.areas import is_of_wider_area
from assistant.types import IndicatorValue, ValueKind

_ORDER = {ValueKind.BASELINE: 0, ValueKind.ACHIEVED: 1, ValueKind.TARGET: 2}


class Standing(StrEnum):
    """What a city set for an indicator; the value is what the reader sees."""

    NUMBERS = "有数值目标"
    ONLY_WORDS = "仅有定性要求"
    NOT_SET = "未设定"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one city says about one indicator: by year, what it had, reached, wants.

    ``values`` are ordered by kind (baseline, achieved, target) and year, those without a year last.
    """

    city: str
    indicator: str
    values: tuple[IndicatorValue, ...]

    @property
    def targets(self) -> tuple[IndicatorValue, ...]:
        """The values that the city wants."""
        return tuple(value for value in self.values if value.kind is ValueKind.TARGET)

    @property
    def standing(self) -> Standing:
        """Say whether the city set a number, words only, or nothing."""
        if not self.targets:
            return Standing.NOT_SET
        numbers = any(value.value is not None for value in self.targets)
        return Standing.NUMBERS if numbers else Standing.ONLY_WORDS


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One indicator; ``cells`` are in the order of the matrix's cities."""

    indicator: str
    cells: tuple[MatrixCell, ...]

    @property
    def setters(self) -> int:
        """Count the cities that set a target, in numbers or in words."""
        return sum(cell.standing is not Standing.NOT_SET for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Indicators by cities. Every row has a cell for every city."""

    cities: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def values(self) -> tuple[IndicatorValue, ...]:
        """All values, row by row."""
        return tuple(value for row in self.rows for cell in row.cells for value in cell.values)


def build_matrix(
    values: Iterable[IndicatorValue], cities: Sequence[str], *, years: Collection[int] = ()
) -> Matrix:
    """Arrange ``values`` by indicator and city; values of other cities or areas are left out.

    ``years`` keeps the values for those years, and what has no year. Rows with more cities that set
    a target in numbers come first, then those with more values.
    """
    kept: dict[str, dict[str, list[IndicatorValue]]] = {}
    wanted = set(cities)
    for value in values:
        in_time = not years or value.year is None or value.year in years
        if value.city in wanted and in_time and not is_of_wider_area(value):
            kept.setdefault(value.indicator, {}).setdefault(value.city, []).append(value)
    rows = [_row(indicator, by_city, cities) for indicator, by_city in kept.items()]
    return Matrix(tuple(cities), tuple(sorted(rows, key=_rank)))


def _rank(row: MatrixRow) -> tuple[int, int, int]:
    numbers = sum(cell.standing is Standing.NUMBERS for cell in row.cells)
    return -numbers, -row.setters, -sum(len(cell.values) for cell in row.cells)


def _row(
    indicator: str, by_city: Mapping[str, list[IndicatorValue]], cities: Sequence[str]
) -> MatrixRow:
    cells = (
        MatrixCell(city, indicator, tuple(sorted(by_city.get(city, ()), key=_place)))
        for city in cities
    )
    return MatrixRow(indicator, tuple(cells))


def _place(value: IndicatorValue) -> tuple[int, bool, int]:
    return _ORDER[value.kind], value.year is None, value.year or 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is said of an indicator.

    ``in_numbers`` counts the cities that set a target with a number, ``cities`` those that set any
    target, ``values`` all its values.
    """

    indicator: str
    in_numbers: int
    cities: int
    values: int
