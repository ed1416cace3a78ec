"""Grounds: what a sentence may rest on, each citation with what it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answering.verification.facts import Fact, facts_of
from assistant.answering.verification.frames import dense, key_of, share

_SAME, _WITHIN = 0.8, 0.95


@dataclass(frozen=True)
class Ground:
    """Match keys: the cited words, what the document is about, and what surrounds the words."""

    quote: str
    about: str
    around: str

    @cached_property
    def text(self) -> str:
        """All of it."""
        return f"{self.quote}\n{self.about}\n{self.around}"

    @cached_property
    def dense(self) -> str:
        """All of it without white space."""
        return dense(self.text)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the quote and around it; of those for one value, the ones that say most."""
        found = (*facts_of(self.quote), *facts_of(self.around))
        told = {fact.quantity.value for fact in found if not fact.weak}
        strong = [f for f in found if not f.weak or f.quantity.value not in told]
        return tuple(f for f in strong if not any(_says_more(g, f) for g in strong))


def _says_more(one: Fact, other: Fact) -> bool:
    """Say whether ``one`` states the same as ``other`` and also for which year or of what kind."""
    units = {one.quantity.unit, other.quantity.unit} - {""}
    if one.quantity.value != other.quantity.value or len(units) > 1:
        return False
    more = (one.years and not other.years) or (
        one.kind and not other.kind and one.years == other.years
    )
    within = bool(one.core) and share(one.core, other.about) >= _WITHIN
    return bool(more) and (within or share(other.core, one.about) >= _SAME)


@lru_cache(maxsize=512)
def _ground(quote: str, about: str, around: str) -> Ground:
    return Ground(quote, about, around)


def grounds_of(quotes: Sequence[str], context: Sequence[str]) -> tuple[Ground, ...]:
    """Pair each quote with its context.

    ``context`` holds either what each document is about followed by what surrounds each quote (twice
    as many strings as quotes), or anything else, which then stands around every quote.
    """
    keys, around = [key_of(quote) for quote in quotes], [key_of(one) for one in context]
    count = len(keys)
    if count and len(around) == 2 * count:
        return tuple(map(_ground, keys, around[:count], around[count:]))
    together = "\n".join(around)
    return tuple(_ground(key, together, together) for key in keys)
