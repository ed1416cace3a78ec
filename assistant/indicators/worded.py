"""Values that are said in words only: 排名全省前列, 全覆盖, 持续提升, 均建有."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.indicators import names
from assistant.indicators.found import Clause, Found, Memory
from assistant.indicators.times import time_before

_WHERE = "(?:全国|全省|全市|国内|省内|国际|世界|全球|[东南西北华中]{2}地区|全区|省市|同类城市|湾区)"
_RANK = re.compile(
    rf"^(?P<name>.{{2,80}}?)(?P<words>(?:中?均|都|继续|始终)?(?:保持在?|位居|稳居|居于?|排名|排在|名列|位列|走在|处于|进入|达到|跻身|位于)?"
    rf"{_WHERE}(?:的)?(?:前列|领先|首位|第一|前茅|前[一二三四五六七八九十0-9]+[名位]?|一流|先进)"
    rf"(?:水平|水准|位置|行列)?(?:、{_WHERE}(?:前列|领先|首位|第一|前茅))?)$"
)
_RANK_BARE = re.compile(
    r"^(?P<name>.{2,80}?)(?P<words>(?:中?均)?(?:名列|位列|排名|位居)(?:前[一二三四五六七八九十]+[名位]?|首位|第一))$"
)
_HOW = "持续|稳步|显著|明显|大幅度?|不断|进一步|逐步|逐年|有效|快速|全面|继续|平稳|稳定"
_STRICT = r"(?:(?<!效)(?<!功)率|比例|占比|比重|满意度|指标|指数|均衡性|名次|差距|支出|(?<!质)(?<!容)量|薪酬水平|收入水平|应用水平|素养水平|成熟度|发病率|死亡率|次均费用)"
_ROSE = re.compile(
    rf"^(?P<name>.{{0,60}}{_STRICT})(?P<words>(?:保持|实现)?(?:{_HOW})(?:提升|提高|增强|改善|上升|下降|降低|增长|优化|扩大|缩小))$"
    rf"|^(?P<soft>.{{2,60}}(?:水平|能力|质量|效率))(?P<softwords>(?:显著|明显|大幅度?)(?:提升|提高|增强|改善))$"
)
_RAISE = re.compile(
    rf"^(?:.{{0,12}}[，,])?(?P<words>(?:{_HOW})?(?:提高|提升|降低|扩大|缩小|减少))(?P<name>(?!.*[，,；;]).{{1,60}}{_STRICT})$"
)
_COVER = re.compile(
    r"^(?P<name>.{2,80}?)(?:的)?(?:(?:实现|达到|做到)(?P<of>[^、，]{2,10}的)?)?"
    r"(?P<words>(?:县域|区域|城乡|市域|全域|基本|乡镇以上)?(?:全覆盖|应建尽建|应签尽签|应保尽保|应收尽收|应治尽治|全面普及|清零|全达标|全部达标))$"
)
_COVER_LIST = re.compile(r"^(?P<name>.{4,60}?)(?P<words>.{2}全覆盖(?:、[^、]{2,4}全覆盖)+)$")
_ALL = re.compile(
    rf"^(?P<scope>[^，。；]{{0,60}}?{names.BODY}(?:[(（][^()（）]{{1,16}}[)）])?|所有[^，。]{{2,10}}?)?"
    r"(?P<words>(?:全部|均|普遍|都)(?:能够?|可以?|已|规范|实现)?(?P<verb>建成|建立|建有|设置|设立|配齐|配备|配有|开展|提供|开通|达到|完成|实行|纳入|接入|通过|落实|具备|成立|推行|实施|达标))(?P<name>.{2,40})$"
)
_EVERY = re.compile(
    r"^(?P<scope>所有[^，。]{2,10}?)(?P<words>达到|建成|保持|实现|通过)(?P<name>.{2,40})$"
)
_OTHER = re.compile(
    r"^(?P<name>.{2,80}?)等?(?P<words>(?:均|分别)?(?:得到有效控制|得到有效遏制|实现历史性?突破|再创新高|(?:继续)?保持(?:稳步|稳定|较快|高|高速)增长|保持收支平衡))$"
)
_HALF = re.compile(
    r"^(?P<name>.{2,60}?)(?P<words>(?:占|超过?|达)(?:全省|全国|全市|总数|总量)?(?:的)?(?:一半|半数|三分之[一二]|四分之[一三])(?:以上|左右|以下)?)$"
)
_GRADE = re.compile(
    r"通过了?(?P<name>[^，。]{4,40}?(?:成熟度|水平|评价))(?P<words>[二三四五六]级?[甲乙])(?:等)?(?:测评|评审|水平)?$"
)
_SPOKEN_OF = re.compile(rf"^(?P<name>.{{2,40}}?{_STRICT})(?:{_HOW}|有所|略有|保持|得到|实现|继续)")
TRIGGER = re.compile(
    r"前列|领先|首位|第一|前茅|名列|位列|排名|一流|先进|全覆盖|尽(?:建|签|保|收|治)|普及|清零|达标|有效控制|遏制|突破|新高|收支平衡|一半|半数|分之|"
    rf"[甲乙]等?(?:测评|评审|水平|[，。；]|$)|保持.{{0,4}}增长|(?:率|比例|占比|比重|满意度|指标|指数|性|名次|差距|支出|量|水平|成熟度|能力|质量|效率|费用)"
    rf"(?:保持|实现)?(?:{_HOW})|(?:提高|提升|降低|扩大|缩小|减少)[^，。；]{{1,60}}(?:率|比例|占比|比重|差距|名次|支出|水平|成熟度|量|满意度|指标|指数|费用)"
    r"\s*(?:[，,；;。]|$)|(?:全部|均|普遍|都)(?:能够?|可以?|已|规范|实现)?(?:建|设|配|开|提供|达|完成|实行|纳入|接入|通过|落实|具备|成立|推行|实施)|所有"
)
"""Finds text that may say something in words; what it does not find needs no reading."""

_NOT_A_NAME = re.compile(r"^(?:并|且|不断|有效|进一步|实现|全面|以|坚持|推动|推进)|[：:]")
_IN = re.compile(r"^.{0,10}?在(?=[“\"「].+[”\"」]$)|^(?:搭建|培养|研发|建设|开发)的")
_ADVERB = re.compile(r"(?:逐步|进一步|全面|稳步|持续|力争)$")
_VAGUE = re.compile(r"(?:质量|效率|能力|(?<!应用)(?<!薪酬)水平)[、和及与]|均衡性$")
_PARTS = re.compile(r"、(?=[^、]{2,30}(?:均|全部|普遍)(?:建|提供|开展|设|配|能))")
_VERB_FIRST = re.compile(
    r"^(?:推动|促进|大力推进|实现|确保|使|巩固|保持|形成|要实现|力争|全面推进|推进|落实)+"
)
_MEASURED_PART = re.compile(r"(?:率|满意度|比例|占比|门诊|中心|指标|水平|人数|浓度)$")


def read(clause: Clause, memory: Memory) -> Iterator[Found]:
    """Yield what a clause without a number of its own says about a measure, if anything."""
    if not TRIGGER.search(clause.text):
        return
    text = names.joined(clause.text).strip("，,；;。 、")
    if clause.lead.endswith(("的，", "的,")):
        return  # a condition before it: what follows is a rule, not a level
    for part in _PARTS.split(text):
        shared = part.startswith(("均", "全部", "普遍"))
        yield from _read_part(clause, part if shared else names.clean_start(part), memory)


def subject_of(clause: Clause, found: Sequence[Found]) -> str:
    """Return the measure that a clause without a number speaks of, which the next may go on with.

    甲率有所下降，2026年降至8%: the number is that of 甲率.
    """
    if found:
        return found[-1].name
    match = _SPOKEN_OF.match(names.clean_start(names.joined(clause.text)))
    return names.clean(match["name"]) if match else ""


def _read_part(clause: Clause, text: str, memory: Memory) -> Iterator[Found]:
    for pattern in (
        _RANK,
        _RANK_BARE,
        _ROSE,
        _RAISE,
        _ALL,
        _EVERY,
        _COVER_LIST,
        _COVER,
        _OTHER,
        _HALF,
        _GRADE,
    ):
        match = pattern.search(text) if pattern is _GRADE else pattern.match(text)
        if match:
            yield from _found(clause, match, memory)
            return


def _found(clause: Clause, match: re.Match[str], memory: Memory) -> Iterator[Found]:
    groups = match.groupdict()
    written = groups.get("name") or groups.get("soft") or ""
    words = groups.get("words") or groups.get("softwords") or ""
    scope = groups.get("scope") or ""
    if match.re is _ALL and not scope:
        scope = memory.scope
        if not scope:
            return
    memory.scope = scope or memory.scope
    name = names.without_times(_IN.sub("", _VERB_FIRST.sub("", names.clean(written))))
    adverb = _ADVERB.search(names.joined(clause.text).split(words)[0])
    words = (adverb[0] if adverb else "") + words
    if len(name) < 2 or _NOT_A_NAME.search(name) or (match.re is _RAISE and _VAGUE.search(name)):
        return
    if groups.get("of"):
        words = f"{groups['of']}{words}"
    time = time_before(clause.text, len(clause.text.split(words)[0]), clause.time)
    one = Found(name, None, words, time, scope)
    whose, rest = names.split_scope(name)
    parts = rest.split("、")
    if len(parts) > 1 and all(_MEASURED_PART.search(part.rstrip("等")) for part in parts):
        yield from (replace(one, name=part.removesuffix("等"), scope=whose) for part in parts)
    else:
        yield one
