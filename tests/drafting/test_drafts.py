"""Drafts over the corpus, and over small documents of another field: what is said, dated, left open."""

from __future__ import annotations

import pytest
from canteen_documents import ASKED, CITY

from assistant.drafting import Coverage, Draft, Drafter, Role, Wish
from assistant.errors import QuestionError
from assistant.library import Library
from eval.drafting.measure import load_cases, measure

CASES = {case.id: case for case in load_cases()}


@pytest.fixture(scope="module")
def canteens(canteen_library: Library) -> Draft:
    """A draft over three documents of cities that do not exist."""
    return Drafter(canteen_library).draft(ASKED, Wish(city=CITY, body="市民政局"))


def words_of(draft: Draft, role: Role) -> str:
    return "".join(p.text for s in draft.sections for p in s.paragraphs if p.role == role)


def test_the_gates_hold(library: Library) -> None:
    figures = measure(library, tuple(CASES.values()))
    assert figures.broken() == [], figures.wrong


def test_a_city_without_documents_is_a_clear_error(drafter: Drafter) -> None:
    with pytest.raises(QuestionError, match="杭州"):
        drafter.draft("关于医联体的提案", Wish(city="杭州"))


def test_the_city_is_read_from_the_proposal(drafter: Drafter) -> None:
    draft = drafter.draft(CASES["guangyuan-pay"].text)
    assert draft.wish.city == "广元"
    assert "〔待补充：答复单位〕" in draft.placeholders


def test_an_old_figure_carries_its_date(drafter: Drafter) -> None:
    draft = drafter.draft(CASES["guangzhou-family-doctors"].text, Wish(city="广州"))
    signed = [s.text for s in draft.sentences if "34.42%" in s.text]
    assert signed and all("2018年" in text for text in signed)
    assert "34.42%" not in words_of(draft, Role.PLAN)


def test_old_plans_are_no_plans_of_today(drafter: Drafter) -> None:
    draft = drafter.draft(CASES["guangzhou-alliance"].text, Wish(city="广州"))
    reply = {c.number for c in draft.citations if "市卫生计生委" in c.quote}
    assert reply and "2018年" not in words_of(draft, Role.PLAN)


def test_a_source_that_is_excluded_is_not_used(drafter: Drafter, library: Library) -> None:
    out = next(c.id for c in library.documents() if "1048" in c.source)
    draft = drafter.draft(CASES["guangzhou-alliance"].text, Wish(city="广州", excluded=(out,)))
    assert draft.citations and out not in {c.document_id for c in draft.citations}


def test_what_no_source_says_is_left_to_fill_in(drafter: Drafter) -> None:
    draft = drafter.draft(CASES["guangzhou-lifts"].text, Wish(city="广州", body="市住建局"))
    assert {point.coverage for point in draft.points} == {Coverage.MISSING}
    assert draft.citations == ()
    assert "〔待补充：联系人及电话〕" in draft.placeholders


def test_another_field(canteens: Draft) -> None:
    assert canteens.points[0].coverage is not Coverage.MISSING
    assert canteens.points[1].coverage is Coverage.MISSING
    result = words_of(canteens, Role.RESULT)
    assert "新建社区食堂120个" in result and "（2018年），全市建成社区食堂15个" in result
    assert "88个" not in result and "88个" in words_of(canteens, Role.ELSEWHERE)
    assert "该市建成社区食堂88个" in words_of(canteens, Role.ELSEWHERE)
    assert "我市将扩大社区食堂覆盖面" in words_of(canteens, Role.PLAN)
    assert "30个" not in words_of(canteens, Role.PLAN)
    assert "仍不均衡" in words_of(canteens, Role.PROBLEM)
