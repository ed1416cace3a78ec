"""Grading on answers made by hand from real sentences: what is right, and each way to be wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from memory_shelf import MemoryShelf

from assistant.types import Reason, Span, Status
from eval.citations import (
    citation_places,
    citation_precision,
    hit_places,
    rank_evidence,
    share_proved,
    unsupported_numbers,
)
from eval.correctness import grade
from eval.evidence import Place, resolve
from eval.questions import GoldQuestion, GoldQuote, GoldValue

CMI = "三甲综合医院病例组合指数（CMI）值从0.9提升到1.2左右"
GOLD = GoldQuestion(
    id="t-1",
    type="value",
    question="广元三甲综合医院CMI值要提到多少？",
    history=(),
    status=Status.ANSWERED,
    reason=None,
    values=(GoldValue("广元", Decimal("1.2"), "", None, "左右"),),
    items=(),
    forbidden=("达到1.1",),
    evidence=((GoldQuote("gy.txt", CMI),),),
)
SHARE = replace(GOLD, values=(GoldValue("湖州", Decimal(19), "%", 2025, ""),), forbidden=())


def test_a_right_answer_is_right(shelf: MemoryShelf) -> None:
    graded = grade(GOLD, shelf.answer((f"{CMI}。", "gy", CMI)), shelf)
    assert graded.right
    assert graded.complete == 1
    assert graded.qualifiers is True


def test_another_citys_number_is_wrong(shelf: MemoryShelf) -> None:
    words = "三级公立医院病例组合指数(CMI值)达到1.1"
    graded = grade(GOLD, shelf.answer((words, "hz", words)), shelf)
    assert not graded.right
    assert graded.forbidden


def test_the_right_number_under_another_citys_citation_is_wrong(shelf: MemoryShelf) -> None:
    quote = "三级公立医院病例组合指数(CMI值)达到1.1"
    assert not grade(GOLD, shelf.answer(("CMI值为1.2左右。", "hz", quote)), shelf).right


def test_a_lost_qualifier_is_seen(shelf: MemoryShelf) -> None:
    graded = grade(GOLD, shelf.answer(("广元的CMI值提升到1.2。", "gy", CMI)), shelf)
    assert graded.right
    assert graded.qualifiers is False


def test_a_refusal_is_no_answer(shelf: MemoryShelf) -> None:
    answer = shelf.answer((f"{CMI}。", "gy", CMI), reason=Reason.NOT_IN_DOCUMENTS)
    assert not grade(GOLD, answer, shelf).right


def test_unit_and_year_must_be_right(shelf: MemoryShelf) -> None:
    quote = "四级手术占比达到19%"
    right = ("到2025年,四级手术占比达到19%", "hz", quote)
    assert grade(SHARE, shelf.answer(right), shelf).right
    assert not grade(SHARE, shelf.answer(("到2025年达到19家", "hz", quote)), shelf).right
    assert not grade(SHARE, shelf.answer(("到2024年达到19%", "hz", quote)), shelf).right


def test_a_bare_cell_takes_the_unit_of_its_citation(shelf: MemoryShelf) -> None:
    answer = shelf.answer(("湖州2025年四级手术占比：19", "hz", "四级手术占比达到19%"))
    assert grade(SHARE, answer, shelf).right


def test_a_list_must_be_whole(shelf: MemoryShelf) -> None:
    gold = replace(GOLD, values=(), items=("病例组合指数", "微创手术占比"), forbidden=())
    half = grade(gold, shelf.answer((CMI, "gy", CMI)), shelf)
    assert not half.right
    assert half.complete == 0.5


def test_numbers_must_stand_under_their_citation(shelf: MemoryShelf) -> None:
    money = "分别为32637万元、40957万元、23906万元"
    supported = shelf.answer(("2024年资金使用计划为40957万元。", "hz", money))
    assert unsupported_numbers(supported, shelf) == ()
    made_up = shelf.answer(("2024年资金使用计划为40975万元。", "hz", money))
    assert unsupported_numbers(made_up, shelf) == ("40975",)
    uncited = shelf.answer(("资金使用计划为40957万元。", "hz", ""))
    assert unsupported_numbers(uncited, shelf) == ("40957",)


def test_a_refusal_may_repeat_the_questions_number(shelf: MemoryShelf) -> None:
    refusal = shelf.answer(("文件没有说到2030年。", "", ""), reason=Reason.YEAR_NOT_IN_DOCUMENTS)
    asked = replace(refusal, question=replace(refusal.question, text="湖州2030年CMI目标多少"))
    assert unsupported_numbers(refusal, shelf) == ("2030",)
    assert unsupported_numbers(asked, shelf) == ()


def test_evidence_is_ranked_by_facts(shelf: MemoryShelf) -> None:
    texts = {f"{name}.txt": shelf.document(name).text for name in ("gy", "hz")}
    share = GoldQuote("hz.txt", "四级手术占比达到19%")
    groups = resolve(replace(GOLD, evidence=(*GOLD.evidence, (share,))), texts)
    found = rank_evidence(hit_places(shelf, shelf.answer().hits), groups)
    assert (found.hit_1, found.hit_5, found.reciprocal_rank) == (0.5, 1.0, 1.0)
    assert rank_evidence((), groups).reciprocal_rank == 0


def test_citations_beside_the_evidence_cost_precision(shelf: MemoryShelf) -> None:
    texts = {"gy.txt": shelf.document("gy").text}
    groups = resolve(GOLD, texts)
    answer = shelf.answer((CMI, "gy", CMI), ("还有别的。", "hz", "四级手术占比达到19%"))
    places = citation_places(shelf, answer)
    assert citation_precision(places, groups) == 0.5
    assert share_proved(places, groups) == 1
    assert citation_precision((), groups) is None
    assert share_proved((Place("hz.txt", Span(0, 500)),), groups) == 0


def test_the_same_amount_in_another_unit_is_right(shelf: MemoryShelf) -> None:
    gold = replace(
        GOLD, values=(GoldValue("湖州", Decimal("4.0957"), "亿元", None, ""),), forbidden=()
    )
    money = "分别为32637万元、40957万元、23906万元"
    assert grade(gold, shelf.answer(("第二年40957万元。", "hz", money)), shelf).right
    assert not grade(gold, shelf.answer(("第二年4.0957万元。", "hz", money)), shelf).right


def test_a_bare_number_is_enough_only_where_the_gold_has_it_bare(shelf: MemoryShelf) -> None:
    bare = replace(GOLD, values=(GoldValue("广元", Decimal("1.2"), "分", None, ""),), forbidden=())
    with_unit = replace(bare, evidence=((GoldQuote("gy.txt", "提升到1.2分"),),))
    answer = shelf.answer((f"{CMI}。", "gy", CMI))
    assert grade(bare, answer, shelf).right
    assert not grade(with_unit, answer, shelf).right
