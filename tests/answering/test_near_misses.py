"""Questions that a document nearly answers: the right value, or a refusal, never the number beside it."""

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Intent, Reason, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("洛阳2023年办理政协提案多少件？", "240件"),
        ("洛阳2023年办理水利类提案多少件？", "18件"),
        ("泉州旅游公路多少公里？", "120公里"),
        ("洛阳农村自来水普及率多少？", "92%"),
        ("洛阳市级文物保护经费多少？", "6200万元"),
        ("泉州2025年旅游收入目标是多少亿元？", "200亿元"),
        ("泉州A级景区目标多少家？", "32家"),
        ("泉州高层次人才补助最多多少万？", "50万元"),
        ("泉州引进人才多大岁数以内？", "45周岁"),
        ("洛阳低空产业园面积多大？", "2.4平方公里"),
        ("洛阳规模化供水工程服务多少万人？", "136万人"),
        ("洛阳公共文化设施面积增长多少？", "8.2%"),
        ("洛阳2024年地区生产总值增长多少？", "5.6%"),
        ("洛阳2024年GDP增速多少？", "5.6%"),
        ("洛阳2025年地区生产总值增长目标是多少？", "6%左右"),
        ("泉州脑机接口康复体验馆要建几个？", "2个"),
        ("我们在起草汇报，想参考一下：洛阳三年安排多少专项资金？", "9000万元"),
    ],
)
def test_what_is_there_is_answered(near_misses: Assistant, question: str, stated: str) -> None:
    answer = near_misses.ask(question)
    assert answer.status is Status.ANSWERED
    assert stated in said(answer)


@pytest.mark.parametrize(
    "question",
    [
        "洛阳2023年办了多少件教育提案？",  # all proposals, and those on water
        "洛阳2023年办理的人大建议有多少件？",
        "洛阳旅游公路多少公里？",  # country roads; those for tourists are the other city's
        "洛阳城市自来水普及率多少？",  # of the country
        "洛阳农村就业多少人？",  # of the towns
        "洛阳省级文物保护资金多少？",  # the city's
        "洛阳旅游收入目标是多少亿元？",  # visitors in 万人次, growth in %
        "洛阳城市公园面积多大？",
        "泉州导游补助多少？",
        "泉州4A级景区有多少家？",  # all A级
        "泉州农村自来水普及率多少？",
        "洛阳脑机接口康复体验馆有几个？",
        "洛阳每千人口养老床位多少张？",
        "洛阳讲解员有多少名？",
        "洛阳图书馆接待读者多少人次？",
    ],
)
def test_the_number_beside_it_is_no_answer(near_misses: Assistant, question: str) -> None:
    answer = near_misses.ask(question)
    assert answer.status is Status.REFUSED
    assert answer.reason in (Reason.NOT_IN_DOCUMENTS, Reason.TARGET_NOT_SET)


def test_a_year_that_is_not_told_is_refused_with_those_that_are(near_misses: Assistant) -> None:
    answer = near_misses.ask("洛阳2026年新增延伸管网多少公里？")
    assert answer.reason is Reason.YEAR_NOT_IN_DOCUMENTS
    assert "2024年、2025年" in said(answer)
    assert near_misses.ask("洛阳2025年粮食总产量目标？").status is Status.REFUSED  # told of 2024


def test_two_years_and_two_subjects_get_what_belongs_to_each(near_misses: Assistant) -> None:
    pipes = said(near_misses.ask("洛阳2024年和2025年新增延伸管网多少公里？"))
    assert "180公里" in pipes and "220公里" in pipes
    jobs = said(near_misses.ask("洛阳城镇新增就业2024年和2025年分别是多少？"))
    assert "4.2万人" in jobs and "4万人以上" in jobs
    fund = said(near_misses.ask("泉州基金规模和首期分别是多少？"))
    assert "5亿元" in fund and "2亿元" in fund


def test_whether_a_thing_exists_is_asked_of_that_thing(near_misses: Assistant) -> None:
    assert "景区责任险" in said(near_misses.ask("泉州有没有景区责任险？"))
    for question in ("洛阳有没有景区责任险？", "洛阳有没有文物责任险？"):
        assert near_misses.ask(question).status is Status.REFUSED
    assert "意外伤害保险" in said(near_misses.ask("洛阳有没有意外伤害保险？"))


def test_a_person_that_no_document_names_is_refused(near_misses: Assistant) -> None:
    assert near_misses.ask("洛阳王小明委员的提案怎么答复的？").status is Status.REFUSED
    assert near_misses.ask("洛阳市李建国局长负责什么？").status is Status.REFUSED
    assert near_misses.ask("洛阳工作专班组长叫什么名字？").status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("洛阳有哪些管护模式？", ("村集体管护模式", "用水户协会管护模式", "企业托管管护模式")),
        ("洛阳管护有几种模式，分别是什么？", ("村集体", "用水户协会", "企业托管")),
        ("洛阳 保障措施", ("加强组织领导", "强化资金投入", "严格监督考核")),
        ("泉州 保障措施", ("建立联席会议制度", "设立发展基金", "引进专业人才")),
        ("洛阳渠道改造工程要做好哪些工作？", ("衬砌干渠", "疏浚支渠", "更换闸门")),
        ("洛阳下一步打算有哪些？", ("推进管网延伸", "推动供水数字化升级", "完善水价机制")),
        ("泉州主要任务一共几项？", ("丰富产品供给", "完善交通设施", "保障旅游安全")),
    ],
)
def test_a_list_that_is_meant_is_whole(
    near_misses: Assistant, question: str, items: tuple[str, ...]
) -> None:
    text = said(near_misses.ask(question))
    assert all(item in text for item in items)


def test_no_list_is_given_where_a_sentence_or_a_number_is_asked_for(near_misses: Assistant) -> None:
    assert "困难群众" in said(near_misses.ask("洛阳 水价"))
    allowance = said(near_misses.ask("洛阳管水员补助多少？"))
    assert "6000元" in allowance and "用水户协会管护模式；" not in allowance
    assert near_misses.ask("泉州 低空经济").status is Status.REFUSED


def test_below_a_topic_stands_how(near_misses: Assistant) -> None:
    text = said(near_misses.ask("洛阳供水数字化升级怎么做？"))
    assert "在线监测设备" in text and "水价" not in text


def test_a_bracket_of_bodies_answers_who_and_nothing_else(near_misses: Assistant) -> None:
    assert "市水利局、市农业农村局" in said(near_misses.ask("洛阳更换闸门由哪个部门负责？"))
    assert "市农业农村局、市科技局" in said(near_misses.ask("洛阳推广滴灌由谁负责？"))
    assert "责任单位" not in said(near_misses.ask("泉州完善交通设施有哪些措施？"))
    both = said(near_misses.ask("洛阳和泉州的景区公路分别由谁负责？"))
    assert "泉州：「（二）完善交通设施」：市交通运输局" in both and "城市：洛阳" in both


def test_when_needs_a_time(near_misses: Assistant) -> None:
    assert "2026年6月底前" in said(near_misses.ask("洛阳节水灌溉示范区什么时候完成？"))
    assert "每季度" in said(near_misses.ask("洛阳专班多久调度一次？"))
    assert near_misses.ask("泉州旅游公路什么时候修好？").status is Status.REFUSED


def test_a_document_says_until_when_and_on_what_it_stands(near_misses: Assistant) -> None:
    assert "2027年12月31日" in said(near_misses.ask("洛阳农田水利方案有效期到什么时候？"))
    assert "有效期5年" in said(near_misses.ask("泉州意见管到什么时候？"))
    assert "《省文化旅游发展规划》" in said(near_misses.ask("泉州文旅意见是根据什么制定的？"))
    assert "洛水函〔2024〕57号" in said(near_misses.ask("第118号提案的答复文号是什么？"))
    assert "洛政办发〔2024〕31号" in said(near_misses.ask("《洛阳市农田水利方案》的文号是什么？"))
    assert "周明华委员" in said(near_misses.ask("谁提的第118号提案？"))
    assert "洛阳市水利局" in said(near_misses.ask("第118号提案是谁办理的？"))


@pytest.mark.parametrize(
    "question",
    [
        "国发〔2022〕8号是什么时候印发的？",
        "国发〔2022〕8号有效期到什么时候？",
        "《水利发展纲要》是什么时候印发的？",
        "洛水函〔2024〕58号是什么时候印发的？",
    ],
)
def test_a_document_that_is_only_mentioned_has_no_date_of_another(
    near_misses: Assistant, question: str
) -> None:
    answer = near_misses.ask(question)
    assert answer.status is Status.REFUSED
    assert "2024年8月20日" not in said(answer) and "2027" not in said(answer)


@pytest.mark.parametrize(
    ("turns", "stated"),
    [
        (("洛阳2025年新增延伸管网多少？", "前一年呢？"), "180公里"),
        (("洛阳2024年新增延伸管网多少？", "下一年是多少？"), "220公里"),
        (("泉州2025年接待游客目标？", "旅游公路要修多少公里？"), "120公里"),
        (("洛阳管护考核怎么定？", "占比从多少提高到多少？"), "5%提高到8%"),
        (("洛阳农田水利方案文号？", "有效期到哪天？"), "2027年12月31日"),
    ],
)
def test_a_conversation_stays_in_its_place_and_counts_years(
    near_misses: Assistant, turns: tuple[str, ...], stated: str
) -> None:
    assert stated in said(near_misses.ask(turns[-1], turns[:-1]))


def test_the_place_talked_of_does_not_bind_a_question_of_all_cities(
    near_misses: Assistant,
) -> None:
    answer = near_misses.ask("哪些城市提出了旅游公路建设目标？", ["洛阳接待游客目标是多少？"])
    assert answer.question.intent is Intent.COMPARE
    assert "120公里" in said(answer)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("洛阳农村公路和泉州旅游公路各多少公里？", ("300公里", "120公里")),
        ("洛阳每年的专项资金和泉州发展基金的规模，各是多少？", ("3000万元", "5亿元")),
        ("洛阳完善水价机制和泉州保障旅游安全，各怎么做？", ("补偿成本", "责任险")),
        ("洛阳2025年地区生产总值和城镇新增就业，目标分别是多少？", ("6%左右", "4万人以上")),
        ("洛阳衬砌干渠和泉州古镇夜游，分别归哪个部门管？", ("市水利局", "市文化和旅游局")),
    ],
)
def test_each_is_told_what_was_asked_of_it(
    near_misses: Assistant, question: str, stated: tuple[str, ...]
) -> None:
    text = said(near_misses.ask(question))
    assert all(each in text for each in stated), text


def test_a_city_without_the_number_is_quoted_in_words(near_misses: Assistant) -> None:
    answer = near_misses.ask("洛阳2025年接待游客多少万人次，泉州漂流项目的投保是多少？")
    assert "2600万人次" in said(answer)
    assert "泉州的文件对此的表述：「推行景区责任险" in said(answer)
    assert "没有找到所问数值的城市：泉州" in said(answer)


def test_a_city_that_says_nothing_is_named(near_misses: Assistant) -> None:
    answer = near_misses.ask("高层次人才补助，泉州和洛阳各是多少？")
    assert "50万元" in said(answer)
    assert "没有找到相应内容的城市：洛阳" in said(answer)
