"""The comparison of indicators as a report: indicators by cities, every value with its source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answering.table_wording import plain, written
from assistant.app.exports.report import Cell, Grid, Line, Report, Source, Sources
from assistant.app.target_words import SCOPES_DIFFER, scopes_differ, time_of
from assistant.indicators import Matrix, MatrixCell, MatrixRow, Standing, bare_scope
from assistant.library import Library
from assistant.types import IndicatorValue, Span

MOST_ROWS = 300
"""Indicators of one file; a longer table is for a spreadsheet."""
CITIES_ACROSS = 4
"""Columns of cities that stay readable on A4; more cities make further tables."""
_LEGEND = "未注明类别的为目标值；“未设定”指该市在库文件没有设定这一目标。"


class _Numbering:
    """The sources as they are first cited; values of one table row, or of one place, share a number."""

    def __init__(self, values: Sequence[IndicatorValue], library: Library) -> None:
        at = {_place(v): library.passage_id_at(v.document_id, v.span) for v in values}
        self._passage_ids = at
        self._known = Sources(library, tuple(dict.fromkeys(at.values())))
        self._numbers: dict[object, int] = {}
        self.sources: list[Source] = []

    def cite(self, value: IndicatorValue) -> int:
        """Return the number of the place where ``value`` stands."""
        place = _place(value)
        passage_id = self._passage_ids[place]
        key = passage_id if self._known.row(passage_id) else place
        if key not in self._numbers:
            number = self._numbers[key] = len(self._numbers) + 1
            path, quote = value.heading_path, value.quote
            self.sources.append(
                self._known.source(number, value.document_id, path, quote, passage_id)
            )
        return self._numbers[key]


def _place(value: IndicatorValue) -> tuple[str, Span]:
    return value.document_id, value.span


def comparison_report(matrix: Matrix, library: Library) -> Report:
    """Lay the matrix out; rows beyond ``MOST_ROWS`` are counted, not shown."""
    rows = matrix.rows[:MOST_ROWS]
    values = [value for row in rows for cell in row.cells for value in cell.values]
    numbering = _Numbering(values, library)
    grids = [
        _grid(rows, matrix.cities[at : at + CITIES_ACROSS], at, numbering)
        for at in range(0, len(matrix.cities), CITIES_ACROSS)
        if rows
    ]
    return Report(
        title=f"指标对照（{'、'.join(matrix.cities)}）" if matrix.cities else "指标对照",
        notes=tuple(_notes(matrix)),
        body=tuple(grids) or (Line("没有符合条件的指标值。"),),
        sources_head="出处",
        sources=tuple(numbering.sources),
        is_wide=len(matrix.cities) > 2,
    )


def _notes(matrix: Matrix) -> list[str]:
    beyond = len(matrix.rows) - MOST_ROWS
    notes = [_LEGEND] if matrix.rows else []
    if beyond > 0:
        notes.append(f"另有 {beyond} 个指标未列出：请挑选指标，或导出 Excel。")
    return notes


def _grid(
    rows: tuple[MatrixRow, ...], cities: tuple[str, ...], first: int, numbering: _Numbering
) -> Grid:
    """Lay out the columns of ``cities``, which begin at the ``first`` column of the matrix."""
    laid = []
    for row in rows:
        cells = row.cells[first : first + len(cities)]
        remark = f"（{SCOPES_DIFFER}）" if scopes_differ(row) else ""
        name: Cell = (Line(plain(row.indicator), (), remark),)
        laid.append((name, *(_cell(cell, numbering) for cell in cells)))
    return Grid(("指标", *cities), tuple(laid))


def _cell(cell: MatrixCell, numbering: _Numbering) -> Cell:
    """Write what a city says: that it set nothing or words only, then its values scope by scope."""
    standing = cell.standing
    lines = [] if standing is Standing.NUMBERS else [Line(standing.value)]
    ordered = sorted(cell.values, key=bare_scope)
    for scope, values in groupby(ordered, key=lambda value: plain(bare_scope(value))):
        lines += [Line(f"【{scope}】")] if scope else []
        lines += [_line(value, numbering) for value in values]
    return tuple(lines)


def _line(value: IndicatorValue, numbering: _Numbering) -> Line:
    return Line(f"{time_of(value)}：{written(value)}", (numbering.cite(value),))
