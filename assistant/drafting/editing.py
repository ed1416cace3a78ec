"""A draft changed by hand: what was typed is marked, checked against what it cites, and kept."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafting.composing import Setting
from assistant.drafting.duties import wrong_with
from assistant.drafting.evidence import Gatherer
from assistant.drafting.facts import cited_facts
from assistant.drafting.letter import in_order, section_at, with_placeholders, with_sentences
from assistant.drafting.places import Places, place_name
from assistant.drafting.proposal import Draft
from assistant.drafting.wording import PLACEHOLDER
from assistant.errors import QuestionError
from assistant.library import Library
from assistant.types import Sentence

BY_HAND = "手工填写，没有引文"
LEFT_OUT = "所引的文件已设为不采用"


def edit_sentence(draft: Draft, at: int, words: str, library: Library) -> Draft:
    """Return the draft with its ``at``-th sentence (from 0) made ``words``, checked again.

    A sentence with citations is ``supported`` or says what is wrong; one without is marked as typed by
    hand. Everything else stays as it is. Raises QuestionError for a sentence that is not there.
    """
    text = _text(draft, at, words)
    if text == draft.sentences[at].text:
        return draft
    edited = Sentence(text, draft.sentences[at].citations, by_hand=True)
    edited = replace(edited, support=_support(edited, draft, library))
    return with_placeholders(with_sentences(draft, lambda i, s: [edited if i == at else s]))


def add_sentence(draft: Draft, after: int, words: str) -> Draft:
    """Return the draft with ``words`` as a new sentence after the ``after``-th; raises QuestionError."""
    added = Sentence(_text(draft, after, words), (), BY_HAND, by_hand=True)
    return with_placeholders(with_sentences(draft, lambda i, s: [s, added] if i == after else [s]))


def remove_sentence(draft: Draft, at: int) -> Draft:
    """Return the draft without its ``at``-th sentence; a section written anew does not bring it back.

    Raises QuestionError for a sentence that is not there, and for the last one of a section.
    """
    _text(draft, at, "-")
    gone = set(draft.sentences[at].citations)
    left = with_sentences(draft, lambda i, s: [] if i == at else [s])
    if not all(section.paragraphs for section in left.sections):
        raise QuestionError("这是这一部分的最后一句，不能删去。请改写它。")
    cited = (place_name(c.document_id, c.span) for c in draft.citations if c.number in gone)
    excluded = tuple(dict.fromkeys((*draft.wish.excluded, *cited)))
    return in_order(replace(left, wish=replace(draft.wish, excluded=excluded)))


def edit_heading(draft: Draft, section: int | str, words: str) -> Draft:
    """Return the draft with a section's heading made ``words``; raises QuestionError."""
    at, text = section_at(draft, section), " ".join(words.split())
    if not text:
        raise QuestionError("标题是空的。请填写标题。")
    changed = replace(draft.sections[at], heading=text)
    return replace(draft, sections=(*draft.sections[:at], changed, *draft.sections[at + 1 :]))


def rechecked(draft: Draft, library: Library) -> Draft:
    """Check everything that was typed again: what it cites may have been left out since."""

    def checked_again(_: int, sentence: Sentence) -> list[Sentence]:
        if not sentence.by_hand:
            return [sentence]
        return [replace(sentence, support=_support(sentence, draft, library))]

    return with_sentences(draft, checked_again)


def _text(draft: Draft, at: int, words: str) -> str:
    text = " ".join(words.split())
    if not 0 <= at < len(draft.sentences) or not text:
        raise QuestionError("没有选中要修改的句子，或句子是空的。请先选一句，再填写内容。")
    return text


def _support(sentence: Sentence, draft: Draft, library: Library) -> str:
    cited = tuple(c for c in draft.citations if c.number in sentence.citations)
    if not cited:
        return PLACEHOLDER if sentence.text.startswith("〔待补充：") else BY_HAND
    left_out = Places.read(draft.wish.excluded)
    if any(left_out.has(c.document_id, c.span) for c in cited):
        return LEFT_OUT
    gatherer = Gatherer(library, excluded=draft.wish.excluded)
    setting = Setting(draft.wish.city, gatherer.newest_year(), library.cities())
    return wrong_with(sentence.text, cited_facts(library, cited), setting)
