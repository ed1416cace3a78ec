"""A question that asks two things at once: what its answer leaves open is asked again by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answering.bodies import names_who
from assistant.answering.expectation import expectation_of
from assistant.answering.fitness import says_time
from assistant.answering.numbers import measured
from assistant.answering.statements import Outcome, Statement
from assistant.retrieval.intents import has_intent, intent_of
from assistant.retrieval.keywords import keywords
from assistant.text.match import match_key
from assistant.text.numbers import quantities
from assistant.types import Intent, Question, Reason

# Asks a part in the light of the parts before it; gives what was understood and its outcome.
AskPart = Callable[[str, Sequence[str]], tuple[Question, Outcome]]

_BREAK = re.compile(r"(?<=[，,；;？?、])")
_COUNTS = re.compile(r"(?:一共|总共|共|都)?(?:有|是|分)?几(?:个|项|条|类|种|家|所|方面|大|点)$")
_SEEN = (Intent.WHO, Intent.WHEN, Intent.VALUE)  # what a sentence can be seen not to tell
_MOST_PARTS = 4  # who asks more things at once gets what answers the whole
_OF_THE_WHOLE = (Reason.CITY_NOT_IN_LIBRARY, Reason.YEAR_NOT_IN_DOCUMENTS)


def complete(question: Question, outcome: Outcome, ask: AskPart) -> Outcome:
    """Add to an answer what tells the parts of ``question`` that it leaves open, or that none does.

    Where nothing answers the whole question, the parts that can be answered are.
    """
    parts = _parts(question.text)
    if (
        not 2 <= len(parts) <= _MOST_PARTS
        or question.intent is Intent.COMPARE
        or outcome.reason in _OF_THE_WHOLE
    ):
        return outcome
    said = list[Statement](() if outcome.reason else outcome.statements)
    remarks = list[Statement]()
    for place, part in enumerate(parts):
        kind = intent_of(part, city_count=0)
        asked, told = ask(part, parts[:place])
        if kind is question.intent is not Intent.VALUE:  # it is what the whole was taken for
            told = outcome if outcome.reason else told
            is_said = _has_words(asked, said) and (kind not in _SEEN or _is_told(asked, said))
            remarks += [_remark(part, told)] if told.reason and not is_said else []
        elif told.reason and (outcome.reason or (kind in _SEEN and not _is_told(asked, said))):
            remarks.append(_remark(part, told))
        elif not told.reason and not (_is_told(asked, said) and _has_numbers_of(said, told)):
            if not _has_words(asked, told.statements) or _counts_the_list(part, question):
                continue
            said = [*told.statements, *said] if place == 0 else [*said, *told.statements]
    if not said:
        return outcome
    return Outcome(tuple(dict.fromkeys((*said, *remarks))), is_lookup=outcome.is_lookup)


def _parts(text: str) -> list[str]:
    """Split a question into the clauses that each ask something, with what stands before them."""
    parts, before = list[str](), ""
    for clause in _BREAK.split(text):
        before += clause
        if has_intent(clause):
            parts.append(before.strip("，,；;？?、 "))
            before = ""
    return [*parts[:-1], parts[-1] + before] if parts else []


def _is_told(part: Question, said: Sequence[Statement]) -> bool:
    texts = [statement.text for statement in said]
    if part.intent is Intent.WHEN:
        return any(map(says_time, texts))
    if part.intent is Intent.WHO:
        return any(map(names_who, texts))
    if part.intent is not Intent.VALUE:
        return _has_words(part, said)
    expected = expectation_of(part)
    return not expected.wants_number or any(measured(expected, text) for text in texts)


def _counts_the_list(part: str, question: Question) -> bool:
    """Say whether ``part`` asks how many there are of what the question lists."""
    return question.intent is Intent.LIST and bool(_COUNTS.search(part))


def _has_words(part: Question, said: Sequence[Statement]) -> bool:
    """Say whether every word of ``part`` that carries its subject is said, in any form."""
    keys = match_key(" ".join(statement.text for statement in said))
    words = (word for word in keywords(part.focus, without=part.cities) if not word.is_light)
    return all(any(form in keys for form in word.forms) for word in words)


def _has_numbers_of(said: Sequence[Statement], other: Outcome) -> bool:
    """Say whether every number of ``other`` is said already."""
    known = {q.value for statement in said for q in quantities(statement.text)}
    return all(q.value in known for one in other.statements for q in quantities(one.text))


def _remark(part: str, refusal: Outcome) -> Statement:
    return Statement(f"关于“{part}”：{refusal.statements[0].text}")
