"""Passages: cut by section, with their heading path; nothing lost, no navigation, no overlap."""

from __future__ import annotations

import time

import pytest
from corpus_documents import NAMES, corpus, read
from test_metadata import NOTICE, REPLY_PAGE

from assistant.documents import HEAD_PATH, Loaded, parse, split
from assistant.types import Cell, Document, Passage, Row, Span, Table


def passage_with(document: Document, words: str, *, max_chars: int = 320) -> Passage:
    (found,) = [each for each in split(document, max_chars=max_chars) if words in each.text]
    return found


def test_a_task_of_guangyuan_knows_where_it_stands() -> None:
    found = passage_with(corpus("guangyuan-implementation-plan-2023.txt"), "网格化布局4个")
    assert found.heading_path == (
        "二、重点任务",
        "（三）构建优质高效医疗卫生服务体系",
        "3.推进紧密型城市医联体建设",
    )


def test_responsible_departments_stay_with_their_task() -> None:
    document = corpus("guangyuan-implementation-plan-2023.txt")
    for passage in split(document, max_chars=320):
        assert not passage.text.startswith("〔")


def test_a_page_break_in_mid_sentence_does_not_cut_the_passage() -> None:
    document = corpus("guangzhou-proposal-1048-reply-2018.txt")
    assert "为龙\n\n头，联合" in passage_with(document, "市中西医院结合医院").text


def test_long_sections_are_cut_before_enumerations() -> None:
    document = corpus("guangzhou-proposal-1048-reply-2018.txt")
    parts = [
        each.text
        for each in split(document, max_chars=320)
        if each.heading_path[-1:] == ("（五）不断完善医保政策与管理举措",)
    ]
    assert [part[:2] for part in parts] == ["（五", "四是"]


def test_the_head_can_be_cited() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    heads = [each for each in split(document, max_chars=320) if each.heading_path == HEAD_PATH]
    text = "\n".join(each.text for each in heads)
    for words in (
        "湖政办发〔2023〕54号",
        "发布日期:2023-10-25",
        "20231016",
        "湖州市人民政府办公室",
    ):
        assert words in text
    assert "索引号" not in text


def test_a_signature_at_the_end_belongs_to_the_head() -> None:
    passages = split(read(REPLY_PAGE), max_chars=320)
    assert passages[-1].heading_path == HEAD_PATH
    assert passages[-1].text == "云溪省民政厅\n二〇一一年五月九日"
    closing = next(each for each in passages if each.text.startswith("感谢您"))
    assert closing.heading_path == ()


@pytest.mark.parametrize("words", ["索 引 号", "发文机关", "扫一扫", "本文有删减", "主 题 词"])
def test_no_navigation_in_passages(words: str) -> None:
    document = read(REPLY_PAGE)
    assert words in document.text
    assert not any(words in passage.text for passage in split(document, max_chars=320))
    assert any(words in span.of(document.text) for span in document.apparatus)


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 政务公开 > 政策文件",
        "【打印】 【字体：大 中 小】",
        "浏览次数：128次",
        "附件下载",
        "— 12 —",
        "第 3 页 共 9 页",
        "扫一扫在手机打开当前页",
        "2023/11/7 10:22 云溪市人民政府-通知公告",
        "https://www.example.gov.cn/zwgk/content_1.html 2/5",
        "信息公开选项：主动公开",
        "（此件公开发布）",
        "版权所有：云溪市人民政府办公室　网站标识码：1234567890",
    ],
)
def test_navigation_between_paragraphs(line: str) -> None:
    document = read(
        f"某方案\n一、目标\n到2025年，覆盖率达到九成。\n{line}\n二、措施\n加强领导，落实责任。\n"
    )
    texts = [passage.text for passage in split(document, max_chars=320)]
    assert not any(line in text for text in texts)
    assert any("覆盖率达到九成" in text for text in texts)
    assert any("加强领导" in text for text in texts)


def test_a_short_list_is_one_passage_with_its_lead_in() -> None:
    document = read(
        "某办法\n第一章　条件\n第三条　长者饭堂应当具备以下条件：\n（一）面积不小于30平方米；\n（二）有无障碍设施；\n"
        "（三）从业人员持有健康证明。\n第四条　长者饭堂应当公示价格。\n"
    )
    found = passage_with(document, "有无障碍设施")
    assert found.heading_path == ("第一章 条件", "第三条")
    assert found.text.startswith("第一章")
    assert found.text.endswith("（三）从业人员持有健康证明。")


def test_a_line_of_nothing_but_commas_is_cut_in_no_time() -> None:
    """A cut at each comma took 8 s."""
    document = read(f"某方案\n一、目标\n覆盖率达到九成{'，' * 60_000}加强领导。\n")
    took = []
    for _ in range(2):
        began = time.perf_counter()
        passages = split(document, max_chars=320)
        took.append(time.perf_counter() - began)
    assert max(len(passage.text) for passage in passages) <= 320
    assert min(took) < 2


def test_titled_sections_are_not_put_together() -> None:
    document = read(
        "某方案\n一、保障措施\n（一）加强领导。成立领导小组。\n（二）加大投入。安排专项资金。\n（三）强化宣传。做好政策解读。\n"
    )
    paths = [passage.heading_path[-1] for passage in split(document, max_chars=320)]
    assert paths[-3:] == ["（一）加强领导", "（二）加大投入", "（三）强化宣传"]


def test_a_row_is_a_passage_with_its_head() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    rows = [each for each in split(document, max_chars=320) if each.is_row]
    assert len(rows) == sum(len(table.rows) for table in document.tables)
    row = next(each for each in rows if each.text.startswith("8.三级公立医院病例组合指数"))
    assert row.heading_path == ("附件3 绩效目标表",)
    assert row.header[4:8] == ("2022年数据", "2023年目标值", "2024年目标值", "2025年目标值")
    assert [cell.text for cell in row.cells][-4:] == ["0.95", "1.0", "1.05", "1.1"]


def test_tables_of_a_loader_pass_through() -> None:
    text = "某清单\n部门\t职责\n教育局\t办好学校。\n民政局\t做好养老。\n"
    at = {words: text.index(words) for words in ("部门", "教育局", "办好", "民政局", "做好")}

    def row(first: str, second: str, words: str) -> Row:
        cells = (
            Cell(first, Span(at[first], at[first] + len(first)), "部门"),
            Cell(words, Span(at[second], at[second] + len(words)), "职责"),
        )
        return Row(Span(cells[0].span.start, cells[1].span.end), cells)

    rows = (row("教育局", "办好", "办好学校。"), row("民政局", "做好", "做好养老。"))
    table = Table("职责", Span(at["部门"], len(text) - 1), ("部门", "职责"), rows)
    document = parse(Loaded(text, tables=(table,)), source="some.docx")
    assert document.tables == (table,)
    passages = split(document, max_chars=320)
    assert [each.text for each in passages if each.is_row] == [
        "教育局\t办好学校。",
        "民政局\t做好养老。",
    ]
    assert passages[1].heading_path == ("职责",)


@pytest.mark.parametrize("max_chars", [80, 200, 320, 1000])
@pytest.mark.parametrize("name", NAMES)
def test_passages_are_no_longer_than_asked_for(name: str, max_chars: int) -> None:
    passages = split(corpus(name), max_chars=max_chars)
    assert all(len(each.text) <= max_chars for each in passages if not each.is_row)


def test_ids_name_document_and_place() -> None:
    document = read(NOTICE)
    for passage in split(document, max_chars=320):
        assert passage.id == f"{document.id}:{passage.span.start}-{passage.span.end}"
        assert passage.document_id == document.id


def test_the_id_is_of_the_text_not_of_the_name() -> None:
    first = parse(Loaded(NOTICE), source="a.txt")
    second = parse(Loaded(NOTICE), source="b.txt")
    assert first.id == second.id
    assert read(NOTICE + "。").id != first.id
