"""Arithmetic that an answer shows: both inputs, the sign, the result."""

from __future__ import annotations

from assistant.indicators import Difference, Obstacle
from assistant.types import IndicatorValue, Relation

_REMARKS = {
    Obstacle.SCOPES: "二者适用范围不同，差值只是数值之差，不宜直接比较",
    Obstacle.UNITS: "二者计量单位不同，不能相减",
    Obstacle.NO_NUMBER: "有的只有定性表述，没有数值，不能相减",
    Obstacle.INDICATORS: "二者不是同一指标，不能相减",
}


def shown(difference: Difference) -> str:
    """Write the subtraction: 1.10 − 0.95 = 0.15; for percentages 19% − 17.56% = 1.44个百分点."""
    one, other = difference.minuend, difference.subtrahend
    result = f"{difference.value:f}{difference.unit}"
    return f"{_number(one)} − {_number(other)} = {result}"


def _number(value: IndicatorValue) -> str:
    return f"{value.value:f}{value.unit}" if value.value is not None else value.words


def remark(obstacle: Obstacle) -> str:
    """Say what stands in the way of a subtraction, or what to mind about it."""
    return _REMARKS[obstacle]


def is_bounded(difference: Difference) -> bool:
    """Say whether an input is no exact number (左右, 以上), so that the result is none either."""
    inputs = (difference.minuend, difference.subtrahend)
    return any(value.relation is not Relation.EQUAL for value in inputs)
