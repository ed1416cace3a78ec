"""Columns of flattened tables: what a column holds, and how ill a cell fits it.

Costs are in nats, roughly: 0 for a cell that fits, 3 and more for one that does not belong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.documents.table_heads import Column, Kind

_NUMBER = re.compile(
    r"\[?[≥≤><±约超近]?[-+]?\d[\d,]*(?:\.\d+)?(?:[%‰‱]|以上|以下|左右|以内)*(?:[-—–~/至](?:\d[\d,]*(?:\.\d+)?)[%‰]?)?(?:以上|以下|左右)?\]?"
)
_NUMBER_WITH_UNIT = re.compile(
    r"[≥≤><约超近累计达到新增不低少高于]{0,4}\d[\d,.]*[\u4e00-\u9fff%‰/]{1,6}"
)
_DASH = re.compile(r"[-—–/\\*]+|无|暂无")
_UNIT = re.compile(
    r"[%‰]|.{0,4}/.{1,6}|[人个家所张台套件项次辆座处万亿元平方米公里岁年天日床例份期名户场批支门本吨亩‰分种类件起篇]{1,4}(?:\(.{1,6}\))?"
)
_RESPONSIBLE = re.compile(
    r"(?:委|局|办|厅|政府|院|部|单位|中心|部门|街道|镇|公司|会|处|科|县|区|大学|机构)(?:等|\))?$"
)
_TIME = re.compile(r"年|月|季度|长期|持续|常年|每|前$|底$")
_SENTENCE_END = frozenset("。;!?")


@dataclass(slots=True)
class Profile:
    """What a column holds: the share of numbers, of sentences, the usual length."""

    column: Column
    numbers: float | None = None
    sentences: float | None = None
    length: float | None = None
    spread: float = 0.8
    empty: float | None = None


@dataclass(slots=True)
class Features:
    """What a cell's words look like."""

    number: bool
    measured: bool
    dash: bool
    sentence: bool
    length: float
    words: str = field(repr=False)
    next_number: bool = False  # it goes on counting 1, 2, 3 …


def features(words: str) -> Features:
    """Describe a cell's words (without blanks)."""
    return Features(
        bool(_NUMBER.fullmatch(words)),
        bool(_NUMBER_WITH_UNIT.fullmatch(words)),
        bool(_DASH.fullmatch(words)),
        words[-1] in _SENTENCE_END,
        math.log(len(words) + 1),
        words,
    )


def ends_with_responsible_unit(words: str) -> bool:
    """Say whether a cell's words end as who is responsible does: an organ, a county, a company."""
    return bool(_RESPONSIBLE.search(words))


def is_number(words: str) -> bool:
    """Say whether a cell's words are a number, with no more than a sign or a percent mark."""
    return bool(_NUMBER.fullmatch(words))


def counted(cells: list[Features]) -> list[Features]:
    """Mark the cells that count on from 1."""
    expected = 1
    for cell in cells:
        if cell.words == str(expected):
            cell.next_number = True
            expected += 1
    return cells


def first_profiles(
    cells: Sequence[Features], columns: Sequence[Column], starts: Sequence[int]
) -> list[Profile]:
    """Guess the columns from their heads and, where all is text, from the first rows."""
    shown = cells[: len(columns) * 8]
    numeric = sum(1 for cell in shown if cell.number) >= 0.15 * len(shown)
    profiles = []
    for at, head in enumerate(columns):
        kind = head.kind
        profile = Profile(head)
        if kind is Kind.NUMBER and not numeric:
            profile.column = Column(head.name, Kind.TEXT)
        if numeric and kind is Kind.TEXT and any(each.kind is Kind.NUMBER for each in columns[:at]):
            profile.numbers = 0.3  # words behind numbers may turn out to be numbers
        if not numeric:
            firsts = [cells[start + at] for start in starts if start + at < len(cells)]
            profile.sentences = _share([cell.sentence for cell in firsts])
            profile.length = sum(cell.length for cell in firsts) / len(firsts) if firsts else None
        profiles.append(profile)
    return profiles


def learned(
    cells: Sequence[Features], columns: Sequence[Column], assigned: Sequence[int | None], rows: int
) -> list[Profile]:
    """Describe the columns by the cells that a fit put into them; ``rows`` is its row count."""
    held: list[list[Features]] = [[] for _ in columns]
    for cell, place in zip(cells, assigned, strict=True):
        if place is not None:
            held[place].append(cell)
    return [_profile(column, group, rows) for column, group in zip(columns, held, strict=True)]


def _profile(column: Column, group: Sequence[Features], rows: int) -> Profile:
    """Describe a column by the cells that it holds in ``rows`` rows."""
    profile = Profile(column, empty=max(0.0, 1 - len(group) / max(1, rows)))
    numbers = _share([cell.number or cell.dash for cell in group])
    if numbers is None:
        return profile
    profile.numbers = numbers
    if column.kind is Kind.NUMBER and numbers < 0.4:
        profile.column = Column(column.name, Kind.TEXT)
    if column.kind in (Kind.TEXT, Kind.TIME) and numbers > 0.6:
        profile.column = Column(column.name, Kind.NUMBER)
    profile.sentences = _share([cell.sentence for cell in group])
    profile.length = sum(cell.length for cell in group) / len(group)
    variance = sum((cell.length - profile.length) ** 2 for cell in group) / len(group)
    profile.spread = max(0.5, math.sqrt(variance))
    return profile


def _share(seen: Sequence[bool]) -> float | None:
    return (sum(seen) + 0.5) / (len(seen) + 1) if seen else None


def misfit(cell: Features, profile: Profile) -> float:
    """Return how ill a cell fits a column, 0 for well."""
    kind = profile.column.kind
    if kind is Kind.SEQUENCE:
        if cell.next_number:
            return 0.0
        return 1.5 if cell.words.isdigit() and len(cell.words) <= 3 else 6.0
    if kind is Kind.NUMBER:
        if cell.number or cell.dash:
            return 0.0
        return 0.3 if cell.measured else min(3.5, 0.6 + len(cell.words) / 6)
    if kind is Kind.UNIT:
        if _UNIT.fullmatch(cell.words):
            return 0.0
        return 4.0 if cell.number else min(3.0, 0.3 + len(cell.words) / 8)
    return _misfit_of_words(cell, profile)


def _misfit_of_words(cell: Features, profile: Profile) -> float:
    kind = profile.column.kind
    if cell.number:
        known = profile.numbers
        if known is not None and known >= 0.3:
            return 0.5 if known > 0.5 else 1.2
        return 2.0 if kind is Kind.REMARK else 3.5
    cost = 0.4 if cell.dash else 0.0
    if kind is Kind.ORGAN:
        cost += 2.0 if cell.sentence else (0.0 if _RESPONSIBLE.search(cell.words) else 0.8)
    elif kind is Kind.TIME:
        cost += 0.0 if _TIME.search(cell.words) else 1.0
    elif kind is Kind.REMARK:
        cost += 0.5
    if profile.sentences is not None:
        cost += 0.6 * -math.log(profile.sentences if cell.sentence else 1 - profile.sentences)
    if profile.length is not None:
        away = (cell.length - profile.length) / profile.spread
        cost += min(2.0, 0.35 * away * away)
    return cost
