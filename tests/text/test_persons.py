"""Names of persons are read by where they stand."""

from __future__ import annotations

import pytest

from assistant.text.persons import names_a_person


@pytest.mark.parametrize(
    "text",
    [
        "主任委员：张文远   县政府办公室主任",
        "赵艳秋   县卫生健康局局长",
        "嘉宾：某市医疗保险管理局副局长 刘黎光",
        "今天请来了副局长刘黎光，就大家关心的政策进行解读。",
        "王辰院士领衔的团队",
        "领导小组组长由市长李强担任。",
        "成员：韩冬岩、殷孝春、包晓光",
        "杨  阳   县财政局科长",
        "联系人：买买提·艾力",
        "陈平",
    ],
)
def test_a_name_beside_an_office_or_a_label_is_a_persons(text: str) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "拓展养老服务，建设智慧医院，普及文明健康生活方式。",
        "由市长任组长，分管副市长任副组长。",
        "刘局长，请您介绍一下工作进度。",
        "惠及15.6万人、累计 28 万人",
        "资助20万元至50万元。（单位：万人）",
        "发改、金融办、财政等部门，医疗、康养、教育等领域",
        "规模化、高值化、集约化发展；按病种付费（DRG、单病种）",
        "建立“月通报、季督导、年考评”制度，畅通“关键链”",
        "建设“两岸青山·千里林带”35万亩",
        "组织护理、康复专家和高级工程师下乡",
        "负责人和联系人的电话另行通知。",
    ],
)
def test_words_that_only_begin_with_a_surname_are_no_persons(text: str) -> None:
    assert not names_a_person(text)
