"""Flattened tables: text with one cell a line becomes tables with rows, cells and their heads.

The header is found first (``table_heads``), then the stream of cells behind it is read as rows
(``table_fit``). A first cell that following rows share is carried to them. Where a row has more
numbers than columns they are dealt out only if that can mean one thing (twice as many: pairs; one
more: two baselines); otherwise they keep their order and have no head. No cell is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.documents.shape import Line
from assistant.documents.table_cells import CellLine, cells_of
from assistant.documents.table_fit import Fit, fit
from assistant.documents.table_forms import read_form
from assistant.documents.table_heads import Column, HeaderRun, Kind, find_headers
from assistant.documents.table_rows import row_cells
from assistant.documents.table_stream import Stream, read_stream
from assistant.types import Cell, Row, Span, Table

_TRIED = 12
_UNIT_NOTE = re.compile(r"\(?(?:计量|金额)?单位:[^。]{1,12}\)?")
_CAPTION = re.compile(
    r"表\d{1,2}(?:[-—.]\d{1,2})?[^。;:]{2,36}|[^。;:,\d(][^。;:,]{2,34}(?:表|一览|清单|明细|指标|目标)"
)
_FEWEST_CELLS = 6
_UNUSED = 0.15


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table found in lines [first, last]: ``first`` is the first line of its header or form."""

    table: Table
    first: int
    last: int


def find_tables(
    text: str,
    lines: Sequence[Line],
    *,
    skipped: Collection[int],
    borders: Sequence[tuple[int, str]],
) -> list[FlatTable]:
    """Find the flattened tables of ``text``.

    Lines in ``skipped`` are no cells. ``borders`` are lines that no table reaches over, each with
    the title of what begins there (an annex; empty for a chapter), in order.
    """
    found: list[FlatTable] = []
    cells = cells_of(lines, skipped)
    firsts = [cell.first for cell in cells]
    bounds = [(0, ""), *borders, (len(lines), "")]
    for (first, title), (following, _) in zip(bounds, bounds[1:], strict=False):
        start, stop = bisect_left(firsts, first), bisect_left(firsts, following)
        if stop - start >= _FEWEST_CELLS:
            found.extend(_tables_between(text, cells[start:stop], title))
    return found


def _tables_between(text: str, cells: Sequence[CellLine], title: str) -> list[FlatTable]:
    found: list[FlatTable] = []
    runs = find_headers(cells)
    free = 0
    for order, run in enumerate(runs):
        if run.start < free:
            continue
        read = _read(cells, run, runs[order + 1 :])
        if not read:
            continue
        columns, first, stream, result = read
        form, form_first = read_form(text, cells[free:first], title)
        if form:
            found.append(FlatTable(form, form_first, cells[first - 1].last))
        head, caption = _caption(text, cells[free : first + 1], title)
        found.append(_table(text, head, columns, stream, result, caption))
        free = next(
            (at for at, cell in enumerate(cells) if cell.first > found[-1].last), len(cells)
        )
    return found


def _read(
    cells: Sequence[CellLine], run: HeaderRun, later: Sequence[HeaderRun]
) -> tuple[tuple[Column, ...], int, Stream, Fit] | None:
    """Read the cells behind a header under its likeliest reading; None where none fits.

    Returns the columns, where their heads begin, the cells and how they were read.
    """
    best: tuple[float, int, tuple[Column, ...]] | None = None
    for stop, columns in run.readings:
        stream = read_stream(cells, run.start, stop, columns, later)
        shown = stream.cells[: _TRIED * len(columns)]
        if len(shown) < len(columns):
            continue
        tried = fit([cell.words for cell in shown], columns, stream.starts)
        used = {column for column in tried.columns if column is not None}
        unused = sum(
            1
            for at, column in enumerate(columns)
            if at not in used and column.kind is not Kind.REMARK
        )
        cost = tried.cost + _UNUSED * unused
        if tried.rows and (best is None or cost < best[0]):
            best = (cost, stop, columns)
    if best is None:
        return None
    stream = read_stream(cells, run.start, best[1], best[2], later)
    result = fit([cell.words for cell in stream.cells], best[2], stream.starts)
    covered = sum(1 for column in result.columns if column is not None)
    if len(result.rows) < 2 or covered < 2 * (len(best[2]) - 1):
        return None
    first = run.start - (best[2][0].name == cells[run.start - 1].raw) if run.start else 0
    return best[2], first, stream, result


def _caption(text: str, cells: Sequence[CellLine], title: str) -> tuple[CellLine, str]:
    """Return the cell that the table begins with and its title, from the lines above the header.

    A caption (表1 …) and a note on units (单位：万元) belong to the table.
    """
    at = len(cells) - 1
    note = ""
    if at and _UNIT_NOTE.fullmatch(cells[at - 1].words):
        at -= 1
        note = cells[at].words.strip("()")
    if at and not title and _CAPTION.fullmatch(cells[at - 1].words):
        at -= 1
        title = " ".join(cells[at].span.of(text).split())
    if note:
        title = f"{title}（{note}）" if title else note
    return cells[at], title


def _table(
    text: str,
    head: CellLine,
    columns: Sequence[Column],
    stream: Stream,
    result: Fit,
    title: str,
) -> FlatTable:
    kinds = [Column(c.name, kind) for c, kind in zip(columns, result.kinds, strict=True)]
    rows: list[Row] = []
    shared: dict[int, Cell] = {}
    for first, last in result.rows:
        cells, places = stream.cells[first : last + 1], result.columns[first : last + 1]
        own = row_cells(text, kinds, cells, places)
        lead = own[0][0]
        for column in [at for at in shared if at >= lead]:
            del shared[column]
        carried = (*stream.group_of(text, first), *(shared[at] for at in sorted(shared)))
        for column, cell in own:
            if columns[column].kind in (Kind.TEXT, Kind.ORGAN) and column not in shared:
                shared[column] = cell
        span = Span(own[0][1].span.start, own[-1][1].span.end)
        rows.append(Row(span, carried + tuple(cell for _, cell in own)))
    last_cell = stream.cells[result.rows[-1][1]]
    table = Table(
        title,
        Span(head.span.start, last_cell.span.end),
        tuple(c.name for c in columns),
        tuple(rows),
    )
    return FlatTable(table, head.first, last_cell.last)
