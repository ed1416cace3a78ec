"""What a value is: where somebody stood, what they want, what they reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Document, DocumentKind, ValueKind

_WANTS = frozenset(
    {DocumentKind.PLAN, DocumentKind.NOTICE, DocumentKind.OPINION, DocumentKind.MEASURES}
    | {DocumentKind.PROGRAMME, DocumentKind.OTHER, DocumentKind.LAW}
)
_AHEAD = re.compile(
    r"下一步|下步|工作思路|工作计划|工作打算|工作安排|努力方向|今后|未来|主要目标|发展目标|目标任务|重点任务|主要任务|总体要求|整改措施|保障措施|实施步骤"
)
_BEHIND = re.compile(
    r"成就|基本情况|发展现状|现状|工作基础|发展基础|主要成效|取得成效|工作成效|成效|成绩|回顾|面临|存在问题|进展|完成情况|背景|总结|工作情况|开展情况|经验"
)
# 2026年重点工作, written early in 2026.
_WORK_OF_YEAR = re.compile(
    r"(20[0-9]{2})\s*年度?(?:的?(?:重点|主要))?(?:工作|任务)(?:任务|重点|安排|打算|部署)?\s*$"
)
_TARGET = re.compile(
    r"力争|争取|目标(?:为|是|：|:)|的目标|确保|计划(?!实施)|预计到|努力|将达|拟|到20[0-9]{2}年"
)
_DONE = re.compile(
    r"截至|截止|同比|环比|比上年|较上年|(?<!而)已(?!经批准)|建成了|达到了|完成了|实现了|新增了|建立了|设立了|增长了|下降了|提高了|以来|调查显示|现有|目前|成功(?:通过|入选|创建)|共下派|入选|荣获"
)
_UNTIL = re.compile(r"(?:截至|截止到?)\s*(20[0-9]{2})\s*年")


@dataclass(frozen=True, slots=True)
class Stance:
    """From where a stretch of a document looks: the kind of a value without any sign of its own."""

    usual: ValueKind
    issued_year: int | None
    plans: bool

    def kind(self, clause: str, year: int | None, lead: str = "") -> ValueKind:
        """Return the kind of a value of ``clause`` for ``year``; ``lead`` are words before it."""
        if _DONE.search(clause) and not re.search(r"力争|争取|到20[0-9]{2}年", clause):
            return ValueKind.ACHIEVED
        if self.issued_year is not None and year is not None and year != self.issued_year:
            if year > self.issued_year:
                return ValueKind.TARGET
            return (
                ValueKind.BASELINE if self._wants and not _DONE.search(lead) else ValueKind.ACHIEVED
            )
        if _TARGET.search(clause) or _TARGET.search(lead):
            return ValueKind.TARGET
        if _DONE.search(lead):
            return ValueKind.ACHIEVED
        return self.usual

    @property
    def _wants(self) -> bool:
        return self.usual is ValueKind.TARGET and self.plans


def stance(document: Document, heading_path: tuple[str, ...], written: int | None) -> Stance:
    """Return the stance of a section, by the document's kind and its headings (下一步工作…).

    ``written`` is the year in which the document was written, if known.
    """
    plans = document.kind in _WANTS
    usual = ValueKind.TARGET if plans else ValueKind.ACHIEVED
    for heading in heading_path:
        ahead, behind = _looks_ahead(heading, written), bool(_BEHIND.search(heading))
        if ahead is not behind:
            usual = ValueKind.TARGET if ahead else ValueKind.ACHIEVED
    return Stance(usual, written, plans)


def _looks_ahead(heading: str, written: int | None) -> bool:
    of_year = _WORK_OF_YEAR.search(heading)
    to_come = of_year and written is not None and int(of_year[1]) >= written
    return bool(to_come or _AHEAD.search(heading))


def written_in(document: Document) -> int | None:
    """Return the year in which a document was written, as far as it says so.

    Without any date, it is the last year that it counts up to (截至2018年3月底).
    """
    if document.issued:
        return document.issued.year
    until = [int(year) for year in _UNTIL.findall(document.text)]
    return max(until, default=None)
