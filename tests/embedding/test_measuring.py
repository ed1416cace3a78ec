"""The measuring script: figures on a set small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")

from assistant.embedding import StaticModel
from assistant.library.embedders.static import StaticEmbedder
from eval.embedding.__main__ import main
from eval.embedding.report import lowers_nothing, measure, safe_weight
from eval.embedding.rivals import Encoder, bm25_scores, of_embedder
from eval.embedding.sets import QuestionSet, best_first, fused, hit_rates, legs_of

PASSAGES = (
    "借书证遗失的，应当及时挂失，补办需缴纳工本费。",
    "餐具应当每日消毒，消毒记录保存两年。",
    "逾期归还的，按每册每日一角收取费用。",
)
QUESTIONS = (("借书证丢了怎么补办", (0,)), ("餐具多久消毒", (1,)), ("还书晚了要交钱吗", (2,)))


@pytest.fixture
def small() -> QuestionSet:
    questions, gold = zip(*QUESTIONS, strict=True)
    return QuestionSet("small", questions, PASSAGES, tuple(map(frozenset, gold)))


def static() -> Encoder:
    return of_embedder("static", StaticEmbedder(StaticModel.load().name, None))


def test_hit_rates_count_questions_and_ties_go_to_the_first() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.5, 0.5, 0.5], [0.9, 0.8, 0.7]], np.float32)
    rates = hit_rates(best_first(scores), [frozenset({1}), frozenset({0}), frozenset({2})])
    assert rates.at_1 == pytest.approx(200 / 3) and rates.at_5 == 100


def test_bm25_finds_what_shares_words(small: QuestionSet) -> None:
    scores = bm25_scores(small.passages, small.questions)
    assert scores.argmax(axis=1).tolist()[:2] == [0, 1]
    assert (scores >= 0).all()


def test_legs_hold_what_has_a_score_best_first() -> None:
    legs = legs_of(np.array([[0.5, 0.0, 2.0, -1.0], [0.0, 0.0, 0.0, 0.0]], np.float32))
    assert legs == [[("000002", 2.0), ("000000", 0.5)], []]


def test_the_fusion_of_one_leg_is_its_own_order() -> None:
    terms = legs_of(np.array([[3.0, 1.0, 2.0]], np.float32))
    meaning = legs_of(np.array([[0.1, 0.9, 0.2]], np.float32))
    assert fused(terms, meaning, 0.0)[0][0] == 0 and fused(terms, meaning, 1.0)[0][0] == 1


def test_the_safe_weight_lowers_nothing(small: QuestionSet) -> None:
    measured = measure(static(), small)
    weight = safe_weight([measured])
    assert weight == 0.0 or lowers_nothing(measured, weight)
    assert measured.weight in measured.fused


def test_the_command_writes_tables(tmp_path: Path) -> None:
    pytest.importorskip("psutil")
    passages = [{"id": i, "text": text} for i, text in enumerate(PASSAGES)]
    questions = [{"question": question, "gold": list(gold)} for question, gold in QUESTIONS]
    for name, rows in (("small-passages", passages), ("small-questions", questions)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    out = tmp_path / "embedding.md"
    assert main(["--dev", str(tmp_path), "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "## small" in text and "BM25" in text and StaticModel.load().name in text
