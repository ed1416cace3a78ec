"""Grade the stock systems on the same questions: what they find, and what the top chunk says."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.citations import rank_evidence
from eval.correctness import item_stated
from eval.evidence import resolve
from eval.figures import dense, stated_numbers
from eval.questions import GoldQuestion
from eval.statistics import Estimate, estimate
from eval.stock import FETCHED, Stock

BASELINE_MEASURES = ("hit_1", "hit_5", "hit_10", "mrr", "correct")


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A stock system's scores on one question; it never refuses, so refusals are all missed."""

    id: str
    type: str
    hit_1: float | None
    hit_5: float | None
    hit_10: float | None
    mrr: float | None
    correct: float | None
    milliseconds: float


def measure_baseline(
    questions: Iterable[GoldQuestion], stock: Stock, texts: Mapping[str, str]
) -> tuple[BaselineRow, ...]:
    """Ask a stock system every question, each after one warm question."""
    stock.search("公立医院高质量发展", FETCHED)
    return tuple(_row(question, stock, texts) for question in questions)


def _row(gold: GoldQuestion, stock: Stock, texts: Mapping[str, str]) -> BaselineRow:
    # It has no notion of a conversation: give it all turns as one query.
    query = " ".join((*gold.history, gold.question))
    started = time.perf_counter()
    chunks = stock.search(query, FETCHED)
    milliseconds = (time.perf_counter() - started) * 1000
    places = tuple(chunk.place for chunk in chunks)
    found = rank_evidence(places, resolve(gold, texts)) if gold.evidence_due else None
    return BaselineRow(
        id=gold.id,
        type=gold.type,
        hit_1=found.hit_1 if found else None,
        hit_5=found.hit_5 if found else None,
        hit_10=found.hit_10 if found else None,
        mrr=found.reciprocal_rank if found else None,
        correct=float(stands_in(gold, chunks[0].text)) if gold.answerable else None,
        milliseconds=milliseconds,
    )


def stands_in(gold: GoldQuestion, text: str) -> bool:
    """Say whether a chunk holds every value and item; year, city and what else it says are let pass."""
    numbers = {number.value for number in stated_numbers(text)}
    values = all(v.value in numbers and dense(v.unit) in dense(text) for v in gold.values)
    return values and all(item_stated(item, text) for item in gold.items)


def baseline_figures(rows: Sequence[BaselineRow]) -> dict[str, Estimate]:
    """Return the figures of a stock system with their intervals."""
    return {
        measure: estimate([score for row in rows if (score := getattr(row, measure)) is not None])
        for measure in BASELINE_MEASURES
    }
