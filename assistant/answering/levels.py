"""Grades of hospitals and levels of government as sets: 二级以上 is 二级 and 三级, 市县级 is 市 and 县."""

from __future__ import annotations

import re

_BODY = r"(?:公立|民营|社会办|综合性?|中医类?|中西医结合|专科|大型|精神|妇幼|口腔|儿童|人民|重点|定点|医疗卫生|医疗|卫生)"
_BOUND = r"(?P<bound>及?以[上下])?"
_LINKED = "[、和及与或/至]"
_GRADES = ("一", "二", "三")
_CLASSES = "甲乙他"
_GRADE = re.compile(
    rf"(?<![县乡镇村一二三四五])(?P<grades>(?:[一二三123]级?(?:[甲乙]等?)?{_LINKED}?)*[一二三123](?:级(?:[甲乙]等)?|[甲乙]等?)){_BOUND}(?:的|各类)?"
    rf"(?={_BODY}*(?:医院|机构|公立|保健院))"
)
_SHORT_GRADE = re.compile(r"(?<!通过)(?P<grades>[二三][甲乙])等?(?![类级])(?P<bound>及?以[上下])?")
_ALONE = re.compile(
    r"(?:^|[,，。;；那])(?P<grades>[一二三]级)(?P<bound>及?以[上下])?的?(?=呢|$|[,，。?？])"
)
_ONE_GRADE = re.compile(r"([一二三123])级?([甲乙])?")

SERIES = "类批期档轮"
_DIGITS = "〇一二三四五六七八九0123456789"
_MEMBER = re.compile(
    rf"(?:第(?P<numbers>[{_DIGITS}](?:{_LINKED}第?[{_DIGITS}])*)|首)(?P<series>[{SERIES}])"
)

_LEVELS = ("村", "乡", "县", "市", "省", "国")
_LEVEL_OF = {
    "国家": "国", "中央": "国", "部": "国", "委": "国", "省": "省", "地市": "市", "市": "市",
    "区县": "县", "县区": "县", "县": "县", "区": "县", "旗": "县",
    "乡镇": "乡", "镇街": "乡", "镇": "乡", "乡": "乡", "街道": "乡", "村": "村", "社区": "村",
}  # fmt: skip
_AREA = "|".join(sorted(_LEVEL_OF, key=len, reverse=True))
_ONE_LEVEL = re.compile(_AREA)
_LEVEL = re.compile(
    rf"(?<![副全城超上下])(?!(?<=[地城园社辖新景校厂院小片])区)(?P<levels>(?:{_AREA})(?:{_LINKED}?(?:{_AREA}))*)"
    rf"(?:[两三四]?级(?!别|市(?![直属级县]))|直?属(?!于)|直(?![接达播营辖管])|本级){_BOUND}"
    rf"(?P<body>(?:及?以上|的)?(?:[一二三]级|甲等)*{_BODY}*(?:医院|机构|保健院|疾控|卫生院))?"
)
_EACH = re.compile(
    r"(?:每一?个?|各个?|所有|全部|建制(?=乡?镇|村))(?P<levels>区县|县区|县|区|乡镇|镇街?|乡|街道|行政村|建制村|村|社区|设区市|地市)(?![级域属里内委区卫])"
)
_PURSE = re.compile(r"(?P<levels>中央|国家|省|市|县|区)(?:级|本级)?(?:财政|资金|补助|预算|专项)")
_HOSPITAL = re.compile(
    r"(?P<levels>省|市|县|区)(?:人民|中心|中医|第[一二三四五六七八九十]+(?:人民)?|妇幼保健)?(?:医院|中医院)|(?P<village>村)卫生"
)


def body_grades(key: str) -> frozenset[str]:
    """Return the grades of hospitals that ``key`` names, each as grade and class (三甲, 三乙, 三他)."""
    named: set[str] = set()
    for pattern in (_GRADE, _SHORT_GRADE, _ALONE):
        for match in pattern.finditer(key):
            for grade, rank in _ONE_GRADE.findall(match["grades"]):
                named |= _bounded(_GRADES[(_number(grade))], rank, match["bound"] or "")
    return frozenset(named)


def _number(grade: str) -> int:
    return (int(grade) if grade.isdigit() else _GRADES.index(grade) + 1) - 1


def _bounded(grade: str, rank: str, bound: str) -> set[str]:
    own = {grade + (rank or each) for each in (rank or _CLASSES)}
    place = _GRADES.index(grade)
    beyond = {"上": _GRADES[place + 1 :], "下": _GRADES[:place]}.get(bound[-1:], ())
    return own | {other + each for other in beyond for each in _CLASSES}


def members(key: str, series: str) -> frozenset[str]:
    """Return which members of a numbered ``series`` (类, 批, 期) ``key`` names (第二类, 首批, 一期工程)."""
    named = {
        str(_DIGITS.index(number) % 10)
        for match in _MEMBER.finditer(key)
        if match["series"] == series
        for number in match["numbers"] or "一"
        if number in _DIGITS
    }
    return frozenset(named)


def body_levels(key: str) -> frozenset[str]:
    """Return the levels of the hospitals and bodies that ``key`` names (县级医院, 市人民医院)."""
    bodies = [m for m in _LEVEL.finditer(key) if m["body"]]
    named = frozenset[str]().union(*(_levels(m["levels"], m["bound"] or "") for m in bodies))
    hospitals = (match["levels"] or match["village"] for match in _HOSPITAL.finditer(key))
    return named | {_LEVEL_OF[word] for word in hospitals}


def other_levels(key: str) -> frozenset[str]:
    """Return the levels that anything else in ``key`` is of (省级资金, 每个乡镇, 国家级专科)."""
    found = [m for m in _LEVEL.finditer(key) if not m["body"]]
    named = frozenset[str]().union(*(_levels(m["levels"], m["bound"] or "") for m in found))
    for pattern in (_EACH, _PURSE):
        for match in pattern.finditer(key):
            named |= _levels(match["levels"], "")
    return named


def _levels(words: str, bound: str) -> frozenset[str]:
    named = {_LEVEL_OF[word] for word in _ONE_LEVEL.findall(words)}
    beyond = {
        "上": lambda place: _LEVELS[place + 1 :],
        "下": lambda place: _LEVELS[:place],
    }.get(bound[-1:])
    more = (beyond(_LEVELS.index(one)) for one in named) if beyond else ()
    return frozenset(named).union(*more)
