"""Question → passage sets, and how well a ranking finds the gold passages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.fusion import CANDIDATES, Scored, fuse

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


def hit_rates(ranked: Sequence[Sequence[int]], gold: Sequence[frozenset[int]]) -> HitRates:
    """Measure rankings: for each question, indices of passages, best first."""
    shares = [
        np.mean([not one.isdisjoint(row[:depth]) for one, row in zip(gold, ranked, strict=True)])
        for depth in DEPTHS
    ]
    return HitRates(*(100.0 * float(share) for share in shares))


def best_first(scores: Scores, *, most: int = max(DEPTHS)) -> list[list[int]]:
    """Rank the passages of a (questions, passages) matrix; ties go to the one that stands first."""
    ranked: list[list[int]] = np.argsort(-scores, axis=1, kind="stable")[:, :most].tolist()
    return ranked


def legs_of(scores: Scores) -> list[list[tuple[str, float]]]:
    """Cut each question's scores to what a leg returns: the first passages that have a score."""
    return [
        [(f"{index:06d}", float(row[index])) for index in found if row[index] > 0]
        for row, found in zip(scores, best_first(scores, most=CANDIDATES), strict=True)
    ]


def fused(
    terms: Sequence[Scored], meaning: Sequence[Scored], weight: float
) -> list[tuple[int, ...]]:
    """Fuse two legs as the product does (assistant.retrieval.fusion); ``weight`` to the meaning."""
    weights = {"terms": 1.0 - weight, "meaning": weight}
    return [
        tuple(
            int(one.passage_id)
            for one in fuse({"terms": words, "meaning": vectors}, weights, k=max(DEPTHS))
        )
        for words, vectors in zip(terms, meaning, strict=True)
    ]


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
