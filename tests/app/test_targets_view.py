"""The 指标对照 tab as HTML: links to the words, looks of the cells, the chart, nothing unescaped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from dataclasses import replace
from decimal import Decimal

from test_targets_command import HOSTILE, VALUE

from assistant.app.target_words import scopes_differ
from assistant.app.web.targets_tab import Comparer, download_links
from assistant.app.web.targets_view import MOST_ROWS, matrix_table
from assistant.app.web.year_chart import year_chart
from assistant.indicators import build_matrix
from assistant.library import Library
from assistant.types import Relation, ValueKind

SCRIPT = '<img src=x onerror="window.pwned=1">'


def test_each_value_is_a_link_to_its_words(library: Library) -> None:
    comparer = Comparer(library)
    matrix = comparer.matrix(["病例组合指数"], (), ())
    table = comparer.table(matrix)
    links = re.findall(r'href="documents/(\w+)\?start=(\d+)&end=(\d+)#here"', table)
    assert len(links) == len(matrix.values) > 5
    for document_id, start, end in links:
        assert re.search(r"\d", library.document(document_id).text[int(start) : int(end)])
    assert "各市口径不同" in table


def test_the_three_standings_look_different(library: Library) -> None:
    comparer = Comparer(library)
    table = comparer.table(comparer.matrix(["医疗服务收入占比"], (), ()))
    for look in ('<td class="numbers"', '<td class="only-words"', '<td class="not-set"'):
        assert look in table


def test_everything_from_documents_is_escaped() -> None:
    hostile = replace(
        VALUE, city=SCRIPT, indicator=SCRIPT, scope=SCRIPT, quote=SCRIPT, words=SCRIPT, value=None
    )
    number = replace(VALUE, city=SCRIPT, indicator=SCRIPT, scope=SCRIPT, unit=SCRIPT)
    matrix = build_matrix([hostile, number], (SCRIPT,))
    shown = matrix_table(matrix, {"d1": SCRIPT}) + year_chart(matrix.rows[0])
    shown += download_links([SCRIPT], [HOSTILE], [2025])
    assert "<img" not in shown and 'onerror="' not in shown


def test_nothing_to_show_says_so() -> None:
    assert "没有符合条件" in matrix_table(build_matrix([], ("嘉兴",)), {})


def test_very_many_indicators_are_cut_and_counted() -> None:
    values = [replace(VALUE, indicator=f"指标{n}") for n in range(MOST_ROWS + 7)]
    table = matrix_table(build_matrix(values, ("嘉兴",)), {})
    assert table.count("<tr>") == MOST_ROWS + 1 and "另有 7 个" in table


def test_scopes_that_overlap_are_not_called_different() -> None:
    same = replace(VALUE, city="绍兴", scope="全市养老机构")
    (row,) = build_matrix([VALUE, same], ("嘉兴", "绍兴")).rows
    assert not scopes_differ(row)
    (row,) = build_matrix([VALUE, replace(same, scope="幼儿园")], ("嘉兴", "绍兴")).rows
    assert scopes_differ(row)


def test_the_chart_has_a_line_for_each_city_and_dashes_without_year() -> None:
    values = [replace(VALUE, year=year, value=Decimal(year - 1970)) for year in (2022, 2023, 2025)]
    timeless = replace(VALUE, city="绍兴", year=None, period="三年内", relation=Relation.EQUAL)
    (row,) = build_matrix([*values, timeless], ("嘉兴", "绍兴")).rows
    drawn = year_chart(row)
    svg = Xml.fromstring(re.search(r"<svg.*</svg>", drawn, re.S)[0])  # type: ignore[index]
    assert len(svg.findall("polyline")) == 1
    assert len([line for line in svg.findall("line") if line.get("stroke-dasharray")]) == 1
    assert "2022" in drawn and "2025" in drawn


def test_another_unit_is_not_drawn_on_the_same_axis() -> None:
    other = replace(VALUE, city="绍兴", unit="张", value=Decimal(900))
    values = [VALUE, replace(VALUE, year=2024), other]
    (row,) = build_matrix(values, ("嘉兴", "绍兴")).rows
    assert "计量单位不同，未画入图中" in year_chart(row)


def test_one_number_and_no_number_can_be_drawn() -> None:
    (row,) = build_matrix([VALUE], ("嘉兴",)).rows
    assert "<svg" in year_chart(row)
    words = replace(VALUE, value=None, words="持续提升", kind=ValueKind.TARGET)
    (row,) = build_matrix([words], ("嘉兴",)).rows
    assert "无法绘图" in year_chart(row)


def test_the_files_are_served_for_what_is_picked(library: Library) -> None:
    import io

    import openpyxl
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from assistant.app.web.targets_tab import FILES, serve_targets

    application = FastAPI()
    serve_targets(application, library)
    query = {"indicator": ["病例组合指数"], "city": ["湖州", "广元"], "year": [2025]}
    with TestClient(application) as client:
        got = {ending: client.get(f"/targets{ending}", params=query) for ending in FILES}
        assert client.get("/targets.xlsx", params={"year": "x"}).status_code == 422
        assert client.get("/targets.exe", params=query).status_code == 404
    sheet = openpyxl.load_workbook(io.BytesIO(got[".xlsx"].content))["指标对照"]
    assert sheet["A3"].value == "病例组合指数"
    for one in got.values():
        assert "attachment" in one.headers["content-disposition"]
    assert "2025年：1.1" in got[".md"].text and "湖政办发〔2023〕54号" in got[".txt"].text
