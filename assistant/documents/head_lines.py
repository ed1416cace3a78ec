"""Lines of a document's head: which are titles, numbers, dates, organs, addressees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.labels import MARKS, label_at
from assistant.documents.shape import mend, squeeze
from assistant.text.dates import FoundDate, find_dates

_SUFFIX = r"(?:\s*[(（〔\[][^)）〕\]]{1,18}[)）〕\]])?$"
_KINDS = (
    "通知|意见|方案|办法|规定|规则|细则|报告|答复|函|批复|决定|决议|公告|通告|通报|公报|规划|纲要|条例|计划|要点|清单|指引|指南"
    "|规范|标准|请示|总结|说明|目录|措施|制度|章程|预案|解读|名单|要求|建议|提案|办法|政策|方案稿|[^做方看想说设无]法"
)
TITLE_END = re.compile(rf"(?:{_KINDS})[》”]?{_SUFFIX}")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:\s*[A-Z]{1,3})?\s*[〔\[({【]\s*(?:19|20)\d{2}\s*[〕\])}】]\s*第?\s*\d{1,5}\s*号"
    r"|(?:主席令|国务院令|[\u4e00-\u9fff]{2,12}令)\s*第?\s*[\d一二三四五六七八九十百]{1,5}\s*号"
)
_NUMBER_LINE = re.compile(
    rf"\(?((?:{NUMBER.pattern}))\)?(?:\s+(?:签发人\s*:.*|(?:类别|分类)?.{{0,4}}[A-D]类?.{{0,6}}))?"
)
_NO_ADDRESSEE = re.compile(r"^(?:附件|注|主要目标|现将|为|根据)|如下:$|答复:$|收悉|是:$|包括:$")
_QUOTES_TITLE = re.compile(r"[㐀-鿿]{2,8}:\s*《")  # 文件依据：《某某办法》 is another's
_ASIDE = re.compile(r"\([^()]*\)")
_TITLE_ASIDE = re.compile(
    r"\((?:[^()]{0,6}(?:试行|暂行|草案|征求意见稿|送审稿|修订)[^()]{0,8}|[^()]{0,4}(?:19|20)\d\d[^()]{0,12}年[^()]{0,4})\)"
)
_RED_HEAD = re.compile(r"文\s*件$")
_ORGAN_LIST = re.compile(r"^[\u4e00-\u9fff()（）“”]{2,40}(?:\s+[\u4e00-\u9fff()（）“”]{2,40})*$")
_ORGAN = re.compile(
    r"(?:政府|办公[室厅]|委员会|局|厅|部|委|办|署|院|中心|领导小组|法院|总局|总公司|公司|大学|协会|联合会|处|会|政协)$"
)
_LONGEST_TITLE_LINE = 70


def join_title(words: Sequence[str]) -> str:
    """Join the lines of a title as written: letter-spacing and line ends go, organs stay apart."""
    clean = [MARKS.sub("", each, count=1) if each[0] == "#" else each for each in words]
    return mend("".join(_unspaced(each) for each in clean)).strip()


def _unspaced(words: str) -> str:
    tokens = words.split()
    kept = tokens[0]
    for before, after in zip(tokens, tokens[1:], strict=False):
        organs = bool(_ORGAN.search(before)) and len(before) > 3 and len(after) > 3
        kept += (" " if organs else "") + after
    return kept


def is_prose(words: str) -> bool:
    """Say whether a folded line is a paragraph of running text."""
    return len(words) > 40 and ("。" in words or words.count(",") >= 2) and not words.endswith(")")


def is_addressee(words: str) -> bool:
    """Say whether a folded line names those whom a letter is for: 各区人民政府：."""
    if not words.endswith(":") or len(words) > 260 or "。" in words:
        return False
    if _NO_ADDRESSEE.search(words) or label_at(words):
        return False
    return bool(
        re.search(
            r"(?:政府|委|局|办|厅|单位|部门|机构|会|代表|委员|同志|公司|医院|院|企业|先生|女士|支队|中心|校)[^:]{0,14}:$",
            words,
        )
    )


def is_date_line(words: str) -> bool:
    """Say whether a folded line is a date and nothing else (also one without separators)."""
    return date_of_line(words) is not None


def date_of_line(words: str) -> FoundDate | None:
    """Return the date that a folded line consists of; None where it says more, or none."""
    if not 6 <= len(words) <= 24:
        return None
    plain = squeeze(words).strip("()")
    plain = re.sub(r"(?:印发|发布)$", "", plain)
    found = find_dates(plain)
    if len(found) == 1 and len(found[0].span) >= len(plain) - 1:
        return found[0]
    return None


def ends_with_organ(words: str) -> bool:
    """Say whether the words end with an organ's last word (局, 办公室, 委员会)."""
    return bool(_ORGAN.search(words))


def is_organ_line(words: str) -> bool:
    """Say whether a folded line names one or several organs and nothing else."""
    return len(words) <= 60 and bool(_ORGAN.search(words)) and bool(_ORGAN_LIST.match(words))


def can_be_title(words: str) -> bool:
    """Say whether a folded line can be one of a title's."""
    if len(words) > _LONGEST_TITLE_LINE or words[-1] in "。;:,!?":
        return False
    if (
        squeeze(words) == "目录"
        or number_in(words)
        or _RED_HEAD.search(words)
        or is_date_line(words)
    ):
        return False
    if _ASIDE.fullmatch(words) or _QUOTES_TITLE.match(words):
        return False
    return not (label_at(words) or words.startswith(("附件", "【", "发布日期", "日期", "来源")))


def number_in(words: str) -> str:
    """Return the document number that a folded line consists of; empty where it says more."""
    found = _NUMBER_LINE.fullmatch(words)
    return found.group(1) if found else ""


def goes_with_title(words: str) -> bool:
    """Say whether a folded line is a title's last part in brackets: （试行）, （2023—2025年）."""
    return bool(_TITLE_ASIDE.fullmatch(words))
