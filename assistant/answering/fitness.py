"""Whether a unit holds what is expected: a bonus or malus for its numbers, times, items and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answering.bodies import asks_which_body, names_in_full, names_who, says_who
from assistant.answering.cases import is_for_given, tells_number
from assistant.answering.expectation import Expectation
from assistant.answering.numbers import fits
from assistant.answering.units import Unit
from assistant.text.dates import find_dates, find_periods, find_years
from assistant.text.persons import names_a_person
from assistant.types import IndicatorValue, Intent

_SEVERAL, _OF_THE_KIND = 0.06, 0.12
_NAMED_ENTRY, _ASKED_ENTRY = 0.3, 0.2
_SAYS_WHO_BONUS, _PERSON_BONUS, _NO_PERSON = 0.08, 0.25, -0.2
_NAMED_BODY_BONUS = 0.08
_NOBODY = -0.15  # a sentence that names no body tells not who
_SCALE_BONUS = 0.2  # of a scale that a number of the question has its place in
_ROW_OF_NUMBERS = -0.12  # a row of a table tells no ways and no persons
_BUT_ENCOURAGED = -0.25  # where it is asked what must be done
_MAY = re.compile(
    r"(?:第[^条]{1,6}条\s*)?(?:[^，。；]{0,16}(?:可以|鼓励|支持|倡导|提倡|探索)|有条件的)"
)
_QUOTED_QUESTION, _MERE_CASE = -0.3, -0.15
_SAYS_HOW = re.compile(r"通过|采取|采用|方式|依托|实行|按照|按|建立|以[^，。]{1,12}为")
_DEFINES = re.compile(r"[，,]?是指|所称|包括[^，。]|即|指的是")
_SERVES = re.compile(
    r"作为[^，。]{1,24}(?:依据|参考|条件|内容|指标)|与[^，。]{1,16}挂钩|实现|用于|旨在|目的|以便|从而|为[^，。,]{2,14}提供|达到[^，。,]{2,14}效果"
)
_TIME = re.compile(
    r"\d{1,2}\s*月|季度|年底|年内|长期|即日|每[日天周旬月季年]"
    r"|(?:\d+|[一二三四五六七八九十两半]{1,3})\s*(?:年|个?月|个?工作日|[日天周]|个?小时|分钟)"
    r"|\d{1,2}\s*[:：]\s*\d{2}|[早晚午晨]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[点时]|(?:星期|周)[一二三四五六日天](?!期)"
)
_LASTS = re.compile(
    r"(?<!\d)\d{1,3}\s*(?:年|个月|个?工作日|天|周|个?小时|分钟)|(?<![月\d])\d{1,3}\s*日"
    r"|[一二两三四五六七八九十半]{1,3}\s*(?:年|个?月|个工作日|天|周|个?小时|分钟)"
)
_DAY = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]|每月\s*\d{1,2}\s*[日号]|即日|之日|(?:星期|周)[一二三四五六日天](?!期)"
)
_EACH_YEAR = re.compile(r"每年|逐年|年均|常年|(?<!\d)年度")  # tells no year
_OFTEN = re.compile(
    r"每(?:隔)?[一二两三四五六半\d]?(?:个)?(?:年度?|季度?|月|周|天|日)|年度|季度|月度|半年|逐[年季月]|定期|[一二两三四五六\d]年[一1]次|每次|不定期|常态化"
)
# 垃圾分类和物业管理两件关键小事
_TWO_TOLD = re.compile(
    r"[㐀-鿿]{2,}(?:和|与|及)[^、]{2,16}(?:这|等)?[两二2](?:个|件|项|大|类|种|条|方面)"
)
_LABEL = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?P<name>[㐀-鿿]{2,8})[：:](?=\s*\S)"
)
_ASKS_WHERE = re.compile(r"[去到在从找向](?:哪|谁|什么(?:地方|部门|单位))")
_LABELS_WHERE = re.compile(r"渠道|地[点址]|窗口|部门|机构|单位|入口")
_NAMES_WHO = re.compile(r"主体|单位|部门|责任|牵头")


def type_fit(expected: Expectation, unit: Unit, values: Sequence[IndicatorValue]) -> float:
    """Return a bonus or malus for what the unit holds, in about [-0.6, 0.4]."""
    fit = _content_fit(expected, unit, values) + _year_fit(expected, unit, values)
    fit += _BUT_ENCOURAGED if expected.asks_duty and _MAY.match(unit.key) else 0.0
    return fit + _place_fit(expected, unit) + _entry_fit(expected, unit)


def is_asked_entry(expected: Expectation, unit: Unit) -> bool:
    """Say whether the unit is an entry (申请渠道：…) whose label is asked for, of what stands above it."""
    return _entry_fit(expected, unit) > 0


def _entry_fit(expected: Expectation, unit: Unit) -> float:
    """Prefer the entry whose label is asked for, most of all by its whole name (主任委员, no 副主任委员)."""
    label = _LABEL.match(unit.key)
    if not label or unit.is_row or unit.column:
        return 0.0
    name = label["name"]
    if re.search(rf"(?<!副){name}", expected.whose) and name not in unit.context:
        return _NAMED_ENTRY
    where = _ASKS_WHERE.search(expected.whose) and _LABELS_WHERE.search(name)
    pairs = map("".join, pairwise(name))
    asked = any(p in expected.whose and p not in unit.context for p in pairs)
    return _NAMED_ENTRY if where else _ASKED_ENTRY if asked else 0.0


def _place_fit(expected: Expectation, unit: Unit) -> float:
    """Put behind what answers nothing where it stands: a question quoted, a case without its rule."""
    if unit.is_asked:
        return _QUOTED_QUESTION
    names_case = unit.is_condition and expected.intent is not Intent.LIST
    return _MERE_CASE if names_case else 0.0


def _content_fit(expected: Expectation, unit: Unit, values: Sequence[IndicatorValue]) -> float:
    if expected.wants_number:
        return _number_fit(expected, unit, values)
    if expected.intent is Intent.WHEN:
        return _time_fit(expected, unit)
    if expected.intent is Intent.WHO and _NAMES_WHO.search(unit.column):
        return 0.3
    if expected.asks_person and names_a_person(unit.text):
        return _PERSON_BONUS + _items_fit(expected, unit)
    if expected.intent is Intent.WHO and asks_which_body(expected):
        return _NAMED_BODY_BONUS * names_in_full(unit.text) + _items_fit(expected, unit)
    if expected.intent is Intent.WHO and says_who(unit):
        return _SAYS_WHO_BONUS + _items_fit(expected, unit)
    if expected.asks_person:
        return _NO_PERSON
    asks_who = expected.intent is Intent.WHO and "谁" in expected.text
    if asks_who and not unit.is_row and not names_who(unit.text):
        return _NOBODY
    if unit.is_row and expected.intent in (Intent.COMPARE, Intent.HOW):
        return _ROW_OF_NUMBERS
    defines = 0.25 if expected.asks_meaning and _DEFINES.search(unit.text) else 0.0
    if expected.intent is Intent.HOW:
        serves = 0.1 if expected.asks_purpose and _SERVES.search(unit.text) else 0.0
        return defines + serves + (0.05 if _SAYS_HOW.search(unit.text) else 0.0)
    if expected.intent in (Intent.LIST, Intent.WHO):
        named = _OF_THE_KIND * _enumerates(expected, unit)
        return defines + named + _items_fit(expected, unit)
    return defines


def _time_fit(expected: Expectation, unit: Unit) -> float:
    """Prefer what tells a time; where it is asked how long something lasts, what tells a duration."""
    if not tells_time(expected, unit):
        return -0.25
    return 0.0 if expected.asks_duration and not _LASTS.search(unit.text) else 0.15


def _number_fit(expected: Expectation, unit: Unit, values: Sequence[IndicatorValue]) -> float:
    named = [value for value in values if value.indicator in expected.indicators]
    by_name = (0.15 if named else -0.15) if expected.indicators else 0.0
    by_name += _SCALE_BONUS if is_for_given(expected, unit.text) else 0.0
    fitting = [
        value
        for value in named or values
        if (
            fits(expected, value.unit)
            if value.value is not None
            else named or not expected.measures
        )
    ]
    if fitting:
        same_kind = any(value.kind == expected.kind for value in fitting)
        in_words = all(value.value is None for value in fitting)
        return by_name + (0.2 if same_kind or expected.kind is None else 0.1) - 0.2 * in_words
    return by_name + (0.12 if tells_number(expected, unit.text) else -0.3)


def _enumerates(expected: Expectation, unit: Unit) -> bool:
    """Say whether the unit names several things of the kind that is asked for (甲、乙等途径; 甲机制和乙机制)."""
    return any(
        re.search(
            rf"、[^，,。；;]{{1,40}}?等(?:[^，,。；;、]{{0,8}}{thing}|[^，,。；;]{{0,20}}{thing}(?=[，,。；;]|$))",
            unit.key,
        )
        or len(re.findall(rf"{thing}(?=[、，,。；;]|[和与及或以]|$)", unit.key)) > 1
        for thing in expected.things
    )


def _items_fit(expected: Expectation, unit: Unit) -> float:
    """Prefer what enumerates, most of all as many things as were asked for."""
    items = items_in(unit)
    if expected.items == 2 and any(map(_TWO_TOLD.search, _parts(unit))):
        return 0.2
    if expected.items and expected.items > 2:
        return 0.2 if abs(items - expected.items) <= 0 else 0.0
    if expected.asks_several and items >= 2:
        return _SEVERAL
    return _SEVERAL if items >= 3 and expected.intent is Intent.LIST else 0.0


def items_in(unit: Unit) -> int:
    """Return how many things the unit names in a row (甲、乙、丙 are three, 甲和乙两件事 two)."""
    in_row = max((part.count("、") + 1 for part in _parts(unit)), default=1)
    return 2 if in_row < 2 and any(map(_TWO_TOLD.search, _parts(unit))) else in_row


def _parts(unit: Unit) -> list[str]:
    return re.split(r"[，,；;。]", unit.text)


def tells_time(expected: Expectation, unit: Unit) -> bool:
    """Say whether the unit says when, on which day, or how often, as it is asked."""
    if expected.asks_often:
        return bool(_OFTEN.search(unit.text))
    if expected.asks_year and _EACH_YEAR.search(unit.text):
        return says_when(
            replace(unit, stretch=replace(unit.stretch, text=_EACH_YEAR.sub("", unit.text)))
        )
    return says_when(unit, to_the_day=expected.asks_day)


def says_when(unit: Unit, *, to_the_day: bool = False) -> bool:
    """Say whether the unit, or the head of its column, names a time; a month and day where asked for."""
    text = unit.text
    if to_the_day:
        return bool(find_dates(text) or _DAY.search(text))
    return says_time(text) or bool(find_years(unit.column))


def says_time(text: str) -> bool:
    """Say whether ``text`` names a date, a year, a stretch of time or a time of day."""
    return bool(find_dates(text) or find_years(text) or find_periods(text) or _TIME.search(text))


def _year_fit(expected: Expectation, unit: Unit, values: Sequence[IndicatorValue]) -> float:
    """Prefer what says the year that was asked for."""
    if not expected.hoped_years:
        return 0.0
    years = set(expected.hoped_years)
    own = {found.year for found in find_years(unit.text)}
    near = f"{unit.column} {unit.lead} {unit.context}"
    said = own | {found.year for found in find_years(near, bare=True)}
    if years & said:
        return 0.13 if years & own else 0.12
    if years & _years(values):
        return 0.04  # it is for that year, and does not say so here
    return -0.15 if _years(values) else -0.05


def _years(values: Sequence[IndicatorValue]) -> set[int]:
    return {value.year for value in values if value.year is not None}
