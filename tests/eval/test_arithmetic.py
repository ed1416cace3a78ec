"""Arithmetic in answers is worked out again."""

from __future__ import annotations

import pytest

from eval.arithmetic import results


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19% − 17.56% = 1.44个百分点，提高1.44个百分点", {"1.44"}),
        ("6.73天 − 6.50天 = 0.23天", {"0.23"}),
        ("2,513元 − 2,413元 = 100元", {"100"}),
        ("1.2 − 1.10 = 0.2", set()),  # wrong
        ("1.3 − 1.10 = 0.2", set()),  # 1.3 is cited nowhere
        ("提高0.23天", set()),
    ],
)
def test_only_right_differences_of_cited_numbers_count(text: str, found: set[str]) -> None:
    cited = {"19", "17.56", "6.73", "6.50", "2513", "2413", "1.2", "1.10"}
    assert results(text, cited) == found
