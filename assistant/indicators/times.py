"""The year or period that a clause speaks of: its own words, or the lead-in before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.text.dates import FoundYear, find_periods, find_years


@dataclass(frozen=True, slots=True)
class Time:
    """A year, or the wording of a period; both may be missing. ``also``: 2022年和2023年."""

    year: int | None = None
    period: str = ""
    also: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.year is not None or bool(self.period)


NO_TIME = Time()

_LEADS = re.compile(
    r"^(?:[\s\u3000]|[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|其中[，,]?|同时[，,]?|此外[，,]?|力争|争取|预计|计划|确保|努力|"
    r"截至|截止到|截止|到|至|自|从|在|于|用|通过|[“\"]|以|由|并|目标\s*[0-9]\s*[:：])*$"
)
_AFTER_YEAR = re.compile(
    r"\s*年?(?P<end>度|底|末|初|年底|年末)?\s*(?P<month>第?\s*[0-9０-９一二三四]+\s*(?:季度|月份?|个月)(?:底|末|初)?)?"
    r"(?P<since>以来|起)?"
)
_BY_LIST = re.compile(r"分别")
_PLAN_END = re.compile(r"[”\"]?(?:末|期末)")
_OWN_THING = re.compile(r"的|《|（|\(")
_COMPARED_TO = re.compile(r"(?:较|(?<!占)比|相比|相较于?|与|同)\s*$")
_ITS_THING = re.compile(r"[^，。；]{0,6}的(?!基础上)|《")
# 2017年底，… and 到2025年… hold on over the next sentences; 在2017年安排…的基础上 does not.
_HOLDS_ON = re.compile(
    r"(?:年|月|季度|末|底|初|期间|时期|以来|努力|时间|[0-9])[，,]?\s*$|年(?:底|末|以来)?[，,]|截至|截止|到\s*[0-9二２]|至\s*[0-9二２]|通过|用|以来"
)
_LAST_YEAR = re.compile(r"去年(?:同期)?|上年(?:同期)?|上一年")


@dataclass(slots=True)
class Clock:
    """The running time of a paragraph: what the last lead-in said."""

    base: Time = NO_TIME
    paragraph: Time = NO_TIME
    sentence: Time = NO_TIME

    def new_paragraph(self) -> None:
        """Forget what the paragraph before said."""
        self.paragraph = self.sentence = NO_TIME

    def new_sentence(self, numbered: bool) -> None:
        """Begin a sentence; 一是…, 二是… begin anew."""
        if numbered:
            self.paragraph = NO_TIME
        self.sentence = self.paragraph

    def hear(self, clause: str, first: bool) -> Time:
        """Return the time of ``clause``; a time that leads it in also holds for what follows."""
        time, leads = clause_time(clause)
        if time and leads:
            self.sentence = time
            if first and _HOLDS_ON.search(clause):
                self.paragraph = time
        current = self.sentence or self.base
        if not time:
            return current
        if leads or time.year is not None:
            return time
        return Time(current.year, time.period)  # 到2025年，每年培训…


def clause_time(clause: str) -> tuple[Time, bool]:
    """Return the time that a clause names, and whether it leads the clause in."""
    if "年" not in clause and "五" not in clause:
        return NO_TIME, False
    years = find_years(clause)
    for year in years:
        before = clause[: year.span.start]
        if _COMPARED_TO.search(before):
            continue
        if before.count("《") > before.count("》"):
            continue
        leads = bool(_LEADS.match(before))
        if not leads and (_ITS_THING.match(_after(clause, year).lstrip()) or "（" in before):
            continue
        time = _time(clause, year)
        also = tuple(y.year for y in years if y is not year and y.period is None)
        together = leads and also and re.match(r"年?[和、与][12]", clause[year.span.end - 1 :])
        return (replace(time, also=also) if together else time), leads
    for period in find_periods(clause):
        return Time(None, period.words.removeprefix("力争")), bool(
            _LEADS.match(clause[: period.span.start])
        )
    return NO_TIME, False


def time_before(clause: str, position: int, default: Time) -> Time:
    """Return the last year that stands before ``position`` in ``clause``, else ``default``."""
    if "年" not in clause[:position]:
        return default
    years = [year for year in find_years(clause) if year.span.start < position]
    for year in reversed(years):
        between = clause[year.span.end : position]
        compared = _COMPARED_TO.search(clause[: year.span.start])
        if compared or _OWN_THING.search(between) or len(between) > 60:
            continue
        return _time(clause, year)
    return default


def years_in_turn(clause: str, count: int) -> tuple[int, ...]:
    """Return the years of a range that ``count`` values are shared out over, else nothing."""
    if not _BY_LIST.search(clause):
        return ()
    years = find_years(clause)
    if len(years) == count > 1 and years[0].period is None:
        return tuple(year.year for year in years)
    for year in years:
        if year.period and year.period[1] - year.period[0] + 1 == count:
            return tuple(range(year.period[0], year.period[1] + 1))
    return ()


def year_before_last(clause: str, position: int, time: Time) -> Time:
    """Return the time of a starting value: the year before, where the clause says 去年同期."""
    if time.year is not None and _LAST_YEAR.search(clause[:position]):
        return Time(time.year - 1, "去年同期")
    return NO_TIME


def _after(clause: str, year: FoundYear) -> str:
    match = _AFTER_YEAR.match(clause, year.span.end)
    return clause[match.end() if match else year.span.end :]


def _time(clause: str, year: FoundYear) -> Time:
    match = _AFTER_YEAR.match(clause, year.span.end)
    if year.period and year.period[0] != year.period[1]:
        if _PLAN_END.match(clause, year.span.end):
            return Time(year.year)
        return Time(None, _range_words(clause, year))
    if match and match["since"]:
        return Time(None, f"{year.year}年{(match['month'] or '').replace(' ', '')}{match['since']}")
    month = re.sub(r"\s", "", (match["month"] or "") if match else "")
    end = (match["end"] or "") if match else ""
    return Time(year.year, f"{year.year}年{end}{month}" if month else "")


def _range_words(clause: str, year: FoundYear) -> str:
    assert year.period is not None
    if year.span.of(clause).strip('”"“').isdigit():
        return f"{year.period[0]}—{year.period[1]}年"
    return year.span.of(clause).strip('“"”') + "期间"


def numbered(sentence: str) -> bool:
    """Say whether a sentence begins a numbered point (一是…, （2）…)."""
    return bool(
        re.match(
            r"\s*(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十0-9]{1,2}[)）])", sentence
        )
    )
