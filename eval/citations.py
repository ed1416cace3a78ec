"""Whether citations point to the gold evidence, and whether every number stands under one."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.text.numbers import quantities
from assistant.types import COMPUTED, Answer, Hit
from eval.arithmetic import results
from eval.evidence import Group, Place, proves, proves_any
from eval.figures import dense, number_tokens, supported_tokens
from eval.shelf import Shelf, cited_words, place_of

NO_RANK = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence among ranked places: share of facts in the first 1, 5, 10, and reciprocal rank."""

    hit_1: float
    hit_5: float
    hit_10: float
    reciprocal_rank: float


def rank_evidence(places: tuple[Place, ...], groups: tuple[Group, ...]) -> Found:
    """Grade ranked places, best first; the reciprocal rank is that of the first that proves a fact."""
    return Found(
        hit_1=share_proved(places[:1], groups),
        hit_5=share_proved(places[:5], groups),
        hit_10=share_proved(places[:10], groups),
        reciprocal_rank=next(
            (1 / rank for rank, place in enumerate(places, 1) if proves_any(place, groups)), NO_RANK
        ),
    )


def share_proved(places: tuple[Place, ...], groups: tuple[Group, ...]) -> float:
    """Return the share of facts that one of ``places`` proves."""
    return sum(any(proves(place, group) for place in places) for group in groups) / len(groups)


def hit_places(shelf: Shelf, hits: tuple[Hit, ...]) -> tuple[Place, ...]:
    """Return where hits stand, best first."""
    ranked = sorted(hits, key=lambda hit: hit.rank)
    return tuple(place_of(shelf, hit.passage.document_id, hit.passage.span) for hit in ranked)


def citation_places(shelf: Shelf, answer: Answer) -> tuple[Place, ...]:
    """Return where an answer's citations stand."""
    return tuple(place_of(shelf, cited.document_id, cited.span) for cited in answer.citations)


def citation_precision(places: tuple[Place, ...], groups: tuple[Group, ...]) -> float | None:
    """Return the share of cited places that prove some fact; None without citations."""
    return sum(proves_any(place, groups) for place in places) / len(places) if places else None


def unsupported_numbers(answer: Answer, shelf: Shelf) -> tuple[str, ...]:
    """Return the numbers of an answer that do not stand under their sentence's citations.

    A refusal may repeat the question's own numbers without a citation (文件中没有2030年的内容).
    """
    asked = f"{answer.question.text}\n{answer.question.standalone}" if answer.reason else ""
    return tuple(
        number
        for sentence in answer.sentences
        for number in missing_numbers(
            sentence.text,
            asked + "\n" + cited_words(shelf, answer, sentence.citations),
            computed=sentence.support == COMPUTED,
        )
    )


def missing_numbers(text: str, words: str, *, computed: bool) -> list[str]:
    """Return the numbers of ``text``, as written, that do not stand in ``words``.

    Where ``computed``, the result of a subtraction that ``text`` shows stands if it is right.
    """
    supported, key = supported_tokens(words), dense(words)
    if computed:
        supported |= results(text, supported)
    written = (quantity.span.of(text) for quantity in quantities(text))
    numerals = [
        number
        for number in written
        if not any(char.isdigit() and not char.isalpha() for char in number)
    ]
    missing = [token for token in number_tokens(text) if token not in supported]
    return missing + [number for number in numerals if dense(number) not in key]


def count_numbers(answer: Answer) -> int:
    """Count the numbers in an answer's sentences."""
    return sum(len(number_tokens(sentence.text)) for sentence in answer.sentences)
