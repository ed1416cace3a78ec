"""Fusion: what stands out wins, scales of scores do not matter, one leg alone keeps its order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import fuse, standing_out

HALF = {"terms": 0.5, "meaning": 0.5}
SCORES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(-5, 50), max_size=12)


def leg(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@given(SCORES, SCORES, st.floats(0, 1))
def test_every_candidate_comes_once_with_a_score_between_0_and_1(
    terms: dict[str, float], meaning: dict[str, float], weight: float
) -> None:
    found = fuse(
        {"terms": leg(terms), "meaning": leg(meaning)},
        {"terms": 1 - weight, "meaning": weight},
        k=99,
    )
    assert sorted(one.passage_id for one in found) == sorted({*terms, *meaning})
    assert all(-1e-9 <= one.score <= 1 + 1e-9 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert ("terms" in one.legs, "meaning" in one.legs) == (
            one.passage_id in terms, one.passage_id in meaning,
        )  # fmt: skip


def test_one_leg_alone_keeps_its_order_and_its_best_is_1() -> None:
    found = fuse({"terms": [("b", 9.0), ("a", 4.0), ("c", 1.0)]}, {"terms": 1.0}, k=9)
    assert [one.passage_id for one in found] == ["b", "a", "c"]
    assert (found[0].score, found[-1].score) == (1.0, 0.0)


def test_the_scale_of_a_leg_does_not_matter() -> None:
    terms = [("a", 9.0), ("b", 7.0), ("c", 1.0)]
    meaning = [("c", 0.9), ("b", 0.85), ("a", 0.2)]
    stretched = [(key, 100 * score - 7) for key, score in meaning]
    once = fuse({"terms": terms, "meaning": meaning}, HALF, k=9)
    again = fuse({"terms": terms, "meaning": stretched}, HALF, k=9)
    assert [one.passage_id for one in once] == [one.passage_id for one in again]


def test_a_leg_whose_best_stands_out_counts_for_more() -> None:
    field = [f"p{number}" for number in range(20)]
    sure = [("a", 30.0), *((key, 5.0 + 0.01 * at) for at, key in enumerate(field)), ("b", 4.0)]
    unsure = [("b", 0.62), *((key, 0.4 + 0.01 * at) for at, key in enumerate(field)), ("a", 0.3)]
    for legs in ({"terms": sure, "meaning": unsure}, {"terms": unsure, "meaning": sure}):
        assert fuse(legs, HALF, k=9)[0].passage_id == "a"


def test_nothing_found_is_nothing() -> None:
    assert fuse({"terms": [], "meaning": []}, HALF, k=9) == ()
    assert [one.passage_id for one in fuse({"terms": [], "meaning": [("a", 0.1)]}, HALF, k=9)] == [
        "a"
    ]


def test_equal_scores_stand_out_equally() -> None:
    assert standing_out({"a": 2.0, "b": 2.0}, ["a", "b", "c"]) == [1.0, 1.0, 0.0]
    found = fuse({"terms": [("b", 3.0), ("a", 3.0)]}, {"terms": 1.0}, k=9)
    assert [(one.passage_id, one.score) for one in found] == [("a", 1.0), ("b", 1.0)]
