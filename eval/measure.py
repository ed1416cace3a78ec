"""Run the assistant over questions and grade each answer into a row."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering import Assistant
from assistant.library import Library
from assistant.types import Answer, Hit, Passage, Status
from eval.citations import (
    Found,
    citation_places,
    citation_precision,
    count_numbers,
    hit_places,
    rank_evidence,
    share_proved,
    unsupported_numbers,
)
from eval.correctness import Correctness, grade, words_of
from eval.evidence import Group, resolve
from eval.questions import GoldQuestion
from eval.rows import Row
from eval.swap import Swap, Verify, swaps

SEARCHED = 10
_WARM_EVERY = 10  # some of every type are asked before, untimed


@dataclass(frozen=True, slots=True)
class Graded:
    """A question's row, with the answer and what the checker said, for whoever may see them."""

    gold: GoldQuestion
    answer: Answer
    row: Row
    unsupported: tuple[str, ...]
    swaps: tuple[Swap, ...]


def texts_of(library: Library) -> dict[str, str]:
    """Return the stored texts by the name of their source file."""
    documents = (library.document(card.id) for card in library.documents())
    return {Path(document.source).name: document.text for document in documents}


def measure(
    questions: Sequence[GoldQuestion], assistant: Assistant, library: Library, verify: Verify
) -> tuple[Graded, ...]:
    """Ask every question once, warm, and grade the answers."""
    texts = texts_of(library)
    for question in questions[::_WARM_EVERY]:
        assistant.ask(question.question, question.history)
    return tuple(
        _graded(question, resolve(question, texts), assistant, library, verify)
        for question in questions
    )


def _graded(
    gold: GoldQuestion,
    groups: tuple[Group, ...],
    assistant: Assistant,
    library: Library,
    verify: Verify,
) -> Graded:
    started = time.perf_counter()
    answer = assistant.ask(gold.question, gold.history)
    milliseconds = (time.perf_counter() - started) * 1000
    found = assistant.search(answer.question.standalone, k=SEARCHED)
    unsupported = unsupported_numbers(answer, library)
    swapped = (
        swaps(answer, groups, _candidates(answer.hits, found), library, verify)
        if answer.status is Status.ANSWERED
        else ()
    )
    row = _row(gold, groups, answer, found, library, unsupported, swapped, milliseconds)
    return Graded(gold, answer, row, unsupported, swapped)


def _candidates(hits: tuple[Hit, ...], found: tuple[Hit, ...]) -> list[Passage]:
    """Return the passages that retrieval liked, best first: the answer's hits, then the search's."""
    ranked = sorted(hits, key=lambda hit: hit.rank)
    return list({hit.passage.id: hit.passage for hit in (*ranked, *found)}.values())


def _row(
    gold: GoldQuestion,
    groups: tuple[Group, ...],
    answer: Answer,
    found: tuple[Hit, ...],
    library: Library,
    unsupported: tuple[str, ...],
    swapped: tuple[Swap, ...],
    milliseconds: float,
) -> Row:
    due = gold.evidence_due
    ranks = rank_evidence(hit_places(library, answer.hits), groups) if due else None
    searched = rank_evidence(hit_places(library, found), groups) if due else None
    cited = citation_places(library, answer)
    right = grade(gold, answer, library)
    return Row(
        id=gold.id,
        type=gold.type,
        expected=gold.status,
        status=answer.status,
        reason=answer.reason or "",
        **_answer_scores(gold, answer, right),
        forbidden=float(right.forbidden),
        **_rank_scores(ranks),
        search_hit_5=searched.hit_5 if searched else None,
        citation_precision=citation_precision(cited, groups) if due else None,
        citation_recall=share_proved(cited, groups) if due else None,
        numbers=count_numbers(answer),
        numbers_unsupported=len(unsupported),
        swaps=len(swapped),
        swaps_rejected=sum(swap.rejected for swap in swapped),
        swaps_accepted=sum(swap.accepted for swap in swapped),
        sentences=len(answer.sentences),
        chars=len(words_of(answer)),
        milliseconds=milliseconds,
    )


def _answer_scores(
    gold: GoldQuestion, answer: Answer, right: Correctness
) -> dict[str, float | None]:
    """Score what applies: an answer's rightness, or a refusal's."""
    refused = answer.status is Status.REFUSED
    if gold.answerable:
        kept = None if right.qualifiers is None else float(right.qualifiers)
        return {
            "correct": float(right.right),
            "complete": right.complete,
            "qualifiers_kept": kept,
            "false_refusal": float(refused),
            "refused_right": None,
            "refused": None,
            "reason_right": None,
        }
    return {
        "correct": None,
        "complete": None,
        "qualifiers_kept": None,
        "false_refusal": None,
        "refused_right": float(right.right),
        "refused": float(refused),
        "reason_right": float(answer.reason is gold.reason) if refused else None,
    }


def _rank_scores(found: Found | None) -> dict[str, float | None]:
    return {
        "hit_1": found.hit_1 if found else None,
        "hit_5": found.hit_5 if found else None,
        "hit_10": found.hit_10 if found else None,
        "reciprocal_rank": found.reciprocal_rank if found else None,
    }
