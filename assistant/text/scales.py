"""Scales: sentences that say something for each range of a number (80—89分的，留用80%；90分以上的，…)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.text.numbers import quantities
from assistant.types import Relation

_PARTS = re.compile("[；;]")
_SAID_OF = re.compile(r"\s*(?:的|者|部分)")


def bands_in(part: str) -> frozenset[str]:
    """Return the units of the ranges that ``part`` says something of (90分以上的，…; 1-3万元4分).

    A bound that ends what is said (达到90分以上) is none.
    """
    found = quantities(part)
    several = len({q.unit for q in found}) > 1
    bounded = (q for q in found if q.upper is not None or q.relation is not Relation.EQUAL)
    return frozenset(
        q.unit
        for q in bounded
        if _SAID_OF.match(part, q.whole.end) or (q.upper is not None and several)
    )


def shared_bands(parts: Sequence[str]) -> frozenset[str]:
    """Return the units in which two and more of ``parts`` have ranges."""
    counted = Counter(unit for part in parts for unit in bands_in(part))
    return frozenset(unit for unit, times in counted.items() if times > 1)


def is_scale(sentence: str) -> bool:
    """Say whether the parts of ``sentence`` between semicolons tell of ranges of one unit."""
    parts = [part for part in _PARTS.split(sentence) if part.strip("。 ")]
    units = shared_bands(parts)
    return bool(units) and sum(bool(units & bands_in(part)) for part in parts) >= len(parts) / 2
