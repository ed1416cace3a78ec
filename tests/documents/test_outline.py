"""The outline: labels of every style, headings that run in, sections that end where they should."""

from __future__ import annotations

import re

import pytest
from corpus_documents import corpus

from assistant.documents import Loaded, MarkedHeading, parse
from assistant.types import Document, Heading, Span


def outline_of(text: str, headings: tuple[MarkedHeading, ...] = ()) -> list[tuple[int, str, str]]:
    document = parse(Loaded(text, headings=headings), source="some.txt")
    return [(heading.level, heading.label, heading.title) for heading in document.outline]


def under(document: Document, parent: Heading) -> list[Heading]:
    return [
        heading
        for heading in document.outline
        if heading.level == parent.level + 1 and parent.section.contains(heading.section)
    ]


def test_guangyuan_has_26_tasks_in_12_parts_under_3_chapters() -> None:
    document = corpus("guangyuan-implementation-plan-2023.txt")
    levels = [heading.level for heading in document.outline]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (3, 12, 26)
    tasks = [heading for heading in document.outline if heading.level == 3]
    assert [task.label for task in tasks] == [f"{number}." for number in range(1, 27)]
    for task in tasks:
        section = task.section.of(document.text).rstrip()
        assert re.search(r"〔[^〕]+按职责分工负责〕。?$", section), task.title
    assert tasks[0].title == "全力打造五大品牌医院"
    parts = [heading for heading in document.outline if heading.level == 2]
    assert [part.title for part in parts[:3]] == [
        "指导思想",
        "发展目标",
        "构建优质高效医疗卫生服务体系",
    ]


def test_tianjin_items_run_on_over_the_parts() -> None:
    document = corpus("tianjin-promotion-action-plan.txt")
    items = [heading for heading in document.outline if heading.level == 3]
    assert [item.label for item in items] == [f"{number}." for number in range(1, 22)]
    assert items[9].title == "加快推进智慧服务"
    # a first sentence that is too long for a title gives its first clause, quotes kept whole
    assert items[14].title == "中医医院深入实施“方便看中医，放心用中药”行动"


def test_the_label_counts_not_the_mark() -> None:
    document = corpus("guangzhou-proposal-1048-reply-2018.txt")
    chapters = [heading for heading in document.outline if heading.level == 1]
    assert [chapter.label for chapter in chapters] == ["一、", "二、", "三、", "四、"]
    assert [heading.label for heading in under(document, chapters[3])] == [
        "（一）", "（二）", "（三）", "（四）", "（五）",
    ]  # fmt: skip


def test_huzhou_has_three_annexes_and_a_list_of_them() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    annexes = [heading for heading in document.outline if heading.label.startswith("附件")]
    assert [(annex.label, annex.title) for annex in annexes] == [
        ("附件", ""),
        ("附件1", "分年度主要目标表"),
        ("附件2", "实施计划表"),
        ("附件3", "绩效目标表"),
    ]
    last = next(heading for heading in document.outline if heading.title == "宣传推广")
    assert "附件" not in last.section.of(document.text)


def test_a_bookmark_mark_is_no_part_of_a_heading() -> None:
    document = corpus("guangzhou-self-evaluation-report.txt")
    assert document.outline[-1].label == "（三）"
    assert document.outline[-1].title == "持续深化医疗服务体系改革创新"


def test_chapters_articles_and_items() -> None:
    text = (
        "青石市助餐管理办法\n第一章　总则\n第一条　为规范助餐服务，制定本办法。\n第二条【适用范围】本市行政区域内的助餐服务，适用本办法。\n"
        "第二章　条件\n第三条　长者饭堂应当具备以下条件：\n（一）面积不小于30平方米；\n（二）有无障碍设施。\n"
        "对不符合前款规定的，由区民政部门责令改正。\n第十二条　本办法自印发之日起施行。\n"
    )
    assert outline_of(text) == [
        (1, "第一章", "总则"),
        (2, "第一条", ""),
        (2, "第二条", "适用范围"),
        (1, "第二章", "条件"),
        (2, "第三条", ""),
        (3, "（一）", "面积不小于30平方米"),
        (3, "（二）", "有无障碍设施"),
        (2, "第十二条", ""),
    ]
    document = parse(Loaded(text), source="some.txt")
    item = document.outline[6]
    assert item.section.of(text) == "（二）有无障碍设施。"  # what follows is the article's again


def test_all_list_styles_nest() -> None:
    text = "某方案\n一、目标\n（一）总体\n1．近期\n（1）住院\n①指标甲完成。\n②指标乙完成。\n（2）门诊\n2、远期\n二、措施\n(一)保障\n"
    assert [level for level, _, _ in outline_of(text)] == [1, 2, 3, 4, 5, 5, 4, 3, 1, 2]


def test_numbers_that_are_no_labels() -> None:
    text = "某报告\n一、情况\n2.485亿元用于建设，\n2018 年完成。\n3.5名医生到位。\n二、三级医院全部参与。\n1.2023年完成改造。\n"
    labels = [label for _, label, _ in outline_of(text)]
    assert labels == ["一、", "1."]


def test_a_lead_word_with_a_colon_is_the_title() -> None:
    text = (
        "某方案\n一、主要内容\n（一）总体目标：到2025年，覆盖率达到90%。\n（二）实施范围：全市。\n"
    )
    assert [title for _, _, title in outline_of(text)][1:] == ["总体目标", "实施范围"]


def test_marked_headings_without_labels() -> None:
    text = "某方案\n背景\n这里是背景的文字，说明为什么要做。\n做法\n一、先做这件事。\n二、再做那件事。\n效果\n很好。\n"
    places = [text.index(words) for words in ("背景", "做法", "效果")]
    marks = tuple(MarkedHeading(1, Span(at, at + 2)) for at in places)
    assert outline_of(text, marks) == [
        (1, "", "背景"),
        (1, "", "做法"),
        (2, "一、", "先做这件事"),
        (2, "二、", "再做那件事"),
        (1, "", "效果"),
    ]


def test_letter_spaced_headings() -> None:
    assert outline_of("某方案\n一、 总 体 要 求\n要求如下。\n") == [(1, "一、", "总体要求")]


def test_hard_wrapped_text() -> None:
    lines = [
        "云溪市河道管理规定",
        "第一条 为了加强河道管理，保障防洪安全，发挥江河湖泊的综合效",
        "益，根据有关法律，结合本市实际，制定本规定。河道管理按照第九",
        "条 的要求执行，并服从流域管理的统一要求，不得擅自改变河道用",
        "途。",
        "第二条 本规定适用于本市行政区域内的河道，包括湖泊、人工水道",
        "和行洪区，其整治、利用、保护和管理，应当遵守本规定，并遵守国",
        "家有关规定。",
        "第三条 市水务部门负责本市河道的统一监督管理工作，区水务部门",
        "负责本区的河道监督管理工作，其他部门按照职责分工做好有关工作",
        "，并接受市水务部门的业务指导和监督检查。",
    ]
    assert [label for _, label, _ in outline_of("\n".join(lines))] == ["第一条", "第二条", "第三条"]


@pytest.mark.parametrize("label", ["附件1", "附件 1", "附件1：", "附表1"])
def test_annex_heads(label: str) -> None:
    text = f"某通知\n一、要求\n请执行。\n{label}\n工作任务清单\n一、任务甲\n由甲局完成。\n"
    outline = outline_of(text)
    assert outline[1][0] == 1
    assert outline[1][2] == "工作任务清单"
    assert outline[2][:2] == (2, "一、")


def test_sections_follow_one_another() -> None:
    document = corpus("huzhou-implementation-plan-2023.txt")
    chapters = [heading for heading in document.outline if heading.level == 1]
    assert len(chapters) > 2
    ends = [chapter.section.end for chapter in chapters]
    assert ends[:-1] == [chapter.section.start for chapter in chapters[1:]]


def test_names_without_a_number_head_the_labelled_lines_below_them() -> None:
    text = (
        "某县惠民政策清单\n适用群体：农户\n购置补贴\n政策内容：按机价的30%补贴。\n申请渠道：农机站\n"
        "深松补贴\n政策内容：每亩25元。\n申请渠道：农业局\n适用群体：企业\n加工补贴\n政策内容：每吨10元。\n申请渠道：商务局\n"
    )
    document = parse(Loaded(text), source="some.txt")
    groups = [h for h in document.outline if h.level == 1]
    assert [group.title for group in groups] == ["适用群体：农户", "适用群体：企业"]
    assert [h.title for h in under(document, groups[0])] == ["购置补贴", "深松补贴"]
    assert [h.title for h in under(document, groups[1])] == ["加工补贴"]


def test_a_lone_label_makes_no_heading_of_the_line_above_it() -> None:
    prose = "某局工作方案\n一、加强领导\n各单位要高度重视\n责任单位：市水务局\n二、强化保障\n落实经费。\n责任单位：市财政局\n"
    assert [label for _, label, _ in outline_of(prose)] == ["一、", "二、"]
