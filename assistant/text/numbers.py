"""Quantities: numbers with unit, relation and qualifier, read where they stand.

What looks like a number but counts nothing is passed over: years and dates, document numbers,
labels of headings and annexes, ordinals (第2季度), names (5G, COVID-19, “973项目”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.text import measures
from assistant.text.han_numbers import HAN_DIGITS, read_number
from assistant.types import Relation, Span

RATIO = "："
"""The unit of a ratio such as 1：2."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: value, unit, and how it is bound.

    ``value`` keeps the digits as written (1.10); of a range it is the lower bound and ``upper`` the
    higher; of a ratio 1：2 they are its two sides and the unit is ``RATIO``. 万 and 亿 belong to the
    unit. ``qualifier`` is what binds the number, as written (不低于, 以上, 稳定在…以上). ``span`` covers
    number and unit, ``whole`` the qualifier too.
    """

    value: Decimal
    unit: str
    relation: Relation
    qualifier: str
    span: Span
    whole: Span
    upper: Decimal | None = None


_D = "[0-9０-９]"
_ARABIC = rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?!{_D})|{_D}+)(?:[.．]{_D}+)?"
_HAN = "[一二两三四五六七八九十百千零〇]"
_SP = r"[ \u3000\xa0]{0,2}"
_DASH = r"\s?(?:[-－‐‑–—―~～]{1,2}|至|到)\s?"
_YEAR = rf"(?:[1１][9９]|[2２][0０]){_D}{{2}}"

_PASSED = re.compile(
    rf"[〔\[［【(（]{_YEAR}[〕\]］】)）]\s*第?\s*{_D}+\s*号?"
    rf"|[(（]{_D}{{1,2}}[)）]"
    rf"|(?<!{_D}){_YEAR}(?:\s*年?\s*(?:{_DASH})?{_YEAR}\s*(?:年|(?=[)）]))"
    rf"|[-－/／.．]{_D}{{1,2}}[-－/／.．]{_D}{{1,2}}(?:\s+{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?)?"
    rf"|\s*年(?:\s*{_D}{{1,2}}\s*月(?:\s*{_D}{{1,2}}\s*日)?)?"
    rf"|{_D}{{4}}(?![0-9０-９.．])|{_D}{{1,2}}月(?:{_D}{{1,2}}日)?|{_D}{{4}}日)"
    rf"|(?<!{_D}){_D}{{1,2}}(?:\s*月(?:\s*{_D}{{1,2}}\s*日|(?![)）]?[龄个]))"
    rf"|[:：]{_D}{{2}}(?:[:：]{_D}{{2}}|(?=\s?[-—~～至到时])))"
    rf"|第\s*(?:{_D}+|{_HAN}+)(?:\s*(?:{measures.COUNTER}|号|季度))?"
    rf"|(?:附件|附表|附录|附图|目标|图|表|专栏)\s*{_D}+(?=[:：.．、，,。；;）)\s]|$)"
    rf"|^[ \t\u3000]*{_D}{{1,3}}\s*[.．、)）](?!{_D})"
    rf"|(?<=[。；;：:]){_D}{{1,2}}[.．、](?!{_D})"
    rf"|[A-Za-z]+[-－]?{_D}+(?:[-./]?[0-9A-Za-z]+)*"
    rf"|(?<!{_D}){_D}+(?:\s?[GgＧ](?![A-Za-z])|[+＋]|[A-FH-JN-Z](?![A-Za-z])|(?=大(?![于约概])))"
    rf"|[“\"「](?:{_D}+(?:项目|工程|计划|行动)?|{_HAN}+[^”\"」0-9]{{0,12}})[”\"」]",
    re.MULTILINE,
)
_HAN_UNIT = (
    "个百分点|个?工作日|个月|平方米|平方公里|公里|公顷|亩|[万亿]?元(?!化|素|旦|宵|首)|日(?=以?内|之内|以上|以下)|(?<!月.)(?<!月..)(?<!月...)日(?=之?前)|人(?=以上|以下|以内|左右)"
    "|处(?!理|方|于|置|罚|室|分|长|境)|台(?!账|阶)|套|辆|件(?!事)|份(?!额)|吨|个(?!性|体|别|人)|家(?!庭|长)|名(?!医|校|老)|项(?!目)|所(?!有)|张|座|类(?!别)|种|场|次|批次|"
    "支(?!持|部)|人次|小时|天|倍|岁|周岁|年(?=以上|以下|以内|之内|内)"
)
_HAN_LEVEL = "(?:(?<=达到)|(?<=达)|(?<=通过)|(?<=水平))[一二三四五六七八九]级(?=及|以上|水平|评审|测评|[，。；、,;]|$)"
_FRACTION = r"[百千]分之[一二三四五六七八九十百零点两]+"
_TENTHS = (
    r"(?<![一二两三四五六七八九十第])[一二两三四五六七八九]成(?:[一二三四五六七八九半])?"
    r"(?![立员为本果功效年长绩都交熟渝因套药型就体规了])"
)
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9０-９.．])(?P<low>{_ARABIC})"
    rf"|(?P<tenths>{_TENTHS})|(?P<fraction>{_FRACTION})|(?P<level>{_HAN_LEVEL})"
    rf"|(?<![第〇一二两三四五六七八九十百千万亿几数每唯同逐单届])(?P<han>{_HAN}+)[余多]?(?P<hanunit>{_HAN_UNIT})"
)
_UNIT = re.compile(rf"{_SP}(?:(?P<more>[余多])\s?)?(?P<unit>{measures.UNIT})")
_MORE = re.compile("[余多](?=[^0-9])")
_RANGE = re.compile(rf"{_DASH}(?P<high>{_ARABIC})")
_RATIO = re.compile(rf"\s?[:：∶]\s?(?P<high>{_ARABIC})(?![:：∶])")
_BEFORE = re.compile(rf"{measures.BEFORE}$")
_AFTER = re.compile(rf"{_SP}(?P<after>{measures.AFTER}|内(?![部外的心科]))")
_LONGEST_BEFORE = 16
_TIME_UNITS = frozenset(measures.listed("年 个月 月 周 天 日 小时 分钟 分 秒 公里 米 岁 周岁"))
_BINDING = re.compile(
    "(?:"
    rf"(?P<least>{measures.any_of(measures.AT_LEAST)})|(?P<most>{measures.any_of(measures.AT_MOST)})"
    rf"|(?P<about>{measures.any_of(measures.ABOUT)}))$"
)
_RELATIONS = {"least": Relation.AT_LEAST, "most": Relation.AT_MOST, "about": Relation.ABOUT}
_ASCII = str.maketrans("０１２３４５６７８９．", "0123456789.")
_UNIT_SIGNS = str.maketrans("／％", "/%")
_SECOND_PER = re.compile("/([^/·每]+)([年月天日])$")


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in order; their spans do not overlap.

    Remembered: one sentence is asked for its numbers many times while a question is answered.
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Quantity]:
    candidates = list(_NUMBER.finditer(text))
    passed = [match.span() for match in _PASSED.finditer(text)] if candidates else []
    end = 0
    for match in candidates:
        start = match.start()
        if start < end or any(begin <= start < stop for begin, stop in passed):
            continue
        quantity = _read(text, match)
        end = quantity.span.end
        yield quantity


def _read(text: str, match: re.Match[str]) -> Quantity:
    if match["low"] is None:
        value, unit, more = _read_han(match)
        return _bound(text, Span(*match.span()), value, unit, None, more)
    value, upper, end = _decimal(match["low"]), None, match.end()
    unit, more, unit_end = _unit_at(text, end)
    higher = _RANGE.match(text, unit_end) or (None if unit else _RATIO.match(text, end))
    if higher and higher.re is _RATIO:
        span = Span(match.start(), higher.end())
        return _bound(text, span, value, RATIO, _decimal(higher["high"]), "")
    if (
        higher
        and (second := _unit_at(text, higher.end()))[0]
        and (
            unit in ("", second[0])
            or (unit in ("万", "亿") and second[0].startswith(unit))  # 3万—6万元
        )
    ):
        upper = _decimal(higher["high"])
        if upper > value:
            unit, more, unit_end = second
        else:
            upper = None
    return _bound(text, Span(match.start(), unit_end), value, unit, upper, more)


def _unit_at(text: str, position: int) -> tuple[str, str, int]:
    """Return the unit at ``position``, the 余 or 多 before it, and where it ends."""
    match = _UNIT.match(text, position)
    if match:
        return re.sub(r"\s", "", _dotted(match["unit"])), match["more"] or "", match.end()
    more = _MORE.match(text, position)
    return "", more[0] if more else "", position


def _dotted(unit: str) -> str:
    """Write the second 每 of a unit one way: 万元/人. 年 and 万元/人年 are 万元/人·年."""
    dotted = re.sub(r"\s*[.．•・]\s*", "·", unit.translate(_UNIT_SIGNS))
    return _SECOND_PER.sub(r"/\1·\2", dotted)


def _bound(
    text: str, span: Span, value: Decimal, unit: str, upper: Decimal | None, more: str
) -> Quantity:
    window = text[max(0, span.start - _LONGEST_BEFORE) : span.start]
    found = _BEFORE.search(window)
    before = found[0] if found else ""
    match = _AFTER.match(text, span.end)
    after = match["after"] if match else ""
    if after == "内" and unit not in _TIME_UNITS:
        after = ""
    end = match.end() if match and after else span.end
    words = "…".join(part for part in (before.strip(), after) if part)
    return Quantity(
        value,
        unit,
        _relation(before.strip(), after, more),
        words or more,
        span,
        Span(span.start - len(before), end),
        upper,
    )


def _relation(before: str, after: str, more: str) -> Relation:
    """Say how the words around a number bind it; what follows it weighs more (控制在90%以上)."""
    if after.endswith("以上"):
        return Relation.AT_LEAST
    if after in ("左右", "上下"):
        return Relation.ABOUT
    if after:
        return Relation.AT_MOST
    bound = _BINDING.search(before)
    if bound and bound.lastgroup:
        return _RELATIONS[bound.lastgroup]
    return Relation.AT_LEAST if more else Relation.EQUAL


def _decimal(written: str) -> Decimal:
    return Decimal(written.translate(_ASCII).replace(",", "").replace("，", ""))


def _read_han(match: re.Match[str]) -> tuple[Decimal, str, str]:
    """Return value, unit and 余/多 of a number in Chinese numerals."""
    if written := match["tenths"]:
        more = written[2:].replace("半", "五")
        return Decimal(HAN_DIGITS[written[0]] * 10 + (HAN_DIGITS[more] if more else 0)), "%", ""
    if written := match["fraction"]:
        return _han_decimal(written[3:]), "%" if written[0] == "百" else "‰", ""
    if written := match["level"]:
        return Decimal(HAN_DIGITS[written[0]]), "级", ""
    more = match[0][len(match["han"])]
    return _han_decimal(match["han"]), match["hanunit"], more if more in "余多" else ""


def _han_decimal(written: str) -> Decimal:
    whole, _, fraction = written.partition("点")
    digits = "".join(str(HAN_DIGITS[c]) for c in fraction if c in HAN_DIGITS)
    return Decimal(f"{read_number(whole)}.{digits}" if digits else read_number(whole))
