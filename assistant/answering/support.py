"""Is what was asked there at all? Which words of the question the place that would answer it lacks.

A missing word means more or less by where else it stands. One that another city's documents have and
this city's have not is the mark of a near miss: the question asks this city for what another has; one
that only another document of the city has is much the same. One that stands elsewhere in the same
document is mostly asked in other words; so is a verb that no document has, while a thing that no
document names is most likely not in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answering.ranking import Candidate
from assistant.answering.relevance import Query, Wanted, missing
from assistant.retrieval.keywords import Keyword
from assistant.text.county_names import find_counties
from assistant.text.places import find_places
from assistant.text.tokens import (
    is_proper_name,
    is_rare,
    names_a_place,
    names_a_thing,
    names_in_one,
)

_ELSEWHERE_IN_DOCUMENT, _ELSEWHERE_IN_CITY, _ONLY_OTHER_CITIES = 0.5, 1.0, 1.3
_UNKNOWN_THING, _UNKNOWN_WORD = 1.0, 0.4
SHARED_THING = 0.3  # of the pairs of a word, for a text to speak of the thing
_LONGEST_NAME_CHARS = 6
_MOST_OF_A_NAME = 0.6  # of its pairs: 商务厅 is not 水务厅


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a word stands: asked of the unit's document, of its city's, and of the whole library."""

    in_document: Callable[[str], bool]
    in_city: Callable[[str], bool]
    in_library: Callable[[str], bool]


def lacking_share(query: Query, best: Candidate, about: str, presence: Presence) -> float:
    """Return the share of the question's weight that the best unit lacks, by what each lack means.

    ``about`` is the match key of what its document is about: title, issuer, city.
    """
    unit = best.unit
    total = sum(one.weight for one in query.wanted if one.in_focus)
    lacking = missing(query, unit.key, unit.context, unit.lead, about)
    lost = sum(one.weight * _meaning(one.keyword, presence) for one in lacking)
    return lost / total if total else 0.0


def restricting_share(query: Query, best: Candidate, about: str, presence: Presence) -> float:
    """Return the weight share of the heaviest thing that the best unit lacks.

    The number of all proposals is no answer to how many of them were on elderly care, whether or not
    any document speaks of that. 旅游公路 is all that is asked where some document has it as one name:
    the length of 农村公路 is another number, however common the word 旅游 is.
    """
    unit = best.unit
    total = sum(one.weight for one in query.wanted if one.in_focus)
    texts = (unit.key, unit.context, unit.lead, about)
    lacking = missing(query, *texts, least_shared=SHARED_THING)
    things = [one for one in lacking if _restricts(one.keyword, presence)]
    if any(presence.in_library(name) for name in _compounds(query, things, lacking)):
        return 1.0
    alone = [one for one in lacking if _is_unknown_noun(one.keyword, presence)]
    if any(_compounds(query, alone, lacking)):  # 羊存栏, where no sheep are spoken of
        return 1.0
    heaviest = max((one.weight for one in things), default=0.0)
    return heaviest / total if total else 0.0


def _is_unknown_noun(keyword: Keyword, presence: Presence) -> bool:
    """Say whether a lone character is a noun that the document has nowhere."""
    lone = len(keyword.word) == 1 and names_in_one(keyword.word)
    return lone and not any(map(presence.in_document, keyword.forms))


def _restricts(keyword: Keyword, presence: Presence) -> bool:
    """Say whether a word names a thing, or a place that the city's documents have under some name."""
    if keyword.is_light:
        return False
    if names_a_place(keyword.word):
        return any(presence.in_city(form) for form in keyword.forms)
    return names_a_thing(keyword.word)


def _compounds(query: Query, things: Sequence[Wanted], lacking: Sequence[Wanted]) -> Iterator[str]:
    """Yield each lacking thing with the word that follows it in the question, where that is there.

    What is longer than a name (毕业生灵活就业) only says who does something.
    """
    for one, following in pairwise(query.wanted):
        name = one.keyword.word + following.keyword.word
        if len(name) > _LONGEST_NAME_CHARS:
            continue
        if one in things and following not in lacking and not following.keyword.is_light:
            yield name


def is_of_another_county(query: Query, best: Candidate, about: str) -> bool:
    """Say whether the question names a county of this city, and the best unit and its place do not.

    What one district of a city does is no answer to a question of the next.
    """
    unit = best.unit
    texts = (unit.key, unit.context, unit.lead, about)
    counties = (one.keyword for one in query.wanted if _city_of_county(one.keyword.word) in about)
    return any(not any(form in text for form in word.forms for text in texts) for word in counties)


@lru_cache(maxsize=512)
def _city_of_county(word: str) -> str:
    """Return the city of the county that ``word`` is in full; else a text that stands nowhere."""
    found = find_places(word) if len(word) > 2 and word[-1] in "县区市旗" else ()
    named = [place for place in found if place.level == "county" and place.full == word]
    return named[0].city if named else "\0"


def asks_of_unknown_name(query: Query, best: Candidate, presence: Presence) -> bool:
    """Say whether the question names a person or a body that no document names, in any form.
    A name of which the best unit has most is worded otherwise there (公立医疗机构).
    """
    lacking = missing(query, best.unit.key, least_shared=_MOST_OF_A_NAME)
    absent = (one for one in query.wanted if one in lacking or not one.in_focus)
    return any(
        is_proper_name(one.keyword.word) and not any(map(presence.in_library, one.keyword.forms))
        for one in absent
        if not presence.in_document(one.keyword.word)
    )


def is_of_another_region(query: Query, about: str, presence: Presence) -> bool:
    """Say whether the question names a region that the best unit's document never does (杨浦, of 重庆)."""
    regions = (one.keyword for one in query.wanted if _is_region(one.keyword.word))
    return any(
        not any(form in about or presence.in_document(form) for form in region.forms)
        for region in regions
    )


@lru_cache(maxsize=512)
def _is_region(word: str) -> bool:
    return is_rare(word) and is_proper_name(word) and bool(find_counties(word))


def asks_of_unknown_thing(lacking: Sequence[Wanted], presence: Presence) -> bool:
    """Say whether one of the ``lacking`` words is a thing that no document has under a known name."""
    things = (one.keyword for one in lacking if not one.keyword.is_light)
    return any(
        names_a_thing(thing.word)
        and len(thing.word) > 2
        and not any(presence.in_library(form) for form in thing.forms)
        for thing in things
    )


def _meaning(keyword: Keyword, presence: Presence) -> float:
    """Say what the lack of a word means; a synonym that stands elsewhere counts as the word."""
    if any(presence.in_document(form) for form in keyword.forms):
        return _ELSEWHERE_IN_DOCUMENT
    if any(presence.in_city(form) for form in keyword.forms):
        return _ELSEWHERE_IN_CITY
    if any(presence.in_library(form) for form in keyword.forms):
        return _ONLY_OTHER_CITIES
    return _UNKNOWN_THING if names_a_thing(keyword.word) else _UNKNOWN_WORD
