"""Questions within a city or a kind of document: no route may look, or speak, beyond."""

from __future__ import annotations

import re

import pytest

from assistant.answering import Assistant
from assistant.errors import QuestionError
from assistant.types import Answer, Reason, Status

ROUTES = (
    "哪个城市CMI目标最高",
    "哪些城市设定了四级手术占比的目标？分别是多少",
    "各市CMI的目标相差多少",
    "市财政局牵头的目标有哪些",
    "有哪些量化目标",
    "CMI目标逐年是多少",
    "发文机关是谁",
    "文件是什么时候印发的",
    "文号是什么",
    "第一条规定了什么",
    "各城市对药学门诊有什么要求",
    "药学门诊怎么建",
    "谁负责医联体建设",
    "四级手术占比的目标是多少，由谁牵头",
)
HUZHOU_NUMBER = "湖政办发〔2023〕54号"
EARLIER = ("湖州市四级手术占比的目标是多少",)


def _places(assistant: Assistant, answer: Answer) -> set[tuple[str, str]]:
    """Return city and kind of every document that the answer shows, in whatever way."""
    ids = {citation.document_id for citation in answer.citations}
    ids |= {value.document_id for value in answer.values}
    ids |= {hit.passage.document_id for hit in answer.hits}
    cards = {card.id: card for card in assistant.library.documents()}
    return {(cards[one].city, cards[one].kind.value) for one in ids}


@pytest.mark.parametrize("question", ROUTES)
@pytest.mark.parametrize("city", ["天津", "湖州"])
def test_nothing_comes_from_another_city(corpus: Assistant, question: str, city: str) -> None:
    answer = corpus.ask(question, city=city)
    assert {place for place, _ in _places(corpus, answer)} <= {city}
    others = set(corpus.library.cities()) - {city}
    assert not any(other in answer.text for other in others)


@pytest.mark.parametrize("question", [*ROUTES, "广州市CMI是多少", "广州和广元的CMI谁高"])
@pytest.mark.parametrize("kind", ["报告", "方案"])
def test_nothing_comes_from_another_kind(corpus: Assistant, question: str, kind: str) -> None:
    answer = corpus.ask(question, kind=kind)
    assert {own for _, own in _places(corpus, answer)} <= {kind}


def test_within_a_city_the_table_answers_for_it_alone(corpus: Assistant) -> None:
    answer = corpus.ask("哪个城市CMI目标最高", city="湖州")
    assert {value.city for value in answer.values} == {"湖州"}
    assert "1.10" in answer.text


def test_a_question_without_a_city_is_one_of_the_areas_city(corpus: Assistant) -> None:
    narrowed, named = corpus.ask("CMI的目标是多少", city="广元"), corpus.ask("广元CMI的目标是多少")
    assert narrowed.status is Status.ANSWERED
    assert narrowed.question.cities == ("广元",)
    assert narrowed.citations == named.citations


def test_what_is_denied_is_denied_of_what_was_searched(corpus: Assistant) -> None:
    assert "以上只就天津的文件而言" in corpus.ask("哪个城市CMI目标最高", city="天津").text
    assert "以上只就「报告」类文件而言" in corpus.ask("哪个城市CMI目标最高", kind="报告").text
    assert "这次限定" not in corpus.ask("哪个城市CMI目标最高").text
    assert "这次限定" not in corpus.ask("CMI的目标是多少", city="广元").text


@pytest.mark.parametrize(
    "question",
    [
        "湖州CMI的目标是多少",
        "湖洲市CMI的目标是多少",
        "湖州和广元CMI的目标哪个高",
        "湖州市有哪些目标",
        "湖州CMI的目标是多少，由谁牵头",
        "湖州的文件是什么时候印发的",
    ],
)
def test_a_city_beyond_the_area_is_a_plain_refusal(corpus: Assistant, question: str) -> None:
    answer = corpus.ask(question, city="广元")
    assert (answer.status, answer.reason) == (Status.REFUSED, Reason.NOT_IN_DOCUMENTS)
    assert answer.citations == answer.values == ()
    assert re.search("问题问到湖州，而这次限定只查广元的文件.*请取消城市的限定", answer.text)


def test_a_city_that_is_nowhere_is_told_with_all_that_there_are(corpus: Assistant) -> None:
    answer = corpus.ask("杭州CMI的目标是多少", city="广元")
    assert answer.reason is Reason.CITY_NOT_IN_LIBRARY
    assert "现有文件的城市：天津、广元、广州、湖州" in answer.text


def test_a_city_without_a_document_of_the_kind_is_a_plain_refusal(corpus: Assistant) -> None:
    for options in ({}, {"city": "湖州"}):
        answer = corpus.ask("湖州CMI的目标是多少", kind="报告", **options)
        assert answer.reason is Reason.NOT_IN_DOCUMENTS
        assert "没有湖州的「报告」类文件" in answer.text
    answer = corpus.ask("CMI的目标是多少", kind="报告", city="湖州")
    assert "没有湖州的「报告」类文件" in answer.text


@pytest.mark.parametrize("asked", ["是什么时候印发的", "的发文机关是谁", "规定了什么目标"])
def test_a_document_beyond_the_area_is_not_cited(corpus: Assistant, asked: str) -> None:
    question = f"{HUZHOU_NUMBER}{asked}"
    assert corpus.ask(question).status is Status.ANSWERED
    for options in ({"city": "广元"}, {"kind": "报告"}):
        answer = corpus.ask(question, **options)
        assert answer.status is Status.REFUSED
        assert "这次限定只查" in answer.text


def test_a_document_within_the_area_is_found_by_its_number(corpus: Assistant) -> None:
    question = f"{HUZHOU_NUMBER}是什么时候印发的"
    found, plain = corpus.ask(question, city="湖州", kind="方案"), corpus.ask(question)
    assert found.status is Status.ANSWERED
    assert found.text == plain.text


def test_a_follow_up_turns_to_the_areas_city(corpus: Assistant) -> None:
    answer = corpus.ask("那CMI的目标呢", EARLIER, city="广元")
    assert answer.status is Status.ANSWERED
    assert _places(corpus, answer) == {("广元", "方案")}
    assert "1.2" in answer.text
    twofold = corpus.ask("那CMI的目标是多少，由谁牵头", EARLIER, city="广元")
    assert "1.2" in twofold.text and "湖州" not in twofold.text
    beyond = corpus.ask("那广元呢", EARLIER, city="湖州")
    assert "问题问到广元，而这次限定只查湖州的文件" in beyond.text


def test_a_city_has_its_counties_and_a_county_is_no_city(counties: Assistant) -> None:
    asked = "新建水质监测站多少座"
    answer = counties.ask(asked, city="武宁县")
    assert "8座" in answer.text and _places(counties, answer) == {("武宁县", "方案")}
    assert "8座" in counties.ask(f"武宁县{asked}", city="九江市").text
    assert "只查九江的文件" not in counties.ask("九江市储备编织袋多少条", city="九江").text
    assert "问题问到九江" in counties.ask("九江市储备编织袋多少条", city="武宁县").text


def test_filters_are_taken_as_people_write_them(corpus: Assistant) -> None:
    expected = corpus.ask("CMI的目标是多少", city="广元").text
    hits = corpus.search("四级手术占比", city="湖州")
    assert hits
    for written in ("广元市", " 广元 ", "廣元"):
        assert corpus.ask("CMI的目标是多少", city=written).text == expected
    assert corpus.search("四级手术占比", city="湖州市", kind=" 方案 ") == hits


def test_a_filter_that_fits_nothing_is_the_users_error(corpus: Assistant) -> None:
    for use in (corpus.ask, corpus.search):
        with pytest.raises(QuestionError, match="没有「杭州市」的文件。现有城市：天津、广元"):
            use("CMI的目标是多少", city="杭州市")
        with pytest.raises(QuestionError, match=r"没有「公文」这种文件。现有种类：.*方案"):
            use("CMI的目标是多少", kind="公文")
