"""Naming a number: the subject before it, the thing after it, or what so many per cent do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.indicators import names, units
from assistant.indicators.found import Clause, Memory
from assistant.text.measures import GREW
from assistant.text.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Named:
    """A number's name, how many characters after the number belong to it, and whose it is."""

    name: str
    after: int = 0
    scope: str = ""


_GREW = re.compile(rf"^(?:{'|'.join(GREW)})$")
_DONE = re.compile(r"(?:完成|实现)$")  # 地区生产总值完成1860亿元、增长5.6%
_COMPARED = re.compile(
    r"(?:同比|环比|较上年|比上年|较去年|比去年|较[0-9]{4}年|比[0-9]{4}年|年均)(?:再)?$"
)
_ONLY_COMPARES = re.compile(
    rf"(?:同比|环比|(?:较|比)(?:上年|去年|20\d\d年)(?:同期)?)(?:{'|'.join(GREW)}|改善|好转)?$"
)
_PREDICATE = re.compile(
    r"\s*(?:达到|实现|通过|开展|建成|建立|设置|完成|表示|得到|用于|赴|参与|上线|落实|纳入|具备|培养|进入|配备|试点|的?目标|并|脱颖|享受|获得|能够|可以|取得|达标|未达标|推进|合格|接受)"
)
_HARD_END = re.compile(r"\s*(?:$|[、，,；;。（(“)）]|和|及|与|以及|并|的目标|的标准|的基础上)")
_OF_STANDARD = re.compile(r"的标准(?:安排|给予|发放|核拨|补助)?(?P<thing>[^，。；]{2,30})$")
_GIVES = re.compile(r"(?:安排|给予|发放|补助|奖励|投入|落实|筹集|拨付|下达|支付)$")
_ATTRIBUTE = re.compile(r"^[^的]{1,6}(?:级|类|型|属)$")
_HEAD = re.compile(r"[^的，。；;、]{1,6}?(?:级|类|型|属)(?P<head>[^，。；;、]{2,20})")
_GENERIC = re.compile(
    r"^(?:单位|机构|医疗卫生机构|医疗机构|医院|学校|企业|项目|任务|指标|人力|案例|人员|人|专家|服务|活动|平台|工程|岗位|点|站)$"
)
_LAST_LINK = re.compile(r"(?:和|及|与|以及|并|、|，|,|\s)+$")
_DOING = re.compile(
    r"(?:扎实|加快|全面|统筹)?(?:推进|实施|推动|开展|打造|建设)$|中(?:已)?有$|中$|已有$"
)
_PER_ONE = re.compile(
    r"(?P<scope>每个[^，。；0-9]{1,16}?|每[0-9.]+\s*[万千百]?[^，。；0-9]{1,8}?|各区县|各区|各县|各地|各镇街?|建制乡镇|每区|每县|每镇)(?:至少)?(?:建立|设置|建成|配备|打造|拥有|建|设|配)"
)
_LEVEL = re.compile(r"^(国家|省|市|县|区|镇|村)级?$")
_KEPT_VERB = re.compile(rf"({names.KEPT_VERBS})(?:了)?$")
_PENALTY = re.compile(r"罚款|罚金|处罚|滞纳金")
_PER_MANY = re.compile(r"每[百千万]?[^，、0-9]{1,4}$")
_DE_NOUN = re.compile(r"的[^，。；的]{2,14}$")


def name_of(clause: Clause, todo: list[Quantity], begin: int, memory: Memory) -> Named:
    """Name the first number of ``todo``; the clause's words from ``begin`` on are still free."""
    quantity = todo[0]
    limit = todo[1].whole.start if len(todo) > 1 else len(clause.text)
    before = clause.text[begin : quantity.whole.start]
    after = clause.text[quantity.whole.end : limit]
    if begin and names.clean(before).startswith("的"):
        before = clause.text[: quantity.whole.start]
    if units.is_measure(quantity) or (units.is_time(quantity) and names.clean(before)):
        return _measured(quantity, before, after, memory)
    return _counted(clause, todo, before, after, memory)


def _measured(quantity: Quantity, before: str, after: str, memory: Memory) -> Named:
    """Name what a measure measures: the subject before it, or what so many per cent do."""
    name = names.last_subject(names.clean(before))
    grew = quantity.qualifier.split("…")[0]
    if _GREW.match(grew):
        if _COMPARED.fullmatch(name) and memory.subject:
            return Named(_root(memory.subject) + name + grew)
        return Named((name or _DONE.sub("", memory.subject)) + grew)
    predicate = _PREDICATE.match(after) or after.startswith("的")
    share = quantity.unit in ("%", "‰") and (predicate or not name)
    if share and after.strip(" ，。；;、") and not (name and grew.endswith(("达", "达到", "为"))):
        return _share(name, before, after, memory)
    if name.startswith("占") and memory.subject and not name.startswith("占比"):
        return Named(memory.subject + name)
    if quantity.unit == "级":
        who, name = names.passed(name)
        return Named(name or memory.subject, scope=who)
    if quantity.unit == "" and not grew and name and not names.measures(name):
        return Named("")
    return Named(name or memory.subject)


def of_subject(name: str, memory: Memory) -> str:
    """Complete a name that only compares with before (比上年增加) by the measure spoken of."""
    if not _ONLY_COMPARES.match(name):
        return name
    return _root(memory.subject) + name if memory.subject else ""


def _share(name: str, before: str, after: str, memory: Memory) -> Named:
    """Name a share: who (before the number) and what they do (after it)."""
    used = _used(after)
    did = names.clean_tail(after[:used].removeprefix("的"))
    if "其中" in before:
        name = name or memory.scope
    elif not name and not names.leading_scope(did) and _PREDICATE.match(did):
        name = memory.maker
    memory.maker = name or memory.maker
    return Named(names.joined(re.sub(r"中$", "", name) + did), used)


def _root(subject: str) -> str:
    """Return the measure whose growth was told (诊疗量同比下降 → 诊疗量)."""
    return re.sub(
        rf"(?:同比|环比|(?:较|比)(?:上年|去年)(?:同期)?)?(?:{'|'.join(GREW)}|改善|好转)?$",
        "",
        subject,
    )


def _used(after: str) -> int:
    """Return how much of the words after a number is its own; the rest names the next number."""
    words = after.rstrip()
    if not words or _LAST_LINK.search(words) or words[-1] in "。；;）)":
        return len(after)
    own = max(words.rfind("、"), words.rfind("，"), words.rfind(","))
    return own if own > 0 else len(after)


def _counted(
    clause: Clause, todo: list[Quantity], before: str, after: str, memory: Memory
) -> Named:
    """Name what is counted: the thing after the number (10家医院) or before it (医院10家)."""
    bare = after.lstrip(names.HOLE)
    standard = _OF_STANDARD.match(bare.rstrip("，。；; "))
    if standard:
        per_many = _PER_MANY.search(names.clean(before))
        return Named((per_many[0] if per_many else "") + names.clean(standard["thing"]), len(after))
    if units.is_money(todo[0]) and _PENALTY.search(clause.text):
        return Named("")
    name, per = names.clean(before), _PER_ONE.search(before)
    scope = names.clean_start(per["scope"]) if per else ""
    if units.counts_places(todo[0], clause.text):
        used = _used(after)
        return Named(names.joined(memory.subject + names.clean_tail(bare[:used])), used)
    predicate = _PREDICATE.match(bare) and not _DE_NOUN.search(bare.rstrip("，。；; "))
    if not _HARD_END.match(bare) and not predicate:
        return _thing_after(clause, todo, before, after, scope, memory)
    if not name or _GIVES.search(name):
        return Named(_given(clause, name, bare, memory), scope=scope)
    if predicate and not _HARD_END.match(bare):
        used = _used(after)
        return Named(names.joined(_DOING.sub("", name) + names.clean_tail(bare[:used])), used)
    name = _in_parallel(name, memory)
    thing, maker = names.without_making(name)
    memory.maker = maker or memory.maker
    return Named(thing, scope=scope)


def _in_parallel(name: str, memory: Memory) -> str:
    """Complete a name that leaves out what the one before said: 上转N，下转M; 省级室1个、市3个."""
    subject = memory.subject
    if len(name) > 2 or len(subject) <= 2:
        return name
    if _LEVEL.match(name) and "级" in subject:
        return f"{name.removesuffix('级')}级{subject.split('级', 1)[1]}"
    return subject[: -len(name)] + name if subject[-1] == name[-1] else name


def _given(clause: Clause, name: str, after: str, memory: Memory) -> str:
    """Name an amount whose thing stands elsewhere: what it is for, what happens to so many."""
    purpose = re.match(r"[\s\0]*(用于[^，。；]{2,40})", clause.following)
    if name and purpose:
        return name + purpose[1]
    if after.startswith("的基础上"):
        return names.clean(re.split(r"[0-9][0-9,.]*\s*[万亿]?元", clause.following)[0])
    predicate = names.clean_tail(after[: _used(after)])
    if predicate and not predicate.startswith("的"):
        return names.joined((name or memory.subject or memory.maker) + predicate)
    return name or memory.subject


def _thing_after(
    clause: Clause, todo: list[Quantity], before: str, after: str, scope: str, memory: Memory
) -> Named:
    """Return the thing that follows its number; 3个省级、5个市级重点专科 share their last word."""
    used = _used(after)
    thing = names.clean_tail(_DOING.sub("", _LAST_LINK.sub("", after[:used])) or after[:used])
    if _ATTRIBUTE.match(thing):
        head = _HEAD.match(clause.text[todo[-1].whole.end :])
        thing += head["head"].strip() if head else ""
    owner, _, tail = thing.rpartition("的")
    if owner and not _GENERIC.match(owner) and len(tail) > 1:
        thing = tail
    elif owner and _GENERIC.match(owner):
        thing = owner
    if _GENERIC.match(thing):
        thing = names.joined(names.clean_start(before).strip(" 、，") + thing)
    opening = before.strip(" 、，和及")
    verb = _KEPT_VERB.search(opening + todo[0].qualifier.split("…")[0])
    memory.adding = verb[1] if verb else "" if opening else memory.adding
    return Named(thing if memory.adding in thing else memory.adding + thing, used, scope)
