"""What a question that compares cities asks of each of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.text.counties import finest, name_among
from assistant.text.places import Place, find_places

_BETWEEN = re.compile(r"(?:[，,、；;\s]|和|跟|与|同|以及|还是|或者?|相比|对比|比)+$")
_LEADING = re.compile(r"^(?:[，,、；;\s]|和|跟|与|同|以及|还是|或者?)+")
# Where the words begin that are asked of all: ，谁高; 各多少; 有什么不同.
_OF_ALL = re.compile(
    r"[，,；;：:?？]|[各都谁哪差]|分别|相差|一样|有?(?:什么|啥|何)|怎么|怎样|如何|多少|几"
)
_LEAST_OWN_CHARS = 2
_EACH = r"(?:分别|各(?![级类项地种区县部单方]))自?"
# 儿童医院和妇幼保健院，电子病历分别几级 and 生猪和肉牛的出栏量各增长多少 ask the same of two things.
_PAIR = r"(?P<first>[^，,、]{{{0},30}}?)(?:和|与|跟|以及|、)(?P<second>[^，,、]{{{0},30}}?)"
_TWO_THINGS = re.compile(
    r"(?P<lead>(?:[^，,、]{2,12}[，,])?)"
    rf"(?:{_PAIR.format(2).replace('<', '<of_')}(?P<of_asked>的[^，,、的]{{1,12}}?{_EACH}.*)"
    rf"|{_PAIR.format(4)}(?P<asked>(?:[，,].*?)?{_EACH}.*))"
)
# Sides of one thing: 门诊和住院病人下转 shares its end and its beginning.
_SIDE = "门诊|住院|急诊|城镇|农村|城市|职工|居民|公立|民营|公办|民办|男|女|[一二三]级|[省市县]级|[上下]半年"
_ENDS_IN_SIDE = re.compile(rf"(?P<head>.*)(?:{_SIDE})")
_BEGINS_WITH_SIDE = re.compile(rf"(?:{_SIDE})(?P<tail>.+)")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")


def words_for(text: str, city: str, cities: Collection[str]) -> str:
    """Return ``text`` as asked of ``city`` alone, without the other ``cities`` and their own words.

    湖州2025年的目标和广州2018年的签约率，谁高 asks 2018年的签约率 of Guangzhou. Where one of the cities has
    no words of its own (湖州和广元的目标), only the names of the others go.
    """
    named = [p for p in finest(find_places(text)) if name_among(p, cities) in cities]
    if len({name_among(place, cities) for place in named}) < 2:
        return text
    shared = _OF_ALL.search(text, named[-1].span.end)
    starts = [place.span.start for place in named]
    ends = [*starts[1:], shared.start() if shared else len(text)]
    owned = [_BETWEEN.sub("", text[i:j]) for i, j in zip(starts, ends, strict=True)]
    of_city = [name_among(place, cities) == city for place in named]
    if any(len(own) - len(p.span) < _LEAST_OWN_CHARS for own, p in zip(owned, named, strict=True)):
        return _without([p for p, is_its in zip(named, of_city, strict=True) if not is_its], text)
    own = "".join(own for own, is_its in zip(owned, of_city, strict=True) if is_its)
    return f"{text[: starts[0]]}{own}{text[ends[-1] :]}"


def words_for_each(text: str) -> tuple[str, ...]:
    """Return ``text`` as asked of each of the two things that it names first; empty for none."""
    match = _TWO_THINGS.fullmatch(text)
    if not match:
        return ()
    first, second = match["of_first"] or match["first"], match["of_second"] or match["second"]
    asked = re.sub(_EACH, "", match["of_asked"] or match["asked"])
    first, second = _with_shared_ends(first, second)
    return tuple(f"{match['lead']}{thing}{asked}" for thing in (first, second))


def _with_shared_ends(first: str, second: str) -> tuple[str, str]:
    """Give both sides of one thing what is said but once (门诊和住院病人下转; 第三、第四中心)."""
    ordinal = _ORDINAL.match(second)
    if ordinal and _ORDINAL.search(first) and first[-1] == _ORDINAL.findall(first)[-1][-1]:
        return first + second[ordinal.end() :], second
    ends, begins = _ENDS_IN_SIDE.fullmatch(first), _BEGINS_WITH_SIDE.fullmatch(second)
    if not ends or not begins:
        return first, second
    return first + begins["tail"], ends["head"] + second


def _without(others: list[Place], text: str) -> str:
    """Drop the names of ``others`` with what bound them to the names beside them."""
    for place in reversed(others):
        before, after = text[: place.span.start], text[place.span.end :]
        bound = _LEADING.sub("", after)
        text = before + bound if bound != after else _BETWEEN.sub("", before) + after
    return text
