"""The page of an official letter (GB/T 9704-2012): paper, margins, 22 lines of 28 characters, numbers."""

from __future__ import annotations

import math
from typing import Any

from assistant.drafting.word_fonts import BODY, PAGE_NUMBER, SIZE_3, Type, font_table

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
WIDTH_MM, HEIGHT_MM = 210, 297
LINES, CHARACTERS = 22, 28
_POINTS_PER_MM, _TWIPS_PER_POINT = 72 / 25.4, 20
LINE_POINTS = (HEIGHT_MM - TOP_MM - BOTTOM_MM) * _POINTS_PER_MM / LINES
_CHAR_POINTS = (WIDTH_MM - LEFT_MM - RIGHT_MM) * _POINTS_PER_MM / CHARACTERS


def set_page(document: Any) -> None:
    """Give the only section its paper, margins, grid and page numbers; name the fonts."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(BOTTOM_MM - 7 - 4)
    _set_grid(section)
    _set_body_style(document)
    _set_page_numbers(document, section)
    _set_font_table(document)


def _set_grid(section: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_POINTS * _TWIPS_PER_POINT)))
    properties.append(grid)


def _set_body_style(document: Any) -> None:
    from docx.shared import Pt

    style = document.styles["Normal"]
    set_type(style, BODY)
    _close_up(style)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(round(LINE_POINTS, 1))
    shape.widow_control = False


def _close_up(style: Any) -> None:
    """Draw characters together so that 28 of 3号 fill a line, without a grid for them.

    Programs disagree on what a character grid adds to a font; a fixed spacing is the same in all.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    twips = math.floor((_CHAR_POINTS - SIZE_3) * _TWIPS_PER_POINT)
    spacing.set(qn("w:val"), str(twips))
    style.element.get_or_add_rPr().append(spacing)


def set_type(run: Any, type_: Type) -> None:
    """Set face (Han and Latin) and size of a run or style."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size = type_.face, Pt(type_.points)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), type_.face)


def set_leading(paragraph_or_style: Any, points: float) -> None:
    """Give lines a height of their own, off the page's grid of 22 lines."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties = paragraph_or_style._element.get_or_add_pPr()
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph_or_style.paragraph_format.line_spacing = Pt(points)


def _set_page_numbers(document: Any, section: Any) -> None:
    """Write — 1 — at the outer edge: right on odd pages, left on even ones."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        inwards = paragraph.paragraph_format
        inwards.left_indent = inwards.right_indent = _em(PAGE_NUMBER.points)
        _number(paragraph)


def _em(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)


def _number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    set_type(paragraph.add_run("— "), PAGE_NUMBER)
    run = paragraph.add_run()
    set_type(run, PAGE_NUMBER)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = words or None
        run._r.append(element)
    set_type(paragraph.add_run(" —"), PAGE_NUMBER)


def _set_font_table(document: Any) -> None:
    """Name the stand-ins of every face, where the template has a font table."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    except KeyError:
        return
    part._blob = font_table()
