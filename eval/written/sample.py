"""The order in which questions are asked: whatever the run comes to, what it has asked is a fair sample."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from eval.questions import GoldQuestion
from eval.statistics import SEED


def stratified(questions: Sequence[GoldQuestion], seed: int = SEED) -> tuple[GoldQuestion, ...]:
    """Order questions so that every beginning has the types in the proportions of the whole.

    Within a type the order is drawn by ``seed``. The i-th of a type with n questions stands at
    (i + ½)/n of the whole, as in systematic sampling (Madow 1949).
    """
    draw = random.Random(seed)
    by_type: dict[str, list[GoldQuestion]] = defaultdict(list)
    for question in questions:
        by_type[question.type].append(question)
    placed = []
    for of_type in by_type.values():
        draw.shuffle(of_type)
        placed += [((i + 0.5) / len(of_type), question) for i, question in enumerate(of_type)]
    return tuple(question for _, question in sorted(placed, key=lambda pair: pair[0]))
