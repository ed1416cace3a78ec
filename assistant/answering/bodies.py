"""Who a sentence speaks of: the bodies, offices and persons that answer to 谁 and 哪家."""

from __future__ import annotations

import re

from assistant.answering.expectation import Expectation
from assistant.answering.units import Unit
from assistant.text.persons import names_a_person

# 由甲、乙部门负责; 甲部门牵头，乙部门具体负责.
_SAYS_WHO = re.compile(
    r"由[^，。；,;]{2,40}(?:承担|分担|负担|支付|出资|拨付|安排|保障|负责|牵头|主管|组织|实施|办理|受理|审[核批]|认定|确认|验收|核[验查实定]|采纳|担任|制定|组成)"
    r"|[㐀-鿿]{2,14}(?:部门|委|局|办|厅|中心|机构|单位)应当[^，。；,;]{0,4}(?:制定|确定|核定|规定|公布|组织|审核|受理)"
    r"|[㐀-鿿]{2,14}(?:部门|委|局|办|厅|院|政府|中心|机构|单位|小组|委员会)[^，。；,;]{0,4}(?:牵头(?!医院|单位|部门)|负责(?!人|制)|主管(?!部门)|承担)"
)
_BODY = re.compile(
    r"[㐀-鿿](?:部门?|委员?|局|办|厅|院|政府|中心|机构|单位|小组|公司|集团|企业|银行|基金|团队|交易所|研究所|派出所|工会|协会|学校|大学|科室|[市县区乡镇院校局]长|书记|主任)"
)
# 哪两家医院 asks for names: 某大学附属医院, not 高水平市级医院.
_ASKS_WHICH_BODY = re.compile(r"哪[^，。？]{0,3}(?:医院|学校|高校|大学|中学|小学|企业|公司)")
_NAMED_BODY = re.compile(
    r"(?:第[一二三四五六七八九十]|大学|附属|人民|中心|中医|妇幼保健|妇产|儿童|肿瘤|实验|科学院)[㐀-鿿]{0,10}?(?:医院|学校|大学|中学|小学|学院)|[㐀-鿿]{2,}(?:有限|股份)公司"
)


def says_who(unit: Unit) -> bool:
    """Say whether the unit itself tells who does something (由市、区财政承担)."""
    return not unit.is_row and bool(_SAYS_WHO.search(unit.text))


def names_who(text: str) -> bool:
    """Say whether ``text`` names a body, an office or a person."""
    return bool(_BODY.search(text)) or names_a_person(text)


def asks_which_body(expected: Expectation) -> bool:
    """Say whether a hospital, a school or a firm is asked for by name."""
    return bool(_ASKS_WHICH_BODY.search(expected.text))


def names_in_full(text: str) -> bool:
    """Say whether ``text`` has the whole name of a hospital, a school or a firm."""
    return bool(_NAMED_BODY.search(text))
