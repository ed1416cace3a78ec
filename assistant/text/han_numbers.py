"""Whole numbers in Chinese numerals."""

from __future__ import annotations

HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_DIGITS = "一二三四五六七八九"


def read_number(written: str) -> int:
    """Read a number up to 9999 (十二, 一千二百零五), a run of digits one by one (二〇二四), or 12.

    Raises ValueError for what is no number.
    """
    if written.isdecimal():
        return int(written)
    if not written or not set(written) <= HAN_DIGITS.keys() | _PLACES.keys():
        raise ValueError(f"no number: {written!r}")
    if _PLACES.keys().isdisjoint(written):
        return int("".join(str(HAN_DIGITS[char]) for char in written))
    total, digit = 0, None
    for char in written:
        if char in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[char]
            digit = None
        else:
            digit = HAN_DIGITS[char] or None
    return total + (digit or 0)


def write_number(number: int) -> str:
    """Write 1 to 99: 一, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return lead + (_DIGITS[ones - 1] if ones else "")
