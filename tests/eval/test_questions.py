"""The question files hold what their format says, and every gold quote stands in its document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.types import Reason, Status
from eval.evidence import EvidenceError, resolve
from eval.questions import TYPES, GoldQuestion, QuestionFileError, Split, load_questions

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
SPLITS: tuple[Split, ...] = ("dev", "test")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in CORPUS.glob("*.txt")}


@pytest.mark.parametrize("split", SPLITS)
def test_every_gold_quote_resolves(split: Split, texts: dict[str, str]) -> None:
    for question in load_questions(split):
        groups = resolve(question, texts)
        assert all(groups), question.id
        assert len(groups) == len(question.evidence)


def test_there_are_enough_questions_of_every_type() -> None:
    halves = [load_questions(split) for split in SPLITS]
    asked = [question for half in halves for question in half]
    assert len(asked) >= 240
    assert all(len(half) >= 120 for half in halves)
    assert sum(question.status is Status.REFUSED for question in asked) >= 40
    for half in halves:
        assert {question.type for question in half} == set(TYPES)
    assert len({question.id for question in asked}) == len(asked)
    assert len({(question.question, question.history) for question in asked}) == len(asked)


def test_every_kind_of_refusal_is_asked_for() -> None:
    for split in SPLITS:
        assert {question.reason for question in load_questions(split)} >= set(Reason)


def test_a_faulty_file_is_named_by_id_and_field_not_by_its_words(tmp_path: Path) -> None:
    row = {
        "id": "x-1",
        "type": "value",
        "question": "不可示人的问题",
        "history": [],
        "status": "answered",
        "reason": None,
        "values": [{"city": "", "value": "一", "unit": "", "year": None, "qualifier": ""}],
        "items": [],
        "forbidden": [],
        "evidence": [],
        "note": "",
    }
    (tmp_path / "dev.jsonl").write_text(json.dumps(row), "utf-8")
    with pytest.raises(QuestionFileError) as caught:
        load_questions("dev", tmp_path)
    assert "x-1: values" in str(caught.value)
    assert "x-1: evidence" in str(caught.value)
    assert "不可示人" not in str(caught.value)


def test_a_quote_that_does_not_stand_is_an_error(texts: dict[str, str]) -> None:
    question: GoldQuestion = next(q for q in load_questions("dev") if q.evidence)
    with pytest.raises(EvidenceError, match=question.id):
        resolve(question, dict.fromkeys(texts, "另一份文件"))
