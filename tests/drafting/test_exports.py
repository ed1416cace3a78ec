"""The letter as files: Word in the layout of the standard, opened by LibreOffice; Markdown; text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from assistant.drafting import Draft, Drafter, Section, Wish
from assistant.drafting.texts import markdown, plain_text
from assistant.drafting.word import letter_docx
from eval.drafting.measure import load_cases

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def draft(drafter: Drafter) -> Draft:
    """A draft with every part."""
    return drafter.draft(load_cases()[0].text, Wish(city="广州", body="市卫生健康委"))


def test_the_page_of_the_standard(draft: Draft) -> None:
    section = docx.Document(io.BytesIO(letter_docx(draft, {}))).sections[0]
    found = (section.page_width, section.top_margin, section.bottom_margin, section.left_margin)
    for got, wanted in zip(found, (Mm(210), Mm(37), Mm(35), Mm(28)), strict=True):
        assert abs(got - wanted) < Mm(0.1)
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml
    alignments = [f.paragraphs[0].alignment for f in (section.footer, section.even_page_footer)]
    assert alignments == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]


def test_fonts_that_may_be_missing_name_their_stand_ins(draft: Draft) -> None:
    with zipfile.ZipFile(io.BytesIO(letter_docx(draft, {}))) as package:
        fonts = package.read("word/fontTable.xml").decode()
    for face in ("仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体"):
        assert re.search(f'w:name="{face}"><w:altName w:val="[^"]*Noto', fonts), face


def test_every_sentence_is_in_the_letter_and_no_mark(draft: Draft) -> None:
    document = docx.Document(io.BytesIO(letter_docx(draft, {}, sources="none")))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(sentence.text in words for sentence in draft.sentences)
    assert "[1]" not in words and "附：引文来源" not in words


def test_control_characters_do_not_break_the_file(draft: Draft) -> None:
    odd = replace(draft, sections=(Section("一、\x00坏\x07字", ()),))
    assert letter_docx(odd, {})


def notes_of(content: bytes) -> list[str]:
    """Return the words of the notes of a Word file, without the two separators."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read("word/endnotes.xml"))
    return ["".join(note.itertext()).strip() for note in root if f"{W}type" not in note.attrib]


def test_endnotes_follow_their_sentences_and_quote_the_source(draft: Draft) -> None:
    content = letter_docx(draft, {}, sources="endnotes")
    cited = [s for s in draft.sentences if s.citations]
    notes = notes_of(content)
    assert len(notes) == len(cited)
    first = next(c for c in draft.citations if c.number == cited[0].citations[0])
    assert "".join(first.quote.split())[:50] in "".join(notes[0].split())
    document = docx.Document(io.BytesIO(content))
    marks = [m.get(f"{W}id") for m in document.element.iter(f"{W}endnoteReference")]
    assert marks == [str(number) for number in range(1, len(cited) + 1)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "endnotes+xml" in package.read("[Content_Types].xml").decode()
        assert 'w:numFmt w:val="decimal"' in package.read("word/settings.xml").decode()


def test_hostile_words_stay_words_in_endnotes(draft: Draft) -> None:
    titles = {c.document_id: "<w:br/>&amp;]]>\x00" for c in draft.citations}
    content = letter_docx(draft, titles, sources="endnotes")
    assert "<w:br/>&amp;]]>" in notes_of(content)[0]


def test_the_list_of_sources_leaves_the_letter_clean(draft: Draft) -> None:
    document = docx.Document(io.BytesIO(letter_docx(draft, {}, sources="list")))
    assert not list(document.element.iter(f"{W}endnoteReference"))
    words = [paragraph.text for paragraph in document.paragraphs]
    at = next(i for i, text in enumerate(words) if text.startswith("附：引文来源"))
    assert len(words) - at - 1 == sum(bool(s.citations) for s in draft.sentences)
    with pytest.raises(ValueError, match="footnotes"):
        letter_docx(draft, {}, sources="footnotes")


def pdf_of(content: bytes, folder: Path) -> Path:
    """Convert a Word file by LibreOffice."""
    path = folder / "reply.docx"
    path.write_bytes(content)
    command = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "reply.pdf"


@pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")
def test_libreoffice_shows_endnotes_in_arabic_figures(draft: Draft, tmp_path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(pdf_of(letter_docx(draft, {}, sources="endnotes"), tmp_path)) as pdf:
        words = "".join((page.extract_text() or "").replace(" ", "") for page in pdf.pages)
    first = draft.citations[0].quote[:12].replace(" ", "")
    _, _, after = words.partition("附：引文来源")
    assert first in after.replace("\n", "")
    assert re.search(r"(?<!\d)1《", after) and not re.search(r"(?<![a-z])i《", after)


@pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")
def test_libreoffice_sets_22_lines_of_28_characters(draft: Draft, tmp_path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(pdf_of(letter_docx(draft, {}), tmp_path)) as pdf:
        lines = pdf.pages[1].extract_text().splitlines()
    assert lines[-1].replace(" ", "") == "—2—"
    assert 20 <= len(lines) - 1 <= 22
    assert 27 <= max(len(line.replace(" ", "")) for line in lines) <= 36


def test_markdown_marks_every_cited_sentence_and_runs_nothing(draft: Draft) -> None:
    written = markdown(draft, {})
    assert written.count("[1]") >= 1 and "## 引文来源" in written
    hostile = replace(draft, title="<script>alert(1)</script> [点](x)")
    assert "<script>" not in markdown(hostile, {}) and "[点](x)" not in markdown(hostile, {})


def test_plain_text_has_no_marks(draft: Draft) -> None:
    assert "[1]" not in plain_text(draft) and "　　一、" in plain_text(draft)
