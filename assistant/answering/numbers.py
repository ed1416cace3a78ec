"""Which numbers of a text could be the answer: of the right measure, and not the question's own."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from assistant.answering.expectation import Expectation
from assistant.answering.numbers_in_words import KINDS, numbers_in_words
from assistant.answering.units_asked import COUNTED_IN, amount, plain_unit
from assistant.text.numbers import RATIO, Quantity, quantities
from assistant.types import IndicatorValue

_DASH = re.compile(r"\s*[-—–~～至到]{1,2}\s*")
_FRACTION = re.compile(r"\D?\D?\d{1,2}/\d|\d/\d{1,2}(?!\d)")  # 标准的2/3 is no sum of money
# Who is paid for what exceeds 2万元 is not paid 2万元.
_BOUNDS = re.compile(r"(?:超过|超出|高于|低于|不足|不满|未满)[^，。；,;\d]{0,16}$")
_CASE = re.compile(
    r"\s*(?:[（(]含[^）)]{0,3}[）)])?(?:以上|以下|以内)?(?:[（(]含[^）)]{0,3}[）)])?的?部分|人口(?:以上|以下)的"
)
_OF_CASE = re.compile(r"\s*(?:[（(]含[^）)]{0,3}[）)])?的(?:[，,：:]|部分)")
_ASKS_BOUND = re.compile(
    r"起付|门槛|标准|超[过出]|以[上下内]|达到|满(?:多少|几)|才|够|至少|最[低少]|条件|要求|部分|不足|低于|高于|线"
)


def measured(expected: Expectation, text: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` that could be the answer: right measure, not the question's."""
    return tuple(
        quantity
        for quantity in (
            *quantities(text),
            *numbers_in_words(expected.measures, expected.text, text),
        )
        if not is_given(expected, quantity.value, quantity.unit)
        and fits(expected, quantity.unit)
        and not _FRACTION.match(text, max(quantity.span.start - 2, 0))
        and not _bounds_a_case(expected, text, quantity)
    )


def only_bounds_a_case(expected: Expectation, value: IndicatorValue) -> bool:
    """Say whether a value is but the bound of the case that its quote is about (超过2万元的部分)."""
    found = [q for q in quantities(value.quote) if q.value == value.value]
    return bool(found) and all(_bounds_a_case(expected, value.quote, q) for q in found)


def _bounds_a_case(expected: Expectation, text: str, quantity: Quantity) -> bool:
    if _ASKS_BOUND.search(expected.text):
        return False
    if _CASE.match(text, quantity.span.end):
        return True
    before = _BOUNDS.search(text[: quantity.span.start])
    return bool(before and _OF_CASE.match(text, quantity.span.end))


def is_given(expected: Expectation, value: Decimal, unit: str) -> bool:
    """Say whether the question itself has the number, be it in another unit (5亿元, 50000万元).

    A 4级 in it is no 4元, a 一个月 no 一次.
    """
    plain = plain_unit(unit)
    same = [plain_unit(of) for number, of in expected.given if number == amount(value, unit)]
    return not expected.asks_whether and any(not of or not plain or of == plain for of in same)


def holds_given(expected: Expectation, text: str) -> bool:
    """Say whether a range in ``text`` has a number of the question in it (3万—6万元 has 4万)."""
    found = quantities(text)
    whole = [(q, q.upper, q.unit) for q in found if q.upper is not None]
    split = [
        (low, high.value, high.unit)
        for low, high in pairwise(found)
        if _DASH.fullmatch(text, low.span.end, high.span.start)
    ]
    spans = ((amount(q.value, q.unit), amount(high, unit)) for q, high, unit in (*whole, *split))
    return any(low <= given < high for low, high in spans for given, _ in expected.given)


def fits(expected: Expectation, unit: str) -> bool:
    """Say whether a value in ``unit`` can answer; a value without a unit always can."""
    if unit == RATIO and "比" not in expected.text:
        return False
    if not expected.measures or not unit:
        return True
    whole, _, _ = unit.partition("/")  # 元/人 is money
    plain = whole.lstrip("十百千万亿") or whole  # 万人 counts people, 万人次 is no money
    if unit == KINDS:
        return not expected.measures.isdisjoint(COUNTED_IN)
    return not expected.measures.isdisjoint((unit, whole, plain, plain.removesuffix("次")))
