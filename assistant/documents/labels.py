"""The labels that head a part of an official document: 第一章, 一、, （一）, 1., （1）, ①, 附件1."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from assistant.text.han_numbers import read_number

_HAN = "一二三四五六七八九十百千零〇"


class Style(IntEnum):
    """How a label is written; a smaller style stands above a greater one."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    HAN = 5
    BRACKET_HAN = 6
    NUMBER = 7
    DECIMAL = 8
    DECIMAL_DEEP = 9
    BRACKET_NUMBER = 10
    CIRCLE = 11


class Label(NamedTuple):
    """A label found at the start of a line: ``end`` is where the words after it begin."""

    style: Style
    number: int
    written: str
    end: int


_NAMED = re.compile(rf"第\s*([{_HAN}\d]+)\s*([编章节条])(?![之第至和、,。])")
_HAN_LABEL = re.compile(
    rf"([{_HAN}]{{1,4}})\s*[、.](?![{_HAN}]+\s*[级类甲乙线期批档产次楼孩胎])\s*"
)
_BRACKET_HAN = re.compile(rf"\(\s*([{_HAN}]{{1,4}})\s*\)[、.]?\s*")
_NUMBER = re.compile(r"(\d{1,3})(?:\.(?=(?:19|20)\d\d\s*年|[^\d.])|、)\s*")
_DECIMAL = re.compile(r"(\d{1,2})\.(\d{1,2})(\.\d{1,2})?[.、]?\s+(?=[\u4e00-\u9fff“《])")
_BRACKET_NUMBER = re.compile(r"(?:\(\s*(\d{1,2})\s*\)|(\d{1,2})\))[、.]?\s*")
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SIGNS = {
    **{sign: (Style.CIRCLE, at + 1) for at, sign in enumerate(_CIRCLES)},
    **{chr(0x2474 + at): (Style.BRACKET_NUMBER, at + 1) for at in range(20)},
    **{chr(0x2488 + at): (Style.NUMBER, at + 1) for at in range(20)},
    **{chr(0x3220 + at): (Style.BRACKET_HAN, at + 1) for at in range(10)},
}
_NAMES = {"编": Style.PART, "章": Style.CHAPTER, "节": Style.SECTION, "条": Style.ARTICLE}
_STARTS = frozenset("第(0123456789" + _HAN) | frozenset(_SIGNS)
MARKS = re.compile(r"(?:#{1,6}\s+|\[bookmark:[^\]]{0,40}\]\s*|[*_]{2}(?=[第(\d一-十]))+")
_LIST_CHAPTER = re.compile(r"[^。]{0,40}$")


def label_at(words: str, start: int = 0) -> Label | None:
    """Return the label that stands in folded ``words`` at ``start``; None where none does.

    Annexes are told apart in ``annexes``, for they need the lines around them.
    """
    if start >= len(words) or words[start] not in _STARTS:
        return None
    first = words[start]
    if first in _SIGNS:
        style, number = _SIGNS[first]
        return Label(style, number, first, _past_blank(words, start + 1))
    if first == "第":
        return _named(words, start)
    for pattern, style in (
        (_HAN_LABEL, Style.HAN),
        (_BRACKET_HAN, Style.BRACKET_HAN),
        (_NUMBER, Style.NUMBER),
        (_BRACKET_NUMBER, Style.BRACKET_NUMBER),
    ):
        if found := pattern.match(words, start):
            number = read_number(found.group(1) or found.group(2))
            return Label(style, number, found.group().strip(), found.end())
    return _decimal(words, start)


def _named(words: str, start: int) -> Label | None:
    found = _NAMED.match(words, start)
    if not found:
        return None
    style = _NAMES[found.group(2)]
    end = _past_blank(words, found.end())
    if style is not Style.ARTICLE and not _LIST_CHAPTER.match(words, end):
        return None
    return Label(style, read_number(found.group(1)), found.group(), end)


def _decimal(words: str, start: int) -> Label | None:
    found = _DECIMAL.match(words, start)
    if not found:
        return None
    style = Style.DECIMAL_DEEP if found.group(3) else Style.DECIMAL
    last = found.group(3).lstrip(".") if found.group(3) else found.group(2)
    return Label(style, int(last), found.group().strip(), found.end())


def _past_blank(words: str, at: int) -> int:
    while at < len(words) and words[at] == " ":
        at += 1
    return at
