"""Questions that ask two things, and answers that must hold more than the question's words."""

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("郴州的急救网络谁牵头建，要新建多少个急救站？", ("市急救中心牵头", "15")),
        ("郴州要新建多少个急救站，什么时候建成？", ("15", "2026年10月底前")),
        ("郴州内部考核多久开展一次，考核结果怎么用？", ("每季度", "与薪酬分配挂钩")),
        ("郴州多少人口配一辆救护车？", ("每四万常住人口",)),
        ("郴州实施几大子项目？", ("6大子项目",)),
        ("郴州那6个子项目聚焦哪三个方面？", ("急救、助产和康复",)),
        ("郴州急救网络由哪些部门负责？", ("市卫生健康委、市财政局",)),
        ("郴州哪些地方必须配AED？", ("火车站、机场",)),
        ("郴州方案里说存在哪些主要问题？", ("集中在主城区", "人才仍然短缺", "尚未联通")),
        ("郴州日间手术占比提升到26%打算用几年？", ("3年努力", "26%")),
        ("株洲急救工作领导小组谁当组长？", ("周明远",)),
        ("株洲救护车哪年配齐？", ("2024年度",)),
    ],
)
def test_all_that_is_asked_is_told(
    two_asks: Assistant, question: str, told: tuple[str, ...]
) -> None:
    answer = two_asks.ask(question)
    assert answer.status is Status.ANSWERED
    for words in told:
        assert words in said(answer)
    assert all(s.citations for s in answer.sentences)


@pytest.mark.parametrize(
    ("question", "told", "open_part"),
    [
        ("郴州内部考核多久一次，奖金一共多少元？", "每季度", "奖金一共多少元"),
        ("郴州哪一年开通地铁，要新建多少个急救站？", "15", "郴州哪一年开通地铁"),
    ],
)
def test_what_no_document_tells_is_said_of_its_part_alone(
    two_asks: Assistant, question: str, told: str, open_part: str
) -> None:
    answer = two_asks.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in said(answer)
    [remark] = [s.text for s in answer.sentences if not s.citations]
    assert open_part in remark
    assert "没有" in remark


@pytest.mark.parametrize(
    "question",
    [
        "郴州全市人口有多少？",  # 4人/万服务人口 tells nothing of it
        "株洲哪一年提升市急救中心服务能力？",  # 逐年
        "郴州急救工作领导小组谁当组长？",
        "株洲急救站哪一年开通，归谁管？",
    ],
)
def test_what_is_not_there_is_refused(two_asks: Assistant, question: str) -> None:
    assert two_asks.ask(question).status is Status.REFUSED


def test_what_may_be_is_not_told_for_what_must(two_asks: Assistant) -> None:
    assert "商场" not in said(two_asks.ask("郴州哪些地方必须配AED？"))


def test_a_kind_of_body_takes_the_place_of_another(two_asks: Assistant) -> None:
    history = ["株洲2024年三级医院诊疗量同比变化多少？"]
    answer = two_asks.ask("那基层的呢？", history)
    assert "9.8%" in said(answer)
    assert answer.status is Status.ANSWERED


def test_how_cities_put_something_is_told_only_where_they_name_it(two_asks: Assistant) -> None:
    answer = two_asks.ask("急救站两市分别怎么提的？郴州、株洲")
    assert "15个" in said(answer)
    assert "31个" in said(answer)
    answer = two_asks.ask("日间手术郴州和株洲各怎么提的？")
    assert "文件中没有找到相应内容的城市：株洲" in said(answer)
