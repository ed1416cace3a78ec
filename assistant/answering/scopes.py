"""Whose value it is: the sides that a text names, and whether one scope excludes another.

二级公立医院 and 三级公立医院 are sides of one division: the value of the one is no value of the other.
二级 and 二级及以上 share a side, and 公立医院 names no grade at all: what is said of them holds.
Each division below lists its sides as pattern → atoms; a side that takes in others has their atoms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from assistant.answering.levels import SERIES, body_grades, body_levels, members, other_levels
from assistant.text.match import match_key
from assistant.types import IndicatorValue

Sides = frozenset[str]
_NO_SIDE: Sides = frozenset()

# What stands between a kind and the hospital that it is of: 中医(类)医院, 精神专科医院.
_HOSPITAL = r"(?:类|专科|三级|二级|公立)*(?:医院|医疗机构)"
_DIVISIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "institution": (
        (
            "基层医疗|基层(?:卫生|机构|诊疗|医护|医务|首诊|就诊)|(?<!上)基层$",
            "卫生院 社区中心 社区站 村卫生室 诊所",
        ),
        ("社区卫生服务机构|社区医院", "社区中心 社区站"),
        ("卫生院", "卫生院"),
        ("社区卫生服务中心", "社区中心"),
        ("社区卫生服务站", "社区站"),
        ("村卫生(?:室|所|站)|村医务?室", "村卫生室"),
        ("诊所|门诊部", "诊所"),
        ("妇幼保健(?:院|机构|计划)|妇保院", "妇幼保健院"),
        ("疾控(?:中心|机构)|疾病预防控制(?:中心|机构)", "疾控"),
        ("一级(?:公立|综合)?医院", "卫生院 社区中心"),
        ("(?<!社区)(?<!互联网)(?<!智慧)(?<!社会)医院(?!感染|信息化)", "医院"),
    ),
    "hospital": (
        ("综合性?医院", "综合"),
        (f"中西医结合{_HOSPITAL}", "中西医结合"),
        (f"(?<!西)中医(?!药){_HOSPITAL}|中医院", "中医"),
        (f"专科{_HOSPITAL}", "精神 传染病 肿瘤 口腔 儿童 妇产 康复 眼科 其他专科"),
        (f"精神(?:病|卫生)?{_HOSPITAL}|精神卫生中心", "精神"),
        (f"传染病{_HOSPITAL}", "传染病"),
        (f"肿瘤{_HOSPITAL}", "肿瘤"),
        (f"口腔{_HOSPITAL}", "口腔"),
        (f"(?<!女)儿童{_HOSPITAL}", "儿童"),
        (f"妇产科?{_HOSPITAL}|妇女儿童{_HOSPITAL}|妇儿{_HOSPITAL}", "妇产 儿童"),
        (f"康复{_HOSPITAL}", "康复"),
        (f"眼科{_HOSPITAL}", "眼科"),
    ),
    "ownership": (
        ("(?<!非)公立|(?<!非)公办|国有|政府办", "公"),
        ("民营|民办|私立|私营|非公立|非公有?制?(?=医|企|经济)|社会办|社会力量(?:举办|办)", "民"),
    ),
    "sex": (("男", "男"), ("(?<![子儿])女|孕产?妇|产妇", "女")),
    "town and country": (
        (r"(?<![些个各别他它座])城市(?=[^呢吗,，。?？]{2})|城镇(?!化)|城区", "城"),
        ("农村(?!商业银行|信用社)|乡村(?!振兴)", "乡"),
        ("城乡", "城 乡"),
    ),
    "insurance": (
        ("社会保险|社保|五险", "医疗 大病 养老 工伤 失业 生育"),
        ("(?<!大病)(?:医疗保险|医保)", "医疗 大病 生育"),
        ("大病(?:医疗)?保险|大病医保", "大病"),
        ("养老保险", "养老"),
        ("工伤保险", "工伤"),
        ("失业保险", "失业"),
        ("生育保险", "生育"),
        ("意外(?:伤害|事故)?(?:保险|险)", "意外"),
        ("长期护理保险|长护险", "长护"),
    ),
    "insured": (("职工", "职工"), ("居民(?!委员?会|小区|身份|楼)", "居民")),
    "work": (("在职|在岗", "在职"), ("(?<!延迟)(?<!法定)退休(?!年龄)|离休", "退休")),
    "care": (
        ("门[（(]?急[)）]?诊", "门诊 急诊"),
        ("门诊", "门诊"),
        ("(?<![门（(])急诊", "急诊"),
        ("住院(?!医[师生])|出院(?:患者|病人)", "住院"),
    ),
    "residence": (("常住", "常住"), ("(?<!非)户籍", "户籍"), ("流动人口|外来人口|非户籍", "流动")),
    "within": (("省内", "省内"), ("跨省|省外|外省", "省外")),
    "area": (("县域", "县域"), ("市域", "市域"), ("省域", "省域")),
    "total": (
        (r"全国(?=[^,，。]{0,3}?(?:平均|总|人均|共))", "国"),
        (r"全省(?=[^,，。]{0,3}?(?:平均|总|人均|共))", "省"),
        ("全市|我市|本市", "市"),
        ("全县|全区", "县"),
    ),
    "people": (
        ("老年人?(?!友好)|老人|长者", "老年"),
        ("(?<!女)儿童(?!友好)|婴幼儿|小儿", "儿童"),
        ("孕产?妇|产妇", "孕产妇"),
        ("残疾人|残障", "残疾"),
        ("重点人群|困难群众", "老年 儿童 孕产妇 残疾 高血压 糖尿病 精神障碍 结核"),
        ("高血压", "高血压"),
        ("糖尿病", "糖尿病"),
        ("精神障碍", "精神障碍"),
        ("慢性?病", "高血压 糖尿病"),
        ("结核", "结核"),
    ),
    "school": (
        ("幼儿园|学前|在园", "幼儿园"),
        ("(?<!中)小学", "小学"),
        ("初中", "初中"),
        ("普通高中|普高|(?<![普职])高中(?!阶段)", "普高"),
        ("中等职业|中职|职高|技工学校|技校", "中职"),
        ("高中阶段", "普高 中职"),
        ("义务教育", "小学 初中"),
        ("中小学", "小学 初中 普高"),
        ("高校|高等(?:学校|院校|教育)|大学(?!科技园|城)", "高校"),
    ),
    "industry": (
        ("第一产业|(?<![一二三第])一产", "一产"),
        ("第二产业|(?<![一二三第])二产", "二产"),
        ("第三产业|(?<![一二三第])三产|服务业", "三产"),
        ("[一二]二产|[一二]、二产", "一产 二产"),
        ("二三产|二、三产", "二产 三产"),
    ),
    "firm": (
        ("规上|规模以上|限额?以上", "规上"),
        ("规下|规模以下|限额?以下", "规下"),
        ("大型企业", "大型"),
        ("中型企业", "中型"),
        ("小微企业|小型企业|微型企业", "小微"),
        ("中小(?:微)?企业", "中型 小微"),
    ),
    "medicine": (("中药|中成药|中医药", "中药"), ("西药|化学药", "西药"), ("药品", "中药 西药")),
    "part of year": (
        (r"上半年|(?:1|一)(?:月份?)?[-—~至到]6月|(?<!1)6月(?:底|末)", "上半年"),
        (r"下半年|7月?[-—~至到]12月", "下半年"),
        (r"(?:前三季度|1月?[-—~至到]9月|(?<!1)9月(?:底|末))", "前三季度"),
        (r"第?\s*[一1]\s*季度|首季|1月?[-—~至到]3月", "一季度"),
        (r"第?\s*[二2]\s*季度", "二季度"),
        (r"(?<!前)第?\s*[三3]\s*季度", "三季度"),
        (r"第?\s*[四4]\s*季度", "四季度"),
        ("全年|年底|年末", "全年"),
    ),
}
# A number that names no part of the year is the whole year's.
_UNNAMED = {"part of year": frozenset({"全年"})}
_COMPILED = {
    division: tuple((re.compile(pattern), frozenset(atoms.split())) for pattern, atoms in sides)
    for division, sides in _DIVISIONS.items()
}
_COMPUTED: dict[str, Callable[[str], Sides]] = {
    "grade": body_grades,
    "level of a body": body_levels,
    "level": other_levels,
    **{f"of a series: {series}": partial(members, series=series) for series in SERIES},
}
# The divisions of bodies, and the sides that hardly restrict.
_BODIES = ("grade", "hospital", "ownership", "level of a body", "institution")
_ANY_BODY = frozenset({"公", "医院"})
# 医院 alone is whatever one goes to when ill; 二级医院, 公立医院 are meant as such.
_MEANT_HOSPITAL = re.compile(
    r"(?:公立|民营|民办|[级甲乙]等?|以上|综合|专科|中医|大型?|县|市|省)(?:公立|综合|专科)*医院"
)


def excludes(asked: str, *found: str) -> bool:
    """Say whether what ``asked`` is restricted to is another side than what was ``found`` is of.

    ``found`` are texts that say whose the value is, nearest to it first; for each division the first
    that names a side of it decides. Nothing named means: of all.
    """
    keys = [match_key(text) for text in found]
    wanted = asked_sides(asked)
    for division, sides in wanted.items():
        there = first_named(division, keys)
        if there and there.isdisjoint(sides):
            return True
    return _are_other_bodies(wanted, keys)


def names_what_is_asked(asked: str, *found: str) -> bool:
    """Say whether ``found`` names for every division a side that ``asked`` is restricted to."""
    keys = [match_key(text) for text in found]
    return all(sides & first_named(d, keys) for d, sides in asked_sides(asked).items())


def mentions(division: str, wanted: Sides, text: str) -> tuple[int, int]:
    """Return how often ``text`` names the sides ``wanted`` of a division, and how often others."""
    key = match_key(text)
    counts = [(len(p.findall(key)), bool(atoms & wanted)) for p, atoms in _COMPILED[division]]
    return sum(n for n, own in counts if own), sum(n for n, own in counts if not own)


def _are_other_bodies(wanted: Mapping[str, Sides], keys: Sequence[str]) -> bool:
    """Say whether bodies are told apart otherwise than asked: of 三甲医院 nothing follows for 县级医院."""
    meant = [division for division in _BODIES if wanted.get(division, _NO_SIDE) - _ANY_BODY]
    named = ({d: _named(d, key) - _ANY_BODY for d in _BODIES} for key in keys)
    nearest = next((sides for sides in named if any(sides.values())), {})
    beyond = any(sides for division, sides in nearest.items() if division not in wanted)
    return beyond and not all(nearest[division] for division in meant)


def names_a_body(asked: str) -> bool:
    """Say whether ``asked`` says of which hospitals or other institutions it asks."""
    return any(asked_sides(asked).get(division, _NO_SIDE) - _ANY_BODY for division in _BODIES)


def leaves_open(scope: str, said: str) -> bool:
    """Say whether ``said`` leaves open a division by which ``scope`` says whose a value is."""
    key = match_key(said)
    return any(not _named(division, key) for division in asked_sides(scope))


def restricts(asked: str) -> bool:
    """Say whether ``asked`` is restricted to a side of any division."""
    return bool(asked_sides(asked))


@lru_cache(maxsize=256)
def asked_sides(asked: str) -> dict[str, Sides]:
    """Return, by division, the sides that a question is restricted to."""
    key = match_key(asked)
    named = {division: _named(division, key) for division in (*_COMPILED, *_COMPUTED)}
    if not _MEANT_HOSPITAL.search(key):
        named["institution"] -= {"医院"}
    return {division: sides for division, sides in named.items() if sides}


def first_named(division: str, keys: Sequence[str]) -> Sides:
    named = (_named(division, key) for key in keys)
    return next((sides for sides in named if sides), _UNNAMED.get(division, _NO_SIDE))


@lru_cache(maxsize=8192)
def _named(division: str, key: str) -> Sides:
    """Return the sides of a division that a match key names; none: it is of all of them."""
    if division in _COMPUTED:
        return _COMPUTED[division](key)
    sides = (atoms for pattern, atoms in _COMPILED[division] if pattern.search(key))
    return _NO_SIDE.union(*sides)


def is_of_another(asked: str, value: IndicatorValue) -> bool:
    """Say whether ``value`` is of another side than ``asked`` is restricted to, by its name and scope."""
    return excludes(asked, value.name_as_written, value.scope)
