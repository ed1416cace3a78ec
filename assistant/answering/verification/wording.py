"""Do the words of a claim stand in its grounds: enough of them, no negation added or lost, no turn
from rising to falling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.verification.frames import dense, pairs, share
from assistant.answering.verification.grounds import Ground

_LEAST_SHARED, _LEAST_WITH_FIGURES, _LEAST_IN_QUOTE = 0.62, 0.5, 0.3
_LEAST_OF_CLAUSE, _LONG_CLAUSE = 0.4, 6
_NO = r"(?:不再|不予|不得|不能|不会|不是|不|未|没有|没|无|并非|禁止|严禁|取消|停止|暂停|拒绝|反对)"
# Words with one of these characters in them that deny nothing.
_HARMLESS = re.compile(
    r"不断|不[低高少多小大]于|不得[低高少超]于?过?|不超过|不同|不良|不足|不仅|不但|不合理|未来|无偿|无障碍|无缝|无人|无菌|"
    r"不动产|不平衡|不充分|不宜直接比较|没有名为|没有所问的|未写明|前所未有|停止吸"
)
_NEGATION = re.compile(rf"{_NO}([㐀-鿿]{{2}})")
_RISES = re.compile(r"提高|提升|增加|增长|上升|扩大|增强|加大|新增|升高|增幅|增量|增至")
_FALLS = re.compile(r"下降|降低|减少|缩短|压减|压缩|缩小|减轻|降至|减至|下调")


def words_wrong(claim: str, grounds: Sequence[Ground], *, has_figures: bool) -> str:
    """Return what is wrong with the wording of ``claim`` (titles taken out), or ''.

    ``has_figures`` says that its numbers were found as the same facts, which asks less of the words.
    """
    return (
        _negation(claim, grounds)
        or _direction(claim, grounds)
        or _overlap(claim, grounds, has_figures=has_figures)
    )


def _negation(claim: str, grounds: Sequence[Ground]) -> str:
    words = _HARMLESS.sub("|", dense(claim))
    held = [_HARMLESS.sub("|", ground.dense) for ground in grounds]
    everywhere = "\n".join(held)
    for match in _NEGATION.finditer(words):
        if match[0] not in everywhere:
            return f"引文中没有「{match[0]}」这样的否定"
    for text in held:
        for match in _NEGATION.finditer(text):
            follows = text[match.start(1) : match.end(1) + 2]
            lost = follows in words and match[0] not in words
            if lost and not re.search(f"(?<!{match[0][0]}){follows}", _without(text, match[0])):
                return f"漏掉了引文中的否定「{match[0]}」"
    return ""


def _without(text: str, word: str) -> str:
    return text.replace(word, "|")


def _direction(claim: str, grounds: Sequence[Ground]) -> str:
    everywhere = "\n".join(ground.dense for ground in grounds)
    words = dense(claim)
    for way, other in ((_RISES, _FALLS), (_FALLS, _RISES)):
        found = way.search(words)
        if found and not way.search(everywhere):
            return f"引文中没有「{found[0]}」这样的变化"
        if found and not other.search(words) and found[0] not in everywhere:
            near = words[max(0, found.start() - 4) : found.start()]
            turned = other.search(everywhere) and re.search(
                rf"{re.escape(near)}(?:{other.pattern})", everywhere
            )
            if near and turned:
                return f"引文中的变化不是「{found[0]}」"
    return ""


def _overlap(claim: str, grounds: Sequence[Ground], *, has_figures: bool) -> str:
    wanted = pairs(claim)
    if not wanted:
        return ""
    everywhere = "\n".join(ground.dense for ground in grounds)
    quoted = "\n".join(dense(ground.quote) for ground in grounds)
    least = _LEAST_WITH_FIGURES if has_figures else _LEAST_SHARED
    if share(wanted, everywhere) < least:
        return "引文与句子的用词相差过大"
    if not has_figures and share(wanted, quoted) < _LEAST_IN_QUOTE:
        return "引文与句子的用词相差过大"
    for clause in re.split(r"[,;。\n:]", claim):
        own = pairs(clause)
        if len(own) >= _LONG_CLAUSE and share(own, everywhere) < _LEAST_OF_CLAUSE:
            return f"引文没有说「{clause.strip()[:20]}」"
    return ""
