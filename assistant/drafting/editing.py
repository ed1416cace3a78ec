"""A sentence of a draft edited by hand: checked again against what it cites, and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.verification import verify
from assistant.drafting.ages import year_of
from assistant.drafting.drafter import with_placeholders
from assistant.drafting.items import plain
from assistant.drafting.proposal import Draft, Paragraph, Section
from assistant.drafting.wording import PLACEHOLDER, full_name
from assistant.errors import QuestionError
from assistant.library import Library
from assistant.types import Citation, Sentence

BY_HAND = "手工填写，没有引文"


def edit_sentence(draft: Draft, at: int, words: str, library: Library) -> Draft:
    """Return the draft with its ``at``-th sentence (from 0) made ``words``, checked again.

    A sentence with citations is ``supported`` or says what is wrong; one without is marked as typed by
    hand. Everything else stays as it is. Raises QuestionError for a sentence that is not there.
    """
    sentences = draft.sentences
    text = " ".join(words.split())
    if not 0 <= at < len(sentences) or not text:
        raise QuestionError("没有选中要修改的句子，或句子是空的。请先选一句，再填写内容。")
    cited = [c for c in draft.citations if c.number in sentences[at].citations]
    edited = Sentence(text, sentences[at].citations, _support(text, cited, library))
    changed = (*sentences[:at], edited, *sentences[at + 1 :])
    return with_placeholders(replace(draft, sections=_refilled(draft.sections, changed)))


def _support(text: str, cited: Sequence[Citation], library: Library) -> str:
    if not cited:
        return PLACEHOLDER if text.startswith("〔待补充：") else BY_HAND
    context = [words for citation in cited for words in _context(citation, library)]
    return verify(text, [plain(citation.quote) for citation in cited], context)


def _context(citation: Citation, library: Library) -> tuple[str, ...]:
    document = library.document(citation.document_id)
    year = year_of(document)
    passages = library.passages((citation.passage_id,))
    whose = f"{full_name(document.city)} {document.issuer} {plain(document.title)}"
    return (whose, f"{year}年" if year else "", *citation.heading_path, *(p.text for p in passages))


def _refilled(sections: Sequence[Section], sentences: Sequence[Sentence]) -> tuple[Section, ...]:
    """Put ``sentences`` in the places of the old ones, in order."""
    rest = iter(sentences)

    def refill(paragraph: Paragraph) -> Paragraph:
        return replace(paragraph, sentences=tuple(next(rest) for _ in paragraph.sentences))

    return tuple(replace(s, paragraphs=tuple(refill(p) for p in s.paragraphs)) for s in sections)
