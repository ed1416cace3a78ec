"""The numbers that Word writes before paragraphs, which stand nowhere in their text.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.documents.loaders.word_xml import W, child, number, switch, value

Element = Any

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and in what words it stands."""

    format: str = "decimal"
    words: str = ""
    start: int = 1
    gap: str = "tab"
    as_digits: bool = False
    restart: int | None = None
    style: str = ""


class Numbering:
    """The lists of a document, counting as their paragraphs are read in order."""

    def __init__(self, root: Element) -> None:
        elements = [] if root is None else list(root)
        self._levels = {
            element.get(f"{W}abstractNumId", ""): _levels(element)
            for element in elements
            if element.tag == f"{W}abstractNum"
        }
        self._link_styles(elements)
        self._abstract: dict[int, str] = {}
        self._changes: dict[int, dict[int, Level | int]] = {}
        for element in elements:
            if element.tag == f"{W}num" and element.get(f"{W}numId", "").isdecimal():
                list_id = int(element.get(f"{W}numId"))
                self._abstract[list_id] = value(element, "abstractNumId") or ""
                self._changes[list_id] = _changes(element)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[int] = set()

    def _link_styles(self, elements: list[Element]) -> None:
        """Give a list that only names a list style that style's levels."""
        linked = {
            value(element, "styleLink"): element.get(f"{W}abstractNumId", "")
            for element in elements
            if value(element, "styleLink")
        }
        for element in elements:
            target = linked.get(value(element, "numStyleLink"))
            if target is not None:
                self._levels[element.get(f"{W}abstractNumId", "")] = self._levels[target]

    def label(self, list_id: int, depth: int, style: str) -> str:
        """Count one paragraph of a list and return what Word writes before it, with its gap.

        Empty for bullets, lists without numbers and unknown lists.
        """
        abstract = self._abstract.get(list_id, "")
        levels = self._levels.get(abstract)
        if not levels:
            return ""
        levels = levels | {
            at: change for at, change in self._changes[list_id].items() if isinstance(change, Level)
        }
        bound = (at for at, level in levels.items() if style and level.style == style)
        depth = next(bound, depth)
        if depth not in levels:
            return ""
        counts = self._count(list_id, abstract, depth, levels)
        return _written(levels, depth, counts)

    def _count(
        self, list_id: int, abstract: str, depth: int, levels: dict[int, Level]
    ) -> dict[int, int]:
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at, change in self._changes[list_id].items():
                if isinstance(change, int):
                    counts[at] = change - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return counts


def _written(levels: dict[int, Level], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    if level.format in ("bullet", "none"):
        return ""

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        of = levels.get(at, Level())
        count = counts.get(at, of.start)
        return _in_format(count, "decimal" if level.as_digits else of.format)

    words = _PLACE.sub(put, level.words)
    if not words or level.gap == "nothing":
        return words
    is_closed = words[-1] in "、，．。）)】〕：:"
    return words if is_closed else words + " "


def _in_format(count: int, named: str) -> str:
    write = _FORMATS.get(named, str)
    return write(count)


def _chinese(count: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Write a number up to 9,999 in Chinese: 十一, 一百零一."""
    if not 0 < count < 10_000:
        return str(count)
    words, waiting = "", False
    for power in range(3, -1, -1):
        digit = count // 10**power % 10
        if digit:
            words += ("零" if waiting and words else "") + digits[digit]
            words += units[power - 1] if power else ""
        waiting = not digit
    return words[1:] if words.startswith("一十") else words


def _letters(count: int) -> str:
    """Write a, b … z, aa, bb …, as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else str(count)


def _roman(count: int) -> str:
    words = ""
    for size, letters in _ROMAN:
        words += letters * (count // size)
        count %= size
    return words


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)


def _full_width(count: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))


def _from(row: str) -> Callable[[int], str]:
    return lambda count: row[(count - 1) % len(row)] if count > 0 else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "chineseLegalSimplified": lambda count: _chinese(count, _LEGAL_DIGITS, "拾佰仟"),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
}


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for item in element.findall(f"{W}lvl"):
        at = item.get(f"{W}ilvl", "")
        if at.isdecimal():
            levels[int(at)] = _level(item)
    return levels


def _level(element: Element) -> Level:
    start = number(element, "start")
    return Level(
        format=value(element, "numFmt") or "decimal",
        words=value(element, "lvlText") or "",
        start=1 if start is None else start,
        gap=value(element, "suff") or "tab",
        as_digits=bool(switch(element, "isLgl")),
        restart=number(element, "lvlRestart"),
        style=value(element, "pStyle") or "",
    )


def _changes(element: Element) -> dict[int, Level | int]:
    """Return what a list changes of its levels: a whole level, or where it starts."""
    changes: dict[int, Level | int] = {}
    for item in element.findall(f"{W}lvlOverride"):
        at, start = item.get(f"{W}ilvl", ""), number(item, "startOverride")
        level = child(item, "lvl")
        if at.isdecimal() and level is not None:
            changes[int(at)] = _level(level)
        elif at.isdecimal() and start is not None:
            changes[int(at)] = start
    return changes
