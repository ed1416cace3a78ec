"""``assistant targets``: rows under their names, CSV and Excel that run no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.app.exports import COLUMNS, csv_bytes, target_row, workbook_bytes
from assistant.app.exports.safe_cells import guarded, starts_formula
from assistant.indicators import build_matrix
from assistant.library import Library
from assistant.types import IndicatorValue, Relation, Span, ValueKind

Cli = Callable[..., Any]
VALUE = IndicatorValue(
    "嘉兴", "护理型床位占比", "护理型床位占比", "养老机构", 2025, "", ValueKind.TARGET,
    Relation.AT_LEAST, Decimal("58.50"), "%", "达到…以上", ("市民政局",), "d1", ("一、目标",),
    Span(3, 12), "占比达到58.50%以上",
)  # fmt: skip


def test_rows_have_exactly_these_names_and_stand_where_they_say(
    cli: Cli, library_dir: Path, library: Library
) -> None:
    rows = cli("targets", "--library", library_dir, "--json").json
    assert len(rows) == len(library.indicator_values()) > 300
    for row in rows:
        assert tuple(row) == COLUMNS
        text = library.document(row["document_id"]).text
        assert text[row["start"] : row["end"]] == row["quote"]
        for place in row["also_at"]:
            assert 0 <= place["start"] < place["end"] <= len(text)
        assert row["value"] is None or Decimal(row["value"]).is_finite()


def test_an_alias_a_city_a_year_and_a_kind(cli: Cli, library_dir: Path) -> None:
    options = ("--indicator", "CMI", "--city", "湖州市", "--year", 2025, "--kind", "target")
    (row,) = cli("targets", "--library", library_dir, *options, "--json").json
    assert (row["indicator"], row["value"], row["relation"]) == ("病例组合指数", "1.10", "=")
    assert row["departments"][0] == "市卫生健康委" and len(row["also_at"]) >= 3


def test_words_stand_in_the_relation_where_there_is_no_number(cli: Cli, library_dir: Path) -> None:
    options = ("--city", "广元", "--indicator", "患者满意度", "--json")
    (row,) = cli("targets", "--library", library_dir, *options).json
    assert row["value"] is None and "前列" in row["relation"] and row["year"] is None


def test_text_for_people(cli: Cli, library_dir: Path) -> None:
    said = cli("targets", "--library", library_dir, "--indicator", "CMI").out
    assert "目标（通过5年努力）  1.2左右" in said and "《" in said


@pytest.mark.parametrize(
    ("option", "wrong"),
    [("--city", "杭州"), ("--indicator", "没有的指标"), ("--kind", "愿望")],
)
def test_what_is_not_there_is_a_clear_error(
    cli: Cli, library_dir: Path, option: str, wrong: str
) -> None:
    ran = cli("targets", "--library", library_dir, option, wrong)
    assert ran.code == 2 and wrong in ran.err and ran.out == ""


def test_files_that_cannot_be_written(cli: Cli, library_dir: Path, tmp_path: Path) -> None:
    ran = cli("targets", "--library", library_dir, "--csv", tmp_path / "无" / "a.csv")
    assert ran.code == 2 and "无法写入" in ran.err


def test_csv_opens_in_excel(cli: Cli, library_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "指标.csv"
    assert cli("targets", "--library", library_dir, "--csv", path).code == 0
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert any(row["relation"] == "=" for row in rows)


def test_xlsx_compares_and_cites(cli: Cli, library_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "对照.xlsx"
    options = ("--indicator", "CMI", "--indicator", "医疗服务收入占比", "--xlsx", path)
    assert cli("targets", "--library", library_dir, *options).code == 0
    book = openpyxl.load_workbook(path)
    sheet, sources = book["指标对照"], book["来源"]
    assert sheet.freeze_panes == "C3"
    cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row]
    numbers = {(cell.value, cell.number_format) for cell in cells if cell.data_type == "n"}
    assert {(1.1, "0.00"), (1.2, '"约"0.0'), (38.5, '0.0"%"')} <= numbers
    not_set = next(cell for cell in cells if cell.value == "未设定")
    in_words = next(cell for cell in cells if str(cell.value).startswith("逐步提高"))
    number = next(cell for cell in cells if cell.value == 1.1)
    looks = {cell.fill.fgColor.rgb for cell in (not_set, in_words, number)}
    assert len(looks) == 3
    assert number.hyperlink.location.startswith("'来源'!A")
    cited = sources[int(number.hyperlink.location.rpartition("A")[2])]
    assert "1.10" in [cell.value for cell in cited]


# --- Hostile documents -------------------------------------------------------------------------------

HOSTILE = '=HYPERLINK("http://evil.example","点我")'


@pytest.mark.parametrize("text", [HOSTILE, "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_formulas_are_text_in_csv(text: str) -> None:
    assert starts_formula(text) and guarded(text).startswith("'")
    hostile = replace(VALUE, quote=text, indicator=text, name_as_written=text)
    rows = list(csv.DictReader(io.StringIO(csv_bytes([hostile], {}).decode("utf-8-sig"))))
    assert rows[0]["quote"].startswith("'") and rows[0]["indicator"].startswith("'")


def test_formulas_and_control_characters_are_text_in_xlsx() -> None:
    hostile = replace(
        VALUE, value=None, words=HOSTILE, indicator=HOSTILE, quote="=1+1\x00\x07", scope="=2"
    )
    content = workbook_bytes(build_matrix([hostile], ("嘉兴",)), {"d1": "=3"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_number_keeps_its_digits_and_its_bound() -> None:
    content = workbook_bytes(build_matrix([VALUE], ("嘉兴",)), {})
    sheet = openpyxl.load_workbook(io.BytesIO(content))["指标对照"]
    assert (sheet["C3"].value, sheet["C3"].number_format) == (58.5, '"≥"0.00"%"')


def test_a_row_of_a_made_up_value() -> None:
    row = target_row(VALUE, {"d1": "方案"})
    assert (row["value"], row["relation"], row["title"]) == ("58.50", "≥", "方案")
