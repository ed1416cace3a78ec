"""Names of indicators: what of a clause names the measure, and whose value it is."""

from __future__ import annotations

import re

from assistant.indicators.lexicon import Lexicon

HOLE = "\0"
"""Stands for each character of a stretch that a name must not contain (a bracket with a value)."""

_EDGE = " \t\n\r\u3000\xa0、，,；;：:。.．·•)）]】〕" + HOLE
_EDGE_RIGHT = " \t\n\r\u3000\xa0、，,；;：:。(（[【〔" + HOLE
_YEAR = r"(?:[12１２][09０９][0-9０-９]{2}\s*(?:[-—–－~～至到]?\s*[12１２][09０９][0-9０-９]{2})?|二[〇零○][一二三四五六七八九〇零○]{2})\s*年"
_TIME = (
    rf"(?:(?:截至|截止到|截止|到|至|自|从|在|于)?\s*{_YEAR}(?:度|间|上半年|下半年|内|(?:年?[底末]|初)?(?:以来|之前|以前|起|前)?)"
    r"(?:\s*第?\s*[0-9０-９一二三四]+\s*(?:季度|月)(?:底|末|份|以来)?)?|今年(?:以来)?|去年|目前|近几年|近[一二三四五]年来?|每年|三年内|[一二三四五六]年内"
    r"|[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间|末|期末|以来)?)"
)
_LABEL = r"(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．](?![0-9])|目标\s*[0-9]+\s*[:：]|第[一二三四五六七八九十]+[，,批]|[①-⑳])"
_LINK = (
    "其中|同时|并且|以及|此外|另外|而且|力争达到|力争|争取|确保|努力|力求|预计|计划|逐步使?|进一步|实现|使得|使|累计|总计|合计|全面|加快|推动|促进|按照|全年|为(?=.{6,})|"
    "也从|已经|我市|本市|并(?![网联发行])|且|及(?![时格])|和(?![谐平])|与(?!会)|或|至(?!少)|均(?![衡等价值])|另|也|还|则|等(?![级候待])|将|"
    "要(?!素)|应(?![急用对建收])|须|需(?!求)|已|可(?![持推复及穿])|共(?![享建同性治])|按(?![时期病项人床])|把|对(?=.{0,12}(?:补助|给予|安排))"
)
_PLACES = r"[0-9]+\s*个?(?:区县|区|县|市|镇|街道|地市)(?![级域属])"
_SHOWN = re.compile(r"^.{0,40}(?:显示|表明|如下|其中|目标(?:是|为)?)[:：]")
_LEAD = re.compile(rf"(?:{_LABEL}|{_TIME}|{_PLACES}|(?:{_LINK}))[ \u3000]*")
_TAIL = re.compile(
    r"(?:达到|达标|达|为|是|约为|约|共计|共有|共|均为|均|各|分别|已经|已|了|总体|应|要|将|可|需|力争|不|至少|最少|控制|保持|维持|稳定|在|到|至|由|从|"
    r"有|仅|实现|超|逾|近|不低于|不超过|不少于|就|也|以|按|的|提升|提高(?=$)|增加(?=$)|[（(])$"
)
_KEEPS_TAIL = re.compile(
    r"(?:同比|环比|比上年|较上年|年均|[^占]占|(?<=率)提高|预算|所占|机会均|人均|日均|户均|次均)$"
)
_MAKE = "累计建成|建成|建设|形成|打造|安排|完成|建立|设置|设立|布局|布设|投放|组建|成立|通过|拥有|配备|创建|创成|开展|涵盖|覆盖|惠及|规划|提供"
KEPT_VERBS = "新增|新建|增设|新立项|培育|培养|引进|推广|发出|遴选|选树|改造|培训|举办|扶持|招聘|淘汰|减免|改扩建|新改扩建|救助|资助"
"""Verbs that tell a flow (引进博士100名): the stock is another measure, so the name keeps them."""
_MADE = re.compile(rf"^(?:(?:{_MAKE})(?:了|出)?)+")
_MADE_LATER = re.compile(
    r"^([^、，]{0,16}?)(?:累计建成|建成|形成|安排|成功通过|通过)(?:了)?(?!率|后)(.+)$"
)

_AREA = (
    "全市域?|全省|全国|全区|全县|全域|全镇|我市|本市|我省|本省|我区|我县|市域内?|县域内?|区域内?|各区县|各县区|各县[(（]区[)）]|各区|各县|各地|市县两级|省市级|"
    "市县级|市级|省级|县级|区县级|区级|区属|市属|省属|城乡|城镇|农村|城市|乡镇|中心城区|主城区|建成区|广大|所有|各级各类|各级|全部|每个|每"
)
_GRADE = "(?:二三级|三级甲等|三级|二级|一级|三甲|二甲|一二级)(?:及以上|以上|及)?"
_SORT = "公立|民办|公办|民营|综合性?|专科|中医|精神|妇幼保健|妇幼|县级|市级|基层|普惠性|社区|定点|重点|大型|特殊教育|义务教育|普通|职业|老年|规上|规模以上|工业"
_BODY = (
    "医疗卫生机构|医疗机构|卫生机构|医院|养老服务机构|养老机构|托育机构|服务机构|机构|卫生院|社区卫生服务中心|社区卫生服务站|村卫生室|妇幼保健院|保健院|养老院|敬老院|"
    "幼儿园|(?:中小学校?|小学|初中|普通高中|高中|高校|学校)(?!生|阶段)|企业|园区|建制村|行政村|村庄|小区|街道(?!级)|区县(?!级)"
)
_ONE = rf"(?:{_AREA})*(?:的)?(?:[0-9]+张(?:及)?以上(?:床位)?)?(?:{_GRADE})?(?:{_SORT})*(?:{_BODY})(?:[(（][^()（）]{{1,16}}[)）])?"
BODY = f"(?:{_BODY})"
_SCOPE = re.compile(
    rf"(?P<scope>{_ONE}(?:(?:和|及|、|或){_ONE})*)(?P<of>的|中)?(?P<rest>.+)$", re.DOTALL
)
_AREA_ONLY = re.compile(
    r"(?P<scope>全市域?|全省|全国|全区|全县|全域|市本级)(?P<rest>.{2,})$", re.DOTALL
)
_NO_MEASURE = re.compile(
    r"(?:[(（]|占比|占|比例|比重|总数|数量|数$|总量|个数|和|及|、|与|内|间|之间)"
)
_QUOTED = re.compile(r"[“\"「][^”\"」]*$")


_BROKEN = re.compile(r"\s*\n\s*|(?<=[\u3400-\u9fff、，])\s+(?=[\u3400-\u9fff“”\"])")


def joined(words: str) -> str:
    """Write a name on one line, without holes and without the spaces of a broken line."""
    return _BROKEN.sub("", words.replace(HOLE, "")).strip()


def clean(words: str) -> str:
    """Strip what does not name the measure: labels, times, links, and verbs of reaching."""
    words = _SHOWN.sub("", words.lstrip(_EDGE)).rstrip(_EDGE_RIGHT)
    while match := _LEAD.match(words):
        if not words[match.end() :].strip(_EDGE) or not match[0]:
            return ""
        words = words[match.end() :].lstrip(_EDGE)
    return joined(clean_end(words))


def clean_end(words: str) -> str:
    """Strip verbs of reaching and open brackets from the end."""
    words = words.rstrip(_EDGE_RIGHT)
    while (match := _TAIL.search(words)) and not _KEEPS_TAIL.search(words):
        words = words[: match.start()].rstrip(_EDGE_RIGHT)
    return words


def without_making(words: str) -> tuple[str, str]:
    """Take the verb of making from a counted thing: 建成互联网医院 → 互联网医院.

    Returns the thing and who makes it (某医院建成标杆 → 标杆, 某医院).
    """
    match = _MADE.match(words)
    if match and len(words) > match.end() + 1:
        return words[match.end() :], ""
    later = _MADE_LATER.match(words)
    if later and len(later[2]) > 1 and not _QUOTED.search(later[1]):
        return later[2], later[1]
    return words, ""


def split_scope(name: str) -> tuple[str, str]:
    """Split a name into whose value it is and the measure; the scope may be empty."""
    for pattern in (_SCOPE, _AREA_ONLY):
        match = pattern.match(name)
        if match and len(match["rest"]) > 1 and not _NO_MEASURE.match(match["rest"]):
            return match["scope"], match["rest"]
    return "", name


_OWN_SUBJECT = re.compile(
    r"^(?:基层|县域|市域|区域|区内|全|城|乡|农|居民|人均|户均|常住|重点人群|县级|社区|公立|公办|民办|三级|二级|患者|门诊|住院|人民|每|主要|其他|"
    r"省|市|国家|项目|地方|中央|老年|学生|儿童|孕产妇|婴儿|森林|空气|单位|PM|细颗粒|地表|生活|污水)"
)


def may_inherit(name: str) -> bool:
    """Say whether a name can be about who was spoken of before: it says itself for nobody."""
    return measures(name) and not _OWN_SUBJECT.match(name) and not re.search(_BODY, name)


def split_list(name: str) -> tuple[str, ...]:
    """Split a list of measures that share what is said of them (甲率、乙率均达90%); else the name."""
    for link in ("、", "、|和|以及"):
        parts = re.split(link, name.removesuffix("等"))
        if len(parts) > 1 and all(measures(part) for part in parts):
            return tuple(parts)
    return (name,)


def leading_scope(words: str) -> str:
    """Return the body that ``words`` begin with (二级以上公立医院建成…), empty if none."""
    match = re.match(_ONE, words)
    return match[0] if match else ""


_MEASURED = re.compile(
    r"(?:率|比例|占比|比重|比|满意度|指数|(?<!质)量|人数|次数|总数|数|值|浓度|成熟度|覆盖面|增幅|降幅|差距|名次|支出|费用|经费|资金|预算|水平|级别|等级|寿命|住院日)"
    r"(?:[(（][^()（）]*[)）])?值?$"
)


def measures(name: str) -> bool:
    """Say whether a name ends like that of a measure (…率, …占比, …指数, …水平)."""
    return bool(_MEASURED.search(name)) or bool(Lexicon.load().known(name))


def clean_start(words: str) -> str:
    """Strip labels, times and links from the start only."""
    while (match := _LEAD.match(words)) and match[0] and match.end() < len(words):
        words = words[match.end() :].lstrip(_EDGE)
    return words


_ANY_TIME = re.compile(
    rf"(?<!较)(?<![^占]比)\s*(?:每年|{_YEAR}(?:度|年?[底末](?:之前|以前|前)?)?)\s*|[一二三四五六]年内$"
)
_PASSED = re.compile(
    r"^(?P<who>.{2,40}?)(?:在(?P<where>.{4,40}?)中)?(?:成功)?(?:通过|达到|获评)(?:了)?(?P<what>.{0,30})$"
)
_OTHER_BEFORE = re.compile(r"^.*(?:通过|达到|实现|达标|测评|水平)[^、]*、(?P<last>[^、]{2,20})$")


def without_times(name: str) -> str:
    """Take years and 每年 out of a name: 财政 2018 年安排 → 财政安排."""
    return _ANY_TIME.sub("", name)


def clean_tail(words: str) -> str:
    """Strip spaces, stops and holes from both ends of words after a number."""
    return joined(words.strip(" \t\n\u3000、，,；;。" + HOLE))


def last_subject(name: str) -> str:
    """Return the last subject of a list whose others have values of their own (测评通过四甲、智慧服务)."""
    match = _OTHER_BEFORE.match(name)
    return match["last"] if match else name


def passed(name: str) -> tuple[str, str]:
    """Split who passed what: 某医院在电子病历评价中通过, 某医院通过电子病历评审; else no who."""
    match = _PASSED.match(name)
    if not match or not (match["where"] or match["what"]):
        return "", name
    return clean_end(match["who"]), without_times(match["where"] or match["what"])
