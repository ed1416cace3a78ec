"""The swap test swaps in what is truly wrong; gates hold only what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from memory_shelf import MemoryShelf

from assistant.answering.verification import verify
from eval.gates import GATES, Gate, failed, load_gates
from eval.rows import MEASURES
from eval.statistics import estimate, percentile
from eval.swap import swaps

CMI = "三甲综合医院病例组合指数（CMI）值从0.9提升到1.2左右"


def _accept_all(sentence: str, quotes: Sequence[str], context: Sequence[str]) -> str:
    return "supported"


def test_the_checker_sees_through_the_best_wrong_passage(shelf: MemoryShelf) -> None:
    answer = shelf.answer((CMI, "gy", CMI))
    candidates = [hit.passage for hit in answer.hits]
    (swap,) = swaps(answer, (), candidates, shelf, verify)
    assert swap.wrong.startswith("gy:")
    assert not swap.wrong.endswith(":0")  # not the passage that is cited
    assert swap.rejected
    assert swap.accepted


def test_a_checker_that_accepts_all_fails_the_swap_test(shelf: MemoryShelf) -> None:
    answer = shelf.answer((CMI, "gy", CMI))
    candidates = [hit.passage for hit in answer.hits]
    assert not swaps(answer, (), candidates, shelf, _accept_all)[0].rejected


def test_no_wrong_passage_no_swap(shelf: MemoryShelf) -> None:
    answer = shelf.answer((CMI, "gy", CMI))
    assert swaps(answer, (), [answer.hits[0].passage], shelf, verify) == ()


def test_the_gates_are_the_ones_that_were_promised() -> None:
    gates = {gate.figure: (gate.bound, gate.upper) for gate in load_gates()}
    assert gates == {
        "hit_5": (0.98, False),
        "correct": (0.95, False),
        "citation_precision": (0.95, False),
        "citation_recall": (0.97, False),
        "numbers_supported": (1.0, False),
        "refusal_recall": (0.95, False),
        "swaps_rejected": (0.99, False),
        "false_refusal": (0.03, True),
    }
    assert set(gates) <= set(MEASURES)
    assert GATES.is_relative_to(Path(__file__).parents[2])


def test_what_was_not_measured_does_not_hold() -> None:
    gate, ceiling = Gate("hit_5", 0.98, False), Gate("false_refusal", 0.03, True)
    assert failed((gate, ceiling), {}) == (gate, ceiling)
    assert failed((gate, ceiling), {"hit_5": 0.98, "false_refusal": 0.03}) == ()
    assert failed((gate, ceiling), {"hit_5": 0.979, "false_refusal": 0.031}) == (gate, ceiling)


def test_the_interval_is_seeded_and_holds_the_mean() -> None:
    scores = [1.0] * 90 + [0.0] * 10
    first, again = estimate(scores), estimate(scores)
    assert first == again
    assert first.mean == pytest.approx(0.9)
    assert 0.82 < first.low < 0.9 < first.high < 0.97
    assert estimate([1.0] * 20).low == 1
    assert estimate([]).count == 0
    assert percentile([1, 2, 3, 4], 0.5) == 2.5
