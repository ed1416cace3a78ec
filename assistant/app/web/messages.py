"""What stands in the chat: answers, refusals, and what is shown while they are made.

Each message is one line of HTML, so that Markdown leaves it alone; all words in it are escaped.
"""

from __future__ import annotations

from assistant.app.web.cards import Cards, anchor
from assistant.app.web.markup import escape, escape_lines
from assistant.app.wording import MARKS, made_line, refusal_label, source_line, title_of
from assistant.types import COMPUTED, SUPPORTED, Answer, Mark, Question, Sentence, Status

_MEANINGS = {
    Mark.VERIFIED: "语言模型所写，数字、单位、年份、城市等已逐项与所引原文核对",
    Mark.QUOTED: "直接摘自文件，或由指标表查得",
}


def question_message(text: str) -> str:
    """Write the reader's own question."""
    return f'<div class="asked">{escape_lines(text)}</div>'


def pending_message(question: Question | None, sentences: tuple[Sentence, ...], turn: int) -> str:
    """Write what is known so far of an answer under way."""
    doing = "正在作答…" if question else "正在查找…"
    wait = "" if sentences else f'<p class="wait">{doing}</p>'
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
    body = _sentences(answer.sentences, turn, by_model=answer.writing is not None)
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


def _sentences(sentences: tuple[Sentence, ...], turn: int, *, by_model: bool = False) -> str:
    """Write the sentences, each with whose words it is where a model has a part in them."""
    marked = by_model or any(sentence.mark is Mark.VERIFIED for sentence in sentences)
    return "".join(_sentence(sentence, turn, marked=marked) for sentence in sentences)


def _sentence(sentence: Sentence, turn: int, *, marked: bool) -> str:
    if marked and sentence.mark is Mark.NOTE:
        return f'<p class="note">{escape_lines(sentence.text)}</p>'
    marks = "".join(_mark(turn, number) for number in sentence.citations)
    doubt = _whose(sentence.mark) if marked and sentence.mark in MARKS else ""
    if sentence.support == COMPUTED:
        doubt += ' <span class="computed">（由所引数值计算）</span>'
    elif sentence.support != SUPPORTED:
        doubt += f' <span class="doubt">未经核实：{escape(sentence.support)}</span>'
    return f"<p>{escape_lines(sentence.text)}{marks}{doubt}</p>"


def _whose(mark: Mark) -> str:
    return f' <span class="whose {mark.value}" title="{_MEANINGS[mark]}">{MARKS[mark]}</span>'


def _mark(turn: int, number: int) -> str:
    return (
        f'<a class="cite" href="#{anchor(turn, number)}" title="查看依据 {number}">[{number}]</a>'
    )


def _made(answer: Answer) -> str:
    return f'<p class="made">{escape(made_line(answer))}</p>'
