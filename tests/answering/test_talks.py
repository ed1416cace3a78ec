"""Talks of several turns: what a follow-up is answered, from where, and what it must not be lent."""

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("history", "question", "stated"),
    [
        (["嘉兴三年总投入多少？"], "省里补多少？", "0.8亿元"),
        (["嘉兴要新建多少个口袋公园？"], "其中老城区多少个？", "45个"),
        (["嘉兴要新建多少个口袋公园？"], "乡镇的呢？", "15个"),
        (["嘉兴公园养护质量由谁评估？"], "多久评一次？", "每半年评估一次"),
        (["嘉兴园艺师第一批选送多少人？"], "去哪里学？", "浙江农林大学"),
        (["嘉兴园艺师第一批选送多少人？"], "后面两批各多少人？", "第二批25人"),
        (["嘉兴园艺师第一批选送多少人？"], "后面两批各多少人？", "第三批30人"),
        (["嘉兴园艺师第一批选送多少人？"], "第三批呢？", "30"),
        (["嘉兴公园绿地率要达到多少？"], "绿地率从多少提高到多少？", "从2022年的38.5%提高到41.2%"),
        (["嘉兴公园绿地率要达到多少？"], "服务半径覆盖面积呢？", "96平方公里"),
        (["嘉兴公园养护经费管理办法是哪些部门联合印发的？"], "从哪天起执行的？", "2024年9月1日"),
        (["嘉兴南湖区的公园要创建几星级？"], "海盐的呢？", "三星级"),
        (["嘉兴“一键叫车”服务是怎么回事？"], "绍兴有没有类似的做法？", "30辆"),
        (["嘉兴“一键叫车”服务是怎么回事？"], "柯桥有没有类似的做法？", "柯桥区率先推行"),
        (["嘉兴公园绿地率要达到多少？"], "那绍兴呢？", "40.3%"),
        (["嘉兴公园绿地率要达到多少？", "那绍兴呢？"], "回到前面那个市，口袋公园新建多少个？", "120个"),
        (["绍兴2025年新增绿道多少公里？"], "下一年呢？", "70公里"),
        (["嘉兴口袋公园建设怎么推进？"], "责任单位有哪些？", "市资规局"),
        (["嘉兴有多少家公园通过测评？"], "智慧管理测评要到几级？", "三甲"),
        (["第206号提案是谁提的？"], "建成了多少个口袋公园？", "86个"),
    ],
)  # fmt: skip
def test_a_follow_up_is_answered(
    talks: Assistant, history: list[str], question: str, stated: str
) -> None:
    answer = talks.ask(question, history)
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (["嘉兴三年总投入多少？"], "企业捐了多少？"),
        (["嘉兴三年总投入多少？"], "那绍兴呢？"),
        (["嘉兴公园绿地率要达到多少？"], "那2030年呢？"),
        (["嘉兴公园绿地率要达到多少？"], "那杭州呢？"),
        (["嘉兴园艺师第一批选送多少人？"], "园艺师一个月工资多少？"),
        (["嘉兴海盐县的公园要创建几星级？"], "嘉善的呢？"),
    ],
)
def test_a_follow_up_is_lent_nothing(talks: Assistant, history: list[str], question: str) -> None:
    assert talks.ask(question, history).status is Status.REFUSED


def test_a_talk_that_turns_to_something_else_is_answered_as_if_it_stood_alone(
    talks: Assistant,
) -> None:
    alone = talks.ask("绍兴2025年新增绿道多少公里？")
    after = talks.ask("绍兴2025年新增绿道多少公里？", ["嘉兴公园养护质量由谁评估？"])
    assert said(alone) == said(after) and alone.hits == after.hits


def test_the_passage_that_answered_before_is_among_the_hits(talks: Assistant) -> None:
    before = talks.ask("嘉兴公园养护质量由谁评估？")
    after = talks.ask("多久评一次？", ["嘉兴公园养护质量由谁评估？"])
    assert before.citations[0].passage_id in [hit.passage.id for hit in after.hits]
    assert [hit.rank for hit in after.hits] == list(range(1, len(after.hits) + 1))
