"""Question → passage sets, and how well a score matrix finds the gold passages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, passages, and for each question the indices of its gold passages."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    gold: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class HitRates:
    """Share of questions, in percent, with a gold passage among the first 1, 5 and 10."""

    at_1: float
    at_5: float
    at_10: float

    def __str__(self) -> str:
        return f"{self.at_1:.1f} / {self.at_5:.1f} / {self.at_10:.1f}"


def read_sets(folder: Path) -> tuple[QuestionSet, ...]:
    """Read every pair of ``NAME-questions.jsonl.gz`` and ``NAME-passages.jsonl.gz``."""
    return tuple(
        _read_set(path, path.name.removesuffix("-questions.jsonl.gz"))
        for path in sorted(folder.glob("*-questions.jsonl.gz"))
    )


def hit_rates(scores: Scores, gold: Sequence[frozenset[int]]) -> HitRates:
    """Measure a (questions, passages) matrix; ties go to the passage that stands first."""
    ranked = np.argsort(-scores, axis=1, kind="stable")[:, : max(DEPTHS)]
    rates = [
        100.0
        * float(
            np.mean(
                [
                    bool(one & set(row[:depth]))
                    for one, row in zip(gold, ranked.tolist(), strict=True)
                ]
            )
        )
        for depth in DEPTHS
    ]
    return HitRates(*rates)


def over_best(scores: Scores) -> Scores:
    """Divide each question's scores by its best; what is below 0 counts as 0."""
    clipped = np.maximum(scores, 0.0)
    return np.asarray(clipped / np.maximum(clipped.max(axis=1, keepdims=True), 1e-9), np.float32)


def by_range(scores: Scores, *, first: int = 30) -> Scores:
    """Keep each question's ``first`` scores and bring them to [0, 1] by their own range.

    This is what assistant.retrieval.fusion does with the lists that the two legs return.
    """
    first = min(first, scores.shape[1])
    kept = np.partition(scores, -first, axis=1)[:, -first:]
    low, high = kept.min(axis=1, keepdims=True), kept.max(axis=1, keepdims=True)
    return np.asarray(np.maximum((scores - low) / np.maximum(high - low, 1e-9), 0), np.float32)


def fused(terms: Scores, meaning: Scores, weight: float) -> Scores:
    """Add two normalised score matrices, ``weight`` to the meaning."""
    return (1.0 - weight) * terms + weight * meaning


def _read_set(questions: Path, name: str) -> QuestionSet:
    asked = _rows(questions)
    passages = _rows(questions.with_name(f"{name}-passages.jsonl.gz"))
    place = {row["id"]: index for index, row in enumerate(passages)}
    return QuestionSet(
        name,
        tuple(str(row["question"]) for row in asked),
        tuple(str(row["text"]) for row in passages),
        tuple(frozenset(place[one] for one in row["gold"]) for row in asked),  # type: ignore[attr-defined]
    )


def _rows(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
