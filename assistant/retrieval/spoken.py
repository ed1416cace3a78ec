"""What a turn speaks of: its places and years, and the turn with others in their place or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text.counties import label
from assistant.text.county_names import find_counties
from assistant.text.dates import find_years
from assistant.text.places import Place, places_in

_PLACE_BEFORE = re.compile(
    r"(?:再|还是)?(?:说|讲|看|回)*(?:回|到)?(?:前面|刚才|之前|开头|最先)(?:说|提|讲|问)?(?:到|过)?的?那?个?(?:城市|市)"
)
_NEXT_YEAR = re.compile(r"(?:下一?年|次年|第二年|转年)(?!度)")
_YEAR_BEFORE = re.compile(r"(?:前一年|上一年|上年|头一年)(?!度|同期|底)")
# 这个县级市, 该区域 and 应该区分 speak of no county; 该区位于 and 该县市场监管局 do.
_COUNTY_BEFORE = re.compile(
    r"(?:这个?|那个|(?<!应)该)(?P<kind>县(?![域级区城]|市(?![场民政]))"
    r"|区(?![域级县间块段隔别]|市(?![场民政])|位(?!于)|划(?!定)|分(?![局院管]))|旗(?![帜舰下袍]))"
)


def places(text: str) -> list[str]:
    """Return the places that ``text`` names, as written, in order."""
    return [place.span.of(text) for place in places_in(text)]


def years(text: str) -> list[str]:
    """Return the years that ``text`` names, as written, in order."""
    return [year.span.of(text) for year in find_years(text)]


def last_places(turns: Sequence[str]) -> str:
    """Return the places of the last of ``turns`` that names any (广州和天津), empty for none."""
    return "和".join(next((named for turn in reversed(turns) if (named := places(turn))), []))


def all_places(turns: Iterable[str]) -> str:
    """Return the places of all ``turns``, each once."""
    return "和".join(dict.fromkeys(place for turn in turns for place in places(turn)))


def with_places(text: str, named: Sequence[str]) -> str:
    """Put ``named`` for the cities and provinces of ``text``, in front where it has none."""
    spans = [place.span for place in places_in(text) if place.level != "county"]
    return _replaced(text, [(span.start, span.end) for span in spans], "和".join(named))


def with_years(text: str, named: Sequence[str]) -> str:
    """Put ``named`` for the years of ``text``, in front where it has none."""
    spans = [(year.span.start, year.span.end) for year in find_years(text)]
    return _replaced(text, spans, "、".join(year.rstrip("年") + "年" for year in named))


def without_years(text: str) -> str:
    """Take the years out of ``text``."""
    for year in reversed(find_years(text)):
        text = text[: year.span.start] + re.sub(r"^年", "", text[year.span.end :])
    return text


def without_places_and_years(text: str) -> str:
    """Take the places and the years out of ``text``."""
    spans = [(place.span.start, place.span.end) for place in places_in(text)]
    spans += [(year.span.start, year.span.end) for year in find_years(text)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + re.sub(r"^[市省年]", "", text[end:])
    return text


def with_place_before(question: str, earlier: Sequence[str]) -> str:
    """Write 前面那个市 as the place talked of before the last one."""
    named = [place for turn in earlier for place in places(turn)]
    before = next((place for place in reversed(named) if place != named[-1]), "")
    return _PLACE_BEFORE.sub(before, question) if before else question


def with_relative_year(question: str, earlier: Sequence[str]) -> str:
    """Write 下一年 and 前一年 as the year that they are, counted from the last year talked of."""
    last = next((found for turn in reversed(earlier) if (found := find_years(turn))), ())
    for pattern, offset in ((_NEXT_YEAR, 1), (_YEAR_BEFORE, -1)) if last else ():
        question = pattern.sub(f"{last[-1].year + offset}年", question)
    return question


def without_counties(text: str) -> str:
    """Take the counties and districts out of ``text``."""
    for county in reversed(find_counties(text)):
        text = text[: county.span.start] + text[county.span.end :]
    return text


def with_county(text: str, county: Place) -> str:
    """Put ``county`` for the county of ``text``, or behind the city that it lies in.

    Where ``text`` speaks of another city, the county stands for that.
    """
    if named := find_counties(text):
        return text[: named[0].span.start] + county.full + text[named[0].span.end :]
    cities = [place for place in places_in(text) if place.level != "county"]
    if cities and cities[-1].name == county.city:
        end = cities[-1].span.end
        return text[:end] + county.full + re.sub(r"^市(?!民)", "", text[end:])
    return with_places(text, [county.full])


def with_county_before(question: str, earlier: Sequence[str]) -> str:
    """Write 这个县 and 那个区 as the last county talked of that is one, 安吉这个县 as 安吉县."""
    for match in reversed(list(_COUNTY_BEFORE.finditer(question))):
        before, after = question[: match.start()], question[match.end() :]
        own = [one for one in find_counties(before) if one.span.end == len(before)]
        named = (one for turn in reversed(earlier) for one in reversed(find_counties(turn)))
        meant = next((one for one in own or named if one.full.endswith(match["kind"])), None)
        if meant:
            before = before[: own[0].span.start] if own else before
            question = before + label(meant) + after
    return question


def _replaced(text: str, spans: list[tuple[int, int]], named: str) -> str:
    """Put ``named`` for the first of ``spans`` and nothing for the rest; in front if there is none."""
    if not spans:
        return named + text
    first, *rest = sorted(spans)
    for start, end in reversed(rest):
        text = text[:start].rstrip("和与、跟,，") + text[end:]
    return text[: first[0]] + named + text[first[1] :]
