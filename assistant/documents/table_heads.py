"""Column heads of flattened tables: where a run of short lines is the header of a table.

A table that was flattened has one cell a line. Its header shows as a run of short lines most of
which are words that head columns (序号, 指标, 责任单位, 2025年, 备注). Heads that were broken over
two lines (实施 / 主体) are joined; a head that spans the years (年度实施计划) is joined to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from assistant.documents.table_cells import CellLine


class Kind(Enum):
    """What a column's cells are, as far as its head says."""

    SEQUENCE = "sequence"
    NUMBER = "number"
    UNIT = "unit"
    ORGAN = "organ"
    TIME = "time"
    REMARK = "remark"
    TEXT = "text"


class Column(NamedTuple):
    """A column: its head, joined, and what its cells are."""

    name: str
    kind: Kind


class HeaderRun(NamedTuple):
    """A candidate header: cells [start, stop) and one or more readings of them as columns."""

    start: int
    readings: tuple[tuple[int, tuple[Column, ...]], ...]


_YEAR_HEAD = re.compile(
    r"(?:到|至|截至)?(?:(?:19|20)\d{2}(?:年(?:度|底|末)?)?|十[一二三四五]五期?末?|基期|基准年|规划期末)"
    r"(?:现状|基期|基数|基础|基准|实际|预期|目标|完成|预计|数据|规划|计划|年度|达到)*(?:值|数|量|情况|任务|数据|目标)?(?:\(.{1,8}\))?"
)
_YEAR_ALONE = re.compile(r"(?:到)?(?:19|20)\d{2}年?")
_YEAR_WORD = re.compile(
    r"(?:年?)(?:现状|基期|基数|基准|实际|预期|目标|完成|预计|规划|计划|年度)(?:值|数|量|情况|任务|目标)?(?:\(.{1,8}\))?"
)
_NOUNS = (
    "序号|编号|类别|类型|类目|分类|领域|维度|指标|名称|项目|内容|任务|举措|措施|事项|单位|部门|主体|责任人|负责人|联系人|电话|地址|地点"
    "|时限|时间|期限|节点|进度|安排|计划|备注|说明|属性|性质|目标|目标值|基期值|现状值|现值|现状|基数|基准值|权重|分值|标准|地区|县区|区县|区域|规模"
    "|投资|金额|资金|人数|数量|总数|面积|床位|床位数|数值|占比|比例|方式|来源|要求|成果|因素|职责|依据|频次|对象|层级|级别|科目|预算|预算数"
    "|合计|小计|年度|年份|周期|等级|水平|得分|条件|工期|情况|状态|结果|形式|用途|建设期|目标数|完成数|计划数|增速|增幅|幅度|变化|值|数|率|量|额"
)
_HEAD = re.compile(
    rf"[^\d\s,。;:、]{{0,8}}?(?:{_NOUNS})(?:[(\[][^()\[\]]{{1,10}}[)\]])?|(?:县\(市、?区\)|区\(县、?市\)|县市区|区县市|街道|镇街|乡镇|医院|机构|学校|社区|村居|县市区|县\(区\)|市县|姓名|性别|年龄|职务|牵头|配合|部门与单位|职责与任务)"
)
_NOT_HEAD = re.compile(r"^[\d(]|^(?:附件|目标\d)|(?:表|一览|如下)$")
_SECOND_HALF = frozenset(
    re.findall(
        r"\w+",
        "内容 任务 主体 单位 指标 名称 部门 类别 目标 时间 时限 计划 措施 项目 数量 方式 标准 情况"
        " 年度 规模 要求 期限 举措 备注 编号 属性 进度 责任人",
    )
)
_SPANNING = re.compile(
    r"^(?:.{0,6}年度.{0,8}|分年度.{0,8}|目标值?|规划目标|预期目标|发展目标|工作目标|年度目标值?|指标值|完成情况|进度安排|计划安排|实施计划)$"
)
_REMARK = re.compile(r"备注|说明$")
_SEQUENCE = re.compile(r"^(?:序号|编号|序|项次)$")
_UNIT = re.compile(r"^(?:计量)?单位$|^单位\(.*\)$")
_ORGAN = re.compile(
    r"(?:责任|牵头|配合|实施|主管|负责|承办|建设|组织|协办|参与).*(?:单位|部门|主体|机构|科室|处室)$|^(?:牵头|配合|主体|部门|责任人)$"
)
_TIME = re.compile(r"时限|时间|期限|节点|工期|建设期|周期")
_NUMERIC = re.compile(
    r"(?:数|值|量|率|额|资金|投资|面积|床位|占比|比例|比重|权重|得分|规模|预算|合计|小计|增速|增幅|幅度)$"
)
_FEWEST_HEADS = 3
_LONGEST_HEAD = 14
_LONGEST_UNKNOWN = 8


def find_headers(cells: Sequence[CellLine]) -> list[HeaderRun]:
    """Find the candidate headers among ``cells``, in order, not overlapping."""
    found: list[HeaderRun] = []
    at = 0
    while at < len(cells):
        if not _may_head(cells[at].words):
            at += 1
            continue
        stop = at
        while stop < len(cells) and (_may_head(cells[stop].words) or _is_bridge(cells, stop)):
            stop += 1
        run = _header_run(cells, at, stop)
        if run:
            found.append(run)
        at = stop + 1
    return found


def _may_head(words: str) -> bool:
    """Say whether a line can be a head or the half of one."""
    if len(words) > _LONGEST_HEAD or words[-1] in "。;:,、":
        return False
    if words[0] in "([" and len(words) <= 8:
        return True
    return is_head(words) or (len(words) <= 3 and words.isalpha() and not words.isascii())


def _is_bridge(cells: Sequence[CellLine], at: int) -> bool:
    """Say whether an unknown word stands between two heads."""
    return (
        0 < at < len(cells) - 1
        and _is_short_name(cells[at].words)
        and is_head(cells[at - 1].words)
        and is_head(cells[at + 1].words)
    )


def _is_short_name(words: str) -> bool:
    plain = re.sub(r"\([^()]*\)", "", words)
    return 2 <= len(plain) <= _LONGEST_UNKNOWN and not re.search(r"[\d。,;:、%《》]", plain)


def is_head(words: str) -> bool:
    """Say whether the words alone head a column."""
    if _YEAR_HEAD.fullmatch(words):
        return True
    return not _NOT_HEAD.search(words) and bool(_HEAD.fullmatch(words))


class _Piece(NamedTuple):
    """A head, put together: folded, as written, and the index behind its last cell."""

    words: str
    raw: str
    stop: int


def _header_run(cells: Sequence[CellLine], start: int, stop: int) -> HeaderRun | None:
    pieces = _joined(cells, start, stop)
    heads = [at for at, piece in enumerate(pieces) if is_head(piece.words)]
    if len(heads) < _FEWEST_HEADS or (heads[-1] + 1 - len(heads)) * 4 > heads[-1] + 1:
        return None
    readings = [
        reading
        for last in _ends(pieces, heads)
        for columns in _columns(pieces[: last + 1])
        for reading in _widened(cells, start, pieces[last].stop, columns, last == heads[-1])
        if len(reading[1]) >= _FEWEST_HEADS
    ]
    return HeaderRun(start, tuple(readings)) if readings else None


def _widened(
    cells: Sequence[CellLine], start: int, stop: int, columns: tuple[Column, ...], at_end: bool
) -> list[tuple[int, tuple[Column, ...]]]:
    """Return a reading, and those with an unknown word before or behind it as a head."""
    readings = [(stop, columns)]
    if at_end and stop < len(cells) and _is_short_name(cells[stop].words):
        readings.append((stop + 1, (*columns, Column(cells[stop].raw, Kind.TEXT))))
    if start and _is_short_name(cells[start - 1].words) and columns[0].kind is not Kind.SEQUENCE:
        readings.append((stop, (Column(cells[start - 1].raw, Kind.TEXT), *columns)))
    return readings


def _joined(cells: Sequence[CellLine], start: int, stop: int) -> list[_Piece]:
    """Join heads that are broken over two lines."""
    words = [cell.words for cell in cells[start:stop]]
    years_split = sum(_is_split_year(*pair) for pair in zip(words, words[1:], strict=False)) > 1
    pieces: list[_Piece] = []
    at = start
    while at < stop:
        first = cells[at]
        second = cells[at + 1] if at + 1 < stop else None
        if second and _belong_together(first.words, second.words, years_split):
            pieces.append(_Piece(first.words + second.words, first.raw + second.raw, at + 2))
            at += 2
        else:
            pieces.append(_Piece(first.words, first.raw, at + 1))
            at += 1
    return pieces


def _belong_together(first: str, second: str, years_split: bool) -> bool:
    """Say whether two lines are the halves of one head."""
    if years_split and _is_split_year(first, second):
        return True
    if len(first) <= 3 and second in _SECOND_HALF and not is_head(first):
        return True
    return second[0] in "([" and len(second) <= 8 and is_head(first)


def _is_split_year(first: str, second: str) -> bool:
    """Say whether a year and what is given for it (2025年 / 目标值) stand in two lines."""
    return bool(_YEAR_ALONE.fullmatch(first) and _YEAR_WORD.fullmatch(second))


def _ends(pieces: Sequence[_Piece], heads: Sequence[int]) -> list[int]:
    """Return the places where the header may end, the likeliest first."""
    for at, piece in enumerate(pieces):
        if _REMARK.search(piece.words) and at >= 2:
            return [at]
    years = [at for at in heads if _YEAR_HEAD.fullmatch(pieces[at].words)]
    if years:
        later = [at for at in heads if at > years[-1]][:4]
        return [years[-1], *later]
    return [at for at in reversed(heads) if at >= 2][:4]


def _columns(pieces: Sequence[_Piece]) -> list[tuple[Column, ...]]:
    """Return the readings of heads as columns: with a head that spans the years, or without."""
    columns = tuple(Column(piece.raw, _kind(piece.words)) for piece in pieces)
    years = [at for at, piece in enumerate(pieces) if _YEAR_HEAD.fullmatch(piece.words)]
    if len(years) >= 2 and years[0] > 0 and _SPANNING.match(pieces[years[0] - 1].words):
        return [columns[: years[0] - 1] + columns[years[0] :], columns]
    return [columns]


def _kind(name: str) -> Kind:
    for pattern, kind in (
        (_SEQUENCE, Kind.SEQUENCE),
        (_UNIT, Kind.UNIT),
        (_REMARK, Kind.REMARK),
        (_ORGAN, Kind.ORGAN),
        (_TIME, Kind.TIME),
    ):
        if pattern.search(name):
            return kind
    if _YEAR_HEAD.fullmatch(name) or _NUMERIC.search(re.sub(r"[(\[].*", "", name)):
        return Kind.NUMBER
    return Kind.TEXT
