"""Dates, years and periods as Chinese documents write them, read where they stand.

Nothing is resolved against a clock: 今年 and 去年 are no years here. What the source lost (a dash
between two years, the 年 and 月 of a date) is read only where it can mean one thing, and marked
``damaged``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.text.han_numbers import read_number
from assistant.types import Span

_D = "[0-9０-９]"
_H = "[〇零○一二三四五六七八九]"
_YEAR = rf"(?:(?:[1１][9９]|[2２][0０]){_D}{{2}})"
_HAN_YEAR = rf"(?:(?:一九|二[〇零○]){_H}{{2}})"
_DASH = r"[-－‐‑–—―~～至到]{1,2}"
_NOT_AFTER = r"(?<![0-9０-９.．A-Za-z])"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day of the calendar and where it is written; ``damaged`` when 年月日 or dashes are lost."""

    date: date
    span: Span
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class FoundYear:
    """A calendar year and where it is written.

    ``period`` is the first and the last year where the year is one end of a range (both ends are
    found) or stands for a five-year plan (found once, as its last year).
    """

    year: int
    span: Span
    period: tuple[int, int] | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A stretch of time that names no calendar year (三年内, 5年努力), and where it is written."""

    words: str
    span: Span


_DATE = re.compile(
    rf"{_NOT_AFTER}(?P<y>{_YEAR})\s*年\s*(?P<m>{_D}{{1,2}})\s*月\s*(?P<d>{_D}{{1,2}})\s*日"
    rf"|{_NOT_AFTER}(?P<y2>{_YEAR})(?P<s>[-－/／.．])(?P<m2>{_D}{{1,2}})(?P=s)(?P<d2>{_D}{{1,2}})"
    rf"(?!{_D}|[-－/／.．]{_D})"
    rf"|(?P<hy>{_HAN_YEAR})年(?P<hm>[一二三四五六七八九十]{{1,2}})月(?P<hd>[一二三四五六七八九十]{{1,3}})日"
    rf"|{_NOT_AFTER}(?P<y3>{_YEAR})(?P<m3>{_D}{{2}})(?P<d3>{_D}{{2}})(?!{_D}|[.．]{_D})"
    rf"|{_NOT_AFTER}(?P<y4>{_YEAR})(?P<m4>{_D}{{1,2}})月(?P<d4>{_D}{{1,2}})日"
)

_PLANS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_YEARS = re.compile(
    rf"[〔\[［【（(](?:{_YEAR})[〕\]］】）)]\s*第?\s*{_D}+\s*号"  # a document number: no year of speech
    rf"|{_NOT_AFTER}(?P<a>{_YEAR})\s*年?\s*{_DASH}\s*(?P<b>{_YEAR})\s*(?=年|[)）])"
    rf"|{_NOT_AFTER}(?P<la>{_YEAR})(?P<lb>{_YEAR})\s*年"
    rf"|{_NOT_AFTER}(?P<y>{_YEAR})\s*年"
    rf"|{_NOT_AFTER}(?P<iso>{_YEAR})(?=[-－/／.．]{_D}{{1,2}}[-－/／.．]{_D}{{1,2}}(?!{_D}))"
    rf"|{_NOT_AFTER}(?P<c>{_YEAR})(?=(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?!{_D}|[.．]))"
    rf"|{_NOT_AFTER}(?P<lm>{_YEAR})(?={_D}{{1,2}}月)"
    rf"|(?P<ha>{_HAN_YEAR})年?{_DASH}(?P<hb>{_HAN_YEAR})年"
    rf"|(?P<h>{_HAN_YEAR})年"
    r"|(?<!十)十(?P<plan>[一二三四五六])五[”\"」』]?(?=时期|期间|规划|末|期末|以来|发展|[”\"」』])"
    r"|[“\"「『]十(?P<plan2>[一二三四五六])五"
)
_BARE = re.compile(
    rf"{_NOT_AFTER}(?P<y>{_YEAR})(?!{_D}|[.．,，]{_D}|[-－/／]{_D}|\s*[年号A-Za-z%％])"
)

_COUNT = rf"(?:{_D}{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
_PERIODS = re.compile(
    rf"{_NOT_AFTER}(?:(?:力争)?(?:通过|经过|用|利用)\s*{_COUNT}\s*年(?:左右)?(?:的?时间|的?努力)?"
    rf"|(?:未来|今后|近|最近|过去){_COUNT}\s*年(?:内|来)?"
    rf"|{_COUNT}\s*年(?:以内|之内|内|左右时间))"
    rf"|每年|逐年"
)


def to_ascii_digits(written: str) -> str:
    """Return full-width digits and signs as their half-width forms, one for one."""
    return written.translate(_ASCII)


_ASCII = str.maketrans("０１２３４５６７８９．，％－／", "0123456789.,%-/")


def _number(written: str) -> int:
    return int(to_ascii_digits(written))


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return the full dates of ``text`` in order, also 20231016 and 202310月16日 (``damaged``).

    A written date that no calendar has (2023年2月30日) is not returned.
    """
    return tuple(_dates(text))


def _dates(text: str) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        g = match.groupdict()
        damaged = bool(g["y3"] or g["y4"])
        if g["hy"]:
            parts = (read_number(g["hy"]), read_number(g["hm"]), read_number(g["hd"]))
        else:
            n = next(s for s in ("", "2", "3", "4") if g["y" + s])
            parts = (_number(g["y" + n]), _number(g["m" + n]), _number(g["d" + n]))
        try:
            yield FoundDate(date(*parts), Span(*match.span()), damaged)
        except ValueError:
            continue


@lru_cache(maxsize=8192)
def find_years(text: str, *, bare: bool = False) -> tuple[FoundYear, ...]:
    """Return the years named in ``text`` in order: 2025年, ２０２５年, 二〇二四年, both ends of ranges.

    A five-year plan (“十四五”) is its last year with its ``period``. 20232025年 is two damaged
    years. The year of a document number (〔2023〕54号) is none. With ``bare``, four digits without
    年 count too, as people type them in questions.
    """
    found = list(_years(text))
    if bare:
        taken = [f.span for f in found]
        for match in _BARE.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                found.append(FoundYear(_number(match["y"]), span))
        found.sort(key=lambda f: (f.span.start, f.year))
    return tuple(found)


def _years(text: str) -> Iterator[FoundYear]:
    for match in _YEARS.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind in ("b", "hb", "lb"):
            yield from _range(match, kind)
            continue
        if kind in ("plan", "plan2"):
            last = 1950 + 5 * (10 + _PLANS[match[kind]] + 1)
            yield FoundYear(last, Span(*match.span()), (last - 4, last))
            continue
        year = read_number(match[kind]) if kind == "h" else _number(match[kind])
        yield FoundYear(year, Span(*match.span()), damaged=kind in ("c", "lm"))


def _range(match: re.Match[str], last: str) -> Iterator[FoundYear]:
    first = last[:-1] + "a"
    read = read_number if last == "hb" else _number
    period = (read(match[first]), read(match[last]))
    for name, year in zip((first, last), period, strict=True):
        if period[0] <= period[1]:
            yield FoundYear(year, Span(*match.span(name)), period, damaged=last == "lb")
        else:
            yield FoundYear(year, Span(*match.span(name)))


def find_periods(text: str) -> tuple[FoundPeriod, ...]:
    """Return stretches of time without a calendar year: 三年内, 力争通过5年努力, 每年, 近三年."""
    return tuple(FoundPeriod(m[0], Span(*m.span())) for m in _PERIODS.finditer(text))
