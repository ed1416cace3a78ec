"""One measure for several cases: the number of the case that is asked, never of the one beside it."""

import pytest

from assistant.answering import Assistant
from assistant.answering.cases import cases_in
from assistant.answering.expectation import expectation_of
from assistant.text.scales import bands_in, is_scale
from assistant.types import Answer, Intent, Question, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "stated", "of_others"),
    [
        ("清河小学的生均公用经费是多少元", "小学每生每年720元", ("940", "1300")),
        ("清河初中生均公用经费一年多少？", "初中每生每年940元", ("720", "1300")),
        ("清河普通高中的生均公用经费是多少", "普通高中每生每年1300元", ("720", "940")),
        ("清河二级幼儿园保教费每月收多少钱", "二级幼儿园保教费每月520元", ("680", "390")),
        ("清河三级幼儿园一个月保教费多少元？", "三级幼儿园保教费每月390元", ("680", "520")),
        ("清河带教津贴每人每月多少", "带教津贴标准为300元/人月", ("1200",)),
        ("清河骨干教师交流轮岗，补助算下来每月多少元", "380元/人月", ("3年",)),
        ("清河2025年农村公路养护资金安排多少", "2025年1.8亿元", ("1.5", "2.1")),
        ("清河农村公路养护资金三年一共多少", "5.4亿元", ("1.5", "1.8", "2.1")),
        ("清河夜间线路公交运营补贴多少钱", "夜间线路0.4亿元", ("1.7", "0.5")),
        ("清河公交运营补贴全年多少钱", "2.6亿元", ("1.7", "0.5", "0.4")),
        ("清河学生意外保险自己要交多少钱", "个人缴费60元", ("90元",)),
        ("清河学生意外保险政府补助多少", "政府补助90元", ("60元",)),
        ("清河学生意外保险筹资标准是多少", "每人每年150元", ("60元", "90元")),
        ("清河学校考核得了75分，奖励经费能拿多少", "70分至79分的，拨付60%", ("85%",)),
        ("清河学校考核65分，奖励经费拨多少", "70分以下的，不予拨付", ("85%", "60%")),
        ("清河学校考核得92分，奖励经费拨付多少", "全额拨付", ("85%", "60%")),
        ("清河里程80公里的偏远线路奖励多少钱", "奖励10万元", ("20万元", "4万元")),
        ("清河开通30公里的偏远线路奖多少", "奖励4万元", ("20万元", "10万元")),
    ],
)
def test_the_case_that_is_asked_is_told(
    cases: Assistant, question: str, stated: str, of_others: tuple[str, ...]
) -> None:
    answer = cases.ask(question)
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)
    assert [number for number in of_others if number in said(answer)] == []


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("清河义务教育生均公用经费是多少", ("720元", "940元", "1300元")),
        ("清河幼儿园保教费是多少", ("680元", "520元", "390元")),
        ("清河学校考核后奖励经费的拨付比例是多少", ("85%", "60%", "不予拨付")),
        ("清河三级幼儿园保教费比二级低多少元", ("520元", "390元")),
        ("清河偏远线路奖励多少钱", ("20万元", "10万元", "4万元")),
    ],
)
def test_where_no_case_is_asked_all_are_told(
    cases: Assistant, question: str, numbers: tuple[str, ...]
) -> None:
    answer = cases.ask(question)
    assert answer.status is Status.ANSWERED
    assert [number for number in numbers if number not in said(answer)] == []


@pytest.mark.parametrize(
    "question",
    [
        "清河四级幼儿园保教费多少钱",
        "清河2023年农村公路养护资金安排多少",
        "清河大学的生均公用经费是多少",
    ],
)
def test_a_case_that_is_not_told_is_refused(cases: Assistant, question: str) -> None:
    assert cases.ask(question).status is Status.REFUSED


def test_a_follow_up_asks_of_another_case(cases: Assistant) -> None:
    answer = cases.ask("那初中呢？", ["清河普通高中生均公用经费标准是多少"])
    assert "940元" in said(answer)
    assert "1300元" not in said(answer)


def names_of(question: str, text: str) -> list[str]:
    asked = Question(text=question, standalone=question, focus=question, intent=Intent.VALUE)
    return [case.name for case in cases_in(expectation_of(asked), text)]


def test_cases_are_read_where_one_measure_is_given_for_each() -> None:
    grades = "收费：一级幼儿园每月680元；二级幼儿园每月520元。"
    assert names_of("多少元", grades) == ["一级", "二级"]
    shared = "住院待遇：乡镇卫生院起付标准200元；县级医院起付标准500元。"
    assert names_of("起付标准多少元", shared) == ["乡镇卫生院", "县级医院"]
    parts = "共3亿元，其中甲线1亿元、乙线2亿元，用于维修。"
    assert names_of("多少亿元", parts) == ["甲线", "乙线"]
    assert names_of("多少亿元", "甲线投资1亿元，工期2年，乙线正在设计。") == []
    # What belongs together is not told: two of each, one after the other.
    assert (
        names_of("多少人次", "东站发送3万人次，接收2万人次，西站发送1万人次，接收4万人次。") == []
    )


def test_a_scale_tells_of_ranges_and_not_of_aims() -> None:
    assert is_scale("90分以上的，全部留用；80分至89分的，留用80%；其余不予留用。")
    assert is_scale("里程100公里以上的奖励20万元；不足100公里的奖励4万元。")
    assert not is_scale("就诊率达到90%以上；签约率达到75%以上。")
    assert bands_in("得分90分以上的，全部留用") == {"分"}
    assert bands_in("满意度达到90分以上") == frozenset()
