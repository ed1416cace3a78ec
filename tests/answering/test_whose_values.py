"""Values of others: another grade, side, kind or year is shown beside a refusal, never given."""

from collections.abc import Iterator

import pytest

from assistant.answering import Assistant
from assistant.library import Library
from assistant.settings import load_settings
from assistant.types import Answer, Reason, Status

HOSPITALS = """邵阳市人民政府办公室关于印发《邵阳市公立医院提质实施方案（2024—2026年）》的通知
邵政办发〔2024〕19号
一、主要目标
到2026年，三级公立医院病例组合指数达到1.15，日间手术占择期手术的比例从12%提升到25%左右，平均住院日压减到7.5天。
二级以上医院电子病历应用水平达到4级。乡镇卫生院床位使用率达到60%，村卫生室标准化率达到95%。
二、医保待遇
职工医保住院报销比例稳定在85%左右，城乡居民医保住院报销比例达到72%。女职工生育津贴按98天发放。
三、资金保障
省级财政补助资金1.2亿元，市级财政安排8000万元，三年共安排项目资金2亿元。
四、工作基础
2023年，全市家庭医生签约率达到41.5%，门诊患者满意度为88.6分。
邵阳市人民政府办公室
2024年3月8日
"""
RICE = """衡阳市2024年农业农村工作总结
一、粮食生产
2024年，全市粮食总产量86万吨，比上年增长2.4%。农村居民人均可支配收入23500元，增长6.8%。
二、项目建设
规模以上农产品加工企业达到64家，实现产值120亿元。第二产业增加值增长5.1%。
公办幼儿园新增学位1200个。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = tmp_path_factory.mktemp("whose")
    (files / "hospitals.txt").write_text(HOSPITALS, "utf-8")
    (files / "rice.txt").write_text(RICE, "utf-8")
    directory, settings = tmp_path_factory.mktemp("whose-library"), load_settings()
    Library.build(directory, settings, [files])
    with Library.open(directory, settings) as library:
        yield Assistant(library)


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("邵阳三级公立医院病例组合指数2026年要到多少？", "1.15"),
        ("邵阳公立医院病例组合指数目标是多少？", "1.15"),
        ("邵阳二级医院电子病历要到几级？", "4级"),
        ("邵阳三级医院电子病历要到几级？", "4级"),
        ("邵阳乡镇卫生院床位使用率目标多少？", "60%"),
        ("邵阳村卫生室标准化率目标多少？", "95%"),
        ("邵阳职工医保住院报销比例多少？", "85%"),
        ("邵阳城乡居民医保住院报销比例多少？", "72%"),
        ("邵阳省级财政补助资金多少？", "1.2亿元"),
        ("邵阳市级财政安排多少？", "8000万元"),
        ("邵阳日间手术占择期手术的比例原来是多少？", "12%"),
        ("邵阳日间手术占择期手术的比例从多少起步？", "12%"),
        ("邵阳日间手术占比提升之前的底数是多少？", "12%"),
        ("衡阳农村居民人均可支配收入多少元？", "23500元"),
        ("衡阳规模以上农产品加工企业多少家？", "64家"),
        ("衡阳2024年粮食总产量多少？", "86万吨"),
    ],
)
def test_the_value_of_those_asked_about_is_given(
    assistant: Assistant, question: str, stated: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)


@pytest.mark.parametrize(
    "question",
    [
        "邵阳二级公立医院病例组合指数2026年要到多少？",
        "邵阳县级医院病例组合指数2026年要到多少？",
        "邵阳民营医院病例组合指数目标是多少？",
        "邵阳中医医院平均住院日要压到几天？",
        "邵阳一级医院电子病历要到几级？",
        "邵阳村卫生室床位使用率目标多少？",
        "邵阳乡镇卫生院标准化率目标多少？",
        "邵阳男职工生育津贴发多少天？",
        "邵阳中央财政补助资金多少？",
        "邵阳县级财政安排多少资金？",
        "邵阳住院患者满意度多少分？",
        "邵阳家庭医生签约率目标是多少？",  # what was reached
        "邵阳平均住院日原来是几天？",  # the target
        "邵阳那2亿元项目资金，2024、2025、2026三年各安排多少？",  # the sum
        "衡阳城镇居民人均可支配收入多少元？",
        "衡阳规模以下农产品加工企业多少家？",
        "衡阳2024年上半年粮食总产量多少？",
        "衡阳第三产业增加值增长多少？",
        "衡阳民办幼儿园新增学位多少个？",
    ],
)
def test_the_value_of_others_is_no_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.REFUSED, said(answer)
    assert answer.reason in (Reason.NOT_IN_DOCUMENTS, Reason.TARGET_NOT_SET)


def test_the_nearest_is_shown_beside_the_refusal(assistant: Assistant) -> None:
    answer = assistant.ask("邵阳二级公立医院病例组合指数2026年要到多少？")
    assert "三级公立医院" in said(answer)
    assert answer.citations


def test_a_table_of_cities_shows_whose_values_there_are(assistant: Assistant) -> None:
    answer = assistant.ask("哪些城市提出了二级公立医院病例组合指数目标？")
    assert answer.reason is Reason.TARGET_NOT_SET
    assert "三级公立医院" in said(answer) and "1.15" in said(answer)


def test_both_ends_are_given_where_both_are_asked(assistant: Assistant) -> None:
    answer = assistant.ask("邵阳日间手术占择期手术的比例从多少起步，到2026年要到多少？")
    assert "12%" in said(answer) and "25%" in said(answer)


def test_a_follow_up_keeps_to_the_bodies_asked_about(assistant: Assistant) -> None:
    answer = assistant.ask("标准化率呢？", ["邵阳村卫生室床位使用率目标多少？"])
    assert "95%" in said(answer)
