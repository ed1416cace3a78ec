"""Counties as those who issue, and what regulations and replies say of themselves."""

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Intent, Reason, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "cities", "stated"),
    [
        ("武宁县2026年河道保洁覆盖率目标是多少？", ("武宁县",), "95%"),
        ("武宁每名保洁员每月补助多少元？", ("武宁县",), "800元"),
        ("修水河道保洁员每月补助多少？", ("修水县",), "600元"),
        ("九江市修水县新建水质监测站几座？", ("修水县",), "5座"),
        ("九江要新建雨量监测站多少座？", ("九江",), "60座"),
        ("湘西茶园面积稳定在多少万亩？", ("花垣县",), "12万亩"),  # the prefecture has none itself
        ("武宁要新增多少亩水域？", ("武宁县",), "三百亩"),
    ],
)
def test_a_county_is_found_by_its_names_and_its_citys(
    counties: Assistant, question: str, cities: tuple[str, ...], stated: str
) -> None:
    answer = counties.ask(question)
    assert answer.question.cities == cities
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)


def test_what_only_a_county_of_the_city_says_is_said_as_the_countys(counties: Assistant) -> None:
    answer = counties.ask("九江每名保洁员每月补助多少元？")
    assert answer.question.cities == ("九江",)
    assert "武宁县" in said(answer) or "修水县" in said(answer)


def test_counties_and_cities_are_compared_with_one_another(counties: Assistant) -> None:
    answer = counties.ask("武宁和修水的河道保洁覆盖率目标分别是多少？")
    assert answer.question.intent is Intent.COMPARE
    assert "武宁县" in said(answer) and "95%" in said(answer)
    assert "修水县" in said(answer) and "90%" in said(answer)


@pytest.mark.parametrize(
    ("before", "stated"),
    [("武宁的河道谁来保洁？", "8座"), ("九江市修水县的保洁员补助多少？", "5座")],
)
def test_this_county_is_the_one_asked_about_before(
    counties: Assistant, before: str, stated: str
) -> None:
    answer = counties.ask("该县要新建水质监测站几座？", [before])
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)


def test_another_county_of_the_prefecture_is_not_here(counties: Assistant) -> None:
    answer = counties.ask("湘西凤凰县茶园面积目标是多少万亩？")
    assert answer.reason is Reason.CITY_NOT_IN_LIBRARY
    assert "12万亩" not in said(answer)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("永州使用单位不按时办电梯使用登记，罚多少？", "二千元以上一万元以下"),
        ("永州维保单位伪造保养记录会怎么处罚？", "（一）伪造维护保养记录的"),
        ("永州电梯维保单位让无证人员干活有什么后果？", "一万元以上三万元以下"),
        ("永州电梯转包维保业务和没按时登记，各罚多少？", "二千元以上一万元以下"),
        ("永州电梯转包维保业务和没按时登记，各罚多少？", "（二）将业务转包"),
        ("永州对维护保养单位的评价结果怎么用？", "政府采购的参考依据"),
        ("永州电梯投入使用后多长时间内要办使用登记？", "三十日内"),
        ("永州电梯困人要多少分钟内到场？", "二十分钟"),
        ("永州加装电梯每部井道面积最多多少平方米？", "十五平方米"),
        ("永州电梯安全条例省人大常委会什么时候批准的？", "2022年11月30日"),
    ],
)
def test_a_regulation_says_what_follows_until_when_and_how_much(
    counties: Assistant, question: str, stated: str
) -> None:
    assert stated in said(counties.ask(question))


def test_a_treatment_that_punishes_nobody_is_no_consequence(counties: Assistant) -> None:
    assert "罚款" not in said(counties.ask("永州电梯困人故障怎么处理？"))


@pytest.mark.parametrize(
    ("question", "stated", "not_said"),
    [
        ("花垣种了8亩茶的农户补助多少钱？", "800元", "1500元"),
        ("花垣种了20亩茶的农户补助多少钱？", "1500元", "800元"),
        ("花垣茶农每户补助多少钱？", "800元", "另"),  # of which case is not said: both
        ("花垣年产值超2亿元的龙头企业培育几家？", "6家", "800元"),
        ("衡南实验小学门口停车乱，交警怎么答复的？", "临时停车位26个", "停车混乱"),
        ("衡南县实验小学门口交警几点到几点值守？", "7：20", "停车混乱"),
        ("衡南实验小学门口的停车问题是哪个单位回复的？", "衡南县公安局交通警察大队", "停车混乱"),
    ],
)
def test_the_case_that_is_asked_and_the_reply_not_the_question_quoted(
    counties: Assistant, question: str, stated: str, not_said: str
) -> None:
    answer = said(counties.ask(question))
    assert stated in answer
    assert not_said not in answer


@pytest.mark.parametrize(
    "question",
    [
        "永州电梯维保单位转包业务拘留多少天？",
        "永州电梯使用单位每部电梯补助多少元？",
        "武宁新建雨量监测站几座？",  # the city's
        "修水每个村配保洁员几名？",  # the neighbour's
        "花垣县茶叶总产值目标是多少亿元？",  # that of each leading firm
        "花垣县要新建多少头羊的养殖场？",
    ],
)
def test_what_another_or_nobody_says_is_refused(counties: Assistant, question: str) -> None:
    assert counties.ask(question).status is Status.REFUSED
