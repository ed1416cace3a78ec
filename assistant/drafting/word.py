"""A draft as a Word file in the layout of GB/T 9704-2012, the letter clean, its sources after it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from assistant.drafting.lettering import Line, Place, lines_of
from assistant.drafting.proposal import Draft
from assistant.drafting.texts import quoted
from assistant.drafting.word_colophon import write_colophon
from assistant.drafting.word_endnotes import Endnotes
from assistant.drafting.word_fonts import BODY, COLOPHON, SIZE_3, TYPES, Type
from assistant.drafting.word_page import set_leading, set_page, set_type
from assistant.types import Citation, Sentence

_MARK = re.compile(r"(〔待补充：[^〕]*〕)")
_FLUSH = (Place.REMARK, Place.ADDRESSEE, Place.TITLE)
# XML takes no control characters; a document may have carried some into a quote.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD_CHARS = 18
_TITLE_CHARS = 20  # of 2号 in a line
_BREAKS = re.compile(r"(?<=关于)(?=.)|(?=第[\dA-Za-z]+号)")
_QUOTE_CHARS = 60
_TITLE_LINE_POINTS, _SOURCE_LINE_POINTS = 33, 20
SOURCES = ("endnotes", "list", "none")


def letter_docx(draft: Draft, titles: Mapping[str, str], *, sources: str = "list") -> bytes:
    """Return the bytes of the .docx; ``titles`` are the documents' titles by id.

    ``sources`` is ``endnotes`` (a mark after each sentence), ``list`` (a page after the letter, which
    itself has no marks) or ``none``. Raises ValueError for anything else.
    """
    if sources not in SOURCES:
        raise ValueError(f"no way to give sources: {sources}")
    import docx

    document = docx.Document()
    set_page(document)
    document.core_properties.title = _clean(draft.title)[:250]
    document.core_properties.author = ""
    told = _Sources(draft, titles)
    endnotes = Endnotes()
    lines = list(lines_of(draft))
    for line in (x for x in lines if x.place is not Place.COLOPHON):
        _write(document, line, told, endnotes if sources == "endnotes" else None)
    foot = [line.text for line in lines if line.place is Place.COLOPHON]
    write_colophon(document, foot, lambda at, words: _add_words(at, words, COLOPHON))
    if draft.citations and sources != "none":
        _write(document, Line(Place.CHAPTER, "附：引文来源（供核对，发文时删去）"))
        document.paragraphs[-1].paragraph_format.page_break_before = True
    if endnotes.notes:
        endnotes.attach(document, BODY.face)
    elif sources == "list":
        _write_sources(document, draft, told)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


class _Sources:
    """What the sentences of one draft rest on, in words."""

    def __init__(self, draft: Draft, titles: Mapping[str, str]) -> None:
        self._known, self._titles = {c.number: c for c in draft.citations}, titles

    def of(self, sentence: Sentence) -> str:
        """Name the documents and sections of a sentence, each with the words that are quoted."""
        cited = [self._known[n] for n in sentence.citations if n in self._known]
        named = [c for c in cited if not self._is_title(c)]
        cited = [
            c for c in cited if c in named or all(o.document_id != c.document_id for o in named)
        ]
        return _clean("；".join(_source(citation, self._titles) for citation in cited))

    def _is_title(self, citation: Citation) -> bool:
        """Say whether a citation quotes only its document's title, which its other citations name."""
        title = self._titles.get(citation.document_id, "")
        return "".join(citation.quote.split()) == "".join(title.split())


def _write(
    document: Any, line: Line, told: _Sources | None = None, endnotes: Endnotes | None = None
) -> None:
    paragraph = document.add_paragraph()
    _place(paragraph, line)
    type_ = TYPES.get(line.place, BODY)
    if endnotes is not None and told is not None and line.sentences:
        for sentence in line.sentences:
            _add_words(paragraph, sentence.text, type_)
            if sentence.citations:
                endnotes.mark(paragraph, told.of(sentence))
    else:
        text = _in_two_lines(line.text) if line.place is Place.TITLE else line.text
        _add_words(paragraph, text, type_)
    if line.place is Place.REMARK and line.text.startswith("办理类别"):
        document.add_paragraph()
    if line.place is Place.TITLE:
        document.add_paragraph()


def _in_two_lines(title: str) -> str:
    """Break a title that takes two lines where its words allow, so that no number is torn apart."""
    if _width(title) <= _TITLE_CHARS:
        return title
    for place in _BREAKS.finditer(title):
        lines = title[: place.start()], title[place.start() :]
        if max(map(_width, lines)) <= _TITLE_CHARS:
            return "\n".join(lines)
    return title


def _width(text: str) -> float:
    """Count the Han characters that a text is wide; programs space figures from them."""
    figures = len(re.findall(r"[!-~]+", text))
    return sum(1.0 if char > "\x7f" else 0.5 for char in text) + figures * 0.5


def _place(paragraph: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    shape = paragraph.paragraph_format
    if line.place is Place.TITLE:
        paragraph.alignment = ALIGN.CENTER
        set_leading(paragraph, _TITLE_LINE_POINTS)
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


def _write_sources(document: Any, draft: Draft, told: _Sources) -> None:
    """List which sentence stands on which source."""
    cited = [s for s in draft.sentences if s.citations]
    for number, sentence in enumerate(cited, start=1):
        head = sentence.text[:_HEAD_CHARS]
        paragraph = document.add_paragraph()
        set_leading(paragraph, _SOURCE_LINE_POINTS)
        _add_words(paragraph, f"{number}. “{head}…”——{told.of(sentence)}", Type(BODY.face, 12))


def _source(citation: Citation, titles: Mapping[str, str]) -> str:
    title = titles.get(citation.document_id, citation.document_id)
    path = " › ".join(citation.heading_path)
    return f"《{title}》{f'（{path}）' if path else ''}：“{_short(quoted(citation))}”"


def _short(quote: str) -> str:
    return quote if len(quote) <= _QUOTE_CHARS else f"{quote[:_QUOTE_CHARS]}……"


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
