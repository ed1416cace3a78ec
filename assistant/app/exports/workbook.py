"""Indicator values as an Excel workbook: a comparison sheet, and a sheet of sources.

Numbers are numbers, so that they can be counted with; how they bind (≥, 左右) and their unit are in
their number format. Each links to its source's row.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answering.table_wording import KIND_WORDS, NO_YEAR, when, written
from assistant.app.exports import workbook_styles as styles
from assistant.app.exports.safe_cells import storable
from assistant.indicators import Matrix, MatrixCell, MatrixRow, Standing, bare_scope
from assistant.types import IndicatorValue, ValueKind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COMPARISON, SOURCES = "指标对照", "来源"
_FIRST_ROW = _FIRST_COLUMN = 3
_SOURCE_HEADS = (
    "城市", "指标", "文件中的名称", "适用范围", "类别", "年份", "数值或表述",
    "责任单位", "原文", "文件", "章节",
)  # fmt: skip
_SOURCE_WIDTHS = (8, 24, 28, 18, 7, 12, 16, 30, 60, 36, 40)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the comparison: one city, one kind, one year (None: without a year)."""

    city: str
    kind: ValueKind
    year: int | None

    @property
    def head(self) -> str:
        """The words over the column."""
        word = KIND_WORDS[self.kind]
        if self.year is None:
            return f"{word}（{NO_YEAR}）" if self.kind is ValueKind.TARGET else word
        return f"{self.year}年{word}"


def workbook_bytes(matrix: Matrix, titles: Mapping[str, str]) -> bytes:
    """Write the workbook; ``titles`` are the documents' titles by id."""
    from openpyxl import Workbook

    book = Workbook()
    comparison = book.active
    assert comparison is not None
    comparison.title = COMPARISON
    places = {id(value): row for row, value in enumerate(matrix.values, 2)}
    _compare(comparison, matrix, places)
    _cite(book.create_sheet(SOURCES), matrix.values, titles)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def columns_of(matrix: Matrix) -> tuple[Column, ...]:
    """Return the columns that the values need: city by city, baseline to target, by year."""
    return tuple(column for city in matrix.cities for column in _columns(matrix, city))


def _columns(matrix: Matrix, city: str) -> list[Column]:
    used = {(v.kind, v.year) for v in matrix.values if v.city == city}
    order = list(styles.KIND_ORDER)
    ordered = sorted(used, key=lambda k: (order.index(k[0]), k[1] is None, k[1] or 0))
    found = [Column(city, kind, year) for kind, year in ordered]
    has_target = any(column.kind is ValueKind.TARGET for column in found)
    return found if has_target else [*found, Column(city, ValueKind.TARGET, None)]


# --- The comparison sheet --------------------------------------------------------------------------


def _compare(sheet: Worksheet, matrix: Matrix, places: Mapping[int, int]) -> None:
    columns = columns_of(matrix)
    _heads(sheet, columns)
    for row, line in enumerate(matrix.rows, _FIRST_ROW):
        _text(sheet, row, 1, line.indicator, styles.NAME)
        _text(sheet, row, 2, _scopes(line), styles.PLAIN)
        by_city = {cell.city: cell for cell in line.cells}
        for at, column in enumerate(columns, _FIRST_COLUMN):
            _fill(sheet, row, at, by_city[column.city], column, places)
    sheet.freeze_panes = "C3"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 26


def _scopes(row: MatrixRow) -> str:
    """Say whose values a row holds, city by city."""
    named = [(cell.city, v.scope) for cell in row.cells for v in cell.values if bare_scope(v)]
    return "\n".join(dict.fromkeys(f"{city}：{scope}" for city, scope in named))


def _heads(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for at, head in enumerate(("指标", "适用范围"), 1):
        _text(sheet, 1, at, head, styles.HEAD)
        _text(sheet, 2, at, "", styles.HEAD)
        sheet.merge_cells(start_row=1, end_row=2, start_column=at, end_column=at)
    from openpyxl.utils import get_column_letter

    start = _FIRST_COLUMN
    for at, column in enumerate(columns, _FIRST_COLUMN):
        _text(sheet, 1, at, column.city, styles.HEAD)
        _text(sheet, 2, at, column.head, styles.HEAD)
        sheet.column_dimensions[get_column_letter(at)].width = 15
        place = at - _FIRST_COLUMN + 1
        is_last = place == len(columns) or columns[place].city != column.city
        if is_last:
            sheet.merge_cells(start_row=1, end_row=1, start_column=start, end_column=at)
            start = at + 1


def _fill(
    sheet: Worksheet,
    row: int,
    at: int,
    cell: MatrixCell,
    column: Column,
    places: Mapping[int, int],
) -> None:
    """Write what a city says for one kind and year, or that it set nothing."""
    values = [v for v in cell.values if (v.kind, v.year) == (column.kind, column.year)]
    if values:
        _values(sheet, row, at, values, places)
    elif column.kind is ValueKind.TARGET and cell.standing is Standing.NOT_SET:
        _text(sheet, row, at, Standing.NOT_SET.value, styles.NOT_SET)


def _values(
    sheet: Worksheet,
    row: int,
    at: int,
    values: Sequence[IndicatorValue],
    places: Mapping[int, int],
) -> None:
    first = values[0]
    if len(values) == 1 and first.value is not None:
        cell = sheet.cell(row, at, first.value)
        cell.number_format = styles.number_format(first)
        styles.dress(cell, styles.NUMBER)
    else:
        only_words = all(value.value is None for value in values)
        words = "\n".join(_said(value, len(values) > 1) for value in values)
        manner = styles.ONLY_WORDS if only_words else styles.NUMBER
        cell = _text(sheet, row, at, words, manner)
    _link(cell, f"'{SOURCES}'!A{places[id(first)]}")


def _link(cell: Any, location: str) -> None:
    """Link a cell to a place of the workbook itself."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)


def _said(value: IndicatorValue, among_others: bool) -> str:
    scope = f"{value.scope}：" if value.scope and among_others else ""
    return f"{scope}{written(value)}{f'（{value.period}）' if value.year is None and value.period else ''}"


# --- The sheet of sources --------------------------------------------------------------------------


def _cite(sheet: Worksheet, values: Sequence[IndicatorValue], titles: Mapping[str, str]) -> None:
    for at, (head, width) in enumerate(zip(_SOURCE_HEADS, _SOURCE_WIDTHS, strict=True), 1):
        cell = _text(sheet, 1, at, head, styles.HEAD)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, value in enumerate(values, 2):
        for at, words in enumerate(_source(value, titles), 1):
            _text(sheet, row, at, words, styles.PLAIN)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _source(value: IndicatorValue, titles: Mapping[str, str]) -> tuple[str, ...]:
    return (
        value.city,
        value.indicator,
        value.name_as_written,
        value.scope,
        KIND_WORDS[value.kind],
        when(value) or NO_YEAR,
        written(value),
        "、".join(value.departments),
        value.quote.strip(),
        titles.get(value.document_id, ""),
        " › ".join(value.heading_path),
    )


def _text(sheet: Worksheet, row: int, at: int, words: str, manner: styles.Manner) -> Any:
    """Write words as text: whatever they begin with, they are no formula."""
    cell: Any = sheet.cell(row, at)
    cell.value = storable(words)
    cell.data_type = "s"
    cell.quotePrefix = True
    styles.dress(cell, manner)
    return cell
