"""The verifier over sentences made from the corpus by rule: what it accepts, what it sees through."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from claims import Claim, claims_of

from assistant.answering import Assistant
from assistant.answering.verification import verify
from assistant.types import SUPPORTED

REASONS = {
    "number": "没有",
    "year": "年",
    "city": "无关",
    "unit": "单位",
    "binding": "限定",
    "negation": "否定",
    "文号": "文号",
    "department": "没有「",
}


@pytest.fixture(scope="module")
def verdicts(corpus: Assistant) -> list[tuple[Claim, str]]:
    """Every claim of the corpus with the verifier's verdict."""
    claims = claims_of(corpus.library)
    return [(one, verify(one.sentence, one.quotes, one.context)) for one in claims]


def test_there_are_enough_of_every_kind(verdicts: list[tuple[Claim, str]]) -> None:
    counts = Counter(claim.what for claim, _ in verdicts)
    assert len(verdicts) >= 300
    assert counts["true"] >= 300
    assert {*REASONS, "exchanged", "order", "baseline for target", "achieved for target"} <= set(
        counts
    )


def test_the_true_are_accepted(verdicts: list[tuple[Claim, str]]) -> None:
    said = [verdict for claim, verdict in verdicts if claim.what == "true"]
    assert sum(verdict == SUPPORTED for verdict in said) / len(said) >= 0.97


def test_the_false_are_seen_through(verdicts: list[tuple[Claim, str]]) -> None:
    said = [verdict for claim, verdict in verdicts if claim.what != "true"]
    assert sum(verdict != SUPPORTED for verdict in said) / len(said) >= 0.99


@pytest.mark.parametrize("what", sorted({*REASONS, "exchanged", "order", "year of a row"}))
def test_no_kind_of_falsehood_is_a_blind_spot(verdicts: list[tuple[Claim, str]], what: str) -> None:
    said = [verdict for claim, verdict in verdicts if claim.what == what]
    assert sum(verdict != SUPPORTED for verdict in said) / len(said) >= 0.95


@pytest.mark.parametrize("what", sorted(REASONS))
def test_a_rejection_names_what_is_wrong(verdicts: list[tuple[Claim, str]], what: str) -> None:
    said = [v for claim, v in verdicts if claim.what == what and v != SUPPORTED]
    assert sum(REASONS[what] in verdict for verdict in said) / len(said) >= 0.9


def test_a_sentence_is_checked_in_five_milliseconds(corpus: Assistant) -> None:
    claims = claims_of(corpus.library)
    started = time.process_time()
    for claim in claims:
        verify(claim.sentence, claim.quotes, claim.context)
    assert (time.process_time() - started) / len(claims) < 0.005
