"""Counties as those whose documents they are: what these are kept under, and the city above.

A document of a county belongs to that county. It is kept under the county's full name (石城县), with its
city's before it where several counties are so called (北京朝阳区).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.text.places import Place, counties_called, find_places


def label(place: Place) -> str:
    """Return the name under which documents of ``place`` are kept (湖州, 石城县, 北京朝阳区)."""
    if place.level != "county":
        return place.name
    several = len(counties_called(place.full)) > 1 and place.city
    return f"{place.city}{place.full}" if several else place.full


@lru_cache(maxsize=4096)
def county_of(label: str) -> Place | None:
    """Return the county that ``label`` names, None where it names a city or nothing known."""
    places = find_places(label)
    is_one = bool(places) and places[-1].level == "county" and places[-1].span.end == len(label)
    return places[-1] if is_one else None


@lru_cache(maxsize=4096)
def city_above(label: str) -> str:
    """Return the city that the county ``label`` lies in; empty for a city or an unknown place."""
    county = county_of(label)
    return county.city if county else ""


def is_of(label: str, cities: Collection[str]) -> bool:
    """Say whether ``label`` is one of ``cities`` or a county in one of them."""
    return label in cities or (bool(above := city_above(label)) and above in cities)


def finest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Leave out each place that only says where the next one lies (天津 of 天津市滨海新区)."""
    before = [place for place, after in pairwise(places) if not _leads(place, after)]
    return (*before, *places[-1:])


def _leads(place: Place, after: Place) -> bool:
    if after.span.start != place.span.end or after.level == "province":
        return False
    if place.level == "province":
        return after.province == place.name
    return place.level == "city" and after.level == "county" and after.city == place.name


def name_among(place: Place, labels: Collection[str]) -> str:
    """Return the name that ``place`` has among ``labels``: a county's own, else that of its city."""
    if place.level == "county":
        if (own := label(place)) in labels:
            return own
        unplaced = (one for one in labels if not place.city and one.endswith(place.full))
        return next(unplaced, place.city or place.name)
    return place.name
