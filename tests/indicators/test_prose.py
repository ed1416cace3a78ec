"""Clauses of many shapes, in fields that the corpus does not speak of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.types import IndicatorValue, Relation, ValueKind

Read = Callable[[str], tuple[IndicatorValue, ...]]


def brief(value: IndicatorValue) -> tuple[str, str, str]:
    number = value.words if value.value is None else str(value.value)
    return value.name_as_written, number, value.unit


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("森林覆盖率达到62%以上。", [("森林覆盖率", "62", "%")]),
        (
            "今年的主要预期目标是：地区生产总值增长5%左右，粮食总产量180万吨。",
            [("地区生产总值增长", "5", "%"), ("粮食总产量", "180", "万吨")],
        ),
        (
            "地区生产总值完成1860亿元、增长5.6%。",
            [("地区生产总值完成", "1860", "亿元"), ("地区生产总值增长", "5.6", "%")],
        ),
        ("建成省级示范校不少于6所。", [("省级示范校", "6", "所")]),
        ("建成10个口袋公园。", [("口袋公园", "10", "个")]),
        ("引进博士50名、硕士300名。", [("引进博士", "50", "名"), ("引进硕士", "300", "名")]),
        (
            "新增2个国家级、5个省级、10个市级示范站。",
            [
                ("新增国家级示范站", "2", "个"),
                ("新增省级示范站", "5", "个"),
                ("新增市级示范站", "10", "个"),
            ],
        ),
        (
            "建成省级书屋3个、市12个。",
            [("省级书屋", "3", "个"), ("市级书屋", "12", "个")],
        ),
        (
            "新增日间照料中心及老年食堂站点各20个。",
            [("新增日间照料中心", "20", "个"), ("新增老年食堂站点", "20", "个")],
        ),
        ("80%以上的社区建有老年食堂。", [("社区建有老年食堂", "80", "%")]),
        (
            "乡镇小学100%配备心理教师、60%建成录播教室。",
            [("乡镇小学配备心理教师", "100", "%"), ("乡镇小学建成录播教室", "60", "%")],
        ),
        (
            "东湖区、西湖区、南湖区居民人均绿地面积分别为12平方米、15平方米、9平方米。",
            [
                ("东湖区居民人均绿地面积", "12", "平方米"),
                ("西湖区居民人均绿地面积", "15", "平方米"),
                ("南湖区居民人均绿地面积", "9", "平方米"),
            ],
        ),
        (
            "农村生活污水治理率、卫生厕所普及率分别达40%和85%以上。",
            [("农村生活污水治理率", "40", "%"), ("卫生厕所普及率", "85", "%")],
        ),
        ("生均图书达到30册。", [("生均图书", "30", "册")]),
        (
            "垃圾回收率不低于40%，水质超标率有所下降，2026年降至8%以下。",
            [("垃圾回收率", "40", "%"), ("水质超标率", "8", "%")],
        ),
        (
            "湿地保护率保持在60%以上，水质优良率持续改善，2026年达到95%。",
            [("湿地保护率", "60", "%"), ("水质优良率", "持续改善", ""), ("水质优良率", "95", "%")],
        ),
        (
            "31项任务中已完成19项，进度滞后1项。",
            [("31项任务中已完成", "19", "项"), ("进度滞后", "1", "项")],
        ),
        (
            "粮食播种面积921万亩，比上年增加9万亩，增长1%。",
            [
                ("粮食播种面积", "921", "万亩"),
                ("粮食播种面积比上年", "9", "万亩"),
                ("粮食播种面积比上年增长", "1", "%"),
            ],
        ),
        (
            "PM10浓度48微克/立方米，比上年同期改善14%；二氧化硫浓度9微克/立方米。",
            [
                ("PM10浓度", "48", "微克/立方米"),
                ("PM10浓度比上年同期改善", "14", "%"),
                ("二氧化硫浓度", "9", "微克/立方米"),
            ],
        ),
        (
            "城镇居民收入4万元，农村居民收入2万元，同比增长5.3%和6.4%。",
            [("城镇居民收入", "4", "万元"), ("农村居民收入", "2", "万元")],
        ),
        ("每5所学校设1个食堂。", [("食堂", "1", "个")]),
        ("合作社由80个扩展到150个。", [("合作社", "80", "个"), ("合作社", "150", "个")]),
        (
            "职工持证率三年内由36%提高到50%。",
            [("职工持证率", "36", "%"), ("职工持证率", "50", "%")],
        ),
        (
            "对80周岁以上老年人每月补贴300元，70至79周岁老年人每月补贴200元。",
            [
                ("对80周岁以上老年人每月补贴", "300", "元"),
                ("70至79周岁老年人每月补贴", "200", "元"),
            ],
        ),
        ("其余6个县2025年全覆盖。", [("其余6个县", "全覆盖", "")]),
        (
            "2025年底前全县图书床位达到2000张，2026年年底以前实现骑行道全覆盖。",
            [("全县图书床位", "2000", "张"), ("骑行道", "全覆盖", "")],
        ),
        ("师生比达到1：15左右。", [("师生比", "1：15左右", "")]),
        ("建成2—3个特色街区。", [("特色街区", "2—3个", "个")]),
        ("毕业生留用率提高3个百分点。", [("毕业生留用率提高", "3", "个百分点")]),
        ("安排专项资金1,250万元。", [("专项资金", "1250", "万元")]),
        ("按每人每月200元的标准发放护理补贴。", [("每人每月护理补贴", "200", "元")]),
    ],
)
def test_shapes(read: Read, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [brief(value) for value in read(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "依据国办发〔2021〕18号文件，2023年3月6日起施行。",
        "加强三级公立医院建设，推进5G网络应用。",
        "全市5个县（区）要落实三个方面的要求。",
        "落实“两个允许”，做到“八统一”。",
        "申请人应当年满60周岁，并在15个工作日内提交材料。",
        "年营业额超过500万元的企业可以申报。",
        "到达率达到60%以上的，给予表扬。",
        "违反规定的，处1万元以上3万元以下罚款。",
        "联系电话：010-88001234。",
    ],
)
def test_what_is_no_value(read: Read, sentence: str) -> None:
    assert read(sentence) == ()


def test_from_to_is_a_baseline_and_a_target(read: Read) -> None:
    start, goal = read("到2025年，新能源公交车占比从60%提高到90%以上。")
    assert (start.kind, start.year, start.value) == (ValueKind.BASELINE, None, 60)
    assert (goal.kind, goal.year, goal.value) == (ValueKind.TARGET, 2025, 90)
    assert goal.relation is Relation.AT_LEAST


def test_a_dated_start_keeps_its_year(read: Read) -> None:
    start, goal = read("到2025年，巩固率由2020年的95%提升到98%。")
    assert (start.year, goal.year) == (2020, 2025)


@pytest.mark.parametrize(
    ("sentence", "relation", "words"),
    [
        ("覆盖率达40%以上。", "≥", "达…以上"),
        ("覆盖率不低于40%。", "≥", "不低于"),
        ("空置率控制在40%以内。", "≤", "控制在…以内"),
        ("增幅≤5%。", "≤", "≤"),
        ("达标率稳定在90%左右。", "≈", "稳定在…左右"),
        ("达标率为90%。", "=", "为"),
    ],
)
def test_the_qualifier_is_kept(read: Read, sentence: str, relation: str, words: str) -> None:
    (value,) = read(sentence)
    assert (value.relation, value.words) == (Relation(relation), words)


def test_a_year_leads_what_follows_until_the_next(read: Read) -> None:
    values = read("到2024年，入园率达到95%，巩固率达到99%；到2025年，入园率达到97%。")
    assert [(str(v.value), v.year) for v in values] == [("95", 2024), ("99", 2024), ("97", 2025)]


def test_a_year_holds_in_its_paragraph_but_not_in_the_next(read: Read) -> None:
    values = read("到2025年，入园率达到95%。巩固率达到99%。\n二是抓教学。近视率降至50%以下。")
    assert [v.year for v in values] == [2025, 2025, None]


def test_the_year_compared_with_is_not_the_value_s(read: Read) -> None:
    (value,) = read("到2025年，单位产值能耗比2020年降低13.5%。")
    assert (value.year, value.kind) == (2025, ValueKind.TARGET)


def test_periods(read: Read) -> None:
    values = read("三年内培训教师900名。\n二是强监管。每年开展抽查30次。")
    assert [(v.year, v.period) for v in values] == [(None, "三年内"), (None, "每年")]


def test_years_shared_out(read: Read) -> None:
    values = read("2023—2025年分别新建书屋5个、8个、10个。")
    assert [(v.year, str(v.value)) for v in values] == [(2023, "5"), (2024, "8"), (2025, "10")]


def test_scopes_are_split_off_and_inherited_by_measures(read: Read) -> None:
    first, second, third = read(
        "二级以上公立医院患者满意度达到95%，平均住院日降至7天，新建食堂9个。"
    )
    assert (first.indicator, first.scope) == ("患者满意度", "二级以上公立医院")
    assert (second.indicator, second.unit) == ("平均住院日", "天")
    assert third.scope == ""


def test_scopes_shared_out(read: Read) -> None:
    one, two = read("城镇职工和城乡居民医保政策范围内报销比例分别维持在80%、65%。")
    assert one.indicator == two.indicator == "政策范围内报销比例"
    assert (one.scope, two.scope) == ("城镇职工", "城乡居民")


@pytest.mark.parametrize(
    ("sentence", "names", "words"),
    [
        (
            "公办幼儿园的家长满意度、教师满意度均排名全省前列。",
            ["家长满意度", "教师满意度"],
            "均排名全省前列",
        ),
        ("实现老年助餐服务全覆盖。", ["老年助餐服务"], "全覆盖"),
        ("中小学生近视率明显下降。", ["中小学生近视率"], "明显下降"),
        ("逐步提高生活垃圾回收利用率。", ["生活垃圾回收利用率"], "逐步提高"),
        ("所有养老机构均能够提供医养结合服务。", ["医养结合服务"], "均能够提供"),
        ("重大安全事故发生率得到有效控制。", ["重大安全事故发生率"], "得到有效控制"),
    ],
)
def test_targets_in_words(read: Read, sentence: str, names: list[str], words: str) -> None:
    values = read(sentence)
    assert [v.name_as_written for v in values] == names
    assert {(v.value, v.relation, v.words) for v in values} == {(None, Relation.WORDS, words)}


def test_departments_follow_their_task(read: Read) -> None:
    text = (
        "1.建书屋。新建书屋5个。（责任单位：市文广旅局、市财政局，各县〔区〕人民政府）\n"
        "2.建公园。新建公园8个。〔市园林局、市住建局和各县（区）人民政府按职责分工负责〕\n"
        "3.建泳池。新建泳池9个。\n"
    )
    books, parks, pools = read(text)
    assert books.departments[:2] == ("市文广旅局", "市财政局")
    assert parks.departments == ("市园林局", "市住建局", "各县（区）人民政府")
    assert pools.departments == ()


def test_the_same_value_twice_is_one_with_two_places(read: Read) -> None:
    text = "到2025年，森林覆盖率达到62%以上。\n二是护林。森林覆盖率稳定在62%以上。\n三是造林，森林覆盖率达到65%。"
    first, second = read(text)
    assert (first.year, len(first.also_at)) == (2025, 1)
    assert str(second.value) == "65"


@pytest.mark.parametrize("piece", ["50%", "1 ", "70岁、", "甲医院3家、", "某率50%。", "某率50%，"])
def test_the_time_for_a_long_line_grows_with_its_length(read: Read, piece: str) -> None:
    """Quadratic, each of these took from 7 to 40 s; linear, none takes half a second."""
    line = piece * (20_000 // len(piece))
    took = []
    for _ in range(2):
        began = time.perf_counter()
        values = read(f"{line}。\n到2025年，入园率达到95%。")
        took.append(time.perf_counter() - began)
    assert brief(values[-1]) == ("入园率", "95", "%")
    assert min(took) < 4


def test_a_value_said_in_many_places_is_one(read: Read) -> None:
    (value,) = read("入园率达到95%。" * 50)
    assert len(value.also_at) == 49
    assert list(value.also_at) == sorted(set(value.also_at) - {value.span})
