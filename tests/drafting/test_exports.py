"""The letter as files: Word in the layout of the standard, opened by LibreOffice; Markdown; text."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from assistant.drafting import Draft, Drafter, Section, Wish
from assistant.drafting.texts import markdown, plain_text
from assistant.drafting.word import letter_docx
from eval.drafting.measure import load_cases

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
    assert "PAGE" in section.footer._element.xml


def test_every_sentence_is_in_the_letter_and_no_mark(draft: Draft) -> None:
    document = docx.Document(io.BytesIO(letter_docx(draft, {}, with_sources=False)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(sentence.text in words for sentence in draft.sentences)
    assert "[1]" not in words and "附：引文来源" not in words


def test_control_characters_do_not_break_the_file(draft: Draft) -> None:
    odd = replace(draft, sections=(Section("一、\x00坏\x07字", ()),))
    assert letter_docx(odd, {})


@pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")
def test_libreoffice_sets_22_lines_of_28_characters(draft: Draft, tmp_path: Path) -> None:
    import pdfplumber

    path = tmp_path / "reply.docx"
    path.write_bytes(letter_docx(draft, {}))
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "reply.pdf") as pdf:
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
