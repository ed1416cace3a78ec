"""Values in tables: a row names the indicator, columns say which year and what kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.indicators.found import Found
from assistant.indicators.lexicon import Lexicon
from assistant.indicators.names import joined
from assistant.indicators.times import Time
from assistant.text.dates import find_years
from assistant.text.measures import UNIT
from assistant.text.numbers import Quantity, quantities
from assistant.types import Cell, Relation, Row, Span, Table, ValueKind

_NAMING = re.compile(r"指标|名称|项目|内容|任务|事项|类别|目标")
_NAMING_BEST = re.compile(
    r"(?:三级|具体|重点|主要|核心|监测|评价|绩效)?(?:指标|事项)(?:名称|内容)?$|^指标"
)
_UNIT_HEAD = re.compile(r"单位$|计量单位")
_DEPARTMENT_HEAD = re.compile(r"责任|牵头|实施主体|主体|负责|主管|部门|配合")
_PAST = re.compile(r"现状|基期|基准|基础值|实际|初始|上年|现值|数据$")
_REACHED = re.compile(r"完成值|实际完成|完成情况|达成|实现值|完成数")
_ACTUAL = re.compile(r"实际|实绩")
_WANTED = re.compile(r"目标|计划|预期|规划值|指标值|任务数")
_SKIP = re.compile(r"备注|说明|序号|属性|权重|分值|得分|类型|公式|口径")
_LABEL = re.compile(
    r"^\s*(?:[（(]?[0-9０-９]{1,3}\s*[.．、)）]|[①-⑳]|[一二三四五六七八九十]+、)\s*"
)
_UNIT_IN_NAME = re.compile(
    r"[（(]\s*(?:单位[:：])?\s*(?P<unit>[%％‰]|[^()（）、，]{0,4}?(?:元|人|个|家|张|天|日|分钟|小时|次|岁|户|所|名|吨|公里|亩|项|平方米|立方米)(?:/[^()（）]{1,8})?)\s*[)）]\s*$"
)
_BARE = re.compile(
    r"\s*(?P<bound>≥|≤|＞|＜|>=|<=|>|<|约|不低于|不少于|不高于|不超过|达到)?\s*(?P<number>[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9０-９]+)?)\s*$"
)
_NUMBER_ONLY = re.compile(
    rf"[\s≥≤<>＞＜]*(?:约|不低于|不高于|超过|达到|不超过|不少于|大于等于|小于等于|大于|小于|至少|累计)*\s*[0-9０-９][0-9０-９,，.．]*\s*(?:{UNIT})?"
    rf"(?:\s*[-—–－~～至]\s*[0-9０-９][0-9０-９,，.．]*\s*(?:{UNIT})?)?(?:及)?(?:以上|以下|以内|左右)?\s*$"
)
_RATE = re.compile(r"(?:率|比例|占比|比重)(?:[(（][^()（）]*[)）])?$")
_PAIR = re.compile(
    r"^(?P<head>.*)(?P<one>门诊|住院|城镇|农村|男|女|小学|初中|[^\s（(]{2,4}?)(?:和|、|及)(?P<two>住院|门诊|农村|城镇|女|男|初中|小学|[^\s（(]{2,4}?)(?P<tail>患者满意度|次均费用.*|.+)$"
)
_LONGEST_VALUE_CHARS = 24
_LONGEST_NAME_CHARS = 90


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value read from a cell; ``prose`` cells are running text and are read as such."""

    found: Found | None
    cell: Cell
    time: Time
    kind: ValueKind | None
    departments: tuple[str, ...]
    prose: bool = False
    row_name: str = ""


def read_table(table: Table, issued_year: int | None) -> Iterator[CellValue]:
    """Yield the values of a table, cell by cell, and its cells of running text."""
    for row in table.rows:
        yield from _read_row(row, issued_year, table)


def _read_row(row: Row, issued_year: int | None, table: Table) -> Iterator[CellValue]:
    if not any(_says_when(cell.header) for cell in row.cells):
        yield from _read_pairs(row)
        return
    naming = _naming_cell(row)
    if naming is None:
        return
    departments = tuple(
        part
        for cell in row.cells
        if _DEPARTMENT_HEAD.search(cell.header) and not _is_number(cell.text)
        for part in re.split(r"[、,，;；\n]+", cell.text.strip())
        if part.strip()
    )
    values = [cell for cell in row.cells if cell is not naming and not _is_frame(cell, row)]
    written = joined(_LABEL.sub("", naming.text))
    unit, name = _unit_of(row, written, table)
    shares = _shares(name, values)
    for cell, called in zip(values, shares, strict=True):
        yield from _read_cell(cell, called, unit, issued_year, departments, table)


def _says_when(header: str) -> bool:
    """Say whether a column's head speaks of a year, a starting value or a goal."""
    return bool(
        find_years(header)
        or _PAST.search(header)
        or _REACHED.search(header)
        or (_WANTED.search(header) and not _NAMING_BEST.search(header))
    )


def _read_pairs(row: Row) -> Iterator[CellValue]:
    """Read a row of names and values side by side: 项目资金(万元) | 97500; other cells as text."""
    name = ""
    for cell in row.cells:
        words = joined(cell.text)
        unit = _UNIT_IN_NAME.search(name)
        if unit and _is_number(words) and unit.start():
            found = Found(name[: unit.start()], _quantity(cell, unit["unit"]), "", Time())
            yield CellValue(found, cell, Time(), None, ())
        elif not _names(cell.text) and not _is_number(words):
            yield CellValue(None, cell, Time(), None, (), prose=True, row_name=name)
        bare_unit = _UNIT_IN_NAME.fullmatch(words)
        name = "" if _is_number(words) else name + words if bare_unit else words


def _naming_cell(row: Row) -> Cell | None:
    """Return the cell that names the row's indicator."""
    named = [c for c in row.cells if not _is_number(c.text) and _names(c.text)]
    best = [c for c in named if _NAMING_BEST.search(c.header)]
    if best:
        return best[-1]
    numbers = [i for i, c in enumerate(row.cells) if _is_number(c.text) or find_years(c.header)]
    first = numbers[0] if numbers else len(row.cells)
    before = [
        c
        for c in row.cells[:first]
        if c in named and not (_DEPARTMENT_HEAD.search(c.header) or _UNIT_HEAD.search(c.header))
    ]
    heads = [c for c in before if _NAMING.search(c.header)]
    return next(reversed(heads or before), None)


def _names(words: str) -> bool:
    return bool(words.strip()) and len(words) < _LONGEST_NAME_CHARS and "。" not in words


def _is_frame(cell: Cell, row: Row) -> bool:
    """Say whether a cell is no value: a category shared by rows, a unit, a department, a note."""
    return (
        not row.span.contains(cell.span)
        or bool(_UNIT_HEAD.search(cell.header) or _SKIP.search(cell.header))
        or bool(_DEPARTMENT_HEAD.search(cell.header) and not _is_number(cell.text))
        or (not _is_number(cell.text) and _is_category(cell))
    )


def _is_category(cell: Cell) -> bool:
    header = cell.header
    return (
        bool(_NAMING.search(header) and not find_years(header) and not _WANTED.search(header))
        and len(cell.text) < 30
    )


def _is_number(words: str) -> bool:
    """Say whether a cell holds a number and no more than its unit and bounds."""
    return bool(_BARE.match(words)) or (
        len(words.strip()) <= _LONGEST_VALUE_CHARS and bool(_NUMBER_ONLY.match(words))
    )


def _unit_of(row: Row, name: str, table: Table) -> tuple[str, str]:
    """Return the unit that the row is counted in, and the name without it."""
    match = _UNIT_IN_NAME.search(name)
    if match:
        return match["unit"].replace("％", "%"), name[: match.start()].strip()
    for cell in row.cells:
        if _UNIT_HEAD.search(cell.header) and cell.text.strip() not in ("", "/", "-", "—"):
            return cell.text.strip().replace("％", "%"), name
    title = re.search(r"单位\s*[:：]\s*([^\s)）,，]+)", table.title)
    if title:
        return title[1], name
    entry = Lexicon.load().entry(Lexicon.load().known(name))
    return ("%" if _RATE.search(name) else entry.unit if entry else ""), name


def _shares(name: str, values: list[Cell]) -> list[str]:
    """Name each value cell; two under one column are the two things that the name joins."""
    pair = _PAIR.match(name)
    called = []
    for index, cell in enumerate(values):
        same = [i for i, other in enumerate(values) if other.header == cell.header]
        if pair and cell.header and len(same) == 2:
            part = pair["one"] if index == same[0] else pair["two"]
            called.append(f"{pair['head']}{part}{pair['tail']}")
        else:
            called.append(name)
    return called


def _read_cell(
    cell: Cell,
    name: str,
    unit: str,
    issued_year: int | None,
    departments: tuple[str, ...],
    table: Table,
) -> Iterator[CellValue]:
    time, kind = _column(cell.header, issued_year, table)
    if not cell.text.strip(" \n/-—－"):
        return
    if not _is_number(cell.text):
        keeps_year = bool(find_years(cell.header))
        yield CellValue(
            None, cell, time if keeps_year else Time(), None, departments, prose=True, row_name=name
        )
        return
    if not _says_when(cell.header):
        return
    found = Found(name, _quantity(cell, unit), "", time)
    yield CellValue(found, cell, time, kind, departments)


def _column(header: str, issued_year: int | None, table: Table) -> tuple[Time, ValueKind | None]:
    years = find_years(header)
    year = years[0].year if years else None
    if _REACHED.search(header) or (_ACTUAL.search(header) and _was_target(year, table)):
        return Time(year), ValueKind.ACHIEVED
    if _WANTED.search(header):
        return Time(year), ValueKind.TARGET
    if _PAST.search(header):
        return Time(year), ValueKind.BASELINE
    if year is not None and issued_year is not None:
        return Time(year), ValueKind.BASELINE if year < issued_year else ValueKind.TARGET
    return Time(year), None


def _was_target(year: int | None, table: Table) -> bool:
    """Say whether the table sets targets for ``year`` or before: then 实际 is what became of them."""
    wanted = (head for head in table.header if _WANTED.search(head))
    return year is not None and any(
        set_.year <= year for head in wanted for set_ in find_years(head)
    )


def _quantity(cell: Cell, unit: str) -> Quantity:
    """Read a cell's number; the unit of the row holds where the cell prints none."""
    found = quantities(cell.text)
    if not found:
        match = _BARE.match(cell.text)
        assert match is not None
        padded = quantities(f"为{match['number']}个")[0]
        found = (replace(padded, unit="", span=Span(*match.span("number"))),)
    quantity = found[0]
    relation = quantity.relation
    if quantity.upper is not None:
        relation = Relation.WORDS
    return replace(quantity, unit=quantity.unit or unit, relation=relation)
