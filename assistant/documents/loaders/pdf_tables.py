"""Ruled tables of a PDF page become grids with their merged cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from assistant.documents.loaders.grid import GridCell, is_data, join_lines
from assistant.documents.loaders.pdf_lines import Char, Line, lines_of

_MAX_RULES = 4_000  # a drawing, not a table
_SAME_EDGE = 4.0
_PADDING = 11.0
_SENTENCE_END = tuple("。；;")

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page: its box, its column edges, its cells."""

    page: int
    box: Box
    edges: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def top(self) -> float:
        """Where the table begins, in points from the top of its page."""
        return self.box[1]

    def continues(self, before: PageTable) -> bool:
        """Say whether this is the same table after a page break: the same columns."""
        return (
            self.page == before.page + 1
            and len(self.edges) == len(before.edges)
            and all(
                abs((mine - self.edges[0]) - (other - before.edges[0])) <= _SAME_EDGE
                for mine, other in zip(self.edges, before.edges, strict=True)
            )
        )

    def joined(self, after: PageTable) -> PageTable:
        """Return this table with the rows of the next page's part, its repeated head left out."""
        offset = max(cell.row + cell.rows for cell in self.cells)
        rest = _without_head(after.cells, self.cells)
        upper, rest = _mended(list(self.cells), rest)
        moved = (replace(cell, row=cell.row + offset) for cell in rest)
        return PageTable(after.page, self.box, after.edges, (*upper, *moved))


def _without_head(cells: tuple[GridCell, ...], above: tuple[GridCell, ...]) -> list[GridCell]:
    """Leave out the first rows that repeat the first rows of the table."""
    rows = sorted({cell.row for cell in cells})
    start = 0
    while start < len(rows) and _texts(cells, rows[start]) == _texts(above, start):
        start += 1
    return [replace(cell, row=cell.row - start) for cell in cells if cell.row >= start]


def _texts(cells: tuple[GridCell, ...], row: int) -> list[str]:
    return [cell.text for cell in cells if cell.row == row]


def _mended(above: list[GridCell], below: list[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """Mend what a page break cut: a cell merged over it goes on, and so does a split row.

    A first row is the rest of a split row when its first cell is empty and the others go on: each
    under a cell with words, at most half of them filled or no sentence ended above.
    """
    last = max(cell.row + cell.rows for cell in above) - 1
    ends = {cell.column: at for at, cell in enumerate(above) if cell.row + cell.rows > last}
    first = [cell for cell in below if cell.row == 0]
    for cell in first:
        if not cell.text and cell.rows > 1 and cell.column in ends:
            upper = above[ends[cell.column]]
            above[ends[cell.column]] = replace(upper, rows=upper.rows + cell.rows)
            below.remove(cell)
    filled = [cell for cell in first if cell.text]
    is_rest = (
        bool(filled)
        and not first[0].text
        and first[0].rows == 1
        and all(cell.column in ends and above[ends[cell.column]].text for cell in filled)
        and (
            len(filled) * 2 <= len(first)
            or not any(above[ends[cell.column]].text.endswith(_SENTENCE_END) for cell in filled)
        )
    )
    if not is_rest:
        return above, below
    for cell in filled:
        upper = above[ends[cell.column]]
        between = "\n" if upper.text.endswith(_SENTENCE_END) else ""
        above[ends[cell.column]] = replace(upper, text=upper.text + between + cell.text)
    return above, [replace(cell, row=cell.row - 1) for cell in below if cell.row > 0]


def tables_of(page: Any, chars: list[Char], before: list[PageTable]) -> list[PageTable]:
    """Return the tables of data on a pdfplumber page; boxes and lists with one column are none.

    The last rows of a table of the page ``before`` are taken however few they are.
    """
    rules = len(page.rects) + len(page.lines) + len(page.curves)
    if not 2 <= rules <= _MAX_RULES:
        return []
    tables = []
    for found in page.find_tables():
        edges = tuple(_edges([edge for box in found.cells for edge in (box[0], box[2])]))
        cells = _cells(list(found.cells), chars) if len(edges) > 2 else []
        table = PageTable(page.page_number, tuple(found.bbox), edges, tuple(cells))
        if is_data(cells) or (cells and before and table.continues(before[-1])):
            tables.append(table)
    return tables


def is_inside(char: Char, box: Box) -> bool:
    """Say whether a character's middle lies in a box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _cells(boxes: list[Box], chars: list[Char]) -> list[GridCell]:
    """Place each box by the edges that it begins and ends at."""
    columns = _edges([edge for box in boxes for edge in (box[0], box[2])])
    rows = _edges([edge for box in boxes for edge in (box[1], box[3])])
    by_row: dict[int, list[Char]] = {}
    for char in chars:
        by_row.setdefault(bisect_right(rows, (char["top"] + char["bottom"]) / 2) - 1, []).append(
            char
        )
    cells = []
    for box in boxes:
        left, right = _nearest(columns, box[0]), _nearest(columns, box[2])
        top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
        near = [char for row in range(top - 1, bottom + 1) for char in by_row.get(row, ())]
        lines = lines_of([char for char in near if is_inside(char, box)], 0)
        words = _words(lines, box[2] - box[0])
        cells.append(GridCell(top, left, words, max(1, bottom - top), max(1, right - left)))
    return cells


def _words(lines: list[Line], width: float) -> str:
    """Join the lines of a cell: one that fills the cell goes on in the next."""
    joined: list[str] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before and _is_full(before, width) and not before.text.endswith(_SENTENCE_END):
            joined[-1] += line.text
        else:
            joined.append(line.text)
    return join_lines(joined)


def _is_full(line: Line, width: float) -> bool:
    return line.x1 - line.x0 + 1.2 * line.size > width - _PADDING


def _edges(values: list[float]) -> list[float]:
    """Return the distinct edges in order; those closer than a hair are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE / 2:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
