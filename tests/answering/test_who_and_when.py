"""Who, when, which, by which rule: what the kind of answer tells of the sentence that answers."""

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


def test_rules_are_in_force_from_the_day_that_they_name(who: Assistant) -> None:
    for asked in ("什么时候生效", "从哪天起施行", "的施行日期是哪天", "何时开始实施"):
        assert "自2022年3月1日起施行" in said(who.ask(f"嘉峪关噪声污染防治办法{asked}？"))
    silent = who.ask("酒泉集贸市场管理条例什么时候生效？")
    assert silent.status is Status.REFUSED and "施行日期" in said(silent)


def test_the_day_of_rules_is_not_that_of_others_of_which_a_document_speaks(who: Assistant) -> None:
    assert "2022年3月1日" not in said(who.ask("嘉峪关夜间施工许可制度从哪天起施行？"))


def test_a_penalty_is_that_of_the_article_that_forbids_what_was_done(who: Assistant) -> None:
    noise = said(who.ask("嘉峪关在居民楼里开娱乐场所会怎么罚？"))
    assert "五千元以上五万元以下" in noise and "二千元" not in noise
    late = said(who.ask("嘉峪关夜间施工没提前公告怎么罚？"))
    assert "二千元以下" in late and "五万元" not in late


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        ("酒泉农机购置补贴找谁申请？", "乡镇农机站", "县区农业农村局"),
        ("酒泉深松作业补贴到哪里办？", "县区农业农村局", "乡镇农机站"),
        ("酒泉农机报废补贴的申请渠道是什么？", "农机回收企业", "乡镇农机站"),
        ("酒泉深松作业补贴的文件依据是什么？", "深松作业补助方案", "购置补贴办法"),
    ],
)
def test_the_label_that_is_asked_for_is_read_under_its_own_name(
    who: Assistant, question: str, told: str, others: str
) -> None:
    words = said(who.ask(question))
    assert told in words and others not in words and "政策内容" not in words


def test_how_long_is_answered_by_a_duration(who: Assistant) -> None:
    assert "8分钟以内" in said(who.ask("酒泉市区消防车平均多长时间要赶到？"))


def test_a_day_of_the_week_is_a_day(who: Assistant) -> None:
    assert "第二周的星期四" in said(who.ask("酒泉消防开放日在哪一天？"))


def test_two_things_are_told_by_the_sentence_that_names_them(who: Assistant) -> None:
    words = said(who.ask("酒泉要抓好的两件关键实事是哪两件？"))
    assert "防火巡查和隐患整改" in words


def test_places_that_one_works_with_are_not_asked_themselves(who: Assistant) -> None:
    answer = who.ask("酒泉跟嘉峪关、敦煌等周边城市的救援联动几月启动？")
    assert "6月底前" in said(answer) and "没有" not in said(answer)


def test_a_gap_that_is_named_compares_nothing(who: Assistant) -> None:
    words = said(who.ask("酒泉关于缩小城乡消防差距的建议，是哪个部门采纳的？"))
    assert "市消防救援支队" in words


def test_several_things_are_of_the_kind_that_is_asked_for(who: Assistant) -> None:
    words = said(who.ask("酒泉推行哪几种检查方式？"))
    assert "巡查、抽查、互查" in words


def test_whoever_asks_how_it_is_put_gets_the_words(who: Assistant) -> None:
    assert "处（科）室" in said(who.ask("酒泉的企业应急科室建设是怎么提的？"))


def test_a_person_is_named_by_the_label_that_is_asked_for(who: Assistant) -> None:
    head, deputy = "李  强", "王建国"
    assert head in said(who.ask("酒泉节水专家组组长是谁担任？"))
    words = said(who.ask("酒泉节水专家组的副组长是哪位？"))
    assert deputy in words and head not in words
