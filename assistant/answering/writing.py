"""Answers written by a language model, each sentence checked before a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.completing import left_out
from assistant.answering.judging import NO_CONTENT, Judge, Verdict, numbers_beyond
from assistant.answering.markers import Marked, marked_sentences
from assistant.answering.model import Model, ModelError, Spending, tokens_of
from assistant.answering.prompts import fill
from assistant.answering.shown import Numbered, choose_shown
from assistant.answering.statements import Outcome, Statement
from assistant.library import Library
from assistant.types import Drafted, Hit, MarkerFaults, Question, Writing

_MOST_SENTENCES, _MOST_REPAIRS, _MOST_TO_REPAIR_WITH = 12, 3, 2
_COUNTS = "零一两三四五六七八九十"


@dataclass(slots=True)
class Draft:
    """What became of a model's sentences so far: all of them, those kept, those to send back."""

    written: list[Drafted] = field(default_factory=list)
    kept: list[Statement] = field(default_factory=list)
    failed: list[tuple[int, Verdict]] = field(default_factory=list)
    faults: MarkerFaults = field(default_factory=MarkerFaults)

    def take(self, marked: Marked, verdict: Verdict) -> Statement | None:
        """Note a sentence with its verdict; returns its statement where that is new."""
        self.written.append(Drafted(marked.text, marked.numbers, verdict.wrong))
        if verdict.statement is None:
            self.failed.append((len(self.written) - 1, verdict))
        return self._new(verdict.statement)

    def mend(self, at: int, verdict: Verdict) -> Statement | None:
        """Note what the ``at``-th sentence became; returns its statement where that is new."""
        statement = self._new(verdict.statement)
        if statement:
            self.written[at] = replace(self.written[at], mended=statement.text)
        return statement

    def count(self, marked: Marked, shown: Sequence[Numbered]) -> None:
        """Count what is wrong with a sentence's markers."""
        faults = self.faults
        self.faults = MarkerFaults(
            faults.missing + bool(marked.text and not marked.numbers and not marked.malformed),
            faults.out_of_range + numbers_beyond(marked, shown),
            faults.malformed + marked.malformed,
        )

    def _new(self, statement: Statement | None) -> Statement | None:
        if statement is None or any(statement.text == one.text for one in self.kept):
            return None
        self.kept.append(statement)
        return statement


class Writer:
    """Let a model write from passages; keep what the verifier bears out."""

    def __init__(self, library: Library, model: Model) -> None:
        self._library, self.model = library, model

    def write(
        self, question: Question, extract: Outcome, hits: Sequence[Hit], spending: Spending
    ) -> Iterator[Statement | Writing]:
        """Yield checked statements as the model writes them, then the rest of ``extract``.

        At last comes the record of the writing. What the reader must know (how many sentences were
        dropped, that the model failed) is said in statements without sources.
        """
        draft, trouble = Draft(), ""
        try:
            judge = Judge(question, extract, self._shown(question, extract, hits, spending))
            yield from self._written(judge, draft, spending)
            yield from self._repaired(judge, draft, spending)
        except ModelError as error:
            trouble = str(error)
        record = Writing(
            self.model.name, tuple(draft.written), draft.faults, spending.used, trouble
        )
        yield from _ending(draft, record, extract)
        yield record

    def _shown(
        self, question: Question, extract: Outcome, hits: Sequence[Hit], spending: Spending
    ) -> tuple[Numbered, ...]:
        """Choose what the model reads. Raises ModelError when no passage fits, or it failed before."""
        if spending.trouble:
            raise ModelError(spending.trouble)
        cited = [
            source.passage_id or self._library.passage_id_at(source.document_id, source.span)
            for statement in extract.statements
            for source in statement.sources
        ]
        frame = fill("system") + fill("answer", passages="", question=question.standalone)
        budget = spending.left - self.model.answer_tokens - tokens_of(frame)
        ids = list(dict.fromkeys(cited))
        shown = choose_shown(self._library, question, ids, hits, budget=budget)
        if not shown:
            raise ModelError("每个问题的 token 上限容不下任何段落")
        return shown

    def _written(self, judge: Judge, draft: Draft, spending: Spending) -> Iterator[Statement]:
        words = "\n\n".join(one.words for one in judge.shown)
        prompt = fill("answer", passages=words, question=judge.question.standalone)
        for marked in marked_sentences(self.model.stream(fill("system"), prompt, spending)):
            draft.count(marked, judge.shown)
            if marked.text and (statement := draft.take(marked, judge.judge(marked))):
                yield statement
            if len(draft.written) >= _MOST_SENTENCES:
                return

    def _repaired(self, judge: Judge, draft: Draft, spending: Spending) -> Iterator[Statement]:
        """Send each failed sentence back once with its reason, while the budget lasts."""
        failed = [(at, one) for at, one in draft.failed if one.wrong != NO_CONTENT]
        for at, verdict in failed[:_MOST_REPAIRS]:
            bearing = verdict.bearing or judge.shown[:_MOST_TO_REPAIR_WITH]
            words = "\n\n".join(one.words for one in bearing)
            sentence = draft.written[at].text
            prompt = fill("repair", passages=words, sentence=sentence, reason=verdict.wrong)
            if tokens_of(fill("system") + prompt) + self.model.answer_tokens > spending.left:
                return
            pieces = self.model.stream(fill("system"), prompt, spending)
            again = next(marked_sentences(pieces), None)
            if again and (statement := draft.mend(at, judge.judge(again))):
                yield statement


def _ending(draft: Draft, record: Writing, extract: Outcome) -> Iterator[Statement]:
    """Say what failed, what of the extract the model left out, and how much was dropped."""
    if not draft.kept:
        reason = record.trouble or "它写的没有一句通过核对"
        yield Statement(f"语言模型未能作答（{reason}），以下直接摘自文件。")
    elif record.trouble:
        yield Statement(f"语言模型中途停止（{record.trouble}），以下补充直接摘自文件。")
    yield from left_out(extract, draft.kept)
    if draft.kept and record.dropped:
        count = _COUNTS[record.dropped] if record.dropped < len(_COUNTS) else "多"
        yield Statement(f"模型所写另有{count}句未通过核对，已略去。")
