"""Numbers as they stand in text, read apart from the assistant's own checker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.match import match_key
from assistant.text.numbers import quantities

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
# The source lost a dash, 年 or separators: 20232025年, 20238月底前, 20231016.
_GLUED_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)((?:19|20)\d\d)(?=年)")
_YEAR_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:[-至到]{1,2})((?:19|20)\d\d)(?=年)")
_GLUED_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d{1,2})(?=月)")
_GLUED_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_DENSE = re.compile(r"\s+")


def dense(text: str) -> str:
    """Return the match key of ``text`` without white space."""
    return _DENSE.sub("", match_key(text))


def number_tokens(text: str) -> tuple[str, ...]:
    """Return the numbers of ``text`` in order, digits as written, without thousands commas."""
    return tuple(match[0].replace(",", "") for match in _NUMBER.finditer(match_key(text)))


def supported_tokens(text: str) -> frozenset[str]:
    """Return the numbers that ``text`` supports: those written, and those that its damage hides.

    A year range, with its dash or without, supports its years; a year glued to its month or date
    supports each part.
    """
    key = match_key(text)
    return frozenset((*number_tokens(text), *_years_of_ranges(key), *_glued_parts(key)))


def _years_of_ranges(key: str) -> Iterator[str]:
    for pattern in (_GLUED_YEARS, _YEAR_RANGE):
        for first, last in pattern.findall(key):
            if int(last) - int(first) < 20:
                yield from map(str, range(int(first), int(last) + 1))


def _glued_parts(key: str) -> Iterator[str]:
    for pattern in (_GLUED_MONTH, _GLUED_DATE):
        for parts in pattern.findall(key):
            yield from parts
            yield from (str(int(part)) for part in parts)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a text states: its value, its unit as read, and the words that follow it."""

    value: Decimal
    unit: str
    after: str


def stated_numbers(text: str) -> tuple[Stated, ...]:
    """Return every number of ``text``, in digits or Chinese numerals with a counter."""
    digits = (
        Stated(Decimal(match[0].replace(",", "")), "", dense(match.string[match.end() :])[:24])
        for match in _NUMBER.finditer(match_key(text))
    )
    read = (
        Stated(value, quantity.unit, quantity.unit)
        for quantity in quantities(text)
        for value in (quantity.value, quantity.upper)
        if value is not None
    )
    return (*read, *digits)


def contains(text: str, words: str) -> bool:
    """Say whether ``text`` contains ``words``, by match key, white space aside."""
    return bool(dense(words)) and dense(words) in dense(text)


def says(text: str, words: str) -> bool:
    """Say whether ``text`` contains ``words``, by match key, its numbers whole.

    A number at an end of ``words`` must be the whole number in ``text``: 1.1 is not in 1.15 or 21.1,
    nor in two cells 1 and 1.
    """
    key = dense(words)
    pattern = "".join(
        re.escape(char) + ("" if _joined(char, follower) else r"\s*")
        for char, follower in zip(key, key[1:], strict=False)
    ) + re.escape(key[-1:])
    if key[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,])" + pattern
    if key[-1:].isdigit():
        pattern += r"(?!\d|[.,]\d)"
    return bool(key) and re.search(pattern, match_key(text)) is not None


def _joined(char: str, follower: str) -> bool:
    return char in "0123456789." and follower in "0123456789."
