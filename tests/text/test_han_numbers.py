"""Chinese numerals, read and written."""

from __future__ import annotations

import pytest

from assistant.text.han_numbers import read_number, write_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零五", 105),
        ("一千二百六十", 1260),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("两", 2),
        ("12", 12),
        ("１２", 12),
    ],
)
def test_numerals_are_read(written: str, number: int) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["", "甲", "十甲", "①", "-1"])
def test_what_is_no_number_is_said_to_be_none(written: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_number(written)


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_read_back(number: int) -> None:
    assert read_number(write_number(number)) == number
