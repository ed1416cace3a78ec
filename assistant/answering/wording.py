"""How found things are worded: the document's own words, led by city and year where they stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.scopes import leaves_open
from assistant.answering.statements import Source, Statement, source_at
from assistant.answering.table_wording import KIND_WORDS, plain
from assistant.answering.units import NO_HEAD, Unit
from assistant.indicators import bare_scope
from assistant.text.dates import find_years
from assistant.types import Document, IndicatorValue, Span

_LABEL = re.compile(
    r"^\s*(?:#+\s*)?(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、]\s*|[①-⑳])\s*"
)
_WHO_COLUMN = re.compile(r"主体|单位|部门|责任|牵头")
_DAMAGE_NOTE = "注意：原文此处残缺，缺失的内容以文件原件为准。"


def say_unit(unit: Unit, document: Document, *, with_city: bool = False) -> Statement:
    """Say the unit in its own words; a table cell is led by its column head and row label."""
    words = re.sub(r"\s*\n\s*", "", unit.text).strip()
    if unit.is_row:
        words = _row_words(unit)
    elif unit.column:
        words = _cell_lead(unit) + words
    return Statement(
        _led_by_city(words, document, with_city), (source_at(unit.passage, unit.span),)
    )


def say_clause(
    unit: Unit, clause: str, document: Document, *, with_city: bool = False
) -> Statement:
    """Say one clause of the unit, or the whole unit when that is short."""
    whole = plain(unit.text)
    words = label_less(whole if len(whole) <= 70 else plain(clause)).strip("；，,; 。")
    source = source_at(unit.passage, unit.span)
    return Statement(_led_by_city(f"{words}。", document, with_city), (source,))


def say_values(
    unit: Unit, values: Sequence[IndicatorValue], document: Document, *, with_city: bool = False
) -> Statement:
    """Say ``values`` of one unit in one sentence: name, year, kind, number with its qualifier."""
    if unit.is_row:
        words = _row_values(unit, values)
    else:
        words = f"{_cell_lead(unit) if unit.column else ''}{_prose_values(unit, values)}"
    words = words if words.endswith(("。", "；")) else words + "。"
    source = source_at(unit.passage, unit.span)
    return Statement(_led_by_city(words, document, with_city), (source,), tuple(values))


def damage_note() -> Statement:
    """Say that the source has lost text here."""
    return Statement(_DAMAGE_NOTE)


def with_unit(value: IndicatorValue, unit: Unit) -> str:
    """Return the number as written in ``unit`` with its measure, or the words of the target."""
    written = written_in(value, unit)
    if value.value is None:
        return value.words or written
    return written + value.unit if value.unit and value.unit not in written else written


def written_in(value: IndicatorValue, unit: Unit) -> str:
    """Return the clause or cell that states ``value`` as it stands in ``unit``."""
    start = unit.passage.span.start
    inside = (span for span in (value.span, *value.also_at) if unit.span.contains(span))
    places = (Span(span.start - start, span.end - start) for span in inside)
    return plain(next((place.of(unit.passage.text) for place in places), value.quote))


def label_less(words: str) -> str:
    """Drop the number of a heading or list item in front of ``words``."""
    return _LABEL.sub("", words)


def _row_values(unit: Unit, values: Sequence[IndicatorValue]) -> str:
    said: dict[str, list[str]] = {}
    for value in values:
        when = f"{value.year}年" if value.year else value.period
        told = f"{when}{KIND_WORDS[value.kind]}{with_unit(value, unit)}"
        said.setdefault(plain(value.name_as_written), []).append(told)
    return "；".join(f"{name}：{'；'.join(told)}" for name, told in said.items())


def _prose_values(unit: Unit, values: Sequence[IndicatorValue]) -> str:
    """Say the unit itself when it is short, else the clauses of the values, led by their year."""
    whole = plain(unit.text)
    clauses = list(dict.fromkeys(written_in(value, unit).strip("；，,; ") for value in values))
    if len(whole) <= 70 or any(value.value is None for value in values):
        return _whose(values[0], whole) + label_less(whole).rstrip("；，,;")
    said = "；".join(clauses)
    first = values[0]
    year = f"{first.year}年" if first.year else first.period
    lead = f"{year}，" if year and year not in said and _year_stands_in(unit, first) else ""
    name = plain(first.name_as_written)
    subject = "" if name in said or not name else f"{name}："
    return f"{lead}{_whose(first, subject + said)}{subject}{said}"


def _whose(value: IndicatorValue, said: str) -> str:
    """Say in brackets whose the value is, where what is said of it does not."""
    scope = plain(bare_scope(value))
    return f"（{scope}）" if leaves_open(scope, said) else ""


def _year_stands_in(unit: Unit, value: IndicatorValue) -> bool:
    text = unit.passage.text
    return value.year is None or any(found.year == value.year for found in find_years(text))


def _row_words(unit: Unit) -> str:
    cells = [(cell.header.strip(), plain(cell.text)) for cell in unit.passage.cells]
    return (
        "；".join(f"{plain(head)}：{text}" if head else text for head, text in cells if text) + "。"
    )


def _cell_lead(unit: Unit) -> str:
    """Name the row's item and the column above a cell's words."""
    before = [cell for cell in unit.passage.cells if cell.span.end <= unit.span.start]
    labels = [
        plain(cell.text)
        for cell in before
        if 0 < len(cell.text) <= 24 and not _WHO_COLUMN.search(cell.header)
    ]
    column = plain(unit.column) if unit.column != NO_HEAD else ""
    parts = dict.fromkeys(part for part in (labels[-1] if labels else "", column) if part)
    return f"{'，'.join(parts)}：" if parts else ""


def _led_by_city(words: str, document: Document, with_city: bool) -> str:
    if not with_city or not document.city or words.startswith(document.city):
        return words
    return f"{document.city}：{words}"


def source_of(unit: Unit) -> Source:
    """Cite the unit."""
    return source_at(unit.passage, unit.span)
