"""Whole documents of other fields: elderly care, education, environment, with tables."""

from __future__ import annotations

from assistant.documents import Loaded, parse
from assistant.indicators import extract
from assistant.types import IndicatorValue, ValueKind

ELDERLY = """清河市人民政府办公室关于印发清河市养老服务体系建设三年行动方案（2023—2025年）的通知

清政办发〔2023〕12号

各县（区）人民政府，市政府各部门：

现将《清河市养老服务体系建设三年行动方案（2023—2025年）》印发给你们，请认真贯彻执行。

清河市人民政府办公室
2023年5月18日

清河市养老服务体系建设三年行动方案（2023—2025年）

一、工作基础
截至2022年底，全市养老机构达到126家，城市社区养老服务设施覆盖率达92%。

二、主要目标
到2025年，全市养老服务床位达到2.4万张以上，养老机构护理型床位占比从42.5%提高到60%以上；每千名老年人拥有养老床位不少于40张。力争三年内培训养老护理员1.2万人次。老年人对养老服务的满意度居全省前列。

三、重点任务
（一）织密服务网络。2023年、2024年、2025年分别新建老年食堂50个、80个、100个。城区、镇区、村庄助餐服务覆盖率分别达到95%、85%、60%。（责任单位：市民政局、市财政局，各县〔区〕人民政府）
（二）提升照护能力。支持每个县（市、区）建成1所以上失能特困人员供养机构，失能老年人集中照护率不低于30%，床位空置率控制在35%以内。所有养老机构均能够提供医养结合服务。

附件1

主要指标表

序号

指标

单位

2022年基期值

2025年目标值

1

养老服务床位

万张

1.8

2.4

2

护理型床位占比

%

42.5

60

3

老年大学参与率

%

8

15
"""

EDUCATION = """海原市教育局关于2023年教育工作情况的报告

市人大常委会：

现将2023年教育工作情况报告如下。

一、2023年工作情况
（一）学前教育普及普惠。新增公办学位5400个。学前三年毛入园率达98.2%，比上年提高1.3个百分点；普惠性幼儿园覆盖率由86%提高到91.5%。
（二）义务教育优质均衡。九年义务教育巩固率99.6%，招聘教师1260名，其中硕士研究生312名。

二、下一步工作打算
力争到2024年，新增学位1.5万个，高中阶段毛入学率达到97%以上，中小学生近视率下降1个百分点以上，校园千兆网络全部开通。

海原市教育局
2024年1月8日
"""

ENVIRONMENT = """蓝山市人民政府关于印发《蓝山市“十四五”生态环境保护规划》的通知

蓝政发〔2022〕3号

各区人民政府：

现将《蓝山市“十四五”生态环境保护规划》印发给你们。

蓝山市人民政府
2022年1月10日

第一章 现状
2020年，城区细颗粒物（PM2.5）年均浓度为38微克/立方米，较2015年下降27%。国控断面水质优良比例由2015年的75%提升到100%。

第二章 目标
到2025年，PM2.5年均浓度降至32微克/立方米以下，空气质量优良天数比率达到88%，森林覆盖率稳定在62%以上，单位地区生产总值能源消耗比2020年降低13.5%左右。
“十四五”期间，全市新增造林面积3.5万亩。

第三章 任务
新能源公交车占比2023年达到70%、2025年达到90%。布设空气质量微站二十五个。生活垃圾回收利用率≥35%。
"""


def found(text: str) -> dict[tuple[str, int | None, str], IndicatorValue]:
    """Extract a document; values by indicator, year and number or words."""
    values = extract(parse(Loaded(text), source="a.txt"))
    return {(v.indicator, v.year, str(v.words if v.value is None else v.value)): v for v in values}


def test_elderly_care() -> None:
    values = found(ELDERLY)
    beds = values["养老服务床位", 2025, "2.4"]
    assert (beds.unit, beds.kind, len(beds.also_at)) == ("万张", ValueKind.TARGET, 1)
    assert values["养老服务床位", 2022, "1.8"].kind is ValueKind.BASELINE
    nursing = values["护理型床位占比", 2025, "60"]
    assert len(nursing.also_at) == 1 and nursing.quote == "60"
    assert values["每千名老年人养老床位数", 2025, "40"].relation == "≥"
    assert values["养老护理员培训人次", None, "1.2"].period == "三年内"
    assert values["新建老年食堂", 2024, "80"].departments[0] == "市民政局"
    assert values["城区助餐服务覆盖率", None, "95"].scope == "城区"
    assert values["床位空置率", None, "35"].relation == "≤"
    assert values["医养结合服务", None, "均能够提供"].scope == "所有养老机构"
    assert values["老年大学参与率", 2025, "15"].unit == "%"
    assert values["养老机构", 2022, "126"].kind is not ValueKind.TARGET


def test_education_report_looks_back_and_ahead() -> None:
    values = found(EDUCATION)
    kindergarten = values["学前教育毛入园率", 2023, "98.2"]
    assert kindergarten.kind is ValueKind.ACHIEVED
    assert values["普惠性幼儿园覆盖率", 2023, "91.5"].kind is ValueKind.ACHIEVED
    assert values["普惠性幼儿园覆盖率", None, "86"].kind is ValueKind.BASELINE
    rise = values["学前三年毛入园率比上年提高", 2023, "1.3"]
    assert (rise.unit, rise.kind) == ("个百分点", ValueKind.ACHIEVED)
    goal = values["高中阶段毛入学率", 2024, "97"]
    assert (goal.kind, goal.relation) == (ValueKind.TARGET, "≥")
    assert values["公办义务教育学位", 2024, "1.5"].unit == "万个"
    assert not {name for name, _, _ in values} & {"", "高中", "占比"}


def test_environment_plan() -> None:
    values = found(ENVIRONMENT)
    past, goal = values["PM2.5年均浓度", 2020, "38"], values["PM2.5年均浓度", 2025, "32"]
    assert (past.kind is ValueKind.TARGET, goal.kind) == (False, ValueKind.TARGET)
    assert goal.unit == "微克/立方米" and goal.relation == "≤"
    assert values["国控断面水质优良比例", 2015, "75"].kind is ValueKind.BASELINE
    assert values["单位地区生产总值能源消耗比2020年降低", 2025, "13.5"].relation == "≈"
    assert values["新增造林面积", None, "3.5"].period == "十四五期间"
    assert values["新能源公交车占比", 2023, "70"] and values["新能源公交车占比", 2025, "90"]
    assert values["空气质量微站", None, "25"].unit == "个"
    assert values["生活垃圾回收利用率", None, "35"].relation == "≥"


REPORT = """清河市养老服务2024年度自评报告

一、指标完成情况

指标名称

2023年实际

2024年目标

2024年实际

2025年目标

护理型床位占比（%）

52.5

55

56.1

60

每千名老人养老床位（张）

38

39

40

41
"""


def test_what_became_of_a_target_is_no_starting_value() -> None:
    document = parse(Loaded(REPORT), source="report.txt")
    read = {
        (value.year, value.kind): str(value.value)
        for value in extract(document)
        if value.indicator == "护理型床位占比"
    }
    assert read == {
        (2023, ValueKind.BASELINE): "52.5",
        (2024, ValueKind.TARGET): "55",
        (2024, ValueKind.ACHIEVED): "56.1",
        (2025, ValueKind.TARGET): "60",
    }


def test_a_report_on_a_year_speaks_of_that_year() -> None:
    text = (
        "清河市2022年国民经济和社会发展统计公报\n\n一、农业\n全年粮食总产量73.71万吨。2021年末森林覆盖率为61%。\n\n"
        "二、下一步工作打算\n将森林覆盖率提高到65%。\n"
    )
    read = {(v.indicator, str(v.value)): v.year for v in extract(parse(Loaded(text), source="a"))}
    assert read[("粮食总产量", "73.71")] == 2022
    assert read[("森林覆盖率", "61")] == 2021
    assert read[("森林覆盖率", "65")] is None, "what is planned has no year yet"
    work = text.replace("2022年国民经济和社会发展统计公报", "2022年政府工作报告")
    years = {value.year for value in extract(parse(Loaded(work), source="a"))}
    assert 2022 not in years, "a work report looks back on the year before"
