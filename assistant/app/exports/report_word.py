"""A report as a Word file, on the paper and in the type of the letter; marks lead to the sources."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from assistant.app.exports.report import Cell, Grid, Line, Report, Source
from assistant.drafting.word_fonts import BODY, HEITI, KAITI, SIZE_2, XIAOBIAOSONG, Type
from assistant.drafting.word_page import (
    BOTTOM_MM,
    HEIGHT_MM,
    LEFT_MM,
    RIGHT_MM,
    TOP_MM,
    WIDTH_MM,
    set_leading,
    set_page,
    set_type,
)
from assistant.text.controls import visible

_TITLE, _SHORT_TITLE_CHARS = Type(XIAOBIAOSONG, SIZE_2), 36
_LONG_TITLE = Type(XIAOBIAOSONG, 16)
_NOTE, _HEAD = Type(KAITI, 14), Type(HEITI)
_CELL, _CELL_HEAD, _SOURCE = Type(BODY.face, 10.5), Type(HEITI, 10.5), Type(BODY.face, 12)
_CELL_POINTS, _SOURCE_POINTS, _TITLE_POINTS = 15, 20, 33
_CELL_ROOM = 3
"""Points between the words of a cell and its rules."""
_FIRST_COLUMN = 0.22
"""The share of a table's width that its first column has."""


def report_docx(report: Report) -> bytes:
    """Return the bytes of the .docx."""
    import docx

    document = docx.Document()
    set_page(document)
    if report.is_wide:
        _turn(document.sections[0])
    _set_properties(document, report)
    _add_head(document, report)
    for part in report.body:
        if isinstance(part, Grid):
            _add_grid(document, part, _width_mm(report))
        else:
            _add_lines(document, part)
    _add_sources(document, report)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_properties(document: Any, report: Report) -> None:
    about = document.core_properties
    about.title, about.author = visible(report.title)[:250], ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)


def _turn(section: Any) -> None:
    """Lay the page on its side; its margins turn with it."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(HEIGHT_MM), Mm(WIDTH_MM)
    section.left_margin, section.right_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.top_margin, section.bottom_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(RIGHT_MM - 7 - 4)


def _width_mm(report: Report) -> int:
    return HEIGHT_MM - TOP_MM - BOTTOM_MM if report.is_wide else WIDTH_MM - LEFT_MM - RIGHT_MM


def _add_head(document: Any, report: Report) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    type_ = _TITLE if len(report.title) <= _SHORT_TITLE_CHARS else _LONG_TITLE
    title = _add(document, Line(report.title), type_, line_points=_TITLE_POINTS)
    title.alignment = ALIGN.CENTER
    title.paragraph_format.space_after = _points(_TITLE_POINTS / 2)
    for note in report.notes:
        _add(document, Line(note), _NOTE)


def _add_lines(document: Any, line: Line) -> None:
    """Write a paragraph; one that has lines of its own becomes several, the last with the marks."""
    *before, last = [part.strip() for part in line.text.splitlines() if part.strip()] or [""]
    for text in before:
        _indent(_add(document, Line(text), BODY))
    _indent(_add(document, Line(last, line.citations, line.remark), BODY))


def _add(container: Any, line: Line, type_: Type, *, line_points: float = 0) -> Any:
    paragraph = container.add_paragraph()
    _fill(paragraph, line, type_, line_points=line_points)
    return paragraph


def _fill(paragraph: Any, line: Line, type_: Type, *, line_points: float = 0) -> None:
    if line_points:
        set_leading(paragraph, line_points)
    set_type(paragraph.add_run(visible(line.text)), type_)
    for number in line.citations:
        _link(paragraph, number, type_)
    if line.remark:
        set_type(paragraph.add_run(visible(line.remark)), Type(KAITI, type_.points))


def _link(paragraph: Any, number: int, type_: Type) -> None:
    """Write the mark [n], raised, as a link to its source."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(f"[{number}]")
    set_type(run, type_)
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _anchor(number))
    link.set(qn("w:history"), "1")
    link.append(run._r)
    paragraph._p.append(link)


def _anchor(number: int) -> str:
    return f"source_{number}"


def _indent(paragraph: Any) -> None:
    paragraph.paragraph_format.first_line_indent = _points(BODY.points * 2)


def _add_grid(document: Any, grid: Grid, width_mm: int) -> None:
    """Write a table whose head is repeated on every page and whose rows stay whole."""
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    heads = [(Line(head),) for head in grid.heads]
    widths = _widths(len(grid.heads), width_mm)
    for row, cells in zip(table.rows, (heads, *grid.rows), strict=True):
        is_head = cells is heads
        _keep_whole(row, repeat=is_head)
        for place, cell, width in zip(row.cells, cells, widths, strict=True):
            place.width = width
            _fill_cell(place, cell, _CELL_HEAD if is_head else _CELL)
    _add(document, Line(""), _SOURCE, line_points=_SOURCE_POINTS)


def _widths(columns: int, width_mm: int) -> list[Any]:
    from docx.shared import Mm

    first = width_mm * _FIRST_COLUMN if columns > 1 else width_mm
    rest = (width_mm - first) / max(1, columns - 1)
    return [Mm(first), *[Mm(rest)] * (columns - 1)]


def _fill_cell(place: Any, cell: Cell, type_: Type) -> None:
    paragraph = place.paragraphs[0]
    for at, line in enumerate(cell or (Line("—"),)):
        paragraph = paragraph if not at else place.add_paragraph()
        _fill(paragraph, line, type_, line_points=_CELL_POINTS)
    place.paragraphs[0].paragraph_format.space_before = _points(_CELL_ROOM)
    paragraph.paragraph_format.space_after = _points(_CELL_ROOM)


def _keep_whole(row: Any, *, repeat: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _add_sources(document: Any, report: Report) -> None:
    if not report.sources:
        return
    head = _add(document, Line(report.sources_head), _HEAD)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before = _points(BODY.points)
    for source in report.sources:
        _add_source(document, source)


def _add_source(document: Any, source: Source) -> None:
    named = _add(
        document, Line(f"[{source.number}] {source.named}"), _SOURCE, line_points=_SOURCE_POINTS
    )
    _bookmark(named, source.number)
    for text in source.lines:
        paragraph = _add(document, Line(text), _SOURCE, line_points=_SOURCE_POINTS)
        paragraph.paragraph_format.left_indent = _points(_SOURCE.points * 2)
    named.paragraph_format.keep_with_next = True


def _bookmark(paragraph: Any, number: int) -> None:
    """Name the paragraph, so that marks lead here."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def _points(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)
