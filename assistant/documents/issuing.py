"""Who issued a document, and the place that it belongs to: a county, a city or a province."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.apparatus import Apparatus
from assistant.documents.head import Head
from assistant.documents.head_lines import is_organ_line
from assistant.documents.shape import Line, mend
from assistant.text.counties import finest, label
from assistant.text.places import Place, find_places, place_by_pinyin

_ISSUER_FIELDS = (
    "发文机关",
    "发布机构",
    "发布机关",
    "发文单位",
    "发布单位",
    "制定机关",
    "公开机构",
)
_ISSUER_IN_TITLE = re.compile(r"^(.{2,60}?)(?:关于|印发|转发|对(?=.{2,40}(?:提案|建议|议案)))")
_ORGAN_END = re.compile(
    r"(?:政府|办公[室厅]|委员会|委|局|厅|部|署|院|会|中心|领导小组|公司|集团|大学|学校|医院|法院|办|处|队|站|所|馆)$"
)
_NATIONAL = re.compile(
    r"^(?:国务院|中华人民共和国|国家|全国|中共中央|中央|教育部|财政部|民政部|司法部)"
)
_UNLISTED_CITY = re.compile(r"([\u4e00-\u9fff]{2,3})市(?![场县区直])")
_UNLISTED_COUNTY = re.compile(r"((?![各全我本该])[\u4e00-\u9fff]{2,4}[县旗])(?![级域城属])")
# 地区：石城县, 答复单位：石城县水利局, as pages of questions and replies have them.
_AREA = re.compile(r"^(?:所[在属])?(?:地区|区域|行政区划?)\s*:\s*(?P<value>\S{2,15})$")
_REPLIES = re.compile(
    r"^(?:[答回]复|[承经]办|办理|处理|受理)?(?:单位|部门|机构)\s*:\s*(?P<value>\S{3,30})$"
)
_YEAR = re.compile(r"^(?:19|20)\d{2}年(?:度)?")
_BEGINNING = 40
_PLACE_BY = 4


def read_issuer(lines: Sequence[Line], head: Head, apparatus: Apparatus) -> str:
    """Return who issued it: by its signature, its title (X关于…), or the page's index head."""
    organs = [lines[at].raw for at in head.signature if is_organ_line(lines[at].words)]
    if organs:
        return mend(" ".join(" ".join(words.split()) for words in organs))
    for title in (head.letter_title, head.title):
        found = _ISSUER_IN_TITLE.match(title)
        if found and _ORGAN_END.search(found.group(1).rstrip()):
            return found.group(1).strip()
    return apparatus.field(_ISSUER_FIELDS) or _if_organ(_labelled(lines, _REPLIES))


def read_publisher(apparatus: Apparatus) -> str:
    """Return the organ that put the text on its page (来源：某区人社局), which may not have issued it."""
    return _if_organ(" ".join(apparatus.field(("来源",)).split()[:1]))


def _if_organ(words: str) -> str:
    return words if _ORGAN_END.search(words) else ""


def _labelled(lines: Sequence[Line], label: re.Pattern[str]) -> str:
    """Return the value of the first line of the form that ``label`` has; empty for none."""
    return next((match["value"] for line in lines if (match := label.match(line.words))), "")


def area_named(lines: Sequence[Line]) -> str:
    """Return the place that a line names as that of the matter (地区：石城县); empty for none."""
    return _labelled(lines, _AREA)


def read_city(issuer: str, *titles: str, publisher: str = "", text: str = "") -> str:
    """Return the name of the county, city or province that issued it; empty for the nation.

    The issuer counts first, then the place that a title begins with, then who published it, then
    the city that ``text`` (its beginning) names most.
    """
    if _NATIONAL.match(issuer or publisher):
        return ""
    for written in (issuer, *titles, publisher):
        words = _YEAR.sub("", written)
        if place := _place_at(words):
            return label(place)
        if unlisted := _UNLISTED_CITY.match(words):
            return unlisted.group(1)
    unlisted = _UNLISTED_COUNTY.match(issuer)
    return unlisted.group(1) if unlisted else _most_named(text)


def _place_at(words: str) -> Place | None:
    """Return the place that ``words`` begin with: the county of 天津市滨海新区, the city of 广东省汕头市."""
    places = find_places(words[:_BEGINNING])
    begins = bool(places) and places[0].span.start <= _PLACE_BY
    return finest(places)[0] if begins else None


def place_in(source: str) -> str:
    """Return the city or province that a file's name begins with (in Han or pinyin), if any.

    Only for a document whose text names none: a list of duties without a letterhead.
    """
    stem = source.replace("\\", "/").rsplit("/", 1)[-1]
    place = _place_at(stem)
    if place and find_places(stem)[0].span.start == 0:
        return label(place)
    return place_by_pinyin(re.split(r"[^a-z]", stem.lower(), maxsplit=1)[0])


def _most_named(text: str) -> str:
    """Return the city that a text names at least twice as often as any other, and three times."""
    counts: dict[str, int] = {}
    for place in find_places(text):
        if place.city and place.span.of(text).endswith("市"):
            counts[place.city] = counts.get(place.city, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return ""
    return ranked[0][0]
