"""Which question a question puts to the indicator table: across cities, over years, whose, all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from assistant.indicators import Lexicon
from assistant.library import Library
from assistant.retrieval.baselines import asks_where_it_started
from assistant.text.dates import find_years
from assistant.text.match import match_key
from assistant.types import Question, ValueKind

_SHORTEST_NAME, _LONGEST_NAME = 4, 40


class Route(StrEnum):
    """What is asked of the table."""

    CITIES = "which cities, and what"
    AHEAD = "who is higher"
    DIFFERENCE = "by how much they differ"
    CHANGE = "by how much it rises"
    SERIES = "year by year"
    TOGETHER = "several indicators of a city"
    SHARED = "what all of them set"
    TARGETS = "all targets of a city"
    DEPARTMENT = "targets of a department"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the table.

    ``cities`` is empty where every city is meant; ``others`` are cities that were spoken of before
    and are asked beyond (还有别的城市吗). ``years`` are those that this turn itself names,
    ``hoped_years`` also those taken from earlier turns. ``kind`` None: every kind. ``text`` is the match key of the whole question,
    ``turn`` that of this turn's words.
    """

    route: Route
    indicators: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    hoped_years: tuple[int, ...] = ()
    kind: ValueKind | None = None
    department: str = ""
    text: str = ""
    turn: str = ""


_CITY = r"(?:城市|地市|地区|地方|市(?!级|属|直|场|民|委|政|卫|医|中|妇|第|人|内|区|域))"
_WHICH_CITIES = re.compile(
    rf"(?:哪|几)(?:些|几?个|几|座)?{_CITY}|各(?:个)?{_CITY}|所有(?:的)?{_CITY}|(?:别的|其他|其它|其余|还有(?:哪些|哪个|哪几个|别的)){_CITY}"
)
_BEYOND = re.compile(rf"(?:还有|别的|其他|其它|其余).{{0,6}}{_CITY}|{_CITY}.{{0,3}}(?:还有|呢)")
_MORE = "更|最|高|低|大|小|多|少|领先|靠前|好|优|长|短|快|慢"
_AHEAD = re.compile(
    rf"(?:谁|哪(?:一)?(?:个|座|家|边)?(?:{_CITY})?)(?:的|定的|设的|提的)?.{{0,14}}?(?:{_MORE})|(?:更|最)[高低大小多少好优长短快慢]的(?:{_CITY})?(?:是|为)?(?:哪|谁)|孰[高低]|谁[高低]|[高低]低?多少之分"
)
_DIFFERENCE = re.compile(
    r"相?差(?:了|出)?(?:多少|几|多大|多远)|相差|差值|差距|差额|[高低多少]出?(?:了)?(?:多少|几(?:个|点))"
)
_CHANGE = re.compile(
    r"(?:提[高升]|上升|增[加长]|下降|降低|减少|缩短|变化|改变|涨|降|升)(?:了|的)?(?:多少|几(?:个|点|成)?|多大|幅度)|[涨升降提](?:了)?(?:多少|几个)"
)
_GROWS = re.compile(r"(?:增速|增长率?|增幅|涨幅|降幅|降低|下降)$")
_SERIES = re.compile(
    r"各(?:个)?年(?!龄)|历年|逐年|每年(?:的)?(?:目标|指标|数值)|分年度?|各?年度目标|年度(?:数值|安排)|这[几三]年|走势|趋势|变化情况|20\d\d年?(?:[-~—到至]+|[、,，和与及/])20\d\d"
)
_TARGET_LIST = re.compile(
    r"(?:有|设|定|提|列|明确|规定|要求)[^，。？]{0,5}?哪些[^，。？]{0,4}(?:目标|指标)|哪些(?:具体|量化|主要|定量)?的?(?:目标|指标)|(?:目标|指标)值?(?:都|分别)?(?:有|是|包括)?(?:哪些|什么|哪几)|(?:列[出举一]|列一下|所有|全部)[^，。？]{0,6}(?:目标|指标)|(?:目标|指标)清单"
)
_NOT_SET = re.compile(r"(?:没有?|未)(?:曾|被)?(?:设|定|提|列|规定|制定|明确|写)")
_ALL_OF_THEM = re.compile(r"都|均|共同|同时|共有|一样")
_DEPARTMENT = re.compile(
    r"(?:由|是|归|以|[的,，]|^)?(?P<name>[一-鿿]{1,14}?(?:局|委(?:员会)?|厅|办公室|(?<=政)办|部(?!门)|银行|人民政府|妇联))(?:来|去|单独|共同)?(?:牵头|负责|主管|承担|落实|作为)"
)
_DUTY = re.compile(r"目标|指标")
_LEADING_NOISE = re.compile(r"^.*(?:由|归|是|的|哪些|指标|目标)(?=.)")
_ASKS_VALUE = re.compile(
    r"多少|几|目标|比一比|对比|比较|分别|各|怎么定|基期|基线|现状|实际|[高低大小]"
)
_ASKS_WORDS = re.compile(
    r"怎么(?!定)|如何|区别|不同|差异|提法|为什么|原因|谁(?!.*[高低])|哪些(?!.{0,1}市|地|城)|什么时|何时"
)
_ACHIEVED = re.compile(r"实际|完成值|已(?:经)?(?:达|完成|实现)|达到了|做到了|目前|当前")
_TARGET = re.compile(r"目标|计划|力争|要求|设定|要达|提出|定(?:了|到|的)")


def read(question: Question, library: Library) -> Asked | None:
    """Read a question as one to the table; None where it is none."""
    turn, whole = match_key(question.text), match_key(question.standalone)
    department = _department(turn)
    if department:
        return Asked(Route.DEPARTMENT, department=department, **_frame(question))
    indicators = question.indicators or named_in(whole, library.indicators())
    if not indicators:
        return _about_all(question, turn)
    route = _route(question, turn, indicators)
    if route is None:
        return None
    across = route in (Route.CITIES, Route.AHEAD, Route.DIFFERENCE) and len(question.cities) < 2
    asked = Asked(route, indicators, kind=_kind(turn, whole), **_frame(question))
    if not across:
        return asked
    spoken = [city for city in library.cities() if city in question.standalone]
    beyond = tuple(spoken) if _BEYOND.search(turn) else ()
    return replace(asked, cities=(), others=beyond)


def _frame(question: Question) -> dict[str, Any]:
    """Return the words, the cities, and the years: of this turn, and taken from earlier ones."""
    own = _years(question.text)
    return {
        "text": match_key(question.standalone),
        "turn": match_key(question.text),
        "cities": question.cities,
        "years": own,
        "hoped_years": tuple(dict.fromkeys((*own, *_years(question.standalone)))),
    }


def _years(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year.year for year in find_years(text, bare=True)))


def _about_all(question: Question, turn: str) -> Asked | None:
    if not _TARGET_LIST.search(turn) or _NOT_SET.search(turn):
        return None
    if len(question.cities) > 1 and _ALL_OF_THEM.search(turn):
        return Asked(Route.SHARED, **_frame(question))
    if len(question.cities) == 1:
        return Asked(Route.TARGETS, **_frame(question))
    return None


def _route(question: Question, turn: str, indicators: tuple[str, ...]) -> Route | None:
    cities, follows = len(question.cities), match_key(question.standalone) != turn
    if "百分之几" in turn:
        return None
    if _CHANGE.search(turn):
        # 地区生产总值增长多少 asks for the rate, which is a value of its own.
        return None if any(map(_GROWS.search, indicators)) else Route.CHANGE
    if _DIFFERENCE.search(turn):
        within = cities == 1 and (
            not follows or asks_where_it_started(match_key(question.standalone))
        )
        return Route.CHANGE if within else Route.DIFFERENCE
    if _AHEAD.search(turn) and (cities != 1 or follows):
        return Route.AHEAD
    if _WHICH_CITIES.search(turn) or (cities == 0 and _WHICH_CITIES.search(question.standalone)):
        return Route.CITIES
    if _ASKS_WORDS.search(turn) or not _ASKS_VALUE.search(match_key(question.standalone)):
        return None
    if cities > 1:
        return Route.CITIES
    if cities == 1 and _SERIES.search(turn):
        return Route.SERIES
    return Route.TOGETHER if cities == 1 and len(indicators) > 1 else None


def _department(turn: str) -> str:
    found = _DEPARTMENT.search(turn)
    if not found or not _DUTY.search(turn) or re.search(r"谁|哪(?:个|些|几个)?部门", turn):
        return ""
    return _LEADING_NOISE.sub("", found["name"])


def _kind(turn: str, whole: str) -> ValueKind | None:
    for text in (turn, whole):
        kinds = [
            kind
            for kind, is_asked in (
                (ValueKind.BASELINE, asks_where_it_started),
                (ValueKind.ACHIEVED, _ACHIEVED.search),
                (ValueKind.TARGET, _TARGET.search),
            )
            if is_asked(text)
        ]
        if kinds:
            return kinds[0] if len(kinds) == 1 else None
    return None


def named_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of ``names`` that a question (a match key) names, none inside of another."""
    known, found, start = _by_key(names), [], 0
    while start < len(text):
        for end in range(min(len(text), start + _LONGEST_NAME), start + _SHORTEST_NAME - 1, -1):
            if text[start:end] in known:
                found.append(known[text[start:end]])
                start = end
                break
        else:
            start += 1
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2)
def _by_key(names: tuple[str, ...]) -> dict[str, str]:
    return {match_key(name): name for name in names}


# What a question to the table may say besides cities, years, indicators and scopes.
_FRAME = re.compile(
    r"目标值?|指标值?|数值|数据|量化|城市|地方|地区|地市|设[置立定]?|制定|确定|规定|提[出到]|要求|明确|列[出举]?|清单|"
    r"[与和跟及、,，。?？!！:：()（）\"'/~\-—%]|都|均|共同|同时|各自?|分别|市|比|相比|对比|比较|一[比个下样]|同一?|的|是|为|有|了|在|到|从|由|至|以来|"
    r"20\d\d年?|年度?|历年|逐|每|高|低|大|小|多|少|更|最|还|别|其[他它余]|差距?|相差|出|值|额|提[高升]|上升|下降|增[加长]|降低?|减少|缩短|变化|"
    r"幅度|走势|趋势|情况|基期|基线|基数|基准|现状|起点|起步|原来|实际|完成|目前|现在|百分点|点|个|几|哪些?|谁|边|什么|多少|呢|吗|啊|吧|又|就|要|会|能|可以?|"
    r"达到?|定|牵头|负责|主管|承担|落实|怎么|所有|全部|具体|主要|领先|好|优|长|短|孰|之间|期|算|水平|到底|请问|它们?|这|那|两|家|座|换成|如果|说|些|我|想|知道|看|帮|查|给|把"
)


def leftover(asked: Asked, known: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the question that the table cannot weigh: what is neither frame nor known.

    ``known`` are cities, and scopes and names of the values found. A question that is left with
    words of its own asks for more than the table holds.
    """
    text = re.sub(r"[\s\"']+", "", asked.text)
    text = Lexicon.load().pattern.sub("|", text)
    for words in sorted({match_key(word) for word in known if word}, key=len, reverse=True):
        text = text.replace(words, "|")
    rest = re.split(r"\|+", _FRAME.sub("|", text))
    return tuple(word for word in rest if word)
