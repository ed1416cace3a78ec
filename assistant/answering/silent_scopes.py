"""Scopes that a text does not say each time: the side that a whole document is on."""

from __future__ import annotations

from functools import lru_cache

from assistant.answering.scopes import Sides, asked_sides, first_named, mentions
from assistant.text.match import match_key

# What a whole text can be on, and so does not say each time; how often it must name it.
_TAKEN_FOR_GRANTED = ("insured", "ownership", "sex")
# The number of all industries is none of one; what is said of all hospitals holds for each.
_SHARES_OF_ALL = ("industry", "firm")
_OFTEN, _NEARLY_ALONE = 5, 5


def is_in_text_of_others(asked: str, text: str, *found: str) -> bool:
    """Say whether a text that speaks of another side nearly alone is taken for granted in ``found``.

    A page on residents' insurance says 三级医院起付标准700元 of residents, whoever asks for 职工.
    """
    keys = [match_key(each) for each in found]
    for division in (*_TAKEN_FOR_GRANTED, *_SHARES_OF_ALL):
        wanted = asked_sides(asked).get(division, frozenset())
        if not wanted:
            continue
        if named := first_named(division, keys):
            return named.isdisjoint(wanted)
        if division in _SHARES_OF_ALL:
            return True
        own, others = _counted(division, wanted, text)
        if others >= _OFTEN and own * _NEARLY_ALONE <= others:
            return True
    return False


@lru_cache(maxsize=64)
def _counted(division: str, wanted: Sides, text: str) -> tuple[int, int]:
    return mentions(division, wanted, text)
