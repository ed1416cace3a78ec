import pytest

from assistant.retrieval.intents import intent_of
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
        ("医联体试点是从哪一年开始的", 1, Intent.WHEN),
        ("县域医共体的医保资金怎么付？", 1, Intent.HOW),
        ("哪些城市提出了CMI目标？分别是多少？", 0, Intent.COMPARE),
        ("湖州和广元的四级手术占比目标", 2, Intent.COMPARE),
    ],
)
def test_the_kind_of_answer_is_read_from_the_words_of_asking(
    question: str, cities: int, intent: Intent
) -> None:
    assert intent_of(question, city_count=cities) is intent
