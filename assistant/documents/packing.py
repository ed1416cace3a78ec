"""Packing: a stretch of text is cut into pieces of about the same size at the best places.

The cuts minimise the sum of squared shortfalls and of what each cut costs (dynamic programming, as
in Knuth and Plass, Breaking Paragraphs into Lines, 1981): nothing between paragraphs and before
一是, 二是; more between other sentences; most inside a sentence, which only happens to one that is
too long for a piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.types import Span

_SENTENCE = re.compile(r"[。!?]+[\"”’』」)》〕】\]]*\s*")
_CLAUSE = re.compile(r"[;]+[\"”’』」]*\s*|:(?=[一1]是|\()")
_COMMA = re.compile(r"[,、]+\s*")
_ENUMERATES = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]是|首先|其次|再次|最后)"
)
_TAIL = re.compile(
    r"[〔(【\[]\s*(?:责任|牵头|配合|[^。〕)】\]]{2,400}(?:负责|落实|参与|配合|指导)\s*[〕)】\]])"
)
_SENTENCE_CUT = 0.08
_CLAUSE_CUT = 0.3
_COMMA_CUT = 0.6
_TAIL_CUT = 2.0
_TOO_LONG = 50.0


class _Unit(NamedTuple):
    start: int
    end: int
    cut: float  # what it costs to cut before it


def pack(folded: str, parts: Sequence[Span], max_chars: int) -> list[Span]:
    """Cut the stretch that ``parts`` (paragraphs in order) cover into pieces of at most ``max_chars``.

    ``max_chars`` counts code points. A sentence that fits is never cut. Pieces are trimmed of white
    space, in order, and together cover every part.
    """
    if not parts:
        return []
    whole = Span(parts[0].start, parts[-1].end)
    if len(whole) <= max_chars:
        return [whole]
    units = [unit for part in parts for unit in _units(folded, part, max_chars)]
    return _cheapest(units, max_chars)


def _units(folded: str, part: Span, max_chars: int) -> list[_Unit]:
    """Return the sentences of a paragraph, those that are too long in clauses."""
    units: list[_Unit] = []
    for order, (start, end) in enumerate(_pieces(folded, part.start, part.end, _SENTENCE)):
        cut = 0.0 if order == 0 or _ENUMERATES.match(folded, start) else _SENTENCE_CUT
        if order and _TAIL.match(folded, start):
            cut = _TAIL_CUT
        if end - start <= max_chars:
            units.append(_Unit(start, end, cut))
        else:
            units.extend(_clauses(folded, start, end, cut, max_chars))
    return units


def _clauses(folded: str, start: int, end: int, cut: float, max_chars: int) -> list[_Unit]:
    units: list[_Unit] = []
    for order, (first, last) in enumerate(_pieces(folded, start, end, _CLAUSE)):
        own = cut if order == 0 else _CLAUSE_CUT
        if order and _ENUMERATES.match(folded, first):
            own = _SENTENCE_CUT
        if last - first <= max_chars:
            units.append(_Unit(first, last, own))
            continue
        for place, (left, right) in enumerate(_pieces(folded, first, last, _COMMA)):
            for hard in range(left, right, max_chars):
                price = own if place == 0 and hard == left else _COMMA_CUT
                units.append(_Unit(hard, min(right, hard + max_chars), price))
    return units


def _pieces(folded: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return [start, end) cut behind each ``mark``, without blanks at the pieces' ends."""
    pieces = []
    first = start
    for found in mark.finditer(folded, start, end):
        pieces.append((first, found.end()))
        first = found.end()
    if first < end:
        pieces.append((first, end))
    trimmed = []
    for left, right in pieces:
        words = folded[left:right]
        left += len(words) - len(words.lstrip())
        right -= len(words) - len(words.rstrip())
        if left < right:
            trimmed.append((left, right))
    return trimmed


def _cheapest(units: Sequence[_Unit], max_chars: int) -> list[Span]:
    """Return the cheapest way to put units together, by dynamic programming from the start."""
    best = [0.0] + [float("inf")] * len(units)
    previous = [0] * (len(units) + 1)
    for last in range(1, len(units) + 1):
        for first in range(last - 1, -1, -1):
            size = units[last - 1].end - units[first].start
            if size > max_chars and first < last - 1:
                break
            short = max(0.0, 1 - size / max_chars)
            cost = best[first] + short * short + (units[first].cut if first else 0.0)
            if size > max_chars:
                cost += _TOO_LONG
            if cost < best[last]:
                best[last], previous[last] = cost, first
    spans = []
    last = len(units)
    while last > 0:
        first = previous[last]
        spans.append(Span(units[first].start, units[last - 1].end))
        last = first
    return spans[::-1]
