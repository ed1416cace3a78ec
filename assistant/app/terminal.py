"""Results as text for a terminal: answers with numbered sources, hits, status, documents."""

from __future__ import annotations

import sys

from assistant.app.json_output import passage_text
from assistant.app.wording import (
    MARKS,
    chinese_date,
    made_line,
    refusal_label,
    size,
    source_line,
    title_of,
)
from assistant.library import DocumentCard, Library, LibraryStatus
from assistant.types import Answer, Citation, Document, Heading, Hit, Status

QUOTE_CHARS = 300


def answer_text(answer: Answer, library: Library) -> str:
    """Write the answer with its marks, then the numbered sources; a refusal says so first."""
    cards = {card.id: card for card in library.documents()}
    parts = [_understood(answer), _verdict(answer), answer.text]
    if answer.citations:
        title = "出处" if answer.status is Status.ANSWERED else "文件中相关的内容"
        sources = [_source(c, cards.get(c.document_id)) for c in answer.citations]
        parts.append("\n".join([styled(f"{title}：", "1"), *sources]))
    parts.append(_made(answer))
    return "\n\n".join(part for part in parts if part)


def styled(text: str, code: str) -> str:
    """Wrap ``text`` in an ANSI style where standard output is a terminal."""
    return f"\x1b[{code}m{text}\x1b[0m" if sys.stdout.isatty() else text


def _understood(answer: Answer) -> str:
    question = answer.question
    same = question.standalone == question.text
    return "" if same else styled(f"（理解为：{question.standalone}）", "2")


def _verdict(answer: Answer) -> str:
    if answer.status is Status.ANSWERED:
        return ""
    return styled(f"【未作答 · {refusal_label(answer.reason)}】", "1;33")


def _made(answer: Answer) -> str:
    """Say what a model did, where one was asked: whose words the sentences are, and its name."""
    if answer.writing is None:
        return ""
    marks = [sentence.mark for sentence in answer.sentences]
    shown = MARKS.items() if answer.model else ()
    counted = [f"{name} {marks.count(mark)} 句" for mark, name in shown if mark in marks]
    return styled(f"（{'，'.join([*counted, made_line(answer)])}）", "2")


def _source(citation: Citation, card: DocumentCard | None) -> str:
    title = f"《{title_of(card)}》" if card else citation.document_id
    lines = [f"[{citation.number}] {title}", f"    {source_line(card)}" if card else ""]
    lines.append(f"    {_path(citation.heading_path)}" if citation.heading_path else "")
    lines.append(f"    “{_short(one_line(citation.quote))}”")
    return "\n".join(line for line in lines if line.strip())


def hits_text(hits: tuple[Hit, ...], library: Library) -> str:
    """Write the hits, best first, each with its document and heading path."""
    cards = {card.id: card for card in library.documents()}
    return (
        "\n\n".join(_hit(hit, cards.get(hit.passage.document_id)) for hit in hits) or "没有找到。"
    )


def _hit(hit: Hit, card: DocumentCard | None) -> str:
    place = " · ".join(
        filter(None, (title_of(card) if card else "", _path(hit.passage.heading_path)))
    )
    head = styled(f"{hit.rank}. {place}（{hit.score:.3f}）", "1")
    return f"{head}\n   {_short(one_line(passage_text(hit.passage)))}"


def status_text(numbers: LibraryStatus, cards: tuple[DocumentCard, ...]) -> str:
    """Write what the library holds, a line for each document, and what built it."""
    kept = numbers.catalogue_bytes + numbers.chroma_bytes + numbers.terms_bytes
    step = (
        "一致" if numbers.chroma_in_step and numbers.terms_in_step else "待同步（下次写入时修复）"
    )
    lines = [
        f"文件库：{numbers.directory}",
        f"文件 {numbers.documents} 份，段落 {numbers.passages} 段，指标值 {numbers.values} 个，"
        f"占用 {size(kept)}",
        f"向量模型：{numbers.embedder}（{numbers.dimensions} 维）；检索索引：{step}",
        *(["上次建立索引被中断，运行 assistant index 继续。"] if numbers.interrupted else []),
        "",
        *map(_card_line, cards),
    ]
    return "\n".join(lines).rstrip()


def _card_line(card: DocumentCard) -> str:
    damage = f"，残缺 {card.damage} 处" if card.damage else ""
    about = " · ".join(filter(None, (card.kind.value, source_line(card))))
    return f"· {title_of(card)}\n    {about}\n    {card.source}（{card.passages} 段{damage}）"


def document_text(card: DocumentCard, document: Document, sections: tuple[Heading, ...]) -> str:
    """Write a document: metadata, outline, text; or only the sections asked for."""
    if sections:
        return "\n\n".join(heading.section.of(document.text).strip() for heading in sections)
    facts = [
        ("标题", card.title),
        ("种类", card.kind.value),
        ("发文机关", card.issuer),
        ("城市", card.city),
        ("文号", card.number),
        ("成文日期", chinese_date(card.signed)),
        ("印发日期", chinese_date(card.printed)),
        ("发布日期", chinese_date(card.published)),
        ("来源文件", card.source),
        ("残缺", f"{card.damage} 处" if card.damage else ""),
    ]
    about = [f"{name}：{fact}" for name, fact in facts if fact]
    outline = [f"{'  ' * h.level}{h.label}{h.title}" for h in document.outline]
    parts = ["\n".join(about), "\n".join(["目录：", *outline]) if outline else "", "原文："]
    return "\n\n".join(part for part in [*parts, document.text.strip()] if part)


def one_line(text: str) -> str:
    """Put words that stand on several lines on one, table cells apart."""
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= QUOTE_CHARS else f"{text[:QUOTE_CHARS]}……"


def _path(heading_path: tuple[str, ...]) -> str:
    return " › ".join(heading_path)
