"""Cities against each other: who is higher, and by how much, with the inputs shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from assistant.answering import arithmetic
from assistant.answering.statements import Outcome, Statement
from assistant.answering.table_asked import Asked
from assistant.answering.table_cities import compared_by, fitting, list_cities
from assistant.answering.table_sources import sources_of, state
from assistant.answering.table_wording import (
    KIND_WORDS,
    NO_YEAR,
    said_one,
    scope_words,
    when,
    written,
)
from assistant.indicators import Comparison, Obstacle, ahead, bare_scope, difference
from assistant.library import Library
from assistant.types import COMPUTED, IndicatorValue, ValueKind

_BOTH_WAYS = re.compile(r"多少|大小|高低|长短|快慢|好坏")
_LOWER = re.compile(r"[低小少短]")
_BETTER = re.compile(r"好|优|领先|靠前")
Pair = tuple[IndicatorValue, IndicatorValue]


def rank_cities(asked: Asked, values: Sequence[IndicatorValue], library: Library) -> Outcome | None:
    """Say who is highest, by the numbers as they stand, with what is not alike."""
    listed = list_cities(asked, values, library)
    if listed is None or listed.reason or len(asked.indicators) > 1:
        return listed
    picked = _picked(asked, compared_by(asked, values, asked.indicators[0], library))
    numbers = [value for value in picked if value.value is not None]
    if len({v.city for v in numbers}) < 2:
        return Outcome((*listed.statements, _too_few(picked)))
    if len({v.kind for v in numbers}) > 1:
        return Outcome((_kinds_differ(numbers, library), *listed.statements))
    if len({v.unit for v in numbers}) > 1:
        remark = Statement("计量单位不同，不能直接比高低。", sources_of(numbers, library))
        return Outcome((remark, *listed.statements))
    return Outcome((_verdict(asked, numbers, library), *listed.statements))


def _verdict(asked: Asked, numbers: list[IndicatorValue], library: Library) -> Statement:
    words = _BOTH_WAYS.sub("", asked.turn)
    lower = bool(_LOWER.search(words))
    ordered = sorted(numbers, key=lambda v: v.value or 0, reverse=not lower)
    best = list(ahead(numbers)) if _BETTER.search(words) else []
    first = best or [v for v in ordered if v.value == ordered[0].value]
    rest = [v for v in ordered if v not in first]
    word = "较好" if best else ("较低" if lower else "较高")
    once = len({v.city for v in numbers}) == len(numbers)
    top = "、".join(_with_city(v, once) for v in first)
    if not rest:
        return state(f"数值相同：{top}。", first, library)
    others = "、".join(_with_city(v, once) for v in rest)
    return state(f"按数值{word}的是{top}；其次是{others}。", (*first, *rest), library)


def _with_city(value: IndicatorValue, once: bool) -> str:
    """Name a value; with its scope where a city stands in the list more than once."""
    whose = value.city if once else f"{value.city}{scope_words(value)}"
    time = f"{when(value)}{KIND_WORDS[value.kind]}" if value.year else KIND_WORDS[value.kind]
    period = "" if value.year else f"（{when(value) or NO_YEAR}）"
    return f"{whose}{time}{written(value)}{period}"


def _kinds_differ(values: Sequence[IndicatorValue], library: Library) -> Statement:
    listed = "，".join(f"{v.city}为{KIND_WORDS[v.kind]}" for v in values)
    sources = sources_of(values, library)
    return Statement(f"所列数值的类别不同（{listed}），不能直接比较。", sources)


def _too_few(picked: Sequence[IndicatorValue]) -> Statement:
    if len(picked) > 1:
        return Statement("有数值的城市不足，其余仅有定性要求，无法比较。")
    return Statement("没有其他城市有这样的值，无法比较。")


def _picked(asked: Asked, compared: Comparison) -> list[IndicatorValue]:
    """Choose what to compare: for each city and scope the last year, a number first.

    Where nobody asks for a kind, it is the target; what a city only reached stands in for want of one.
    """
    best: dict[tuple[str, str], IndicatorValue] = {}
    for row in compared.rows:
        found = fitting(asked, row)
        targets = [v for v in found if v.kind is ValueKind.TARGET]
        for value in sorted(targets or found, key=_standing):
            best[value.city, bare_scope(value)] = value
    return list(best.values())


def _standing(value: IndicatorValue) -> tuple[bool, int]:
    return value.value is not None, value.year or 0


def subtract_cities(
    asked: Asked, values: Sequence[IndicatorValue], library: Library
) -> Outcome | None:
    """Subtract two cities' values, inputs shown and cited; say why where that cannot be done."""
    listed = list_cities(asked, values, library)
    if listed is None or listed.reason or len(asked.indicators) > 1:
        return listed
    compared = compared_by(asked, values, asked.indicators[0], library)
    picked = _picked(asked, compared)
    if len({v.city for v in picked}) < 2:
        return Outcome((*listed.statements, _too_few(picked)))
    if len({v.kind for v in picked}) > 1:
        return Outcome((_kinds_differ(picked, library), *listed.statements))
    said = _subtracted(_pair(picked), library)
    return Outcome((*said, *(listed.statements if len(picked) > 2 else ())))


def _pair(picked: Sequence[IndicatorValue]) -> Pair:
    """Choose the two values: of the highest and the lowest city, of like scope where there are such."""
    ordered = sorted(picked, key=lambda v: (v.value is not None, v.value or 0), reverse=True)
    high = ordered[0]
    low = next(v for v in reversed(ordered) if v.city != high.city)
    highs, lows = ([v for v in picked if v.city == one.city] for one in (high, low))
    alike = [pair for pair in product(highs, lows) if _is_alike(*pair)]
    one, other = max(alike, key=_standings) if alike else (high, low)
    swap = one.value is not None and other.value is not None and one.value < other.value
    return (other, one) if swap else (one, other)


def _is_alike(one: IndicatorValue, other: IndicatorValue) -> bool:
    numbers = one.value is not None and other.value is not None
    return numbers and bare_scope(one) == bare_scope(other) and one.kind is other.kind


def _standings(pair: Pair) -> tuple[tuple[bool, int], ...]:
    return tuple(map(_standing, pair))


def _subtracted(pair: Pair, library: Library) -> Iterator[Statement]:
    one, other = pair
    found = difference(one, other)
    inputs = "，".join(f"{v.city}{scope_words(v)}{said_one(v)}" for v in pair)
    sources = sources_of(pair, library)
    if isinstance(found, Obstacle):
        yield Statement(f"{inputs}：{arithmetic.remark(found)}。", sources, pair)
        return
    result = "二者相同" if not found.value else f"{one.city}高出{found.value:f}{found.unit}"
    text = f"{inputs}：{arithmetic.shown(found)}，{result}（按数值计算）。"
    yield Statement(text, sources, pair, COMPUTED)
    for warning in found.warnings:
        yield Statement(f"注意：{arithmetic.remark(warning)}。")
    if arithmetic.is_bounded(found):
        yield Statement("注意：其中有带“左右”“以上”等限定的数，差值也只是约数。")
    if when(one) != when(other):
        times = "，".join(f"{v.city}为{when(v) or NO_YEAR}" for v in pair)
        yield Statement(f"注意：二者年份不同，{times}。", sources)
