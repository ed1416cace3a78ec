"""Does every number of a claim stand in one ground as the same fact?

Same value, unit and binding words, about the same thing, for the same year and place, of the same
kind. Where several places state the number, one that agrees in all is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.verification.facts import Fact, facts_of
from assistant.answering.verification.frames import share
from assistant.answering.verification.grounds import Ground
from assistant.types import Relation, ValueKind

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LEAST_ABOUT, _RIVAL_MARGIN, _ALIKE_MARGIN = 0.5, 0.12, 0.25
_OTHER_UNIT_MARGIN = 0.5
_PLANS = re.compile(r"方案|计划|规划|目标|意见|行动")
_AHEAD = re.compile(r"下一步|下步|打算|今后|工作计划|主要目标|目标任务|努力方向")
_REPORTS = re.compile(r"报告|总结|自评|成效|答复|回顾|进展情况|完成情况")
_BINDS = {
    Relation.AT_LEAST: re.compile("不低于|不少于|不小于|以上|≥|>|超过|至少|大于"),
    Relation.AT_MOST: re.compile("不高于|不超过|不大于|以下|以内|≤|<|小于|低于"),
    Relation.ABOUT: re.compile("左右|约|上下|近"),
}
_SHARES = re.compile("率|占比|比例|比重|满意度|增幅|百分比")
_KIND_WORDS = {
    ValueKind.TARGET: "目标",
    ValueKind.BASELINE: "基期值",
    ValueKind.ACHIEVED: "已达到的值",
}


def figures_wrong(claim: str, grounds: Sequence[Ground]) -> str:
    """Return what is wrong with the first number of ``claim`` that no ground bears out, or ''."""
    everywhere = "\n".join(ground.text for ground in grounds)
    there = {_plain(number) for number in _NUMBER.findall(everywhere)}
    for number in _NUMBER.findall(claim):
        if _plain(number) not in there:
            return f"引文中没有数字 {number}"
    for fact in facts_of(claim):
        wrong = _nearest_fault(fact, grounds)
        if wrong:
            return wrong
    return _swapped(claim, grounds)


def _plain(number: str) -> Decimal:
    return Decimal(number.replace(",", "")).normalize()


def _nearest_fault(fact: Fact, grounds: Sequence[Ground]) -> str:
    """Return '' when some ground states the fact, else the fault of the ground that comes nearest."""
    nearest, passed = f"引文中没有 {_said(fact)}", -1
    for ground in grounds:
        for held in _likeliest(fact, ground):
            step, fault = _compare(fact, held, ground)
            if not fault:
                return ""
            if step > passed:
                nearest, passed = fault, step
    return nearest


def _likeliest(fact: Fact, ground: Ground) -> list[Fact]:
    """Return the facts of the same value that are about much the same as ``fact``."""
    same = [held for held in ground.facts if _same_value(fact, held)]
    best = max((_likeness(fact, held) for held in same), default=0.0)
    return [held for held in same if _likeness(fact, held) >= best - _ALIKE_MARGIN]


def _same_value(claimed: Fact, held: Fact) -> bool:
    one, other = claimed.quantity, held.quantity
    if one.upper is None and other.upper is None:
        return one.value == other.value
    return (one.value, one.upper) == (other.value, other.upper)


def _compare(fact: Fact, held: Fact, ground: Ground) -> tuple[int, str]:
    """Return how many comparisons passed and what then failed ('' when none did)."""
    checks = (_unit, _relation, _place, _year, _kind, _about)
    for step, check in enumerate(checks):
        fault = check(fact, held, ground)
        if fault:
            return step, fault
    return len(checks), ""


def _unit(fact: Fact, held: Fact, ground: Ground) -> str:
    claimed, found = fact.quantity.unit, held.quantity.unit
    if claimed == found or (claimed and not found and claimed in ground.text):
        return ""
    if claimed == "%" and not found and _SHARES.search(ground.quote):
        return ""
    return f"引文中 {fact.quantity.value} 的单位不是「{claimed or '（无）'}」，是「{found or '（无）'}」"


def _relation(fact: Fact, held: Fact, ground: Ground) -> str:
    claimed, found = fact.quantity.relation, held.quantity.relation
    if claimed is found:
        return ""
    bare = found is Relation.EQUAL and claimed in _BINDS
    if bare and held.weak and _BINDS[claimed].search(ground.text):
        return ""
    words = held.quantity.qualifier or "（无）"
    return f"引文中 {fact.quantity.value} 的限定是「{words}」，与句中不符"


def _place(fact: Fact, held: Fact, ground: Ground) -> str:
    if not fact.place or fact.place in held.sentence or fact.place in ground.about:
        return ""
    return "" if fact.place in ground.text else f"{_said(fact)} 不是「{fact.place}」的数值"


def _year(fact: Fact, held: Fact, ground: Ground) -> str:
    if not fact.years:
        return ""
    if held.years:
        same = set(fact.years) & set(held.years)
        return "" if same else f"{_said(fact)} 在引文中不是 {fact.years[-1]} 年的数值"
    named = any(str(year) in ground.text for year in fact.years)
    return "" if named else f"引文中没有 {fact.years[-1]} 年"


def _kind(fact: Fact, held: Fact, ground: Ground) -> str:
    if fact.kind is None:
        return ""
    found = held.kind or _stance(ground)
    one_is_target = ValueKind.TARGET in (fact.kind, found)
    if found is None or fact.kind is found or not one_is_target:
        return ""
    if fact.kind is ValueKind.BASELINE and held.kind is None:
        return f"{_said(fact)} 在引文中不是基期值" if held.reached else ""
    return f"{_said(fact)} 在引文中是{_KIND_WORDS[found]}，不是{_KIND_WORDS[fact.kind]}"


def _stance(ground: Ground) -> ValueKind | None:
    """Say from where a ground looks, where the sentence itself does not say."""
    headings = "\n".join(ground.around.splitlines()[:2])
    if _REPORTS.search(ground.about):
        return None if _AHEAD.search(headings) else ValueKind.ACHIEVED
    if not _PLANS.search(ground.about):
        return None
    return None if _REPORTS.search(headings) else ValueKind.TARGET


def _about(fact: Fact, held: Fact, ground: Ground) -> str:
    wanted = frozenset(pair for pair in fact.about if pair != fact.place)
    if share(wanted, ground.dense) < _LEAST_ABOUT:
        return f"引文中的 {_said(fact)} 说的是另一件事"
    own = _likeness(fact, held)
    for other in ground.facts:
        if other.weak or _same_value(fact, other):
            continue
        margin = _RIVAL_MARGIN if other.quantity.unit == held.quantity.unit else _OTHER_UNIT_MARGIN
        if _likeness(fact, other) > own + margin:
            return f"引文中的 {_said(fact)} 是另一项的数值"
    return ""


def _likeness(fact: Fact, held: Fact) -> float:
    """Return in [0, 1] how much the two are about the same, what stands right at the number first."""
    said = share(fact.core, held.about) + share(fact.about, held.about)
    return (said + share(held.core, fact.about)) / 3


def _said(fact: Fact) -> str:
    return f"{fact.quantity.value}{fact.quantity.unit}"


def _swapped(claim: str, grounds: Sequence[Ground]) -> str:
    """Compare the order of the values of a 分别 list with that of the ground."""
    for match in re.finditer(r"分别[^;。\n]*", claim):
        listed = [fact.quantity.value for fact in facts_of(match[0])]
        if len(listed) > 1 and not any(_in_order(listed, ground) for ground in grounds):
            return "「分别」所列数值的次序与引文不同"
    return ""


def _in_order(listed: list[Decimal], ground: Ground) -> bool:
    values = iter(fact.quantity.value for fact in (*facts_of(ground.quote), *ground.facts))
    return all(any(value == held for held in values) for value in listed)
