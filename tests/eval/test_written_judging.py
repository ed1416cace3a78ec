"""What counts as a wrong number or city: real sentences, true and made wrong, without the verifier."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from memory_shelf import GUANGYUAN, HUZHOU

from assistant.types import Reason, Status
from eval.questions import GoldQuestion, GoldValue
from eval.written.contradiction import contradictions
from eval.written.grading import judge
from eval.written.judging import Case, Said, numbers_without_ground, wrong_cities

GOLD = GoldQuestion(
    id="q",
    type="value",
    question="湖州2025年四级手术占比的目标是多少？",
    history=(),
    status=Status.ANSWERED,
    reason=None,
    values=(GoldValue("湖州", Decimal("19"), "%", 2025, ""),),
    items=(),
    forbidden=("17.56", "20%左右"),
    evidence=(),
)
TEXTS = {"广元": f"广元市\n{GUANGYUAN}", "湖州": f"湖州市\n{HUZHOU}", "": ""}
CASE = Case(GOLD, GOLD.question, frozenset({"湖州"}), frozenset({"四级手术占比"}), TEXTS)
TABLE = "四级手术比例(%) 2022年基期 17.56 2023年 18 2024年 18.5 2025年 19\n湖州市"
HU, GUANG = frozenset({"湖州"}), frozenset({"广元"})


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("四级手术占比达到19%。", HUZHOU),
        ("四级手术占比2025年为19%，2022年为17.56%。", TABLE),
        ("2024年资金使用计划为40957万元。", HUZHOU),
        ("文件没有提到2030年的目标。", HUZHOU),
        ("两者相差19% − 17.56% = 1.44个百分点。", TABLE + "百分点"),
        ("CMI值达到1.1。", HUZHOU),
        ("床位上千张的医院达标。", "1000张及以上床位的医院达标。"),
    ],
)
def test_numbers_that_stand_in_the_passage_are_right(sentence: str, words: str) -> None:
    case = replace(CASE, asked="湖州2030年的目标是多少？")
    assert numbers_without_ground(Said(sentence, words), case) == []


@pytest.mark.parametrize(
    ("sentence", "words", "wrong"),
    [
        ("四级手术占比达到91%。", HUZHOU, "91"),
        ("CMI值达到1.15。", HUZHOU, "1.15"),
        ("2024年资金使用计划为40957元。", HUZHOU, "40957元"),
        ("2030年四级手术占比达到19%。", HUZHOU, "2030"),
        ("两者相差19% − 17.56% = 1.54个百分点。", TABLE, "1.54"),
        ("文件没有提到，但应当是21%。", HUZHOU, "21"),
    ],
)
def test_numbers_that_do_not_stand_so_are_wrong(sentence: str, words: str, wrong: str) -> None:
    assert wrong in numbers_without_ground(Said(sentence, words), CASE)


@pytest.mark.parametrize(
    "sentence",
    [
        "湖州四级手术占比的目标为17.56%。",
        "四级手术占比为17.56%。",
        "到2025年，四级手术占比达到18.5%。",
        "四级手术占比提升到20%左右。",
    ],
)
def test_another_value_for_what_was_asked_contradicts_the_gold(sentence: str) -> None:
    assert contradictions(sentence, CASE)


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，四级手术占比达到19%。",
        "2022年基期为17.56%，2025年四级手术占比目标为19%。",
        "四级手术占比2023年、2024年、2025年分别为18%、18.5%、19%。",
        "2024年四级手术占比为18.5%。",
        "广元市四级手术占比提升到20%左右。",
        "四级手术占比从17.56%提高到19%。",
        "微创手术占比提升到25%左右。",
        "没有提到17.56%。",
        "通过5年努力，四级手术占比从17.56%提高到19%。",
    ],
)
def test_what_is_marked_as_something_else_does_not(sentence: str) -> None:
    assert contradictions(sentence, CASE) == []


def test_a_forbidden_number_is_wrong_where_the_right_answer_is_a_refusal() -> None:
    gold = replace(GOLD, status=Status.REFUSED, reason=Reason.TARGET_NOT_SET, values=())
    case = replace(CASE, gold=replace(gold, forbidden=("1.2左右",)), cities=frozenset({"天津"}))
    assert contradictions("天津CMI值的目标是1.2左右。", case)
    assert contradictions("文件没有明确，但天津CMI值的目标是1.2左右。", case)
    assert contradictions("天津没有这项目标，广元的目标是1.2左右。", case) == []


def test_a_city_is_wrong_where_what_is_cited_does_not_name_it() -> None:
    assert wrong_cities(Said("天津四级手术占比达到19%。", HUZHOU + "湖州", HU), CASE)
    assert wrong_cities(Said("湖州四级手术占比达到19%。", HUZHOU + "湖州", HU), CASE) == []


def test_a_number_lent_by_another_city_is_wrong() -> None:
    words = f"湖州\n{GUANGYUAN}"
    assert wrong_cities(Said("湖州四级手术占比提升到20%左右。", words, GUANG), CASE)
    assert wrong_cities(Said("四级手术占比提升到20%左右。", words, GUANG), CASE)


def test_a_sentence_that_rests_on_another_city_alone_is_wrong() -> None:
    assert wrong_cities(Said("加强组织领导。", "（九）加强组织领导。", GUANG), CASE)
    assert wrong_cities(Said("广元市加强组织领导。", f"广元\n{GUANGYUAN}", GUANG), CASE) == []
    assert wrong_cities(Said("加强组织领导。", "加强组织领导。", frozenset({""})), CASE) == []


def test_a_sentence_of_other_words_is_unsupported() -> None:
    assert judge(Said("各级医院应当大力推进数字化转型升级工作。", HUZHOU, HU), CASE).unsupported
    assert not judge(Said("三级公立医院病例组合指数达到1.1。", HUZHOU, HU), CASE).unsupported
    remark = Said("模型所写另有两句未通过核对，已略去。", GOLD.question)
    assert not judge(remark, CASE, remark=True, by_hand=True).unsupported
