"""The cells behind a header, without what is repeated or stands across the columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.table_cells import CellLine
from assistant.documents.table_heads import Column, HeaderRun, Kind
from assistant.types import Cell

_GROUP = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[^。;:,]{2,24}"
)
_HOLDS_GROUPS = re.compile(r"类|领域|维度|方面|一级|体系|板块|内容")


@dataclass(frozen=True, slots=True)
class Stream:
    """The cells behind a header.

    ``starts`` are the indices of cells that stand right behind a header or a group line; ``groups``
    the lines across all columns (一、健康水平) with the index of the first cell under each.
    """

    cells: tuple[CellLine, ...]
    starts: tuple[int, ...]
    groups: tuple[tuple[int, CellLine], ...]

    def group_of(self, text: str, index: int) -> tuple[Cell, ...]:
        """Return the group line that the cell at ``index`` stands under, as a cell; or none."""
        at = bisect_right([first for first, _ in self.groups], index) - 1
        if at < 0:
            return ()
        span = self.groups[at][1].span
        return (Cell(span.of(text), span, ""),)


def read_stream(
    cells: Sequence[CellLine],
    start: int,
    stop: int,
    columns: Sequence[Column],
    later: Sequence[HeaderRun],
) -> Stream:
    """Return the cells behind the header [start, stop), up to a header of another table."""
    head = [cell.words for cell in cells[start:stop]]
    grouped = not _HOLDS_GROUPS.search(columns[0].name)
    heads = {run.start: run for run in later}
    stream: list[CellLine] = []
    starts = [0]
    groups: list[tuple[int, CellLine]] = []
    at = stop
    while at < len(cells):
        if cells[at].words == head[0] and _same_head(cells, at, head):
            at += len(head)
            starts.append(len(stream))
            continue
        if at in heads and _is_sure(heads[at]) and not _repeats_part(cells, heads[at], head):
            break
        if grouped and _GROUP.fullmatch(cells[at].words):
            groups.append((len(stream), cells[at]))
            starts.append(len(stream))
        else:
            stream.append(cells[at])
        at += 1
    return Stream(
        tuple(stream), tuple(each for each in starts if each < len(stream)), tuple(groups)
    )


def _same_head(cells: Sequence[CellLine], at: int, head: Sequence[str]) -> bool:
    return [cell.words for cell in cells[at : at + len(head)]] == list(head)


def _is_sure(run: HeaderRun) -> bool:
    """Say whether a run is surely a header: it numbers, measures or remarks."""
    kinds = {column.kind for _, columns in run.readings for column in columns}
    return bool(kinds & {Kind.SEQUENCE, Kind.REMARK, Kind.UNIT, Kind.NUMBER})


def _repeats_part(cells: Sequence[CellLine], run: HeaderRun, head: Sequence[str]) -> bool:
    """Say whether a run is the header again, with other cells before or behind it."""
    words = [cell.words for cell in cells[run.start : run.start + len(head) + 3]]
    return head[0] in words[:4] and head[-1] in words
