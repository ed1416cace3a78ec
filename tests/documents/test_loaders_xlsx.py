"""Workbooks: each sheet a table, numbers as they are shown."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import load
from assistant.documents.loaders.sheet_numbers import shown
from assistant.errors import UnreadableFileError


def put(tmp_path: Path, book: openpyxl.Workbook) -> Loaded:
    path = tmp_path / "a.xlsx"
    book.save(path)
    return load(path, max_bytes=10_000_000)


def filled(book: openpyxl.Workbook, title: str = "指标表") -> Any:
    sheet = book.active
    sheet.title = title
    rows = [
        ["临江市主要指标", None, None, None],
        ["类别", "指标", "目标值", None],
        [None, None, "2024年", "2025年"],
        ["质量", "四级手术占比", 0.17, 0.18],
        [None, "病例组合指数", 1.1, 1.15],
        [None, None, None, None],
        ["效率", "平均住院日", "8天以下", "排名前列"],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5"):
        sheet.merge_cells(area)
    sheet["C4"].number_format = sheet["D4"].number_format = "0%"
    sheet["C5"].number_format = "0.00"
    return sheet


def test_a_sheet_becomes_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    filled(book)
    loaded = put(tmp_path, book)
    assert loaded.text == (
        "指标表\n临江市主要指标\n类别\t指标\t目标值\n2024年\t2025年\n质量\t四级手术占比\t17%\t18%\n"
        "病例组合指数\t1.10\t1.15\n效率\t平均住院日\t8天以下\t排名前列"
    )
    (table,) = loaded.tables
    assert table.title == "指标表"
    assert table.header == ("类别", "指标", "目标值 2024年", "目标值 2025年")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["质量", "四级手术占比", "17%", "18%"],
        ["质量", "病例组合指数", "1.10", "1.15"],
        ["效率", "平均住院日", "8天以下", "排名前列"],
    ]
    assert all(c.span.of(loaded.text) == c.text for row in table.rows for c in row.cells)
    assert [h.span.of(loaded.text) for h in loaded.headings] == ["指标表"]


def test_an_unnamed_sheet_is_named_by_its_first_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    filled(book, "Sheet1")
    loaded = put(tmp_path, book)
    assert loaded.tables[0].title == "临江市主要指标"
    assert "Sheet1" not in loaded.text


def test_hidden_sheets_rows_and_columns_are_not_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = filled(book)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("底稿").append(["不公开"])
    book["底稿"].sheet_state = "hidden"
    text = put(tmp_path, book).text
    assert "不公开" not in text and "四级手术占比" not in text and "1.15" not in text
    assert "病例组合指数\t1.10" in text


def test_a_cell_at_the_far_end_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = filled(book)
    sheet["XFD1048576"] = "远处"
    assert put(tmp_path, book).text.endswith("\t\t\t\t远处")


def test_formulas_without_values_and_absurd_merges_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    filled(book)["D8"] = "=SUM(C4:D4)"
    with pytest.raises(UnreadableFileError, match="公式"):
        put(tmp_path, book)
    book = openpyxl.Workbook()
    filled(book)
    path = tmp_path / "a.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A4:A5"', b'ref="A4:XFD1048576"'))
    with pytest.raises(UnreadableFileError, match="合并单元格"):
        load(tmp_path / "b.xlsx", max_bytes=10_000_000)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.18, "0%", "18%"),
        (0.205, "0.0%", "20.5%"),
        (0.3442, "0.00%", "34.42%"),
        (1.005, "0.00", "1.01"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "General", "12"),
        (1e21, "General", "1000000000000000000000"),
        (-3.5, "General", "-3.5"),
        (-3.5, "0.0;(0.0)", "(3.5)"),
        (1234567.891, "#,##0.0", "1,234,567.9"),
        (1.5, "0.##", "1.5"),
        (2, '0"个"', "2个"),
        (5, 'General"家"', "5家"),
        (12345678, '0.0,,"百万"', "12.3百万"),
        (0, '0;-0;"—"', "—"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        (-0.001, "0.0", "0.0"),
        (True, "General", "TRUE"),
        ("18%以上", "@", "18%以上"),
        (date(2025, 3, 1), 'yyyy"年"m"月"d"日"', "2025年3月1日"),
        (date(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
        (date(2025, 3, 1), '[$-804]yyyy"年"m"月";@', "2025年3月"),
        (datetime(2025, 3, 1), "mm-dd-yy", "2025/3/1"),
        (datetime(2025, 3, 1, 14, 5), "yyyy/m/d h:mm", "2025/3/1 14:05"),
        (datetime(2025, 3, 1, 14, 5, 9), "mm:ss", "05:09"),
    ],
)
def test_values_are_shown_as_excel_shows_them(value: Any, code: str, expected: str) -> None:
    assert shown(value, code) == expected
