"""What a reader gets: values with year and qualifier, whole lists, who, when, and refusals."""

import pytest
from field_documents import SCHOOLS

from assistant.answering import Assistant
from assistant.types import Answer, Reason, Status


def said(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


def test_a_value_comes_with_its_year_and_is_cited_to_its_place(corpus: Assistant) -> None:
    answer = corpus.ask("湖州市2024年三级公立医院出院患者四级手术比例的目标是多少？")
    assert answer.status is Status.ANSWERED
    assert "2024年" in said(answer) and "18.5" in said(answer) and "17.56" not in said(answer)
    (citation,) = answer.citations
    assert "18.5" in citation.quote


def test_a_qualifier_is_kept(corpus: Assistant) -> None:
    assert "左右" in said(corpus.ask("广元四级手术占比的目标是多少？"))


def test_a_baseline_is_not_given_for_a_target_nor_a_target_for_a_baseline(
    corpus: Assistant,
) -> None:
    assert "90.76" not in said(corpus.ask("湖州2025年县域内住院量占比目标是多少"))
    assert "90.76" in said(corpus.ask("湖州县域内住院量占比2022年的基期是多少"))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("天津市三级公立医院的CMI目标是多少？", Reason.TARGET_NOT_SET),
        ("湖州的微创手术占比目标是多少", Reason.TARGET_NOT_SET),
        ("广元有没有设定药占比目标", Reason.TARGET_NOT_SET),
        ("湖州2030年CMI目标是多少", Reason.YEAR_NOT_IN_DOCUMENTS),
        ("成都的CMI目标是多少", Reason.CITY_NOT_IN_LIBRARY),
        ("湖州明天下雨吗？", Reason.NOT_IN_DOCUMENTS),
        ("第9999号提案是怎么答复的", Reason.NOT_IN_DOCUMENTS),
        ("广州城乡居民医保给家庭医生签约服务的支付标准是每人多少钱", Reason.SOURCE_DAMAGED),
    ],
)
def test_a_refusal_says_which_kind(corpus: Assistant, question: str, reason: Reason) -> None:
    answer = corpus.ask(question)
    assert (answer.status, answer.reason) == (Status.REFUSED, reason)
    assert answer.sentences


def test_no_city_is_lent_the_number_of_another(corpus: Assistant) -> None:
    for question in ("天津的CMI目标？", "广州四级手术占比目标定了多少", "湖州日间手术占比目标"):
        answer = corpus.ask(question)
        assert answer.status is Status.REFUSED
        cited = {answer_hit.passage.document_id for answer_hit in answer.hits}
        assert {citation.document_id for citation in answer.citations} <= cited
        assert not any(number in said(answer) for number in ("1.1", "1.2", "19%", "20%"))


def test_the_library_has_another_field_and_other_cities(other_field: Assistant) -> None:
    answer = other_field.ask("云岭市2026年护理型床位占比要达到多少？")
    assert "60%" in said(answer) and "以上" in said(answer) and "99" not in said(answer)
    assert "45张左右" in said(other_field.ask("云岭每千名老年人要有多少张养老床位"))


def test_a_list_is_whole(other_field: Assistant) -> None:
    text = said(other_field.ask("云岭要培育哪三支队伍？"))
    assert all(item in text for item in ("社区助老员", "护理志愿者", "康复指导员"))


def test_who_leads_is_read_from_the_task(other_field: Assistant) -> None:
    text = said(other_field.ask("云岭健全居家养老网络由谁牵头？"))
    assert "市民政局" in text and "市住建局" not in text
    assert "市住建局" in said(other_field.ask("云岭改造敬老院由哪些部门负责"))


def test_a_document_answers_for_itself(other_field: Assistant) -> None:
    assert "云政办发〔2024〕12号" in said(other_field.ask("云岭养老服务提升行动方案的文号是什么"))
    assert "2024年3月8日" in said(other_field.ask("云岭养老服务提升行动方案什么时候印发的"))


def test_a_number_is_taken_from_the_clause_that_was_asked_for(other_field: Assistant) -> None:
    answer = other_field.ask("云岭敬老院改造按每所多少万元补助")
    assert "20万元" in said(answer) and "1,200" not in said(answer)


def test_an_instruction_inside_a_document_is_text(other_field: Assistant) -> None:
    answer = other_field.ask("松江口市学前教育的报告怎么说学位")
    assert answer.sentences and all(sentence.citations for sentence in answer.sentences)
    assert {citation.quote in SCHOOLS for citation in answer.citations} == {True}
    about_care = other_field.ask("云岭市护理型床位占比是多少")
    assert "99" not in said(about_care)


def test_answers_repeat(corpus: Assistant) -> None:
    question = "广元怎么推进智慧医疗建设？"
    first, second = corpus.ask(question), corpus.ask(question)
    assert (first.sentences, first.citations) == (second.sentences, second.citations)


def test_the_chain_streams_question_hits_sentences_answer(corpus: Assistant) -> None:
    events = list(corpus.stream("广元要建成多少家互联网医院"))
    kinds = [type(event).__name__ for event in events]
    assert kinds[:2] == ["Question", "tuple"] and kinds[-1] == "Answer"
    assert set(kinds[2:-1]) == {"Sentence"}
