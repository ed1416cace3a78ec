"""The small rules of answering, each with what it takes and what it leaves."""

from dataclasses import replace

import pytest

from assistant.answering.expectation import expectation_of
from assistant.answering.fitness import says_when
from assistant.answering.numbers import fits
from assistant.answering.relevance import missing, query_of
from assistant.answering.units import Stretch, Unit, announces, is_topic
from assistant.types import Hit, Intent, Passage, Question, Span


def asking(text: str, intent: Intent = Intent.VALUE) -> Question:
    return Question(text=text, standalone=text, focus=text, intent=intent)


def unit(text: str, column: str = "") -> Unit:
    passage = Passage("p", "d", Span(0, len(text)), (), text)
    return Unit(
        Hit(passage, 1.0, 1, "terms"), Stretch(Span(0, len(text)), text, text, "", "", column)
    )


@pytest.mark.parametrize(
    ("question", "units", "others"),
    [
        ("旅游收入多少亿元？", ("亿元", "万元", "元/人", "万亿元"), ("万人次", "%", "万亩")),
        ("新建多少个？", ("个", "家", "万人"), ("个百分点", "公里")),
        ("多少人参加？", ("人", "名", "万人", "人次"), ("元/人", "%")),
        ("最多多大岁数？", ("岁", "周岁"), ("万元", "年")),
        ("园区面积多大？", ("平方公里", "亩", "万平方米"), ("公里", "个")),
        ("收入增长多少？", ("%", "亿元"), ()),
        ("投资增长目标是多少？", ("%", "亿元"), ()),
        ("准点率93%的奖励多少钱？", ("万元", "元/辆"), ("%", "分")),
        ("指导管理费按什么标准给？", ("元/人·月", "元"), ("%", "年")),
        ("低保每人每月标准多少？", ("元/人·月",), ("人", "%")),
        ("新拿多少张注册证？", ("张", "件", "个"), ("家", "%", "亿元")),
        ("灌溉面积多少万亩？", ("万亩", "公顷"), ("亿元", "万头")),
        ("压到多少个工作日？", ("个工作日", "日", "天"), ("个", "家", "年")),
        ("打了多少亿斤粮食？", ("亿斤", "吨"), ("亿元", "万亩")),
        ("有多少名医生？", ("名", "人"), ("家",)),
        ("近几年投入多少万元？", ("万元", "亿元"), ("年", "%")),
        ("提高几个点？", ("%", "个百分点"), ("个", "家")),
    ],
)
def test_what_is_counted_fits_its_measure_only(
    question: str, units: tuple[str, ...], others: tuple[str, ...]
) -> None:
    expected = expectation_of(asking(question))
    assert [each for each in units if not fits(expected, each)] == []
    assert [each for each in others if fits(expected, each)] == []


def test_what_announces_and_what_only_names_a_topic() -> None:
    assert announces("重点做好以下几项工作。") and announces("现答复如下：")
    assert announces("应当具备下列条件：")
    assert not announces("次均费用增幅稳定在5%以下。") and not announces("奖励科级以下干部。")
    assert is_topic("三是推动供水数字化升级。") and is_topic("（二）完善交通设施。")
    assert not is_topic("推动供水数字化升级。")


def test_a_time_is_said_in_the_sentence_or_at_the_head_of_its_column() -> None:
    assert says_when(unit("2026年6月底前完成。")) and says_when(unit("每季度调度一次。"))
    assert says_when(unit("完成85座", column="2025年"))
    assert says_when(unit("验收合格后三个月内移交。")) and says_when(unit("每日早7：30出发。"))
    assert says_when(unit("十五个工作日内办结。")) and says_when(unit("上午九点开门。"))
    assert not says_when(unit("建设旅游公路120公里。"))
    assert not says_when(unit("提出三点要求。"))


def lacks(question: str, text: str) -> list[str]:
    query = query_of(asking(question), rarity=lambda word: 1.0)
    return [one.keyword.word for one in missing(query, text)]


def test_half_of_a_word_of_three_is_not_the_word() -> None:
    assert lacks("景区责任险", "景区的责任书") == ["责任险"]
    assert lacks("老年人", "老年教育") == []  # 人 only says whom


def joined(question: str, known: dict[str, float]) -> list[str]:
    query = query_of(
        asking(question, Intent.HOW),
        rarity=lambda word: known.get(word, 5.0),
        stands=lambda word: word in known,
    )
    return [one.keyword.word for one in query.wanted]


def test_lone_characters_are_joined_where_they_stand_nowhere_else() -> None:
    known = {"脑": 3.0, "机": 1.0, "接口": 3.0, "脑机": 3.1, "脑机接口": 3.1}
    assert joined("脑机接口研究", known)[0] == "脑机接口"
    common = known | {"脑": 0.5, "机": 0.4, "接口": 0.5}  # they stand in many places apart
    assert "脑机接口" not in joined("脑机接口研究", common)


def test_a_word_of_making_is_never_joined() -> None:
    known = {"初步": 3.0, "建": 3.0, "平台": 3.0, "初步建": 3.0}
    assert "初步建" not in joined("初步建平台", known)


def test_words_of_the_title_say_which_document_and_not_what_is_asked() -> None:
    question = replace(asking("灌溉提升行动方案的资金"), documents=("d",))
    query = query_of(question, rarity=lambda word: 1.0, titles=("灌溉提升行动方案",))
    assert [one.keyword.word for one in query.wanted if one.in_focus] == ["资金"]
