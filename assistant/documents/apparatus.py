"""What is stored but is no content: navigation, an index head, page numbers, the imprint.

A line counts as apparatus by its own words, or, in the index head of a page, as the value that
stands under a label line. The words of the imprint (抄送, 印发) are found here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.documents.shape import Line, ends_sentence, squeeze
from assistant.types import Span

FIELD_NAMES = (
    "索引号|统一编号|主题分类|信息分类|信息类别|主题词|关键词|体裁分类|组配分类|服务对象|公开方式|公开时限"
    "|公开范围|公开形式|公开程序|公开属性|公开类别|发文机关|发文单位|发布机构|发布机关|发布单位|制定机关|公开机构"
    "|公开主体|责任部门|信息来源|文件来源|成文日期|发文日期|成文时间|发文时间|印发日期|发布日期|发布时间|公开日期"
    "|公开时间|公布日期|生成日期|实施日期|施行日期|生效日期|失效日期|废止日期|有效期限?|文件状态|文件有效性|有效性"
    "|时效性|效力级别|效力状态|发文字号|发文文号|文件编号|文件字号|文件文号|文号|标题|名称|信息名称|文件名称|分类|来源"
)
FIELD = re.compile(
    "("
    + "|".join(r"\s*".join(name) for name in FIELD_NAMES.replace("?", "").split("|"))
    + r")\s*[:]\s*"
)
_BARE_FIELD = re.compile(
    r"(?:发文机关|发文日期|成文日期|效力级别|发文字号|施行日期|实施日期|时效性|公布日期|发布日期|法规类别)\s+(?=\S)"
)
_NAVIGATION = re.compile(
    r"(?:您?的?当前位置|您现在的位置|您的位置|所在位置|网站首页|首页\s*>|\s*>\s*首页)"
    r"|^(?:首页|无障碍(?:浏览|阅读)?|长者(?:助手|模式)|关怀版|适老化|登录|注册|退出|搜索|高级搜索|分享到?:?|我的收藏|收藏"
    r"|打印(?:本页)?|关闭(?:窗口|本页)?|返回顶部|上一[篇条].*|下一[篇条].*|附件下载:?|相关附件:?|相关(?:文档|文章|链接|新闻|稿件|解读).{0,6}"
    r"|文字大小:?|字[体号]:?[大中小\s]*|大|中|小|繁体(?:版)?|简体(?:版)?|English|手机版|微信|微博|网站地图|联系我们|关于我们|用户登录)$"
    r"|【\s*(?:打\s*印|关\s*闭|字\s*体|字\s*号|收\s*藏|大\s*中\s*小|我要纠错)|\[\s*(?:打印|关闭|大 中 小)"
    r"|浏览(?:次数|量)|点击(?:次数|量|数)|阅读(?:次数|量)|访问量|扫一扫|手机打开当前页|下载(?:文字|图片|PDF|word)版"
    r"|版权所有|ICP备|公网安备|网站标识码|政府网站找错|^(?:主办|承办|技术支持)(?:单位)?\s*:|责任编辑\s*:|^编辑\s*:"
    r"|^第\s*\d+\s*页\s*(?:[,/]?\s*共\s*\d+\s*页)?$|^[—–\-]+\s*\d{1,4}\s*[—–\-]+$|^\d{1,4}\s*/\s*\d{1,4}$|^.{0,12}https?://[!-~]+(?:\s+\d{1,4}\s*/\s*\d{1,4})?$"
    r"|^\d{4}[/-]\d{1,2}[/-]\d{1,2}\s+\d{1,2}:\d{2}\s+\S",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^\(?\s*(?:此件(?:公开|主动公开|依申请公开|不予公开)\S{0,4}|信息公开(?:选项|属性|类别|形式)\s*:.{0,12}|公开(?:方式|属性)\s*:.{0,8}"
    r"|本文有删减|主动公开|依申请公开)\s*\)?$"
)
_COPY_TO = re.compile(r"^(?:抄\s*送|主\s*送|抄\s*报|分\s*送)\s*:")
PRINTED = re.compile(
    r"(?:19|20)\d{2}.{0,14}印发$|[二〇○零一][〇○零一二三四五六七八九]{3}年.{0,10}印发$"
)
_INLINE = re.compile(r"\[bookmark:[^\]\n]{0,60}\]\s*")
_LONGEST_ENTRY = 60
_PROSE = re.compile(r"[。;]")


class Apparatus(NamedTuple):
    """The apparatus lines by index, spans inside other lines, and the index head's fields."""

    lines: frozenset[int]
    inline: tuple[Span, ...]
    fields: tuple[tuple[str, str], ...]

    def field(self, names: Sequence[str]) -> str:
        """Return the first value that the index head has for one of ``names``; empty for none."""
        values = dict(reversed(self.fields))
        return next((values[name] for name in names if values.get(name)), "")


def find_apparatus(lines: Sequence[Line], folded: str, marked: Sequence[Span] = ()) -> Apparatus:
    """Find what is no content among ``lines``; ``marked`` are spans that a loader knows."""
    found: set[int] = _covered(lines, marked)
    head = _index_head(lines)
    found.update(head)
    found.update(_contents(lines))
    for at, line in enumerate(lines):
        if (
            len(line.words) < 90 and (_NAVIGATION.search(line.words) or _NOTICE.match(line.words))
        ) or (len(line.words) < 60 and PRINTED.search(line.words)):
            found.add(at)
        elif _COPY_TO.match(line.words):
            found.update(_copy_list(lines, at))
    fields = _fields([lines[at].words for at in sorted(found)])
    inline = tuple(Span(*each.span()) for each in _INLINE.finditer(folded))
    return Apparatus(frozenset(found), inline, fields)


def _covered(lines: Sequence[Line], marked: Sequence[Span]) -> set[int]:
    spans, found, at = sorted(marked), set(), 0
    for span in spans:
        while at < len(lines) and lines[at].end <= span.start:
            at += 1
        while at < len(lines) and lines[at].start < span.end:
            if span.start <= lines[at].start and lines[at].end <= span.end:
                found.add(at)
            at += 1
    return found


def _index_head(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a page's index head: fields, and values that stand under their label."""
    found: set[int] = set()
    expects_value = False
    beside = 0  # fields whose value stands beside them: then one without a value is empty
    for at, line in enumerate(lines[:400]):
        words = line.words
        if len(words) > 160 or (_PROSE.search(words) and not FIELD.match(words)):
            if len(words) > 60:
                break
            expects_value = False
            continue
        field = FIELD.match(words) or _BARE_FIELD.match(words)
        if field and not _is_date_line(words):
            found.add(at)
            beside += bool(words[field.end() :].strip())
            expects_value = beside < 2 and not words[field.end() :].strip()
        elif expects_value:
            found.add(at)
            expects_value = False
        elif field:
            expects_value = False
    return found


def _contents(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a table of contents: from 目录 to where its first entry comes again."""
    start = next((at for at, line in enumerate(lines[:120]) if squeeze(line.words) == "目录"), None)
    if start is None or start + 2 >= len(lines):
        return set()
    first = _entry(lines[start + 1].words)
    for at in range(start + 2, min(start + 300, len(lines))):
        words = lines[at].words
        if _entry(words) == first:
            return set(range(start, at))
        if len(words) > _LONGEST_ENTRY or "。" in words:
            break
    return {start}


def _entry(words: str) -> str:
    """Return an entry of a table of contents without leaders and page number."""
    return re.sub(r"[.…·\-—\s]*\d*$", "", squeeze(words))


def _is_date_line(words: str) -> bool:
    """Say whether the line only says when the text was published."""
    return bool(re.match(r"发\s*布\s*(?:日\s*期|时\s*间)\s*:\s*\d", words)) and len(words) < 32


def _copy_list(lines: Sequence[Line], start: int) -> list[int]:
    """Return the lines of a 抄送 list: to its full stop, its 印发 line, or eight lines at most."""
    taken = [start]
    for at in range(start, min(start + 8, len(lines) - 1)):
        if ends_sentence(lines[at].words) or lines[at].words.endswith("。"):
            break
        if PRINTED.search(lines[at + 1].words):
            break
        taken.append(at + 1)
    return taken


def _fields(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Read the fields of the index head: names without blanks, values as written."""
    joined: list[tuple[str, str]] = []
    for line in words:
        bare = _BARE_FIELD.match(line)
        if bare and not FIELD.match(line):
            joined.append((squeeze(bare.group()), line[bare.end() :].strip()))
            continue
        marks = list(FIELD.finditer(line))
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            end = following.start() if following else len(line)
            joined.append((squeeze(mark.group(1)), line[mark.end() : end].strip()))
        if not marks and joined and not joined[-1][1] and not _NAVIGATION.search(line):
            joined[-1] = (joined[-1][0], line)
    return tuple((name, value) for name, value in joined if value)
