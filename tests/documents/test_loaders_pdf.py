"""PDF files: paragraphs without hard wraps and running heads, ruled tables with merged cells."""

from pathlib import Path

import pytest
from pdf_maker import LEFT, RIGHT, SIZE, PdfPage, make_pdf

from assistant.documents.loaded import Loaded
from assistant.documents.loaders import load
from assistant.errors import UnreadableFileError

LONG = (
    "为深化医药卫生体制改革，推动公立医院高质量发展，结合我市实际，制定本方案。到2025年，全市三级公立医院四级手术占比"
    "达到18%以上，出院患者手术占比达到35%左右。各县（区）人民政府要切实加强组织领导。"
)
SHORT = "一、总体要求"
SECOND = "市卫生健康委会同市财政局、市医保局等部门建立联席会议制度，定期研究解决公立医院改革发展中的重大问题。"


def put(tmp_path: Path, *pages: PdfPage, **options: bool) -> Loaded:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(list(pages), **options))
    return load(path, max_bytes=10_000_000)


def test_hard_wraps_are_joined_within_and_over_pages(tmp_path: Path) -> None:
    first, second = PdfPage(), PdfPage()
    first.flow(100, [SHORT, LONG, "（一）改革目标", LONG[:54]])
    second.flow(100, [LONG[54:]], indent=0)
    second.flow(300, [SECOND])
    assert put(tmp_path, first, second).text.split("\n") == [
        SHORT,
        LONG,
        "（一）改革目标",
        LONG,
        SECOND,
    ]


def test_paragraphs_without_indents_end_at_a_sentence_or_a_short_line(tmp_path: Path) -> None:
    page = PdfPage()
    law = ["第一条 " + LONG, "第二条 " + SECOND, SECOND, "第三条 本办法自公布之日起施行。"]
    page.flow(80, law, indent=0)
    assert put(tmp_path, page).text.split("\n") == law


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [PdfPage() for _ in range(4)]
    for number, page in enumerate(pages, 1):
        page.write(200, 30, f"临江市人民政府公报 2023年第{number}期", 10)
        page.flow(100, [SHORT, SECOND])
        page.write(RIGHT - 60 if number % 2 else LEFT, 760, f"— {number} —", 12)
    text = put(tmp_path, *pages).text
    assert "公报" not in text and "—" not in text
    assert text.count(SHORT) == 4  # a line that repeats in the body stays


def test_letter_spaced_words_and_real_gaps(tmp_path: Path) -> None:
    page = PdfPage()
    for at, char in enumerate("实施方案"):
        page.write(150 + at * 2.5 * SIZE, 100, char)
    page.write(LEFT, 160, "张三")
    page.write(LEFT + 5 * SIZE, 160, "主任医师")
    page.write(LEFT, 200, "第一章 总则")
    assert put(tmp_path, page).text.split("\n") == ["实施方案", "张三 主任医师", "第一章 总则"]


def test_radicals_are_kept_and_rotated_watermarks_are_not(tmp_path: Path) -> None:
    page = PdfPage(watermark="仅供内部使用")
    page.flow(100, ["⼈⺠医院要提⾼医疗服务能⼒，到2025年完成⽬标。"])
    page.flow(200, ["重影", "重影"])
    page.write(LEFT + 2 * SIZE + 0.4, 200, "重影")  # bold made by printing twice
    assert put(tmp_path, page).text.split("\n") == [
        "⼈⺠医院要提⾼医疗服务能⼒，到2025年完成⽬标。",
        "重影",
        "重影",
    ]


COLUMNS = [80, 180, 320, 420, 528]


def ruled(page: PdfPage, y: float, rows: list[list[str]], merged: bool = False) -> float:
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            x0, x1 = COLUMNS[column], COLUMNS[column + 1]
            if merged and column == 0:
                if at == 0:
                    page.box(x0, y, x1, y + 30 * len(rows))
            else:
                page.box(x0, y + at * 30, x1, y + at * 30 + 30)
            if text:
                page.write(x0 + 4, y + at * 30 + 8, text, 12)
    return y + 30 * len(rows)


def test_ruled_tables_keep_merged_cells_and_go_on_over_pages(tmp_path: Path) -> None:
    first, second = PdfPage(), PdfPage()
    head = ["类别", "指标", "2022年", "2025年"]
    first.flow(80, ["附件1 主要指标表"], indent=0)
    y = ruled(first, 120, [head])
    y = ruled(
        first,
        y,
        [["医疗质量", "四级手术占比", "17.56%", "18%"], ["", "病例组合指数", "1.10", "1.15"]],
        merged=True,
    )
    ruled(first, y, [["运营效率", "平均住院日", "8.5", "到2025年"]])
    y = ruled(second, 80, [head, ["", "", "", "达到8天"]])
    ruled(second, y, [["患者体验", "满意度", "—", "90分以上"]])
    second.flow(300, [SECOND])
    loaded = put(tmp_path, first, second)
    (table,) = loaded.tables
    assert (table.title, table.header) == ("附件1 主要指标表", tuple(head))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["医疗质量", "四级手术占比", "17.56%", "18%"],
        ["医疗质量", "病例组合指数", "1.10", "1.15"],
        ["运营效率", "平均住院日", "8.5", "到2025年达到8天"],
        ["患者体验", "满意度", "—", "90分以上"],
    ]
    assert all(c.span.of(loaded.text) == c.text for row in table.rows for c in row.cells)
    assert table.rows[1].cells[0].span == table.rows[0].cells[0].span
    assert loaded.text.endswith(SECOND)


def test_boxes_around_text_are_no_table(tmp_path: Path) -> None:
    page = PdfPage()
    page.flow(100, [SHORT, LONG, SECOND])
    for at in range(8):
        page.box(LEFT, 98 + 26 * at, RIGHT, 98 + 26 * at + 26)
    loaded = put(tmp_path, page)
    assert loaded.tables == () and loaded.text.split("\n") == [SHORT, LONG, SECOND]


def test_a_page_that_is_a_picture_is_named(tmp_path: Path) -> None:
    page = PdfPage()
    page.flow(100, [LONG])
    loaded = put(tmp_path, page, PdfPage(picture=True), page)
    assert [span.of(loaded.text) for span in loaded.apparatus] == ["（第 2 页是图片，没有文字）"]


@pytest.mark.parametrize("mark", ["", "扫描全能王 创建"])
def test_scans_are_refused_also_with_a_scanner_mark(tmp_path: Path, mark: str) -> None:
    page = PdfPage(picture=True)
    if mark:
        page.write(400, 780, mark, 8)
    with pytest.raises(UnreadableFileError, match="OCR"):
        put(tmp_path, page, page)


def test_passwords_unknown_fonts_and_damage_are_refused(tmp_path: Path) -> None:
    page = PdfPage()
    page.flow(100, [LONG])
    with pytest.raises(UnreadableFileError, match="已加密"):
        put(tmp_path, page, encrypted=True)
    with pytest.raises(UnreadableFileError, match="字体"):
        put(tmp_path, page, mapped=False)
    path = tmp_path / "cut.pdf"
    path.write_bytes(make_pdf([page])[:400])
    with pytest.raises(UnreadableFileError) as raised:
        load(path, max_bytes=10_000_000)
    assert raised.value.remedy.startswith("请")
