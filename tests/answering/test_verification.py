"""A sentence stands in what it cites, or it is told what is wrong."""

import pytest

from assistant.answering.verification import verify
from assistant.types import SUPPORTED

QUOTE = "三甲综合医院病例组合指数（CMI）值从0.9提升到1.2左右，微创手术占比从20%提升到25%左右，四级手术占比从16%提升到20%左右"
CONTEXT = ["广元市推动公立医院高质量发展实施方案", "一、总体要求", "2023年12月6日"]


@pytest.mark.parametrize(
    "sentence",
    [
        "三甲综合医院病例组合指数（CMI）值从0.9提升到1.2左右。",
        "广元：四级手术占比从16%提升到20%左右。",
        "微创手术占比从20%提升到25%左右，四级手术占比从16%提升到20%左右。",
    ],
)
def test_what_the_source_says_is_supported(sentence: str) -> None:
    assert verify(sentence, [QUOTE], CONTEXT) == SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("三甲综合医院病例组合指数（CMI）值从0.9提升到1.3左右。", "1.3"),
        ("三甲综合医院病例组合指数（CMI）值从0.9提升到1.2。", "限定"),
        ("四级手术占比从16%提升到20家左右。", "单位"),
        ("湖州：四级手术占比从16%提升到20%左右。", "湖州"),
        ("2025年，四级手术占比从16%提升到20%左右。", "2025"),
        ("深入推进家庭医生签约服务和分级诊疗制度建设。", "用词"),
    ],
)
def test_what_it_does_not_say_is_rejected_with_the_reason(sentence: str, wrong: str) -> None:
    assert wrong in verify(sentence, [QUOTE], CONTEXT)


def test_digits_that_look_alike_are_no_support() -> None:
    assert verify("占比达到1.85以上", ["占比达到1.15以上"]) != SUPPORTED
    assert verify("达到1.2以上", ["达到1.2以上"]) == SUPPORTED


BEDS = "到2026年，全市护理型床位占比从45%提升到60%以上，每千名老年人拥有养老床位45张左右。由市住建局组织改造敬老院30所。"
ABOUT = ["云岭市养老服务提升行动方案\n云岭市人民政府办公室\n云岭", "一、主要目标\n" + BEDS]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("到2026年，云岭市护理型床位占比的目标是60%以上。", ""),
        ("护理型床位占比的基期是45%。", ""),
        ("市住建局负责改造敬老院30所。", ""),
        ("到2026年，护理型床位占比的目标是45%。", "基期"),
        ("到2026年，护理型床位占比已达到60%以上。", "目标"),
        ("每千名老年人拥有养老床位60%以上。", "另一"),
        ("由市民政局组织改造敬老院30所。", "市民政局"),
        ("不由市住建局组织改造敬老院30所。", "否定"),
        ("到2026年，护理型床位占比降低到60%以上。", "降低"),
    ],
)
def test_a_fact_is_bound_to_what_it_is_about(sentence: str, wrong: str) -> None:
    verdict = verify(sentence, [BEDS], ABOUT)
    assert wrong in verdict if wrong else verdict == SUPPORTED


def test_values_told_apart_by_分别_keep_their_order() -> None:
    quote = "2023年、2024年、2025年资金分别为32637万元、40957万元、23906万元。"
    assert verify(quote, [quote]) == SUPPORTED
    assert verify("2024年资金为40957万元。", [quote]) == SUPPORTED
    assert verify("2024年资金为23906万元。", [quote]) != SUPPORTED
    swapped = quote.replace("32637", "x").replace("40957", "32637").replace("x", "40957")
    assert verify(swapped, [quote]) != SUPPORTED


def test_each_citation_answers_for_its_own_city() -> None:
    quotes = ["四级手术占比达到19%", "四级手术占比达到20%"]
    context = ["甲方案\n湖州", "乙方案\n广元", quotes[0], quotes[1]]
    assert (
        verify("湖州四级手术占比达到19%，广元四级手术占比达到20%。", quotes, context) == SUPPORTED
    )
    assert (
        verify("湖州四级手术占比达到20%，广元四级手术占比达到19%。", quotes, context) != SUPPORTED
    )


def test_nothing_cited_supports_nothing() -> None:
    assert verify("护理型床位占比60%以上。", []) != SUPPORTED
