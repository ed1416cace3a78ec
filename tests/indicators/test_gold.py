"""The corpus against the gold table: the gates of the project."""

from __future__ import annotations

import pytest

from assistant.indicators import extract
from eval.indicators.gold import places, read_gold
from eval.indicators.score import Score, read_corpus, score_corpus


@pytest.fixture(scope="module")
def scored() -> Score:
    return score_corpus()


def test_gates(scored: Score) -> None:
    assert scored.precision >= 0.98
    assert scored.recall >= 0.95
    assert scored.kind_and_year >= 0.98


def test_gates_hold_for_numbers_alone(scored: Score) -> None:
    numbers = scored.of(in_words=False)
    assert min(numbers.precision, numbers.recall, numbers.kind_and_year) >= 0.98


def test_gold_quotes_stand_in_the_documents() -> None:
    texts = {document.source: document.text for document in read_corpus()}
    lost = [row.quotes[0] for row in read_gold() if not places(row, texts[row.document])]
    assert not lost


def test_every_quote_is_verbatim_and_every_value_is_placed() -> None:
    for document in read_corpus():
        for value in extract(document):
            assert value.quote == document.text[value.span.start : value.span.end]
            assert value.document_id == document.id and value.name_as_written
            assert (value.value is None) == (value.relation.value == "words")
