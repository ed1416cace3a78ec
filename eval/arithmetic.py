"""Arithmetic in answers, worked out again: a result counts only where its inputs and its sum are right."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from assistant.text.match import match_key

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SUBTRACTION = re.compile(
    rf"(?P<one>{_NUMBER})[^\d=]{{0,12}}?\s*[-−]\s*(?P<other>{_NUMBER})[^\d=]{{0,12}}?\s*=\s*(?P<result>{_NUMBER})"
)


def results(text: str, supported: Collection[str]) -> frozenset[str]:
    """Return the results of the subtractions that ``text`` shows (19% − 17.56% = 1.44个百分点).

    A result is given only where both inputs are among ``supported`` (digits as written) and the
    difference is exactly right; so a computed number is checked as strictly as a quoted one.
    """
    found = (_digits(match) for match in _SUBTRACTION.finditer(match_key(text)))
    return frozenset(
        result
        for one, other, result in found
        if one in supported
        and other in supported
        and Decimal(one) - Decimal(other) == Decimal(result)
    )


def _digits(match: re.Match[str]) -> tuple[str, str, str]:
    one, other, result = (match[name].replace(",", "") for name in ("one", "other", "result"))
    return one, other, result
