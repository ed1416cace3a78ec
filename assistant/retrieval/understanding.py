"""A question as typed becomes a Question: which cities, years and indicators, and what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.indicators import find_indicators
from assistant.retrieval.followup import Resolved, resolve
from assistant.retrieval.intents import has_intent, intent_of
from assistant.retrieval.naming import Naming, Titled, documents_named
from assistant.text.counties import city_above, finest, label, name_among
from assistant.text.county_names import find_short_counties, in_full, spell_counties
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.text.places import Place, find_misspelt, find_places, places_in, province_of
from assistant.types import Intent, Question

_OTHER_CITIES = re.compile(r"(?:别的|其他|其它)(?:城市|地方|地市|市)")
_RELATIVE_YEARS = {"前年": -2, "去年(?!同期)": -1, "今年": 0, "明年": 1, "后年": 2}
_LISTED_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s*(?:[、,，和与及/]\s*20\d\d|[两三四五]年))")
_OWN_NAME_FOLLOWS = re.compile(
    r"[的是有要提设定到在和与跟、，,。？?！!：:\s]|市(?!直|属)|呢|哪|多|几|怎|如|[12]\d{3}|[一-九]年|目标|现在|目前|今年"
)
# 跟甲市、乙市等周边城市, 与甲市的合作: of places that the asked one has to do with.
_WITH = re.compile(r"[㐀-鿿](?:和|与|跟|同|及)(?:[㐀-鿿]{2,6}[、和及])*$")
_LIST_OF_OTHERS = re.compile(
    r"[市省]?(?:[、和及][㐀-鿿]{2,6}?)*等(?:周边|邻近|毗邻|相邻|外地)|之间"
)
_TOGETHER = re.compile(
    r"[市省]?(?:[、和及][㐀-鿿]{2,6}?)*(?:等[^，。？?的]{0,5})?的?[^，。？?的]{0,8}"
    r"(?:互认|合作(?!医疗|社)|协作|结对|帮扶|支援|联动|通办)"
)
_ASKS_OF_EACH = re.compile(r"各|分别|谁|哪个|不同|比|差")


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What understanding needs to know of a library.

    ``cities`` are the short names of the cities that have documents, ``titles`` how those are named. ``mentions`` says whether any
    document contains the given words. ``today`` is what 今年 is relative to.
    """

    cities: tuple[str, ...]
    mentions: Callable[[str], bool]
    titles: Sequence[Titled] = ()
    today: date = date.min


_PREAMBLE = re.compile(
    r"[^：:。！!？?]{0,30}(?:我们?|咱们?|领导(?:让|要|叫|问|交办))[^：:。！!？?]{0,40}[：:。！!]"
)
_LEAST_CHARS = 6


def understand(text: str, history: Sequence[str], view: LibraryView) -> Question:
    """Read the question in the light of earlier ones (oldest first)."""
    spelt = _dated(_spelt(_listed_years(_without_preamble(text)), view), view.today)
    resolved = resolve(spelt, [_spelt(turn, view) for turn in history])
    return _understood(text, spelt, resolved, view)


def _understood(text: str, spelt: str, resolved: Resolved, view: LibraryView) -> Question:
    standalone, before = resolved.standalone, resolved.before
    places = _without_partners(finest(places_in(standalone)), standalone)
    cities = () if _OTHER_CITIES.search(spelt) else _cities(places, view)
    absent = tuple(
        dict.fromkeys(label(p) for p in places if _asked_but_absent(p, standalone, cities, view))
    )
    asking = spelt if has_intent(spelt) and not resolved.repeats else standalone
    indicators = find_indicators(resolved.focus)
    naming = documents_named(resolved.focus, view.titles, cities=cities, by_words=not places)
    if naming == Naming() and before:
        naming = documents_named(standalone, view.titles, cities=cities, by_words=not places)
    undated = re.sub(r"\s", "", match_key(standalone)).replace(naming.dated, "")
    return Question(
        text=text,
        standalone=standalone,
        focus=resolved.focus,
        intent=_intent(asking, len(cities) + len(absent), indicators),
        cities=cities,
        absent_cities=absent,
        years=tuple(
            dict.fromkeys(year.year for year in find_years(undated if naming.dated else standalone))
        ),
        indicators=indicators,
        documents=naming.documents,
        unknown_numbers=naming.unknown_numbers,
        before=_understood(before, before, Resolved(before, before), view) if before else None,
    )


def _without_preamble(text: str) -> str:
    """Drop what a reader says of their own work before asking (我们在起草汇报，想参考一下：…)."""
    match = _PREAMBLE.match(text)
    rest = text[match.end() :].strip() if match else ""
    return rest if len(rest) >= _LEAST_CHARS and has_intent(rest) else text


def _intent(asking: str, city_count: int, indicators: Sequence[str]) -> Intent:
    """Return what is asked; an indicator named with no word of asking is asked for its value."""
    if indicators and city_count < 2 and not has_intent(asking):
        return Intent.VALUE
    return intent_of(asking, city_count=city_count)


def _spelt(text: str, view: LibraryView) -> str:
    """Write cities as they are written, and in full the library's counties and those beside a city."""
    text = _spelt_cities(spell_counties(text, view.cities), view.cities)
    named = {place.city for place in find_places(text) if place.level == "city"}
    short = find_short_counties(text) if named else ()
    return in_full(text, [one for one in short if _stands_beside(one, named, text, view)])


def _spelt_cities(text: str, cities: Sequence[str]) -> str:
    """Write the name of one of ``cities`` that is misspelt or in pinyin; none is where a city is named."""
    if any(place.level == "city" for place in find_places(text)):
        return text
    mentions = find_misspelt(text, cities)
    for mention in sorted(mentions, key=lambda m: m.span.start, reverse=True)[:1]:
        text = text[: mention.span.start] + mention.city + text[mention.span.end :]
    return text


def _stands_beside(county: Place, named: Collection[str], text: str, view: LibraryView) -> bool:
    """Say whether ``county`` is named beside cities as one more (天津和花都; not 花都模式)."""
    following = text[county.span.end :][:2]
    is_part = bool(following) and view.mentions(county.span.of(text) + following)
    return county.city in view.cities and county.city not in named and not is_part


def _listed_years(text: str) -> str:
    """Write the years of a list as years: 2023、2024、2025三年."""
    return _LISTED_YEAR.sub(r"\g<0>年", text)


def _dated(text: str, today: date) -> str:
    """Write 今年, 去年, 明年 as the years that they are."""
    if today == date.min:
        return text
    for word, offset in _RELATIVE_YEARS.items():
        text = re.sub(rf"(?<![同比较]){word}", f"{today.year + offset}年", text)
    return text


def _cities(places: Sequence[Place], view: LibraryView) -> tuple[str, ...]:
    """Return the library's counties, cities and provinces that are named.

    A county without documents of its own stands for its city, such a city for the counties in it
    that have, and such a province, named alone, for the cities in it that have.
    """
    own = (name for place in places for name in _kept_under(place, view))
    named = tuple(dict.fromkeys(own))
    cities = tuple(name for name in named if not _is_province(name, places))
    if cities or named or any(place.level != "province" for place in places):
        return cities or named
    provinces = {place.province for place in places if place.level == "province"}
    return tuple(city for city in view.cities if province_of(city) in provinces)


def _kept_under(place: Place, view: LibraryView) -> tuple[str, ...]:
    """Return the names under which the library keeps the documents of ``place``."""
    name = name_among(place, view.cities)
    if name in view.cities or place.level != "city":
        return (name,) if name in view.cities else ()
    return tuple(county for county in view.cities if city_above(county) == name)


def _is_province(name: str, places: Sequence[Place]) -> bool:
    return any(place.level == "province" and place.name == name for place in places)


def _asked_but_absent(
    place: Place, question: str, cities: Sequence[str], view: LibraryView
) -> bool:
    """Say whether ``place`` is one that the question asks of and the library has not.

    A place that the documents themselves mention with the same words after it (杭州市直属医院, 三明医改)
    is part of the subject.
    """
    if _kept_under(place, view) or (place.level == "province" and cities):
        return False
    if place.level == "county" and cities:
        return False
    following = question[place.span.end : place.span.end + 2]
    if (
        cities
        and _is_partner(question, place, _TOGETHER)
        and view.mentions(place.span.of(question))
    ):
        return False
    asked_itself = _OWN_NAME_FOLLOWS.match(question[place.span.end :] or "。")
    written = place.span.of(question)
    if asked_itself and not _before_subject(question, place):
        return True
    return not view.mentions(written + following)


def _without_partners(places: Sequence[Place], question: str) -> Sequence[Place]:
    """Leave out the places that the first is said to do something with (跟甲、乙等周边城市的互认)."""
    own = (place for place in places[1:] if not _is_partner(question, place, _LIST_OF_OTHERS))
    return (*places[:1], *own)


def _is_partner(question: str, place: Place, following: re.Pattern[str]) -> bool:
    """Say whether the place stands behind 跟 or 与, before ``following``, and nothing is asked of each."""
    with_it = _WITH.search(question[: place.span.start])
    together = with_it and following.match(question, place.span.end)
    return bool(together) and not _ASKS_OF_EACH.search(question)


def _before_subject(question: str, place: Place) -> bool:
    """Say whether the place stands behind 与/和/跟/同/推广/学习, inside of a phrase about another."""
    return bool(re.search(r"(?:推广|学习|借鉴|参照|按照|落实)\W?$", question[: place.span.start]))
