"""Excel workbooks: each sheet a table, its cells as they are shown."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.documents.loaded import Loaded
from assistant.documents.loaders.build import TextBuilder
from assistant.documents.loaders.grid import MAX_COLUMNS, GridCell, join_lines, write_table
from assistant.documents.loaders.package import Package
from assistant.documents.loaders.sheet_numbers import shown
from assistant.errors import UnreadableFileError

Sheet = Any

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_FORMULA_ALONE = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MAX_MERGED_CELLS = 1_000_000


def load(path: Path, content: bytes, *, max_bytes: int) -> Loaded:
    """Load an xlsx file: visible sheets, rows and columns; formulas as their stored values.

    A sheet's name is its table's title, unless it is only Sheet1; then the row over the table is.
    Raises UnreadableFileError, also where formulas were never calculated or a merge is absurd.
    """
    import openpyxl

    package = Package(path, content, max_bytes=max_bytes)
    _check_sheets(path, package)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are not read here
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    builder = TextBuilder()
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [(sheet, cells) for sheet in sheets if (cells := list(_cells(sheet)))]
    for sheet, cells in filled:
        name = sheet.title.strip()
        named = not _UNNAMED.fullmatch(name)
        if named:
            builder.add_heading(name, 1)
        write_table(builder, cells, title=name if named else "")
    return builder.loaded()


def _check_sheets(path: Path, package: Package) -> None:
    """Refuse merges that cover more than a sheet can mean, and formulas without their values."""
    for name in sorted(package.names):
        if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
            continue
        body = package.read(name)
        area = sum(
            (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
            for left, top, right, bottom in _MERGED.findall(body)
        )
        if area > _MAX_MERGED_CELLS:
            raise UnreadableFileError(
                path, "合并单元格的范围过大", "请取消整行整列的合并后重新放入"
            )
        if _FORMULA_ALONE.search(body):
            raise UnreadableFileError(
                path, "表中的公式还没有计算结果", "请用 Excel 或 WPS 打开并保存一次，再重新放入"
            )


def _cells(sheet: Sheet) -> Iterator[GridCell]:
    """Yield the cells of the rows and columns that are shown, numbered without the empty columns."""
    # openpyxl's own iteration would make every cell up to the last one, 17 thousand million at worst
    hidden_rows = {row for row, seen in sheet.row_dimensions.items() if seen.hidden}
    kept = {
        at: words
        for at, cell in sorted(sheet._cells.items())
        if at[0] not in hidden_rows and (words := _words(cell))
    }
    hidden = _hidden_columns(sheet)
    columns = sorted({column for _, column in kept} - hidden)[:MAX_COLUMNS]
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {at for area in merged.values() for at in _inside(area, kept, columns)}
    for row in sorted({row for row, _ in kept}):
        for place, column in enumerate(columns):
            if (row, column) in covered:
                continue
            area = merged.get((row, column))
            rows = area.max_row - row + 1 if area else 1
            width = sum(column <= other <= area.max_col for other in columns) if area else 1
            yield GridCell(row, place, kept.get((row, column), ""), rows, width)


def _inside(
    area: Any, kept: dict[tuple[int, int], str], columns: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield the places that a merged cell covers besides its first, in rows and columns we keep."""
    first = (area.min_row, area.min_col)
    for row in {row for row, _ in kept if area.min_row <= row <= area.max_row}:
        for column in columns:
            if area.min_col <= column <= area.max_col and (row, column) != first:
                yield row, column


def _words(cell: Any) -> str:
    words = shown(getattr(cell, "value", None), getattr(cell, "number_format", "") or "General")
    return join_lines(words.replace("\t", " ").split("\n"))


def _hidden_columns(sheet: Sheet) -> set[int]:
    return {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden and dimension.min
        for column in range(dimension.min, (dimension.max or dimension.min) + 1)
    }


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
