"""A draft as a Word file in the layout of GB/T 9704-2012, the letter clean, its sources after it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.proposal import Draft, to_fill_in
from assistant.drafting.word_fonts import BODY, COLOPHON, SIZE_3, TYPES, Type
from assistant.drafting.word_page import set_page, set_type
from assistant.types import Citation

_MARK = re.compile(r"(〔待补充：[^〕]*〕)")
_FLUSH = (Place.REMARK, Place.ADDRESSEE, Place.TITLE)
# XML takes no control characters; a document may have carried some into a quote.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD_CHARS = 18


def letter_docx(draft: Draft, titles: Mapping[str, str], *, with_sources: bool = True) -> bytes:
    """Return the bytes of the .docx; ``titles`` are the documents' titles by id."""
    import docx

    document = docx.Document()
    set_page(document)
    document.core_properties.title = _clean(draft.title)[:250]
    document.core_properties.author = ""
    for line in lines_of(draft):
        _write(document, line)
    _write_colophon(document, draft)
    if with_sources and draft.citations:
        _write_sources(document, draft, titles)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _write(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph()
    _place(paragraph, line)
    _add_words(paragraph, line.text, TYPES.get(line.place, BODY))
    if line.place is Place.REMARK and line.text.startswith("办理类别"):
        document.add_paragraph()
    if line.place is Place.TITLE:
        document.add_paragraph()


def _place(paragraph: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    shape = paragraph.paragraph_format
    if line.place is Place.TITLE:
        paragraph.alignment = ALIGN.CENTER
        shape.line_spacing = Pt(33)
    elif line.place in (Place.SIGNATURE, Place.DATE):
        paragraph.alignment = ALIGN.RIGHT
        shape.right_indent = Pt(SIZE_3 * (2 if line.place is Place.SIGNATURE else 4))
        shape.keep_with_next = line.place is Place.SIGNATURE
        shape.space_before = Pt(SIZE_3 * 2 if line.place is Place.SIGNATURE else 0)
    elif line.place not in _FLUSH:
        shape.first_line_indent = Pt(SIZE_3 * 2)
    if line.place in (Place.CHAPTER, Place.PART):
        shape.keep_with_next = True


def _add_words(paragraph: Any, text: str, type_: Type) -> None:
    """Add the words; what is to be filled in is marked."""
    from docx.enum.text import WD_COLOR_INDEX

    for piece in _MARK.split(_clean(text)):
        if piece:
            run = paragraph.add_run(piece)
            set_type(run, type_)
            if _MARK.fullmatch(piece):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _write_colophon(document: Any, draft: Draft) -> None:
    """Write 版记 between two rules: copies, issuing office and date."""
    co_bodies = "、".join(draft.wish.co_bodies)
    copies = f"抄送：{co_bodies or to_fill_in('抄送单位')}"
    office = f"{draft.wish.body}办公室　　{to_fill_in('印发日期')}印发"
    table = document.add_table(rows=2, cols=1)
    for row, words in zip(table.rows, (copies, office), strict=True):
        paragraph = row.cells[0].paragraphs[0]
        paragraph.paragraph_format.left_indent = _points(COLOPHON.points)
        _add_words(paragraph, words, COLOPHON)
        _rule(row.cells[0])


def _points(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)


def _rule(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "8")
        edge.set(qn("w:color"), "000000")
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)


def _write_sources(document: Any, draft: Draft, titles: Mapping[str, str]) -> None:
    """List on a page of its own which sentence stands on which source."""
    document.add_page_break()
    _write(document, Line(Place.CHAPTER, "附：引文来源（供核对，发文时删去）"))
    known = {citation.number: citation for citation in draft.citations}
    cited = [s for s in draft.sentences if s.citations]
    for number, sentence in enumerate(cited, start=1):
        places = "；".join(_source(known[n], titles) for n in sentence.citations)
        head = sentence.text[:_HEAD_CHARS]
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.line_spacing = _points(20)
        _add_words(paragraph, f"{number}. “{head}…”——{places}", Type(BODY.face, 12))


def _source(citation: Citation, titles: Mapping[str, str]) -> str:
    title = titles.get(citation.document_id, citation.document_id)
    path = " › ".join(citation.heading_path)
    return f"《{title}》{f'（{path}）' if path else ''}"


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
