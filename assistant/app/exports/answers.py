"""An answer as a report: the question, the sentences with their marks, the sources."""

from __future__ import annotations

from assistant.app.exports.report import Line, Report, Sources
from assistant.app.terminal import one_line
from assistant.app.wording import MARKS, refusal_label
from assistant.library import Library
from assistant.types import COMPUTED, SUPPORTED, Answer, Sentence, Status


def answer_report(answer: Answer, library: Library) -> Report:
    """Write the answer down; a refusal says its kind, and its sources are what comes near."""
    is_answered = answer.status is Status.ANSWERED
    known = Sources(library, [citation.passage_id for citation in answer.citations])
    sources = (
        known.source(c.number, c.document_id, c.heading_path, c.quote, c.passage_id)
        for c in answer.citations
    )
    return Report(
        title=one_line(answer.question.text),
        notes=tuple(_notes(answer)),
        body=tuple(_line(sentence, bool(answer.model)) for sentence in answer.sentences),
        sources_head="出处" if is_answered else "文件中相关的内容（供参考）",
        sources=tuple(sources),
    )


def _notes(answer: Answer) -> list[str]:
    question = answer.question
    notes = []
    if question.standalone != question.text:
        notes.append(f"理解为：{one_line(question.standalone)}")
    if answer.status is Status.REFUSED:
        notes.append(f"未作答：{refusal_label(answer.reason)}")
    if answer.model:
        notes.append(f"由语言模型 {answer.model} 组织语言，逐句与所引原文核对。")
    return notes


def _line(sentence: Sentence, has_model: bool) -> Line:
    """Write a sentence; where a model wrote, say whose words it is, as the chat does."""
    whose = MARKS.get(sentence.mark) if has_model else None
    remark = f"（{whose}）" if whose else ""
    if sentence.support == COMPUTED:
        remark = "（由所引数值计算）"
    elif sentence.support != SUPPORTED:
        remark = f"（未经核实：{sentence.support}）"
    return Line(sentence.text.strip(), sentence.citations, remark)
