"""Edits by hand: checked again, marked, and nothing else changed."""

from __future__ import annotations

import pytest

from assistant.drafting import Drafter, Wish, edit_sentence
from assistant.errors import QuestionError
from assistant.library import Library
from eval.drafting.measure import load_cases

NUMBER = "16个紧密型城市医疗集团"


def test_an_edit_is_checked_against_what_it_cites(drafter: Drafter, library: Library) -> None:
    draft = drafter.draft(load_cases()[0].text, Wish(city="广州"))
    at = next(i for i, s in enumerate(draft.sentences) if NUMBER in s.text)
    words = draft.sentences[at].text
    same = edit_sentence(draft, at, words, library)
    assert same.sentences == draft.sentences
    wrong = edit_sentence(draft, at, words.replace("16个", "61个"), library)
    assert "61" in wrong.sentences[at].support
    others = [s for i, s in enumerate(wrong.sentences) if i != at]
    assert others == [s for i, s in enumerate(draft.sentences) if i != at]


def test_what_was_left_open_can_be_filled_in(drafter: Drafter, library: Library) -> None:
    draft = drafter.draft(next(c for c in load_cases() if c.absent).text, Wish(city="广州"))
    at = next(i for i, s in enumerate(draft.sentences) if s.support == "placeholder")
    filled = edit_sentence(draft, at, "我局已列入明年计划。", library)
    assert filled.sentences[at].support == "手工填写，没有引文"
    assert len(filled.placeholders) == len(draft.placeholders) - 1


def test_no_such_sentence(drafter: Drafter, library: Library) -> None:
    draft = drafter.draft(load_cases()[1].text, Wish(city="广元"))
    with pytest.raises(QuestionError):
        edit_sentence(draft, 10_000, "一句话。", library)
