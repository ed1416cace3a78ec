"""Words that say nothing of their own: how an answer is put, not what it says. Match keys throughout."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.text.match import match_key

_OWN_REMARKS = (
    r"注意口径不同|不宜直接比较|口径不同|仅有定性要求|未写明年份|文件中有的是|相近的有|"
    r"[㐀-鿿]{2,4}的文件对此的表述|没有所问的(?:目标|基期|实际)?|没有名为|的指标|该市|全市|我市|根据文件|文件(?:提出|规定|要求|显示|明确)|"
    r"(?:印发|成文|发布|签署)(?:日期|时间)|文号|发文(?:字号|机关|单位)|分别(?:为|是)?|其中|此外|同时"
)
_KIND_WORDS = r"目标值?|基期值?|基线值?|现状值?|实际值?|指标值|数据|完成值"
_VERBS = (
    r"(?:提[高升]|增[加长]|上升|扩大|下降|降低?|减少|压减|压缩|缩短|控制|稳定|维持|保持)?(?:到|至|在)|达到了?|达|"
    r"力争|争取|预计|计划|约|为|是|从|由|将|均|各"
)
_YEARS = r"(?:到|至|截至|自|在|于)?\d{4}(?:\s*-?\s*\d{4})?年度?(?:底|末|前|\d+月(?:底|\d+日)?前?)?"
FRAME = re.compile(rf"{_OWN_REMARKS}|{_YEARS}|{_KIND_WORDS}")
_BARE = re.compile(rf"{_VERBS}|{_OWN_REMARKS}|{_YEARS}|{_KIND_WORDS}")
_LATIN = re.compile(r"[a-z]{2,}")


def pairs(text: str, frame: re.Pattern[str] = FRAME) -> frozenset[str]:
    """Return the pairs of neighbouring Han characters of ``text`` without frame words, and Latin words."""
    said = frame.sub("\n", text)
    han = {a + b for a, b in pairwise(said) if is_han(a) and is_han(b)}
    return frozenset(han | set(_LATIN.findall(said)))


def subject_pairs(text: str) -> frozenset[str]:
    """Return the pairs of what a number is about: without verbs of reaching and years either."""
    return pairs(text, _BARE)


def is_han(char: str) -> bool:
    """Say whether ``char`` is a Han character."""
    return "㐀" <= char <= "鿿"


def share(wanted: frozenset[str], there: str | frozenset[str]) -> float:
    """Return the share of ``wanted`` that stands in ``there``; 1 when nothing is wanted."""
    return sum(pair in there for pair in wanted) / len(wanted) if wanted else 1.0


def key_of(text: str) -> str:
    """Return the match key of ``text`` line by line; lines tell table cells apart."""
    return "\n".join(map(match_key, text.splitlines()))


def dense(text: str) -> str:
    """Return ``text`` without white space."""
    return re.sub(r"\s+", "", text)
