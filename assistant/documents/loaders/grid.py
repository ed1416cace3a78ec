"""A grid of cells, as html, Word, Excel and PDF know it, becomes a Table in the text.

Rows are lines, the cells of a row are separated by tabs, a line end inside a cell stays. A cell
merged downwards is written where it first stands; the rows below carry it with that span. A cell
merged sideways is one cell under the joined heads of its columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.documents.loaders.build import TextBuilder
from assistant.types import Cell, Row, Span, Table

MAX_COLUMNS = 256
_MAX_HEAD_CHARS = 40
_MAX_FORM_HEAD_CHARS = 20
_MAX_HEAD_ROWS = 4
_MAX_CAPTION_CHARS = 50
_MEASURE = re.compile(r"[<>≥≤≈＞＜约近超±+-]*\d[\d.,，/]*\s*[%％‰℃]?")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?")
_PROSE_END = tuple("。；！？，、;!?：:")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_SPREAD = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\s+(?=[\u2e80-\u9fff\uff00-\uffef])")
_BRACKETED = re.compile(r"[（(].*[)）]", re.DOTALL)
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its first row and column (from 0), how many of each it covers, its words."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: GridCell
    span: Span


def write_table(
    builder: TextBuilder, cells: Iterable[GridCell], *, title: str = ""
) -> Table | None:
    """Append the grid's rows to the text and, if it has rows under a head, remember the Table.

    Without a ``title`` the table is named by a first row merged over all columns, else by the short
    line before it. Rows without words are left out.
    """
    lines = _fit(cells)
    caption = title or _caption(builder.before(3))
    while len(lines) > 1 and _is_banner(lines[0], lines[1]):
        banner = next(cell for cell in lines[0] if cell.text)
        builder.add(banner.text)
        caption = title or (caption if _UNIT_LINE.match(banner.text) else _one_line(banner.text))
        lines = lines[1:]
    if not lines:
        return None
    placed = [_write_row(builder, line) for line in lines]
    table = _table(placed, caption)
    if table is not None:
        builder.add_table(table)
    return table


def join_lines(lines: Sequence[str]) -> str:
    """Return the words of a cell from its lines; one Han character a line is a word set upright."""
    filled = [line.strip() for line in lines if line.strip()]
    upright = len(filled) > 1 and all(_HAN.fullmatch(line) for line in filled)
    return ("" if upright else "\n").join(filled)


def is_data(cells: Sequence[GridCell]) -> bool:
    """Say whether a grid is a table of data: two rows or more with two filled cells each."""
    filled: dict[int, int] = {}
    for cell in cells:
        if cell.text:
            filled[cell.row] = filled.get(cell.row, 0) + 1
    columns = {cell.column for cell in cells if cell.text}
    return len(columns) >= 2 and len(filled) >= 2 and sum(n >= 2 for n in filled.values()) >= 2


def is_form_head(cells: Sequence[GridCell]) -> bool:
    """Say whether only one row has words, short ones: the head of a form, with no rows yet."""
    filled = [cell for cell in cells if cell.text]
    return (
        len(filled) >= 3
        and len({cell.row for cell in filled}) == 1
        and all(len(cell.text) <= _MAX_FORM_HEAD_CHARS for cell in filled)
    )


def _fit(cells: Iterable[GridCell]) -> list[list[GridCell]]:
    """Group the cells by row, drop rows without words, number rows anew, cut spans that stick out."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.column < MAX_COLUMNS:
            by_row.setdefault(cell.row, []).append(cell)
    kept = sorted(row for row, line in by_row.items() if any(cell.text for cell in line))
    number = {row: place for place, row in enumerate(kept)}
    return [
        [
            replace(
                cell,
                row=number[row],
                rows=bisect_left(kept, row + cell.rows) - number[row],
                columns=min(cell.columns, MAX_COLUMNS - cell.column),
            )
            for cell in sorted(by_row[row], key=lambda cell: cell.column)
        ]
        for row in kept
    ]


def _is_banner(line: list[GridCell], below: list[GridCell]) -> bool:
    """Say whether a first row is one cell over everything: the table's title or unit line."""
    filled = [cell for cell in line if cell.text]
    if len(filled) != 1 or sum(1 for cell in below if cell.text) < 2:
        return False
    return filled[0].columns >= 2 or bool(_UNIT_LINE.match(filled[0].text))


def _caption(blocks: list[str]) -> str:
    """Return the short line before a table that names it, passing over lines of units and brackets."""
    for block in blocks:
        if _UNIT_LINE.match(block) or _BRACKETED.fullmatch(block):
            continue
        named = len(block) <= _MAX_CAPTION_CHARS and not block.endswith(_PROSE_END)
        return block if named and "\t" not in block and "\n" not in block else ""
    return ""


def _write_row(builder: TextBuilder, line: list[GridCell]) -> list[_Placed]:
    span = builder.add("\t".join(cell.text for cell in line))
    placed, start = [], span.start
    for cell in line:
        placed.append(_Placed(cell, Span(start, start + len(cell.text))))
        start += len(cell.text) + 1
    return placed


def _table(placed: list[list[_Placed]], caption: str) -> Table | None:
    depth = _head_rows([[item.cell for item in line] for line in placed])
    if depth >= len(placed):
        return None
    width = max(item.cell.column + item.cell.columns for line in placed for item in line)
    header = _header(placed[:depth], width)
    head_lines = {tuple(item.cell.text for item in line) for line in placed[:depth]}
    rows = []
    carried: list[_Placed] = [item for line in placed[:depth] for item in line]
    for own in placed[depth:]:
        row = own[0].cell.row
        carried = [item for item in carried if item.cell.row + item.cell.rows > row]
        if tuple(item.cell.text for item in own) not in head_lines:
            rows.append(_row(own, carried, header))
        carried += own
    if not rows or (len(rows) == 1 and not any(header)):
        return None
    span = Span(placed[0][0].span.start, placed[-1][-1].span.end)
    return Table(caption, span, header, tuple(rows))


def _row(own: list[_Placed], carried: list[_Placed], header: tuple[str, ...]) -> Row:
    ordered = sorted([*carried, *own], key=lambda item: item.cell.column)
    cells = tuple(Cell(item.cell.text, item.span, _head_of(item.cell, header)) for item in ordered)
    return Row(Span(own[0].span.start, own[-1].span.end), cells)


def _head_of(cell: GridCell, header: tuple[str, ...]) -> str:
    heads = dict.fromkeys(header[cell.column : cell.column + cell.columns])
    return " / ".join(head for head in heads if head)


def _header(lines: list[list[_Placed]], width: int) -> tuple[str, ...]:
    """Join the head of each column over the head rows: 目标值 2025年."""
    columns: list[dict[str, None]] = [{} for _ in range(width)]
    for line in lines:
        for item in line:
            words = _one_line(item.cell.text)
            for column in range(item.cell.column, item.cell.column + item.cell.columns):
                if words:
                    columns[column][words] = None
    return tuple(" ".join(words) for words in columns)


def _head_rows(lines: list[list[GridCell]]) -> int:
    """Count the head rows: those marked as such, else a first row of short labels and its merges."""
    marked = 0
    while marked < min(len(lines), _MAX_HEAD_ROWS) and all(cell.head for cell in lines[marked]):
        marked += 1
    if marked:
        return marked
    if not lines or not _are_labels(lines[0]):
        return 0
    if any(cell.columns > 1 for cell in lines[0]):
        deepest = max(cell.rows for cell in lines[0])
        if deepest > 1:
            return min(deepest, _MAX_HEAD_ROWS)
        return 2 if len(lines) > 2 and _is_subhead(lines[0], lines[1]) else 1
    return 1


def _is_subhead(head: list[GridCell], below: list[GridCell]) -> bool:
    """Say whether a second row has labels only under the wide cells of the first."""
    wide = {
        column
        for cell in head
        if cell.columns > 1
        for column in range(cell.column, cell.column + cell.columns)
    }
    return _are_labels(below) and all(cell.column in wide for cell in below if cell.text)


def _are_labels(line: list[GridCell]) -> bool:
    texts = [cell.text for cell in line if cell.text]
    return len(set(texts)) >= 2 and all(
        len(text) <= _MAX_HEAD_CHARS
        and not text.endswith(_PROSE_END)
        and (not _MEASURE.fullmatch(text) or _YEAR.fullmatch(text))
        for text in texts
    )


def _one_line(text: str) -> str:
    """Return a head as one line, letter-spaced words closed up."""
    return " ".join(_SPREAD.sub("", text).split())
