"""The matrix of indicators and cities: standings, order, years, three documents and three hundred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assistant.indicators import Standing, build_matrix
from assistant.types import IndicatorValue, Relation, Span, ValueKind

VALUE = IndicatorValue(
    "甲", "森林覆盖率", "森林覆盖率", "", 2025, "", ValueKind.TARGET, Relation.EQUAL, Decimal("12.5"),
    "%", "", (), "d1", (), Span(0, 4), "12.5",
)  # fmt: skip


def test_every_city_has_a_cell_and_its_standing() -> None:
    words = replace(VALUE, city="乙", value=None, words="持续提升", relation=Relation.WORDS)
    reached = replace(VALUE, city="丙", kind=ValueKind.ACHIEVED)
    matrix = build_matrix([VALUE, words, reached], ("甲", "乙", "丙", "丁"))
    (row,) = matrix.rows
    assert [cell.standing for cell in row.cells] == [
        Standing.NUMBERS,
        Standing.ONLY_WORDS,
        Standing.NOT_SET,
        Standing.NOT_SET,
    ]
    assert row.cells[2].values == (reached,) and row.setters == 2


def test_values_go_from_baseline_to_target_by_year_no_year_last() -> None:
    years = [replace(VALUE, year=year) for year in (None, 2025, 2023)]
    start = replace(VALUE, year=2022, kind=ValueKind.BASELINE)
    matrix = build_matrix([*years, start], ("甲",))
    assert [value.year for value in matrix.rows[0].cells[0].values] == [2022, 2023, 2025, None]


def test_years_keep_what_has_no_year() -> None:
    kept = build_matrix([VALUE, replace(VALUE, year=None)], ("甲",), years=(2024,))
    assert [value.year for value in kept.values] == [None]


def test_what_more_cities_set_in_numbers_comes_first() -> None:
    lonely = replace(VALUE, indicator="助餐点")
    matrix = build_matrix([lonely, VALUE, replace(VALUE, city="乙")], ("甲", "乙"))
    assert [row.indicator for row in matrix.rows] == ["森林覆盖率", "助餐点"]


def test_other_cities_are_left_out() -> None:
    assert build_matrix([VALUE], ("乙",)).rows == ()
    assert build_matrix([], ()).rows == ()


def test_three_hundred_documents() -> None:
    cities = tuple(f"城{number}" for number in range(300))
    values = [
        replace(VALUE, city=city, indicator=f"指标{n}", document_id=city)
        for city in cities
        for n in range(20)
    ]
    matrix = build_matrix(values, cities)
    assert len(matrix.rows) == 20 and all(len(row.cells) == 300 for row in matrix.rows)
    assert len(matrix.values) == 6000


def test_what_is_extracted_fits_in(read: Callable[[str], tuple[IndicatorValue, ...]]) -> None:
    values = read("到2025年，森林覆盖率从30%提高到35%以上，绿道里程显著提升。")
    matrix = build_matrix(values, tuple({value.city for value in values}))
    cell = next(row for row in matrix.rows if row.indicator == "森林覆盖率").cells[0]
    assert [value.value for value in cell.values] == [Decimal(30), Decimal(35)]
