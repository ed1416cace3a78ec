"""What a unit says about its number: a measure, a count, money, time; and what counts nothing."""

from __future__ import annotations

import re

from assistant.text.measures import listed
from assistant.text.numbers import RATIO, Quantity

_MEASURES = frozenset(
    {"", "%", "‰", "级", "个百分点", "百分点", "倍", "分", RATIO, "℃", "分贝", "位"}
)
_TIMES = frozenset(
    listed("年 个月 月 周 天 日 个工作日 工作日 小时 分钟 秒 岁 周岁 学时 课时 节 学分 期 届")
)
_PLACES = frozenset(listed("区 县 市 镇 乡 村 省 国 地市 街道 社区 点 字 页 组 等 档 成"))
_NOT_COUNTED = re.compile(
    r"\s*(?:(?:区县|县区|地市|区|县|市|镇|乡镇|乡|街道|省|国家)(?![级域特属县重公医综中])|部门|方面|环节|阶段|层面|层次|领域|维度|步骤|原则|"
    r"关键|重点环节|人群|转变|坚持|统一|允许|明确|结合|确保|方向|问题|以上(?:部门|方面))"
)
_TIME_NAMED = re.compile(
    r"(?:时间|时长|[日天]数?|周期|年限|期限|寿命|年龄|时效|时限|学时|课时)$|住院日|反应时间|时间[^，]{0,4}$"
)
_REACHES = re.compile(r"(?:在|覆盖|惠及|推广到|推广至|拓展到|扩大到|扩大至)\s*$")
_HAN = re.compile(r"[一二两三四五六七八九十百千]")
_MADE_BEFORE = re.compile(
    r"(?:建成|新建|新增|增设|建设|打造|培育|培养|规划了?|规划建设|新增了|创建|引进|成立|组建|设立|通过|达到?|水平|入选|分别|和|余名?|下派|完成)(?:了)?$|专家$|人才$"
)


def is_measure(quantity: Quantity) -> bool:
    """Say whether the number measures (%, 级, /…) rather than counts things or money."""
    return quantity.unit in _MEASURES or ("/" in quantity.unit and not is_money(quantity))


def is_money(quantity: Quantity) -> bool:
    """Say whether the number is an amount of money."""
    return "元" in quantity.unit


def is_time(quantity: Quantity) -> bool:
    """Say whether the number is a length of time or an age."""
    return quantity.unit in _TIMES


def is_age(quantity: Quantity) -> bool:
    """Say whether the number is an age."""
    return quantity.unit in ("岁", "周岁")


def counts_places(quantity: Quantity, text: str) -> bool:
    """Say whether a number counts places that something has reached (已在5个区上线)."""
    of_places = quantity.unit in _PLACES or (
        quantity.unit == "个" and _NOT_COUNTED.match(text, quantity.span.end)
    )
    return bool(of_places and _REACHES.search(text[: quantity.span.start]))


def counts_nothing(quantity: Quantity, text: str) -> bool:
    """Say whether a number only says how many there are to speak of (三个方面, 11个区)."""
    after = text[quantity.span.end :]
    if quantity.unit in _PLACES or (quantity.unit == "个" and _NOT_COUNTED.match(after)):
        return not _REACHES.search(text[: quantity.span.start])
    if not _HAN.match(text, quantity.span.start) or quantity.unit in ("%", "级"):
        return False
    if text[quantity.span.start] == "一" and quantity.value == 1:
        return True
    made = _MADE_BEFORE.search(text[: quantity.span.start])
    ends = quantity.value >= 10 and not after.strip("，。；、,; ")
    return not (made or ends)


def names_a_time(name: str) -> bool:
    """Say whether a name is that of a length of time or an age (平均住院日, 预期寿命)."""
    return bool(_TIME_NAMED.search(name))
