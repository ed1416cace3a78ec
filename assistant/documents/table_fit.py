"""Fit a stream of cells to columns: the cheapest way to read it as rows.

Each cell stands in one column. From a cell the next one goes on to the next column, stays (a cell
wrapped over two lines, or two values in one cell), passes over empty columns, or begins a new row,
whose first columns may be shared with the row above. Costs say how ill a cell fits its column; the
first fit learns from the heads and the first row what the columns hold, the second from the rows of
the first fit (hard expectation-maximisation, Viterbi's algorithm for the best path).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.documents.table_columns import (
    Features,
    Profile,
    counted,
    ends_with_responsible_unit,
    features,
    first_profiles,
    learned,
    misfit,
)
from assistant.documents.table_heads import Column, Kind

_ORGAN_STARTS = frozenset("市县区省州各国")
LOOP = 2.2
WRAPPED_LOOP = 1.2
CUT_LOOP = 0.5
HOLE = 3.0
OUTSIDE = 1.1
_KEY = 5.0
_NO_WAY = 1e9


@dataclass(frozen=True, slots=True)
class Fit:
    """How cells were read: the column of each (None outside of the table), the rows, the cost.

    ``rows`` are index ranges [first, last] of cells; ``cost`` is the mean over all cells, those
    outside of the table counted too; ``kinds`` is what the columns turned out to hold.
    """

    columns: tuple[int | None, ...]
    rows: tuple[tuple[int, int], ...]
    cost: float
    kinds: tuple[Kind, ...] = ()


def fit(
    cells: Sequence[str], columns: Sequence[Column], starts: Sequence[int], *, rounds: int = 2
) -> Fit:
    """Read ``cells`` as rows of ``columns``.

    ``starts`` are the indices of cells that stand right after a header (a row begins there).
    """
    described = counted([features(words) for words in cells])
    profiles = first_profiles(described, columns, starts)
    best = Fit((), (), _NO_WAY)
    for _ in range(rounds):
        best = _best_path(described, profiles, frozenset(starts))
        if not best.rows:
            return best
        profiles = learned(described, columns, best.columns, len(best.rows))
    return replace(best, kinds=tuple(profile.column.kind for profile in profiles))


def _skip_costs(profiles: Sequence[Profile]) -> tuple[list[float], list[float]]:
    """Return for each column what it costs to leave out all before it, and all after it."""
    key = _key_column(profiles)
    before, after = [0.0], [0.0]
    for at, profile in enumerate(profiles):
        kind = profile.column.kind
        cost = {Kind.SEQUENCE: 4.5, Kind.NUMBER: 5.0, Kind.UNIT: 3.0}.get(kind, 0.5)
        before.append(before[-1] + cost + (_KEY if at == key else 0.0))
    for profile in reversed(profiles):
        kind = profile.column.kind
        cost = 0.1 if kind is Kind.REMARK else 2.0
        if profile.empty is not None and profile.empty > 0.3:
            cost = min(cost, 0.2 - math.log(profile.empty))
        after.append(after[-1] + cost)
    after.reverse()
    return before[:-1], after[1:]


def _key_column(profiles: Sequence[Profile]) -> int:
    """Return the column that each row must have: the last of words before the first of numbers."""
    kinds = [profile.column.kind for profile in profiles]
    first = next((at for at, kind in enumerate(kinds) if kind is Kind.NUMBER), len(kinds))
    words = [at for at in range(first) if kinds[at] is Kind.TEXT]
    return words[-1] if words and first < len(kinds) else -1


def _best_path(
    cells: Sequence[Features], profiles: Sequence[Profile], starts: frozenset[int]
) -> Fit:
    count = len(profiles)
    before, after = _skip_costs(profiles)
    back: list[list[tuple[int, bool]]] = []
    ended: list[tuple[float, int]] = []
    costs = [_NO_WAY] * count
    for at, cell in enumerate(cells):
        fits = [misfit(cell, profile) for profile in profiles]
        opening = 3.0 if at in starts else 1.0
        end_cost, end_column = ended[-1] if at else (0.0, -1)
        previous = cells[at - 1] if at else cell
        wrapped = WRAPPED_LOOP if _is_cut(previous, cell) else LOOP
        organ = _is_cut_organ(previous, cell)
        now, links = [], []
        for column in range(count):
            best, link = end_cost + opening * before[column], (end_column, True)
            loop = CUT_LOOP if organ and profiles[column].column.kind is Kind.ORGAN else wrapped
            if at not in starts:
                best, link = _go_on(costs, column, loop, best, link)
            now.append(best + fits[column])
            links.append(link)
        costs = now
        back.append(links)
        ended.append(min((costs[c] + after[c], c) for c in range(count)))
    return _trace(back, ended, len(cells))


def _go_on(
    costs: Sequence[float], column: int, loop: float, best: float, link: tuple[int, bool]
) -> tuple[float, tuple[int, bool]]:
    """Compare beginning a row with going on from the columns up to this one."""
    if costs[column] + loop < best:
        best, link = costs[column] + loop, (column, False)
    hole = 0.0
    for left in range(column - 1, max(-1, column - 4), -1):
        if costs[left] + hole < best:
            best, link = costs[left] + hole, (left, False)
        hole += HOLE
    return best, link


def _is_cut(previous: Features, cell: Features) -> bool:
    """Say whether a line looks like the rest of the line before it."""
    if previous.number or cell.number or previous.sentence:
        return False
    return (
        previous.words[-1] in ",、(—和与及的"
        or cell.words[0] in ",、。;)的和与及"
        or len(previous.words) > 14
    )


def _is_cut_organ(previous: Features, cell: Features) -> bool:
    """Say whether two lines are the halves of one list of organs."""
    if previous.number or cell.number or cell.sentence:
        return False
    if len(cell.words) <= 8 and cell.words[0] not in _ORGAN_STARTS:
        return previous.words[0] in _ORGAN_STARTS
    return not ends_with_responsible_unit(previous.words) and ends_with_responsible_unit(cell.words)


def _trace(
    back: Sequence[Sequence[tuple[int, bool]]], ended: Sequence[tuple[float, int]], count: int
) -> Fit:
    """Follow the cheapest path back from where leaving the table is cheapest."""
    stops = [(ended[at][0] + OUTSIDE * (count - at - 1), at) for at in range(count)]
    nothing = OUTSIDE * count
    total, stop = min(stops, default=(_NO_WAY, -1))
    if stop < 0 or total >= nothing:
        return Fit((None,) * count, (), _NO_WAY)
    columns: list[int | None] = [None] * count
    rows: list[tuple[int, int]] = []
    at, column, last = stop, ended[stop][1], stop
    while at >= 0:
        columns[at] = column
        column, begins = back[at][column]
        if begins:
            rows.append((at, last))
            last = at - 1
        at -= 1
    return Fit(tuple(columns), tuple(reversed(rows)), total / count)
