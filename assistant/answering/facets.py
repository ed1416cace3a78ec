"""Properties of a document that a question can ask for: how each is asked for and called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.match import match_key
from assistant.types import Question

OF_A_DOCUMENT = r"(?:方案|通知|文件|报告|函|意见|办法|规划|计划|规定|决定|公告|通告|政策|细则|条例|提案|建议|[答回]复|文)"

_WHEN = r"(?:什么时[候间]|何时|几时|哪一?[天日年]|几月几?[日号]?)"


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of documents: how it is asked for and what it is called in an answer.

    ``of_rules`` says that rules have it as well that are no documents of their own, ``is_told`` that
    sentences may tell it where no line states it.
    """

    name: str
    asked: re.Pattern[str]
    of_rules: bool = False
    is_told: bool = False


_FACETS = (
    Facet("文号", re.compile(r"文号|发文字号|文件编号|几号文|第?几号(?:文|函)|哪个文号")),
    Facet(
        "失效日期",
        re.compile(
            r"失效(?:日期|时间)?|(?:哪[一]?[天日]|什么时候|何时).{0,3}(?:失效|到期|过期)|有效期"
            r"|(?:管|执行|实施|施行)(?:到|至)(?:哪|什么时候|何时|几)"
        ),
    ),
    Facet(
        "施行日期",
        re.compile(
            rf"(?:施行|生效)(?:的)?(?:日期|时间|日子)|{_WHEN}(?:开始|起|正式)*(?:施行|生效)|(?:施行|生效)(?:是|从|自)*{_WHEN}"
            rf"|{OF_A_DOCUMENT}[》\"]?(?:是|从|自|[，,])*{_WHEN}(?:开始|起|正式)*(?:实施|实行|执行|起效)"
        ),
        of_rules=True,
    ),
    Facet(
        "制定依据",
        re.compile(
            r"(?:依据|根据|按照)(?:的)?(?:是)?(?:什么|哪|啥)[^，。？?]{0,10}(?:定的?|制定|制订|出台|印发|编的?|编制)的?\s*[?？]?$"
            r"|(?:依据|根据).{0,14}(?:文件|要求|规定|精神)[^，。？?]{0,4}(?:定|制定|出台|编)|(?:制定|出台|编制)(?:的)?依据"
            r"|(?:依据|根据)(?:的)?(?:是)?(?:什么|啥)\s*[?？]?$"
        ),
        is_told=True,
    ),
    Facet("索引号", re.compile(r"索引号")),
    Facet(
        "发布日期",
        re.compile(
            r"发布(?:日期|时间)|(?:公开|网上|什么时[候间]|何时|哪[一]?[天日]|几[月号]).{0,8}发布|(?:公开)?发布.{0,6}(?:哪[一]?[天日]|什么时[候间]|何时)|公布.{0,4}(?:日期|时间|哪)"
        ),
    ),
    Facet(
        "成文日期",
        re.compile(
            r"成文(?:日期|时间)|落款(?!单位|机关)|(?:什么时[候间]|何时|哪[一]?[天日]).{0,4}成文|成文.{0,4}(?:哪|什么)"
        ),
    ),
    Facet(
        "印发日期",
        re.compile(
            r"印发(?:日期|时间)|(?:什么时[候间]|何时|哪[一]?[天日年]|几[月号]).{0,6}(?:印发|出台|下发|签发|制发)|(?:印发|出台|下发|签发|制发).{0,4}(?:哪[一]?[天日年月]|什么时|何时|几[月号年])|转发(?=[^，。；]{0,40}(?:哪一?[天日]|几月几|什么时|何时))|(?:哪一?[天日]|几月几|什么时[候间]?|何时)转发"
            rf"|{OF_A_DOCUMENT}[^，。？?]{{0,4}}(?:哪[一]?[天日]|什么时[候间]|何时)(?:作|做)?(?:出|发|写)的"
        ),
    ),
    Facet(
        "发文机关",
        re.compile(
            rf"发文(?:机关|单位|部门)|发布机构|(?:谁|哪(?:个|些|家)?(?:部门|单位|机关|机构)?).{{0,3}}(?:印发|发布|出台|下发|发)(?:的|了|$)|{OF_A_DOCUMENT}.{{0,6}}(?:谁|哪个(?:部门|单位|机关|机构))(?:印发|发布|出台|发)"
            r"|(?:谁|哪(?:个|些|家)?(?:部门|单位|机关|机构|局)).{0,3}(?:作|做|出|给)?(?:的|了)?(?:答复|回复)"
            r"|号(?:提案|建议).{0,3}(?:由|是)?(?:谁|哪.?(?:部门|单位|局))(?:办理|答复|承办|回复)"
        ),
    ),
    Facet(
        "发文机关",
        re.compile(
            r"(?:谁|哪(?:个|些|家)?(?:部门|单位|机关|机构|局|委)).{0,3}编(?:制|写)?(?:的|了|[?？]|$)"
        ),
        of_rules=True,
    ),
    Facet("抄送", re.compile(r"抄送|抄报")),
    Facet(
        "主送",
        re.compile(
            r"主送|(?:发|印发|写|回复|答复|函复)给(?:了)?(?:谁|哪)|(?:提案|建议).{0,10}(?:谁|哪.{0,4}(?:单位|党派|界别|委员|代表)).{0,3}(?:提|写)|(?:谁|哪个单位).{0,3}提(?:的|出的?)(?:这.?|第?\d+号)?(?:提案|建议)|提案人|(?=.*(?:提案|建议)).*(?:(?:委员|代表)(?:是谁|叫(?:什么|啥)|姓什么)|哪.{0,2}(?:政协)?(?:委员|代表))"
        ),
    ),
    Facet(
        "附件",
        re.compile(
            r"附(?:了|有|带)?(?:的|件)?.{0,4}(?:哪|几|什么|多少)|(?:哪|几|什么|多少).{0,4}附[件表]|附[件表](?:是|有|包括|清单)"
        ),
    ),
    Facet("公开时限", re.compile(r"公开时限|公开.{0,4}(?:多久|多长时间|期限)")),
    Facet("公开方式", re.compile(r"公开(?:方式|属性|选项)|是否(?:主动)?公开")),
)


def facet_asked(question: Question) -> Facet | None:
    """Return the property of a document that the question asks for, if it asks for one."""
    text = match_key(question.focus or question.standalone)
    for facet in _FACETS:
        if facet.asked.search(text):
            return facet
    return None
