"""Sharing one subject out over several values: 职工和居民医保报销比例分别为85%、70%."""

from __future__ import annotations

import re

from assistant.indicators.lexicon import Lexicon
from assistant.indicators.names import measures

_GRADES = re.compile(r"^(?P<head>.*?)(?P<grades>[一二三四]{2,3})级(?P<rest>.*)$", re.DOTALL)
_SPLIT = re.compile(r"以及|、|和(?!谐)|及(?![时格其以])|与")
_PLACE = re.compile(r"^(?P<place>[^、]{1,8}?(?:区|县|市|镇|州|盟|旗|街道|级))(?P<rest>.{2,})$")
_OWN_SORT = re.compile(
    r"(?:中心|门诊|医院|站点?|院|所|室|基地|机构|学校|幼儿园|平台|专科|团队|驿站|食堂|公园)$"
)


Share = tuple[str, str]
"""A whole name, and whose value it is where the split says so (城镇职工)."""


def share_out(subject: str, count: int) -> tuple[Share, ...] | None:
    """Split ``subject`` into ``count`` names, each whole; None when it does not fall apart so."""
    grades = _GRADES.match(subject)
    if grades and len(grades["grades"]) == count:
        return tuple((f"{grades['head']}{one}级{grades['rest']}", "") for one in grades["grades"])
    parts = [part.strip() for part in _SPLIT.split(subject)]
    if len(parts) != count or not all(parts):
        parts = [part.strip() for part in subject.split("、")]
        if len(parts) != count or not all(parts):
            return None
    tail = _shared_tail(parts)
    if not tail:
        return tuple((part, "") for part in parts)
    owners = [*parts[:-1], parts[-1].removesuffix(tail)]
    return tuple((owner + tail, owner) for owner in owners)


def _shared_tail(parts: list[str]) -> str:
    """Return what the last part ends in and the others leave out."""
    last, others = parts[-1], parts[:-1]
    grade = re.match(r"^[一二三]级(?P<rest>.+)$", last)
    if grade and all(re.fullmatch(r".*[一二三]级", part) for part in others):
        return grade["rest"]
    place = _PLACE.match(last)
    if place and all(part.endswith(place["place"][-1]) for part in others):
        return place["rest"]
    if all(measures(part) for part in others) or not measures(last):
        return ""
    lexicon = Lexicon.load()
    known = next((last[i:] for i in range(2, len(last) - 2) if lexicon.has(last[i:])), "")
    lengths = {len(part) for part in others}
    alike = last[lengths.pop() :] if len(lengths) == 1 else ""
    return known or (alike if len(alike) > 2 and measures(alike) else "")


def each(subject: str) -> tuple[str, ...]:
    """Split the things of 新增A及B各10家; one thing stays one."""
    for link in ("以及", "及", "、", "和"):
        parts = [part.strip() for part in subject.split(link)]
        if len(parts) > 1 and all(_OWN_SORT.search(part) and len(part) > 2 for part in parts):
            return tuple(parts)
    return (subject,)
