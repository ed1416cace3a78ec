"""Articles of laws and rules that a question names by their number (第三十五条)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import refusing
from assistant.answering.statements import Outcome, Statement, source_at
from assistant.text.han_numbers import read_number
from assistant.text.match import match_key
from assistant.text.sentences import sentences
from assistant.types import Document, Heading, Passage, Question, Span

_ARTICLE = re.compile(
    r"第\s*(?P<number>[一二三四五六七八九十百千零〇\d]{1,7})\s*条(?:规定|讲|写|说|是|的|内容|里|中|$)"
)
_REFERS = re.compile(
    r"违反(?:了)?本[^，,。；;《》]{2,6}?((?:第[^，,。；;《》]{1,24}?)+)(?:的?规定|的)"
)
_EACH = re.compile(r"第([一二三四五六七八九十百千零〇\d]+)条")
_MOST_SENTENCES = 6


def article_asked(question: Question) -> int | None:
    """Return the number of the article that the question asks for."""
    match = _ARTICLE.search(match_key(question.focus or question.standalone))
    return read_number(match["number"]) if match else None


def answer_article(
    number: int, documents: Sequence[Document], passages: Sequence[Passage], question: Question
) -> Outcome:
    """Quote the article's sentences; refuse where the document has no such article."""
    heading = next(filter(None, (_heading(number, d) for d in documents)), None)
    inside = [p for p in passages if heading and heading.section.overlaps(p.span)]
    if not heading or not inside:
        return refusing.not_in_documents(question, ())
    return Outcome(tuple(_quoted(heading, inside))[:_MOST_SENTENCES])


def articles_referred_to(text: str, document: Document) -> str:
    """Return the words of the articles that ``text`` says are broken (违反本条例第五条规定的，…)."""
    named = (match[1] for refers in _REFERS.findall(text) for match in _EACH.finditer(refers))
    found = (_heading(read_number(written), document) for written in named)
    return " ".join(heading.section.of(document.text) for heading in found if heading)


def _heading(number: int, document: Document) -> Heading | None:
    return next((h for h in document.outline if _label_number(h) == number), None)


def _quoted(heading: Heading, passages: Sequence[Passage]) -> list[Statement]:
    said = []
    for passage in passages:
        start = max(heading.section.start, passage.span.start) - passage.span.start
        end = min(heading.section.end, passage.span.end) - passage.span.start
        for local in sentences(passage.text, Span(start, end)):
            span = Span(local.start + passage.span.start, local.end + passage.span.start)
            words = re.sub(r"\s*\n\s*", "", local.of(passage.text))
            said.append(Statement(words, (source_at(passage, span),)))
    return said


def _label_number(heading: Heading) -> int | None:
    match = re.fullmatch(
        r"第\s*([一二三四五六七八九十百千零〇\d]+)\s*条", match_key(heading.label).strip()
    )
    return read_number(match[1]) if match else None
