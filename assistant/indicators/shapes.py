"""The shapes in which a clause says a value: 从A提升到B, 分别为A、B, A达到N, N家A, N%的A做到B."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.indicators import names, units
from assistant.indicators.found import Clause, Found, Memory
from assistant.indicators.naming import name_of, of_subject
from assistant.indicators.sharing import each, share_out
from assistant.indicators.times import NO_TIME, Time, time_before, year_before_last, years_in_turn
from assistant.text.dates import find_years
from assistant.text.measures import MOVED
from assistant.text.numbers import Quantity
from assistant.types import Relation, ValueKind

_FROM = re.compile(r"(?:从|由)(?P<when>\s*20\d\d\s*年?[底末初]?的?\s*|[^，。；从由0-9]{0,8})$")
_ONLY_LINK = re.compile(r"[\s、，,]*(?:和|及|与|或|以及)?\s*")
_MOVE = re.compile(rf"\s*(?:逐步|稳步)?(?:{'|'.join(MOVED)})\s*(?:约|近)?\s*$")
_CLAUSE_OF = re.compile(r"^(?P<name>.*(?:标准|经费|比例|率|资金|补助))为(?P<whose>.{2,16})$")
_AT_LEAST = re.compile(r"(?:至少|不少于|最少)[^，。；0-9]{0,8}$")
_PER = re.compile(r"每\s*$")
_AMONG = re.compile(r"[^，。；0-9]{0,10}中(?:已|有|[，,]?其中)")  # 27项任务中已完成19项
_SEPARATE = re.compile("[、，,和及]")
_OF_THINGS = re.compile("的(?!标准|目标|要求|比例|水平|基础)")
_WHOSE = re.compile(
    r"\s*分别\S{0,6}?(?P<whose>[一二三]级(?:[、和及][一二三]级)+(?:公立)?(?:综合)?(?:医院|医疗机构|机构)?)"
)

Read = tuple[int, int, list[Found]]
"""How many numbers were read, where reading goes on in the clause, and what was found."""


def read(clause: Clause, memory: Memory) -> Iterator[Found]:
    """Yield the values with numbers that a clause says, in order."""
    todo = [q for q in clause.quantities if not units.counts_nothing(q, clause.text)]
    todo = _without_conditions(clause, todo)
    begin = 0
    while todo:
        taken, begin, found = (
            _moved(clause, todo, begin, memory)
            or _in_turn(clause, todo, begin)
            or _alone(clause, todo, begin, memory)
        )
        for one in found:
            memory.subject = one.name
            yield one
        todo = todo[taken:]


def _without_conditions(clause: Clause, todo: list[Quantity]) -> list[Quantity]:
    """Drop numbers that only say which things are meant (1000张以上床位的医院…达100%, 每3万人口…)."""
    return [q for i, q in enumerate(todo) if not _is_condition(clause, q, todo[i + 1 :])]


def _is_condition(clause: Clause, quantity: Quantity, later: list[Quantity]) -> bool:
    if _PER.search(clause.text[: quantity.whole.start]) or (
        later and _AMONG.match(clause.text, quantity.whole.end)
    ):
        return True
    if units.is_measure(quantity):
        return False
    if quantity.relation is not Relation.EQUAL and _OF_THINGS.match(
        clause.text, quantity.whole.end
    ):
        return True
    bound = quantity.qualifier.endswith(("以上", "以下")) or "超" in quantity.qualifier
    gap = clause.text[quantity.whole.end : later[0].whole.start] if later else "，"
    return bound and not _SEPARATE.search(gap)


def _moved(clause: Clause, todo: list[Quantity], begin: int, memory: Memory) -> Read | None:
    """Read 从A提升到B: where it starts, and where it goes."""
    if len(todo) < 2:
        return None
    first, second = todo[0], todo[1]
    opening = _FROM.search(clause.text[begin : first.whole.start])
    if not opening or not _MOVE.search(clause.text[first.whole.end : second.span.start]):
        return None
    written = names.clean(clause.text[begin : begin + opening.start()])
    name = names.without_times(written) or memory.subject
    if not name:
        return None
    dated = find_years(opening["when"])
    start = Time(dated[-1].year) if dated else NO_TIME
    if not dated:
        start = year_before_last(clause.text, first.span.start, clause.time)
    found = [
        Found(name, first, "", start, kind=ValueKind.BASELINE),
        Found(name, second, "", clause.time),
    ]
    return 2, second.whole.end, found


def _in_turn(clause: Clause, todo: list[Quantity], begin: int) -> Read | None:
    """Read A和B分别为M和N, and A和B达到M和N without 分别."""
    written = clause.text[begin : todo[0].whole.start]
    subject = names.clean(written.replace("分别", ""))
    if not subject:
        return None
    group = [todo[0]]
    for before, after in pairwise(todo):
        if before.unit != after.unit or not _linked(clause, before, after):
            break
        group.append(after)
    if len(group) < 2:
        return None
    if not of_subject(subject, Memory()):
        return len(group), group[-1].whole.end, []  # 甲、乙…，同比增长5%和6%: of which, is not said
    bound = _bound_alike(group)
    years = years_in_turn(clause.text, len(group))
    if years:
        found = [Found(subject, q, "", Time(y)) for q, y in zip(bound, years, strict=True)]
        return len(group), group[-1].whole.end, found
    shares = share_out(subject, len(group)) or tuple((subject, "") for _ in group)
    added = "新增" if "新增" in written + group[0].qualifier else ""
    scopes = _following_scopes(clause.following, len(group))
    found = [
        Found(added + name, q, "", clause.time, scope or whose)
        for (name, whose), q, scope in zip(shares, bound, scopes, strict=True)
    ]
    return len(group), group[-1].whole.end, found


def _linked(clause: Clause, before: Quantity, after: Quantity) -> bool:
    """Say whether two numbers are only joined by 、 or 和, and each is whole without a thing."""
    if not _ONLY_LINK.fullmatch(clause.text[before.whole.end : after.whole.start]):
        return False
    following = clause.text[after.whole.end :][:1]
    return units.is_measure(after) or following in "，,、；;。)） 和及" or not following


def _bound_alike(group: list[Quantity]) -> list[Quantity]:
    """Let 不低于 before the first, or 以上 after the last, hold for all."""
    binding = next((q for q in (group[0], group[-1]) if q.relation is not Relation.EQUAL), group[0])
    return [
        replace(q, relation=binding.relation, qualifier=binding.qualifier)
        if q.relation is Relation.EQUAL
        else q
        for q in group
    ]


def _following_scopes(following: str, count: int) -> tuple[str, ...]:
    """Return whose values they are where the next clause says so (分别纳入二级和三级医院…)."""
    match = _WHOSE.match(following)
    parts = share_out(match["whose"], count) if match else None
    return tuple(name for name, _ in parts) if parts else ("",) * count


def _alone(clause: Clause, todo: list[Quantity], begin: int, memory: Memory) -> Read:
    quantity = todo[0]
    before = clause.text[begin : quantity.whole.start]
    if _AT_LEAST.search(before) and quantity.relation is Relation.EQUAL:
        words = "…".join(part for part in ("至少", quantity.qualifier) if part)
        quantity = replace(quantity, relation=Relation.AT_LEAST, qualifier=words)
    time = time_before(clause.text, quantity.span.start, clause.time)
    named = name_of(clause, todo, begin, memory)
    goes_on = quantity.whole.end + named.after
    name = of_subject(names.without_times(named.name), memory)
    if units.is_age(quantity) and not units.names_a_time(name):
        return 1, begin, []  # whose value it is: 70至79周岁老年人每餐补贴2元
    if not name or (units.is_time(quantity) and not units.names_a_time(name)):
        return 1, goes_on, []
    whose = _CLAUSE_OF.match(name)
    if whose:
        return 1, goes_on, [Found(whose["name"], quantity, "", time, whose["whose"])]
    one = Found(name, quantity, "", time, named.scope)
    if quantity.qualifier.startswith("各") or re.search(r"各\s*$", before):
        return 1, goes_on, [replace(one, name=thing) for thing in _each(name)]
    listed = names.split_list(name) if units.is_measure(quantity) else (name,)
    return 1, goes_on, [replace(one, name=part) for part in listed]


def _each(name: str) -> tuple[str, ...]:
    added = "新增" if name.startswith("新增") else ""
    return tuple(added + thing for thing in each(name.removeprefix("新增")))
