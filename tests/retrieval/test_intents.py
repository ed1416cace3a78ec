import pytest

from assistant.retrieval.intents import intent_of, is_bare_topic
from assistant.types import Intent


@pytest.mark.parametrize(
    ("question", "cities", "intent"),
    [
        ("湖州2025年CMI目标是多少", 1, Intent.VALUE),
        ("广元要规划建几个县域医疗卫生次中心", 1, Intent.VALUE),
        ("花都区近几年区内就诊率有多高？", 1, Intent.VALUE),
        ("广元准备争创哪些省级中医重点专科", 1, Intent.LIST),
        ("项目资金安排讲哪几条原则？", 0, Intent.LIST),
        ("深化医疗服务价格改革由哪些部门负责？", 1, Intent.WHO),
        ("领导小组组长是谁", 1, Intent.WHO),
        ("动员部署阶段要在什么时候前完成", 1, Intent.WHEN),
        ("垃圾车每天几点出发", 1, Intent.WHEN),
        ("交警几点到几点值守", 1, Intent.WHEN),
        ("占比要提高几点", 1, Intent.VALUE),
        ("医联体试点是从哪一年开始的", 1, Intent.WHEN),
        ("县域医共体的医保资金怎么付？", 1, Intent.HOW),
        ("哪些城市提出了CMI目标？分别是多少？", 0, Intent.COMPARE),
        ("湖州和广元的四级手术占比目标", 2, Intent.COMPARE),
        ("几家公司都抢着托管，怎么避免？", 0, Intent.HOW),
        ("几家公司都抢着托管，一共补了多少钱？", 0, Intent.VALUE),
        ("牵头单位最晚什么时候要拿出方案", 1, Intent.WHEN),
        ("哪个单位什么时候牵头的", 1, Intent.WHO),
        ("重点要建什么，一共几项", 1, Intent.LIST),
        ("主要任务一共几项？", 1, Intent.LIST),
        ("新建几项工程？", 1, Intent.VALUE),
        ("水价有什么机制？", 1, Intent.HOW),
        ("有什么任务？", 1, Intent.LIST),
        ("居民收入增长目标？", 1, Intent.VALUE),
        ("怎么增加居民收入？", 1, Intent.HOW),
        ("如何提高床位使用率？", 1, Intent.HOW),
        ("床位使用率", 1, Intent.VALUE),
        ("有没有控制支出？", 1, Intent.HOW),
        ("专项激励算不算进薪酬总量", 1, Intent.HOW),
        ("哪些医院要控制支出？", 1, Intent.WHO),
        ("请来的是哪位专家？", 1, Intent.WHO),
        ("关于缩小城乡差距的建议由谁办理？", 1, Intent.WHO),
        ("两份文件的说法有什么不同？", 1, Intent.COMPARE),
        ("城乡之间的差距多大？", 1, Intent.COMPARE),
    ],
)
def test_the_kind_of_answer_is_read_from_the_words_of_asking(
    question: str, cities: int, intent: Intent
) -> None:
    assert intent_of(question, city_count=cities) is intent


def test_a_bare_topic_asks_nothing() -> None:
    assert is_bare_topic("湖州 保障措施") and is_bare_topic("泉州的发展目标")
    assert not is_bare_topic("湖州的保障措施有哪些") and not is_bare_topic("列一下保障措施")
