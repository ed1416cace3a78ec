"""Whose area a value is about: the document's own city, or a wider one that it is measured against."""

from __future__ import annotations

import re

from assistant.indicators.names import measures
from assistant.text.places import is_province
from assistant.types import IndicatorValue

_NATION = re.compile(r"全国|国家")
_PROVINCE = re.compile(r"全省|我省|省内|全自治区")


def is_of_wider_area(value: IndicatorValue) -> bool:
    """Say whether a value is a measure of the province or the nation, told beside the city's own.

    2023年全省三级公立医院CMI平均为1.03 in a city's plan is no value of the city; 全省首批示范县3个 is, as
    things that are counted are the city's own.
    """
    if not measures(value.indicator):
        return False
    if _NATION.match(value.scope):
        return True
    return bool(_PROVINCE.match(value.scope)) and not is_province(value.city)
