"""版记 of an official letter: copies, issuing office and date between rules, at the foot of the last page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assistant.drafting.word_fonts import COLOPHON
from assistant.drafting.word_page import set_leading

_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
_LINE_POINTS = 24
_WIDTH_TWIPS = 8844  # 156 mm, the width of the text


def write_colophon(
    document: Any, lines: Sequence[str], add_words: Callable[[Any, str], None]
) -> None:
    """Write ``lines`` as a table that floats at the lower margin of the page where the letter ends.

    A tab in a line sends what follows to the right edge. ``add_words`` writes a line into a paragraph.
    """
    table = document.add_table(rows=len(lines), cols=1)
    for at, (row, words) in enumerate(zip(table.rows, lines, strict=True)):
        paragraph = row.cells[0].paragraphs[0]
        _indent(paragraph)
        add_words(paragraph, words)
        _rule(row.cells[0], _THIN if at else _THICK, _THICK if at == len(lines) - 1 else _THIN)
    _float(table)
    set_leading(document.add_paragraph(), 1)


def _indent(paragraph: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, Twips

    shape = paragraph.paragraph_format
    set_leading(paragraph, _LINE_POINTS)
    shape.left_indent = shape.right_indent = Pt(COLOPHON.points)
    inner = Twips(_WIDTH_TWIPS) - Pt(COLOPHON.points) * 2
    shape.tab_stops.add_tab_stop(inner, WD_TAB_ALIGNMENT.RIGHT)


def _rule(cell: Any, above: int, below: int) -> None:
    borders = _element("tcBorders")
    for side, width in (("top", above), ("bottom", below)):
        borders.append(_element(side, val="single", sz=str(width), color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)


def _float(table: Any) -> None:
    """Fix the table to the lower margin, over the whole width of the text."""
    properties = table._tbl.tblPr
    place = _element(
        "tblpPr", vertAnchor="margin", horzAnchor="margin", tblpX="1", tblpYSpec="bottom"
    )
    style = properties.find(_name("tblStyle"))
    properties.insert(0 if style is None else 1, place)
    width = properties.find(_name("tblW"))
    if width is not None:
        width.set(_name("type"), "dxa")
        width.set(_name("w"), str(_WIDTH_TWIPS))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(_name(name), value)
    return element


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))
