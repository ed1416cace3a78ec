"""Quantities as they are really written, and what only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.numbers import RATIO, quantities
from assistant.types import Relation


@pytest.mark.parametrize(
    ("text", "value", "unit", "relation", "qualifier"),
    [
        ("达到1.10", "1.10", "", "=", "达到"),
        ("占比达40%以上", "40", "%", "≥", "达…以上"),
        ("提高5个百分点", "5", "个百分点", "=", "提高"),
        ("稳定在90%以上", "90", "%", "≥", "稳定在…以上"),
        ("增幅控制在10％以内", "10", "%", "≤", "控制在…以内"),
        ("提升到1.2左右", "1.2", "", "≈", "提升到…左右"),
        ("不低于50%", "50", "%", "≥", "不低于"),
        ("不少于2个", "2", "个", "≥", "不少于"),
        ("不超过30天", "30", "天", "≤", "不超过"),
        ("均≤5%", "5", "%", "≤", "均≤"),
        ("大于等于50%", "50", "%", "≥", "大于等于"),
        ("约 483 万人", "483", "万人", "≈", "约"),
        ("超过 95%", "95", "%", "≥", "超过"),
        ("近300名", "300", "名", "≈", "近"),
        ("1 年以上", "1", "年", "≥", "以上"),
        ("10日内办结", "10", "日", "≤", "内"),
        ("三年内", "3", "年", "≤", "内"),
        ("1个及以上", "1", "个", "≥", "及以上"),
        ("2,422 万元", "2422", "万元", "=", ""),
        ("38,653 万元", "38653", "万元", "=", ""),
        ("4.1 万元/人. 年", "4.1", "万元/人·年", "=", ""),
        ("400元/人•年", "400", "元/人·年", "=", ""),
        ("248.8元/人月。", "248.8", "元/人·月", "=", ""),
        ("600元/人年，", "600", "元/人·年", "=", ""),
        ("600元/人年底前", "600", "元/人", "=", ""),
        ("离校1年内", "1", "年", "≤", "内"),
        ("5人/万服务人口", "5", "人/万服务人口", "=", ""),
        ("35微克/立方米", "35", "微克/立方米", "=", ""),
        ("4.8张/千常住人口", "4.8", "张/千常住人口", "=", ""),
        ("9.75亿元", "9.75", "亿元", "=", ""),
        ("减免3000万。", "3000", "万", "=", ""),
        ("２０２５家", "2025", "家", "=", ""),
        ("８５．５％", "85.5", "%", "=", ""),
        ("30多项便民服务", "30", "项", "≥", "多"),
        ("知名专家十余名", "10", "名", "≥", "余"),
        ("逾九成", "90", "%", "≥", "逾"),
        ("八成五以上", "85", "%", "≥", "以上"),
        ("百分之九十五", "95", "%", "=", ""),
        ("千分之二", "2", "‰", "=", ""),
        ("不少于二十平方米", "20", "平方米", "≥", "不少于"),
        ("三个月内", "3", "个月", "≤", "内"),
        ("十五个工作日", "15", "个工作日", "=", ""),
        ("五万元以下", "5", "万元", "≤", "以下"),
        ("新增百名", "100", "名", "=", "新增"),
        ("三十五个", "35", "个", "=", ""),
        ("一百二十家", "120", "家", "=", ""),
        ("终止服务六十日前", "60", "日", "=", ""),
        ("5款以上产品", "5", "款", "≥", "以上"),
        ("900趟", "900", "趟", "=", ""),
        ("电子病历达5级", "5", "级", "=", "达"),
        ("测评应达到四级及以上水平", "4", "级", "≥", "达到…及以上"),
        ("PM2.5平均浓度降至32微克/立方米", "32", "微克/立方米", "=", "降至"),
        ("30分钟服务圈", "30", "分钟", "=", ""),
        ("增加到１．５万张", "1.5", "万张", "=", "增加到"),
    ],
)
def test_one_quantity(text: str, value: str, unit: str, relation: str, qualifier: str) -> None:
    (found,) = quantities(text)
    assert (str(found.value), found.unit) == (value, unit)
    assert (found.relation, found.qualifier) == (Relation(relation), qualifier)
    assert found.whole.contains(found.span)


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("建成2-3个示范区", ("2", "3"), "个"),
        ("每街道1—3 个", ("1", "3"), "个"),
        ("增长10%-15%", ("10", "15"), "%"),
        ("5万元至10万元", ("5", "10"), "万元"),
        ("３～５家", ("3", "5"), "家"),
    ],
)
def test_ranges_have_two_bounds(text: str, bounds: tuple[str, str], unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.upper) == tuple(map(Decimal, bounds))
    assert found.unit == unit


def test_ratio() -> None:
    (found,) = quantities("医护比总体达到1：2左右")
    assert (found.value, found.upper, found.unit) == (1, 2, RATIO)
    assert found.relation is Relation.ABOUT


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月6日",
        "2018 年 3 月底",
        "2023—2025年",
        "20232025年",
        "20238月底前",
        "五月十日前",
        "每月二十五日之前",
        "国办发〔2021〕18号",
        "第 1048 号提案",
        "2018 年第 2 季度",
        "十三届二次会议",
        "五大改革项目",
        "一是建立机制，二是健全制度",
        "三级公立医院",
        "三级甲等",
        "二级以上公立医院",
        "一体化",
        "5G网络",
        "COVID-19疫情",
        "PM2.5",
        "国家“973项目”",
        "搭建“1+N”网络",
        "落实“两个允许”要求",
        "附件1:分年度目标表",
        "1.医疗服务收入",
        "（1）",
        "发布日期:2023-10-25 14:55:48",
        "成立专班",
        "每一个家庭",
        "唯一",
        "H7N9",
    ],
)
def test_no_quantity(text: str) -> None:
    assert quantities(text) == ()


def test_a_word_that_begins_like_a_measure_is_none() -> None:
    assert [q.unit for q in quantities("1项指标、15个子项目、973项目、80%个性化")] == [
        "项",
        "个",
        "",
        "%",
    ]


def test_several_in_order() -> None:
    text = "从0.9提升到1.2左右，微创手术占比从20%提升到25%左右"
    assert [str(q.value) for q in quantities(text)] == ["0.9", "1.2", "20", "25"]


def test_a_line_break_is_no_unit() -> None:
    assert [(str(q.value), q.unit) for q in quantities("由 400 元/人\n\n6年提高至\n\n•年")] == [
        ("400", "元/人"),
        ("6", "年"),
    ]


@given(
    st.text(
        alphabet="0123456789.,，%％年月日个家万亿元/-—：: 十百三级以上约“”()（）\n", max_size=60
    )
)
def test_spans_are_ordered_and_inside(text: str) -> None:
    end = 0
    for found in quantities(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.whole.contains(found.span)
        end = found.span.end
