"""Numbers of a text that have no unit of measure, and answer where what they count is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from assistant.answering.units_asked import COUNTED_IN
from assistant.text.han_numbers import read_number
from assistant.text.numbers import Quantity
from assistant.types import Relation, Span

KINDS = "大"  # the unit of 8大子项目

_GRADE = re.compile(r"(?P<of>[一二三四五六])(?:级?[甲乙丙](?:等|级)?|(?P<star>星)级?)")
_SHARES = {
    "一半": 50,
    "半数": 50,
    "过半": 50,
    "近半": 50,
    "大半": 50,
    "三分之一": 33,
    "三分之二": 67,
}
_SHARES |= {"四分之一": 25, "四分之三": 75, "五分之一": 20, "五分之二": 40, "五分之三": 60}
_SHARES |= {"五分之四": 80}
_SHARE = re.compile("|".join(_SHARES))
_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_KINDS = re.compile(
    rf"(?<![\d.第百千万])(?<!党的){_NUMBER}大(?=[㐀-鿿]{{2}})(?!及|以来|精神|报告|小|学|厅|型|幅|量|批|约|概|力|会|队)"
)
_ASKS_PER_PEOPLE = re.compile(
    r"多少(?:万|名)?(?:常住|服务|户籍)?(?:人口?|居民|老人)(?:就|要|得)?(?:配|设|建|有|一)"
)
_PER_PEOPLE = re.compile(
    rf"每\s*{_NUMBER}(?P<scale>[十百千万]?)\s*(?:名|位)?[㐀-鿿]{{0,4}}(?:人|居民)"
)


def numbers_in_words(measures: Collection[str], asked: str, text: str) -> Iterator[Quantity]:
    """Yield the numbers of ``text`` that are in one of ``measures`` though no unit stands beside them.

    ``asked`` is the match key of the question.
    """
    if "%" in measures:
        for match in _SHARE.finditer(text):
            yield _quantity(Decimal(_SHARES[match[0]]), "%", match, Relation.ABOUT)
    for match in _GRADE.finditer(text):
        unit = "星级" if match["star"] else "级"
        if unit in measures:
            yield _quantity(read_number(match["of"]), unit, match)
    if not COUNTED_IN.isdisjoint(measures):
        for match in _KINDS.finditer(text):
            yield _quantity(read_number(match["number"]), KINDS, match)
    if _ASKS_PER_PEOPLE.search(asked):
        for match in _PER_PEOPLE.finditer(text):
            yield _quantity(read_number(match["number"]), f"{match['scale']}人", match)


def _quantity(
    value: Decimal | int, unit: str, match: re.Match[str], relation: Relation = Relation.EQUAL
) -> Quantity:
    at = Span(*match.span())
    return Quantity(Decimal(value), unit, relation, "", at, at)
