"""Counties as those whose documents they are: how they are written, in full and in short.

A document of a county belongs to that county. It is kept under the county's full name (石城县), with its
city's before it where several counties are so called (北京朝阳区).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.text.places import Place, counties_called, find_places, is_place
from assistant.text.tokens import is_proper_name, is_rare, words

_PEOPLES = (
    "满|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_OWN_NAME = re.compile(
    rf"^(?P<name>.{{2,}}?)(?:(?:(?:{_PEOPLES})族)+自治[县旗]|新区|林区|[县区市旗])$"
)
_BANNER = re.compile(r"[左右中前后]旗$")
_LEAST_ABBREVIATION = 3


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


def spell_counties(text: str, labels: Collection[str]) -> str:
    """Write the counties among ``labels`` in full where ``text`` has them in short (石城, 阿左旗)."""
    for name in labels:
        county = county_of(name)
        if county and county.full not in text and (short := _short_in(text, county.full)):
            text = text.replace(short, name, 1)
    return text


def _short_in(text: str, full: str) -> str:
    """Return the words of ``text`` that are short for the county ``full``, empty for none."""
    own = _OWN_NAME.match(full)
    name = own["name"] if own else ""
    if name and name in text and not is_place(name) and _is_name_in(text, name):
        return name
    if abbreviated := _abbreviation_in(text, full):
        return abbreviated
    banner = _BANNER.search(full)
    return banner[0] if banner and banner[0] in text else ""


def _is_name_in(text: str, name: str) -> bool:
    """Say whether ``name`` is one in ``text``: no everyday word (和平), or known for a place and cut out."""
    return is_rare(name) or (is_proper_name(name) and name in words(text))


def _abbreviation_in(text: str, full: str) -> str:
    """Return what has the first and the last character of ``full`` and between them some of the rest."""
    ends = [at + 1 for at, char in enumerate(text) if char == full[-1]]
    for start in (at for at, char in enumerate(text) if char == full[0]):
        for end in ends:
            short = text[start:end]
            if _LEAST_ABBREVIATION <= len(short) < len(full) and _is_drawn_from(short, full):
                return short
    return ""


def _is_drawn_from(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short) and not is_place(short)
