"""Rows of flattened tables: the cells of a row under their heads, no value dropped or guessed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.table_cells import CellLine
from assistant.documents.table_columns import is_number
from assistant.documents.table_heads import Column, Kind
from assistant.types import Cell, Span


def row_cells(
    text: str,
    columns: Sequence[Column],
    cells: Sequence[CellLine],
    assigned: Sequence[int | None],
) -> list[tuple[int, Cell]]:
    """Return a row's own cells with their columns; pieces of a wrapped cell come back as one."""
    placed = [(cell, column or 0) for cell, column in zip(cells, assigned, strict=True)]
    heads = _numbers_dealt(placed, columns)
    merged: list[tuple[int, Span, bool, str]] = []
    for (cell, column), name in zip(placed, heads, strict=True):
        number = is_number(cell.words)
        if merged and merged[-1][0] == column and not (number and merged[-1][2]):
            merged[-1] = (column, Span(merged[-1][1].start, cell.span.end), False, merged[-1][3])
        else:
            merged.append((column, cell.span, number, name))
    return [(column, Cell(span.of(text), span, name)) for column, span, _, name in merged]


def _numbers_dealt(placed: Sequence[tuple[CellLine, int]], columns: Sequence[Column]) -> list[str]:
    """Return the head of each cell, the numbers dealt out to the columns of numbers."""
    names = [columns[column].name for _, column in placed]
    block = _number_block(columns)
    if not block:
        return names
    key = max((at for at, (_, column) in enumerate(placed) if column < block[0]), default=-1)
    at = key + 1
    run = []
    while at < len(placed) and (is_number(placed[at][0].words) or placed[at][1] in block):
        run.append(at)
        at += 1
    if not all(_is_value(placed[at][0].words) for at in run) or len(run) == 0:
        return names
    heads = _dealt(len(run), [columns[column].name for column in block])
    for at, head in zip(run, heads, strict=True):
        names[at] = head
    return names


def _is_value(words: str) -> bool:
    return is_number(words) or len(words) <= 12


def _number_block(columns: Sequence[Column]) -> list[int]:
    """Return the first two or more neighbouring columns of numbers."""
    block: list[int] = []
    for at, column in enumerate(columns):
        if column.kind is Kind.NUMBER:
            block.append(at)
        elif len(block) >= 2:
            break
        else:
            block = []
    return block if len(block) >= 2 else []


def _dealt(count: int, names: Sequence[str]) -> list[str]:
    """Return the heads of ``count`` values under ``names``; empty ones where that is unsure."""
    width = len(names)
    if count % width == 0:
        return [name for name in names for _ in range(count // width)]
    if count == width + 1:
        return [names[0], *names]
    return [""] * count
