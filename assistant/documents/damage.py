"""Damage: places where the source lost text, so that an answer can say so.

Few false alarms count more than finding all: a page break in mid-sentence, a heading without a full
stop and a signature are healthy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.documents.head_lines import is_date_line, is_organ_line
from assistant.documents.labels import label_at
from assistant.documents.shape import Line, ends_sentence
from assistant.types import Damage, DamageKind, Span

_YEAR = r"(?:19|20)\d{2}"
_LOST_RANGE = re.compile(rf"(?<![\d.,]){_YEAR}\s{{0,2}}{_YEAR}(?=\s*年|\))")
_LOST_SYMBOL = (
    re.compile(rf"(?<![\d.,]){_YEAR}(?:1[0-2]|0?[1-9])(?=月)"),
    re.compile(rf"(?<![\d.,]){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=日)"),
    re.compile(r"[\"“](\d{1,3})N[\"”]"),
    re.compile(r"(?<![\d.,])\d{1,3}\.\d{2,4}\.\d{1,2}(?=\s*(?:%|‰|个百分点))"),
    re.compile(r"(?<![A-Za-z])(?:DRGs?DIP|DIPDRGs?|PACSLIS|LISPACS|HISLIS|APGDRG)(?![A-Za-z])"),
)
_NARROW_RANGE = re.compile(
    r"(?<![\d.,A-Za-z])(\d{2})(\d{2})(?=\s*(?:%|‰|以上|以下|左右|分以上|分左右))"
)
_DATE_ALONE = re.compile(rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OPEN_END = re.compile(
    r"(?:为|由|至|达|达到|在|的|和|与|及|从|将|按|按照|是|不低于|不少于|不超过|不高于|提高到|提高至|下降到|降至|增加到|增长到|占比|比例|约|近|超|元/人|、|,|\()$"
)
_CLAUSE_START = re.compile(r"[。;,:!?\n]")
_STANDARD_HEADS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "产出指标",
    "效益指标",
    "满意度指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "经济效益指标",
    "生态效益指标",
]
_BROKEN_HEADS = frozenset(
    head[cut:]
    for head in _STANDARD_HEADS
    for cut in (1,)
    if head[cut:] not in _STANDARD_HEADS and head[cut:] not in ("指标", "会效益指标")
)
_SHORTEST_SENTENCE = 20
_LONGEST_STRAY = 12
_MOST_STRAYS = 4
_WIDEST_RANGE = 10


def find_damage(
    folded: str,
    lines: Sequence[Line],
    *,
    wrapped: float,
    skipped: Collection[int],
    passed_over: Collection[int],
    headings: Collection[int],
) -> tuple[Damage, ...]:
    """Find the damage in a text.

    ``skipped`` are lines that are no running text (apparatus, head, signature, tables), of which a
    sentence may run on over those in ``passed_over`` (a page number); ``headings`` are lines that
    begin a heading.
    """
    found = [
        *_stray_lines(lines, wrapped, skipped, headings),
        *_cut_short(lines, skipped, passed_over, headings),
        *_lost_quotes(lines, skipped),
        *_lost_signs(folded),
        *_broken_heads(lines),
    ]
    return _apart(found)


def _stray_lines(
    lines: Sequence[Line],
    wrapped: float,
    skipped: Collection[int],
    headings: Collection[int],
) -> list[Damage]:
    found = []
    at = 1
    while at < len(lines) - 1:
        last = at
        while (
            last < len(lines) - 1
            and last - at < _MOST_STRAYS
            and _is_stray(lines, last, skipped, headings)
        ):
            last += 1
        following = last
        if (
            last > at
            and _is_broken_off(lines[at - 1], at - 1, wrapped, skipped)
            and _goes_on(lines, following, skipped, headings)
        ):
            start = _clause_start(lines[at - 1])
            found.append(Damage(Span(start, _clause_end(lines[following])), DamageKind.STRAY_LINES))
        at = max(last, at) + 1
    return found


def _is_stray(
    lines: Sequence[Line], at: int, skipped: Collection[int], headings: Collection[int]
) -> bool:
    words = lines[at].words
    return (
        len(words) <= _LONGEST_STRAY
        and at not in skipped
        and at not in headings
        and not ends_sentence(words)
        and not label_at(words)
        and not is_date_line(words)
        and not is_organ_line(words)
    ) or bool(len(words) <= _LONGEST_STRAY and words[0] in "•·" and at not in skipped)


def _is_broken_off(line: Line, at: int, wrapped: float, skipped: Collection[int]) -> bool:
    long_enough = len(line.words) >= max(_SHORTEST_SENTENCE, wrapped - 4)
    return long_enough and at not in skipped and not ends_sentence(line.words) and "," in line.words


def _goes_on(
    lines: Sequence[Line], at: int, skipped: Collection[int], headings: Collection[int]
) -> bool:
    return at not in skipped and at not in headings and not label_at(lines[at].words)


def _cut_short(
    lines: Sequence[Line],
    skipped: Collection[int],
    passed_over: Collection[int],
    headings: Collection[int],
) -> list[Damage]:
    found = []
    for at, line in enumerate(lines):
        if at in skipped or len(line.words) < _SHORTEST_SENTENCE:
            continue
        if not _OPEN_END.search(line.words) or not ("," in line.words or "。" in line.words):
            continue
        following = at + 1
        while following in passed_over:
            following += 1
        if following >= len(lines) or following in headings or following in skipped:
            found.append(Damage(Span(_clause_start(line), line.end), DamageKind.CUT_SHORT))
    return found


def _lost_quotes(lines: Sequence[Line], skipped: Collection[int]) -> list[Damage]:
    """Find a closing quote whose opening, and what stood before it, is lost."""
    found = []
    depth = 0
    for at, line in enumerate(lines):
        if at in skipped or "”" not in line.words:
            depth += line.words.count("“") if at not in skipped else 0
            continue
        for place, sign in enumerate(line.words):
            if sign == "“":
                depth += 1
            elif sign == "”" and depth:
                depth -= 1
            elif sign == "”":
                end = line.start + place + 1
                start = max(_last_stop(line.words, place) + line.start, line.start)
                found.append(Damage(Span(start, end), DamageKind.STRAY_LINES))
        depth = 0 if ends_sentence(line.words) else depth
    return found


def _last_stop(words: str, before: int) -> int:
    return max(words.rfind(sign, 0, before) for sign in "。;,:") + 1


def _lost_signs(folded: str) -> list[Damage]:
    found = [
        Damage(Span(*each.span()), DamageKind.LOST_RANGE) for each in _LOST_RANGE.finditer(folded)
    ]
    for pattern in _LOST_SYMBOL:
        found += [
            Damage(Span(*each.span()), DamageKind.LOST_SYMBOL) for each in pattern.finditer(folded)
        ]
    for each in _NARROW_RANGE.finditer(folded):
        low, high = int(each.group(1)), int(each.group(2))
        is_year = low in (19, 20)
        if low < high <= 100 and high - low <= _WIDEST_RANGE and low >= 10 and not is_year:
            found.append(Damage(Span(*each.span()), DamageKind.LOST_SYMBOL))
    return found


def _broken_heads(lines: Sequence[Line]) -> list[Damage]:
    """Find table heads and lone dates that lost a sign: 级指标, 20231016."""
    return [
        Damage(line.span, DamageKind.LOST_SYMBOL)
        for line in lines
        if len(line.words) <= 8
        and (line.words in _BROKEN_HEADS or _DATE_ALONE.fullmatch(line.words))
    ]


def _clause_start(line: Line) -> int:
    """Return where the last clause of ``line`` begins."""
    return line.start + max(line.words.rfind(sign, 0, len(line.words) - 1) for sign in "。;,:") + 1


def _clause_end(line: Line) -> int:
    """Return where the first clause of ``line`` ends, its mark included."""
    mark = _CLAUSE_START.search(line.words)
    return line.start + (mark.end() if mark else len(line.words))


def _apart(found: Sequence[Damage]) -> tuple[Damage, ...]:
    """Return the damage in order; what overlaps an earlier place is left out."""
    kept: list[Damage] = []
    for damage in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if not kept or damage.span.start >= kept[-1].span.end:
            kept.append(damage)
    return tuple(kept)
