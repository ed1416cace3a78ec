"""A small library shelf of real sentences, held in memory."""

from __future__ import annotations

from datetime import date

from assistant.types import (
    Answer,
    Citation,
    Document,
    DocumentKind,
    Hit,
    Intent,
    Passage,
    Question,
    Reason,
    Sentence,
    Span,
    Status,
)

GUANGYUAN = (
    "三甲综合医院病例组合指数（CMI）值从0.9提升到1.2左右，四级手术占比从16%提升到20%左右，微创手术占比从20%提升到25%左右。\n"
    "（九）加强组织领导。广元市人民政府办公室\n"
)
HUZHOU = (
    "三级公立医院病例组合指数(CMI值)达到1.1;四级手术占比达到19%。\n"
    "20232025年度资金使用计划分别为32637万元、40957万元、23906万元。\n"
)


class MemoryShelf:
    """Documents and passages in memory, cut at line ends."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {document.id: document for document in documents}

    def document(self, document_id: str) -> Document:
        return self._documents[document_id]

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        text, start, found = self._documents[document_id].text, 0, []
        for line in text.splitlines(keepends=True):
            span = Span(start, start + len(line.rstrip()))
            found.append(
                Passage(f"{document_id}:{start}", document_id, span, ("二、目标",), span.of(text))
            )
            start += len(line)
        return tuple(found)

    def answer(self, *stated: tuple[str, str, str], reason: Reason | None = None) -> Answer:
        """Make an answer of (sentence, document id, quote); the quote is cited when not empty."""
        sentences, citations = [], []
        for words, document_id, quote in stated:
            if quote:
                citations.append(self._cite(len(citations) + 1, document_id, quote))
            numbers = (len(citations),) if quote else ()
            sentences.append(Sentence(words, numbers))
        passages = [p for document_id in self._documents for p in self.passages_of(document_id)]
        return Answer(
            question=Question("问", "问", Intent.VALUE),
            status=Status.REFUSED if reason else Status.ANSWERED,
            reason=reason,
            sentences=tuple(sentences),
            citations=tuple(citations),
            hits=tuple(Hit(p, 1 / rank, rank, ("terms",)) for rank, p in enumerate(passages, 1)),
        )

    def _cite(self, number: int, document_id: str, quote: str) -> Citation:
        start = self._documents[document_id].text.index(quote)
        span = Span(start, start + len(quote))
        passage = next(p for p in self.passages_of(document_id) if p.span.overlaps(span))
        return Citation(number, document_id, passage.id, span, quote, passage.heading_path)


def implementation_plan(name: str, city: str, text: str) -> Document:
    return Document(
        id=name,
        title=f"{city}市公立医院高质量发展实施方案",
        kind=DocumentKind.PLAN,
        issuer=f"{city}市人民政府办公室",
        city=city,
        number="",
        index_number="",
        signed=date(2023, 12, 6),
        printed=None,
        published=None,
        source=f"documents/{name}.txt",
        text=text,
    )
