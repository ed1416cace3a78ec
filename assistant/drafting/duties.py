"""What a sentence of a reply owes its reader beyond standing in its sources.

It keeps this city apart from others, gives an old figure its date, and turns no plan into a deed and no
deed into a promise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.composing import Setting
from assistant.drafting.facts import Fact
from assistant.drafting.items import plain
from assistant.drafting.proposal import Role
from assistant.drafting.wording import checked, source_of
from assistant.text.dates import find_years
from assistant.text.numbers import quantities
from assistant.types import SUPPORTED

_TITLE = re.compile(r"《[^》]*》")
_OURS = re.compile(r"[我本]市(?!场)")
_PRESENT = re.compile(r"目前|现在|当前|如今|现已|近日|近期|近年|最近|今年|去年|眼下")
_THEN = re.compile(r"当时|曾")
_DONE = re.compile(r"已(?!经批准)|了(?!解)|取得")
_WILL = re.compile(
    r"(?<!即)将(?!军)(?=[进加继持严按大推逐研认积全深扩建完新]|会|在)|力争|争取|拟(?!定)|下一步|今后"
)


def wrong_with(words: str, facts: Sequence[Fact], setting: Setting) -> str:
    """Return ``supported``, or in Chinese what is wrong with a sentence that rests on ``facts``."""
    wrong = checked(words, facts)
    if wrong != SUPPORTED:
        return wrong
    said = _TITLE.sub("", words)
    return (
        _mixed(said, facts, setting)
        or _undated(said, facts, setting)
        or _turned(said, facts)
        or SUPPORTED
    )


def _mixed(said: str, facts: Sequence[Fact], setting: Setting) -> str:
    cities = {fact.city for fact in facts}
    if len(cities) > 1:
        return "不同城市的内容写在了同一句"
    city = next(iter(cities))
    sources = _quoted(facts)
    for other in setting.cities:
        if other != city and other in said and other not in sources:
            return f"把{city}的内容写成了{other}的"
    if city == setting.city:
        return ""
    if _OURS.search(said):
        return f"把{city}的做法写成了本市的"
    return "" if city in said else f"没有写明这是{city}的做法"


def _undated(said: str, facts: Sequence[Fact], setting: Setting) -> str:
    old = [fact for fact in facts if setting.is_old(fact)]
    if not old:
        return ""
    years = {fact.year for fact in facts}
    if len(years) > 1:
        return "新旧文件的内容写在了同一句"
    year = old[0].year
    owed = f"所据是{year}年的文件，句首须写明年份"
    named = [found for found in find_years(said) if found.year in _own_years(old, year)]
    if not named:
        return owed
    figures = [q for q in quantities(said) if q.unit and q.unit not in "年月日"]
    if figures and figures[0].span.start < named[0].span.start:
        return owed
    led = re.match(rf"^据[^。]{{0,12}}{year}年", said)
    if _PRESENT.search(said) and not led:
        return f"所据是{year}年的文件，不能写成现在的情况"
    is_plan = any(fact.role is Role.PLAN for fact in old)
    return f"{year}年的计划须写明是当时提出的" if is_plan and not _THEN.search(said) else ""


def _own_years(facts: Sequence[Fact], year: int | None) -> set[int | None]:
    """Return the years that date an old fact: the document's, and those that it names up to then."""
    named = {found.year for fact in facts for found in find_years(fact.told.text)}
    return {year, *(one for one in named if year and one <= year)}


def _turned(said: str, facts: Sequence[Fact]) -> str:
    sources = _quoted(facts)
    roles = {fact.role for fact in facts}
    done, will = _DONE.search(said), _WILL.search(said)
    if roles == {Role.PLAN} and done and not _DONE.search(sources):
        return f"文件里是计划，不能写成已经做到（「{done[0]}」）"
    if Role.PLAN not in roles and will and not _WILL.search(sources):
        return f"文件里没有这样的打算（「{will[0]}」）"
    return ""


def _quoted(facts: Sequence[Fact]) -> str:
    return "".join(plain(source_of(fact).quote) for fact in facts)
