"""How, who, which and when: the sentence that tells it, with what belongs to it and nothing else."""

import pytest

from assistant.answering import Assistant
from assistant.answering.choosing import with_level
from assistant.answering.ranking import Candidate
from assistant.answering.units import units_of
from assistant.types import Answer, Hit, Passage, Span


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


def test_the_several_things_asked_for_stand_in_the_sentence_after(parks: Assistant) -> None:
    words = said(parks.ask("扬州“2+3”公园空间布局落在哪几个区？"))
    assert "江都区" in words and "仪征市" in words


def test_what_takes_the_sentence_before_up_is_told_with_it(parks: Assistant) -> None:
    words = said(parks.ask("扬州绿地养护考核不合格的企业会怎么处理？"))
    assert "取消其承包资格" in words and "三年内不得投标" in words
    alone = said(parks.ask("扬州公园的枯枝落叶怎么清理？"))
    assert "每日清扫" in alone and "导览" not in alone


def test_what_is_done_is_told_and_not_what_stands_beside_it(parks: Assistant) -> None:
    rewards = said(parks.ask("扬州对公园建设干得好和进度慢的区怎么奖惩？"))
    assert "适时约谈" in rewards and "晾晒排名" not in rewards
    assert "晾晒排名" in said(parks.ask("扬州怎么通报公园建设进度？"))


@pytest.mark.parametrize(
    ("texts", "scores", "told"),
    [
        (("建立奖惩机制。", "对成效突出的区予以表扬，对滞后的区约谈。"), (0.9, 0.85), 2),
        (("对成效突出的区予以表扬，对滞后的区约谈。", "建立奖惩机制。"), (0.9, 0.85), 1),
        (("建立奖惩机制。", "对成效突出的区予以表扬，对滞后的区约谈。"), (0.9, 0.8), 1),
    ],
)
def test_a_second_sentence_is_told_that_fits_alike_and_says_more(
    texts: tuple[str, str], scores: tuple[float, float], told: int
) -> None:
    passage = Passage("d:0", "d", Span(0, sum(map(len, texts))), (), "".join(texts))
    units = units_of([Hit(passage, 1.0, 1, ("terms",))])
    ranked = [Candidate(u, s, s, ()) for u, s in zip(units, scores, strict=True)]
    assert len(with_level(ranked[:1], ranked)) == told


def test_a_heading_that_says_much_itself_is_told(parks: Assistant) -> None:
    words = said(parks.ask("扬州怎么强化讲解服务队伍？"))
    assert "以游客需求为导向" in words and "梯次培养" in words


def test_a_sentence_that_says_who_comes_before_the_bracket(parks: Assistant) -> None:
    words = said(parks.ask("扬州护林防火谁牵头抓总，谁具体负责？"))
    assert "林业部门牵头抓总" in words and "应急管理部门具体负责" in words
    assert "市城管局" in said(parks.ask("扬州清理枯枝落叶的责任单位是谁？"))
    assert "市、区财政承担" in said(parks.ask("扬州绿地养护的经费由谁来出？"))


def test_a_kind_of_document_with_its_year_names_it(parks: Assistant) -> None:
    answer = parks.ask("2019年答复里，扬州公园改造的钱谁出？")
    assert len(answer.question.documents) == 1 and answer.question.years == ()
    assert "市财政承担" in said(answer)
    assert parks.ask("2019年扬州公园改造的钱谁出？").question.documents == ()
    assert parks.ask("扬州2026年计划新建几座公园？").question.years == (2026,)
    assert parks.ask("扬州湿地方案里，公园怎么改造？").question.documents == ()


@pytest.mark.parametrize("question", ["扬州2026年公园工作报告是哪天在人代会上作的？"])
def test_who_asks_for_the_day_gets_a_day(parks: Assistant, question: str) -> None:
    assert "2026年1月28日" in said(parks.ask(question))


def test_a_word_that_a_wrapped_line_broke_is_found() -> None:
    passage = Passage("d:0-14", "d", Span(0, 14), (), "以区人民医院为龙  头组建集团")
    [unit] = units_of([Hit(passage, 1.0, 1, ("terms",))])
    assert "龙头" in unit.key
    assert unit.text == passage.text
