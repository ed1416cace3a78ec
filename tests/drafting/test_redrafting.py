"""A draft gone over again: one section anew, sources left out or insisted on, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from canteen_documents import ASKED, CITY

from assistant.drafting import (
    Draft,
    Drafter,
    DraftStore,
    Role,
    Section,
    Step,
    Wish,
    add_sentence,
    edit_heading,
    edit_sentence,
    remove_sentence,
)
from assistant.drafting.places import place_name
from assistant.errors import DocumentNotFoundError, QuestionError
from assistant.library import Library
from eval.drafting.measure import load_cases

ALLIANCE = load_cases()[0].text
TYPED = "我局已将此项列入督办事项。"


@pytest.fixture(scope="module")
def alliance(drafter: Drafter) -> Draft:
    """A draft with several sections that stand on several documents."""
    return drafter.draft(ALLIANCE, Wish(city="广州", body="市卫生健康委"))


def said(section: Section) -> list[tuple[str, str]]:
    return [(s.text, s.support) for p in section.paragraphs for s in p.sentences]


def at_of(draft: Draft, words: str) -> int:
    return next(i for i, s in enumerate(draft.sentences) if words in s.text)


def resolves(draft: Draft, library: Library) -> bool:
    """Every number that a sentence cites is there once, and quotes its document."""
    numbers = [citation.number for citation in draft.citations]
    cited = {n for s in draft.sentences for n in s.citations}
    quoted = all(
        c.span.of(library.document(c.document_id).text) == c.quote for c in draft.citations
    )
    return numbers == list(range(1, len(numbers) + 1)) and cited == set(numbers) and quoted


def test_steps_come_before_the_draft(drafter: Drafter) -> None:
    *steps, draft = drafter.steps(ALLIANCE, Wish(city="广州"))
    assert isinstance(draft, Draft) and all(isinstance(step, Step) for step in steps)
    assert [step.done for step in steps] == [0, 1, 2, 3, 4]
    assert {step.total for step in steps} == {5} and "双向转诊" in steps[1].doing


def test_a_section_anew_is_the_same_where_nothing_changed(
    drafter: Drafter, alliance: Draft, library: Library
) -> None:
    for at in range(1, 6):
        again = drafter.redraft(alliance, at)
        assert [said(part) for part in again.sections] == [said(p) for p in alliance.sections]
        assert resolves(again, library)


def test_a_section_is_found_by_its_heading(drafter: Drafter, alliance: Draft) -> None:
    heading = alliance.sections[2].heading
    assert drafter.redraft(alliance, heading).sections == alliance.sections
    for wrong in ("九、没有这一节", 0, 6, -1, 99):
        with pytest.raises(QuestionError):
            drafter.redraft(alliance, wrong)


def test_what_was_typed_survives_every_section_anew(
    drafter: Drafter, alliance: Draft, library: Library
) -> None:
    at = at_of(alliance, "16个")
    words = alliance.sentences[at].text.replace("16个", "16 个")
    draft = edit_sentence(alliance, at, words, library)
    draft = add_sentence(draft, at, TYPED)
    draft = edit_sentence(draft, 0, "您的提案收悉。", library)
    draft = edit_heading(draft, 2, "二、关于转诊")
    typed = {s.text for s in draft.sentences if s.by_hand}
    assert typed == {words, TYPED, "您的提案收悉。"}
    for section in range(1, 6):
        before = draft
        draft = drafter.redraft(draft, section)
        assert {s.text for s in draft.sentences if s.by_hand} == typed
        others = [i for i in range(7) if i != section]
        assert [said(draft.sections[i]) for i in others] == [
            said(before.sections[i]) for i in others
        ]
        assert resolves(draft, library)
    assert draft.sections[2].heading == "二、关于转诊"
    assert sum("16 个" in s.text or "16个" in s.text for s in draft.sentences) == 1


def test_what_was_filled_in_replaces_the_gap_for_good(canteen_library: Library) -> None:
    drafter = Drafter(canteen_library)
    draft = drafter.draft(ASKED, Wish(city=CITY))
    at = at_of(draft, "“开通海上渡轮航线”的工作情况")
    filled = drafter.redraft(edit_sentence(draft, at, TYPED, canteen_library), 2)
    assert TYPED in filled.sections[2].paragraphs[0].text
    assert not any("渡轮航线”的工作情况" in mark for mark in filled.placeholders)


def test_a_source_left_out_goes_from_every_section(
    drafter: Drafter, alliance: Draft, library: Library
) -> None:
    out = next(c.id for c in library.documents() if "1048" in c.source)
    assert out in {c.document_id for c in alliance.citations}
    draft = drafter.exclude(alliance, out)
    assert out not in {c.document_id for c in draft.citations} and resolves(draft, library)
    assert draft.wish.excluded == (out,)
    assert drafter.include(draft, out).wish.excluded == ()


def test_a_passage_left_out(drafter: Drafter, alliance: Draft, library: Library) -> None:
    passage = alliance.citations[0].passage_id
    draft = drafter.exclude(alliance, passage)
    assert passage not in {c.passage_id for c in draft.citations}
    assert alliance.citations[0].document_id in {c.document_id for c in draft.citations}


def test_a_typed_sentence_whose_source_is_left_out_is_kept_and_marked(
    drafter: Drafter, alliance: Draft, library: Library
) -> None:
    at = at_of(alliance, "16个")
    edited = edit_sentence(alliance, at, alliance.sentences[at].text + "特此说明。", library)
    number = edited.sentences[at].citations[0]
    out = next(c.document_id for c in edited.citations if c.number == number)
    left = drafter.exclude(edited, out)
    kept = next(s for s in left.sentences if "特此说明" in s.text)
    assert kept.support == "所引的文件已设为不采用"
    back = drafter.include(left, out)
    assert next(s for s in back.sentences if "特此说明" in s.text).support != kept.support


def test_a_sentence_taken_out_does_not_come_back(
    drafter: Drafter, alliance: Draft, library: Library
) -> None:
    at = at_of(alliance, "16个")
    draft = remove_sentence(alliance, at)
    assert resolves(draft, library)
    for section in range(1, 6):
        draft = drafter.redraft(draft, section)
    assert not any("16个紧密型" in s.text for s in draft.sentences)


def test_the_last_sentence_of_a_section_stays(canteen_library: Library) -> None:
    draft = Drafter(canteen_library).draft(ASKED, Wish(city=CITY))
    at = at_of(draft, "渡轮航线”的工作情况")
    draft = remove_sentence(draft, at)
    with pytest.raises(QuestionError):
        remove_sentence(draft, at_of(draft, "渡轮航线”的下一步"))


def place_of(library: Library, words: str) -> str:
    """Name the passage that has ``words``."""
    return next(
        passage.id
        for card in library.documents()
        for passage in library.passages_of(card.id)
        if words in passage.text
    )


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("培训护理员3600名", Role.RESULT),
        ("护理员数量不足", Role.PROBLEM),
        ("每餐补贴3元", Role.ELSEWHERE),
        ("新建社区食堂30个", Role.DONE),
    ],
)
def test_a_pinned_passage_is_used_in_its_role(
    canteen_library: Library, words: str, role: Role
) -> None:
    drafter = Drafter(canteen_library)
    draft = drafter.draft(ASKED, Wish(city=CITY))
    pinned = drafter.pin(draft, place_of(canteen_library, words), 2)
    found = [p.role for p in pinned.sections[2].paragraphs if words in p.text]
    assert found == [role.value]
    assert sum(words in s.text for s in pinned.sentences) == 1
    assert resolves(pinned, canteen_library)
    assert drafter.draft(ASKED, pinned.wish).sections == pinned.sections


def test_a_pin_without_a_section_goes_where_it_fits(canteen_library: Library) -> None:
    drafter = Drafter(canteen_library)
    draft = drafter.draft(ASKED, Wish(city=CITY))
    pinned = drafter.pin(draft, place_of(canteen_library, "每餐补贴3元"))
    assert "每餐补贴3元" in "".join(p.text for p in pinned.sections[1].paragraphs)


def test_a_pinned_table_row_is_said_with_its_years(drafter: Drafter, library: Library) -> None:
    draft = drafter.draft(
        "关于医院管理的提案\n建议：\n1.提高医疗质量。\n2.改善管理。", Wish(city="湖州")
    )
    row = next(
        passage
        for card in library.documents()
        if card.city == "湖州"
        for passage in library.passages_of(card.id)
        if passage.is_row and "CMI" in passage.text
    )
    pinned = drafter.pin(draft, row.id, 1)
    cited = {c.number for c in pinned.citations if c.span == row.span}
    (told,) = [s for s in pinned.sentences if cited & set(s.citations)]
    assert "2022年基期为0.95" in told.text and "2025年目标为1.10" in told.text
    assert told.support == "supported"


@pytest.mark.parametrize(
    ("place", "error"),
    [("没有这样的编号", QuestionError), ("d0:0-5", DocumentNotFoundError)],
)
def test_a_pin_that_names_nothing(
    drafter: Drafter, alliance: Draft, place: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        drafter.pin(alliance, place)


def test_a_pin_on_a_heading_is_refused(drafter: Drafter, alliance: Draft, library: Library) -> None:
    card = library.documents()[0]
    heading = library.document(card.id).outline[0].span
    with pytest.raises(QuestionError, match="完整句子"):
        drafter.pin(alliance, place_name(card.id, heading))


def test_the_form_is_filled_in_later(drafter: Drafter, alliance: Draft, library: Library) -> None:
    edited = edit_sentence(alliance, at_of(alliance, "专此函复"), "特此函复。", library)
    wish = Wish(
        body="市卫生健康委", number="1048", co_bodies=("市医保局", "市财政局"), signatory="李明",
        date="2026年5月8日", disclosure="主动公开", category="A", contact="王芳，020-12345678",
    )  # fmt: skip
    done = drafter.complete(edited, wish)
    assert "第1048号" in done.title and done.date == "2026年5月8日"
    assert "会同市医保局、市财政局" in done.sections[0].paragraphs[0].text
    assert done.remarks == (
        "公开属性：主动公开", "办理类别：A", "签发人：李明", "联系人及电话：王芳，020-12345678",
    )  # fmt: skip
    assert done.sections[1:6] == edited.sections[1:6] and done.sections[6] == edited.sections[6]
    gaps = [mark for mark in done.placeholders if "文件库中没有" not in mark]
    assert gaps == ["〔待补充：印发日期〕"]


def test_what_was_asked_is_kept_with_its_versions(
    drafter: Drafter, alliance: Draft, library: Library, tmp_path: Path
) -> None:
    store = DraftStore(tmp_path)
    first = store.keep(alliance)
    pinned = drafter.pin(alliance, alliance.citations[0].passage_id)
    typed = add_sentence(pinned, 3, TYPED)
    last = store.keep(drafter.exclude(typed, alliance.citations[-1].document_id), name=first.draft)
    kept = DraftStore(tmp_path).read(last.draft, last.version)
    assert kept.wish.pinned == pinned.wish.pinned and kept.wish.excluded
    assert any(s.by_hand and s.text == TYPED for s in kept.sentences)
    assert store.read(first.draft, 1) == alliance
