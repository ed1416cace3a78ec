"""Endnotes of a Word file, which python-docx cannot write: the part, the marks, the numbering."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from assistant.drafting.word_page import set_leading

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TEXT_STYLE, _MARK_STYLE = "EndnoteText", "EndnoteReference"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_NOTE_POINTS, _NOTE_LINE_POINTS = 12, 20


@dataclass
class Endnotes:
    """The notes of one document in order; ``mark`` each place, then ``attach`` once."""

    notes: list[str] = field(default_factory=list)

    def mark(self, paragraph: Any, text: str) -> None:
        """Put the mark of a new note at the end of the paragraph; ``text`` is what the note says."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.notes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), _MARK_STYLE)
        run._r.get_or_add_rPr().insert(0, style)
        reference = OxmlElement("w:endnoteReference")
        reference.set(qn("w:id"), str(len(self.notes)))
        run._r.append(reference)

    def attach(self, document: Any, face: str) -> None:
        """Add the notes' part, their styles in ``face``, and numbering 1, 2, 3 to the document."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        _add_styles(document, face)
        _set_numbering(document)
        name = PackURI("/word/endnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_ENDNOTES, self._xml(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)

    def _xml(self) -> bytes:
        rules = "".join(
            f'<w:endnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:endnote>'
            for kind, number in _SEPARATORS
        )
        notes = "".join(_note(number, text) for number, text in enumerate(self.notes, start=1))
        return f'{_HEAD}<w:endnotes xmlns:w="{_SPACE}">{rules}{notes}</w:endnotes>'.encode()


def _note(number: int, text: str) -> str:
    mark = f'<w:r><w:rPr><w:rStyle w:val="{_MARK_STYLE}"/></w:rPr><w:endnoteRef/></w:r>'
    words = f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
    style = f'<w:pPr><w:pStyle w:val="{_TEXT_STYLE}"/></w:pPr>'
    return f'<w:endnote w:id="{number}"><w:p>{style}{mark}{words}</w:p></w:endnote>'


def _add_styles(document: Any, face: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    mark = document.styles.add_style("endnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(_name("styleId"), _MARK_STYLE)
    mark.font.superscript = True
    text = document.styles.add_style("endnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(_name("styleId"), _TEXT_STYLE)
    text.base_style = document.styles["Normal"]
    text.font.name, text.font.size = face, Pt(_NOTE_POINTS)
    text.element.get_or_add_rPr().get_or_add_rFonts().set(_name("eastAsia"), face)
    set_leading(text, _NOTE_LINE_POINTS)


def _set_numbering(document: Any) -> None:
    """Number in Arabic figures, in the whole file and its section; name the two separators as the format wants."""
    from docx.oxml import OxmlElement

    numbering = OxmlElement("w:endnotePr")
    numbering.append(_arabic())
    section = document.sections[0]._sectPr
    size = section.find(_name("pgSz"))
    section.insert(section.index(size), numbering)
    properties = OxmlElement("w:endnotePr")
    properties.append(_arabic())
    for _, number in _SEPARATORS:
        element = OxmlElement("w:endnote")
        element.set(_name("id"), str(number))
        properties.append(element)
    settings = document.settings.element
    compat = settings.find(_name("compat"))
    settings.insert(len(settings) if compat is None else settings.index(compat), properties)


def _arabic() -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement("w:numFmt")
    element.set(_name("val"), "decimal")
    return element


def _name(tag: str) -> str:
    return f"{{{_SPACE}}}{tag}"
