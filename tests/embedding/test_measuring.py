"""The measuring script: figures on a set small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")

from assistant.embedding import StaticModel
from assistant.retrieval.fusion import normalised
from eval.embedding.__main__ import main
from eval.embedding.report import measure, safe_weight
from eval.embedding.rivals import bm25_scores
from eval.embedding.sets import QuestionSet, by_range, hit_rates, over_best

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


def test_hit_rates_count_questions_and_ties_go_to_the_first() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.5, 0.5, 0.5], [0.9, 0.8, 0.7]], np.float32)
    rates = hit_rates(scores, [frozenset({1}), frozenset({0}), frozenset({2})])
    assert rates.at_1 == pytest.approx(200 / 3) and rates.at_5 == 100


def test_bm25_finds_what_shares_words(small: QuestionSet) -> None:
    scores = bm25_scores(small.passages, small.questions)
    assert scores.argmax(axis=1).tolist()[:2] == [0, 1]
    assert (scores >= 0).all()


def test_by_range_is_what_retrieval_does() -> None:
    scores = np.random.default_rng(0).random((1, 50)).astype(np.float32)
    best = np.argsort(-scores[0])[:30]
    theirs = dict(normalised([(str(i), float(scores[0, i])) for i in best]))
    ours = by_range(scores, first=30)[0]
    assert ours[best] == pytest.approx([theirs[str(i)] for i in best], abs=1e-5)
    assert ours.sum() == pytest.approx(sum(theirs.values()), abs=1e-4)


def test_over_best_keeps_zero_and_one() -> None:
    scaled = over_best(np.array([[2.0, -1.0, 1.0], [0.0, 0.0, 0.0]], np.float32))
    assert scaled.tolist() == [[1.0, 0.0, 0.5], [0.0, 0.0, 0.0]]


def test_the_safe_weight_lowers_nothing(small: QuestionSet) -> None:
    measured = measure("static", StaticModel.load().encode, small)
    weight = safe_weight([measured], "over the best score")
    assert weight == 0.0 or measured.fused["over the best score", weight].at_1 >= (
        measured.terms.at_1
    )


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
