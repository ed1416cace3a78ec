"""Questions that the indicator table answers, on the corpus and on made-up plans of other fields."""

from __future__ import annotations

import timeit
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from table_library import CORPUS, build, write_plans

from assistant.answering.statements import assemble
from assistant.answering.table_lists import office
from assistant.answering.table_questions import answer_from_table
from assistant.indicators import extract
from assistant.library import Library
from assistant.retrieval import LibraryView, understand
from assistant.types import COMPUTED, Answer, Reason
from eval.arithmetic import results
from eval.citations import unsupported_numbers
from eval.figures import supported_tokens
from eval.shelf import cited_words

Ask = Callable[..., Answer | None]


def asker(library: Library) -> Ask:
    """Return a way to ask the table alone; None where the question is none for it."""
    view = LibraryView(library.cities(), library.mentions)

    def ask(question: str, *history: str) -> Answer | None:
        understood = understand(question, history, view)
        outcome = answer_from_table(understood, library)
        if outcome is None:
            return None
        answer = assemble(understood, outcome, (), library.passage_id_at)
        check(answer, library)
        return answer

    return ask


def check(answer: Answer, library: Library) -> None:
    """Every quote is verbatim; every number stands in its citations or is arithmetic done right."""
    for cited in answer.citations:
        text = library.document(cited.document_id).text
        assert text[cited.span.start : cited.span.end] == cited.quote
        assert cited.passage_id
    computed = {
        result
        for sentence in answer.sentences
        if sentence.support == COMPUTED
        for result in results(
            sentence.text, supported_tokens(cited_words(library, answer, sentence.citations))
        )
    }
    assert set(unsupported_numbers(answer, library)) <= computed


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the corpus."""
    with build(tmp_path_factory.mktemp("corpus") / "library", CORPUS) as library:
        yield asker(library)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the made-up plans of 嘉兴, 绍兴 and 台州."""
    place = tmp_path_factory.mktemp("plans")
    with build(place / "library", write_plans(place / "corpus")) as library:
        yield asker(library)


def text_of(answer: Answer | None) -> str:
    """Return the words of an answer."""
    assert answer is not None
    return "\n".join(sentence.text for sentence in answer.sentences)


# --- Across cities ---------------------------------------------------------------------------------


def test_each_city_with_value_year_baseline_scope_and_who_set_none(corpus: Ask) -> None:
    answer = corpus("哪些城市设定了CMI目标？分别是多少？")
    said = text_of(answer)
    assert answer is not None and answer.reason is None
    assert (
        "湖州（全市三级公立医院）：目标2023年1.00、2024年1.05、2025年1.10；基期2022年0.95" in said
    )
    assert "广元（三甲综合医院）：目标（通过5年努力）1.2左右；基期0.9" in said
    assert "口径不同" in said and "没有设定「病例组合指数」目标的城市：广州、天津" in said
    assert "病种组合指数" in said  # what 天津 does say of it
    assert {value.city for value in answer.values} == {"湖州", "广元", "广州"}


def test_what_was_reached_is_no_target(corpus: Ask) -> None:
    said = text_of(corpus("哪些城市设定了CMI目标？分别是多少？"))
    assert "广州（三级公立医院）没有所问的目标，文件中有的是：实际2022年1.29" in said


def test_a_year_that_nobody_set_is_refused_with_the_years_that_there_are(corpus: Ask) -> None:
    answer = corpus("哪些城市设定了2030年CMI目标？")
    assert answer is not None and answer.reason is Reason.YEAR_NOT_IN_DOCUMENTS
    assert "2025年1.10" in text_of(answer)


def test_an_indicator_that_nobody_set_is_refused(corpus: Ask) -> None:
    answer = corpus("哪些城市设定了森林覆盖率目标？")
    assert answer is not None and answer.reason is Reason.TARGET_NOT_SET


def test_who_is_higher_names_the_scopes(corpus: Ask) -> None:
    answer = corpus("湖州和广元谁的CMI目标高？")
    assert answer is not None
    assert answer.sentences[0].text.startswith("按数值较高的是广元目标1.2左右")
    assert "三甲综合医院" in text_of(answer)


def test_words_are_not_higher_than_numbers(corpus: Ask) -> None:
    said = text_of(corpus("湖州和广元谁的医疗服务收入占比目标高？"))
    assert "仅有定性要求" in said and "无法比较" in said and "较高的是" not in said


def test_a_difference_shows_both_inputs_and_what_is_not_alike(corpus: Ask) -> None:
    answer = corpus("差多少？", "湖州和广元谁的CMI目标高？")
    assert answer is not None and answer.sentences[0].support == COMPUTED
    assert "1.2 − 1.10 = 0.10" in answer.sentences[0].text
    assert len(answer.sentences[0].citations) == 2
    assert "适用范围不同" in text_of(answer) and "约数" in text_of(answer)


def test_values_of_different_units_are_never_subtracted(corpus: Ask) -> None:
    answer = corpus("广州和湖州的每万人口全科医生数目标差多少？")
    assert answer is not None and all(s.support != COMPUTED for s in answer.sentences)
    assert "计量单位不同" in text_of(answer) and "3.5" in text_of(answer)


def test_a_number_and_words_are_never_subtracted(plans: Ask) -> None:
    answer = plans("嘉兴和绍兴的森林覆盖率目标差多少？")
    assert answer is not None and all(s.support != COMPUTED for s in answer.sentences)
    assert "不能相减" in text_of(answer)


def test_named_cities_with_other_kinds_are_shown_as_what_they_are(corpus: Ask) -> None:
    said = text_of(corpus("湖州、广元、广州各有多少个紧密型城市医疗集团？"))
    assert "湖州：目标（未写明年份）2个" in said and "广州：实际2023年16个" in said


def test_an_alike_indicator_is_named_as_such(corpus: Ask) -> None:
    said = text_of(corpus("患者满意度目标，湖州跟广元怎么定的"))
    assert "湖州没有名为「患者满意度」的指标，相近的有「门诊和住院患者满意度」" in said
    assert "均排名全省前列（仅有定性要求）" in said


def test_a_target_and_a_result_are_not_ranked(corpus: Ask) -> None:
    said = text_of(corpus("湖州跟广州家庭医生签约率谁高"))
    assert "类别不同（湖州为目标，广州为实际）" in said and "较高的是" not in said


def test_two_scopes_of_a_city_both_stand_in_the_ranking(corpus: Ask) -> None:
    answer = corpus("天津和湖州的电子病历应用水平目标谁高")
    assert answer is not None
    for part in ("湖州2025年目标5级", "天津（三级医院）目标4级", "天津（二级医院）目标3级"):
        assert part in answer.sentences[0].text


def test_the_highest_of_all(corpus: Ask) -> None:
    answer = corpus("CMI目标最高的城市是哪个")
    assert answer is not None and "较高的是广元" in answer.sentences[0].text


# --- Over the years --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "arithmetic"),
    [
        ("湖州CMI从2022到2025提高多少", "1.10 − 0.95 = 0.15，提高0.15"),
        ("湖州四级手术占比2023年到2024年提高了几个百分点", "18.5% − 18% = 0.5个百分点"),
        ("湖州平均住院日2022到2025年降低多少", "6.73天 − 6.50天 = 0.23天，下降0.23天"),
        ("广元CMI要提高多少", "1.2 − 0.9 = 0.3，提高0.3（其中有带“左右”"),
    ],
)
def test_change_is_shown_with_its_inputs(corpus: Ask, question: str, arithmetic: str) -> None:
    answer = corpus(question)
    assert answer is not None and answer.sentences[0].support == COMPUTED
    assert arithmetic in answer.sentences[0].text


def test_a_follow_up_keeps_city_and_indicator(corpus: Ask) -> None:
    said = text_of(corpus("提高了几个百分点？", "湖州2025年四级手术占比目标是多少？"))
    assert "19% − 17.56% = 1.44个百分点" in said


def test_a_measure_that_is_no_percentage_has_no_percentage_points(corpus: Ask) -> None:
    said = text_of(corpus("提高了几个百分点？", "湖州2025年CMI目标是多少"))
    assert "不以百分点计" in said


def test_every_year_of_an_indicator(corpus: Ask) -> None:
    said = text_of(corpus("湖州四级手术占比各年目标"))
    assert "2023年18%、2024年18.5%、2025年19%；基期2022年17.56%" in said


def test_a_fall_of_a_measure_without_years(plans: Ask) -> None:
    said = text_of(plans("嘉兴单位生产总值能耗下降多少"))
    assert "0.45吨标准煤 − 0.40吨标准煤 = 0.05吨标准煤，下降0.05吨标准煤" in said


# --- Lists -----------------------------------------------------------------------------------------


def test_what_two_cities_both_set(corpus: Ask) -> None:
    said = text_of(corpus("哪些指标湖州和广元都设了？"))
    assert "病例组合指数" in said and "四级手术占比" in said and "微创手术占比" not in said


def test_all_targets_of_a_city_for_a_year(plans: Ask) -> None:
    said = text_of(plans("嘉兴2025年有哪些目标？"))
    for part in ("护理型床位占比（全市） 60%", "森林覆盖率 12.5%", "老年人助餐点 800个"):
        assert part in said
    assert "0.40" not in said and "52%" not in said  # no year of its own; a baseline


def test_a_city_without_that_year(corpus: Ask) -> None:
    answer = corpus("广元2025年有哪些目标")
    assert answer is not None and answer.reason is Reason.YEAR_NOT_IN_DOCUMENTS
    assert "通过5年努力" in text_of(answer)


def test_targets_of_a_department_and_the_rule_that_the_first_leads(corpus: Ask) -> None:
    said = text_of(corpus("哪些目标是由医保局牵头的？"))
    assert "湖州由市医保局牵头（责任单位中列第一）的目标" in said and "医保支付改革" in said
    assert "广元责任单位含市医保局的目标，文件没有写明其中谁牵头" in said


def test_another_department_of_another_field(plans: Ask) -> None:
    said = text_of(plans("哪些目标由市教育局负责？"))
    assert "台州责任单位含市教育局的目标" in said and "95%" in said and "嘉兴" not in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市医保局", "医疗保障局"),
        ("市人力社保局", "人力资源社会保障局"),
        ("市卫生健康委", "卫健委"),
        ("广元市财政局", "财政局"),
    ],
)
def test_ways_of_writing_an_office(one: str, other: str) -> None:
    assert office(one) == office(other)


# --- Not for the table -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "湖州2025年CMI目标是多少？",
        "天津市的CMI目标？",
        "湖州人才方面有哪些目标？",
        "湖州和广元的家庭医生怎么考核？",
        "湖州医保支付方式改革由谁牵头？",
        "广元2025年哪些医院要建成互联网医院？",
        "三级公立医院绩效考核有什么要求",
        "广元和湖州都没有设定的指标有哪些",
    ],
)
def test_other_questions_fall_through(corpus: Ask, question: str) -> None:
    assert corpus(question) is None


def test_other_cities_beyond_the_one_spoken_of(corpus: Ask) -> None:
    said = text_of(corpus("还有别的城市吗？", "湖州2025年CMI目标是多少"))
    assert "广元" in said and "湖州（" not in said


def test_unknown_names_are_found_in_the_library(plans: Ask) -> None:
    said = text_of(plans("哪些城市设定了老年人助餐点2027年目标"))
    assert "绍兴：目标2027年650个" in said and "嘉兴没有所问的目标" in said


# --- Speed -----------------------------------------------------------------------------------------


def test_a_lookup_is_quick_among_very_many_values(tmp_path: Path) -> None:
    """5 ms at 100,000 values; the best of ten, under a wide bound: the machine may be busy."""
    place = write_plans(tmp_path / "corpus")
    with build(tmp_path / "library", place) as library:
        _multiply(library, 100_000)
        view = LibraryView(library.cities(), library.mentions)
        question = understand("嘉兴和绍兴的护理型床位占比目标差多少？", (), view)
        assert answer_from_table(question, library) is not None
        assert (
            min(timeit.repeat(lambda: answer_from_table(question, library), number=1, repeat=10))
            < 0.05
        )


def _multiply(library: Library, count: int) -> None:
    """Add made-up values to the catalogue, of many indicators and the cities that there are."""
    from assistant.library.rows import value_row

    documents = [library.document(card.id) for card in library.documents()]
    seeds = [(n, value) for n, document in enumerate(documents, 1) for value in extract(document)]
    rows = []
    for number in range(count):
        key, value = seeds[number % len(seeds)]
        changed = replace(value, indicator=f"指标{number % 5000}号", value=Decimal(number))
        rows.append(value_row(changed, key))
    connection = library._catalogue.connection
    sql = f"INSERT INTO indicator_values VALUES (NULL{', ?' * 18})"
    connection.execute("BEGIN")
    connection.executemany(sql, rows)
    connection.execute("COMMIT")
