"""Answers written by a language model, each sentence checked before a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering.markers import Marked, marked_sentences
from assistant.answering.model import Model, ModelError
from assistant.answering.prompts import fill
from assistant.answering.shown import Numbered, check, choose_shown, source_in, tokens_of
from assistant.answering.statements import Outcome, Statement
from assistant.library import Library
from assistant.text.numbers import quantities
from assistant.types import SUPPORTED, Hit, Question

_MOST_SENTENCES, _MOST_REPAIRS = 12, 3
_LEAST_HAN, _HAN = 4, re.compile("[㐀-鿿]")
_COUNTS = "零一二三四五六七八九十"


@dataclass(slots=True)
class Draft:
    """What became of a model's sentences: those kept, and the failed with the reason."""

    kept: list[Statement] = field(default_factory=list)
    failed: list[tuple[Marked, str]] = field(default_factory=list)
    tokens: int = 0
    dropped: int = 0


class Writer:
    """Let a model write from passages; keep what the verifier bears out."""

    def __init__(self, library: Library, model: Model) -> None:
        self._library, self.model = library, model

    def write(
        self, question: Question, extract: Outcome, hits: Sequence[Hit]
    ) -> Iterator[Statement]:
        """Yield checked statements as the model writes them.

        What the reader must know is said in statements without sources: how many sentences were
        dropped, or that the model failed and ``extract`` follows.
        """
        draft, trouble = Draft(), ""
        shown = self._shown(question, extract, hits)
        try:
            yield from self._written(question, shown, draft)
            yield from self._repaired(shown, draft)
        except ModelError as error:
            trouble = str(error)
        yield from _ending(draft, extract, trouble)

    def _shown(
        self, question: Question, extract: Outcome, hits: Sequence[Hit]
    ) -> tuple[Numbered, ...]:
        cited = [
            source.passage_id or self._library.passage_id_at(source.document_id, source.span)
            for statement in extract.statements
            for source in statement.sources
        ]
        frame = fill("system") + fill("answer", passages="", question=question.standalone)
        left = self.model.tokens - self.model.answer_tokens - tokens_of(frame)
        return choose_shown(self._library, list(dict.fromkeys(cited)), hits, budget=left)

    def _written(
        self, question: Question, shown: Sequence[Numbered], draft: Draft
    ) -> Iterator[Statement]:
        if not shown:
            raise ModelError("每个问题的 token 上限容不下任何段落")
        words = "\n\n".join(one.words for one in shown)
        prompt = fill("answer", passages=words, question=question.standalone)
        for count, marked in enumerate(marked_sentences(self._asked(prompt, draft))):
            if count >= _MOST_SENTENCES:
                return
            statement, wrong = judged(marked, shown)
            if statement is None:
                draft.failed.append((marked, wrong))
            elif all(statement.text != kept.text for kept in draft.kept):
                draft.kept.append(statement)
                yield statement

    def _repaired(self, shown: Sequence[Numbered], draft: Draft) -> Iterator[Statement]:
        """Send each failed sentence back once with its reason, while the budget lasts."""
        draft.dropped = len(draft.failed)
        for marked, wrong in draft.failed[:_MOST_REPAIRS]:
            wanted = [one for one in shown if one.number in marked.numbers] or list(shown[:2])
            words = "\n\n".join(one.words for one in wanted)
            prompt = fill("repair", passages=words, sentence=marked.text, reason=wrong)
            if draft.tokens + tokens_of(prompt) + self.model.answer_tokens > self.model.tokens:
                return
            again = next(marked_sentences(self._asked(prompt, draft)), None)
            statement = judged(again, shown)[0] if again else None
            if statement and all(statement.text != kept.text for kept in draft.kept):
                draft.dropped -= 1
                draft.kept.append(statement)
                yield statement

    def _asked(self, prompt: str, draft: Draft) -> Iterator[str]:
        system = fill("system")
        draft.tokens += tokens_of(system) + tokens_of(prompt)
        for piece in self.model.stream(system, prompt):
            draft.tokens += tokens_of(piece)
            if draft.tokens > self.model.tokens:
                raise ModelError("语言模型用尽了每个问题的 token 上限")
            yield piece


def judged(marked: Marked, shown: Sequence[Numbered]) -> tuple[Statement | None, str]:
    """Return the statement that a sentence becomes, or None and what is wrong with it.

    A sentence without a valid marker is attributed only to a passage under which alone it passes.
    """
    cited = [one for one in shown if one.number in marked.numbers]
    if len(_HAN.findall(marked.text)) < _LEAST_HAN or "://" in marked.text:
        return None, "没有内容"
    if cited:
        wrong = check(marked.text, cited)
    else:
        cited = [one for one in shown if check(marked.text, [one]) == SUPPORTED][:1]
        wrong = SUPPORTED if cited else "没有注明依据的段落，也没有段落能证实"
    if wrong != SUPPORTED:
        return None, wrong
    bearing = [one for one in cited if check(marked.text, [one]) == SUPPORTED] or cited
    return Statement(marked.text, tuple(source_in(marked.text, one) for one in bearing)), SUPPORTED


def _ending(draft: Draft, extract: Outcome, trouble: str) -> Iterator[Statement]:
    """Say what was dropped or failed, and what of the extract the model left out."""
    if not draft.kept:
        reason = trouble or "它写的没有一句通过核对"
        yield Statement(f"语言模型未能作答（{reason}），以下直接摘自文件。")
        yield from extract.statements
        return
    if trouble:
        yield Statement(f"语言模型中途停止（{trouble}），以下补充直接摘自文件。")
    if draft.dropped:
        count = _COUNTS[draft.dropped] if draft.dropped < len(_COUNTS) else "多"
        yield Statement(f"模型所写另有{count}句未通过核对，已略去。")
    yield from (one for one in extract.statements if _is_left_out(one, draft.kept))


def _is_left_out(statement: Statement, kept: Sequence[Statement]) -> bool:
    """Say whether a statement of the extract has numbers, or is a remark, that no kept one says."""
    if not statement.sources:
        return True
    said = {quantity.value for one in kept for quantity in quantities(one.text)}
    wanted = {v.value for v in statement.values if v.value is not None} or {
        quantity.value for quantity in quantities(statement.text)
    }
    return not wanted <= said
