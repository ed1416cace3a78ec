"""A question that asks two things at once: what its answer leaves open is asked again by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answering.expectation import expectation_of
from assistant.answering.fitness import names_who, says_time
from assistant.answering.numbers import measured
from assistant.answering.statements import Outcome, Statement
from assistant.retrieval.intents import has_intent, intent_of
from assistant.types import Intent, Question

# Asks a part in the light of the parts before it; gives what was understood and its outcome.
AskPart = Callable[[str, Sequence[str]], tuple[Question, Outcome]]

_BREAK = re.compile(r"(?<=[，,；;？?、])")
_CHECKED = (Intent.WHO, Intent.WHEN, Intent.VALUE)  # what an answer can be seen to lack


def complete(question: Question, outcome: Outcome, ask: AskPart) -> Outcome:
    """Add to an answer what tells the parts of ``question`` that it leaves open, or that none does."""
    if outcome.reason or question.intent not in _CHECKED:
        return outcome
    parts = _parts(question.standalone)
    said = list(outcome.statements)
    for place, part in enumerate(parts if len(parts) > 1 else ()):
        kind = intent_of(part, city_count=0)
        if kind not in _CHECKED or kind is question.intent:
            continue
        asked, told = ask(part, parts[:place])
        if not _is_told(asked, said):
            more = _remark(part, told) if told.reason else told.statements
            said = [*more, *said] if place == 0 else [*said, *more]
    return Outcome(tuple(dict.fromkeys(said)), is_lookup=outcome.is_lookup)


def _parts(text: str) -> list[str]:
    """Split a question into the clauses that each ask something, with what stands before them."""
    parts, before = list[str](), ""
    for clause in _BREAK.split(text):
        before += clause
        if has_intent(clause):
            parts.append(before.strip("，,；;？?、 "))
            before = ""
    return parts


def _is_told(part: Question, said: Sequence[Statement]) -> bool:
    texts = [statement.text for statement in said]
    if part.intent is Intent.WHEN:
        return any(map(says_time, texts))
    if part.intent is Intent.WHO:
        return any(map(names_who, texts))
    expected = expectation_of(part)
    return not expected.wants_number or any(measured(expected, text) for text in texts)


def _remark(part: str, refusal: Outcome) -> tuple[Statement, ...]:
    return (Statement(f"另问“{part}”：{refusal.statements[0].text}"),)
