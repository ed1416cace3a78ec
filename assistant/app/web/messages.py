"""What stands in the chat: answers, refusals, and what is shown while they are made.

Each message is one line of HTML, so that Markdown leaves it alone; all words in it are escaped.
"""

from __future__ import annotations

from assistant.app.web.cards import Cards, anchor
from assistant.app.web.markup import escape, escape_lines
from assistant.app.wording import refusal_label, source_line, title_of
from assistant.types import COMPUTED, SUPPORTED, Answer, Question, Sentence, Status


def question_message(text: str) -> str:
    """Write the reader's own question."""
    return f'<div class="asked">{escape_lines(text)}</div>'


def pending_message(question: Question | None, sentences: tuple[Sentence, ...], turn: int) -> str:
    """Write what is known so far of an answer under way."""
    wait = "" if sentences else '<p class="wait">正在查找…</p>'
    body = f"{_understood(question)}{_sentences(sentences, turn)}{wait}"
    return f'<div class="answer pending">{body}</div>'


def arrived_message(question: Question | None, sentences: tuple[Sentence, ...], turn: int) -> str:
    """Write what had arrived of an answer that was stopped; empty when nothing had."""
    body = f"{_understood(question)}{_sentences(sentences, turn)}"
    return f'<div class="answer">{body}</div>' if body else ""


def fault_message(text: str) -> str:
    """Write why there is no answer: stopped, or a question that cannot be taken."""
    return f'<div class="answer fault" role="alert">{escape_lines(text)}</div>'


def answer_message(answer: Answer, turn: int) -> str:
    """Write the whole answer; a refusal says its kind first and looks different."""
    understood = _understood(answer.question)
    body = _sentences(answer.sentences, turn)
    if answer.status is Status.ANSWERED:
        return f'<div class="answer">{understood}{body}{_made(answer)}</div>'
    label = escape(refusal_label(answer.reason))
    return (
        f'<div class="answer refusal" role="note">{understood}'
        f'<p class="verdict"><b>未作答</b> · {label}</p>{body}{_made(answer)}</div>'
    )


def plain_answer(answer: Answer, cards: Cards) -> str:
    """Write the answer with its sources as plain text, for pasting into a document."""
    lines = [answer.text]
    for citation in answer.citations:
        card = cards.get(citation.document_id)
        about = source_line(card) if card else ""
        title = f"《{title_of(card)}》" if card else citation.document_id
        lines.append(f"[{citation.number}] {title}{f'（{about}）' if about else ''}")
    return "\n".join(lines)


def _understood(question: Question | None) -> str:
    if question is None or question.standalone == question.text:
        return ""
    return f'<p class="understood">理解为：{escape_lines(question.standalone)}</p>'


def _sentences(sentences: tuple[Sentence, ...], turn: int) -> str:
    return "".join(f"<p>{_sentence(sentence, turn)}</p>" for sentence in sentences)


def _sentence(sentence: Sentence, turn: int) -> str:
    marks = "".join(_mark(turn, number) for number in sentence.citations)
    doubt = ""
    if sentence.support == COMPUTED:
        doubt = ' <span class="computed">（由所引数值计算）</span>'
    elif sentence.support != SUPPORTED:
        doubt = f' <span class="doubt">未经核实：{escape(sentence.support)}</span>'
    return f"{escape_lines(sentence.text)}{marks}{doubt}"


def _mark(turn: int, number: int) -> str:
    return (
        f'<a class="cite" href="#{anchor(turn, number)}" title="查看依据 {number}">[{number}]</a>'
    )


def _made(answer: Answer) -> str:
    model = f"{escape(answer.model)} · " if answer.model else ""
    return f'<p class="made">{model}{answer.timings.total:.0f} 毫秒</p>'
