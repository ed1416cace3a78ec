"""Cells of flattened tables: one line each, a column shredded into single characters put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from assistant.documents.shape import Line, squeeze
from assistant.types import Span

_VALUES = "是否有无优良中差甲乙丙丁男女"


class CellLine(NamedTuple):
    """A line, or a run of one-character lines, that may be a cell.

    Neither ``words`` (folded) nor ``raw`` (as written) has blanks.
    """

    first: int
    last: int
    span: Span
    words: str
    raw: str


def cells_of(lines: Sequence[Line], skipped: Collection[int]) -> list[CellLine]:
    """Return the lines that may be cells; runs of one-character lines come back as one."""
    runs: list[list[int]] = []
    for at, line in enumerate(lines):
        if at in skipped:
            continue
        last = runs[-1][-1] if runs else -2
        if last == at - 1 and _is_single(line) and _is_single(lines[last]):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [_cell(lines[run[0] : run[-1] + 1], run[0]) for run in runs]


def _is_single(line: Line) -> bool:
    """Say whether a line is one Han character that is no value of its own (是, 无, 优)."""
    return len(line.words) == 1 and "\u4e00" <= line.words <= "\u9fff" and line.words not in _VALUES


def _cell(lines: Sequence[Line], first: int) -> CellLine:
    return CellLine(
        first,
        first + len(lines) - 1,
        Span(lines[0].start, lines[-1].end),
        "".join(squeeze(line.words) for line in lines),
        "".join(squeeze(line.raw) for line in lines),
    )
