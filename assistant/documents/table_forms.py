"""Forms: the head of an annex that is a list of names and values, one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.documents.shape import ends_sentence
from assistant.documents.table_cells import CellLine
from assistant.types import Cell, Row, Span, Table

_KEY = re.compile(
    r".{0,14}(?:名称|部门|单位|资金|地点|时间|负责人|联系人|电话|目标|其他|概况|内容|依据|期限|金额|投资|合计|代码|类别|编号|属性|级次|年度)(?:\([^()]{1,8}\))?"
)
_UNIT = re.compile(r"\([^()]{1,8}\)")
_LONGEST_HALF = 6
_FEWEST_PAIRS = 2


class _Piece(NamedTuple):
    span: Span
    words: str
    raw: str


def read_form(text: str, cells: Sequence[CellLine], title: str) -> tuple[Table | None, int]:
    """Read the cells before a header as pairs of name and value; None where they are none.

    Returns the table with one row a value, and the line where it begins.
    """
    first = next((at for at, _ in enumerate(cells) if _key_at(cells, at)), None)
    if first is None:
        return None, 0
    pairs: list[tuple[_Piece, list[_Piece]]] = []
    at = first
    while at < len(cells):
        taken = _key_at(cells, at)
        if taken and (not pairs or pairs[-1][1]):
            pairs.append((_piece(cells[at : at + taken]), []))
            at += taken
            continue
        if not pairs:
            break
        pairs[-1][1].append(_piece(cells[at : at + 1]))
        at += 1
    pairs = [(key, _rejoined(values)) for key, values in pairs if values]
    if len(pairs) < _FEWEST_PAIRS:
        return None, 0
    rows = tuple(row for key, values in pairs for row in _rows(text, key, values))
    span = Span(pairs[0][0].span.start, rows[-1].span.end)
    return Table(title, span, (), rows), cells[first].first


def _key_at(cells: Sequence[CellLine], at: int) -> int:
    """Return how many cells from ``at`` on make up a name; 0 where none begins."""
    words = cells[at].words
    following = cells[at + 1].words if at + 1 < len(cells) else ""
    if len(words) > 20 or ends_sentence(words):
        return 0
    if _KEY.fullmatch(words):
        return 2 if _UNIT.fullmatch(following) else 1
    if len(words) <= _LONGEST_HALF and len(following) <= _LONGEST_HALF and words.isalpha():
        return 2 if _KEY.fullmatch(words + following) and following else 0
    return 0


def _piece(cells: Sequence[CellLine]) -> _Piece:
    span = Span(cells[0].span.start, cells[-1].span.end)
    words = "".join(cell.words for cell in cells)
    return _Piece(span, words, "".join(cell.raw for cell in cells))


def _rejoined(values: Sequence[_Piece]) -> list[_Piece]:
    """Join the lines of a value that was broken in mid-sentence."""
    joined: list[_Piece] = []
    for value in values:
        if joined and len(joined[-1].words) > 12 and not ends_sentence(joined[-1].words):
            last = joined.pop()
            span = Span(last.span.start, value.span.end)
            value = _Piece(span, last.words + value.words, last.raw + value.raw)
        joined.append(value)
    return joined


def _rows(text: str, key: _Piece, values: Sequence[_Piece]) -> list[Row]:
    name = Cell(key.span.of(text), key.span, "")
    rows = []
    for order, value in enumerate(values):
        start = key.span.start if order == 0 else value.span.start
        cell = Cell(value.span.of(text), value.span, key.raw)
        rows.append(Row(Span(start, value.span.end), (name, cell)))
    return rows
