"""The evidence beside the chat: one numbered card for each citation of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote as url_quote

from assistant.app.terminal import one_line
from assistant.app.web.markup import escape
from assistant.app.web.quotes import numbers_of, quoted
from assistant.app.wording import refusal_label, source_line, title_of
from assistant.library import DocumentCard
from assistant.types import Answer, Citation, Passage, Status

Cards = Mapping[str, DocumentCard]
NOTHING_YET = (
    '<div class="evidence-empty"><b>依据</b><p>回答中的每个编号 [1] 都对应这里的一张卡片：'
    "出自哪份文件、哪一节、原文怎么写。点“查看原文”可打开整份文件并定位到引用的文字。</p></div>"
)


def anchor(turn: int, number: int) -> str:
    """Name the card of citation ``number`` in the ``turn``-th answer (both from 1)."""
    return f"ref-{turn}-{number}"


def document_url(document_id: str, start: int, end: int) -> str:
    """Return the address of a document opened at a span, relative to the page."""
    return f"documents/{url_quote(document_id, safe='')}?start={start}&end={end}#here"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the evidence of one turn is made of.

    ``turn`` counts from 1; ``words`` are the question's, to mark in the quotes; ``passages`` are
    those that the citations stand in.
    """

    turn: int
    answer: Answer
    words: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


def evidence(turns: tuple[Grounds, ...], cards: Cards) -> str:
    """Lay out the evidence of all turns, the last one first and open, earlier ones folded."""
    if not turns:
        return NOTHING_YET
    laid = [_turn(grounds, cards, grounds is turns[-1]) for grounds in turns]
    return f'<div class="evidence">{"".join(reversed(laid))}</div>'


def _turn(grounds: Grounds, cards: Cards, is_last: bool) -> str:
    answer = grounds.answer
    body = "".join(card(grounds, citation, cards) for citation in answer.citations)
    body = body or f'<p class="none">{_nothing(answer)}</p>'
    if not is_last:
        asked = f"第 {grounds.turn} 问：{escape(one_line(answer.question.text))}"
        return f'<details class="turn"><summary>{asked}</summary>{body}</details>'
    title = "依据" if answer.status is Status.ANSWERED else "相近内容，供参考"
    head = f"{title}（{len(answer.citations)}）" if answer.citations else "依据"
    return f'<section class="turn" aria-label="依据"><h3>{head}</h3>{body}</section>'


def _nothing(answer: Answer) -> str:
    searched = f"已检索最接近的 {len(answer.hits)} 段，" if answer.hits else ""
    return f"{searched}没有可引用的原文：{escape(refusal_label(answer.reason))}。"


def card(grounds: Grounds, citation: Citation, cards: Cards) -> str:
    """Write one card: number, document, place, the quote with the found words marked."""
    document = cards.get(citation.document_id)
    title = escape(one_line(title_of(document)) if document else citation.document_id)
    about = escape(source_line(document)) if document else ""
    path = " › ".join(escape(one_line(part)) for part in citation.heading_path)
    passage = next((p for p in grounds.passages if p.id == citation.passage_id), None)
    words = (*grounds.words, *numbers_of(grounds.answer, citation))
    url = document_url(citation.document_id, citation.span.start, citation.span.end)
    return (
        f'<article class="card" id="{anchor(grounds.turn, citation.number)}" tabindex="-1">'
        f'<header><span class="no">{citation.number}</span><h4>{title}</h4></header>'
        f"{_line('about', about)}{_line('path', path)}{quoted(citation, passage, words)}"
        f'<a class="open" href="{url}" target="_blank" rel="noopener">查看原文</a>'
        '<button type="button" class="back" data-act="back">返回回答</button></article>'
    )


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{text}</p>' if text else ""
