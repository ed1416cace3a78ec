"""Which units of measure a question asks for, and numbers in them without their 千, 万 or 亿."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate

from assistant.text.measures import UNIT

# 近几年, 前几个月 ask for no number of years. After the units, counters that make another word in an
# answer only (名医, 名师: 多少名医生 counts).
_COUNTED = re.compile(
    rf"(?:多少|(?<![近前后这那头过好哪])几)\s*(?:[^，。？?0-9]{{1,6}}的(?=人[?？]?$))?(?P<unit>个点(?!位)|星级|个?月|{UNIT}|[个家所名人项条级种类张次遍趟天元亿倍处支套批轮块例床位件座间台辆岁分万])"
)
_PERCENT_UNITS = frozenset({"%", "个百分点", "‰"})
_PERCENT = re.compile(
    r"百分之(?:几|多少)|(?:几|多少)个?(?:百分)?点|几成|占比|比例|比重|率(?!先)|增幅|涨幅|份额|占(?:多少|几成)|%|覆盖面(?!积)"
)
_INSTITUTIONS = re.compile(
    r"(?:医院|机构|学校|中心|站点?|幼儿园|企业|单位)(?:的)?(?:总数|数量|个数|数)"
)
_THING = re.compile(r"[㐀-鿿]{1,4}")
# By how much something grows can be told in any measure.
_GROWTH = re.compile(
    r"(?:增长|上涨|涨|下降|降低|提高|增加|减少)(?:了|到)?(?:的?目标)?(?:是|为|定为)?(?:多少|几)(?![元万亿个家人张])"
)
_AGE = re.compile(r"多大(?:岁数|年纪|年龄)|几岁|年龄(?:上限|下限)?(?:是|为|要|有)?多|多少岁")
_AREA = re.compile(
    r"面积(?:是|有|为|要?到|要?达到?)?多|多[大少](?:的)?面积|占地多|面积(?:是|有|为)?[?？]?$"
)
_MONEY = re.compile(
    r"多少钱|几块钱|金额|经费|资金|预算|投资|(?:补助|补贴|津贴|奖励|收费|费用|罚款?|[补奖])(?:标准|金额)?.{0,4}多少(?![个家人名张次天万亿]*[个家人名张次天])|薪酬.{0,6}多少|(?:费用?|补[助贴]|津贴|低保|供养|薪酬|工资)[^，。？?]{0,10}标准|每[人月年天日次生户][^，。？?]{0,6}标准|工资.{0,6}多少|多少(?:亿|万)?元|(?:收入|支出|产值|增加值|生产总值|额)(?:是|为|有|达|要|到|能|将|约|了)*多少(?![个家人名张次天倍万亿]*[个家人名张次天倍])"
)
# 准点率93%的奖励多少钱 asks for money, whatever else it names.
_MONEY_ASKED = re.compile(
    r"多少(?:钱|费用|资金|经费|补助|补贴)|几块钱|[奖罚扣补](?:励|款|减|助|贴)?(?:多少|几)(?!分|次|个|名|%)"
)
_POPULATION = re.compile(
    r"人口(?:总数|总量|规模|数量?)?(?:一共|总共|大概|大约)?(?:有|是|为|达|达到)?多少"
)
# Units that answer one another's question: who asks names the counter that comes to mind first.
_SAME = (
    {"家", "个", "所", "座", "处"},
    {"人", "名", "位"},
    {"天", "日", "工作日", "个工作日"},
    {"个月", "月"},
    {"项", "个", "条", "件", "起", "宗"},
    {"张", "件", "个", "份", "本", "枚"},
    {"台", "套", "辆", "架", "部", "件"},
    {"次", "人次", "趟", "遍", "场", "场次"},
    {"公里", "千米"},
    {"公斤", "千克", "斤", "吨"},
)
_AREAS = frozenset({"平方公里", "平方千米", "平方米", "公顷", "亩", "㎡"})
COUNTED_IN = frozenset("家个所人名位项条支张座处种类件份台套起例") | {"人次"}
_SCALES = {"千": 10**3, "万": 10**4, "亿": 10**8}
_MONEY_MEASURES = frozenset({"元", "万元", "亿元", "千元", "万", "亿"})


def asks_for_number(text: str) -> bool:
    """Say whether ``text`` (a match key) has words that ask for a number."""
    return bool(_COUNTED.search(text) or _PERCENT.search(text) or "多少" in text)


def measures_in(text: str) -> frozenset[str]:
    """Return the units in which ``text`` (a match key) asks for a number; empty: in any."""
    if counted := _COUNTED.search(text):
        if counted["unit"] != "个":
            return _answering(counted["unit"])
        thing = _THING.match(text, counted.end())  # what is counted can be the measure itself
        return COUNTED_IN.union(accumulate(thing.group() if thing else ""))
    if _GROWTH.search(text):
        return frozenset()
    if _MONEY_ASKED.search(text):
        return _MONEY_MEASURES
    if _AGE.search(text):
        return frozenset({"岁", "周岁"})
    if _AREA.search(text):
        return _AREAS
    if _POPULATION.search(text):
        return _answering("人")
    if _INSTITUTIONS.search(text):
        return frozenset({"家", "个", "所", "座"})
    if _PERCENT.search(text):
        return _PERCENT_UNITS
    return _MONEY_MEASURES if _MONEY.search(text) else frozenset()


def _answering(unit: str) -> frozenset[str]:
    """Return the units that answer a question for so many ``unit`` (万亩: 亩, 公顷)."""
    plain = plain_unit(unit)
    if plain in ("", "元", "块"):
        return _MONEY_MEASURES
    if plain in ("点", "个点", "成", "百分点", "个百分点"):
        return _PERCENT_UNITS
    if plain == "个":
        return COUNTED_IN  # 个 counts anything when one speaks
    if plain in _AREAS:
        return _AREAS
    return frozenset({plain}.union(*(same for same in _SAME if plain in same)))


def amount(value: Decimal, unit: str) -> Decimal:
    """Return a number in the unit without its 千, 万 or 亿 (5亿元 and 50000万元 are the same)."""
    scale = _SCALES.get(unit[:1], 1)
    return (value * scale).normalize()


def plain_unit(unit: str) -> str:
    """Return a unit without its 千, 万 or 亿."""
    return unit.lstrip("十百千万亿")
