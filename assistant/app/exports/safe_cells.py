"""Text from documents in spreadsheet cells: never a formula, never a character that Excel refuses."""

from __future__ import annotations

import re

_STARTS_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠](?=.)", re.DOTALL)
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
MOST_CHARS = 32_000  # Excel holds 32,767 in a cell


def storable(text: str) -> str:
    """Return ``text`` without characters that a cell cannot hold, cut to what it can."""
    shown = _REFUSED.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return shown if len(shown) <= MOST_CHARS else f"{shown[:MOST_CHARS]}……"


def starts_formula(text: str) -> bool:
    """Say whether a program would read ``text`` as a formula; a lone sign (=) is none."""
    return bool(_STARTS_FORMULA.match(text.lstrip(" ")))


def guarded(text: str) -> str:
    """Return ``text`` for a CSV cell, with an apostrophe in front where it would be a formula."""
    shown = storable(text)
    return f"'{shown}" if starts_formula(shown) else shown
