"""Names of persons, as official documents write them: beside an office or a label, or in a list.

A tagger of words finds a person in every second sentence of a policy (养老, 智慧); this reads where
names stand instead.
"""

from __future__ import annotations

import re

from assistant.text.tokens import SURNAMES, is_other_word, is_rare

_OFFICE = (
    "(?:[市省县区镇乡院校处科局部司厅所站队班组会社行事秘监总]长|书记|主任|主席|委员|经理|总裁|总监|教授|院士"
    "|博士|研究员|工程师|医师|护士|大师|老师|先生|女士|同志|代表|负责人|联系人|经办人|承办人|主持人|传承人|法定代表人|专家)"
)
_NAME = f"[{''.join(sorted(SURNAMES))}][㐀-鿿]{{1,2}}"
_BESIDE_OFFICE = re.compile(rf"(?:{_OFFICE}\s*[:：]?|[:：])\s*(?=(?P<name>{_NAME}))")
_IN_LIST = re.compile(rf"(?:^|(?<!\d)[\s、，,（(])(?=(?P<name>{_NAME}))", re.MULTILINE)
_ENDS = re.compile(rf"$|[^㐀-鿿\"“”]|等|{_OFFICE}|任|兼|为")
_SPACED = re.compile(r"(?<![㐀-鿿])[㐀-鿿]\s+[㐀-鿿](?![㐀-鿿])")  # 杨  阳
_OF_MINORITIES = re.compile(r"(?<![㐀-鿿\d“\"])[㐀-鿿]{2,6}·[㐀-鿿]{2,6}(?![㐀-鿿\d”\"])")
_QUANTITY = "万"  # a surname too, but 万人 and 万元 are none
_NO_LAST = "副总兼化率性型"  # 任副(组长), 高值化


def names_a_person(text: str) -> bool:
    """Say whether ``text`` has the name of a person."""
    if _SPACED.search(text) or _OF_MINORITIES.search(text):
        return True
    firm = any(_reads_as_name(match, text, is_firm=True) for match in _BESIDE_OFFICE.finditer(text))
    return firm or any(
        _reads_as_name(match, text, is_firm=False) for match in _IN_LIST.finditer(text)
    )


def _reads_as_name(match: re.Match[str], text: str, *, is_firm: bool) -> bool:
    """Say whether the whole stretch up to the next stop or office is a surname and a given name."""
    for name in dict.fromkeys((match["name"], match["name"][:2])):
        end = match.start("name") + len(name)
        if _ENDS.match(text, end) and _is_name(name):
            has_office = bool(re.match(_OFFICE, text[end:])) and is_rare(name)  # not 康复专家
            return is_firm or name == text or has_office or _is_no_compound(name)
    return False


def _is_name(name: str) -> bool:
    is_quantity = name[0] == _QUANTITY and len(name) == 2
    is_office = re.search(_OFFICE, name) or name[-1] in _NO_LAST  # 刘局长 tells no name
    return not (is_quantity or is_office or is_other_word(name))


def _is_no_compound(name: str) -> bool:
    """Say whether it takes a surname to read ``name``: 金融办, 单病种 and 康养 stand in lists too."""
    return len(name) == 3 and not (is_other_word(name[1:]) or is_other_word(name[:2]))
