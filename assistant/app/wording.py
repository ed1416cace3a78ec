"""What the reader sees for statuses, reasons and dates, in one place for terminal and page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.types import Answer, Mark, Reason

if TYPE_CHECKING:
    from assistant.library import DocumentCard

REFUSALS: dict[Reason, str] = {
    Reason.NOT_IN_DOCUMENTS: "文件中没有写明",
    Reason.TARGET_NOT_SET: "该市文件未设此目标",
    Reason.CITY_NOT_IN_LIBRARY: "文件库中没有该市的文件",
    Reason.YEAR_NOT_IN_DOCUMENTS: "文件未涉及这一年份",
    Reason.SOURCE_DAMAGED: "原文此处残缺",
}
REFUSED = "未能作答"
MARKS: dict[Mark, str] = {Mark.VERIFIED: "已核对", Mark.QUOTED: "摘录"}


def refusal_label(reason: Reason | None) -> str:
    """Name the kind of refusal."""
    return REFUSALS.get(reason, REFUSED) if reason else REFUSED


def duration(milliseconds: float) -> str:
    """Write how long an answer took."""
    if milliseconds < 1000:
        return f"{milliseconds:.0f} 毫秒"
    return f"{milliseconds / 1000:.1f} 秒"


def made_line(answer: Answer) -> str:
    """Say who made an answer, in what time, and what was wrong with a model's citation markers."""
    parts = [answer.model or "直接摘录", duration(answer.timings.total)]
    writing = answer.writing
    if writing is None:
        return parts[1]
    faults = writing.faults
    counted = {
        "编号缺失": faults.missing,
        "编号越界": faults.out_of_range,
        "编号有误": faults.malformed,
    }
    parts += [f"{name} {count} 处" for name, count in counted.items() if count]
    return " · ".join(parts)


def chinese_date(day: date | None) -> str:
    """Write a date as an official letter does (2023年10月16日); empty for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def title_of(card: DocumentCard) -> str:
    """Name a document: its title, or its file where no title was found."""
    return card.title or card.source


def source_line(card: DocumentCard) -> str:
    """Say whose document it is: city or issuer, 文号, date; what is missing is left out."""
    parts = (card.city or card.issuer, card.number, chinese_date(card.issued))
    return " · ".join(part for part in parts if part)


def size(count: float) -> str:
    """Write a size in bytes for people."""
    for unit in ("B", "KB", "MB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} GB"
