"""The ways of asking where something stood before it moved: 基期, 底数, 从多少起步, 提升之前."""

from __future__ import annotations

import re

_MOVING = "提[升高]|增[长加]|上升|下降|降低|减少|压[降减]|缩短|调整|改善|改革|实施|启动|创建|建设|推进|扩大|示范|试点"
_HOW_MUCH = "多少|几成|几(?:个|级|天|家|所|张|名|分)|百分之几|什么(?:水平|基础|程度)"
# 提升之前, and not 2025年之前; 从多少 where 提高到多少 is not asked beside it.
BEFORE_IT_MOVED = re.compile(
    rf"(?:{_MOVING})(?:之|以)?前(?!后|期|景|沿)的?|(?<![年月日底末])之前的?(?=[是有为]|[^，,。]{{0,4}}多少|底|[?？]|$)"
    rf"|[从由自](?={_HOW_MUCH})(?![^，。]*(?:到|至)(?:了|什么|{_HOW_MUCH}))"
    r"|(?:打|从)?底[数子](?=[是有为]|多少|[?？]|$)|本底值?|原本|原先|起初|最初|原来(?!的(?:文件|政策|规定))"
)
_START = rf"[从由自](?={_HOW_MUCH})|起步|起点|底[数子]|基期|基数|原来"
_END = rf"[到至][^，。]{{0,4}}(?:{_HOW_MUCH}|几)|目标"
_BOTH = re.compile(rf"(?:{_START}).*(?:{_END})|目标.*(?:{_START})")
_NAMED = re.compile(r"基期|基线|基数|基准(?!线)|现状|起点|起步(?!价)|起始")


def asks_where_it_started(text: str) -> bool:
    """Say whether ``text`` asks for the value before a change."""
    if asks_for_both_ends(text):
        return False
    return bool(_NAMED.search(text) or BEFORE_IT_MOVED.search(text))


def asks_for_both_ends(text: str) -> bool:
    """Say whether ``text`` asks where something started and where it is to go (基期和目标)."""
    return bool(_BOTH.search(text))
